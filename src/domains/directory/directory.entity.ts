import { refs, tenantEntity } from '../../sdk/index.ts';

/** Members of an organization. One who has left keeps the row: history names them. */
export const Employee = tenantEntity(
  'employees',
  (t) => ({
    /** Raised by every edit: whoever edits says which one they have read. */
    version: t.version(),
    /** The real name. */
    name: t.text(),
    sortName: t.nameKeyOf('name', 'PERSON'),
    /** Whether somebody has looked that it is. */
    nameVerified: t.boolean().default(false),
    nickname: t.text().nullable(),
    /** E.164. Not unique among those who have left. */
    phone: t.text(),
    staffNumber: t.text().nullable(),
    /** The number of who had it beside another of but another case before these were one: they keep it until it is changed. */
    sparedNumber: t.text().nullable(),
    /** By which a number is one's alone, however it is written. */
    staffNumberKey: t.generated(
      t.text().nullable(),
      'case when staff_number is distinct from spared_number then lower(normalize(staff_number, NFKC)) end',
    ),
    position: t.text().nullable(),
    seniorityDate: t.date(),
    /** Stands in the ids that contacts see: nobody can tell from one what the id of the employee is. */
    portalId: t.uuid(),
    leftAt: t.timestamptz().nullable(),
  }),
  {
    decidesSeats: ['leftAt'],
    indexes: {
      employees_phone: { columns: ['phone'], unique: true, where: 'left_at is null' },
      employees_staff_number: { columns: ['staffNumber'], unique: true, where: 'left_at is null' },
      employees_staff_number_key: { columns: ['staffNumberKey'], unique: true, where: 'left_at is null' },
      employees_portal_id: { columns: ['portalId'], unique: true },
      employees_name: { columns: ['name', 'id'] },
      employees_by_name: { columns: ['sortName', 'id'] },
    },
  },
);

export const Department = tenantEntity(
  'departments',
  (t) => ({
    /** Raised by every edit and move. */
    version: t.version(),
    name: t.text(),
    sortName: t.nameKeyOf('name'),
    /** The name of one that stood beside another of but another case before these were one: it keeps it until it is renamed. */
    sparedName: t.text().nullable(),
    oneName: t.oneNameOf('name', 'spared_name'),
    parentId: t.idOf(() => refs.Department).nullable(),
    /** It had a supervisor once, also where it has none now: who succeeds its people hangs on it (spec 3.15). */
    wasSupervised: t.boolean().default(false),
  }),
  {
    indexes: {
      departments_parent: { columns: ['parentId'] },
      departments_by_name: { columns: ['sortName', 'id'] },
      departments_below: { columns: ['parentId', 'name'], unique: true },
      departments_on_top: { columns: ['name'], unique: true, where: 'parent_id is null' },
      departments_below_as_one: { columns: ['parentId', 'oneName'], unique: true },
      departments_on_top_as_one: { columns: ['oneName'], unique: true, where: 'parent_id is null' },
    },
  },
);

/** Every department with each above it, itself included: the tree, answered by one index. */
export const DepartmentClosure = tenantEntity(
  'department_closure',
  (t) => ({
    ancestorId: t.idOf(() => Department, 'cascade').primary(),
    descendantId: t.idOf(() => Department, 'cascade').primary(),
    depth: t.integer(),
  }),
  { decidesSeats: true, indexes: { department_closure_up: { columns: ['descendantId', 'ancestorId'] } } },
);

export const DepartmentMember = tenantEntity(
  'department_members',
  (t) => ({
    departmentId: t.idOf(() => Department).primary(),
    employeeId: t.idOf(() => Employee).primary(),
    isMain: t.boolean().default(false),
    isSupervisor: t.boolean().default(false),
    joinedAt: t.timestamptz(),
  }),
  {
    decidesSeats: true,
    indexes: {
      department_members_of: { columns: ['employeeId', 'departmentId'] },
      department_members_main: { columns: ['employeeId'], unique: true, where: 'is_main' },
      department_members_supervisors: { columns: ['departmentId', 'employeeId'], where: 'is_supervisor' },
    },
  },
);

/** Rights of admins; without a department for the whole organization (spec 2.3b). */
export const AdminRight = tenantEntity(
  'admin_rights',
  (t) => ({
    employeeId: t.idOf(() => Employee),
    /** Of the core, or a module's own: which there are, the manifests of the loaded modules say. */
    adminRight: t.text(),
    departmentId: t.idOf(() => Department).nullable(),
  }),
  {
    decidesSeats: true,
    indexes: {
      admin_rights_whole: { columns: ['employeeId', 'adminRight'], unique: true, where: 'department_id is null' },
      admin_rights_scoped: {
        columns: ['employeeId', 'adminRight', 'departmentId'],
        unique: true,
        where: 'department_id is not null',
      },
      admin_rights_by_right: { columns: ['adminRight', 'employeeId'] },
    },
  },
);

/** What somebody had when they left, for as long as it may be given back: it is as it was then, and need not be there any more. */
export const EmploymentEnd = tenantEntity('employment_ends', (t) => ({
  employeeId: t.idOf(() => Employee).primary(),
  endedAt: t.timestamptz(),
  rights: t.json<readonly EndedScope[]>(),
  /** Departments that they were in. */
  satIn: t.json<readonly NamedDepartment[]>(),
}));
export interface NamedDepartment {
  readonly id: string;
  readonly name: string;
}
/** A right as it was held: without departments for the whole organization. */
export interface EndedScope {
  readonly right: string;
  readonly departments: readonly NamedDepartment[];
}

export const employees = Employee.table;
export const departments = Department.table;
export const departmentClosure = DepartmentClosure.table;
export const departmentMembers = DepartmentMember.table;
export const adminRights = AdminRight.table;
export const employmentEnds = EmploymentEnd.table;
