import {
  type FormMoved,
  formMoved,
  type Message,
  type Noticed,
  type NotifiedSeat,
  notificationKind,
  notificationKinds,
  register,
  type UseCase,
} from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import type { FormState } from './engine/flow.types.ts';
import { formTasks } from './form.entity.ts';
import { called, claimants, employee, ofForm } from './form.notifications.ts';

// What those inside are told of a form beside their turns: who said something to them, and how it ended.

type Sent = Noticed<FormMoved>;

async function ownerOf(use: UseCase, { contactId }: Pick<Sent, 'contactId'>): Promise<NotifiedSeat<'EMPLOYEE'>[]> {
  if (contactId === null) return [];
  const found = await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', '=', contactId).executeTakeFirst();
  return found?.owner_id ? [employee(found.owner_id)] : [];
}
/** Whoever has a turn, else the contact's owner, else those who may take it. */
async function atIt(use: UseCase, moved: Pick<Sent, 'formId' | 'contactId'>): Promise<NotifiedSeat<'EMPLOYEE'>[]> {
  const open = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select('assignee_id')
    .distinct()
    .where('form_id', '=', moved.formId)
    .where('state', '=', 'OPEN')
    .execute();
  const holders = open.flatMap(({ assignee_id }) => (assignee_id ? [employee(assignee_id)] : []));
  if (holders.length) return holders;
  const owner = await ownerOf(use, moved);
  return owner.length ? owner : claimants(use);
}
const customerSaid = notificationKind({
  kind: 'CUSTOMER_COMMENTED',
  description: { en: 'A customer wrote something about a form that you are at.', 'zh-CN': '客户在您处理的表单中留言。' },
  on: formMoved,
  each: (moved) => (moved.saidToCustomer && moved.actorId === null ? [moved] : []),
  about: ofForm,
  to: atIt,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `Customers wrote ${count} times about their forms.`, 'zh-CN': `客户在表单中有 ${count} 条新留言。` }
      : called(subject, { en: 'The customer wrote something about a form', 'zh-CN': '客户在表单中留言' }),
});

/** Whoever holds the turn for which the opinion was asked that was given last. */
async function asker(use: UseCase, { formId, actorId }: Pick<Sent, 'formId' | 'actorId'>): Promise<NotifiedSeat<'EMPLOYEE'>[]> {
  if (actorId === null) return [];
  const found = await use
    .on(formTasks)
    .selectFrom('form_tasks as opinion')
    .innerJoin('form_tasks as asked', 'asked.id', 'opinion.linked_id')
    .select('asked.assignee_id')
    .where('opinion.form_id', '=', formId)
    .where('opinion.assignee_id', '=', actorId)
    .where('opinion.decision', '=', 'ANSWERED')
    .orderBy('opinion.decided_at', 'desc')
    .executeTakeFirst();
  return found?.assignee_id ? [employee(found.assignee_id)] : [];
}
const opinionGiven = notificationKind({
  kind: 'OPINION_GIVEN',
  description: { en: 'An opinion that you asked for has come.', 'zh-CN': '您征求的意见已有回复。' },
  on: formMoved,
  each: (moved) => (moved.move === 'ANSWERED' ? [moved] : []),
  about: ofForm,
  to: asker,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} opinions that you asked for have come.`, 'zh-CN': `您征求的 ${count} 条意见已有回复。` }
      : called(subject, { en: 'An opinion that you asked for has come', 'zh-CN': '您征求的意见已有回复' }),
});

const ENDINGS: Partial<Record<FormState, Message>> = {
  COMPLETED: { en: 'A form of a contact of yours is completed', 'zh-CN': '您的联系人的表单已完成' },
  REJECTED: { en: 'A form of a contact of yours was rejected', 'zh-CN': '您的联系人的表单已被拒绝' },
  WITHDRAWN: { en: 'A form of a contact of yours was withdrawn', 'zh-CN': '您的联系人的表单已撤回' },
  ENDED: { en: 'A form of a contact of yours was ended', 'zh-CN': '您的联系人的表单已终止' },
};
/** Whoever answers for the contact, and whoever handed it in for them. */
const contactsFormEnded = notificationKind({
  kind: 'CONTACTS_FORM_ENDED',
  description: {
    en: 'A form of a contact that you answer for, or that you handed in for a contact, has come to its end.',
    'zh-CN': '您负责的联系人的表单，或您代提交的表单已结束。',
  },
  on: formMoved,
  each: (moved) => (moved.contactId !== null && moved.move in ENDINGS ? [moved] : []),
  about: ofForm,
  to: async (use, moved) => {
    const owner = await ownerOf(use, moved);
    const { submittedById } = moved;
    return submittedById === null || owner.some(({ id }) => id === submittedById) ? owner : [...owner, employee(submittedById)];
  },
  facts: ({ move }) => ({ state: move }),
  text: ({ count, subject, facts }) =>
    count > 1
      ? { en: `${count} forms of contacts of yours have ended.`, 'zh-CN': `您的联系人有 ${count} 个表单已结束。` }
      : called(
          subject,
          ENDINGS[facts.state as FormState] ?? { en: 'A form of a contact of yours has ended', 'zh-CN': '您的联系人的表单已结束' },
        ),
});

export const insideNotifications = [customerSaid, opinionGiven, contactsFormEnded].map((kind) => register(notificationKinds, kind));
