import { isReferredTo } from '../../sdk/core.ts';
import { type DepartmentUse, departmentUses, type UseCase } from '../../sdk/index.ts';
import { countBelow, type DepartmentNow, membersOf } from './department.service.ts';
import { adminRights, departmentMembers, departments, employees } from './directory.entity.ts';
import { departmentNotEmpty } from './directory.errors.ts';

const ID = ['input', 'departmentId'];

/**
 * Removes a department in which nobody and nothing is. Shares with it reach nobody any more, and end where the admin says so; what is past lets go
 * of it.
 * @throws DepartmentNotEmpty
 */
export async function removeDepartment(use: UseCase, { id }: DepartmentNow, { endShares }: { readonly endShares: boolean }): Promise<void> {
  const [members, below] = [(await membersOf(use, id)).length, await countBelow(use, id)];
  if (members || below) throw departmentNotEmpty({ members, departments: below, rightHolders: [], shares: 0, uses: [] }, ID);
  const [rightHolders, shares, uses] = [await rightHoldersOf(use, id), await sharesWith(use, id), await usesOf(use, id)];
  const refusal = departmentNotEmpty({ members: 0, departments: 0, rightHolders, shares, uses }, ID);
  if (rightHolders.length || uses.length || (shares && !endShares)) throw refusal;
  try {
    await use.inSavepoint(async () => {
      for (const { letGo } of use.registered(departmentUses)) await letGo?.(use, id);
      await forget(use, id);
    });
  } catch (error) {
    if (!isReferredTo(error)) throw error;
    throw refusal;
  }
}

/** Those who have left are no members any more. */
async function forget(use: UseCase, id: string): Promise<void> {
  const left = use.on(employees).selectFrom('employees').select('id').where('left_at', 'is not', null);
  await use
    .on(departmentMembers)
    .deleteFrom('department_members')
    .where('department_id', '=', id)
    .where('employee_id', 'in', left)
    .execute();
  await use.on(departments).deleteFrom('departments').where('id', '=', id).execute();
}

async function sharesWith(use: UseCase, id: string): Promise<number> {
  let count = 0;
  for (const { shares } of use.registered(departmentUses)) count += (await shares?.(use, id)) ?? 0;
  return count;
}

async function usesOf(use: UseCase, id: string): Promise<DepartmentUse[]> {
  const found: DepartmentUse[] = [];
  for (const { keeps } of use.registered(departmentUses)) {
    const one = await keeps?.(use, id);
    if (one) found.push(one);
  }
  return found;
}

/** Names, each once. */
async function rightHoldersOf(use: UseCase, id: string): Promise<string[]> {
  const rows = await use
    .on(adminRights, employees)
    .selectFrom('employees')
    .select('name')
    .where('id', 'in', (of) => of.selectFrom('admin_rights').select('employee_id').where('department_id', '=', id))
    .orderBy('sort_name')
    .orderBy('id')
    .execute();
  return rows.map(({ name }) => name);
}
