import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { NO_CHANNELS } from '../../../src/app/channel-settings.ts';
import { checkChannels } from '../../../src/app/doctor/channels.check.ts';
import { examine } from '../../../src/app/doctor/examine.ts';
import type { Finding } from '../../../src/app/doctor/finding.ts';
import { checkDataFolder } from '../../../src/app/doctor/folder.check.ts';
import { checkNode, checkPort } from '../../../src/app/doctor/machine.check.ts';
import { checkPlugins } from '../../../src/app/doctor/plugins.check.ts';
import { checkSettings } from '../../../src/app/doctor/settings.check.ts';
import { folderSource } from '../../../src/app/plugin-source.ts';
import { runProgram } from '../../support/run-program.ts';

// What the doctor says of all but the database, each with what is right beside what is wrong.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-doctor-'));
  chmodSync(folder, 0o711);
  return () => rmSync(folder, { recursive: true });
});
const told = (findings: readonly Finding[]): string[] => findings.map(({ level, found }) => `${level}: ${found}`);

describe('Node.js', () => {
  it.each([
    ['22.17.9', 'failure'],
    ['22.18.0', 'ok'],
    ['20.20.0', 'failure'],
    ['24.0.0', 'ok'],
  ])('%s: %s', (version, level) => expect(checkNode(version).level).toBe(level));
});

describe('settings', () => {
  const SECRET = 'k3JmU8zq1xT0vYbN5cRh7dWgE2sLaPfQ';
  const check = (variables: Record<string, string>, file = ''): string[] => {
    const path = join(folder, '.env');
    if (file) writeFileSync(path, file, { mode: 0o600 });
    return told(checkSettings(variables, path).findings);
  };
  it.each<[string, Record<string, string>, string, string[]]>([
    ['all right', { PORT: '4000', HOME: '/root' }, 'DATA_DIR=/srv/data\n', ['ok: all are known and right']],
    ['a bad value', { PORT: 'many' }, '', ['failure: PORT: must be a whole number from 0 to 65535']],
    [
      'several',
      { PORT: 'many', LOG_LEVEL: 'loud' },
      '',
      [expect.stringContaining('PORT'), expect.stringContaining('LOG_LEVEL')] as string[],
    ],
    ['a name in the file that is none', {}, 'POTR=4000\n', ['warning: there is none called POTR']],
    ['a name in the environment that is none', { GUICHET_SECRETE: 'x' }, '', ['warning: there is none called GUICHET_SECRETE']],
    ['a good secret', { GUICHET_SECRET: SECRET }, '', ['ok: all are known and right']],
    ['a secret like a wall', { GUICHET_SECRET: 'a'.repeat(40) }, '', ['warning: GUICHET_SECRET is easy to guess']],
  ])('%s', (_case, variables, file, expected) => {
    expect(check(variables, file)).toEqual(expected);
  });
  it('a file with a secret that others may read', () => {
    const path = join(folder, '.env');
    writeFileSync(path, `GUICHET_SECRET=${SECRET}\n`);
    for (const [mode, level] of [
      [0o644, 'warning'],
      [0o600, 'ok'],
    ] as const) {
      chmodSync(path, mode);
      const { findings } = checkSettings({ GUICHET_SECRET: SECRET }, path);
      expect(findings.map((finding) => finding.level)).toEqual([level]);
      expect(JSON.stringify(findings)).not.toContain(SECRET);
    }
  });
});

describe('the port', () => {
  it('is free, or another program has it', async () => {
    expect((await checkPort({ host: '127.0.0.1', port: 0 })).level).toBe('ok');
    const taken = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    expect(await checkPort({ host: '127.0.0.1', port })).toMatchObject({
      level: 'failure',
      found: `another program listens on 127.0.0.1:${port}`,
    });
    expect((await checkPort({ host: '192.0.2.1', port: 0 })).level).toBe('failure');
  });
});

describe('plugins', () => {
  it('can be loaded, or not', async () => {
    expect(told((await checkPlugins()).findings)).toEqual([expect.stringMatching(/^ok: .*ordering/)]);
    const { findings, modules } = await checkPlugins([folderSource('plugins/lending', 'plugins/lending')]);
    expect([told(findings)[0], modules]).toEqual([expect.stringMatching(/^failure: Plugin "lending" cannot be loaded: /), undefined]);
  });
});

describe('the data folder', () => {
  const check = async (): Promise<string[]> =>
    told((await checkDataFolder(folder)).findings).filter((line) => !line.includes(' MB are free'));

  it('that is not made yet is left as it is', async () => {
    expect(await check()).toEqual([`ok: ${folder}: not made yet`, 'ok: not made yet: the first start makes it']);
    expect(readdirSync(folder)).toEqual([]);
    expect(told((await checkDataFolder(join(folder, 'a/b'))).findings)[0]).toMatch(/^\w+: \d+ MB are free in /);
  });

  it('with a password that others may read, data of another PostgreSQL, and what is left of processes that are gone', async () => {
    const database = join(folder, 'database');
    mkdirSync(join(database, 'cluster'), { recursive: true, mode: 0o755 });
    writeFileSync(join(database, 'password'), 'known', { mode: 0o644 });
    writeFileSync(join(database, 'cluster/PG_VERSION'), '17\n');
    writeFileSync(join(database, 'cluster/postmaster.pid'), '999999999\n/x\n0\n5432\n\n127.0.0.1\n\nready\n');
    writeFileSync(join(database, 'use.of-the-dead'), '');
    const before = readdirSync(database, { recursive: true });
    const findings = await check();
    expect(findings).toContainEqual(expect.stringMatching(/^failure: .*password is open to other users \(mode 644\)/));
    expect(findings).toContainEqual(expect.stringMatching(/^failure: .*(cluster is open to others|belongs to user)/));
    expect(findings).toContainEqual(
      expect.stringMatching(/^warning: left by processes that are gone: .*postmaster\.pid, .*use\.of-the-dead/),
    );
    expect(findings.at(-1)).toBe('warning: not running, so it was not looked into');
    expect(readdirSync(database, { recursive: true })).toEqual(before);
  });
});

describe('the command', () => {
  it('prints a line each, or JSON, and ends with 1 where something has failed', async () => {
    const environment = { DATABASE_URL: 'postgres://someone:s3cret@127.0.0.1:1/nothing', PORT: '0' };
    const [lines, json] = await Promise.all([runProgram(['doctor'], environment), runProgram(['doctor', '--json'], environment)]);
    expect([lines.code, json.code]).toEqual([1, 1]);
    expect(lines.stdout).toMatch(/^failure {2}database: Cannot log in at 127\.0\.0\.1:1, as DATABASE_URL says: .*$/m);
    expect(lines.stdout).toMatch(/^ok {7}Node\.js: /m);
    expect(JSON.parse(json.stdout)).toContainEqual({ level: 'failure', subject: 'database', found: expect.any(String) });
    expect(lines.stdout + lines.stderr + json.stdout).not.toContain('s3cret');
  });
  it('goes no further where settings are wrong', async () => {
    const findings = await examine({ PORT: 'many' }, join(folder, '.env'));
    expect(findings.map(({ subject }) => subject)).toEqual(['Node.js', 'settings', 'plugins']);
  });
});

describe('mail', () => {
  const check = async (url: string) =>
    (await checkChannels({ ...NO_CHANNELS, smtp: { url, from: 'a@b.example' } })).map(({ level, found }) => `${level}: ${found}`);
  it('is greeted and signed in to; what is in the way is told, and no password', async () => {
    const smtp = new SMTPServer({
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      onAuth: ({ password }, _, then) => then(password === 'right' ? null : new Error('No.'), { user: 'guichet' }),
    });
    await new Promise<void>((then) => void smtp.listen(0, '127.0.0.1', then));
    const { port } = smtp.server.address() as AddressInfo;
    expect(await check(`smtp://guichet:right@127.0.0.1:${port}`)).toEqual([`ok: 127.0.0.1:${port} takes it`]);
    expect(await check(`smtp://guichet:wrong@127.0.0.1:${port}`)).toEqual([`failure: 127.0.0.1:${port} does not take it (EAUTH)`]);
    await new Promise<void>((then) => smtp.close(then));
    expect(await check(`smtp://guichet:right@127.0.0.1:${port}`)).toEqual([`failure: 127.0.0.1:${port} does not take it (ECONNREFUSED)`]);
  });
  it('is not asked for where there is none', async () => expect(await checkChannels(NO_CHANNELS)).toEqual([]));
});
