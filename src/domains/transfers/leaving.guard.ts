import { forbidden, invalid, type UseCase } from '../../sdk/index.ts';
import {
  directory,
  employees,
  holdDirectory,
  membershipsOf,
  reachedBy,
  refuseGrowth,
  refuseLastAdmin,
  refuseMoreRights,
  scopeOf,
  supervises,
  tellRightNotYours,
} from '../directory/index.ts';
import type { LeavingRequest } from './leaving.service.ts';
import { findSuccession } from './succession.service.ts';
import { employeeAlreadyLeft } from './transfer.errors.ts';

const EMPLOYEE = ['input', 'employeeId'];
const SUCCESSOR = ['input', 'successorId'];

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
  if ((await scopeOf(use, use.seat.id, 'DIRECTORY')) !== 'ALL') await refuseMoreRights(use, employeeId, EMPLOYEE);
  await refuseGain(use, employeeId, successorId);
}

/**
 * Contacts come to whoever goes on, and so below rights over contacts that did not reach them: naming somebody is as good as moving the leaver
 * to them (docs/decisions/moving-and-rights.md). Whom the rules of succession find is not the seat's choice, but where they sit may be; so
 * one's own right never grows by it. Oneself is named by whom the rules find, or who could take the contacts over without a leaving.
 * @throws RightNotYours
 */
async function refuseGain(use: UseCase, employeeId: string, named: string | undefined): Promise<void> {
  if (named === employeeId) return;
  const found = (await findSuccession(use, employeeId)).successorId;
  const heir = named ?? found;
  if (heir === null) return;
  const [from, to] = [await seatsOf(use, employeeId), await seatsOf(use, heir)];
  const isOwn = heir === use.seat.id && heir !== found;
  if (isOwn && !(await reachedBy(use, 'CONTACTS', [employeeId])).has(employeeId) && !(await supervises(use, employeeId)))
    throw await tellRightNotYours(use, { right: 'CONTACTS', scope: from.length ? from : 'ALL' }, { act: 'SUCCEED', path: SUCCESSOR });
  const coming = { to: to.filter((id) => !from.includes(id)), from, path: named ? SUCCESSOR : EMPLOYEE };
  await refuseGrowth(use, coming, { right: 'CONTACTS', ...(heir === found ? { holderId: use.seat.id } : {}) });
}
const seatsOf = async (use: UseCase, employeeId: string): Promise<string[]> =>
  (await membershipsOf(use, employeeId)).map(({ department_id }) => department_id);

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
