import pg from 'pg';
import type { Tracer } from '../trace/tracer.ts';
import { takeConnection } from './pool.ts';
import { StatementNames } from './statement-names.ts';
import { ORGANIZATION_SETTING } from './table-ddl.ts';
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
const IN_FAILED_TRANSACTION = '25P02';
const isCutOff = (result: PromiseSettledResult<string>): boolean =>
  result.status === 'rejected' && result.reason instanceof pg.DatabaseError && result.reason.code === IN_FAILED_TRANSACTION;

export function readDatabase(pool: pg.Pool, tracer?: Tracer): ReadDatabase {
  const names = new StatementNames(MOST_NAMED);
  let statements = 0;

  return {
    get statements() {
      return statements;
    },
    async read(organization, bound) {
      const results = await inOneSnapshot(organization, bound);
      const rest = bound.filter((_, i) => isCutOff(results[i]!));
      if (rest.length === 0) return results;
      const again = await this.read(organization, rest);
      return results.map((result) => (isCutOff(result) ? again.shift()! : result));
    },
  };

  async function inOneSnapshot(organization: string, bound: readonly BoundStatement[]): Promise<PromiseSettledResult<string>[]> {
    if (!isUuid(organization)) throw new Error('A read needs an organization.'); // written into the text below
    statements += bound.length;
    const client = await takeConnection(pool);
    // begin, statements and commit leave in one write, their answers come back in one read
    const begun = client.query(`begin isolation level repeatable read read only; set local ${ORGANIZATION_SETTING} = '${organization}'`);
    const ask = ({ statement, values }: BoundStatement) =>
      client.query<[string]>({
        name: names.nameOf(statement.text),
        text: statement.text,
        values: [...values],
        rowMode: 'array',
      } as pg.QueryArrayConfig);
    const answers = bound.map((one) => (tracer ? tracer.within(`read ${one.statement.name ?? ''}`, {}, () => ask(one)) : ask(one)));
    const ended = client.query('commit');
    const texts = answers.map(async (answer) => ((await answer).rows as unknown as [string][])[0]![0]);
    const [begin, end, ...results] = await Promise.allSettled([begun, ended, ...texts]);
    client.release([begin, end, ...results].some(({ status }) => status === 'rejected'));
    if (begin.status === 'rejected') throw begin.reason;
    return results as PromiseSettledResult<string>[];
  }
}
