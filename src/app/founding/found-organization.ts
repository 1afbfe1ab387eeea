import { seatIndex } from '../../domains/accounts/index.ts';
import { adminRights, departmentClosure, departmentMembers, departments, employees } from '../../domains/directory/index.ts';
import { organizations } from '../../domains/organization/index.ts';
import { serviceWindows } from '../../domains/service-window/index.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import type { Runtime } from '../runtime.ts';
import type { OrganizationPlan, PlannedEmployee } from './organization-plan.ts';

const TABLES = {
  organizations,
  employees,
  departments,
  department_closure: departmentClosure,
  department_members: departmentMembers,
  admin_rights: adminRights,
  service_windows: serviceWindows,
};

/** Makes an organization with its departments, employees and rights; everything or nothing. Passed over where it is there already. */
export async function foundOrganization({ pools, switchboard, now }: Runtime, plan: OrganizationPlan): Promise<void> {
  await inTransaction(pools.requests, plan.id, async (transaction) => {
    const db = transaction.on(TABLES);
    const at = now();
    const made = await db
      .insertInto('organizations')
      .values({ organization_id: plan.id, name: plan.name, certification: plan.certification, is_demo: plan.isDemo, created_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) return;
    const ids = await foundDepartments(transaction, plan);
    const seats = switchboard.service(seatIndex);
    for (const employee of plan.employees) {
      const id = await hire(transaction, plan, employee, ids, at);
      await seats.add(
        { transaction, organizationId: plan.id, now: at },
        { seatId: id, kind: 'EMPLOYEE', phone: employee.phone, isDemo: plan.isDemo },
      );
    }
    if (!plan.hasWindow) return;
    const { id } = await db.selectFrom('employees').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow();
    await db.insertInto('service_windows').values({ organization_id: plan.id, opened_at: at, opened_by: id }).execute();
  });
}

async function foundDepartments(transaction: Transaction, plan: OrganizationPlan): Promise<ReadonlyMap<string, string>> {
  const db = transaction.on(TABLES);
  const ids = new Map<string, string>();
  for (const [name, parent] of plan.departments) {
    const id = uuidv7();
    ids.set(name, id);
    const parentId = parent ? ids.get(parent)! : null;
    await db.insertInto('departments').values({ organization_id: plan.id, id, name, parent_id: parentId }).execute();
    const above = parentId
      ? await db.selectFrom('department_closure').select(['ancestor_id', 'depth']).where('descendant_id', '=', parentId).execute()
      : [];
    const rows = [{ ancestor_id: id, depth: 0 }, ...above.map((row) => ({ ancestor_id: row.ancestor_id, depth: row.depth + 1 }))];
    await db
      .insertInto('department_closure')
      .values(rows.map((row) => ({ ...row, organization_id: plan.id, descendant_id: id })))
      .execute();
  }
  return ids;
}

async function hire(
  transaction: Transaction,
  plan: OrganizationPlan,
  employee: PlannedEmployee,
  ids: ReadonlyMap<string, string>,
  at: Date,
): Promise<string> {
  const db = transaction.on(TABLES);
  const id = uuidv7();
  const { name, phone, position, department, supervises = false, rights = [], scopedRights = [] } = employee;
  const own = { organization_id: plan.id };
  const hired = at.toISOString().slice(0, 10);
  await db
    .insertInto('employees')
    .values({ ...own, id, name, phone, position, seniority_date: hired, portal_id: crypto.randomUUID() })
    .execute();
  await db
    .insertInto('department_members')
    .values({ ...own, department_id: ids.get(department)!, employee_id: id, is_main: true, is_supervisor: supervises, joined_at: at })
    .execute();
  const held = [...rights.map((right) => ({ right, department: undefined })), ...scopedRights];
  for (const { right, department: scope } of held) {
    const row = { ...own, id: uuidv7(), employee_id: id, admin_right: right, department_id: scope ? ids.get(scope)! : null };
    await db.insertInto('admin_rights').values(row).execute();
  }
  return id;
}
