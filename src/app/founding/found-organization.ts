import { seatIndex } from '../../domains/accounts/index.ts';
import { builtInFieldRows, contactFields } from '../../domains/contacts/index.ts';
import {
  adminRights,
  departmentClosure,
  departmentMembers,
  departments,
  employeeSearchTerms,
  employees,
  employeeTermRows,
} from '../../domains/directory/index.ts';
import { certifications, organizations } from '../../domains/organization/index.ts';
import { serviceWindows } from '../../domains/service-window/index.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import type { Runtime } from '../runtime.ts';
import type { OrganizationPlan, PlannedEmployee } from './organization-plan.ts';

/** What is there once an organization has been founded: UUIDs of its employees, in the order of the plan. */
export interface Founded {
  readonly employeeIds: readonly string[];
  readonly at: Date;
}

/**
 * Makes an organization with its departments, employees and rights; everything or nothing. Passed over where it is there already.
 * @param also what else belongs to the founding, in its transaction
 */
export async function foundOrganization(
  { pools, switchboard, now }: Runtime,
  plan: OrganizationPlan,
  also: (transaction: Transaction, founded: Founded) => void = () => {},
): Promise<void> {
  await inTransaction(pools.requests, plan.id, async (transaction) => {
    const db = transaction.on({ organizations });
    const at = now();
    const made = await db
      .insertInto('organizations')
      .values({
        organization_id: plan.id,
        name: plan.name,
        certification: plan.certification,
        country: plan.country,
        time_zone: plan.timeZone,
        is_demo: plan.isDemo,
        created_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) return;
    transaction.insert(certifications, { id: uuidv7(), at, level: plan.certification, reason: '' });
    transaction.insert(contactFields, builtInFieldRows(uuidv7));
    const ids = foundDepartments(transaction, plan);
    const seats = switchboard.service(seatIndex);
    const hired = plan.employees.map((employee) => ({ id: hire(transaction, employee, ids, at), phone: employee.phone }));
    for (const { id, phone } of hired)
      await seats.add({ transaction, organizationId: plan.id, now: at }, { seatId: id, kind: 'EMPLOYEE', phone, isDemo: plan.isDemo });
    if (plan.hasWindow) transaction.insert(serviceWindows, { opened_at: at, opened_by: hired[0]!.id });
    also(transaction, { employeeIds: hired.map(({ id }) => id), at });
  });
}

function foundDepartments(transaction: Transaction, { departments: planned }: OrganizationPlan): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  /** Units from the widest down to the one of this name. */
  const pathOf = (name: string): readonly string[] => {
    const parent = planned.find(([unit]) => unit === name)?.[1];
    return [...(parent ? pathOf(parent) : []), name];
  };
  for (const [name] of planned) ids.set(name, uuidv7());
  transaction.insert(
    departments,
    planned.map(([name, parent]) => ({ id: ids.get(name)!, name, parent_id: parent ? ids.get(parent)! : null })),
  );
  transaction.insert(
    departmentClosure,
    planned.flatMap(([name]) =>
      pathOf(name)
        .toReversed()
        .map((above, depth) => ({ ancestor_id: ids.get(above)!, descendant_id: ids.get(name)!, depth })),
    ),
  );
  return ids;
}

function hire(transaction: Transaction, employee: PlannedEmployee, ids: ReadonlyMap<string, string>, at: Date): string {
  const id = uuidv7();
  const { name, phone, position, department, supervises = false, rights = [], scopedRights = [] } = employee;
  const hired = at.toISOString().slice(0, 10);
  transaction.insert(employees, { id, name, phone, position, seniority_date: hired, portal_id: crypto.randomUUID() });
  transaction.insert(employeeSearchTerms, employeeTermRows(id, { name, nickname: null, staff_number: null }));
  transaction.insert(departmentMembers, {
    department_id: ids.get(department)!,
    employee_id: id,
    is_main: true,
    is_supervisor: supervises,
    joined_at: at,
  });
  const held = [...rights.map((right) => ({ right, department: undefined })), ...scopedRights];
  transaction.insert(
    adminRights,
    held.map(({ right, department: scope }) => ({
      id: uuidv7(),
      employee_id: id,
      admin_right: right,
      department_id: scope ? ids.get(scope)! : null,
    })),
  );
  return id;
}
