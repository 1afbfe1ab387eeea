import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CopiedProgram } from '../support/copied-program.ts';
import { runProgram } from '../support/run-program.ts';

// The test that `guichet plugin new` writes, run as its author would; tests/sdk/new-plugin.test.ts asks such a plugin itself.

let copy: CopiedProgram;
beforeAll(async () => {
  copy = await CopiedProgram.make();
});
afterAll(() => copy?.remove());

it('a new plugin passes its own test', async () => {
  expect(await runProgram(['plugin', 'new', 'tool-lending'], {}, { program: copy.program })).toMatchObject({ code: 0 });
  const tested = await runProgram(
    ['run', '--root', copy.root, 'plugins/tool-lending'],
    { NO_COLOR: '1' },
    { program: join(copy.root, 'node_modules/vitest/vitest.mjs') },
  );
  expect(tested.stdout + tested.stderr).toMatch(/Tests {2}2 passed \(2\)/);
  expect(tested.code).toBe(0);
});
