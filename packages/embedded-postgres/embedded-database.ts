import { setTimeout as delay } from 'node:timers/promises';
import { runChild } from './child-run.ts';
import { clusterExists, createCluster } from './cluster-creation.ts';
import { tryLock } from './cluster-lock.ts';
import { assertDurable, ensureDatabase, type LoginAddress, superuserUrl, tryLogin } from './cluster-login.ts';
import { ensurePassword, readPassword } from './cluster-password.ts';
import { type ClusterUse, isUsed, noteUse } from './cluster-use.ts';
import { type DatabaseHome, openHome } from './database-home.ts';
import { type DatabaseKeeper, type KeeperOptions, keepDatabase } from './database-keeper.ts';
import { EmbeddedDatabaseError } from './embedded.errors.ts';
import { folderTrouble } from './folder-trouble.ts';
import { nativeBinaries } from './native-binaries.ts';
import { sweepCopies } from './native-copy.ts';
import { isPostmaster, readPostmasterFile } from './postmaster.ts';
import { runningServer, startServer } from './server-start.ts';

export interface EmbeddedDatabase {
  /** postgres:// URL of the superuser login on the database. */
  readonly url: string;
  /** Whether this call started the server, rather than join it. */
  readonly startedHere: boolean;
  /** Path of the server's log. */
  readonly logFile: string;
  /**
   * Lets go of the server. Whoever does so last stops it, whoever started it, and waits until it is down; nothing happens
   * when it is down already.
   */
  leave(): Promise<void>;
  /** Starts the server again where it has gone down, and watches the room on its disk, until it is stopped. */
  keep(options: KeeperOptions): DatabaseKeeper;
}

export interface EmbeddedOptions {
  /** Folder that holds the database: cluster, password, lock and log lie in `database` below it. Made if absent. */
  readonly dataDir: string;
  /** Name of the database, which is made if it is not there. */
  readonly database: string;
  /** Whether commits survive a crash of the machine (default). False only in tests. */
  readonly durable?: boolean;
}

const LOCK_WITHIN_MS = 120_000;
const POLL_MS = 50;

/**
 * Starts the PostgreSQL of `dataDir`, or joins the one that runs there. Any number of processes may call it at the same
 * time: one starts it, all get the same database. It listens on 127.0.0.1 and admits nobody without the password.
 * The server outlives this process; a crash of either needs no help at the next start.
 * @throws EmbeddedDatabaseError in one line: no PostgreSQL for this machine, the folder unusable, the server's own reason
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  try {
    const home = await openHome(options);
    return await locked(home, () => startOrJoin(home, options.durable ?? true));
  } catch (error) {
    throw folderTrouble(error, options.dataDir);
  }
}

async function startOrJoin(home: DatabaseHome, durable: boolean): Promise<EmbeddedDatabase> {
  const exists = await clusterExists(home);
  if (exists && (await readPassword(home)) === undefined) {
    throw new EmbeddedDatabaseError(
      `${home.passwordFile} is missing, and the database there opens with nothing else: restore it.`,
      'folder',
    );
  }
  const password = await ensurePassword(home);
  const running = await runningServer(home, password);
  const address = running ?? (await startNew(home, password, exists, durable));
  await ensureDatabase(address);
  if (running && durable) await tryLogin(address, address.database, assertDurable);
  const use = await noteUse(home);
  return {
    url: superuserUrl(address),
    startedHere: !running,
    logFile: home.logFile,
    leave: () => leave(home, use),
    keep: (options) => keepDatabase(home, () => locked(home, () => revive(home, address, durable)), options),
  };
}

/** Those who use the server know its address: it comes back there, or they have to be started again. */
async function revive(home: DatabaseHome, { port, password }: LoginAddress, durable: boolean): Promise<void> {
  const running = (await runningServer(home, password)) ?? (await startNew(home, password, true, durable));
  if (running.port === port) return;
  throw new EmbeddedDatabaseError(
    `PostgreSQL runs again, on port ${running.port} because another program has taken ${port}: start this program again.`,
  );
}

async function startNew(home: DatabaseHome, password: string, exists: boolean, durable: boolean): Promise<LoginAddress> {
  await sweepCopies(home.folder);
  const binaries = await nativeBinaries(home);
  if (!exists) await createCluster(home, binaries, password, durable);
  return startServer(home, binaries, password, durable);
}

async function leave(home: DatabaseHome, use: ClusterUse): Promise<void> {
  await use.end();
  await locked(home, async () => {
    if (!(await isUsed(home))) await stopRunning(home);
  });
}

async function stopRunning(home: DatabaseHome): Promise<void> {
  const file = await readPostmasterFile(home);
  // pg_ctl would signal whatever process has the number of a server that crashed.
  if (!file || !(await isPostmaster(home, file.pid))) return;
  const { pgCtl } = await nativeBinaries(home);
  const result = await runChild(pgCtl, ['stop', '-D', home.cluster, '-m', 'fast', '-w', '-t', '60'], home.user);
  if (result.code !== 0) throw new EmbeddedDatabaseError(`PostgreSQL did not stop: ${result.output.split('\n').at(-1)}`);
}

/** Runs `work` when no other process starts, joins or leaves the server. */
async function locked<T>(home: DatabaseHome, work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + LOCK_WITHIN_MS; Date.now() < until; await delay(POLL_MS)) {
    const lock = await tryLock(home.lockFile);
    if (lock) return work().finally(() => lock.release());
  }
  throw new EmbeddedDatabaseError(`Another process has held ${home.lockFile} for ${LOCK_WITHIN_MS / 1000} s: is it hanging?`);
}
