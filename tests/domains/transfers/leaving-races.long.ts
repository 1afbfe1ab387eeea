import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { APPROVE, orderFor, PLACE, productId } from '../../support/form-moves.ts';
import { ADD, added, rowsOf, SHARE } from '../contacts/contact.fixture.ts';
import { OFFBOARD, outcome, ownerOf, TRANSFER } from './transfer.fixture.ts';

// Leaving meets other acts on real connections, in both orders.

let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

const rows = <Row extends object>(text: string, values: readonly unknown[] = []) => rowsOf<Row>(server, own, text, values);
const give = (name: string, right: string) =>
  rows(
    `insert into admin_rights (organization_id, id, employee_id, admin_right) select organization_id, gen_random_uuid(), id, $2 from employees where name = $1`,
    [`The ${name}`, right],
  );
/** What must not be, whatever has met: something that somebody has who is not there any more. */
const leftBehind = () =>
  rows(`select 'contact' what from contacts join employees on employees.id = owner_id where left_at is not null
    union all select 'task' from form_tasks join employees on employees.id = assignee_id where left_at is not null and state = 'OPEN'
    union all select 'share' from contact_shares join employees on employees.id = employee_id where left_at is not null
    union all select 'right' from admin_rights join employees on employees.id = employee_id where left_at is not null`);
/** Two acts, the first of which has done everything but its commit when the second comes. */
async function behind<A, B>(first: () => Promise<A>, second: () => Promise<B>, waits: 'a row' | 'a turn'): Promise<[A, B]> {
  await crossing.holdCommits();
  const one = first();
  await crossing.until('the test');
  const other = second();
  await crossing.until('the test', waits);
  await crossing.letGo();
  return Promise.all([one, other]);
}
const leaves = (seat: TestSeat, by = own.admin) => outcome(by, OFFBOARD, { employeeId: seat.id });

describe('leaving twice at once', () => {
  it('is done once, and everybody else is told so', async () => {
    await give('colleague', 'DIRECTORY');
    await orderFor(own.owner, own.customer);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => leaves(own.owner, i % 2 ? own.admin : own.colleague)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      ...Array<string>(11).fill('EmployeeAlreadyLeft'),
      'OffboardEmployeeSuccess',
    ]);
    expect(await rows('select from transfers')).toHaveLength(1);
    expect(await rows(`select from contact_history where field = 'owner' and old is not null`)).toHaveLength(1);
  });

  it('with one key is answered alike', async () => {
    const input = { employeeId: own.owner.id, idempotencyKey: 'leaves' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => outcome(own.admin, OFFBOARD, input)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await rows('select from transfers')).toHaveLength(1);
  });
});

describe('two admins who let each other go', () => {
  it('are not both gone', async () => {
    for (const right of ['DIRECTORY', 'CONTACTS']) await give('colleague', right);
    for (const right of ['DIRECTORY', 'CONTACTS']) await give('supervisor', right);
    await expect.poll(async () => (await own.colleague.ask('{ transfers { nodes { id } } }')).errors).toEqual([]);
    const [one, other] = await behind(
      () => leaves(own.colleague),
      () => own.colleague.ask(OFFBOARD, { input: { employeeId: own.admin.id } }),
      'a turn',
    );
    expect(one).toMatchObject({ __typename: 'OffboardEmployeeSuccess' });
    expect(other.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('leave one who holds the right where there are no others', async () => {
    for (const right of ['DIRECTORY', 'CONTACTS']) await give('colleague', right);
    await expect.poll(async () => (await own.colleague.ask('{ transfers { nodes { id } } }')).errors).toEqual([]);
    await Promise.all([
      own.admin.ask(OFFBOARD, { input: { employeeId: own.colleague.id } }),
      own.colleague.ask(OFFBOARD, { input: { employeeId: own.admin.id } }),
    ]);
    expect(
      await rows(
        `select from admin_rights join employees on employees.id = employee_id where admin_right = 'DIRECTORY' and left_at is null`,
      ),
    ).toHaveLength(1);
  });
});

describe('a leaver who is picked as the next approver at the same moment', () => {
  const approve = (task: { id: string; version: number }) =>
    outcome(own.owner, APPROVE, { taskId: task.id, expectedVersion: task.version, nextApproverId: own.colleague.id });

  it('has the task no more, where the picking was first', async () => {
    const { task } = await orderFor(own.owner, own.customer);
    const [approved, left] = await behind(
      () => approve(task),
      () => leaves(own.colleague),
      'a row',
    );
    expect(approved).toMatchObject({ __typename: 'ApproveFormTaskSuccess' });
    expect(left.report.tasks).toBe(1);
    expect(await leftBehind()).toEqual([]);
  });

  it('is refused, where the leaving was first', async () => {
    const { task } = await orderFor(own.owner, own.customer);
    const [left, approved] = await behind(
      () => leaves(own.colleague),
      () => approve(task),
      'a row',
    );
    expect(left.report.tasks).toBe(0);
    expect(approved).toMatchObject({ __typename: 'ApproverNotAllowed', reason: 'GONE' });
    expect(await leftBehind()).toEqual([]);
  });
});

describe('what comes to a leaver at the same moment', () => {
  it.each<[string, () => Promise<unknown>]>([
    [
      'a contact that is added',
      () => own.admin.ask(ADD, { input: { name: 'New', phone: '+8613712345670', tagIds: [own.tagIds[0]], ownerId: own.colleague.id } }),
    ],
    [
      'a contact that is transferred',
      () => own.admin.ask(TRANSFER, { input: { contactIds: [own.customer.id], ownerId: own.colleague.id } }),
    ],
    ['a share', () => own.admin.ask(SHARE, { input: { contactId: own.customer.id, employeeId: own.colleague.id } })],
    [
      'an order of a contact of theirs',
      async () => own.rival.ask(PLACE, { input: { lines: [{ productId: await productId(own.rival), quantity: 1 }] } }),
    ],
  ])('%s does not stay with them, whichever is first', async (_, act) => {
    await behind(act, () => leaves(own.colleague), 'a row').catch(async (error: unknown) => {
      await crossing.letGo().catch(() => {});
      throw error;
    });
    expect(await leftBehind()).toEqual([]);
  });

  it('does not stay with them in any order: many acts, and the leaving among them', async () => {
    const contactIds = await Promise.all(Array.from({ length: 6 }, async () => (await added(own.owner, own)).id));
    const acts = contactIds.flatMap((id) => [
      () => own.admin.ask(TRANSFER, { input: { contactIds: [id], ownerId: own.colleague.id } }),
      () => own.admin.ask(SHARE, { input: { contactId: id, employeeId: own.colleague.id } }),
    ]);
    await Promise.all([...acts.slice(0, 6).map((act) => act()), leaves(own.colleague), ...acts.slice(6).map((act) => act())]);
    expect(await leftBehind()).toEqual([]);
    expect(await ownerOf(own, own.rival.id)).toBeNull();
  });
});
