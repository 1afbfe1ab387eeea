import { employeeLeft, notificationKind, notificationKinds, register } from '../../sdk/index.ts';

const takenOver = notificationKind({
  kind: 'LEAVER_TAKEN_OVER',
  description: { en: 'A colleague has left, and you go on with what they had.', 'zh-CN': '有同事离职，由您接手其工作。' },
  on: employeeLeft,
  about: { type: 'Employee', id: ({ employeeId }) => employeeId },
  to: (_, { successorId }) => (successorId ? [{ id: successorId, kind: 'EMPLOYEE' }] : []),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} colleagues have left, and you go on with what they had.`, 'zh-CN': `有 ${count} 位同事离职，由您接手其工作。` }
      : {
          en: `${subject ?? 'A colleague'} has left, and you go on with what they had.`,
          'zh-CN': `${subject ?? '有同事'}离职，由您接手其工作。`,
        },
});

export const leavingNotifications = [register(notificationKinds, takenOver)];
