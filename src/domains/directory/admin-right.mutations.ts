import {
  AdminRightName,
  adminRightChanged,
  type GuichetBuilder,
  type InputMaker,
  invalid,
  type PayloadFields,
  type UseCase,
} from '../../sdk/index.ts';
import {
  grantRight,
  MOST_DEPARTMENTS,
  refuseBeyondOwn,
  refuseLastAdmin,
  refuseUseless,
  scopeOf,
  takeRight,
} from './admin-right.service.ts';
import { lastAdmin, rightNotYours } from './directory.errors.ts';
import { Department, Employee } from './directory.refs.ts';
import { holdDirectory } from './directory-turn.service.ts';
import { holdEmployee, stillEmployed } from './employee-editing.service.ts';
import { type EndedRight, endingRights } from './ended-right.service.ts';
import { doneOrForeseen, dryRun, effects, type Foreseen } from './foresight.graphql.ts';
import { directory } from './permissions.ts';

const whose = (t: InputMaker) => ({
  employeeId: t.globalId(Employee, { description: 'Whose right; never your own.' }),
  right: t.choice(AdminRightName, { description: 'The right.' }),
  ...dryRun(t),
});
const success = (t: PayloadFields<{ employee: string } & Foreseen>) => ({
  ...effects(t),
  employee: t.loaded(Employee, 'employee', { description: 'The employee, with the rights of now.', rule: directory.read }),
});

/** Rights are granted and taken by admins with DIRECTORY, as far as their own go; those of plugins by holders of PLUGINS (spec 2.3b). */
export function rightMutations(builder: GuichetBuilder): void {
  builder.useCase('grantAdminRight', {
    description:
      'Grants a right, beside what the employee holds of it. You grant what you hold yourself, no further than you hold it; a plugin’s right where you hold PLUGINS for the whole organization.',
    rule: directory.manage,
    input: (t) => ({
      ...whose(t),
      departmentIds: t.globalIds(Department, {
        description:
          'Departments that it is for, with those below them; left out for the whole organization. Grants add up: to narrow a right, revoke it and grant it anew.',
        required: false,
        least: 1,
        most: MOST_DEPARTMENTS,
      }),
    }),
    refusals: [rightNotYours],
    guard: async (use, given) => {
      const employee = await heldStaff(use, given.employeeId);
      await use.findAll('Department', given.departmentIds ?? [], (at) => ['input', 'departmentIds', String(at)]);
      return employee;
    },
    run: async (use, { employeeId, right, departmentIds, dryRun: isDry }, employee) => {
      stillEmployed(employee);
      const scope = departmentIds ? [...new Set(departmentIds)] : 'ALL';
      refuseUseless(right, scope);
      await refuseBeyondOwn(use, employeeId, right, scope);
      const act = async () => void (await grantRight(use, employeeId, right, scope));
      return { employee: employeeId, ...(await doneOrForeseen(use, { about: employeeId, isDry }, async () => [employeeId], act)) };
    },
    success,
  });
  builder.useCase('revokeAdminRight', {
    description: 'Takes a right away, as far as the employee holds it. You take what you hold yourself, at least as far.',
    rule: directory.manage,
    input: whose,
    refusals: [rightNotYours, lastAdmin],
    guard: (use, given) => heldStaff(use, given.employeeId),
    run: async (use, { employeeId, right, dryRun: isDry }) => {
      const held = await scopeOf(use, employeeId, right);
      if (held === undefined) throw notHeld();
      if (employeeId !== use.seat.id) await refuseLastAdmin(use, employeeId, [right]);
      await refuseBeyondOwn(use, employeeId, right, held);
      const act = async () => {
        await takeRight(use, employeeId, right);
        await use.announce(adminRightChanged({ employeeId, right, granted: false }));
      };
      const ended = await endingRights(use, employeeId, right);
      return { employee: employeeId, ended, ...(await doneOrForeseen(use, { about: employeeId, isDry }, async () => [employeeId], act)) };
    },
    success: (t) => ({
      ...success(t),
      ended: t.field({
        type: ['EndedRight' as never],
        description: 'What they lose, or would.',
        rule: directory.manage,
        resolve: ({ ended }: { ended: readonly EndedRight[] }) => ended as never,
      }),
    }),
  });
}

async function heldStaff(use: UseCase, employeeId: string) {
  await holdDirectory(use);
  return holdEmployee(use, employeeId);
}

const notHeld = () => invalid(['input', 'right'], 'NOT_HELD', { en: 'They do not hold this right.', 'zh-CN': '该员工没有此项权限。' });
