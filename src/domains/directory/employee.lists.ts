import { type ConditionInputs, exists, isAmong, type RowHandle, type Sql, sql, words } from '../../sdk/index.ts';
import { adminRights, departmentClosure, departmentMembers, type employees } from './directory.entity.ts';
import { Department } from './directory.refs.ts';
import { readsPersonal } from './directory.roles.ts';

export const EmployeeStandingName = words('EmployeeStanding', 'Whether somebody is employed.', {
  EMPLOYED: 'They are employed.',
  LEFT: 'They have left the organization.',
  ALL: 'Either.',
});

interface EmployeeInputs extends Pick<ConditionInputs, 'seat'> {
  argument(name: 'right', sqlType: string): Sql;
  given(name: 'departmentId' | 'right'): boolean;
  word(name: 'standing'): string;
  id(name: 'departmentId', type: typeof Department): Sql;
}
/** Which employees a list has (spec 10.1). What a seat may not read of somebody does not find them: rights are asked of those alone whose rights it reads. */
export function employeeCondition(row: RowHandle<typeof employees>, { seat, argument, given, word, id }: EmployeeInputs): Sql {
  const parts = [standing(row, word('standing'))];
  if (given('departmentId'))
    parts.push(
      isAmong(row.id, row, { tree: departmentClosure, member: departmentMembers }, ({ tree, member }) => ({
        value: member.employee_id,
        where: sql`${tree.ancestor_id} = ${id('departmentId', Department)} and ${member.department_id} = ${tree.descendant_id}`,
      })),
    );
  if (given('right')) {
    const holds = ({ held }: { readonly held: RowHandle<typeof adminRights> }): Sql =>
      sql`${held.employee_id} = ${row.id} and ${held.admin_right} = ${argument('right', 'text')}`;
    parts.push(sql`${exists(row, { held: adminRights }, holds)} and ${readsPersonal(row, seat)}`);
  }
  return parts.reduce((all, one) => sql`${all} and ${one}`);
}

const standing = ({ left_at }: Pick<RowHandle<typeof employees>, 'left_at'>, asked: string): Sql =>
  asked === 'ALL' ? sql`true` : asked === 'LEFT' ? sql`${left_at} is not null` : sql`${left_at} is null`;
