import { once } from 'node:events';
import { vi } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { type StartedProgram, startProgram } from '../support/started-program.ts';
import { signInPeople, startLoad } from './demo-load.ts';
import { brokenRules, lostOrDoubled, unnumbered } from './kept-state.ts';
import type { WriteLoad } from './write-load.ts';

/** A kill comes at a random moment of the load: after so many answers, seen so late. */
const [MOST_ANSWERS, LATEST_MS] = [30, 20];
const LONGEST_MS = 600_000;
/** Others may keep the machine from it. What was begun and left is ended by the database long before. */
const SETTLED_WITHIN_MS = 180_000;
const BACK_WITHIN_MS = 60_000;

export interface Killing {
  /** Of `startProgram`: where the database is. */
  readonly environment: Record<string, string>;
  readonly kills: number;
  /** Address of the database's owner. */
  databaseUrl(): Promise<string>;
  /** Kills something, and resolves when the program can be asked again. @returns the program that runs then */
  kill(running: StartedProgram): Promise<StartedProgram>;
}
export interface Killed {
  /** What is wrong, after any of the kills. */
  readonly faults: readonly string[];
  readonly answered: number;
  readonly repeated: number;
  /** Milliseconds from a kill to the first answer after it; the longest. */
  readonly longest: number;
}

export const startDemo = (environment: Record<string, string>): Promise<StartedProgram> =>
  startProgram({ DEMO: '1', WRITES_PER_MINUTE: '0', LOG_LEVEL: 'silent', ...environment });

/** `kill -9` of a server, and a start like any other. */
export async function killServer({ process: child }: StartedProgram, environment: Record<string, string>): Promise<StartedProgram> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  return startDemo(environment);
}

/** Kills again and again while clients write, looks after each whether what was answered is there once, and at the end at everything. */
export async function killUnderLoad({ environment, kills, databaseUrl, kill }: Killing): Promise<Killed> {
  let program = await startDemo(environment);
  try {
    const people = await signInPeople(program.url);
    const load = await startLoad((name): TestSeat => people(name, program.url));
    const faults: string[] = [];
    let [looked, longest] = [0, 0];
    for (let count = 0; count < kills; count++) {
      await answers(load, Math.random() * MOST_ANSWERS, 1 + Math.random() * LATEST_MS);
      const known = load.answered.slice(looked);
      const from = performance.now();
      program = await kill(program);
      await answers(load, 1);
      longest = Math.max(longest, performance.now() - from);
      faults.push(...(await onDatabase(databaseUrl, (database) => lostOrDoubled(database, known))));
      looked += known.length;
    }
    await load.end();
    faults.push(...load.faults, ...(await onDatabase(databaseUrl, (database) => settledFaults(database, load))));
    return { faults, answered: load.answered.length, repeated: load.repeated, longest: Math.round(longest) };
  } finally {
    await program.stop();
  }
}

/** Waits until so many more were answered. @param interval milliseconds between two looks */
async function answers(load: WriteLoad, more: number, interval = 5): Promise<void> {
  const count = (): number => load.answered.length + load.faults.length;
  const enough = count() + more;
  await vi.waitUntil(() => count() >= enough, { interval, timeout: LONGEST_MS });
}

async function settledFaults(database: RawDatabase, load: WriteLoad): Promise<string[]> {
  const settles = async (): Promise<void> => {
    if ((await unnumbered(database)) > 0 || (await brokenRules(database)).length > 0) throw new Error('Not yet.');
  };
  // A look that fails ends nothing either: what is not settled by then is told.
  await vi.waitFor(settles, { interval: 50, timeout: SETTLED_WITHIN_MS }).catch(() => {});
  const waiting = await unnumbered(database);
  return [
    ...(await lostOrDoubled(database, load.answered)),
    ...(await brokenRules(database)),
    ...(waiting ? [`${waiting} events without a number`] : []),
  ];
}

async function onDatabase<T>(url: () => Promise<string>, work: (database: RawDatabase) => Promise<T>): Promise<T> {
  const database = await opened(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
/** PostgreSQL may just be coming back. */
export const opened = (url: () => Promise<string>): Promise<RawDatabase> =>
  vi.waitFor(async () => RawDatabase.open(await url()), { interval: 50, timeout: BACK_WITHIN_MS });
