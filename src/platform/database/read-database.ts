import type pg from 'pg';
import { ORGANIZATION_SETTING } from './table-ddl.ts';
import { isUuid } from './uuid.ts';

export interface NamedStatement {
  /** A hash of the text: equal names have equal texts. */
  readonly name: string;
  readonly text: string;
}
/** Values are bound before a connection is taken: binding may refuse (a forged cursor), and nothing must be left open then. */
export interface BoundStatement {
  readonly statement: NamedStatement;
  readonly values: readonly unknown[];
}
export interface ReadDatabase {
  /**
   * Runs statements in one read-only snapshot of one organization.
   * @returns for each statement the one text that its one row holds.
   */
  read(organization: string, statements: readonly BoundStatement[]): Promise<string[]>;
  /** Statements sent since the start, for tests and metrics. */
  readonly statements: number;
}

/** A session keeps 130 to 330 kB for each prepared statement and never forgets one: only those seen twice are named, and not many. */
const MOST_NAMED = 100;
const MOST_REMEMBERED = 10_000;

export function readDatabase(pool: pg.Pool): ReadDatabase {
  const seen = new Set<string>();
  const named = new Set<string>();
  let statements = 0;

  const nameOf = ({ name }: NamedStatement): string | undefined => {
    if (named.has(name)) return name;
    if (!seen.has(name)) {
      if (seen.size >= MOST_REMEMBERED) seen.clear();
      seen.add(name);
      return undefined;
    }
    if (named.size >= MOST_NAMED) return undefined;
    named.add(name);
    return name;
  };

  return {
    get statements() {
      return statements;
    },
    async read(organization, bound) {
      if (!isUuid(organization)) throw new Error('A read needs an organization.'); // written into the text below
      statements += bound.length;
      const client = await pool.connect();
      // begin, statements and commit leave in one write, their answers come back in one read
      const begun = client.query(`begin isolation level repeatable read read only; set local ${ORGANIZATION_SETTING} = '${organization}'`);
      const answers = bound.map(({ statement, values }) =>
        client.query<[string]>({
          name: nameOf(statement),
          text: statement.text,
          values: [...values],
          rowMode: 'array',
        } as pg.QueryArrayConfig),
      );
      const ended = client.query('commit');
      const all = Promise.all([begun, ...answers]);
      Promise.all([all, ended]).then(
        () => client.release(),
        () => client.release(true),
      );
      const [, ...results] = await all;
      return results.map(({ rows }) => (rows as unknown as [string][])[0]![0]);
    },
  };
}
