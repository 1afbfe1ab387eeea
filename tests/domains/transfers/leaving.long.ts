import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stampEvents } from '../../../src/platform/live/stamper.ts';
import { globalId, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { connected } from '../../platform/server/socket.fixture.ts';
import { orderFor } from '../../support/form-moves.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { csv, imported } from '../directory/employee-import.fixture.ts';
import { newest, OFFBOARD, outcome, ownerOf } from './transfer.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const rows = <Row extends object>(text: string, values: readonly unknown[] = []) => rowsOf<Row>(server, own, text, values);
const isRefused = async (seat: TestOrganization['owner']) =>
  (await seat.ask('{ viewer { id } }')).errors[0]?.extensions.code === 'UNAUTHENTICATED';
const report = { __typename: 'OffboardEmployeeSuccess' };

describe('an employee who leaves (spec 3.15)', () => {
  it('is succeeded in contacts and tasks by the supervisor above, in one report', async () => {
    const { task } = await orderFor(own.owner, own.customer);
    const answer = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    expect(answer).toMatchObject({
      ...report,
      report: {
        contacts: { moved: 1, unowned: 0, inBin: 0, toEmployees: [{ employee: { id: own.supervisor.id }, count: 1 }] },
        tasks: 1,
        shares: 0,
        sessions: 1,
      },
      employee: { id: own.owner.id, leftAt: expect.any(String) },
    });
    expect(await ownerOf(own, own.customer.id)).toBe(own.supervisor.id);
    const { myTasks } = await own.supervisor.query('{ myTasks { nodes { id version assignee { id } } } }');
    expect(myTasks.nodes).toEqual([{ id: task.id, version: task.version + 1, assignee: { id: own.supervisor.id } }]);
    expect(await newest(own)).toMatchObject({
      id: answer.transfer.id,
      kind: 'LEAVING',
      from: { id: own.owner.id },
      by: { id: own.admin.id },
      undoneAt: null,
      viewerCan: { undo: true },
      items: {
        totalCount: 2,
        nodes: [
          {
            kind: 'CONTACT',
            contact: { id: own.customer.id },
            task: null,
            to: { id: own.supervisor.id },
            state: 'MOVED',
            reason: 'DEPARTMENT_ABOVE',
          },
          { kind: 'TASK', contact: null, task: { id: task.id }, to: { id: own.supervisor.id }, state: 'MOVED', reason: 'DEPARTMENT_ABOVE' },
        ],
      },
    });
  });

  it('loses rights, shares, sessions and sockets at once', async () => {
    const [socket] = await Promise.all([own.sharee].map(({ token }) => connected(server.url, token)));
    const answer = await outcome(own.admin, OFFBOARD, { employeeId: own.sharee.id });
    expect(answer.report).toMatchObject({ contacts: { moved: 0, unowned: 0, toEmployees: [] }, tasks: 0, shares: 1, sessions: 1 });
    expect((await socket!.closed).code).toBe(4403);
    await expect.poll(() => isRefused(own.sharee)).toBe(true);
    expect(
      (await own.admin.query('query ($id: ID!) { contact(id: $id) { sharedWith { nodes { id } } } }', { id: own.customer.id })).contact
        .sharedWith.nodes,
    ).toEqual([]);
    await outcome(own.admin, OFFBOARD, { employeeId: own.scopedAdmin.id });
    expect(answer.report.unsupervised).toEqual([]);
    // whose department has nobody else: the report says so, and so does a dry run
    for (const dryRun of [true, false])
      expect((await outcome(own.admin, OFFBOARD, { employeeId: own.supervisor.id, dryRun })).report.unsupervised).toEqual(['Sales']);
    expect(
      await rows('select from admin_rights right_of join employees on employees.id = right_of.employee_id where left_at is not null'),
    ).toEqual([]);
  });

  it('leaves contacts to nobody, and tasks to whoever claims them, where nobody is found', async () => {
    const { task } = await orderFor(own.colleague, own.rival);
    const answer = await outcome(own.admin, OFFBOARD, { employeeId: own.colleague.id });
    expect(answer.report).toMatchObject({ contacts: { moved: 0, unowned: 1, toEmployees: [] }, tasks: 1 });
    expect(await ownerOf(own, own.rival.id)).toBeNull();
    const { myTasks } = await own.formsAdmin.query('{ myTasks { nodes { id assignee { id } } } }');
    expect(myTasks.nodes).toEqual([{ id: task.id, assignee: null }]);
    expect((await newest(own)).items.nodes.map(({ reason }: { reason: string }) => reason)).toEqual(['NOBODY', 'NOBODY']);
  });

  it('is succeeded by whoever is named', async () => {
    const answer = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id, successorId: own.colleague.id });
    expect(answer.report.contacts).toEqual({
      moved: 1,
      unowned: 0,
      inBin: 0,
      toEmployees: [{ employee: { id: own.colleague.id }, count: 1 }],
    });
    expect(await ownerOf(own, own.customer.id)).toBe(own.colleague.id);
    expect((await newest(own)).items.nodes).toMatchObject([{ reason: 'NAMED' }]);
  });

  it('hands over what lies in the bin as well: whoever restores it finds somebody who is there', async () => {
    await own.admin.query('mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }', {
      input: { contactIds: [own.customer.id] },
    });
    const apart = { moved: 0, unowned: 0, inBin: 1, toEmployees: [] };
    for (const dryRun of [true, false]) {
      const { report: told } = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id, dryRun });
      expect([told.contacts, told.kinds.find(({ kind }: { kind: string }) => kind === 'CONTACT')]).toEqual([
        apart,
        { kind: 'CONTACT', count: 1 },
      ]);
    }
    await own.admin.query('mutation ($input: RestoreContactsInput!) { restoreContacts(input: $input) { __typename } }', {
      input: { contactIds: [own.customer.id] },
    });
    expect(await ownerOf(own, own.customer.id)).toBe(own.supervisor.id);
  });

  it('stands in the history and on the timeline of each contact', async () => {
    await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    await outcome(own.admin, OFFBOARD, { employeeId: own.sharee.id });
    const { contact } = await own.admin.query(
      `query ($id: ID!) { contact(id: $id) { history(first: 2) { nodes { field from to actor { id } } }
         timeline(first: 2) { nodes { __typename ... on OwnerInteraction { from { id } to { id } } ... on ShareInteraction { added employee { id } } } } } }`,
      { id: own.customer.id },
    );
    expect(contact.history.nodes).toEqual([
      { field: 'sharedWith', from: 'The sharee', to: null, actor: { id: own.admin.id } },
      { field: 'owner', from: 'The owner', to: 'The supervisor', actor: { id: own.admin.id } },
    ]);
    expect(contact.timeline.nodes).toEqual([
      { __typename: 'ShareInteraction', added: false, employee: { id: own.sharee.id } },
      { __typename: 'OwnerInteraction', from: { id: own.owner.id }, to: { id: own.supervisor.id } },
    ]);
  });

  it('tells the customer nothing: the form is as it was', async () => {
    const seen = () => own.customer.query('{ myForms { nodes { id customerState customerVersion customerStateSince } } }');
    const { formId } = await orderFor(own.owner, own.customer);
    const before = await seen();
    await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    expect(await seen()).toEqual(before);
    const { businessForm } = await own.admin.query(
      'query ($id: ID!) { businessForm(id: $id) { history { nodes { kind actor { id } next { id } } } } }',
      { id: formId },
    );
    expect(businessForm.history.nodes.at(-1)).toEqual({ kind: 'REASSIGNED', actor: { id: own.admin.id }, next: { id: own.supervisor.id } });
    expect(await rows(`select from events where stream <> organization_id and kind = 'REASSIGNED'`)).toEqual([]);
  });
});

describe('a dry run (spec 10.2)', () => {
  const KEPT = [
    'employees',
    'contacts',
    'contact_shares',
    'contact_history',
    'interactions',
    'form_tasks',
    'form_history',
    'form_participants',
    'admin_rights',
    'transfers',
    'transfer_items',
    'events',
    'departments',
    'audit_entries',
  ];
  const kept = async () => {
    const parts = KEPT.map((table) => `(select coalesce(json_agg(kept order by kept::text), '[]') from ${table} kept)`);
    return JSON.stringify(await rows(`select json_build_array(${parts.join(', ')}) as all`));
  };
  it.each(['owner', 'sharee', 'colleague', 'scopedAdmin'] as const)('of %s tells what leaving tells, and changes nothing', async (name) => {
    await orderFor(own.owner, own.customer);
    await orderFor(own.colleague, own.rival);
    // what the orders tell, and the numbers of it, are written after them
    await server.runtime.notifications.settled();
    await stampEvents(server.runtime.pools.worker);
    const before = await kept();
    const tried = await outcome(own.admin, OFFBOARD, { employeeId: own[name].id, dryRun: true });
    expect(await kept()).toBe(before);
    expect(tried).toMatchObject({ ...report, transfer: null, employee: { leftAt: null } });
    expect((await own[name].query('{ viewer { id } }')).viewer.id).toBe(own[name].id);
    const done = await outcome(own.admin, OFFBOARD, { employeeId: own[name].id });
    expect(done.report).toEqual(tried.report);
  });
});

describe('leaving is refused', () => {
  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'owner'] as const)('to %s', async (name) => {
    const { errors } = await own[name].ask(OFFBOARD, { input: { employeeId: own.colleague.id } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('for whoever does not exist here', async () => {
    const other = await server.organization();
    for (const employeeId of [other.owner.id, own.customer.id, 'never issued'])
      expect(await outcome(own.admin, OFFBOARD, { employeeId })).toMatchObject({ __typename: 'NotFound', path: ['input', 'employeeId'] });
    for (const successorId of [other.owner.id, own.customer.id])
      expect(await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id, successorId })).toMatchObject({
        __typename: 'NotFound',
        path: ['input', 'successorId'],
      });
  });

  it('for oneself, and for the last who holds a right that somebody must hold', async () => {
    const self = await outcome(own.admin, OFFBOARD, { employeeId: own.admin.id });
    expect(self).toMatchObject({ __typename: 'ValidationFailed', issues: [{ path: ['input', 'employeeId'], code: 'SELF' }] });
    await give('colleague', 'DIRECTORY');
    const last = { __typename: 'LastAdmin', right: 'CONTACTS' };
    await expect
      .poll(async () => (await own.colleague.ask(OFFBOARD, { input: { employeeId: own.admin.id } })).data?.offboardEmployee)
      .toMatchObject(last);
    await give('colleague', 'CONTACTS');
    expect(await outcome(own.colleague, OFFBOARD, { employeeId: own.admin.id })).toMatchObject(report);
  });

  it('to an admin of departments, for whoever holds more rights than they could take', async () => {
    const scoped = (name: string, right: string, department: string) =>
      rows(
        `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
         select e.organization_id, gen_random_uuid(), e.id, $2, d.id from employees e, departments d where e.name = $1 and d.name = $3`,
        [`The ${name}`, right, department],
      );
    await scoped('colleague', 'DIRECTORY', 'Sales');
    await give('owner', 'AUDIT');
    const byColleague = async (employeeId: string) =>
      (await own.colleague.ask(OFFBOARD, { input: { employeeId } })).data?.offboardEmployee?.__typename;
    await expect.poll(() => byColleague(own.owner.id)).toBe('RightNotYours');
    await rows(
      `delete from admin_rights where admin_right = 'AUDIT' and employee_id = (select id from employees where name = 'The owner')`,
    );
    await scoped('owner', 'DIRECTORY', 'Sales East');
    const forbidden = await own.colleague.ask(OFFBOARD, { input: { employeeId: own.sharee.id } }); // of Support
    expect(forbidden.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const left = await own.colleague.query(OFFBOARD.replace('transfer { id }', ''), { input: { employeeId: own.owner.id } });
    expect(left.offboardEmployee.report.contacts.moved).toBe(1);
  });

  it('to an admin of one of their departments, for whoever sits in another too (docs/decisions/whose-seat.md)', async () => {
    const sits = `insert into department_members (organization_id, department_id, employee_id, is_main, joined_at)
      select d.organization_id, d.id, e.id, false, now() from departments d, employees e where d.name = 'Support' and e.name = 'The owner'`;
    await rows(sits);
    await rows(
      `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
       select e.organization_id, gen_random_uuid(), e.id, 'DIRECTORY', d.id from employees e, departments d where e.name = 'The colleague' and d.name = 'Support'`,
    );
    const asks = async (employeeId: string) =>
      (
        await own.colleague.ask(OFFBOARD.replace('transfer { id }', ''), {
          input: { employeeId, successorId: own.colleague.id, dryRun: true },
        })
      ).errors?.[0]?.extensions.code;
    await expect.poll(() => asks(own.sharee.id)).toBeUndefined(); // of Support alone
    expect(await asks(own.owner.id)).toBe('FORBIDDEN'); // of Sales East and Support
  });

  it('twice: the second is told that it is done', async () => {
    await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    expect(await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id })).toMatchObject({
      __typename: 'EmployeeAlreadyLeft',
      employee: { id: own.owner.id, leftAt: expect.any(String) },
    });
    expect(await outcome(own.admin, OFFBOARD, { employeeId: own.supervisor.id, successorId: own.owner.id })).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'successorId'], code: 'LEFT' }],
    });
    expect(await outcome(own.admin, OFFBOARD, { employeeId: own.supervisor.id, successorId: own.supervisor.id })).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'successorId'], code: 'SELF' }],
    });
  });

  it('with one key is one leaving, told again', async () => {
    const input = { employeeId: own.owner.id, idempotencyKey: 'once' };
    const [first, second] = [await outcome(own.admin, OFFBOARD, input), await outcome(own.admin, OFFBOARD, input)];
    expect(second).toEqual(first);
    expect(second.report.contacts.moved).toBe(1);
  });

  const give = (name: string, right: string) =>
    rows(
      `insert into admin_rights (organization_id, id, employee_id, admin_right) select organization_id, gen_random_uuid(), id, $2 from employees where name = $1`,
      [`The ${name}`, right],
    );
});

describe('a department that once had a supervisor (spec 3.15)', () => {
  const SUPERVISORS = `mutation ($input: SetDepartmentSupervisorsInput!) { setDepartmentSupervisors(input: $input) { __typename } }`;
  it.each([
    [
      'that an admin took away',
      async (id: string) => void (await own.admin.query(SUPERVISORS, { input: { departmentId: id, employeeIds: [] } })),
    ],
    ['who moved to another department', async () => void (await moved())],
  ])('%s is remembered', async (_, ends) => {
    const [east] = await rows<{ id: string }>(`select id from departments where name = 'Sales East'`);
    const id = globalId('Department', east!.id);
    await own.admin.query(SUPERVISORS, { input: { departmentId: id, employeeIds: [own.owner.id] } });
    await ends(id);
    expect(await rows(`select was_supervised from departments where name in ('Sales East', 'Office') order by name`)).toEqual([
      { was_supervised: false },
      { was_supervised: true },
    ]);
  });
  it('whom a table named is remembered', async () => {
    const { phone } = own.plan.employees.find(({ key }) => key === 'owner')!;
    await imported(server, own.admin, csv('Staff number,Name,Phone,Supervises', `O-1,The owner,${phone},Sales East`));
    expect(await rows(`select was_supervised from departments where name = 'Sales East'`)).toEqual([{ was_supervised: true }]);
  });
  const moved = async () => {
    const [office] = await rows<{ id: string }>(`select id from departments where name = 'Office'`);
    await rows('update departments set was_supervised = false');
    const { version } = (await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: own.owner.id })).employee;
    const input = { employeeId: own.owner.id, expectedVersion: version, departmentIds: [globalId('Department', office!.id)] };
    await own.admin.query('mutation ($input: UpdateEmployeeInput!) { updateEmployee(input: $input) { __typename } }', { input });
  };

  it('is succeeded from above, although it has none now', async () => {
    await rows(
      `update department_members set is_supervisor = true where employee_id = (select id from employees where name = 'The owner')`,
    );
    const [two] = await rows<{ id: string }>(
      `insert into employees (organization_id, id, name, phone, seniority_date, portal_id) values ($1, gen_random_uuid(), 'Two', '+8613812345678', now(), gen_random_uuid()) returning id`,
      [own.id],
    );
    await rows(
      `insert into department_members (organization_id, department_id, employee_id, is_main, joined_at)
       select organization_id, id, $1, name = 'Sales East', now() from departments where name in ('Sales East', 'Office')`,
      [two!.id],
    );
    await rows(
      `update department_members set is_supervisor = true where employee_id = (select id from employees where name = 'The formsAdmin')`,
    );
    await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
    await own.admin.query('mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }', {
      input: { contactIds: [own.customer.id], ownerId: globalId('Employee', two!.id) },
    });
    const { report: told } = await outcome(own.admin, OFFBOARD, { employeeId: globalId('Employee', two!.id) });
    expect(told.contacts.toEmployees).toEqual([{ employee: { id: own.supervisor.id }, count: 1 }]);
  });
});
