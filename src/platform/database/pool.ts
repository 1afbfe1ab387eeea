import pg from 'pg';
import type { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from './server-roles.ts';
import { NoConnectionError } from './trouble.ts';

export type Role = typeof APP_ROLE | typeof IDENTITY_ROLE | typeof WORKER_ROLE;

const INT8 = 20;
pg.types.setTypeParser(INT8, Number); // columns of this type hold whole numbers up to 2^53 (column.ts)
const DATE = 1082;
pg.types.setTypeParser(DATE, (value: string) => value);

export interface PoolOptions {
  /** postgres:// URL of the login; its sessions start as `role`, whose rights are all they have. */
  readonly url: string;
  readonly role?: Role;
  /** Most connections at once. */
  readonly size: number;
  /** Milliseconds after which a statement is cancelled. */
  readonly statementTimeout?: number;
  /** Milliseconds after which who waits for a connection is told that there is none. */
  readonly connectTimeout?: number;
  /** Connections stay open while nobody uses them. */
  readonly isKept?: boolean;
  readonly onError: (error: Error) => void;
}

const QUERY_CANCELED = '57014';
/** Whether PostgreSQL refused a statement, rather than could not be asked. */
export const isRefusedStatement = (error: unknown): boolean => error instanceof pg.DatabaseError;
/** Whether PostgreSQL cancelled a statement because it took too long. */
export const isTimeout = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === QUERY_CANCELED;

const waits = new WeakMap<pg.Pool, (seconds: number) => void>();
/** @param waited told how long somebody waited for a connection, where none was idle. */
export const observeWaits = (pool: pg.Pool, waited: (seconds: number) => void): void => void waits.set(pool, waited);

/** A connection of the pool. */
export async function takeConnection(pool: pg.Pool): Promise<pg.PoolClient> {
  const waited = waits.get(pool);
  if (!waited || pool.idleCount > 0) return pool.connect();
  const asked = performance.now();
  try {
    return await pool.connect();
  } finally {
    waited((performance.now() - asked) / 1000);
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: (broken?: Error | boolean) => void) => void;

/** Whoever gets no connection is told so by an error of its own: the driver's look like those of anything else that is remote. */
class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect().catch((error: Error) => Promise.reject(new NoConnectionError(error)));
    super.connect((error, client, release) => callback(error && new NoConnectionError(error), client, release));
  }
}

export function createPool({
  url,
  role,
  size,
  statementTimeout = 5_000,
  connectTimeout = 5_000,
  isKept = false,
  onError,
}: PoolOptions): pg.Pool {
  const settings = [
    ...(role ? [`role=${role}`] : []),
    'jit=off',
    'plan_cache_mode=force_generic_plan', // planning a statement for its values takes longer than running it; whatever changes a plan is in the text
    'join_collapse_limit=1', // explicit joins are followed as they are written: the plan for all values knows too little of each organization
    // What is read often is in memory, where a page costs about as much as the ten rows on it: dearer, a plan reads hundreds of entries of an
    // index that has all columns rather than one entry and the row that it names.
    'seq_page_cost=0.1',
    'random_page_cost=0.1',
    'timezone=UTC',
    `statement_timeout=${statementTimeout}`,
    'idle_in_transaction_session_timeout=15000',
  ];
  const pool = new Pool({
    connectionString: url,
    max: size,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: connectTimeout,
    ...(isKept ? { idleTimeoutMillis: 0 } : {}),
    pipeline: true,
  } as pg.PoolConfig);
  // A connection that breaks must not end the process. The pool listens to it while it is idle alone; in use, its query fails as well.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
