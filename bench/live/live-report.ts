import type { Idle } from './live-memory.ts';
import type { Turn } from './live-turn.ts';

export interface LiveFigures extends Turn {
  /** Deliveries a second when events come as fast as they can be made. */
  readonly most: number;
  /** CPU milliseconds of the server a second, at the steady pace. */
  readonly cpu: number;
}

const at = (delays: readonly number[], part: number): number =>
  delays.toSorted((a, b) => a - b)[Math.min(delays.length - 1, Math.floor(delays.length * part))] ?? Number.NaN;
const middle = (values: readonly number[]): number => at(values, 0.5);
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Each figure is the middle of the rounds. @returns this server's figures divided by the other's, and the bytes of an idle subscriber. */
export function printLive(
  figures: ReadonlyMap<string, readonly LiveFigures[]>,
  idle: ReadonlyMap<string, Idle>,
  say: (line: string) => void,
): Record<string, number> {
  const heads = ['p50 ms', 'p99 ms', 'own p50', 'own p99', 'hot p50', 'hot p99', 'most/s', 'CPU ms/s'];
  say(`\n${'S1'.padEnd(14)}${heads.map((head) => head.padStart(9)).join(' ')}`);
  const rows = [...figures].map(([name, of]) => {
    const delay = (pick: (one: LiveFigures) => readonly number[], part: number): number => middle(of.map((one) => at(pick(one), part)));
    const all = ({ own, hot }: LiveFigures): readonly number[] => [...own, ...hot];
    const delays = [all, (one: LiveFigures) => one.own, (one: LiveFigures) => one.hot].flatMap((pick) => [
      delay(pick, 0.5),
      delay(pick, 0.99),
    ]);
    return { name, cells: [...delays, middle(of.map(({ most }) => most)), middle(of.map(({ cpu }) => cpu))] };
  });
  for (const { name, cells } of rows)
    say(`${name.padEnd(14)}${cells.map((cell) => cell.toFixed(cell < 100 ? 1 : 0).padStart(9)).join(' ')}`);
  const [own, bare] = rows as [(typeof rows)[0], (typeof rows)[0]];
  const ratio = (i: number): number => rounded(own.cells[i]! / bare.cells[i]!);
  const report = { p50: ratio(0), p99: ratio(1), most: ratio(6) };
  say(`against bare ws: p50 × ${report.p50}, p99 × ${report.p99}, deliveries a second × ${report.most}`);
  for (const [name, { bytes, cpu }] of idle)
    say(`${name.padEnd(14)}${(bytes / 1_000).toFixed(1)} kB an idle subscriber, ${cpu.toFixed(0)} CPU ms/s for all`);
  return { ...report, ...Object.fromEntries([...idle].map(([name, { bytes }]) => [`idle ${name}`, Math.round(bytes)])) };
}
