import { seatIndex } from '../../domains/accounts/index.ts';
import { adminRights, departmentClosure, departmentMembers, departments, employees } from '../../domains/directory/index.ts';
import { organizations } from '../../domains/organization/index.ts';
import { serviceWindows } from '../../domains/service-window/index.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import type { Runtime } from '../runtime.ts';
import type { DemoEmployee, DemoOrganization } from './seats.ts';

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
export async function foundOrganization({ pools, switchboard, now }: Runtime, demo: DemoOrganization): Promise<void> {
  await inTransaction(pools.requests, demo.id, async (transaction) => {
    const db = transaction.on(TABLES);
    const at = now();
    const made = await db
      .insertInto('organizations')
      .values({ organization_id: demo.id, name: demo.name, certification: demo.certification, is_demo: true, created_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) return;
    const ids = await foundDepartments(transaction, demo);
    const seats = switchboard.service(seatIndex);
    for (const employee of demo.employees) {
      const id = await hire(transaction, demo, employee, ids, at);
      await seats.add(
        { transaction, organizationId: demo.id, now: at },
        { seatId: id, kind: 'EMPLOYEE', phone: employee.phone, isDemo: true },
      );
    }
    if (!demo.hasWindow) return;
    const { id } = await db.selectFrom('employees').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow();
    await db.insertInto('service_windows').values({ organization_id: demo.id, opened_at: at, opened_by: id }).execute();
  });
}

async function foundDepartments(transaction: Transaction, demo: DemoOrganization): Promise<ReadonlyMap<string, string>> {
  const db = transaction.on(TABLES);
  const ids = new Map<string, string>();
  for (const [name, parent] of demo.departments) {
    const id = uuidv7();
    ids.set(name, id);
    const parentId = parent ? ids.get(parent)! : null;
    await db.insertInto('departments').values({ organization_id: demo.id, id, name, parent_id: parentId }).execute();
    const above = parentId
      ? await db.selectFrom('department_closure').select(['ancestor_id', 'depth']).where('descendant_id', '=', parentId).execute()
      : [];
    const rows = [{ ancestor_id: id, depth: 0 }, ...above.map((row) => ({ ancestor_id: row.ancestor_id, depth: row.depth + 1 }))];
    await db
      .insertInto('department_closure')
      .values(rows.map((row) => ({ ...row, organization_id: demo.id, descendant_id: id })))
      .execute();
  }
  return ids;
}

async function hire(
  transaction: Transaction,
  demo: DemoOrganization,
  employee: DemoEmployee,
  ids: ReadonlyMap<string, string>,
  at: Date,
): Promise<string> {
  const db = transaction.on(TABLES);
  const id = uuidv7();
  const { name, phone, position, department, supervises = false, rights = [] } = employee;
  const own = { organization_id: demo.id };
  const hired = at.toISOString().slice(0, 10);
  await db
    .insertInto('employees')
    .values({ ...own, id, name, phone, position, seniority_date: hired, portal_id: crypto.randomUUID() })
    .execute();
  await db
    .insertInto('department_members')
    .values({ ...own, department_id: ids.get(department)!, employee_id: id, is_main: true, is_supervisor: supervises, joined_at: at })
    .execute();
  for (const right of rights)
    await db
      .insertInto('admin_rights')
      .values({ ...own, id: uuidv7(), employee_id: id, admin_right: right as 'FORMS' })
      .execute();
  return id;
}
