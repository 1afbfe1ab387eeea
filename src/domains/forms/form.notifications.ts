import {
  type FormMoved,
  type FormTurn,
  formMoved,
  type GuichetBuilder,
  type Message,
  type Noticed,
  type NotifiedSeat,
  notificationKind,
  notificationKinds,
  notificationSubjects,
  register,
  sql,
  type Transaction,
  types,
  type UseCase,
} from '../../sdk/index.ts';
import { adminRights, employees } from '../directory/index.ts';
import { notification } from '../notifications/index.ts';
import type { CustomerState } from './engine/flow.types.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { BusinessForm, FormTask } from './form.refs.ts';

export const employee = (id: string): NotifiedSeat<'EMPLOYEE'> => ({ id, kind: 'EMPLOYEE' });
type Sent = Pick<FormMoved, 'contactId' | 'submittedById'>;
/** The contact; among colleagues whoever has handed it in. */
const toCustomer = (_: UseCase, { contactId, submittedById }: Sent): NotifiedSeat[] => {
  if (contactId !== null) return [{ id: contactId, kind: 'CONTACT' }];
  return submittedById === null ? [] : [employee(submittedById)];
};
export const ofForm = { type: 'BusinessForm', id: ({ formId }: { readonly formId: string }) => formId };

/** What begins with a move: turns that wait for somebody. */
const turns = (of: FormTurn['kind']) => (moved: Noticed<FormMoved>) =>
  moved.move === 'ESCALATED' ? [] : moved.turns.filter(({ kind }) => kind === of);

const taskCame = notificationKind({
  kind: 'TASK_CAME',
  description: { en: 'A task came to you, or to those who may take it.', 'zh-CN': '有新的审批任务。' },
  on: formMoved,
  each: turns('APPROVAL'),
  about: { type: 'FormTask', id: ({ taskId }) => taskId },
  to: (use, { employeeId }) => (employeeId ? [employee(employeeId)] : claimants(use)),
  facts: ({ employeeId }) => ({ unclaimed: employeeId === null }),
  text: ({ count, subject, facts }) => {
    if (count > 1) return { en: `${count} tasks came.`, 'zh-CN': `有 ${count} 个新的审批任务。` };
    return facts.unclaimed
      ? called(subject, { en: 'A form waits for somebody to take it', 'zh-CN': '有表单待认领' })
      : called(subject, { en: 'A task came to you', 'zh-CN': '有新的审批任务' });
  },
});

const opinionAsked = notificationKind({
  kind: 'OPINION_ASKED',
  description: { en: 'Your opinion on a form is asked for.', 'zh-CN': '有表单征求您的意见。' },
  on: formMoved,
  each: turns('OPINION'),
  about: { type: 'FormTask', id: ({ taskId }) => taskId },
  to: (_, { employeeId }) => (employeeId ? [employee(employeeId)] : []),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `Your opinion is asked for ${count} times.`, 'zh-CN': `有 ${count} 个表单征求您的意见。` }
      : called(subject, { en: 'Your opinion is asked for', 'zh-CN': '有表单征求您的意见' }),
});

const taskReminded = notificationKind({
  kind: 'TASK_REMINDED',
  description: { en: 'Somebody reminds you of a task.', 'zh-CN': '有人催办您的审批任务。' },
  on: formMoved,
  each: ({ reminded }) => (reminded === 'CUSTOMER' ? [] : reminded),
  about: { type: 'FormTask', id: ({ taskId }) => taskId },
  to: (use, { employeeId }) => (employeeId ? [employee(employeeId)] : claimants(use)),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `You were reminded of ${count} tasks.`, 'zh-CN': `有 ${count} 个任务被催办。` }
      : called(subject, { en: 'You are reminded of a task', 'zh-CN': '有任务被催办' }),
});

/** Whoever is shown a form has nothing to do. */
const formShown = notificationKind({
  kind: 'FORM_SHOWN',
  description: { en: 'A form is shown to you; you have nothing to do.', 'zh-CN': '有表单抄送给您，无需处理。' },
  on: formMoved,
  each: ({ formId, cc }) => cc.map((employeeId) => ({ formId, employeeId })),
  about: ofForm,
  to: (_, { employeeId }) => [employee(employeeId)],
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} forms are shown to you.`, 'zh-CN': `有 ${count} 个表单抄送给您。` }
      : called(subject, { en: 'A form is shown to you', 'zh-CN': '有表单抄送给您' }),
});

/** The form's number behind what is said of it. */
export const called = (number: string | undefined, said: Message): Message =>
  number === undefined
    ? { en: `${said.en}.`, 'zh-CN': `${said['zh-CN']}。` }
    : { en: `${said.en}: ${number}.`, 'zh-CN': `${said['zh-CN']}：${number}。` };

/** Where a form stands, as its customer is told: never who handles it, or how many (spec 6.3). */
const STANDINGS: Readonly<Record<CustomerState, Message>> = {
  DRAFT: { en: 'is a draft', 'zh-CN': '为草稿' },
  RECEIVED: { en: 'was received', 'zh-CN': '已收到' },
  IN_PROGRESS: { en: 'is in progress', 'zh-CN': '处理中' },
  NEEDS_YOUR_CORRECTION: { en: 'needs your correction', 'zh-CN': '需要您补正' },
  AWAITING_YOUR_CONFIRMATION: { en: 'waits for your confirmation', 'zh-CN': '待您确认' },
  COMPLETED: { en: 'is completed', 'zh-CN': '已完成' },
  REJECTED: { en: 'was rejected', 'zh-CN': '已被拒绝' },
  WITHDRAWN: { en: 'was withdrawn', 'zh-CN': '已撤回' },
  ENDED: { en: 'was ended', 'zh-CN': '已终止' },
};
/** What a form of a contact comes to for the contact: each customer state of a move by itself, in order. */
const customerTold = notificationKind({
  kind: 'FORM_MOVED',
  description: { en: 'One of your forms has moved.', 'zh-CN': '您的表单有新进展。' },
  on: formMoved,
  // that it was received, the contact knows that handed it in; of what the company hands in for it, it is told otherwise
  each: ({ formId, contactId, submittedById, move, told }) =>
    move === 'SUBMITTED' ? [] : told.map((customerState) => ({ formId, contactId, submittedById, customerState })),
  about: ofForm,
  for: ['EMPLOYEE', 'CONTACT'],
  to: toCustomer,
  facts: ({ customerState }) => ({ customerState }),
  text: ({ count, subject, facts }) => {
    if (count > 1) return { en: `Your forms have moved ${count} times.`, 'zh-CN': `您的表单有 ${count} 项新进展。` };
    const standing = STANDINGS[facts.customerState as CustomerState];
    if (subject === undefined || !standing) return { en: 'One of your forms has moved.', 'zh-CN': '您的表单有新进展。' };
    return { en: `${subject} ${standing.en}.`, 'zh-CN': `${subject} ${standing['zh-CN']}。` };
  },
});
/** Handed in for the contact, who is not told by whom (spec 6.12). */
const submittedForCustomer = notificationKind({
  kind: 'FORM_SUBMITTED_FOR_YOU',
  description: { en: 'The company handed in a form for you.', 'zh-CN': '企业代您提交了表单。' },
  on: formMoved,
  each: (moved) => (moved.move === 'SUBMITTED' && moved.contactId !== null && moved.actorId !== null ? [moved] : []),
  about: ofForm,
  for: ['EMPLOYEE', 'CONTACT'],
  to: toCustomer,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} forms were handed in for you.`, 'zh-CN': `企业代您提交了 ${count} 个表单。` }
      : called(subject, { en: 'A form was handed in for you', 'zh-CN': '企业代您提交了表单' }),
});
const customerWritten = notificationKind({
  kind: 'FORM_COMMENTED',
  description: { en: 'You were written something about one of your forms.', 'zh-CN': '您的表单有新留言。' },
  on: formMoved,
  each: (moved) => (moved.saidToCustomer ? [moved] : []),
  about: ofForm,
  for: ['EMPLOYEE', 'CONTACT'],
  to: toCustomer,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `You were written ${count} times about your forms.`, 'zh-CN': `您的表单有 ${count} 条新留言。` }
      : called(subject, { en: 'You were written something about your form', 'zh-CN': '您的表单有新留言' }),
});
const customerReminded = notificationKind({
  kind: 'FORM_REMINDED',
  description: { en: 'You are reminded of a form that waits for you.', 'zh-CN': '有表单等待您处理。' },
  on: formMoved,
  each: (moved) => (moved.reminded === 'CUSTOMER' ? [moved] : []),
  about: ofForm,
  for: ['EMPLOYEE', 'CONTACT'],
  to: toCustomer,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `You were reminded ${count} times of forms that wait for you.`, 'zh-CN': `有 ${count} 个表单等待您处理。` }
      : called(subject, { en: 'A form waits for you', 'zh-CN': '有表单等待您处理' }),
});

/** Admins who may take what nobody holds. */
export const claimants = async (use: UseCase): Promise<NotifiedSeat<'EMPLOYEE'>[]> =>
  (
    await use
      .on(adminRights, employees)
      .selectFrom('admin_rights as held')
      .innerJoin('employees as holder', 'holder.id', 'held.employee_id')
      .select('holder.id')
      .where('held.admin_right', '=', 'FORMS')
      .where('held.department_id', 'is', null)
      .where('holder.left_at', 'is', null)
      .execute()
  ).map(({ id }) => employee(id));

export const formNotifications = [
  ...[taskCame, opinionAsked, taskReminded, formShown, submittedForCustomer, customerTold, customerWritten, customerReminded].map((kind) =>
    register(notificationKinds, kind),
  ),
  register(notificationSubjects, { type: 'BusinessForm', names: numbersOfForms }),
  register(notificationSubjects, { type: 'FormTask', names: numbersOfTasks }),
];

async function numbersOfForms({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ business_forms: businessForms })
    .selectFrom('business_forms')
    .select(['id', 'number'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}
async function numbersOfTasks({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ business_forms: businessForms, form_tasks: formTasks })
    .selectFrom('form_tasks as task')
    .innerJoin('business_forms as form', 'form.id', 'task.form_id')
    .select(['task.id', 'form.number'])
    .where('task.id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** What notifications of forms lead to. */
export function formsOfNotifications(builder: GuichetBuilder): void {
  builder.entityFields(types.Notification, (t) => ({
    form: t.one(BusinessForm, {
      on: (of, form) => sql`${form.id} = ${of.subject_id}`,
      description: 'The form that it is about; null where it is about none, or you can no longer see it.',
      rule: notification.read,
    }),
    task: t.one(FormTask, {
      on: (of, task) => sql`${task.id} = ${of.subject_id}`,
      description: 'The task that it is about; null where it is about none, or you can no longer see it.',
      rule: notification.from,
    }),
  }));
}
