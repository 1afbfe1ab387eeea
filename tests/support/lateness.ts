import { RawDatabase } from './raw-database.ts';

const EVERY_MS = 5;
/** What may lie between two turns on a machine that does nothing else. */
const USUAL_MS = 25;

export interface Lateness {
  /** Milliseconds by which turns that ended between two moments were late, together. */
  between(from: number, to: number): number;
  stop(): Promise<void>;
}

/**
 * Watches how late the machine is: turns of this process and of PostgreSQL that take longer than when nobody else wants it. A promise in
 * seconds holds on a machine that is there; the time for which it was not is no breach.
 */
export async function watchLateness(databaseUrl: string): Promise<Lateness> {
  const database = await RawDatabase.open(databaseUrl);
  const turns: { readonly at: number; readonly late: number }[] = [];
  let last = performance.now();
  let turn: Promise<void> | undefined;
  const take = async (): Promise<void> => {
    await database.rows('select 1');
    const at = performance.now();
    turns.push({ at, late: Math.max(0, at - last - USUAL_MS) });
    last = at;
    turn = undefined;
  };
  const timer = setInterval(() => {
    turn ??= take();
  }, EVERY_MS);
  return {
    between: (from, to) => turns.filter(({ at }) => at >= from && at <= to).reduce((sum, { late }) => sum + late, 0),
    stop: async () => {
      clearInterval(timer);
      await turn;
      await database.close();
    },
  };
}
