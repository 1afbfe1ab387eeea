import type { Tracer } from '../trace/tracer.ts';
import type { Connections } from './connections.ts';
import { type Answer, Exchange, NotCarriedOutError } from './exchange.ts';
import { strayFault } from './ordinary-statement.ts';
import type { Asker } from './shares.ts';
import { StatementNames } from './statement-names.ts';
import { BEGIN_SNAPSHOT, COMMIT, enterOrganization } from './transaction-bounds.ts';
import { isUuid } from './uuid.ts';

/** Values are bound before a connection is taken: binding may refuse (a forged cursor), and nothing must be left open then. */
export interface BoundStatement {
  /** `name` tells traces which root field is read. */
  readonly statement: { readonly text: string; readonly name?: string };
  readonly values: readonly unknown[];
}
export interface ReadDatabase {
  /**
   * Runs statements in one read-only snapshot of the asker's organization. One that fails takes no other with it: those after it are read in a
   * snapshot of their own.
   * @returns for each statement the one text that its one row holds, or why it failed.
   */
  read(asker: Asker, statements: readonly BoundStatement[]): Promise<PromiseSettledResult<string>[]>;
  /** Statements sent since the start, for tests and metrics. */
  readonly statements: number;
}

const MOST_NAMED = 100;
/** Begin and the organization's setting. */
const BEFORE = 2;

const fieldsOf = (bound: readonly BoundStatement[]): string => bound.map(({ statement }) => statement.name ?? '').join(', ');

export function readDatabase(connections: Connections, tracer?: Tracer): ReadDatabase {
  const names = new StatementNames(MOST_NAMED);
  let statements = 0;

  return {
    get statements() {
      return statements;
    },
    async read(asker, bound) {
      const faults = bound.map(({ statement }) => strayFault(statement.text));
      if (!faults.some(Boolean)) return readAll(asker, bound);
      const read = await readAll(
        asker,
        bound.filter((_, i) => !faults[i]),
      );
      return faults.map((reason) => (reason ? { status: 'rejected', reason } : read.shift()!));
    },
  };

  async function readAll(asker: Asker, bound: readonly BoundStatement[]): Promise<PromiseSettledResult<string>[]> {
    if (bound.length === 0) return [];
    const results = await inOneSnapshot(asker, bound);
    const rest = bound.filter((_, i) => !isCarriedOut(results[i]!));
    const again = await readAll(asker, rest);
    return results.map((result) => (isCarriedOut(result) ? result : again.shift()!));
  }

  /** Begin, statements and commit are one exchange: for small reads a round of messages is the most of it. */
  async function inOneSnapshot(asker: Asker, bound: readonly BoundStatement[]): Promise<PromiseSettledResult<string>[]> {
    const { organization } = asker;
    if (!isUuid(organization)) throw new Error('A read needs an organization.');
    statements += bound.length;
    const exchange = new Exchange();
    const reads = bound.map(({ statement: { text }, values }) => ({ name: names.nameOf(text), text, values }));
    const asked = [BEGIN_SNAPSHOT, enterOrganization(organization), ...reads, COMMIT].map((statement) =>
      exchange.add<[string]>({ ...statement, asTexts: true }),
    );
    const held = await connections.for(asker).take();
    const read = (): Promise<PromiseSettledResult<Answer<[string]>>[]> => {
      held.client.query(exchange);
      return Promise.allSettled(asked);
    };
    let isWhole = false;
    try {
      const answers = await (tracer ? tracer.within('read', { 'guichet.fields': fieldsOf(bound) }, read) : read());
      isWhole = answers.every(({ status }) => status === 'fulfilled');
      for (const answer of answers.slice(0, BEFORE)) if (answer.status === 'rejected') throw answer.reason;
      return answers.slice(BEFORE, -1).map(textOf);
    } finally {
      held.release(!isWhole);
    }
  }
}

const textOf = (answer: PromiseSettledResult<Answer<[string]>>): PromiseSettledResult<string> =>
  answer.status === 'fulfilled' ? { status: 'fulfilled', value: answer.value.rows[0]![0] } : answer;
const isCarriedOut = (result: PromiseSettledResult<string>): boolean =>
  result.status === 'fulfilled' || !(result.reason instanceof NotCarriedOutError);
