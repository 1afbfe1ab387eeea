import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { orderFor } from '../../support/form-moves.ts';
import { added, rowsOf } from '../contacts/contact.fixture.ts';
import { again, departmentIds, giveRight, SET_SUPERVISORS } from '../directory/directory.fixture.ts';
import { newest, OFFBOARD, outcome, ownerOf, TRANSFER, TRANSFERS, UNDO } from './transfer.fixture.ts';

const HOUR = 3_600_000;
let server: TestServer;
let own: TestOrganization;
let late = 0;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + late) });
});
beforeEach(async () => {
  late = 0;
  own = await server.organization();
});
afterAll(() => server.stop());

const given = async (contactIds: readonly string[], to: { readonly id: string } | null, by = own.admin) =>
  (await outcome(by, TRANSFER, { contactIds, ownerId: to?.id ?? null })).transfer?.id;

describe('a transfer of contacts (spec 3.15)', () => {
  it('is an object with its items, for admins', async () => {
    const { id: second } = await added(own.owner, own);
    await given([own.customer.id, second], own.colleague, own.owner);
    expect(await newest(own)).toMatchObject({
      kind: 'TRANSFER',
      from: { id: own.owner.id },
      by: { id: own.owner.id },
      items: {
        totalCount: 2,
        nodes: [own.customer.id, second].toSorted().map(() => ({
          kind: 'CONTACT',
          from: { id: own.owner.id },
          to: { id: own.colleague.id },
          state: 'MOVED',
          reason: 'NAMED',
        })),
      },
    });
    const [{ createdAt, undoableUntil }] = (await own.admin.query(TRANSFERS, { first: 1 })).transfers.nodes;
    expect(Date.parse(undoableUntil) - Date.parse(createdAt)).toBe(24 * HOUR);
  });

  it('of several people’s contacts has no one whose they were, and of none there is no transfer', async () => {
    await given([own.customer.id, own.rival.id], own.sharee);
    expect((await newest(own)).from).toBeNull();
    expect(await given([own.customer.id, own.rival.id], own.sharee)).toBeUndefined();
    expect((await own.admin.query(TRANSFERS, {})).transfers.nodes).toHaveLength(1);
  });

  it('is read by admins of contacts alone, within their departments', async () => {
    await given([own.rival.id], own.sharee); // the colleague's, of the Warehouse
    await given([own.customer.id], own.colleague); // the owner's, of Sales East
    const ids = async (name: 'admin' | 'scopedAdmin') => (await own[name].query('{ transfers { nodes { from { id } } } }')).transfers.nodes;
    expect(await ids('admin')).toEqual([{ from: { id: own.owner.id } }, { from: { id: own.colleague.id } }]);
    expect(await ids('scopedAdmin')).toEqual([{ from: { id: own.owner.id } }]);
    for (const name of ['owner', 'supervisor', 'formsAdmin', 'colleague'] as const)
      expect((await own[name].ask('{ transfers { nodes { id } } }')).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('taking a transfer back (spec 3.15)', () => {
  it('gives back what nobody has changed since, and says what it kept and why', async () => {
    const { id: second } = await added(own.owner, own);
    const transferId = await given([own.customer.id, second, own.unowned.id], own.colleague);
    await given([second], own.sharee);
    expect(await outcome(own.admin, UNDO, { transferId })).toMatchObject({
      __typename: 'UndoTransferSuccess',
      returned: 2,
      kept: 1,
      transfer: { undoneAt: expect.any(String), undoneBy: { id: own.admin.id } },
    });
    expect([await ownerOf(own, own.customer.id), await ownerOf(own, second), await ownerOf(own, own.unowned.id)]).toEqual([
      own.owner.id,
      own.sharee.id,
      null,
    ]);
    const { items } = (await own.admin.query(TRANSFERS, {})).transfers.nodes[1];
    const told = new Map(
      items.nodes.map((item: { contact: { id: string }; state: string; reason: string }) => [item.contact.id, [item.state, item.reason]]),
    );
    expect(told).toEqual(
      new Map([
        [own.customer.id, ['RETURNED', 'NAMED']],
        [second, ['KEPT', 'CHANGED_SINCE']],
        [own.unowned.id, ['RETURNED', 'NAMED']],
      ]),
    );
  });

  it('keeps a contact that went on and came back: somebody has decided that', async () => {
    const transferId = await given([own.customer.id], own.colleague);
    late = 1000;
    await given([own.customer.id], own.sharee);
    await given([own.customer.id], own.colleague);
    expect(await outcome(own.admin, UNDO, { transferId })).toMatchObject({ returned: 0, kept: 1 });
    expect(await ownerOf(own, own.customer.id)).toBe(own.colleague.id);
  });

  it('gives nothing to somebody who has left', async () => {
    const transferId = await given([own.customer.id], own.colleague);
    await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    expect(await outcome(own.admin, UNDO, { transferId })).toMatchObject({ returned: 0, kept: 1 });
    const { items } = (await own.admin.query(TRANSFERS, {})).transfers.nodes[1];
    expect(items.nodes).toMatchObject([{ state: 'KEPT', reason: 'FORMER_LEFT' }]);
  });

  it('is done once, and within 24 hours', async () => {
    const [first, second] = [await given([own.customer.id], own.colleague), await given([own.rival.id], own.sharee)];
    late = 24 * HOUR - 60_000;
    expect(await outcome(own.admin, UNDO, { transferId: first })).toMatchObject({ returned: 1, kept: 0 });
    expect(await outcome(own.admin, UNDO, { transferId: first })).toMatchObject({
      __typename: 'TransferNotUndoable',
      reason: 'ALREADY_UNDONE',
      transfer: { id: first },
    });
    late = 24 * HOUR + 1;
    expect(await outcome(own.admin, UNDO, { transferId: second })).toMatchObject({ __typename: 'TransferNotUndoable', reason: 'TOO_LATE' });
    expect(await ownerOf(own, own.rival.id)).toBe(own.sharee.id);
  });

  it('is the admins’ whose right covers it', async () => {
    const transferId = await given([own.rival.id], own.sharee);
    for (const name of ['owner', 'formsAdmin'] as const)
      expect((await own[name].ask(UNDO, { input: { transferId } })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await outcome(own.scopedAdmin, UNDO, { transferId })).toMatchObject({ __typename: 'NotFound' });
    const other = await server.organization();
    expect(await outcome(other.admin, UNDO, { transferId })).toMatchObject({ __typename: 'NotFound', path: ['input', 'transferId'] });
    const covered = await given([own.customer.id], own.colleague);
    expect(await outcome(own.scopedAdmin, UNDO, { transferId: covered })).toMatchObject({ returned: 0, kept: 1 }); // the admin's act, who gave it to Warehouse
  });

  it('asks for each contact what transferring it now would ask, but of one’s own act', async () => {
    const covered = await Promise.all([0, 1, 2].map(async () => (await added(own.owner, own)).id));
    const byOther = await given([covered[0]!, covered[1]!], own.colleague);
    await giveRight(server, own, 'scopedAdmin', 'CONTACTS', 'Warehouse');
    const seat = await again(server, own, 'scopedAdmin');
    expect(await outcome(seat, UNDO, { transferId: byOther })).toMatchObject({ returned: 2, kept: 0 }); // Warehouse is theirs too
    await rowsOf(server, own, `delete from admin_rights where department_id = (select id from departments where name = 'Warehouse')`);
    const bySelf = await given([covered[2]!], own.colleague, own.scopedAdmin);
    expect(await outcome(own.scopedAdmin, UNDO, { transferId: bySelf })).toMatchObject({ returned: 1, kept: 0 });
  });

  it('is the matter of whoever the people belonged to then, wherever they sit now', async () => {
    const transferId = await given([own.rival.id], own.sharee); // the colleague's, of Warehouse
    await rowsOf(
      server,
      own,
      `update department_members set department_id = (select id from departments where name = 'Sales East')
       where employee_id = (select id from employees where name = 'The colleague')`,
    );
    const seat = await again(server, own, 'scopedAdmin'); // of Sales
    expect((await seat.query('{ transfers { nodes { id } } }')).transfers.nodes).toEqual([]);
    expect(await outcome(seat, UNDO, { transferId })).toMatchObject({ __typename: 'NotFound' });
    await giveRight(server, own, 'sharee', 'CONTACTS', 'Warehouse');
    const former = await again(server, own, 'sharee');
    expect((await former.query('{ transfers { nodes { id } } }')).transfers.nodes).toEqual([{ id: transferId }]);
  });

  it('is done once by twenty who do it at once', async () => {
    const transferId = await given([own.customer.id], own.colleague);
    const answers = await Promise.all(Array.from({ length: 20 }, () => outcome(own.admin, UNDO, { transferId })));
    expect(answers.filter(({ __typename }) => __typename === 'UndoTransferSuccess')).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'ALREADY_UNDONE')).toHaveLength(19);
    const [history] = await rowsOf<{ count: string }>(
      server,
      own,
      `select count(*) from contact_history where field = 'owner' and old is not null`,
    );
    expect(Number(history!.count)).toBe(2);
  });
});

describe('a leaving that is taken back', () => {
  const isBack = async () =>
    (await own.admin.query('query ($id: ID!) { employee(id: $id) { leftAt departments { name } } }', { id: own.owner.id })).employee;
  const phone = () => own.plan.employees.find(({ key }) => key === 'owner')!.phone;

  it('brings the employee back into the seat, with contacts, open tasks and the rights that they had', async () => {
    const { task } = await orderFor(own.owner, own.customer);
    await rowsOf(
      server,
      own,
      `insert into admin_rights (organization_id, id, employee_id, admin_right) select organization_id, gen_random_uuid(), id, 'AUDIT' from employees where name = 'The owner'`,
    );
    const left = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    expect(await outcome(own.admin, UNDO, { transferId: left.transfer.id })).toMatchObject({
      __typename: 'UndoTransferSuccess',
      returned: 2,
      kept: 0,
      rights: [{ right: 'AUDIT', departments: [], returned: true }],
      lostDepartments: [],
    });
    expect(await isBack()).toEqual({ leftAt: null, departments: [{ name: 'Sales East' }] });
    expect(await ownerOf(own, own.customer.id)).toBe(own.owner.id);
    const back = await server.seat(phone(), own.id);
    expect(back.id).toBe(own.owner.id);
    expect((await back.query('{ myTasks { nodes { id } } viewer { id } }')).myTasks.nodes).toEqual([{ id: task.id }]);
    expect((await back.ask('{ auditEntries { nodes { id } } }')).errors).toEqual([]);
    // within a second (promise 2)
    await expect.poll(async () => (await own.owner.ask('{ viewer { id } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('supervises again, unless an admin has decided about the department since; each is another version of it', async () => {
    const { 'Sales East': departmentId } = await departmentIds(own);
    const names = (employeeIds: readonly string[]) => own.admin.does(SET_SUPERVISORS, { input: { departmentId, employeeIds } });
    const east = async () => {
      const asked = 'query ($id: ID!) { node(id: $id) { ... on Department { version supervisors { id } } } }';
      const { version, supervisors } = (await own.admin.query(asked, { id: departmentId })).node;
      return [version, supervisors.map(({ id }: { id: string }) => id)];
    };
    const leaves = async () => (await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id })).transfer.id;
    await names([own.owner.id]);
    const [version] = await east();
    const first = await leaves();
    expect(await east()).toEqual([version + 1, []]);
    await outcome(own.admin, UNDO, { transferId: first });
    expect(await east()).toEqual([version + 2, [own.owner.id]]);
    const second = await leaves();
    await names([]);
    await outcome(own.admin, UNDO, { transferId: second });
    expect((await east())[1]).toEqual([]);
  });

  it('gives back what whoever brings them back could grant, or nobody holds: no more', async () => {
    for (const [right, department] of [
      ['AUDIT', null],
      ['FILES', null],
      ['FORMS', 'Sales East'],
      ['FORMS', 'Support'],
    ] as const)
      await giveRight(server, own, 'owner', right, department);
    await rowsOf(
      server,
      own,
      `delete from admin_rights where admin_right = 'FILES' and employee_id = (select id from employees where name = 'The admin')`,
    );
    await giveRight(server, own, 'colleague', 'DIRECTORY', null);
    const seat = await again(server, own, 'colleague');
    const left = await outcome(seat, OFFBOARD, { employeeId: own.owner.id });
    expect(left.report.rights).toEqual([
      { right: 'AUDIT', departments: [], unheld: false },
      { right: 'FILES', departments: [], unheld: true },
      { right: 'FORMS', departments: ['Sales East', 'Support'], unheld: false },
    ]);
    await rowsOf(server, own, `delete from department_members where department_id = (select id from departments where name = 'Support')`);
    await rowsOf(server, own, `delete from departments where name = 'Support'`);
    expect(await outcome(seat, UNDO, { transferId: left.transfer.id })).toMatchObject({
      rights: [
        { right: 'AUDIT', departments: [], returned: false },
        { right: 'FILES', departments: [], returned: true },
        { right: 'FORMS', departments: ['Sales East'], returned: false },
        { right: 'FORMS', departments: ['Support'], returned: false },
      ],
      lostDepartments: [],
    });
    expect(
      await rowsOf(
        server,
        own,
        `select admin_right from admin_rights where employee_id = (select id from employees where name = 'The owner')`,
      ),
    ).toEqual([{ admin_right: 'FILES' }]);
  });

  it('says which departments are gone by now', async () => {
    const left = await outcome(own.admin, OFFBOARD, { employeeId: own.sharee.id });
    await rowsOf(server, own, `delete from department_members where employee_id = (select id from employees where name = 'The sharee')`);
    const undone = await outcome(own.admin, UNDO, { transferId: left.transfer.id });
    expect(undone.lostDepartments).toHaveLength(1);
  });

  it('keeps what was decided or given away since', async () => {
    const { task } = await orderFor(own.owner, own.customer);
    const left = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    await own.supervisor.does(
      'mutation ($input: RejectFormTaskInput!) { rejectFormTask(input: $input) { __typename ... on RejectFormTaskSuccess { task { id } } } }',
      { input: { taskId: task.id } },
    );
    await given([own.customer.id], own.colleague);
    expect(await outcome(own.admin, UNDO, { transferId: left.transfer.id })).toMatchObject({ returned: 0, kept: 2 });
    expect(await ownerOf(own, own.customer.id)).toBe(own.colleague.id);
  });

  it('is refused where somebody else is employed with the phone by now', async () => {
    const left = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    const ADD = `mutation ($input: AddEmployeeInput!) { addEmployee(input: $input) { __typename ... on AddEmployeeSuccess { employee { id } } ... on UserError { code path } } }`;
    const back = (await own.admin.does(ADD, { input: { name: 'The owner', phone: phone(), departmentIds: [] } })).employee.id;
    expect(back).not.toBe(own.owner.id); // who comes back has a new seat
    expect(await outcome(own.admin, UNDO, { transferId: left.transfer.id })).toMatchObject({ __typename: 'EmployeePhoneTaken' });
    expect((await isBack()).leftAt).not.toBeNull();
    expect(await ownerOf(own, own.customer.id)).toBe(own.supervisor.id);
    const seat = await server.seat(phone(), own.id);
    expect(seat.id).toBe(back);
    expect((await seat.query('{ contacts(list: MINE) { totalCount } }')).contacts.totalCount).toBe(0);
  });

  it('is the staff’s matter: contacts alone are not right enough', async () => {
    const left = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    await rowsOf(
      server,
      own,
      `insert into admin_rights (organization_id, id, employee_id, admin_right) select organization_id, gen_random_uuid(), id, 'CONTACTS' from employees where name = 'The colleague'`,
    );
    await rowsOf(
      server,
      own,
      `insert into admin_rights (organization_id, id, employee_id, admin_right) select organization_id, gen_random_uuid(), id, 'DIRECTORY' from employees where name = 'The supervisor'`,
    );
    await expect
      .poll(async () => (await own.colleague.ask('{ transfers { nodes { id } } }')).data?.transfers?.nodes)
      .toEqual([{ id: left.transfer.id }]);
    expect((await own.colleague.ask(UNDO, { input: { transferId: left.transfer.id } })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    await given([own.rival.id], own.sharee);
    expect((await own.supervisor.query('{ transfers { nodes { id } } }')).transfers.nodes).toEqual([{ id: left.transfer.id }]); // no transfer of those who stay
    expect(await outcome(own.supervisor, UNDO, { transferId: left.transfer.id })).toMatchObject({ __typename: 'UndoTransferSuccess' });
  });
  it('is nobody’s whose right covers but one of the departments', async () => {
    await rowsOf(
      server,
      own,
      `insert into department_members (organization_id, department_id, employee_id, is_main, joined_at)
       select d.organization_id, d.id, e.id, false, now() from departments d, employees e where d.name = 'Support' and e.name = 'The owner'`,
    );
    for (const right of ['DIRECTORY', 'CONTACTS']) await giveRight(server, own, 'colleague', right, 'Support');
    const seat = await again(server, own, 'colleague');
    const { transfer } = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    expect((await seat.query('{ transfers { nodes { id } } }')).transfers.nodes).toEqual([{ id: transfer.id }]);
    const undoes = () => seat.ask(UNDO, { input: { transferId: transfer.id } });
    expect((await undoes()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await isBack()).leftAt).not.toBeNull();
    await giveRight(server, own, 'colleague', 'DIRECTORY', 'Sales East');
    await expect.poll(async () => (await undoes()).data?.undoTransfer.__typename).toBe('UndoTransferSuccess');
  });
  it('does not make one’s own right over contacts grow, unless one takes back what one did', async () => {
    for (const right of ['DIRECTORY', 'CONTACTS']) await giveRight(server, own, 'colleague', right, 'Sales East');
    const seat = await again(server, own, 'colleague');
    const { transfer: byOther } = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id, successorId: own.sharee.id });
    expect(await outcome(seat, UNDO, { transferId: byOther.id })).toMatchObject({ returned: 0, kept: 1 });
    expect(await ownerOf(own, own.customer.id)).toBe(own.sharee.id);
    const { items } = (await own.admin.query(TRANSFERS, {})).transfers.nodes[0];
    expect(items.nodes).toMatchObject([{ state: 'KEPT', reason: 'NOT_YOURS' }]);
    await given([own.customer.id], own.owner);
    const { transfer: bySelf } = await outcome(seat, OFFBOARD, { employeeId: own.owner.id });
    expect(await ownerOf(own, own.customer.id)).toBe(own.supervisor.id);
    expect(await outcome(seat, UNDO, { transferId: bySelf.id })).toMatchObject({ returned: 1, kept: 0 });
  });
});
