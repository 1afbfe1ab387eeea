import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import { CopiedProgram } from '../support/copied-program.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { runProgram } from '../support/run-program.ts';
import { startProgram } from '../support/started-program.ts';

// A plugin that cannot load stops the start, and the start goes on without it (promise 9): in a copy of the program with plugins of its own.

const PLUGINS = {
  broken: `throw new Error('No tools today.');`,
  forgetful: `import { defineModule } from '@guichet/sdk';
    Promise.reject(new Error('Who has forgotten me?'));
    export default defineModule({ name: 'forgetful', version: '1.0.0', description: 'Forgets.', guichet: '^0.1.0' });`,
  lending: `import { defineModule } from '@guichet/sdk';
    export default defineModule({ name: 'lending', version: '1.0.0', description: 'Lends.', guichet: '^0.1.0', types: (builder) =>
      builder.queryField('tools', (t) => t.int({ description: 'Tools.', resolve: () => 1 })) });`,
  stumbling: `import { defineModule } from '@guichet/sdk';
    export default defineModule({ name: 'stumbling', version: '1.0.0', description: 'Stumbles.', guichet: '^0.1.0',
      migrations: [{ name: '0001-initial', sql: 'create schema plg_stumbling; create table plg_stumbling.tools (id nothing)' }] });`,
  needy: `import { defineModule } from '@guichet/sdk';
    export default defineModule({ name: 'needy', version: '1.0.0', description: 'Needs.', guichet: '^0.1.0', needs: ['broken'] });`,
};
let copy: CopiedProgram;
let database: TestDatabase;
let owner: RawDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  copy = await CopiedProgram.make();
  for (const [name, index] of Object.entries(PLUGINS)) await copy.write(`plugins/${name}/index.ts`, index);
});
beforeEach(async () => {
  database = await createTestDatabase([]);
  owner = await RawDatabase.open(database.url);
  environment = { DATABASE_URL: database.url, DEMO: '0', SMS_SENDER: 'terminal', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' };
});
afterEach(async () => {
  await owner.close();
  await database.drop();
});
afterAll(() => copy?.remove());
const refusedStart = (...without: string[]) =>
  runProgram(['start', ...without.flatMap((name) => ['--without', name])], environment, { program: copy.program });

describe('a plugin that cannot be loaded', () => {
  it.each<[string, string[], string]>([
    [
      'because its code throws',
      [],
      'Plugin "broken" cannot be loaded: No tools today; mend plugins/broken/index.ts:1, or start with --without broken.',
    ],
    [
      'because its schema does not hold',
      ['broken', 'needy'],
      'Plugin "lending" cannot be loaded: the field Query.tools has no rule; name one: without it nobody is admitted, or start with --without lending.',
    ],
    [
      'because what it needs was left out',
      ['broken', 'lending'],
      'Plugin "needy" cannot be loaded: it needs "broken", which is not there; install broken, or start with --without needy.',
    ],
    [
      'by a name that no plugin has',
      ['brokn'],
      '--without brokn: there is no such plugin; there is broken, forgetful, lending, needy, stumbling.',
    ],
  ])('stops the start %s: one line, exit code 2, and nothing is done to the database', async (_, without, line) => {
    expect(await refusedStart(...without, 'forgetful')).toEqual({ code: 2, stdout: '', stderr: `guichet: ${line}\n` });
    expect(await owner.rows('select from schema_migrations')).toEqual([]);
  });
  it('because its migration fails stops the start, and the migrations of others stay', async () => {
    expect(await refusedStart('broken', 'forgetful', 'lending', 'needy')).toEqual({
      code: 2,
      stdout: 'guichet: connecting to the database …\n',
      stderr:
        'guichet: Plugin "stumbling" cannot be loaded: its migration 0001-initial failed: type "nothing" does not exist; mend it: nothing of it was done, or start with --without stumbling.\n',
    });
    expect(await owner.rows(`select from schema_migrations where module = 'stumbling'`)).toEqual([]);
  });
  it('is left out, and the server starts; what another one has forgotten does not end it', async () => {
    const program = await startProgram(environment, {
      program: copy.program,
      args: ['--without', 'broken', 'lending', 'needy', 'stumbling'],
    });
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect(await program.stop()).toBe(0);
  });
});
