import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, orderFor, placeOrder, taskOn } from '../../support/form-moves.ts';
import { formsNow, tasksNow } from '../../support/live-places.ts';

const MY_TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { cursor kind task { form { id } } } }';
const MY_FORMS = 'subscription ($after: EventCursor) { myForms(after: $after) { cursor customerState } }';

let here: TestServer;
let there: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  here = await startTestServer();
  own = await here.organization();
  there = await startTestServer({ databaseUrl: here.databaseUrl });
});
afterAll(async () => {
  await there.stop();
  await here.stop();
});

/** The same session, asking the other server. */
const over = ({ id, name, token }: TestSeat): TestSeat => new TestSeat({ id, name, token, url: there.url, hub: there.runtime.hub });

describe('two servers of one database', () => {
  it('tell each other’s subscribers', async () => {
    const { owner, customer } = own;
    const inbox = over(owner).follow(MY_TASKS, { after: await tasksNow(here, owner) });
    const mine = customer.follow(MY_FORMS, { after: await formsNow(here, customer) });
    const formId = await placeOrder(customer);
    expect(await inbox.next()).toMatchObject({ kind: 'OPENED', task: { form: { id: formId } } });
    expect(await mine.next()).toMatchObject({ customerState: 'RECEIVED' });
    await approve(over(owner), formId);
    expect(await inbox.next()).toMatchObject({ kind: 'DECIDED' });
    for (const customerState of ['IN_PROGRESS', 'AWAITING_YOUR_CONFIRMATION']) expect(await mine.next()).toMatchObject({ customerState });
    await Promise.all([inbox.stop(), mine.stop()]);
  });

  it('go on where the other has left off: a cursor is a place on both', async () => {
    const { owner, customer } = own;
    const first = owner.follow(MY_TASKS, { after: await tasksNow(here, owner) });
    const [one, two] = [await placeOrder(customer), await placeOrder(over(customer))];
    const { cursor, task } = await first.next();
    await first.stop();
    expect(task.form.id).toBe(one);
    const second = over(owner).follow(MY_TASKS, { after: cursor });
    expect((await second.next()).task.form.id).toBe(two);
    await second.stop();
  });

  it('number what both write without a gap or a double', async () => {
    const { owner, rival, customer } = own;
    const live = owner.follow(MY_TASKS, { after: await tasksNow(here, owner) });
    const customers = [customer, over(customer), rival, over(rival)];
    const placed = await Promise.all(Array.from({ length: 24 }, (_, i) => placeOrder(customers[i % 4]!)));
    const told: string[] = [];
    while (told.length < 12) told.push((await live.next()).task.form.id);
    expect(told.sort()).toEqual(placed.filter((_, i) => i % 4 < 2).sort());
    await live.stop();
  });

  it('decide a task once', async () => {
    const { owner, customer } = own;
    const { formId, task } = await orderFor(owner, customer);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? owner : over(owner)).query(APPROVE, { input: { taskId: task.id } })),
    );
    const types = answers.map(({ approveFormTask }) => approveFormTask.__typename);
    expect(types.filter((type) => type === 'ApproveFormTaskSuccess')).toHaveLength(1);
    expect(types.filter((type) => type === 'TaskAlreadyDecided')).toHaveLength(19);
    await expect(taskOn(over(owner), formId)).rejects.toThrow('no open task');
  });

  it('end a session that the other has ended', async () => {
    const { colleague } = own;
    const live = over(colleague).follow(MY_TASKS);
    await live.opened;
    await colleague.query('mutation { signOut { __typename } }');
    await expect(live.next()).rejects.toThrow('4403');
    await live.stop();
  });
});
