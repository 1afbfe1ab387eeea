import { openKeptData, openRequests, openSeats, type SeatMix } from './data.ts';
import { guichetDialect } from './dialect-guichet.ts';
import { printGrowth } from './growth-report.ts';
import { Client, load, type Prepared, prepare } from './load.ts';
import { OPERATIONS, type Operation, type Request, type SeatKind } from './operations.ts';
import { openServer } from './postgres.ts';
import { startContestant } from './processes.ts';
import { sizeOfContacts } from './sizes.ts';

export const READS: readonly Operation[] = OPERATIONS.filter((operation) => operation !== 'M1');
/** Who sees a few contacts, and who sees all. */
const SEATS = { staff: 50, company: 20 } satisfies SeatMix;
export const KINDS = Object.keys(SEATS) as readonly SeatKind[];
const POOL = 10;
const WARM_MS = 1_500;
const MEASURED_MS = 4_000;

export interface Grown {
  /** Milliseconds in the middle, one request at a time. */
  readonly ms: number;
  /** Rows of the answers' pages in the mean: a page of 3 is not a page of 50. */
  readonly rows: number;
}
/** `{ staff: { "100": { Q1: { ms, rows }, … }, … }, … }`. */
export type Growth = Record<string, Record<string, Record<string, Grown>>>;

/** How long this server takes for the same operations as the data grows, one request at a time. */
export async function measureGrowth(contacts: readonly number[], say: (line: string) => void): Promise<Growth> {
  const growth = await atEachSize(contacts, say, measure);
  printGrowth(growth, say);
  return growth;
}

/** @param work looks at the data of one size. @returns what it found for each kind of seat, by size. */
export async function atEachSize<Found>(
  contacts: readonly number[],
  say: (line: string) => void,
  work: (url: string) => Promise<Record<string, Found>>,
): Promise<Record<string, Record<string, Found>>> {
  const server = await openServer(say);
  const all: Record<string, Record<string, Found>> = Object.fromEntries(KINDS.map((kind) => [kind, {}]));
  try {
    for (const count of contacts) {
      const url = await openKeptData(server.url, sizeOfContacts(count), say);
      for (const [kind, found] of Object.entries(await work(url))) all[kind]![count] = found;
    }
    return all;
  } finally {
    await server.stop();
  }
}

async function measure(url: string): Promise<Record<string, Record<string, Grown>>> {
  const requests = await openRequests(url, await openSeats(url, SEATS));
  const { port, stop } = await startContestant('guichet', url, POOL);
  const client = new Client(port);
  const measured: Record<string, Record<string, Grown>> = {};
  for (const kind of KINDS) {
    measured[kind] = {};
    for (const operation of READS)
      measured[kind][operation] = await grownOf(
        client,
        requests[operation]!.filter(({ seat }) => seat.kind === kind),
      );
  }
  client.close();
  await stop();
  return measured;
}

export const asked = (request: Request): Prepared =>
  prepare(guichetDialect.ask(request), { authorization: `Bearer ${request.seat.token}` });

async function grownOf(client: Client, requests: readonly Request[]): Promise<Grown> {
  const prepared = requests.map(asked);
  let i = 0;
  const next = () => prepared[i++ % prepared.length];
  await load(client, next, POOL, WARM_MS); // every connection has prepared its statements
  const { p50, failed } = await load(client, next, 1, MEASURED_MS);
  if (failed) throw new Error(`${failed} requests failed.`);
  const rows = await Promise.all(requests.map(async (request) => rowsOf(request.operation, await client.ask(asked(request)))));
  return { ms: p50, rows: rows.reduce((sum, one) => sum + one, 0) / rows.length };
}

function rowsOf(operation: Operation, answer: string): number {
  const read = guichetDialect.read(operation, (JSON.parse(answer) as { data: never }).data);
  const page = operation === 'Q2' ? (read as { entries: unknown[] }).entries : read;
  return Array.isArray(page) ? page.length : 1;
}
