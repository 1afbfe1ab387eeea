import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { childEnvironment } from './child-run.ts';
import { type LoginAddress, tryLogin } from './cluster-login.ts';
import type { DatabaseHome } from './database-home.ts';
import { EmbeddedDatabaseError } from './embedded.errors.ts';
import { freePort } from './free-port.ts';
import type { NativeBinaries } from './native-binaries.ts';
import { clusterArguments, disownPostmasterFile, isPostmaster, readPostmasterFile } from './postmaster.ts';
import { logSince, openLog, prepareLog } from './server-log.ts';
import { serverArguments } from './server-settings.ts';

/** A crash may leave a good deal of the write-ahead log to be replayed. */
const READY_WITHIN_MS = 60_000;
const RETRY_WITHIN_MS = 15_000;
const POLL_MS = 20;

/** Reasons that pass by themselves: children of a killed server that are not gone yet, and a port taken in between. */
const PASSING = /shared memory block|could not create any TCP\/IP sockets|lock file ".*" already exists/;

/**
 * The running server of this cluster, if there is one; one that is starting or stopping is waited for.
 * @returns its address when it lets us in, `undefined` when there is none (any more)
 */
export async function runningServer(home: DatabaseHome, password: string): Promise<LoginAddress | undefined> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await delay(POLL_MS)) {
    const file = await readPostmasterFile(home);
    if (!file || !(await isPostmaster(home, file.pid))) return undefined;
    if (file.ready && (await admits(addressOf(home, file.port, password)))) return addressOf(home, file.port, password);
  }
  return undefined;
}

/**
 * Starts the server, detached: it outlives this process however it ends. The caller holds the lock.
 * @throws EmbeddedDatabaseError with the server's own words when it does not come up
 */
export async function startServer(home: DatabaseHome, binaries: NativeBinaries, password: string, durable: boolean): Promise<LoginAddress> {
  const former = (await readPostmasterFile(home))?.port ?? 0;
  for (const until = Date.now() + RETRY_WITHIN_MS; ; await delay(5 * POLL_MS)) {
    await disownPostmasterFile(home);
    const offset = await prepareLog(home.logFile);
    const port = await freePort(former);
    const child = await launch(home, binaries, [...clusterArguments(home), ...serverArguments(port, durable)]);
    if (await becomesReady(home, child, addressOf(home, port, password))) return addressOf(home, port, password);
    const said = await logSince(home.logFile, offset);
    if (!PASSING.test(said) || Date.now() > until)
      throw new EmbeddedDatabaseError(`PostgreSQL did not start: ${lastWords(said)} (log: ${home.logFile})`);
  }
}

const addressOf = ({ database }: DatabaseHome, port: number, password: string): LoginAddress => ({ port, password, database });

async function launch(home: DatabaseHome, binaries: NativeBinaries, args: readonly string[]): Promise<ChildProcess> {
  const log = await openLog(home.logFile);
  try {
    const child = spawn(binaries.postgres, args, {
      cwd: '/',
      env: childEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
      uid: home.user?.uid,
      gid: home.user?.gid,
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** @returns false when the server ended instead */
async function becomesReady(home: DatabaseHome, child: ChildProcess, address: LoginAddress): Promise<boolean> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await delay(POLL_MS)) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const file = await readPostmasterFile(home);
    if (file?.pid === child.pid && file?.ready && (await admits(address))) return true;
  }
  throw new EmbeddedDatabaseError(
    `PostgreSQL is still not ready after ${READY_WITHIN_MS / 1000} s; it goes on by itself (log: ${home.logFile})`,
  );
}

async function admits(address: LoginAddress): Promise<boolean> {
  return (await tryLogin(address, 'postgres', async () => undefined)) === 'ready';
}

function lastWords(log: string): string {
  const fatal = log.split('\n').filter((line) => /FATAL|PANIC/.test(line));
  return fatal.at(-1)?.replace(/^.*?(?=FATAL|PANIC)/, '') ?? 'it gave no reason';
}
