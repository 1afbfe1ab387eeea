import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import { CopiedProgram } from '../support/copied-program.ts';
import { runProgram } from '../support/run-program.ts';
import { WatchedProgram } from '../support/watched-program.ts';
import { HARMFUL } from './harmful.plugins.ts';

// Every way to block the process, at the limit of promise 9: ten seconds, unless WATCHDOG_SECONDS says otherwise.

const SECONDS = process.env.WATCHDOG_SECONDS ?? '10';
let copy: CopiedProgram;
let folder: string;
let harm: string;
let database: TestDatabase;
let running: WatchedProgram | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-harm-'));
  harm = join(folder, 'now');
  copy = await CopiedProgram.make();
  for (const name of ['blocking', 'lurking', 'steady'] as const) await copy.write(`plugins/${name}/index.ts`, HARMFUL[name]);
});
beforeEach(async () => {
  database = await createTestDatabase([]);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await database.drop();
});
afterAll(async () => {
  await copy.remove();
  await rm(folder, { recursive: true });
});
const start = async (more: Record<string, string> = {}): Promise<WatchedProgram> => {
  const environment = { DATABASE_URL: database.url, DEMO: '0', HOST: '127.0.0.1', WATCHDOG_SECONDS: SECONDS, HARM: harm, ...more };
  running = await WatchedProgram.start(environment, copy.program);
  return running;
};
const codes = (answer: Awaited<ReturnType<WatchedProgram['ask']>>) => answer?.errors?.map(({ extensions }) => extensions.code);
/** Code that no plugin has: it blocks the server, and nothing else that runs with the same options, when the sign appears. */
const blocksServer = `data:text/javascript,${encodeURIComponent(`
  import { existsSync, rmSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread && process.argv[1]?.endsWith('main.ts')) setInterval(() => {
    if (!existsSync(process.env.HARM)) return;
    rmSync(process.env.HARM);
    for (;;);
  }, 50).unref();`)}`;

describe('a program that is blocked', { timeout: 180_000 }, () => {
  it.each(['later', 'inRegex', 'inSystem'])('by a plugin names it and comes back without it: %s', async (field) => {
    const program = await start();
    expect(await program.ask(`{ ${field} }`)).toBeUndefined();
    await program.started(2);
    expect(program.log(60)).toMatchObject([{ plugin: 'blocking' }]);
    expect(codes(await program.ask('{ brief steady }'))).toEqual(['PLUGIN_DISABLED']);
  });
  it('again by a plugin that is off comes back without loading it', async () => {
    const program = await start();
    await writeFile(harm, '');
    await program.started(2);
    expect(codes(await program.ask('{ idle steady }'))).toEqual(['PLUGIN_DISABLED']);
    await writeFile(harm, '');
    await program.started(3);
    expect(program.log(60)).toMatchObject([{ plugin: 'lurking' }, { plugin: 'lurking' }]);
    expect(program.program.complaints()).toContain('is not loaded until you turn it on: guichet plugin enable lurking');
    expect(codes(await program.ask('{ idle steady }'))).toEqual(['BAD_REQUEST']);
    expect(await program.ask('{ steady }')).toEqual({ data: { steady: 1 } });
  });
  it('by none of its plugins comes back with all of them, and says so', async () => {
    const program = await start({ NODE_OPTIONS: `--import=${blocksServer}` });
    await writeFile(harm, '');
    await program.started(2);
    expect(program.log(60)).toMatchObject([{ msg: 'the server was blocked, by none of its plugins: it restarts' }]);
    expect(await program.ask('{ steady idle brief }')).toEqual({ data: { steady: 1, idle: 1, brief: 1 } });
  });
  it('for less time than that is left alone; so is one with a debugger, and one that is not watched', async () => {
    const answer = { data: { brief: 1, long: 1 } };
    const ways: Record<string, string>[] = [{}, { NODE_OPTIONS: '--inspect=0', WATCHDOG_SECONDS: '1' }, { WATCHDOG_SECONDS: '0' }];
    for (const way of SECONDS === '10' ? ways : ways.slice(1)) {
      const program = await start(way);
      expect(await program.ask('{ brief long }')).toEqual(answer);
      expect(program.log(60)).toEqual([]);
      await program.stop();
    }
  });
});

describe('a start that a plugin keeps waiting', { timeout: 60_000 }, () => {
  it('ends, and says which', async () => {
    await copy.write('plugins/waiting/index.ts', 'for (;;);');
    const environment = { DATABASE_URL: database.url, DEMO: '0', SMS_SENDER: 'terminal', WATCHDOG_SECONDS: SECONDS };
    const { code, stderr } = await runProgram(['start'], environment, { program: copy.program });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^guichet: Plugin "waiting" cannot be loaded: plugins\/waiting\/index\.ts:1:\d+ keeps the start waiting; mend it, or start with --without waiting\.$/m,
      ),
    ]);
  });
  it('because of a name that is not stopped cannot be helped by turning it on', async () => {
    const enabled = await runProgram(['plugin', 'enable', 'waiting'], { DATABASE_URL: database.url }, { program: copy.program });
    expect(enabled).toEqual({ code: 1, stdout: '', stderr: 'guichet: The plugin waiting is not stopped.\n' });
  });
});
