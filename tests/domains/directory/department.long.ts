import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import { lowered } from '../../../src/platform/text/name-taken.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { codes, leaver, outcome, rowsOf, SHARE, UNSHARE } from '../contacts/contact.fixture.ts';
import { OFFBOARD, UNDO } from '../transfers/transfer.fixture.ts';
import {
  ADD_DEPARTMENT,
  again,
  departmentIds,
  giveRight,
  hired,
  MOVE_DEPARTMENT,
  REMOVE_DEPARTMENT,
  SET_SUPERVISORS,
  UPDATE_DEPARTMENT,
} from './directory.fixture.ts';
import { csv, imported } from './employee-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let id: Readonly<Record<string, string>>;
/** DIRECTORY over Sales alone. */
let salesAdmin: TestSeat;

beforeAll(async () => {
  server = await startTestServer();
  other = await server.organization();
});
beforeEach(async () => {
  own = await server.organization();
  id = await departmentIds(own);
  await giveRight(server, own, 'colleague', 'DIRECTORY', 'Sales');
  salesAdmin = await again(server, own, 'colleague');
});
afterAll(() => server.stop());

const adds = async (name: string, parentId: string | null = null): Promise<string> =>
  (await own.admin.does(ADD_DEPARTMENT, { input: { name, parentId } })).department.id;
const moves = (departmentId: string, parentId: string | null) => outcome(own.admin, MOVE_DEPARTMENT, { departmentId, parentId });
const codeOf = async (given: Promise<{ code?: string; issues?: { code: string }[] }>) => {
  const { code, issues } = await given;
  return issues?.[0]?.code ?? code;
};

/** The tree as it is kept, compared with the one that the parents make. */
async function treeIsWhole(): Promise<void> {
  const kept = await rowsOf(server, own, 'select ancestor_id, descendant_id, depth from department_closure order by 2, 3');
  const made = await rowsOf(
    server,
    own,
    `with recursive tree as (select id as ancestor_id, id as descendant_id, 0 as depth from departments
       union all select parent.parent_id, tree.descendant_id, tree.depth + 1 from tree join departments parent on parent.id = tree.ancestor_id where parent.parent_id is not null)
     select * from tree order by 2, 3`,
  );
  expect(kept).toEqual(made);
}

describe('the tree of departments (spec 10.1)', () => {
  it('grows at any place', async () => {
    const top = await adds('Plant');
    const below = await adds('Line 1', top);
    await adds('Shift A', below);
    await treeIsWhole();
    expect(
      (await own.owner.query('query ($id: ID!) { node(id: $id) { ... on Department { name parent { name } } } }', { id: below })).node,
    ).toEqual({
      name: 'Line 1',
      parent: { name: 'Plant' },
    });
  });

  it('moves as a whole, and what the supervisors above see moves with it', async () => {
    const deep = await adds('East 1', id['Sales East']!);
    const sees = async () => (await (await again(server, own, 'supervisor')).query('{ contacts { totalCount } }')).contacts.totalCount;
    expect(await sees()).toBe(1);
    expect((await moves(id['Sales East']!, id.Support!)).department).toMatchObject({ version: 2, parent: { name: 'Support' } });
    await treeIsWhole();
    expect(await sees()).toBe(0);
    await moves(id['Sales East']!, null);
    await moves(id.Sales!, deep);
    await treeIsWhole();
    await moves(id.Sales!, null);
    await moves(id['Sales East']!, id.Sales!);
    await treeIsWhole();
    expect(await sees()).toBe(1);
  });

  it.each([
    ['itself', 'Sales'],
    ['what is below it', 'Sales East'],
  ])('does not stand below itself: %s', async (_, to) => {
    expect((await moves(id.Sales!, id[to]!)).__typename).toBe('DepartmentCycle');
    await treeIsWhole();
  });

  it('has no two departments of one name beside each other, and else where one may', async () => {
    expect(await codeOf(outcome(own.admin, ADD_DEPARTMENT, { name: 'Sales' }))).toBe('TAKEN');
    expect(await codeOf(outcome(own.admin, ADD_DEPARTMENT, { name: 'Sa\u202eles\u200b' }))).toBe('TAKEN'); // it looks the same
    expect(await codeOf(outcome(own.admin, ADD_DEPARTMENT, { name: 'Sales East', parentId: id.Sales }))).toBe('TAKEN');
    const below = await adds('Support', id.Sales!);
    expect(await codeOf(moves(below, null))).toBe('TAKEN');
    expect(await codeOf(outcome(own.admin, UPDATE_DEPARTMENT, { departmentId: id.Office, expectedVersion: 1, name: 'Sales' }))).toBe(
      'TAKEN',
    );
  });

  it('takes width, case and spaces for no difference between names', async () => {
    await adds('Field Force');
    for (const name of ['FIELD FORCE', 'Ｆｉｅｌｄ　Force', 'field  force'])
      expect(await codeOf(outcome(own.admin, ADD_DEPARTMENT, { name })), name).toBe('TAKEN');
    const other = await adds('Field force', id.Sales!);
    expect(await codeOf(moves(other, null))).toBe('TAKEN');
    const rename = { departmentId: id.Office, expectedVersion: 1, name: 'sales' };
    expect(await codeOf(outcome(own.admin, UPDATE_DEPARTMENT, rename))).toBe('TAKEN');
    expect((await outcome(own.admin, UPDATE_DEPARTMENT, { ...rename, name: 'OFFICE' })).department.name).toBe('OFFICE'); // its own
  });

  it('has no name that no path could hold', async () => {
    for (const name of ['Sales/West', 'Sales／West', '/']) {
      expect(await codeOf(outcome(own.admin, ADD_DEPARTMENT, { name })), name).toBe('HOLDS_SEPARATOR');
      const rename = { departmentId: id.Office, expectedVersion: 1, name };
      expect(await codeOf(outcome(own.admin, UPDATE_DEPARTMENT, rename)), name).toBe('HOLDS_SEPARATOR');
    }
  });

  it('has a name on one line', async () => {
    expect((await outcome(own.admin, ADD_DEPARTMENT, { name: 'Field\nForce' })).department.name).toBe('Field Force');
  });

  it('is at most 20 levels deep', async () => {
    let at: string | null = null;
    for (let level = 1; level <= 20; level++) at = await adds(`Level ${level}`, at);
    expect(await codeOf(outcome(own.admin, ADD_DEPARTMENT, { name: 'Too deep', parentId: at }))).toBe('TOO_DEEP');
    expect(await codeOf(moves(id.Sales!, at))).toBe('TOO_DEEP');
  });

  it('gives names that are found by how they sound, to whoever has read what is so', async () => {
    const renamed = await outcome(own.admin, UPDATE_DEPARTMENT, { departmentId: id.Office, expectedVersion: 1, name: '办公室' });
    expect(renamed.department).toMatchObject({ name: '办公室', version: 2 });
    expect((await outcome(own.admin, UPDATE_DEPARTMENT, { departmentId: id.Office, expectedVersion: 1, name: 'X' })).__typename).toBe(
      'VersionConflict',
    );
    const { departments } = await own.owner.query(
      '{ departments(first: 1, orderBy: [{ field: NAME, direction: ASC }]) { nodes { name } } }',
    );
    expect(departments.nodes).toEqual([{ name: '办公室' }]);
  });
});

describe('a department is removed (spec 10.1)', () => {
  const removes = (departmentId: string) => outcome(own.admin, REMOVE_DEPARTMENT, { departmentId });
  it('when nobody and nothing is in it', async () => {
    expect(await removes(id.Sales!)).toMatchObject({ __typename: 'DepartmentNotEmpty', members: 1, departments: 1 });
    expect(await removes(id['Sales East']!)).toMatchObject({
      __typename: 'DepartmentNotEmpty',
      members: 1,
      departments: 0,
      message: 'Still in this department: 1 member, 0 departments right below it.',
    });
    const empty = await adds('Empty', id.Sales!);
    expect(await removes(empty)).toEqual({ __typename: 'RemoveDepartmentSuccess', departmentId: empty });
    expect((await own.admin.query('query ($id: ID!) { node(id: $id) { id } }', { id: empty })).node).toBeNull();
    await treeIsWhole();
  });
  it('also where one was a member who has left', async () => {
    const empty = await adds('Empty');
    const gone = await leaver(server, own);
    await rowsOf(
      server,
      own,
      `insert into department_members (organization_id, department_id, employee_id, joined_at)
       select d.organization_id, d.id, e.id, now() from departments d, employees e where d.name = 'Empty' and e.name = 'The leaver'`,
    );
    expect((await removes(empty)).__typename).toBe('RemoveDepartmentSuccess');
    expect((await own.owner.query('query ($id: ID!) { employee(id: $id) { name } }', { id: gone })).employee.name).toBe('The leaver');
  });
  it('not while a right is for it, whose holder is named', async () => {
    const righted = await adds('Righted');
    await giveRight(server, own, 'owner', 'FORMS', 'Righted');
    expect(await removes(righted)).toMatchObject({
      __typename: 'DepartmentNotEmpty',
      members: 0,
      rightHolders: ['The owner'],
      message: 'Nobody is in this department any more, but this is for it: rights of The owner (`revokeAdminRight`).',
    });
  });
  it('with its shares where the admin says so: they end, and each contact knows with whom it was shared', async () => {
    const shared = await adds('Shared', id.Sales!);
    const past = { contactId: own.customer.id, departmentId: await adds('Past', id.Sales!) };
    await own.owner.does(SHARE, { input: { contactId: own.customer.id, departmentId: shared } });
    await own.owner.does(SHARE, { input: past });
    await own.owner.does(UNSHARE, { input: past });
    expect((await outcome(salesAdmin, REMOVE_DEPARTMENT, { departmentId: past.departmentId })).__typename).toBe('RemoveDepartmentSuccess');
    for (const endShares of [undefined, false])
      expect(await outcome(salesAdmin, REMOVE_DEPARTMENT, { departmentId: shared, endShares })).toMatchObject({
        __typename: 'DepartmentNotEmpty',
        shares: 1,
        message: expect.stringContaining('1 share of contacts (`endShares` ends them)'),
      });
    expect((await outcome(salesAdmin, REMOVE_DEPARTMENT, { departmentId: shared, endShares: true })).__typename).toBe(
      'RemoveDepartmentSuccess',
    );
    const { contact } = await own.owner.query(
      `query ($id: ID!) { contact(id: $id) { sharedWith { nodes { name } }
        timeline(first: 2, kinds: [SHARE]) { nodes { ... on ShareInteraction { added department { name } } } }
        history(first: 1) { nodes { field from to } } } }`,
      { id: own.customer.id },
    );
    expect(contact.sharedWith.nodes.map(({ name }: { name: string }) => name)).not.toContain('Shared');
    expect(contact.timeline.nodes).toEqual([
      { added: false, department: null },
      { added: false, department: null },
    ]);
    expect(contact.history.nodes).toEqual([{ field: 'sharedWith', from: 'Shared', to: null }]);
  });
});

describe('supervisors (spec 2.2, 10.1)', () => {
  const sets = (seat: TestSeat, departmentId: string, ...seats: { id: string }[]) =>
    outcome(seat, SET_SUPERVISORS, { departmentId, employeeIds: seats.map((one) => one.id) });
  it('are members of the department', async () => {
    const set = await sets(own.admin, id['Sales East']!, own.owner);
    expect(set.department).toMatchObject({ version: 2, supervisors: [{ name: 'The owner' }] });
    expect(await sets(own.admin, id['Sales East']!, own.owner, own.sharee)).toMatchObject({
      __typename: 'SupervisorNotMember',
      employees: ['The sharee'],
      departmentName: 'Sales East',
      message: 'Not in the department Sales East: The sharee.',
      path: ['input', 'employeeIds', '1'],
    });
    expect((await sets(own.admin, id.Sales!)).department.supervisors).toEqual([]);
  });
  it('are those who are named, and no others', async () => {
    const second = await hired(own.admin, { departmentIds: [id.Sales] });
    expect((await sets(own.admin, id.Sales!, second)).department.supervisors).toEqual([{ name: 'He Jing' }]);
    expect((await (await again(server, own, 'supervisor')).query('{ contacts { totalCount } }')).contacts.totalCount).toBe(0);
    expect((await (await server.seat(second.phone, own.id)).query('{ contacts { totalCount } }')).contacts.totalCount).toBe(1);
  });
  it('do not supervise a department that they leave', async () => {
    await rowsOf(server, own, `delete from department_members where is_supervisor`);
    expect((await sets(own.admin, id.Sales!, own.supervisor)).__typename).toBe('SupervisorNotMember');
  });
  it('one who has left is none', async () => {
    expect((await sets(own.admin, id.Sales!, { id: await leaver(server, own) })).__typename).toBe('SupervisorNotMember');
    expect((await sets(own.admin, id.Sales!, { id: own.customer.id })).__typename).toBe('NotFound');
  });
});

describe('who changes the tree (spec 2.3b)', () => {
  const acts = (): readonly (readonly [string, object])[] => [
    [ADD_DEPARTMENT, { name: 'X', parentId: id.Support }],
    [UPDATE_DEPARTMENT, { departmentId: id.Support, expectedVersion: 1, name: 'X' }],
    [MOVE_DEPARTMENT, { departmentId: id.Support, parentId: id.Office }],
    [REMOVE_DEPARTMENT, { departmentId: id.Support }],
    [SET_SUPERVISORS, { departmentId: id.Support, employeeIds: [] }],
  ];
  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)('not %s', async (name) => {
    for (const [mutation, input] of acts()) expect(await codes(own[name], mutation, input)).toEqual(['FORBIDDEN']);
  });
  it('an admin of Sales nothing outside of it', async () => {
    for (const [mutation, input] of acts()) expect(await codes(salesAdmin, mutation, input)).toEqual(['FORBIDDEN']);
    for (const input of [
      { departmentId: id['Sales East'], parentId: id.Support },
      { departmentId: id['Sales East'], parentId: null },
      { departmentId: id.Support, parentId: id.Sales },
      { departmentId: id.Sales, parentId: id.Sales },
    ])
      expect(await codes(salesAdmin, MOVE_DEPARTMENT, input)).toEqual(['FORBIDDEN']);
    expect(await codes(salesAdmin, ADD_DEPARTMENT, { name: 'X' })).toEqual(['FORBIDDEN']);
  });
  it('an admin of Sales what is within it', async () => {
    const { department } = await salesAdmin.does(ADD_DEPARTMENT, { input: { name: 'Sales West', parentId: id.Sales } });
    await salesAdmin.does(MOVE_DEPARTMENT, { input: { departmentId: id['Sales East'], parentId: department.id } });
    await salesAdmin.does(SET_SUPERVISORS, { input: { departmentId: id['Sales East'], employeeIds: [own.owner.id] } });
    await salesAdmin.does(UPDATE_DEPARTMENT, { input: { departmentId: id.Sales, expectedVersion: 1, name: 'Sale' } });
    await treeIsWhole();
  });
  it('nobody what is another organization’s', async () => {
    const theirs = await departmentIds(other);
    for (const input of [
      { departmentId: theirs.Sales, parentId: null },
      { departmentId: id.Sales, parentId: theirs.Office },
    ])
      expect((await outcome(own.admin, MOVE_DEPARTMENT, input)).__typename).toBe('NotFound');
  });
});

describe('supervisors, of whom a department has twenty at the most', () => {
  const supervisorsOf = (name: string) =>
    rowsOf(
      server,
      own,
      `select from department_members where is_supervisor and department_id = (select id from departments where name = $1)`,
      [name],
    );
  /** Warehouse is led by so many, past the API. */
  const led = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await hired(own.admin, { departmentIds: [id.Warehouse] });
    await rowsOf(
      server,
      own,
      `update department_members set is_supervisor = true where department_id = (select id from departments where name = 'Warehouse')
       and employee_id in (select id from employees where name = 'He Jing')`,
    );
  };
  it('nobody comes back to lead one that is full by now', async () => {
    const back = await hired(own.admin, { departmentIds: [id.Warehouse] });
    await led(1); // the one who is to go
    const { transfer } = await outcome(own.admin, OFFBOARD, { employeeId: back.id });
    await led(19);
    expect(await supervisorsOf('Warehouse')).toHaveLength(21); // with the one who is away
    const undoes = () => outcome(own.admin, UNDO, { transferId: transfer.id });
    expect(await undoes()).toMatchObject({ issues: [{ code: 'TOO_MANY_SUPERVISORS', path: ['input', 'transferId'] }] });
    await rowsOf(
      server,
      own,
      `delete from department_members where ctid = (select max(ctid) from department_members where is_supervisor
      and department_id = (select id from departments where name = 'Warehouse') and employee_id <> $1)`,
      [decodeAnyId(back.id)],
    );
    expect((await undoes()).__typename).toBe('UndoTransferSuccess');
    expect(await supervisorsOf('Warehouse')).toHaveLength(20);
  });
  it('no table makes more, nor takes anybody in beside', async () => {
    const goes = await hired(own.admin, { departmentIds: [id.Warehouse] });
    await led(19);
    await outcome(own.admin, OFFBOARD, { employeeId: goes.id }); // whoever is away takes nobody's place
    const row = (i: number) => `S-${i},Gao Ming,${newPhone()},Warehouse,Warehouse`;
    const table = (...rows: readonly string[]) => csv('Staff number,Name,Phone,Departments,Supervises', ...rows);
    const { result, errors } = await imported(server, own.admin, table(row(1), row(2)));
    expect([result.applied, errors]).toMatchObject([false, [{ row: 3, path: ['supervises'], code: 'TOO_MANY_SUPERVISORS' }]]);
    expect((await imported(server, own.admin, table(row(1)))).result).toMatchObject({ applied: true, created: 1 });
    expect(await supervisorsOf('Warehouse')).toHaveLength(21); // with the one who is away
  });
});

it('names are one as the database has it: small letters of a table’s paths are those of the index', async () => {
  for (const name of ['ΟΔΟΣ', 'ΣΟΣ ΣΑΣ', 'İstanbul', 'STRAẞE', 'ǅ', 'ÀÉÎ', '销售 A']) {
    const [row] = await rowsOf<{ lower: string }>(server, own, 'select lower($1) as lower', [name]);
    expect(lowered(name)).toBe(row!.lower);
  }
});
