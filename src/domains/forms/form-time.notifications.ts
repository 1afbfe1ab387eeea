import {
  type FormMoved,
  type FormTurn,
  formMoved,
  formTaskDue,
  type Noticed,
  notificationKind,
  notificationKinds,
  register,
} from '../../sdk/index.ts';
import { called, claimants, employee } from './form.notifications.ts';

const ofTask = { type: 'FormTask', id: ({ taskId }: { readonly taskId: string }) => taskId };

/** Whoever has a turn is told before it is due, and when it is overdue. */
const taskDue = notificationKind({
  kind: 'TASK_DUE',
  description: { en: 'A task of yours falls due soon, or is overdue.', 'zh-CN': '您的审批任务即将到期或已逾期。' },
  on: formTaskDue,
  about: ofTask,
  to: (use, { employeeId }) => (employeeId ? [employee(employeeId)] : claimants(use)),
  facts: ({ isOverdue }) => ({ isOverdue }),
  text: ({ count, subject, facts }) => {
    if (count > 1) return { en: `${count} tasks fall due or are overdue.`, 'zh-CN': `有 ${count} 个审批任务即将到期或已逾期。` };
    return facts.isOverdue
      ? called(subject, { en: 'A task is overdue', 'zh-CN': '审批任务已逾期' })
      : called(subject, { en: 'A task falls due soon', 'zh-CN': '审批任务即将到期' });
  },
});

const turnsAbove = ({ move, turns }: Noticed<FormMoved>): readonly FormTurn[] => (move === 'ESCALATED' ? turns : []);
/** The supervisors who have a turn of their own by now. */
const taskEscalated = notificationKind({
  kind: 'TASK_ESCALATED',
  description: { en: 'A task of somebody below you is overdue: you may decide it.', 'zh-CN': '您下属的审批任务已逾期，您可以处理。' },
  on: formMoved,
  each: turnsAbove,
  about: ofTask,
  to: (_, { employeeId }) => (employeeId ? [employee(employeeId)] : []),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} tasks of people below you are overdue.`, 'zh-CN': `您下属有 ${count} 个审批任务已逾期。` }
      : called(subject, { en: 'A task of somebody below you is overdue', 'zh-CN': '您下属的审批任务已逾期' }),
});

/** Where nobody above its holder can help, the admins hear of it: they reassign it. */
const taskLeft = notificationKind({
  kind: 'TASK_OVERDUE',
  description: {
    en: 'A task is overdue, and nobody is above its holder: an admin may reassign it.',
    'zh-CN': '审批任务已逾期且无上级可处理，请管理员改派。',
  },
  on: formTaskDue,
  each: (due) => (due.isAdminsTurn && due.employeeId !== null ? [due] : []),
  about: ofTask,
  to: (use) => claimants(use),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} tasks are overdue, and nobody above can help.`, 'zh-CN': `有 ${count} 个审批任务已逾期且无上级可处理。` }
      : called(subject, { en: 'A task is overdue, and nobody is above its holder', 'zh-CN': '审批任务已逾期且无上级可处理' }),
});

export const timeNotifications = [taskDue, taskEscalated, taskLeft].map((kind) => register(notificationKinds, kind));
