import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import { CopiedProgram } from '../support/copied-program.ts';
import { inSteps } from '../support/in-steps.ts';
import { runProgram } from '../support/run-program.ts';
import { WatchedProgram } from '../support/watched-program.ts';
import { HARMFUL } from './harmful.plugins.ts';

// A plugin that does harm to the whole process is named, stays off, and the program comes back by itself (promise 9).

let copy: CopiedProgram;
let database: TestDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createTestDatabase([]);
  environment = { DATABASE_URL: database.url, DEMO: '0', HOST: '127.0.0.1', WATCHDOG_SECONDS: '5' };
  copy = await CopiedProgram.make();
  for (const name of ['blocking', 'straying', 'steady'] as const) await copy.write(`plugins/${name}/index.ts`, HARMFUL[name]);
});
afterAll(async () => {
  await copy?.remove();
  await database?.drop();
});

const disabled = expect.objectContaining({ extensions: expect.objectContaining({ code: 'PLUGIN_DISABLED' }) });

inSteps('a program whose plugins do harm', () => {
  let running: WatchedProgram;
  afterAll(() => running?.stop());
  beforeAll(async () => {
    running = await WatchedProgram.start(environment, copy.program);
  });

  it('goes on where one is slow, or forgets a promise or a timer that throws, and says whose it is', async () => {
    expect(await running.ask('{ brief rejects throwsLater steady }')).toEqual({
      data: { brief: 1, rejects: 1, throwsLater: 1, steady: 1 },
    });
    const place = expect.stringContaining('plugins/straying/index.ts:');
    await expect.poll(() => running.log()).toHaveLength(2); // what it tells comes by another way than what it answers
    expect(running.log()).toEqual([
      expect.objectContaining({ level: 50, plugin: 'straying', err: expect.objectContaining({ frames: expect.arrayContaining([place]) }) }),
      expect.objectContaining({ level: 50, plugin: 'straying', msg: 'a plugin threw what nobody has caught' }),
    ]);
    expect(running.addresses).toHaveLength(1);
  });
  it('comes back without one that gives nobody a turn, until an operator turns it on', async () => {
    expect(await running.ask('{ later }')).toBeUndefined();
    await running.started(2);
    const place = expect.stringMatching(/^plugins\/blocking\/index\.ts:\d+:\d+$/);
    expect(running.log(60)).toEqual([expect.objectContaining({ plugin: 'blocking', place, seconds: 5 })]);
    expect(running.program.complaints()).toMatch(
      /guichet: the plugin blocking blocked the server at plugins\/blocking\/index\.ts:\d+:\d+ on .*Z, and stays off until you turn it on: guichet plugin enable blocking\n/,
    );
    expect(await running.ask('{ brief steady viewer { name } }')).toEqual({
      data: { brief: null, steady: 1, viewer: null },
      errors: [disabled],
    });
  });
  it('has it again once it is turned on; comes back without one whose exception may have gone through the code of others', async () => {
    const told = 'The plugin blocking is on again from the next start of each server.\n';
    expect(await runProgram(['plugin', 'enable', 'blocking'], environment, { program: copy.program })).toEqual({
      code: 0,
      stdout: told,
      stderr: '',
    });
    expect(await running.ask('{ throwsWordLater }')).toBeUndefined();
    await running.started(3);
    expect(running.log(60).at(-1)).toMatchObject({ plugin: 'straying', err: { class: 'string' } });
    expect(await running.ask('{ rejects brief steady }')).toEqual({ data: { rejects: null, brief: 1, steady: 1 }, errors: [disabled] });
    expect(await running.stop()).toBe(0);
  });
  it('tells no value of what went astray', () => {
    expect(running.program.complaints()).not.toContain('blue');
  });
});
