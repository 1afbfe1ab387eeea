import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded-database.ts';
import {
  ask,
  embeddedFolder,
  isRoot,
  leaves,
  postmasterPid,
  said,
  serverOwner,
  startInProcess,
  stayInProcess,
  withLogin,
} from './embedded-folder.fixture.ts';

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function ownFolder(): Promise<string> {
  const { folder, remove } = await embeddedFolder();
  onTestFinished(remove);
  return folder;
}

function leaveAfterwards(database: EmbeddedDatabase): EmbeddedDatabase {
  onTestFinished(() => database.leave());
  return database;
}

async function killServer(dataDir: string): Promise<void> {
  const pid = await postmasterPid(dataDir);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isRunning(pid)).toBe(false);
}

describe('a running embedded database', () => {
  let home: Awaited<ReturnType<typeof embeddedFolder>>;
  let database: EmbeddedDatabase;

  beforeAll(async () => {
    home = await embeddedFolder();
    database = await startEmbeddedDatabase({ dataDir: home.folder, database: 'shop', durable: false });
  });
  afterAll(async () => {
    await database.leave();
    await home.remove();
  });

  it('is PostgreSQL 18 in UTC, with letters of every script, on 127.0.0.1 alone', async () => {
    expect(database.startedHere).toBe(true);
    expect(await ask(database.url, 'select version()')).toMatch(/^PostgreSQL 18\./);
    expect(await ask(database.url, 'show timezone')).toBe('UTC');
    expect(await ask(database.url, `select lower('ÄÖ') || (select datlocale from pg_database where datname = current_database())`)).toBe(
      'äöC.UTF-8',
    );
    expect(await ask(database.url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(database.url, 'show unix_socket_directories')).toBe('');
    expect(await ask(database.url, 'show data_checksums')).toBe('on');
  });

  it('is joined by a second start, which knows that it did not start it', async () => {
    const second = await startEmbeddedDatabase({ dataDir: home.folder, database: 'shop', durable: false });
    expect(second).toMatchObject({ url: database.url, startedHere: false });
    await second.leave();
    expect(await ask(database.url, 'select 1')).toBe(1);
  });

  it('is not joined by a start that needs durability when it runs without', async () => {
    await expect(startEmbeddedDatabase({ dataDir: home.folder, database: 'shop' })).rejects.toThrow(/without fsync/);
  });

  it.each([
    ['a wrong password', 'postgres', 'wrong'],
    ['a user that is not there', 'nobody', 'wrong'],
  ])('refuses %s', async (_case, user, password) => {
    const error = await ask(withLogin(database.url, user, password), 'select 1').catch((reason: Error) => reason);
    expect(String(error)).toContain('password authentication failed');
    expect(await ask(database.url, 'select 1')).toBe(1);
  });

  it('asks whoever comes without a password for proof by SCRAM', async () => {
    // R, length, 10: authentication by SASL; a server that trusts would answer 0, one that wants the bare password 3.
    const reply = await firstReply(Number(new URL(database.url).port));
    expect([reply.toString('latin1', 0, 1), reply.readInt32BE(5)]).toEqual(['R', 10]);
    expect(reply.toString('latin1')).toContain('SCRAM-SHA-256');
  });

  it('trusts no way in', async () => {
    const methods = await ask(database.url, `select string_agg(distinct auth_method, ',') from pg_hba_file_rules`);
    expect(methods).toBe('scram-sha-256');
  });

  it('keeps password and log from everybody else', async () => {
    const password = path.join(home.folder, 'database/password');
    expect((await stat(password)).mode & 0o777).toBe(0o600);
    expect((await stat(password)).uid).toBe(process.geteuid?.());
    expect((await stat(database.logFile)).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(home.folder, 'database/cluster'))).mode & 0o777).toBe(0o700);
    expect((await readFile(password, 'utf8')).trim()).toBe(new URL(database.url).password);
    expect(new URL(database.url).password).toHaveLength(43);
  });

  it.runIf(isRoot)('lets not even its own system user read the password', async () => {
    const reader = spawn('cat', [path.join(home.folder, 'database/password')], { ...(await serverOwner(home.folder)), cwd: '/' });
    expect(await once(reader, 'close')).toEqual([1, null]);
  });

  it('writes no value of a failing statement to its log', async () => {
    await expect(ask(database.url, `select '+8613900000001'::int`)).rejects.toThrow('8613900000001');
    expect(await readFile(database.logFile, 'utf8')).not.toContain('13900000001');
  });
});

/** One folder after the other: making a database takes longer than everything else here. */
describe('one folder', () => {
  let home: Awaited<ReturnType<typeof embeddedFolder>>;
  beforeAll(async () => {
    home = await embeddedFolder();
  });
  afterAll(() => home.remove());
  const start = () => startEmbeddedDatabase({ dataDir: home.folder, database: 'shop', durable: false });
  const stay = () => {
    const child = stayInProcess(home.folder);
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  /** Two processes that start at the same time. */
  async function starterAndJoiner() {
    const both = await Promise.all([stay(), stay()].map(async (child) => ({ child, ...(await said(child)) })));
    const [starter, joiner] = both.sort((one, other) => Number(other.startedHere) - Number(one.startedHere));
    expect([starter!.startedHere, joiner!.startedHere]).toEqual([true, false]);
    expect(joiner!.url).toBe(starter!.url);
    return [starter!, joiner!] as const;
  }

  it.each([
    ['the one that started it goes first', false],
    ['the one that joined it goes first', true],
  ])('two that start at once share one database, and the last to go stops it: %s', async (_case, isTurned) => {
    const [starter, joiner] = await starterAndJoiner();
    const [leaver, last] = isTurned ? [joiner, starter] : [starter, joiner];
    await leaves(leaver.child);
    expect(await ask(last.url, 'select 1')).toBe(1);
    await leaves(last.child);
    await expect(ask(last.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('the database outlives those that are killed, and does not wait for them', async () => {
    const killed = await starterAndJoiner();
    for (const { child } of killed) child.kill('SIGKILL');
    await Promise.all(killed.map(({ child }) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
    const database = await start();
    expect(database).toMatchObject({ url: killed[0].url, startedHere: false });
    await database.leave();
    await expect(ask(database.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('is never taken from one that is just joining', async () => {
    const database = await start();
    const [joined] = await Promise.all([start(), database.leave()]);
    leaveAfterwards(joined);
    expect(await ask(joined.url, 'select 1')).toBe(1);
  });

  it('stops when told to, and comes back durable with what was committed, after a kill -9 too', async () => {
    const dataDir = home.folder;
    const first = await startEmbeddedDatabase({ dataDir, database: 'shop', durable: false });
    await ask(first.url, 'create table kept (n int)');
    await first.leave();
    await expect(ask(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await first.leave();

    const second = leaveAfterwards(await startEmbeddedDatabase({ dataDir, database: 'shop' }));
    expect(await ask(second.url, `select current_setting('fsync') || current_setting('full_page_writes')`)).toBe('onon');
    await ask(second.url, 'insert into kept values (7)');
    await killServer(dataDir);

    const third = leaveAfterwards(await startEmbeddedDatabase({ dataDir, database: 'shop' }));
    expect(third.startedHere).toBe(true);
    expect(await ask(third.url, 'select n from kept')).toBe(7);

    await killServer(dataDir);
    await giveItsNumberToAnother(dataDir);
    const fourth = leaveAfterwards(await startEmbeddedDatabase({ dataDir, database: 'shop' }));
    expect(await ask(fourth.url, 'select n from kept')).toBe(7);
  });
});

describe('starting', () => {
  it('begins again after a kill -9 in the middle of the making', async () => {
    const dataDir = await ownFolder();
    const child = startInProcess(dataDir);
    const isBeingMade = async (): Promise<boolean> =>
      (await readdir(path.join(dataDir, 'database')).catch(() => [])).some((name) => name.startsWith('initdb-'));
    await expect.poll(isBeingMade).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(path.join(dataDir, 'database'))).toContain('start.lock');
    const database = leaveAfterwards(await startEmbeddedDatabase({ dataDir, database: 'shop', durable: false }));
    expect(database.startedHere).toBe(true);
    expect(await ask(database.url, 'select current_database()')).toBe('shop');
  });

  it.runIf(isRoot)('as root, names what is closed when the folder lies where PostgreSQL cannot go', async () => {
    const closed = await ownFolder();
    await chmod(closed, 0o700);
    await expect(startEmbeddedDatabase({ dataDir: path.join(closed, 'data'), database: 'shop', durable: false })).rejects.toThrow(
      /cannot enter /,
    );
  });

  it.runIf(isRoot)('refuses a folder that somebody else has put there', async () => {
    const dataDir = await ownFolder();
    await mkdir(path.join(dataDir, 'database'));
    await chown(path.join(dataDir, 'database'), 65534, 65534);
    await expect(startEmbeddedDatabase({ dataDir, database: 'shop', durable: false })).rejects.toThrow(/belongs to another user/);
  });

  it('refuses a password that others could read', async () => {
    const dataDir = await ownFolder();
    await mkdir(path.join(dataDir, 'database'));
    await writeFile(path.join(dataDir, 'database/password'), 'known', { mode: 0o644 });
    await expect(startEmbeddedDatabase({ dataDir, database: 'shop', durable: false })).rejects.toThrow(/password is open to other users/);
  });
});

/** What the server says to a start-up message of the superuser, sent without a driver. */
async function firstReply(port: number): Promise<Buffer> {
  const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0shop\0\0', 'latin1');
  const head = Buffer.alloc(4);
  head.writeInt32BE(body.length + 4);
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(Buffer.concat([head, body]));
  const [reply]: Buffer[] = await once(socket, 'data');
  return reply!;
}

/** The dead server's number now belongs to a process of the same user: to PostgreSQL this looks like a server that runs. */
async function giveItsNumberToAnother(dataDir: string): Promise<void> {
  const other = spawn('sleep', ['60'], { ...(await serverOwner(dataDir)), cwd: '/' });
  onTestFinished(() => void other.kill());
  await once(other, 'spawn');
  const file = path.join(dataDir, 'database/cluster/postmaster.pid');
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [other.pid, ...rest].join('\n'));
}
