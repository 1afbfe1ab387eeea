import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { connected } from '../../platform/server/socket.fixture.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const VIEWER = '{ viewer { id } }';
const leaves = (name: string) => rowsOf(server, own, 'update employees set left_at = now() where name = $1', [`The ${name}`]);
/** Asks until the answer is as it should be; that this is within a second, revoked-everywhere.test.ts and rights-watch.test.ts show. */
const until = (isSo: () => Promise<boolean>): Promise<void> => expect.poll(isSo).toBe(true);
const isRefused = (seat: TestSeat) => async () => (await seat.ask(VIEWER)).errors[0]?.extensions.code === 'UNAUTHENTICATED';

describe('an employee who has left (spec 2.1, promise 2)', () => {
  it('is refused, whatever was asked a moment before', async () => {
    await own.owner.query(VIEWER);
    await leaves('owner');
    await until(isRefused(own.owner));
    expect((await own.supervisor.query(VIEWER)).viewer.id).toBe(own.supervisor.id);
  });

  it('has every socket closed with 4403, and others have theirs', async () => {
    const sockets = await Promise.all([own.owner, own.owner, own.supervisor].map(({ token }) => connected(server.url, token)));
    await leaves('owner');
    expect((await sockets[0]!.closed).code).toBe(4403);
    expect((await sockets[1]!.closed).code).toBe(4403);
    sockets[2]!.subscribe('1', 'subscription { myTasks { cursor } }');
    sockets[2]!.send({ type: 'ping' });
    expect(await sockets[2]!.next()).toMatchObject({ type: 'pong' });
    sockets[2]!.socket.close();
  });

  it('is refused with a token that was made afterwards, too', async () => {
    await leaves('owner');
    const seat = await server.seat(own.plan.employees.find(({ key }) => key === 'owner')!.phone, own.id);
    expect(await isRefused(seat)()).toBe(true);
  });
});

describe('a right that is taken away (promise 2)', () => {
  it('is lost', async () => {
    const list = '{ contacts(list: ORGANIZATION) { totalCount } }';
    expect((await own.admin.query(list)).contacts.totalCount).toBe(3);
    await rowsOf(server, own, `delete from admin_rights where admin_right = 'CONTACTS' and department_id is null`);
    await until(async () => (await own.admin.ask(list)).errors[0]?.extensions.code === 'FORBIDDEN');
  });

  it('is lost with the place in a department: who no longer supervises sees no more', async () => {
    const phone = 'query ($id: ID!) { contact(id: $id) { phone } }';
    expect((await own.supervisor.query(phone, { id: own.customer.id })).contact.phone).toMatch(/^\+86/);
    await rowsOf(server, own, 'update department_members set is_supervisor = false');
    const isLost = async () => (await own.supervisor.ask(phone, { id: own.customer.id })).data.contact.phone === null;
    await until(isLost);
  });
});

describe('a right for the whole organization beside one for a department (spec 2.3b)', () => {
  const unowned = async (seat: TestSeat) =>
    (await seat.ask('query ($id: ID!) { contact(id: $id) { phone } }', { id: own.unowned.id })).data.contact;
  const give = (name: string, department: string | null) =>
    rowsOf(
      server,
      own,
      `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
       select organization_id, gen_random_uuid(), id, 'CONTACTS', (select id from departments where name = $2) from employees where name = $1`,
      [`The ${name}`, department],
    );
  it.each([
    ['was there first', [null, 'Sales']],
    ['came later', ['Sales', null]],
    ['came between two others', ['Sales', null, 'Support']],
  ])('covers it, whichever %s', async (_, departments) => {
    for (const department of departments) await give('colleague', department);
    await until(async () => (await unowned(own.colleague))?.phone !== null);
    expect((await own.colleague.query('{ contacts(list: ORGANIZATION) { totalCount } }')).contacts.totalCount).toBe(3);
  });
  it('two for departments cover both, and no other', async () => {
    for (const department of ['Sales', 'Warehouse']) await give('formsAdmin', department);
    const phones = async () =>
      Promise.all(
        [own.customer, own.rival, own.unowned].map(
          async ({ id }) =>
            (await own.formsAdmin.ask('query ($id: ID!) { contact(id: $id) { phone } }', { id })).data.contact.phone !== null,
        ),
      );
    await expect.poll(phones).toEqual([true, true, false]);
  });
});
