import { bulkOrganizationId } from '../src/app/bulk/bulk-seed.ts';
import { asOwner, openKeptData, signedIn } from './data.ts';
import { asked } from './growth.ts';
import { Client, load } from './load.ts';
import { GIVES_BACK, settledMemory } from './memory.ts';
import type { BenchSeat, Operation } from './operations.ts';
import { openServer } from './postgres.ts';
import { startContestant } from './processes.ts';
import { sizeOfOrganizations } from './sizes.ts';

/** Sessions that ask, however many organizations they are spread over: what is remembered of each is then the same. */
const SESSIONS = 1_000;
const POOL = 10;
const MEASURED_MS = 5_000;
const READS = ['Q1', 'Q4'] satisfies Operation[];

interface Figures {
  /** Resident megabytes after requests of all sessions. */
  readonly megabytes: number;
  /** Milliseconds in the middle, one request at a time. */
  readonly Q1: number;
  readonly Q4: number;
}

/** Memory and times of a server with so many organizations of equal size, all of which ask. */
export async function measureOrganizations(counts: readonly number[], say: (line: string) => void): Promise<Record<string, Figures>> {
  const server = await openServer(say);
  const figures: Record<string, Figures> = {};
  try {
    for (const count of counts) figures[count] = await measure(await openKeptData(server.url, sizeOfOrganizations(count), say), count);
  } finally {
    await server.stop();
  }
  say(`\n${'organizations'.padEnd(15)}${['MB', 'Q1 ms', 'Q4 ms'].map((head) => head.padStart(9)).join('')}`);
  for (const [count, { megabytes, Q1, Q4 }] of Object.entries(figures))
    say(`${count.padEnd(15)}${[megabytes.toFixed(1), Q1.toFixed(2), Q4.toFixed(2)].map((cell) => cell.padStart(9)).join('')}`);
  return figures;
}

async function measure(url: string, count: number): Promise<Figures> {
  const seats = await seatsOf(url, count);
  const running = await startContestant('guichet', url, POOL, GIVES_BACK);
  const client = new Client(running.port);
  try {
    const times = { Q1: 0, Q4: 0 };
    for (const operation of READS) {
      const prepared = seats.map((seat) => asked({ operation, seat }));
      let i = 0;
      const next = () => prepared[i++ % prepared.length];
      let left = prepared.length;
      await load(client, () => (left-- > 0 ? next() : undefined), POOL, Number.POSITIVE_INFINITY); // each session has asked
      const { p50, failed } = await load(client, next, 1, MEASURED_MS);
      if (failed) throw new Error(`${failed} requests failed.`);
      times[operation] = p50;
    }
    return { megabytes: (await settledMemory(running)) / 2 ** 20, ...times };
  } finally {
    client.close();
    await running.stop();
  }
}

/** Seats of all organizations in turn, as many sessions of each. */
async function seatsOf(url: string, count: number): Promise<BenchSeat[]> {
  const organizations = Array.from({ length: count }, (_, i) => bulkOrganizationId(i));
  const { rows } = await asOwner(url, (client) =>
    client.query<{ organization_id: string; id: string; phone: string }>(
      `select organization_id, id, phone from (
        select *, row_number() over (partition by organization_id order by id) as place from employees where organization_id = any($1::uuid[])
      ) one order by place, organization_id`,
      [organizations],
    ),
  );
  const seats = Array.from({ length: SESSIONS }, (_, i) => rows[i % rows.length]!);
  return signedIn(
    url,
    seats.map(({ organization_id, id, phone }) => ({ kind: 'staff', id, phone, organizationId: organization_id })),
  );
}
