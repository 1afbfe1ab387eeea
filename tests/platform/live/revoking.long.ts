import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, placeOrder, taskOn } from '../../support/form-moves.ts';
import { formsNow, tasksNow } from '../../support/live-places.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { connected, type TestSocket } from '../server/socket.fixture.ts';

// Promise 2: what an end of rights means for who follows; that it comes within a second, and everywhere, is in revoked-everywhere.test.ts.

const FORM = 'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind form { id state } } }';
const FORM_OF_CUSTOMER = 'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind customerState } }';
const MY_FORMS = 'subscription ($after: EventCursor) { myForms(after: $after) { kind } }';
const ORDER = `subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind form { id ... on Order { total { amount } } } } }`;
const MY_TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind taskId } }';
const UNSHARE = 'mutation ($input: UnshareContactInput!) { unshareContact(input: $input) { __typename } }';
const DELETE = 'mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }';
const SWITCH = 'mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }';

let server: TestServer | undefined;
let own: TestOrganization;
let database: RawDatabase;
beforeEach(async () => {
  server ??= await startTestServer();
  database ??= await RawDatabase.open(server.databaseUrl);
  own = await server.organization();
});
afterAll(async () => {
  await database.close();
  await server!.stop();
});

/** A socket with a subscription of that name under way: its first event, which comes after the place, is taken. */
async function following(seat: TestSeat, query: string, variables: object): Promise<TestSocket> {
  const socket = await connected(server!.url, seat.token);
  socket.subscribe('live', query, variables);
  expect(await socket.next()).toMatchObject({ id: 'live', type: 'next' });
  return socket;
}
/** Loses something and waits for what follows from it. */
async function followsFrom<T>(lose: () => Promise<unknown>, then: Promise<T>): Promise<T> {
  await lose();
  return then;
}
const sql = (text: string) => () => database.rows(text, [own.id]);
const COMPLETE = { id: 'live', type: 'complete' };

describe('a subscription of one form completes, and nobody else’s', () => {
  it('where a share has ended', async () => {
    const { customer, owner, sharee } = own;
    const [place, othersPlace] = [await tasksNow(server!, sharee), await tasksNow(server!, owner)];
    const formId = await placeOrder(customer);
    const live = await following(sharee, FORM, { id: formId, after: place });
    const others = await following(owner, FORM, { id: formId, after: othersPlace });
    expect(await followsFrom(sql('update contact_shares set until = now() where organization_id = $1'), live.next())).toEqual(COMPLETE);
    expect(live.socket.readyState).toBe(live.socket.OPEN);
    await approve(owner, formId);
    expect(await others.next()).toMatchObject({ type: 'next', payload: { data: { businessForm: { kind: 'CONFIRMATION_ASKED' } } } });
    for (const { socket } of [live, others]) socket.terminate();
  });

  it('where a share is ended by the owner', async () => {
    const { customer, owner, sharee } = own;
    const after = await tasksNow(server!, sharee);
    const live = await following(sharee, FORM, { id: await placeOrder(customer), after });
    const unshare = () => owner.does(UNSHARE, { input: { contactId: customer.id, employeeId: sharee.id } });
    expect(await followsFrom(unshare, live.next())).toEqual(COMPLETE);
    live.socket.terminate();
  });

  it('before an event that they may not know of any more', async () => {
    const { customer, owner, sharee } = own;
    const after = await tasksNow(server!, sharee);
    const formId = await placeOrder(customer);
    const { id } = await taskOn(owner, formId);
    const live = await following(sharee, FORM, { id: formId, after });
    await sql('delete from contact_shares where organization_id = $1')();
    await owner.does(APPROVE, { input: { taskId: id } });
    expect(await live.next()).toEqual(COMPLETE);
    live.socket.terminate();
  });

  it('where the window is suspended, for the customer', async () => {
    const { customer } = own;
    const after = await formsNow(server!, customer);
    const one = await following(customer, FORM_OF_CUSTOMER, { id: await placeOrder(customer), after });
    const all = await following(customer, MY_FORMS, { after });
    const suspend = sql(`update organizations set certification = 'BASIC' where organization_id = $1`);
    expect(await followsFrom(suspend, Promise.all([one.next(), all.next()]))).toEqual([COMPLETE, COMPLETE]);
    for (const { socket } of [one, all]) socket.terminate();
  });
});

describe('the inbox of an admin of forms', () => {
  it('goes on without the tasks that nobody holds, once the right is lost', async () => {
    const { formsAdmin, owner, unowned, customer } = own;
    const after = await tasksNow(server!, formsAdmin);
    await placeOrder(unowned);
    const live = await following(formsAdmin, MY_TASKS, { after });
    await sql(`delete from admin_rights where organization_id = $1 and admin_right = 'FORMS'`)();
    await expect.poll(async () => (await formsAdmin.query('{ businessForms { totalCount } }')).businessForms.totalCount).toBe(0);
    await placeOrder(unowned);
    const formId = await placeOrder(customer);
    await approve(owner, formId, formsAdmin);
    const { myTasks } = await formsAdmin.query('{ myTasks { nodes { id } } }');
    expect(await live.next()).toMatchObject({ payload: { data: { myTasks: { kind: 'OPENED', taskId: myTasks.nodes[0].id } } } });
    live.socket.terminate();
  });
});

describe('the socket of a seat is closed with 4403, before anything else is told it, and nobody else’s', () => {
  it.each<[string, 'owner' | 'customer', (seat: TestSeat) => Promise<unknown>]>([
    ['an employee leaves', 'owner', sql(`update employees set left_at = now() where organization_id = $1 and name = 'The owner'`)],
    ['a contact is deleted', 'customer', ({ id }) => own.admin.does(DELETE, { input: { contactIds: [id] } })],
    ['somebody signs out', 'owner', (seat) => seat.query('mutation { signOut { __typename } }')],
  ])('where %s', async (_, key, lose) => {
    const seat = own[key];
    const after = key === 'owner' ? await tasksNow(server!, seat) : await formsNow(server!, seat);
    const othersPlace = await tasksNow(server!, own.admin);
    await Promise.all([placeOrder(own.customer), placeOrder(own.customer), placeOrder(own.unowned)]);
    const live = await following(seat, key === 'owner' ? MY_TASKS : MY_FORMS, { after });
    const others = await following(own.admin, MY_TASKS, { after: othersPlace });
    await live.next(); // the second order: nothing is on its way any more
    const frames: string[] = [];
    live.socket.on('message', (data) => frames.push(String(data)));
    expect((await followsFrom(() => lose(seat), live.closed)).code).toBe(4403);
    expect(frames).toEqual([]);
    expect(others.socket.readyState).toBe(others.socket.OPEN);
    others.socket.terminate();
  });
});

describe('a plugin that is switched off', () => {
  it('answers PLUGIN_DISABLED on subscriptions that are open, and is there again when it is switched on', async () => {
    const { admin, owner, customer, colleague } = own;
    const after = await tasksNow(server!, owner);
    const formId = await placeOrder(customer);
    const live = await following(owner, ORDER, { id: formId, after });
    const whole = { payload: { data: { businessForm: { form: { id: formId, total: { amount: expect.any(Number) } } } } } };
    const switched = async (enabled: boolean): Promise<void> => {
      await admin.does(SWITCH, { input: { plugin: 'ordering', enabled } });
      const code = async () => (await owner.ask('{ products(first: 1) { nodes { id } } }')).errors[0]?.extensions.code;
      await expect.poll(code).toBe(enabled ? undefined : 'PLUGIN_DISABLED');
    };
    await switched(false);
    await approve(owner, formId, colleague);
    expect(await live.next()).toMatchObject({
      type: 'next',
      payload: {
        data: { businessForm: { kind: 'MOVED', form: { id: formId, total: null } } },
        errors: [{ extensions: { code: 'PLUGIN_DISABLED' } }],
      },
    });
    await switched(true);
    await approve(colleague, formId);
    expect(await live.next()).toMatchObject(whole);
    live.socket.terminate();
  });
});
