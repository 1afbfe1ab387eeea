import type { UseCase } from '../../sdk/index.ts';
import { adminRights, departmentClosure, departmentMembers, employees } from '../directory/index.ts';
import type { Person } from './engine/flow.types.ts';
import type { People } from './engine/next-steps.ts';
import { awayAmong, standInsFor } from './stand-ins/standing-in.service.ts';
import type { Approver, Flow } from './template-body.ts';

/**
 * The organization as far as a flow hangs on it, for a contact's owner. What no step asks is not read. Whoever may have a turn is held, unless
 * it is only told. `also`: whoever else may have one.
 */
export async function peopleFor(
  use: UseCase,
  { route }: Pick<Flow, 'route'>,
  ownerId: string | null,
  templateId?: string,
  { held = true, also = [] }: { readonly held?: boolean; readonly also?: readonly string[] } = {},
): Promise<People> {
  const approvers: readonly Approver[] = route === 'BY_HAND' ? [{ by: 'OWNER' }] : route.flatMap((step) => step.approvers);
  const asks = (by: Approver['by']): boolean => approvers.some((one) => one.by === by);
  const named = approvers.flatMap((one) => (one.by === 'EMPLOYEE' ? [one.employeeId] : []));
  const rights = await holdersOf(use, [...new Set(approvers.flatMap((one) => (one.by === 'RIGHT' ? [one.right] : [])))]);
  const departments = approvers.flatMap((one) => (one.by === 'DEPARTMENT_SUPERVISORS' ? [one.departmentId] : []));
  const supervisors = await supervisorsIn(use, [...new Set(departments)]);
  const above = ownerId && asks('OWNERS_SUPERVISOR') ? await supervisorsOf(use, ownerId) : [];
  const all = [
    ...named,
    ...Object.values(rights).flat(),
    ...Object.values(supervisors).flat(),
    ...above,
    ...also,
    ...(ownerId ? [ownerId] : []),
  ];
  const here = await withStandIns(use, await holdHere(use, [...new Set(all)], held), templateId, held);
  const ofThese = (ids: readonly string[]): string[] => ids.filter((id) => here.has(id));
  return { owner: ownerId && here.has(ownerId) ? ownerId : null, ownersSupervisors: ofThese(above), rights, supervisors, here };
}

/** Locks employees who are there, as everybody locks them: in the order of their ids. */
async function holdHere(use: UseCase, ids: readonly string[], held: boolean): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map();
  const found = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('id', 'in', ids)
    .where('left_at', 'is', null)
    .orderBy('id')
    .$if(held, (query) => query.forShare())
    .execute();
  return new Map(found.map(({ id }) => [id, { id, isGone: false }]));
}

/** With whoever stands in for them, of the forms of a template; read behind their lock. */
async function withStandIns(
  use: UseCase,
  here: ReadonlyMap<string, Person>,
  templateId: string | undefined,
  held: boolean,
): Promise<ReadonlyMap<string, Person>> {
  if (templateId === undefined || here.size === 0) return here;
  const away = await awayAmong(use, [...here.keys()]);
  const standIns = await Promise.all(
    away.map(
      async (id): Promise<readonly [string, Person]> => [
        id,
        { id, isGone: false, standIn: (await standInsFor(use, id, held))(templateId) },
      ],
    ),
  );
  return new Map([...here, ...standIns]);
}

async function holdersOf(use: UseCase, rights: readonly string[]): Promise<Record<string, string[]>> {
  if (rights.length === 0) return {};
  const found = await use
    .on(adminRights)
    .selectFrom('admin_rights')
    .select(['admin_right', 'employee_id'])
    .where('admin_right', 'in', rights as never)
    .where('department_id', 'is', null)
    .orderBy('employee_id')
    .execute();
  return grouped(found.map(({ admin_right, employee_id }) => [admin_right, employee_id]));
}

async function supervisorsIn(use: UseCase, departments: readonly string[]): Promise<Record<string, string[]>> {
  if (departments.length === 0) return {};
  const found = await use
    .on(departmentMembers)
    .selectFrom('department_members')
    .select(['department_id', 'employee_id'])
    .where('department_id', 'in', departments)
    .where('is_supervisor', '=', true)
    .orderBy('employee_id')
    .execute();
  return grouped(found.map(({ department_id, employee_id }) => [department_id, employee_id]));
}

/** The nearest supervisors: of the departments that somebody is in, else of those above them; nobody supervises themself. */
export async function supervisorsOf(use: UseCase, employeeId: string): Promise<string[]> {
  const found = await use
    .on(departmentMembers, departmentClosure, employees)
    .selectFrom('department_members as own')
    .innerJoin('department_closure as tree', 'tree.descendant_id', 'own.department_id')
    .innerJoin('department_members as lead', 'lead.department_id', 'tree.ancestor_id')
    .innerJoin('employees as employee', 'employee.id', 'lead.employee_id')
    .select(['lead.employee_id', 'tree.depth'])
    .where('own.employee_id', '=', employeeId)
    .where('lead.is_supervisor', '=', true)
    .where('lead.employee_id', '<>', employeeId)
    .where('employee.left_at', 'is', null)
    .orderBy('tree.depth')
    .orderBy('lead.employee_id')
    .execute();
  const nearest = found[0]?.depth;
  return [...new Set(found.filter(({ depth }) => depth === nearest).map(({ employee_id }) => employee_id))];
}

const grouped = (pairs: readonly (readonly [string, string])[]): Record<string, string[]> =>
  Object.fromEntries([...Map.groupBy(pairs, ([key]) => key)].map(([key, of]) => [key, of.map(([, value]) => value)]));
