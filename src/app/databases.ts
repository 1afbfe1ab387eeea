import { resolve } from 'node:path';
import type pg from 'pg';
import { chooseDataDir } from '../platform/database/embedded/data-dir.ts';
import { keepEmbeddedDatabase } from '../platform/database/embedded/database-keeper.ts';
import { createPool } from '../platform/database/pool.ts';
import { checkServerRoles } from '../platform/database/server-roles.ts';
import { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from '../platform/database/table-ddl.ts';
import type { Settings } from './settings.ts';

const DATA_DIR = '.data';

/** The database that a server uses: where it is, and how to let it go. */
export interface DatabaseHome {
  readonly url: string;
  /** The embedded database stops when the last process that uses it has left. */
  leave(): Promise<void>;
}

/** @param notice told where the data lies, when that is not where one would look for it, and when the embedded database had to be brought back */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  notice: (line: string) => void,
): Promise<DatabaseHome> {
  if (databaseUrl) return { url: databaseUrl, leave: async () => {} };
  const { folder, reason } = dataDir ? { folder: resolve(dataDir), reason: undefined } : await chooseDataDir(DATA_DIR);
  if (reason) notice(`the data is kept in ${folder} (${reason})`);
  return keepEmbeddedDatabase({ dataDir: folder }, notice);
}

/** One pool a role: what a session may do is what its role may do. */
export interface Pools {
  readonly requests: pg.Pool;
  readonly identity: pg.Pool;
  readonly worker: pg.Pool;
  end(): Promise<void>;
}
const IDENTITY_CONNECTIONS = 3;
const WORKER_CONNECTIONS = 3;

/** @throws where the roles would let a request past row level security. */
export async function openPools(url: string, size: number, onError: (error: Error) => void): Promise<Pools> {
  const pools = {
    requests: createPool({ url, role: APP_ROLE, size, onError }),
    identity: createPool({ url, role: IDENTITY_ROLE, size: IDENTITY_CONNECTIONS, onError }),
    worker: createPool({ url, role: WORKER_ROLE, size: WORKER_CONNECTIONS, onError }),
  };
  const end = async (): Promise<void> => {
    await Promise.all([pools.requests.end(), pools.identity.end(), pools.worker.end()]);
  };
  try {
    await checkServerRoles(pools.requests, APP_ROLE);
    await checkServerRoles(pools.identity, IDENTITY_ROLE);
    await checkServerRoles(pools.worker, WORKER_ROLE);
  } catch (error) {
    await end();
    throw error;
  }
  return { ...pools, end };
}
