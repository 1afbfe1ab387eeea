import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CopiedProgram } from '../support/copied-program.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder, startProgram } from '../support/started-program.ts';

// How long a start takes with ten plugins (targets 1), from the process to its first answer, on the embedded database and with the demo: the middle
// of several.

const PLUGINS = Number(process.env.START_UP_PLUGINS ?? 10);
const STARTS = Number(process.env.START_UP_STARTS ?? 5);
const NEW_SECONDS = 5;
const KNOWN_SECONDS = 2;

let copy: CopiedProgram;
beforeAll(async () => {
  copy = await CopiedProgram.make();
  for (let i = 1; i <= PLUGINS; i++)
    expect(await runProgram(['plugin', 'new', `plugin-${i}`], {}, { program: copy.program })).toMatchObject({ code: 0 });
});
afterAll(() => copy?.remove());

/** @returns the seconds that it took. */
async function start(dataDir: string): Promise<number> {
  const from = performance.now();
  const program = await startProgram({ DATA_DIR: dataDir, HOST: '127.0.0.1' }, { program: copy.program });
  try {
    const { ok } = await fetch(`${program.url}/readyz`);
    expect(ok).toBe(true);
    return (performance.now() - from) / 1_000;
  } finally {
    await program.stop();
  }
}
const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

describe('a start', () => {
  it('is quick on a database that it makes, and on one that is there', async () => {
    const times = { new: [] as number[], known: [] as number[] };
    for (let i = 0; i < STARTS; i++) {
      const folder = await dataFolder(tmpdir());
      times.new.push(await start(folder.path));
      times.known.push(await start(folder.path));
      await folder.remove();
    }
    const seconds = { new: middle(times.new), known: middle(times.known) };
    process.stdout.write(
      `start with ${PLUGINS} plugins: ${seconds.new.toFixed(2)} s on a new embedded database, ${seconds.known.toFixed(2)} s on an existing one\n`,
    );
    expect(seconds.new).toBeLessThan(NEW_SECONDS);
    expect(seconds.known).toBeLessThan(KNOWN_SECONDS);
  });
});
