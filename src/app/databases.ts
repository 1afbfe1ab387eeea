import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Cure,
  chooseDataDir,
  clusterFolder,
  type DatabaseKeeper,
  type DataDir,
  EmbeddedDatabaseError,
  type KeeperOptions,
  startEmbeddedDatabase,
} from '@guichet/embedded-postgres';
import type pg from 'pg';
import { UnusableDatabaseError } from '../platform/database/database.errors.ts';
import { createPool, type PoolOptions, type Role } from '../platform/database/pool.ts';
import { loginUrls } from '../platform/database/server-logins.ts';
import { APP_ROLE, checkServerRoles, IDENTITY_ROLE, WORKER_ROLE } from '../platform/database/server-roles.ts';
import { type Settings, SettingsError } from './settings.ts';

const DATA_DIR = '.data';
const ROOTS_OWN = '/var/lib/guichet';
/** Name of the embedded database. */
export const DATABASE = 'guichet';
const CURES: Readonly<Record<Cure, string>> = {
  folder: 'DATA_DIR names another folder for the data.',
  server: 'DATABASE_URL names a PostgreSQL server of yours.',
};

/** The database that a server uses: where it is, and how to let it go. */
export interface DatabaseHome {
  readonly url: string;
  /** The embedded database stops when the last process that uses it has left. */
  leave(): Promise<void>;
  /** Looks after an embedded database while it is served from; others have somebody who does. */
  keep?(options: KeeperOptions): DatabaseKeeper;
}

type Where = Pick<Settings, 'databaseUrl' | 'dataDir'>;

/** What is wrong with the embedded database, and which setting would help. */
export const inSettings = ({ message, cure }: EmbeddedDatabaseError): string => (cure ? `${message} ${CURES[cure]}` : message);

const told = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof EmbeddedDatabaseError ? new UnusableDatabaseError(inSettings(error), { cause: error }) : error;
  });

/** @param notice told where the data lies, when that is not where one would look for it */
export async function openDatabase({ databaseUrl, dataDir }: Where, notice: (line: string) => void): Promise<DatabaseHome> {
  if (databaseUrl) return { url: databaseUrl, leave: async () => {} };
  const { folder, reason } = await dataFolder(dataDir);
  if (reason) notice(`the data is kept in ${folder} (${reason})`);
  const database = await told(startEmbeddedDatabase({ dataDir: folder, database: DATABASE }));
  return { ...database, leave: () => told(database.leave()) };
}

/** Folder of the embedded database. */
export const dataFolder = async (dataDir: string | undefined): Promise<DataDir> =>
  dataDir ? { folder: resolve(dataDir), reason: undefined } : told(chooseDataDir(DATA_DIR, ROOTS_OWN));

/** Opens a database that is there. @throws SettingsError where an embedded one would have to be made first */
export async function openExisting(where: Where, notice: (line: string) => void): Promise<DatabaseHome> {
  const folder = where.databaseUrl ? undefined : (await dataFolder(where.dataDir)).folder;
  if (folder && !existsSync(clusterFolder(folder))) throw new SettingsError(`DATA_DIR: there is no database in ${folder}.`);
  return openDatabase(where, notice);
}

/** One pool a role, each with a login of its own: what a session may do is what its role may do, whatever is said in it. */
export interface Pools {
  readonly requests: pg.Pool;
  readonly identity: pg.Pool;
  readonly worker: pg.Pool;
  /** One connection each, for questions that nobody's work may delay: whether the database answers, and which sessions have ended. */
  readonly readiness: pg.Pool;
  readonly watch: pg.Pool;
  /** Of the worker's login, for the connection that listens to other servers. */
  readonly workerUrl: string;
  end(): Promise<void>;
}
const IDENTITY_CONNECTIONS = 3;
const WORKER_CONNECTIONS = 3;

/**
 * @param url of the login that migrates, which has done so: it tells where the pools log in, and is in none of them.
 * @throws UnusableDatabaseError where a session could get past row level security.
 */
export async function openPools(
  url: string,
  size: number,
  onError: (error: Error) => void,
  timeouts: Pick<PoolOptions, 'statementTimeout' | 'connectTimeout'> = {},
): Promise<Pools> {
  const urls = await loginUrls(url);
  const poolOf = (role: Role, most: number, isKept = false): pg.Pool =>
    createPool({ url: urls[role], role, size: most, isKept, onError, ...timeouts });
  const pools = {
    requests: poolOf(APP_ROLE, size),
    identity: poolOf(IDENTITY_ROLE, IDENTITY_CONNECTIONS),
    worker: poolOf(WORKER_ROLE, WORKER_CONNECTIONS),
    readiness: poolOf(APP_ROLE, 1, true),
    watch: poolOf(IDENTITY_ROLE, 1, true),
  };
  const end = async (): Promise<void> => {
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
  };
  try {
    await checkServerRoles(pools.requests, APP_ROLE);
    await checkServerRoles(pools.identity, IDENTITY_ROLE);
    await checkServerRoles(pools.worker, WORKER_ROLE);
  } catch (error) {
    await end();
    throw error;
  }
  return { ...pools, workerUrl: urls[WORKER_ROLE], end };
}
