import { openData, openRequests, openSeats, type Size } from './data.ts';
import { guichetDialect } from './dialect-guichet.ts';
import { Client, load, prepare } from './load.ts';
import type { Operation, Request } from './operations.ts';
import { openServer } from './postgres.ts';
import { startContestant } from './processes.ts';

const OPERATIONS: readonly Operation[] = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'];
const POOL = 10;
const WARM_MS = 1_500;
const MEASURED_MS = 4_000;

/** `{ medium: { Q1: 4.2, … }, … }`: milliseconds in the middle, one request at a time. */
export type Growth = Record<string, Record<string, number>>;

/** How long this server takes for the same operations as the data grows, one request at a time. */
export async function measureGrowth(sizes: readonly Size[], say: (line: string) => void): Promise<Growth> {
  const server = await openServer(say);
  const growth: Growth = {};
  try {
    for (const size of sizes) growth[size] = await measure(server.url, size, say);
  } finally {
    await server.stop();
  }
  say(`\n${''.padEnd(10)}${OPERATIONS.map((operation) => operation.padStart(9)).join('')}   ms in the middle`);
  for (const [size, times] of Object.entries(growth))
    say(`${size.padEnd(10)}${OPERATIONS.map((operation) => times[operation]!.toFixed(2).padStart(9)).join('')}`);
  const [least, most] = [growth[sizes[0]!]!, growth[sizes.at(-1)!]!];
  say(
    `${'grown'.padEnd(10)}${OPERATIONS.map((operation) => `×${(most[operation]! / least[operation]!).toFixed(2)}`.padStart(9)).join('')}`,
  );
  return growth;
}

async function measure(url: string, size: Size, say: (line: string) => void): Promise<Record<string, number>> {
  const data = await openData(url, size, say);
  try {
    const requests = await openRequests(data.url, await openSeats(data.url));
    const { port, stop } = await startContestant('guichet', data.url, POOL);
    const client = new Client(port);
    const times: Record<string, number> = {};
    for (const operation of OPERATIONS) times[operation] = await middleOf(client, requests[operation]!);
    client.close();
    await stop();
    return times;
  } finally {
    await data.drop();
  }
}

async function middleOf(client: Client, requests: readonly Request[]): Promise<number> {
  const prepared = requests.map((request) => prepare(guichetDialect.ask(request), { authorization: `Bearer ${request.seat.token}` }));
  let i = 0;
  const next = () => prepared[i++ % prepared.length];
  await load(client, next, POOL, WARM_MS); // every connection has prepared its statements
  return (await load(client, next, 1, MEASURED_MS)).p50;
}
