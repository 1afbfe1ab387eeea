import type pg from 'pg';
import { StatementNames } from './statement-names.ts';
import { ORGANIZATION_SETTING } from './table-ddl.ts';
import { isUuid } from './uuid.ts';

/** Values are bound before a connection is taken: binding may refuse (a forged cursor), and nothing must be left open then. */
export interface BoundStatement {
  readonly statement: { readonly text: string };
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

const MOST_NAMED = 100;

export function readDatabase(pool: pg.Pool): ReadDatabase {
  const names = new StatementNames(MOST_NAMED);
  let statements = 0;

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
          name: names.nameOf(statement.text),
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
