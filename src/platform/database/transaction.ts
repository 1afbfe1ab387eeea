import { type DatabaseConnection, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type QueryResult } from 'kysely';
import pg from 'pg';
import { StatementNames } from './statement-names.ts';
import type { KyselyTables, Table } from './table.ts';
import { ORGANIZATION_SETTING } from './table-ddl.ts';
import { TimeLimitError, within } from './time-limit.ts';
import { isUuid } from './uuid.ts';

/** An open transaction of one organization. */
export interface Transaction {
  readonly client: pg.PoolClient;
  /** Typed queries on some tables, by their names: `tx.on({ contacts }).selectFrom('contacts')`. */
  on<Tables extends Record<string, Table>>(tables: Tables): Kysely<KyselyTables<Tables>>;
}

/** PostgreSQL's codes for "somebody else was first, try again". */
const SERIALIZATION = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/**
 * Runs `work` in one transaction of one organization; everything or nothing happens.
 * @param organization id; written into the transaction's settings, which row level security reads.
 * @param milliseconds that `work` has, at each attempt; by default as long as it takes.
 * @throws what `work` throws, after the rollback. A deadlock is tried again, so `work` must have no effect outside the database.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  organization: string,
  work: (transaction: Transaction) => Promise<T>,
  milliseconds?: number,
): Promise<T> {
  if (!isUuid(organization)) throw new Error('A transaction needs an organization.');
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, `begin; set local ${ORGANIZATION_SETTING} = '${organization}'`, work, milliseconds);
    } catch (error) {
      if (attempt === ATTEMPTS || !isSerialization(error)) throw error;
    }
  }
}

/** Reads in one snapshot of one organization; what `work` writes is refused by the database. */
export async function inReadOnlyTransaction<T>(
  pool: pg.Pool,
  organization: string,
  work: (transaction: Transaction) => Promise<T>,
  milliseconds?: number,
): Promise<T> {
  if (!isUuid(organization)) throw new Error('A transaction needs an organization.');
  const begin = `begin isolation level repeatable read read only; set local ${ORGANIZATION_SETTING} = '${organization}'`;
  return once(pool, begin, work, milliseconds);
}

/** A transaction without an organization, for roles whose tables have none (identity) or that serve all (the worker). */
export const inPlainTransaction = <T>(pool: pg.Pool, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  once(pool, 'begin', work);

async function once<T>(
  pool: pg.Pool,
  begin: string,
  work: (transaction: Transaction) => Promise<T>,
  milliseconds = Number.POSITIVE_INFINITY,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const doing = work(transactionOn(client));
    const result = await (Number.isFinite(milliseconds) ? within(doing, milliseconds) : doing);
    await client.query('commit');
    return result;
  } catch (error) {
    // what was given up may still use its connection: closed, it is of no use to it, and rolled back
    if (error instanceof TimeLimitError) broken = error;
    else
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Runs `work` so that a failure undoes it alone and leaves the rest of the transaction usable.
 * @throws what `work` throws.
 */
export async function inSavepoint<T>({ client }: Transaction, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint work');
  try {
    const result = await work();
    await client.query('release savepoint work');
    return result;
  } catch (error) {
    await client.query('rollback to savepoint work; release savepoint work');
    throw error;
  }
}

export const transactionOn = (client: pg.PoolClient): Transaction => {
  const kysely = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createDriver: () => singleConnection(client),
    },
  });
  return { client, on: <Tables extends Record<string, Table>>() => kysely as unknown as Kysely<KyselyTables<Tables>> };
};

const isSerialization = (error: unknown): boolean => error instanceof pg.DatabaseError && SERIALIZATION.has(error.code ?? '');

/** Statements of use cases come again and again; planning one takes longer than running it. */
const NAMES = new StatementNames(150);

/** Kysely on a connection whose transaction somebody else began. */
function singleConnection(client: pg.PoolClient) {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }): Promise<QueryResult<R>> {
      const { rows, rowCount } = await client.query({ name: NAMES.nameOf(sql), text: sql, values: [...parameters] });
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
