import { refusalType } from '../../sdk/index.ts';

export const taskAlreadyDecided = refusalType<{ task: string }>('TaskAlreadyDecided', {
  description: 'The task was decided before; nothing was changed.',
  message: { en: 'This task has been decided already.', 'zh-CN': '该任务已被处理。' },
  fields: { task: { type: 'FormTask', object: true, description: 'The task as it is now.' } },
});
export const taskNotYours = refusalType('TaskNotYours', {
  description: 'You see the task, and it is not yours to decide; nothing was changed.',
  message: { en: 'This task is not yours to decide.', 'zh-CN': '该任务不由您处理。' },
});
export const taskAlreadyClaimed = refusalType<{ task: string }>('TaskAlreadyClaimed', {
  description: 'Somebody else was first to take the task.',
  message: { en: 'Somebody has taken this task already.', 'zh-CN': '该任务已被他人领取。' },
  fields: { task: { type: 'FormTask', object: true, description: 'The task as it is now.' } },
});
export const APPROVER_REASONS = {
  SELF: 'It is yourself.',
  SUBMITTER: 'It is the one who submitted the form.',
  GONE: 'The employee has left.',
  FIXED_ROUTE: 'The template fixes who approves; nobody is picked.',
  NOT_EARLIER: 'The employee has not had the form before.',
  HAS_A_TURN: 'The employee has a turn already.',
} as const;
export type ApproverReason = keyof typeof APPROVER_REASONS;
export const approverNotAllowed = refusalType<{ reason: ApproverReason }>('ApproverNotAllowed', {
  description: 'The employee that was picked cannot be the next approver.',
  message: { en: 'This employee cannot be the next approver.', 'zh-CN': '不能选择该员工作为下一审批人。' },
  fields: { reason: { type: 'ApproverReason', description: 'Why not.' } },
});
export const formMoveNotAllowed = refusalType<{ customerState: string }>('FormMoveNotAllowed', {
  description: 'The form is not in a state in which this can be done; nothing was changed.',
  message: { en: 'This cannot be done with the form as it is now.', 'zh-CN': '单据当前状态不允许此操作。' },
  fields: { customerState: { type: 'CustomerFormState', description: 'The state of the form, as the customer sees it.' } },
});
export const remindedLately = refusalType<{ nextAt: string }>('RemindedLately', {
  description: 'Somebody was reminded a short while ago; nobody is reminded twice in four hours.',
  message: { en: 'A reminder was sent a short while ago.', 'zh-CN': '刚刚已提醒过，请稍后再试。' },
  fields: { nextAt: { type: 'DateTime', description: 'From when on it can be done again.' } },
});
