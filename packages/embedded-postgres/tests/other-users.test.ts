import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded-database.ts';
import { ask, embeddedFolder, isRoot, postmasterPid, withLogin } from './embedded-folder.fixture.ts';

// Another user of the machine tries to get in: by files, by the process, by the network. Only root can play somebody else.

/** Nobody has this number. */
const STRANGER = { uid: 54_321, gid: 54_321 };

describe('another user of the machine', () => {
  let home: Awaited<ReturnType<typeof embeddedFolder>>;
  let database: EmbeddedDatabase;
  let folder: string;
  beforeAll(async () => {
    home = await embeddedFolder();
    database = await startEmbeddedDatabase({ dataDir: home.folder, database: 'shop', durable: false });
    folder = path.join(home.folder, 'database');
  });
  afterAll(async () => {
    await database.leave();
    await home.remove();
  });
  const asStranger = (command: string) => {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', command], { ...STRANGER, cwd: '/', encoding: 'utf8' });
    return { status, stdout };
  };

  it.runIf(isRoot).each([
    ['lists the folder', (at: string) => `ls ${at}`],
    ['reads the password', (at: string) => `cat ${at}/password`],
    ['reads the log', (at: string) => `cat ${at}/server.log`],
    ['lists the data', (at: string) => `ls ${at}/cluster`],
    ['reads the data', (at: string) => `cat ${at}/cluster/PG_VERSION`],
    ['reads who may log in', (at: string) => `cat ${at}/cluster/pg_hba.conf`],
    ['puts a lock there', (at: string) => `touch ${at}/start.lock`],
    ['puts a file into the data', (at: string) => `touch ${at}/cluster/planted`],
    ['takes the folder away', (at: string) => `mv ${at} ${at}-taken`],
  ])('is refused who %s', (_case, command) => {
    expect(asStranger('id -u')).toEqual({ status: 0, stdout: `${STRANGER.uid}\n` });
    const { status, stdout } = asStranger(command(folder));
    expect([status, stdout]).toEqual([expect.toSatisfy((code) => code !== 0), '']);
  });

  it.runIf(isRoot)('cannot signal the server, nor read its environment', async () => {
    const pid = await postmasterPid(home.folder);
    expect(asStranger(`kill -9 ${pid}`).status).not.toBe(0);
    expect(asStranger(`cat /proc/${pid}/environ`).status).not.toBe(0);
    expect(await ask(database.url, 'select 1')).toBe(1);
  });

  it('finds the password neither in what processes are called nor in what the server is told', async () => {
    const password = new URL(database.url).password;
    const pid = await postmasterPid(home.folder);
    const seen = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')));
    if (process.platform === 'linux') expect(seen[0]).toContain('listen_addresses');
    expect(seen.join()).not.toContain(password);
    expect(await ask(database.url, `select string_agg(setting, ' ') from pg_settings`)).not.toContain(password);
  });

  it.each(['postgres', 'shop', 'app', 'nobody', 'root'])('does not log in as %s, with no password or a guess', async (user) => {
    for (const password of ['', user, 'postgres', new URL(database.url).password.slice(0, -1)])
      await expect(ask(withLogin(database.url, user, password), 'select 1')).rejects.toThrow(/password/);
  });

  it('finds no socket in the file system', async () => {
    expect(await ask(database.url, 'show unix_socket_directories')).toBe('');
    const { stdout } = spawnSync('find', ['/tmp', '/run', '-maxdepth', '3', '-name', `.s.PGSQL.${new URL(database.url).port}`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});
