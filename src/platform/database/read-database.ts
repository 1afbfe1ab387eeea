import type pg from 'pg';
import type { Tracer } from '../trace/tracer.ts';
import { takeConnection } from './pool.ts';
import { type ReadResult, SnapshotRead } from './snapshot-read.ts';
import { StatementNames } from './statement-names.ts';
import { isUuid } from './uuid.ts';

/** Values are bound before a connection is taken: binding may refuse (a forged cursor), and nothing must be left open then. */
export interface BoundStatement {
  /** `name` tells traces what is read: `Query.contacts`. */
  readonly statement: { readonly text: string; readonly name?: string };
  readonly values: readonly unknown[];
}
export interface ReadDatabase {
  /**
   * Runs statements in one read-only snapshot of one organization. One that fails takes no other with it: those after it are read in a
   * snapshot of their own.
   * @returns for each statement the one text that its one row holds, or why it failed.
   */
  read(organization: string, statements: readonly BoundStatement[]): Promise<PromiseSettledResult<string>[]>;
  /** Statements sent since the start, for tests and metrics. */
  readonly statements: number;
}

const MOST_NAMED = 100;

export function readDatabase(pool: pg.Pool, tracer?: Tracer): ReadDatabase {
  const names = new StatementNames(MOST_NAMED);
  let statements = 0;

  return {
    get statements() {
      return statements;
    },
    async read(organization, bound) {
      const results = await inOneSnapshot(organization, bound);
      const rest = bound.filter((_, i) => !results[i]);
      if (rest.length === 0) return results as PromiseSettledResult<string>[];
      const again = await this.read(organization, rest);
      return results.map((result) => result ?? again.shift()!);
    },
  };

  async function inOneSnapshot(organization: string, bound: readonly BoundStatement[]): Promise<readonly ReadResult[]> {
    if (!isUuid(organization)) throw new Error('A read needs an organization.');
    statements += bound.length;
    const all = bound.map(({ statement: { text }, values }) => ({ name: names.nameOf(text), text, values }));
    const client = await takeConnection(pool);
    const read = (): Promise<readonly ReadResult[]> => client.query(new SnapshotRead(organization, all)).results;
    let isWhole = false;
    try {
      const results = await (tracer
        ? tracer.within(`read ${bound.map(({ statement }) => statement.name ?? '').join(', ')}`, {}, read)
        : read());
      isWhole = results.every((result) => result?.status === 'fulfilled');
      return results;
    } finally {
      client.release(!isWhole);
    }
  }
}
