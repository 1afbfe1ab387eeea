import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROGRAM, runProgram } from '../support/run-program.ts';

/** Nothing listens there: the port of a service that nobody has had for decades. */
const NOWHERE = 'postgres://someone:s3cret@127.0.0.1:1/nothing';
const isOneLine = (text: string): boolean => text.trim().split('\n').length === 1;

describe('every command', () => {
  it.concurrent.each(['start', 'migrate', 'seed', 'token', 'schema', 'backup', 'restore', 'doctor'])(
    '%s explains itself',
    async (command) => {
      const { code, stdout } = await runProgram([command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: guichet ${command}`);
    },
  );

  it('ends as ever where its reader has read enough', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'plugin', 'check', 'ordering'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [[code], told] = await Promise.all([once(child, 'close'), child.stderr.toArray()]);
    expect([code, Buffer.concat(told).toString()]).toEqual([0, '']);
  });

  it('is named by --help, with the settings', async () => {
    const { code, stdout } = await runProgram(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'start',
      'migrate',
      'seed',
      'token',
      'schema',
      'backup',
      'restore',
      'doctor',
      'PORT',
      'HOST',
      'DATABASE_URL',
      'DATA_DIR',
      'DEMO',
      'LOG_LEVEL',
    ])
      expect(stdout).toContain(word);
    expect((await runProgram(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('misuse ends with 2 and one line', () => {
  it.concurrent.each([
    ['an unknown command', ['frobnicate'], {}, "unknown command 'frobnicate'"],
    ['an unknown option', ['start', '--fast'], {}, "unknown option '--fast'"],
    ['too many words', ['migrate', 'now'], {}, 'too many arguments'],
    ['no phone', ['token'], {}, "required option '--phone <phone>'"],
    ['no phone number', ['token', '--phone', '12'], {}, '--phone: this is no phone number'],
    ['no sender of codes', ['start'], { DATABASE_URL: NOWHERE, DEMO: '0' }, 'SMS_SENDER: nobody could sign in'],
    ['an unknown size', ['seed', '--size', 'huge'], {}, 'Allowed choices are small, medium, large'],
    [
      'a database that is not there',
      ['start'],
      { DATABASE_URL: NOWHERE, SMS_SENDER: 'terminal' },
      'Cannot log in at 127.0.0.1:1, as DATABASE_URL says',
    ],
    ['a folder that cannot be made', ['migrate'], { DATA_DIR: '/dev/null/data' }, 'The folder /dev/null/data cannot be made (ENOTDIR)'],
  ])('%s', async (_case, args, environment, message) => {
    const { code, stderr } = await runProgram(args, environment);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(isOneLine(stderr)).toBe(true);
    expect(stderr).not.toContain('s3cret');
  });

  it('without any word, the help', async () => {
    const { code, stdout, stderr } = await runProgram([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: guichet');
  });
});

describe('wrong settings', () => {
  it('are all told at once, and nothing is begun', async () => {
    const wrong = { PORT: '70000', LOG_LEVEL: 'loud', DEMO: '1', NODE_ENV: 'production', DATABASE_URL: 'mysql://x' };
    const { code, stdout, stderr } = await runProgram(['start'], wrong);
    expect([code, stdout]).toEqual([2, '']);
    for (const name of ['PORT', 'LOG_LEVEL', 'DEMO', 'DATABASE_URL']) expect(stderr).toContain(`  ${name}: `);
  });

  it('of a demo in production stop the seeding too', async () => {
    const { code, stderr } = await runProgram(['seed'], { NODE_ENV: 'production', DATABASE_URL: NOWHERE });
    expect(code).toBe(2);
    expect(stderr).toContain('DEMO: a demo is refused with NODE_ENV=production');
  });

  it('are read from a file .env too, over which the environment wins', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'guichet-env-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    await writeFile(join(cwd, '.env'), 'PORT=70000\nLOG_LEVEL=loud\n');
    const { code, stderr } = await runProgram(['start'], { LOG_LEVEL: 'info', DATABASE_URL: NOWHERE }, { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('PORT');
    expect(stderr).not.toContain('LOG_LEVEL');
  });
});
