import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrationSets, modulesOf } from '../../src/app/installation.ts';
import { uuidv7 } from '../../src/platform/database/uuid.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { connected, type TestSocket } from '../platform/server/socket.fixture.ts';
import { placeOrder } from '../support/form-moves.ts';
import { RawDatabase } from '../support/raw-database.ts';
import type { StartedProgram } from '../support/started-program.ts';
import { signInPeople } from './demo-load.ts';
import { startDemo } from './killing.ts';

// Promise 8, measured: what somebody who reads waits for, and what the server's memory is, without and with many who never read.

const SOCKETS = 8;
const EACH = Number(process.env.SLOW ?? 40) / SOCKETS;
const EVENTS = 2_000;
const SLOW = `subscription { myForms { ${'x'.repeat(15_000)}: kind } }`;

let database: TestDatabase;
let raw: RawDatabase;
let program: StartedProgram;
let seat: TestSeat;
let formId: string;
let organizationId: string;
beforeAll(async () => {
  database = await createTestDatabase(migrationSets(await modulesOf([])));
  raw = await RawDatabase.open(database.url);
  program = await startDemo({ DATABASE_URL: database.url });
  seat = (await signInPeople(program.url))('he', program.url);
  formId = decodeGlobalId('BusinessForm', await placeOrder(seat));
  const [found] = await raw.rows<{ organization_id: string }>('select organization_id from business_forms where id = $1', [formId]);
  organizationId = found!.organization_id;
});
afterAll(async () => {
  await program.stop();
  await raw.close();
  await database.drop();
});

/** An event that has its number, told as another server would. */
async function tell(kind: string): Promise<void> {
  const stream = decodeGlobalId('Contact', seat.id);
  await raw.rows(
    `with place as (update event_streams set last_seq = last_seq + 1 where organization_id = $1 and stream = $2 returning last_seq),
      told as (insert into events (organization_id, id, stream, seq, topic, kind, subject_id, facts, at)
        select $1, $3, $2, last_seq, 'FORM', $4, $5, '{}', now() from place)
     select pg_notify('guichet_events', $2 || ':' || last_seq) from place`,
    [organizationId, stream, uuidv7(), kind, formId],
  );
}

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly megabytes: number;
}
/** Milliseconds from the commit of an event to its arrival, of so many one after the other, and what the server holds afterwards. */
async function measure(socket: TestSocket): Promise<Measured> {
  const delays: number[] = [];
  for (let i = 0; i < EVENTS; i++) {
    await tell(`N${i}`);
    const from = performance.now();
    await socket.next();
    delays.push(performance.now() - from);
  }
  delays.sort((one, other) => one - other);
  const at = (share: number): number => Math.round(delays[Math.floor(share * EVENTS)]! * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), megabytes: await residentMegabytes(program.process.pid!) };
}
async function residentMegabytes(pid: number): Promise<number> {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))!;
  return Math.round(Number(kilobytes) / 1024);
}
/** As the server counts them. */
async function openSockets(): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', program.url))).text();
  return Number(/^graphql_open_sockets (\d+)$/m.exec(metrics)![1]);
}

it('those who never read cost whoever reads nothing, and are cut off', { timeout: 600_000 }, async () => {
  const quick = await connected(program.url, seat.token);
  quick.subscribe('quick', 'subscription { myForms { kind } }');
  await tell('FIRST');
  await quick.next();
  await measure(quick);
  const alone = await measure(quick);
  const dead = await Promise.all(Array.from({ length: SOCKETS }, () => connected(program.url, seat.token)));
  for (const socket of dead) for (let i = 0; i < EACH; i++) socket.subscribe(`dead ${i}`, SLOW);
  await tell('OPENED');
  await quick.next();
  for (const { socket } of dead) socket.pause();
  const beside = await measure(quick);
  await expect.poll(openSockets, { timeout: 120_000, interval: 500 }).toBe(1);
  const later = await measure(quick);
  console.log({ deadSubscribers: SOCKETS * EACH, alone, beside, later });
  expect(beside.p99).toBeLessThan(2 * alone.p99 + 20);
  expect(later.megabytes - alone.megabytes).toBeLessThan(150);
  for (const { socket } of dead) socket.resume();
  expect(new Set((await Promise.all(dead.map(({ closed }) => closed))).map(({ code }) => code))).toEqual(new Set([1006]));
});
