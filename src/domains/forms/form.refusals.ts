import { type Message, refusalType } from '../../sdk/index.ts';
import type { NotNow } from './engine/flow.types.ts';

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
  FOUR_EYES: 'You have approved the form at another step, and one of both is in another’s place: give the turn to somebody else.',
} as const;
export type ApproverReason = keyof typeof APPROVER_REASONS;
/** Whatever it is that somebody was picked for: to go on, to take a turn over, to have it back, to say what they think. */
const WHY_NOT: Readonly<Record<ApproverReason, Message>> = {
  SELF: { en: 'That is yourself: pick somebody else.', 'zh-CN': '不能选择自己，请选择其他人。' },
  SUBMITTER: { en: 'This employee has handed the form in: somebody else has to look at it.', 'zh-CN': '该员工是提交人，请由其他人处理。' },
  GONE: { en: 'This employee has left.', 'zh-CN': '该员工已离职。' },
  FIXED_ROUTE: {
    en: 'The template fixes who approves this form: leave out who goes on.',
    'zh-CN': '该表单的审批人由模板指定，请勿选择下一审批人。',
  },
  NOT_EARLIER: {
    en: 'This employee has not had the form before: it cannot go back to them.',
    'zh-CN': '该员工此前未处理过此表单，无法退回。',
  },
  FOUR_EYES: {
    en: 'You have approved this form at another step already: give this turn to somebody else.',
    'zh-CN': '您已在其他步骤审批过此表单，请将此任务转派给其他人。',
  },
  HAS_A_TURN: { en: 'This employee has a turn of this form already.', 'zh-CN': '该员工已有此表单的待办任务。' },
};
/** With what is wrong with whoever was picked. */
export const pickedWrongly = (reason: ApproverReason, path: readonly string[]): Error =>
  approverNotAllowed({ reason, message: WHY_NOT[reason] }, path);
export const approverNotAllowed = refusalType<{ reason: ApproverReason }>('ApproverNotAllowed', {
  description: 'The employee that was picked cannot have the turn that they were picked for; nothing was changed.',
  message: { en: 'This employee cannot be picked here.', 'zh-CN': '此处不能选择该员工。' },
  fields: { reason: { type: 'ApproverReason', description: 'Why not.' } },
});
export const formMoveNotAllowed = refusalType<{ customerState: string }>('FormMoveNotAllowed', {
  description: 'The form is not in a state in which this can be done; nothing was changed.',
  message: { en: 'This cannot be done with the form as it is now.', 'zh-CN': '单据当前状态不允许此操作。' },
  fields: { customerState: { type: 'CustomerFormState', description: 'The state of the form, as the customer sees it.' } },
});
const WHY_NOT_NOW: Readonly<Record<NonNullable<NotNow['because']>, Message>> = {
  OPINION: {
    en: 'You were asked for your opinion: answer it (answerConsultation), or hand it over. Somebody else decides.',
    'zh-CN': '您被征求意见：请回复意见或转交，由他人审批。',
  },
  NO_OPINION: { en: 'This turn is to decide: nobody asked for an opinion here.', 'zh-CN': '此任务需要审批，并非征求意见。' },
  YOUR_TURN: { en: 'It is your own turn: there is nobody else to remind.', 'zh-CN': '当前只待您本人处理，无需催办。' },
};
/** With why it is not the moment, where there is more to say than the form's state. */
export const notNow = (customerState: string, because: NotNow['because'], path: readonly string[]): Error =>
  formMoveNotAllowed({ customerState, ...(because && { message: WHY_NOT_NOW[because] }) }, path);
export const remindedLately = refusalType<{ nextAt: string }>('RemindedLately', {
  description: 'Whoever has the turn was reminded a short while ago; nobody is reminded twice in four hours.',
  message: { en: 'A reminder was sent a short while ago.', 'zh-CN': '刚刚已提醒过，请稍后再试。' },
  fields: { nextAt: { type: 'DateTime', description: 'From when on it can be done again.' } },
});
