import { lookedFor, STAFF_NUMBER } from '../../../src/domains/directory/index.ts';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { publishedPage } from './articles.ts';
import { comparing, truthOf } from './filter.ts';
import { few, page } from './page.ts';
import type { NaiveRow } from './rows.ts';
import { type Args, entity, idOf as id, type NaiveEntity, type NaiveField, type World } from './world.ts';

type Employee = NaiveRow<'employees'>;
type Right = NaiveRow<'adminRights'>;
const COLLEAGUE = ['COLLEAGUE'];
const all = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: COLLEAGUE, get });
const ofSelf = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['SELF', 'ADMIN'], get });
const personal = (get: NaiveField<Employee>['get']): NaiveField<Employee> => ofSelf(get);
const member = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['COLLEAGUE', 'EXTERNAL'], get });
const inside = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['COLLEAGUE', 'WINDOW_GUEST'], get });
const portal = (get: NaiveField<Employee>['get']): NaiveField<Employee> => ({ roles: ['EXTERNAL'], get });
const edited = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['ADMIN'], get });
const mayEdit = all((_, { roles }) => ({ edit: roles.has('ADMIN') }));
const NAME = { NAME: ({ sort_name }: { readonly sort_name: string }) => sort_name };
const MOST = 20;

const department = (world: World, of: string | null | undefined) =>
  world.object(
    'Department',
    world.rows.departments.find((one) => one.id === of),
  );
const membersOf = (world: World, departmentId: string, supervising = false): Employee[] => {
  const members = world.rows.departmentMembers.filter((one) => one.department_id === departmentId && (!supervising || one.is_supervisor));
  return world.rows.employees.filter((one) => one.left_at === null && members.some((link) => link.employee_id === one.id));
};
const namedAs = (rows: readonly Employee[], where: unknown): Employee[] =>
  rows.filter(({ name }) => truthOf(where as Args, { name: comparing(name) }) === true);

/** Who is found by what was typed: by a staff number those alone whose number the seat reads. */
function found(world: World, rows: readonly Employee[], search: unknown): readonly Employee[] {
  const text = search == null ? undefined : lookedFor(String(search));
  if (text === undefined) return rows;
  const terms = world.rows.employeeSearchTerms.filter(({ term }) => term.startsWith(text));
  return rows.filter((row) =>
    terms.some(({ employee_id, kind }) => employee_id === row.id && (kind !== STAFF_NUMBER || isPersonal(world, row.id))),
  );
}
const isPersonal = (world: World, employee: string): boolean => {
  const roles = world.toward.employee({ id: employee });
  return roles.has('SELF') || roles.has('ADMIN');
};
const isBelow = (world: World, employee: string, department: unknown): boolean =>
  world.rows.departmentMembers.some(
    (member) =>
      member.employee_id === employee &&
      world.rows.departmentClosure.some(
        (one) => one.descendant_id === member.department_id && encodeGlobalId('Department', one.ancestor_id) === department,
      ),
  );

/** A right for several departments is several rows; that for the whole organization stands above them. */
const rightsOf = (world: World, { employee_id, admin_right }: Pick<Right, 'employee_id'> & Partial<Right>): Right[] =>
  world.rows.adminRights.filter((one) => one.employee_id === employee_id && one.admin_right === (admin_right ?? one.admin_right));
const isWhole = (world: World, right: Right): boolean => rightsOf(world, right).some(({ department_id }) => department_id === null);

/** `Query.employees`. */
export const employeeList = (world: World, args: Args): object => {
  const { departmentId, right, search } = args;
  const standing = args.standing ?? 'EMPLOYED';
  const isAsked = ({ id: employee, left_at }: Employee): boolean => {
    if (standing !== 'ALL' && (left_at === null) !== (standing === 'EMPLOYED')) return false;
    if (departmentId != null && !isBelow(world, employee, departmentId)) return false;
    return (
      right == null || (isPersonal(world, employee) && rightsOf(world, { employee_id: employee, admin_right: right as string }).length > 0)
    );
  };
  const rows = namedAs(found(world, world.rows.employees, search), args.where).filter(isAsked);
  return page(world, { type: 'Employee', rows, key: id, orders: NAME }, args);
};
/** `Query.departments`. */
export const departmentList = (world: World, args: Args): object =>
  page(world, { type: 'Department', rows: world.rows.departments, key: id, orders: NAME }, args);

export const directoryTypes: Readonly<Record<string, NaiveEntity>> = {
  Employee: entity<'employees'>({
    table: 'employees',
    reachableFor: COLLEAGUE,
    id,
    roles: (toward, row) => toward.employee(row),
    fields: {
      id: all((row) => encodeGlobalId('Employee', row.id)),
      version: personal(({ version }) => version),
      name: all(({ name }) => name),
      nameVerified: all((row) => row.name_verified),
      nickname: all(({ nickname }) => nickname),
      position: all(({ position }) => position),
      seniorSince: personal((row) => row.seniority_date),
      adminRights: personal((row, { world }) => {
        const own = rightsOf(world, { employee_id: row.id });
        const rows = own.filter((right) => !rightsOf(world, right).some(({ id: other }) => other < right.id));
        return few(world, { type: 'EmployeeAdminRight', rows, key: id }, MOST);
      }),
      viewerCan: mayEdit,
      organization: all((_, { world }) => world.object('Organization', world.rows.organizations[0])),
      phone: personal(({ phone }) => phone),
      staffNumber: personal((row) => row.staff_number),
      leftAt: all((row) => row.left_at),
      departments: all((row, { world }) => {
        const own = world.rows.departmentMembers.filter((one) => one.employee_id === row.id).map((one) => one.department_id);
        return few(world, { type: 'Department', rows: world.rows.departments.filter((one) => own.includes(one.id)), key: id }, MOST);
      }),
      mainDepartment: all((row, { world }) =>
        department(world, world.rows.departmentMembers.find((one) => one.employee_id === row.id && one.is_main)?.department_id),
      ),
      supervisors: all((row, { world }) => {
        const ids = world.toward.supervisorsOf(row.id);
        const rows = world.rows.employees.filter((one) => one.left_at === null && ids.includes(one.id));
        return few(world, { type: 'Employee', rows, key: id }, MOST);
      }),
    },
  }),
  EmployeeAdminRight: entity<'adminRights'>({
    table: 'adminRights',
    reachableFor: ['SELF', 'ADMIN'],
    id,
    roles: (toward, { employee_id }) => toward.employee({ id: employee_id }),
    fields: {
      id: ofSelf((row) => encodeGlobalId('EmployeeAdminRight', row.id)),
      right: ofSelf((row) => row.admin_right),
      isWhole: ofSelf((row, { world }) => isWhole(world, row)),
      departments: ofSelf((row, { world }) => {
        const held = isWhole(world, row) ? [] : rightsOf(world, row).map(({ department_id }) => department_id);
        return few(world, { type: 'Department', rows: world.rows.departments.filter((one) => held.includes(one.id)), key: id }, MOST);
      }),
    },
  }),
  PortalEmployee: entity<'employees'>({
    table: 'employees',
    reachableFor: ['EXTERNAL'],
    id: (row) => row.portal_id,
    roles: (toward, row) => toward.portalEmployee(row),
    fields: { id: portal((row) => encodeGlobalId('PortalEmployee', row.portal_id)), name: portal(({ name }) => name) },
  }),
  Department: entity<'departments'>({
    table: 'departments',
    reachableFor: COLLEAGUE,
    id,
    roles: (toward, row) => toward.department(row),
    fields: {
      id: all((row) => encodeGlobalId('Department', row.id)),
      version: edited(({ version }) => version),
      viewerCan: mayEdit,
      name: all(({ name }) => name),
      parent: all((row, { world }) => department(world, row.parent_id)),
      supervisors: all((row, { world }) => few(world, { type: 'Employee', rows: membersOf(world, row.id, true), key: id }, MOST)),
      members: all((row, { world, args }) =>
        page(
          world,
          { type: 'Employee', rows: namedAs(found(world, membersOf(world, row.id), args.search), args.where), key: id, orders: NAME },
          args,
        ),
      ),
    },
  }),
  Organization: entity<'organizations'>({
    table: 'organizations',
    reachableFor: ['COLLEAGUE', 'EXTERNAL'],
    id: (row) => row.organization_id,
    roles: (toward) => toward.organization(),
    fields: {
      id: member((row) => encodeGlobalId('Organization', row.organization_id)),
      name: member(({ name }) => name),
      certification: all(({ certification }) => certification),
      country: all(({ country }) => country),
      timeZone: member((row) => row.time_zone),
      createdAt: all((row) => row.created_at),
    },
  }),
  ServiceWindow: entity<'serviceWindows'>({
    table: 'serviceWindows',
    reachableFor: ['COLLEAGUE', 'EXTERNAL'],
    id: (row) => row.organization_id,
    roles: (toward) => toward.serviceWindow(),
    fields: {
      id: member((row) => encodeGlobalId('ServiceWindow', row.organization_id)),
      version: all(({ version }) => version),
      openedAt: inside((row) => row.opened_at),
      welcome: inside(({ welcome }) => welcome),
      notice: member((_, { world }) =>
        world.rows.organizations[0]!.certification === 'ADVANCED'
          ? null
          : 'This window is suspended for now. What you have sent is kept and waits; you will be served again when the window is open.',
      ),
      apps: inside((_, { world }) => {
        const rows = world.rows.windowApps.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
        return rows.flatMap((row) => world.object('WindowApp', row) ?? []);
      }),
      articles: inside((_, { world, args }) => publishedPage(world, () => true, args)),
      state: member((_, { world }) => (world.rows.organizations[0]!.certification === 'ADVANCED' ? 'OPEN' : 'SUSPENDED')),
    },
  }),
};
