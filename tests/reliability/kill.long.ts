import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder, type StartedProgram } from '../support/started-program.ts';
import { type Killing, killServer, killUnderLoad, opened } from './killing.ts';

// Promise 4: `kill -9` at random moments of a writing load, on the embedded database, which is durable. KILLS=5 tries it small.

const KILLS = Number(process.env.KILLS ?? 100);
const MORE_THAN_ENOUGH_MS = 60_000 + KILLS * 30_000;

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  folder = await dataFolder(tmpdir());
});
afterEach(() => folder.remove());

const home = (): string => join(folder.path, 'database');
async function postmaster(): Promise<{ readonly pid: number; readonly port: number }> {
  const lines = (await readFile(join(home(), 'cluster/postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}
async function databaseUrl(): Promise<string> {
  const password = (await readFile(join(home(), 'password'), 'utf8')).trim();
  return `postgres://postgres:${password}@127.0.0.1:${(await postmaster()).port}/guichet`;
}

/** Kills, and says what came of it. @returns files of locks and notes that are left over */
async function afterKills(kill: Killing['kill'], environment: Record<string, string>): Promise<string[]> {
  const { faults, ...figures } = await killUnderLoad({ environment, kills: KILLS, databaseUrl, kill });
  console.log({ kills: KILLS, ...figures });
  expect(faults).toEqual([]);
  expect(figures.repeated).toBeGreaterThan(0);
  return (await readdir(home())).filter((name) => LEFTOVER.test(name));
}
const LEFTOVER = /^(use|start\.lock|initdb-|copy-|password\.|postmaster)/;

describe('kill -9', { timeout: MORE_THAN_ENOUGH_MS }, () => {
  it('of the server loses nothing that was answered, and does nothing twice', async () => {
    const environment = { DATA_DIR: folder.path };
    expect(await afterKills((running) => killServer(running, environment), environment)).toEqual([]);
  });

  it('of PostgreSQL, whole or a session of it, while the server goes on', async () => {
    let count = 0;
    const kill = async (running: StartedProgram): Promise<StartedProgram> => {
      await (count++ % 2 ? killSession() : killWhole());
      await (await opened(databaseUrl)).close();
      return running;
    };
    expect(await afterKills(kill, { DATA_DIR: folder.path })).toEqual([]);
  });
});

/** The server itself has to see that it is gone, and bring it back. */
async function killWhole(): Promise<void> {
  const { pid } = await postmaster();
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await postmaster()).pid, { timeout: 60_000 }).not.toBe(pid);
}
/** PostgreSQL then ends all its sessions, and begins anew by itself. */
async function killSession(): Promise<void> {
  const database = await opened(databaseUrl);
  const [session] = await database.rows<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by random() limit 1',
  );
  await database.close();
  process.kill(session!.pid, 'SIGKILL');
}
