import {
  adminRightChanged,
  notificationKind,
  notificationKinds,
  notificationSubjects,
  register,
  type Transaction,
} from '../../sdk/index.ts';
import { employees } from './directory.entity.ts';

const rightChanged = notificationKind({
  kind: 'RIGHT_CHANGED',
  description: { en: 'You were given an admin right, or lost one.', 'zh-CN': '您的管理权限有变动。' },
  on: adminRightChanged,
  to: (_, { employeeId }) => [{ id: employeeId, kind: 'EMPLOYEE' }],
  facts: ({ right, granted }) => ({ right, granted }),
  text: ({ count, facts: { right, granted } }) => {
    if (count > 1) return { en: 'Your admin rights have changed.', 'zh-CN': '您的管理权限有变动。' };
    return granted
      ? { en: `You were given the right ${right}.`, 'zh-CN': `您已获得管理权限 ${right}。` }
      : { en: `The right ${right} was taken from you.`, 'zh-CN': `您的管理权限 ${right} 已被收回。` };
  },
});

export const rightNotifications = [
  register(notificationKinds, rightChanged),
  register(notificationSubjects, {
    type: 'Employee',
    names: async ({ on }: Transaction, ids: readonly string[]) => {
      const rows = await on({ employees }).selectFrom('employees').select(['id', 'name']).where('id', 'in', ids).execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  }),
];
