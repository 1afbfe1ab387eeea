import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { added, DELETE, outcome, RESTORE, rowsOf, TRANSFER } from './contact.fixture.ts';

// Locks in one order: all objects of an act first, by their ids; what all share last and once (architecture 4).

const TEN = 10;
let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
let ids: string[];
let deadlocks = 0;
beforeAll(async () => {
  server = await startTestServer({ poolSize: 25, patience: 120_000 });
  own = await server.organization();
  crossing = await Crossing.open(server);
  server.runtime.pools.requests.on('connect', (client) => countDeadlocks(client));
});
beforeEach(async () => {
  ids = inOrder(await Promise.all(Array.from({ length: TEN }, async () => (await added(own.owner, own)).id)));
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

/** PostgreSQL tells a client that it was the one to give way. */
function countDeadlocks(client: pg.PoolClient): void {
  const connection = (client as unknown as { connection: NodeJS.EventEmitter }).connection;
  connection.on('errorMessage', ({ code }: pg.DatabaseError) => {
    if (code === '40P01') deadlocks++;
  });
}
const uuidOf = (globalId: string): string => decodeGlobalId('Contact', globalId);
const inOrder = (globalIds: readonly string[]): string[] => globalIds.toSorted((a, b) => (uuidOf(a) < uuidOf(b) ? -1 : 1));
const holdContact = (id: string): Promise<void> =>
  crossing.hold('select from contacts where organization_id = $1 and id = $2 for update', [own.id, uuidOf(id)]);
const deletes = (contactIds: readonly string[], seat: TestSeat = own.admin) => outcome(seat, DELETE, { contactIds });
const succeeded = (answer: { results: { __typename: string }[] }): number =>
  answer.results.filter(({ __typename }) => __typename.endsWith('Success')).length;
const quota = async () =>
  (
    await rowsOf<{ used: number; counted: number }>(
      server,
      own,
      'select used, (select count(*)::int from contacts where deleted_at is null) as counted from contact_quotas',
    )
  )[0]!;

describe('a bulk act that waits for one of its contacts', () => {
  it.each([
    ['deleteContacts', () => deletes(ids)],
    ['transferContacts', () => outcome(own.admin, TRANSFER, { contactIds: ids, ownerId: own.colleague.id })],
  ])('%s holds up nobody else: others delete and add meanwhile', async (_, act) => {
    await holdContact(ids[1]!);
    const bulk = act();
    await crossing.until('a row');
    expect(succeeded(await deletes([ids[7]!], own.scopedAdmin))).toBe(1);
    await added(own.colleague, own);
    await crossing.letGo();
    expect(succeeded(await bulk)).toBe(TEN - 1);
    expect(await quota()).toMatchObject({ used: (await quota()).counted });
  });

  it('restoreContacts holds up nobody else', async () => {
    await deletes(ids);
    await holdContact(ids[1]!);
    const bulk = outcome(own.admin, RESTORE, { contactIds: ids });
    await crossing.until('a row');
    await added(own.colleague, own);
    await crossing.letGo();
    expect(succeeded(await bulk)).toBe(TEN);
    expect(await quota()).toMatchObject({ used: (await quota()).counted });
  });
});

describe('what all share', () => {
  it('is not held by an act that has yet to write: another adds until both stand before their commits', async () => {
    await crossing.meet(
      () => deletes(ids),
      () => added(own.colleague, own),
      'the test',
    );
    expect(await quota()).toMatchObject({ used: (await quota()).counted });
  });
});

describe('bulk acts beside single ones on the same contacts', () => {
  it('end in no deadlock, however they cross', async () => {
    const asked = [
      ...[ids, ids.toReversed(), [...ids.slice(5), ...ids.slice(0, 5)]].map((some) => deletes(some)),
      ...ids.map((id) => deletes([id], own.scopedAdmin)),
      ...ids.map((id) => outcome(own.supervisor, TRANSFER, { contactIds: [id], ownerId: own.colleague.id })),
    ];
    const answers = await Promise.all(asked);
    expect(answers.slice(0, -TEN).reduce((sum, answer) => sum + succeeded(answer), 0)).toBe(TEN);
    expect(deadlocks).toBe(0);
    expect(await quota()).toMatchObject({ used: (await quota()).counted });
  });

  it('restoring in two orders ends in no deadlock either', async () => {
    await deletes(ids);
    const answers = await Promise.all([ids, ids.toReversed(), ids].map((contactIds) => outcome(own.admin, RESTORE, { contactIds })));
    expect(answers.reduce((sum, answer) => sum + succeeded(answer), 0)).toBe(TEN);
    expect(deadlocks).toBe(0);
  });
});
