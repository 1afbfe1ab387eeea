import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { leaver, rowsOf } from '../contacts/contact.fixture.ts';

const EMPLOYEE = `query ($id: ID!) { employee(id: $id) { name position leftAt organization { name } departments { name } mainDepartment { name parent { name } } supervisors { name } } }`;
const PERSONAL = 'query ($id: ID!) { employee(id: $id) { name phone staffNumber } }';
const DEPARTMENTS = `{ departments(first: 100, orderBy: [{ field: NAME, direction: ASC }]) { totalCount nodes { id name parent { name } supervisors { name } members { totalCount nodes { name } } } } }`;
const STAFF = ['admin', 'formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee', 'colleague'] as const;
let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let gone: string;

beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization();
  gone = await leaver(server, own);
  const join = (name: string, department: string, supervises = false) =>
    rowsOf(
      server,
      own,
      `insert into department_members (organization_id, department_id, employee_id, is_supervisor, joined_at)
       select d.organization_id, d.id, e.id, $3, now() from departments d, employees e where d.name = $1 and e.name = $2`,
      [department, name, supervises],
    );
  await join('The leaver', 'Sales', true);
  await join('The owner', 'Support');
});
afterAll(() => server.stop());

describe('employees (spec 2.3b, 10.1)', () => {
  it.each(STAFF)('are seen by every employee: %s', async (name) => {
    const { employees } = await own[name].query('{ employees(first: 100) { totalCount nodes { id name } } }');
    expect(employees.totalCount).toBe(7);
    expect(employees.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(STAFF.map((one) => own[one].id).sort());
  });

  it('are found by name, in order, without those who left', async () => {
    const find = async (where: object) =>
      (
        await own.owner.query(
          'query ($where: EmployeeFilter) { employees(where: $where, orderBy: [{ field: NAME, direction: DESC }]) { nodes { name } } }',
          { where },
        )
      ).employees.nodes.map(({ name }: { name: string }) => name);
    expect(await find({ name: { startsWith: 'The s' } })).toEqual(['The supervisor', 'The sharee', 'The scopedAdmin']);
    expect(await find({ name: { startsWith: 'The leaver' } })).toEqual([]);
  });

  it('have departments, a main one, and supervisors: of their departments and of those above, never themselves', async () => {
    const { employee } = await own.colleague.query(EMPLOYEE, { id: own.owner.id });
    expect(employee).toEqual({
      name: 'The owner',
      position: null,
      leftAt: null,
      organization: { name: 'Test Works' },
      departments: expect.toSatisfy(
        (all: { name: string }[]) =>
          all
            .map(({ name }) => name)
            .sort()
            .join() === 'Sales East,Support',
      ),
      mainDepartment: { name: 'Sales East', parent: { name: 'Sales' } },
      supervisors: [{ name: 'The supervisor' }],
    });
    expect((await own.colleague.query(EMPLOYEE, { id: own.supervisor.id })).employee.supervisors).toEqual([]);
  });

  it('who left are there by their id, marked so', async () => {
    expect((await own.colleague.query(EMPLOYEE, { id: gone })).employee).toMatchObject({ name: 'The leaver', leftAt: expect.any(String) });
  });

  it('of another organization are not there, by any id', async () => {
    for (const id of [other.owner.id, own.customer.id, own.tagIds[0], 'never issued', ''])
      expect(await own.admin.ask(EMPLOYEE, { id })).toEqual({ data: { employee: null }, errors: [] });
  });

  it('are not there for contacts: these see their owner as a PortalEmployee, by another id', async () => {
    expect((await own.customer.ask('{ employees { totalCount } }')).errors[0]!.extensions.code).toBe('BAD_REQUEST');
    const { viewer } = await own.customer.query('{ viewer { ... on Contact { owner { __typename id name } } } }');
    expect(viewer.owner).toMatchObject({ __typename: 'PortalEmployee', name: 'The owner' });
    expect(viewer.owner.id).not.toBe(own.owner.id);
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await own.customer.query(node, { id: viewer.owner.id })).node).toEqual({ id: viewer.owner.id });
    for (const seat of [own.rival, own.unowned]) expect((await seat.query(node, { id: viewer.owner.id })).node).toBeNull();
    const [row] = await rowsOf<{ portal_id: string }>(server, own, `select portal_id from employees where name = 'The colleague'`);
    expect((await own.customer.query(node, { id: globalId('PortalEmployee', row!.portal_id) })).node).toBeNull();
  });
});

describe('an employee’s phone and staff number (spec 2.3b)', () => {
  const refused = { name: 'The owner', phone: null, staffNumber: null };

  it.each(['owner', 'admin'] as const)('are read by SELF and by ADMIN of DIRECTORY: %s', async (name) => {
    const phone = own.plan.employees.find(({ key }) => key === 'owner')!.phone;
    expect((await own[name].query(PERSONAL, { id: own.owner.id })).employee).toEqual({ name: 'The owner', phone, staffNumber: null });
  });

  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'sharee', 'colleague'] as const)('are not read by %s', async (name) => {
    const { data, errors } = await own[name].ask(PERSONAL, { id: own.owner.id });
    expect(data.employee).toEqual(refused);
    expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual([
      ['phone', 'FORBIDDEN'],
      ['staffNumber', 'FORBIDDEN'],
    ]);
  });

  it('are read by an admin whose right covers a department of the employee, below it too, and no others', async () => {
    await rowsOf(
      server,
      other,
      `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
       select e.organization_id, gen_random_uuid(), e.id, 'DIRECTORY', d.id from employees e, departments d where e.name = 'The colleague' and d.name = 'Sales'`,
    );
    const colleague = await server.seat(other.plan.employees[6]!.phone, other.id);
    for (const seat of [other.supervisor, other.owner])
      expect((await colleague.query(PERSONAL, { id: seat.id })).employee.phone).toMatch(/^\+86/);
    for (const seat of [other.sharee, other.admin]) expect((await colleague.ask(PERSONAL, { id: seat.id })).data.employee.phone).toBeNull();
  });

  it('cannot be filtered or ordered by', async () => {
    for (const args of ['where: { phone: { startsWith: "+86" } }', 'orderBy: [{ field: PHONE, direction: ASC }]'])
      expect((await own.admin.ask(`{ employees(${args}) { totalCount } }`)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('departments (spec 10.1)', () => {
  it('are a tree with supervisors and members, without those who left and those of departments below', async () => {
    const { departments } = await own.colleague.query(DEPARTMENTS);
    const members = (...names: string[]) => ({ totalCount: names.length, nodes: names.map((name) => ({ name: `The ${name}` })) });
    const sorted = departments.nodes.map((one: { members: { nodes: { name: string }[] } }) => ({
      ...one,
      members: { ...one.members, nodes: [...one.members.nodes].sort((a, b) => (a.name < b.name ? -1 : 1)) },
    }));
    expect(sorted).toMatchObject([
      { name: 'Office', parent: null, supervisors: [], members: members('admin', 'formsAdmin', 'scopedAdmin') },
      { name: 'Sales', parent: null, supervisors: [{ name: 'The supervisor' }], members: members('supervisor') },
      { name: 'Sales East', parent: { name: 'Sales' }, supervisors: [], members: members('owner') },
      { name: 'Support', parent: null, supervisors: [], members: members('owner', 'sharee') },
      { name: 'Warehouse', parent: null, supervisors: [], members: members('colleague') },
    ]);
    expect(departments.totalCount).toBe(5);
  });

  it('are not there for contacts, nor for other organizations', async () => {
    expect((await own.customer.ask('{ departments { totalCount } }')).errors[0]!.extensions.code).toBe('BAD_REQUEST');
    const { departments } = await other.admin.query(DEPARTMENTS);
    const { data } = await own.admin.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: departments.nodes.map(({ id }: { id: string }) => id),
    });
    expect(data.nodes).toEqual([null, null, null, null, null]);
  });
});

describe('the viewer', () => {
  it.each(STAFF)('is the seat that asks: %s', async (name) => {
    const { viewer } = await own[name].query('{ viewer { __typename id name organization { name } } }');
    expect(viewer).toEqual({ __typename: 'Employee', id: own[name].id, name: `The ${name}`, organization: { name: 'Test Works' } });
  });
  it.each(['customer', 'unowned', 'rival'] as const)('also where it is a contact: %s', async (name) => {
    const { viewer } = await own[name].query('{ viewer { __typename id name organization { name } } }');
    expect(viewer).toEqual({ __typename: 'Contact', id: own[name].id, name: `The ${name}`, organization: { name: 'Test Works' } });
  });
  it('is null for nobody', async () => {
    expect(await server.nobody.ask('{ viewer { id } }')).toEqual({ data: { viewer: null }, errors: [] });
  });
});
