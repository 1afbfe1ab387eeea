import {
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import { ofOneOrganization } from './one-organization.ts';
import { prepared } from './sending.ts';

/**
 * Queries on a connection whose transaction somebody else began.
 * @param organization named by every statement on its tables; without one, by none.
 */
export const queriesOn = (client: Pick<pg.ClientBase, 'query'>, organization: string | undefined): Kysely<unknown> =>
  new Kysely<unknown>({
    plugins: organization === undefined ? [] : [ofOneOrganization(organization)],
    dialect: postgresBy(() => singleConnection(client)),
  });

/** PostgreSQL's SQL, asked by a driver of one's own. */
export const postgresBy = (createDriver: Dialect['createDriver']): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver,
});

function singleConnection(client: Pick<pg.ClientBase, 'query'>) {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }): Promise<QueryResult<R>> {
      const { rows, rowCount } = await client.query(prepared(sql, parameters) as pg.QueryConfig);
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
    },
    streamQuery(): never {
      throw new Error('Streams are not offered inside a transaction.');
    },
  };
  const refuse = async (): Promise<never> => {
    throw new Error('A use case is one transaction already.');
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}
