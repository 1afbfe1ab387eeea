import { forbidden, invalid, type UseCase } from '../../sdk/index.ts';
import { directory, employees, holdDirectory, refuseLastAdmin, refuseMoreRights, scopeOf } from '../directory/index.ts';
import type { LeavingRequest } from './leaving.service.ts';
import { employeeAlreadyLeft } from './transfer.errors.ts';

const EMPLOYEE = ['input', 'employeeId'];

/**
 * Finds who leaves and who is named to go on, and refuses what is not the seat's to do. Nobody lets themself go: it ends rights, and one's own
 * are not one's to end. Rows are locked later, in the order that everybody keeps; what is looked at here is the directory's, which is held.
 * @throws NotFound, FORBIDDEN, EmployeeAlreadyLeft, ValidationFailed, LastAdmin, RightNotYours
 */
export async function refuseLeaving(use: UseCase, { employeeId, successorId }: LeavingRequest): Promise<void> {
  await holdDirectory(use);
  await use.find('Employee', employeeId, EMPLOYEE);
  if (successorId) await use.find('Employee', successorId, ['input', 'successorId']);
  const left = await whoLeft(use, [employeeId, use.seat.id]);
  const may = await use.may('Employee', employeeId, directory.manage);
  if (!may || left.has(use.seat.id)) throw forbidden(directory.manage);
  if (left.has(employeeId)) throw employeeAlreadyLeft({ employee: employeeId }, EMPLOYEE);
  if (employeeId === use.seat.id)
    throw invalid(EMPLOYEE, 'SELF', { en: 'Another admin lets you go.', 'zh-CN': '须由其他管理员为您办理离职。' });
  await refuseLastAdmin(use, employeeId);
  // leaving ends rights: an admin of the whole staff lets everybody go, one of departments nobody whose rights they could not take
  if ((await scopeOf(use, use.seat.id, 'DIRECTORY')) !== 'ALL') await refuseMoreRights(use, employeeId);
}

async function whoLeft(use: UseCase, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('id', 'in', ids)
    .where('left_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
