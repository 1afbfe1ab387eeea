import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BothWays } from '../../../src/testing/both-ways.ts';

// Every query of the test suite that is answered straight from its statements is answered by the executor too, with the same answer.
// All but what starts programs runs as it is: tests that count statements fail under it, and that is not asked here. `ONLY=tests/rules` takes part of it.

const ONLY = process.env.ONLY?.split(' ') ?? [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'both-ways-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('every query of the suite is answered the same both ways', async () => {
  const file = join(folder, 'answers.jsonl');
  const without = ['--exclude', 'tests/{app,reliability}/**/*.long.ts'];
  const suite = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...without, ...ONLY], {
    env: { ...process.env, BOTH_WAYS: file, VITEST: undefined, VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined },
    stdio: 'ignore',
  });
  await once(suite, 'exit');
  const answers = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line): BothWays => JSON.parse(line));
  const documents = new Set(answers.map(({ document }) => document));
  process.stdout.write(`${answers.length} queries, ${documents.size} documents, answered both ways\n`);
  expect(documents.size).toBeGreaterThan(ONLY.length ? 0 : 500);
  expect(answers.filter(({ difference }) => difference)).toEqual([]);
});
