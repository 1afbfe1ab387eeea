import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Prepared } from '../load.ts';

export interface Asking {
  readonly answered: number;
  readonly refused: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}
interface Tally {
  readonly times: number[];
  refused: number;
}
const asking = ({ times, refused }: Tally): Asking => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { answered: times.length - refused, refused, p50: at(0.5), p99: at(0.99) };
};

async function ask(client: Client, prepared: Prepared, tally: Tally): Promise<void> {
  const from = performance.now();
  const answer = await client.ask(prepared);
  tally.times.push(performance.now() - from);
  if (answer.includes('"errors":') || !answer.includes('"data":')) tally.refused += 1;
}

/** Seats that ask one request after the other, with a pause between. @param seats what each of them asks, in turn. */
export async function askWithPauses(
  client: Client,
  seats: readonly (readonly Prepared[])[],
  { pauseMs, ms }: { pauseMs: number; ms: number },
): Promise<Asking> {
  const tally: Tally = { times: [], refused: 0 };
  const end = performance.now() + ms;
  const one = async (requests: readonly Prepared[], at: number): Promise<void> => {
    await pause((pauseMs * at) / seats.length); // not all in one moment
    for (let i = at; performance.now() < end; i++) {
      await ask(client, requests[i % requests.length]!, tally);
      await pause(pauseMs);
    }
  };
  await Promise.all(seats.map(one));
  return asking(tally);
}

interface Named {
  readonly name: string;
  readonly prepared: Prepared;
}
/** One that keeps so many requests in flight, going through its documents. */
export async function askInTurn(
  client: Client,
  documents: readonly Named[],
  { inFlight, ms }: { inFlight: number; ms: number },
): Promise<(Asking & { readonly name: string })[]> {
  const tallies = documents.map((): Tally => ({ times: [], refused: 0 }));
  const end = performance.now() + ms;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      const at = next++ % documents.length;
      await ask(client, documents[at]!.prepared, tallies[at]!);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return documents.map(({ name }, at) => ({ name, ...asking(tallies[at]!) }));
}

const EVERY_MS = 200;
/** @returns how often the server was not ready. */
export async function watchReadiness(port: number, ms: number): Promise<number> {
  let unready = 0;
  for (const end = performance.now() + ms; performance.now() < end; await pause(EVERY_MS)) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status !== 200) unready += 1;
    await answer?.text();
  }
  return unready;
}
