import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { READ, UPDATE } from '../domains/contacts/contact.fixture.ts';
import { departmentIds, SET_SUPERVISORS } from '../domains/directory/directory.fixture.ts';
import { Crossing } from '../support/crossing.ts';
import { says } from '../support/says.ts';

// Whoever has waited while rights changed looks at its rights again while it holds a connection. On a server that has one, whatever waited
// for a second would stand still with everybody behind it.

let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
/** How often a seat was found again for a use case that begins again. */
let again: number;
beforeAll(async () => {
  server = await startTestServer({ poolSize: 1 });
  crossing = await Crossing.open(server);
  const { performer, seats } = server.runtime;
  Object.assign(performer, {
    seatNow: (...of: Parameters<typeof seats.seatNow>) => {
      again++;
      return seats.seatNow(...of);
    },
  });
});
beforeEach(async () => {
  own = await server.organization();
  again = 0;
});
afterAll(async () => {
  await crossing?.close();
  await server?.stop();
});

/** What becomes of acts of which the first waits for the customer's row, and the others behind it, while rights are changed by hand. */
async function behind(acts: readonly (() => Promise<string>)[], text: string, values: readonly unknown[]): Promise<string[]> {
  await crossing.hold('select from contacts where id = $1 for update', [decodeAnyId(own.customer.id)]);
  const done = acts.map((act) => act());
  try {
    await crossing.until('a row');
    await crossing.byHand(text, values);
  } finally {
    await crossing.letGo();
  }
  return Promise.all(done);
}
const edits = (seat: TestSeat) => () => says(seat, UPDATE, { contactId: own.customer.id, expectedVersion: 1, remark: 'Seen.' });
const versionNow = async (): Promise<number> => (await own.admin.query(READ, { id: own.customer.id })).contact.version;
const LOST = 'delete from admin_rights where organization_id = $1 and employee_id = $2 and admin_right = $3';
const GAINED = `insert into admin_rights (id, organization_id, employee_id, admin_right) values (gen_random_uuid(), $1, $2, $3)`;
const LEFT = 'update employees set left_at = now() where organization_id = $1 and id = $2';
const JOINS =
  'insert into department_members (organization_id, department_id, employee_id, is_main, is_supervisor, joined_at) values ($1, $2, $3, false, false, now())';
const id = (seat: TestSeat): string => decodeAnyId(seat.id);

describe('a use case that comes late to its commit, on a server of one connection', () => {
  it('is not done where the right was lost meanwhile', async () => {
    const before = await versionNow();
    expect(await behind([edits(own.scopedAdmin)], LOST, [own.id, id(own.scopedAdmin), 'CONTACTS'])).toEqual(['FORBIDDEN']);
    expect(await versionNow()).toBe(before);
  });
  it('is not done where the seat has ended meanwhile', async () => {
    expect(await behind([edits(own.owner)], LEFT, [own.id, id(own.owner)])).toEqual(['UNAUTHENTICATED']);
  });
  it('is done, once, where only rights of others changed', async () => {
    const before = await versionNow();
    expect(await behind([edits(own.owner)], GAINED, [own.id, id(own.colleague), 'WINDOW'])).toEqual(['UpdateContactSuccess']);
    expect([await versionNow(), again]).toEqual([before + 1, 0]);
  });
  it('nobody stands still where many are late at once', async () => {
    const all = [own.admin, own.owner, own.scopedAdmin, own.supervisor];
    const done = await behind(all.map(edits), GAINED, [own.id, id(own.colleague), 'WINDOW']);
    expect(done.toSorted()).toEqual(['UpdateContactSuccess', 'VersionConflict', 'VersionConflict', 'VersionConflict']);
  });
  it('is done where it has itself changed what its seat is', async () => {
    const { Support } = await departmentIds(own);
    expect(await says(own.admin, SET_SUPERVISORS, { departmentId: Support, employeeIds: [] })).toMatch(/Success$/); // it is known as it is now
    await crossing.byHand(JOINS, [own.id, decodeAnyId(Support!), id(own.admin)]);
    expect(await says(own.admin, SET_SUPERVISORS, { departmentId: Support, employeeIds: [own.admin.id] })).toMatch(/Success$/);
    expect(again).toBe(1);
  });
});
