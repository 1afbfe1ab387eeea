import {
  contactAdded,
  contactOwnerChanged,
  contactShareDecided,
  contactShareRequested,
  type GuichetBuilder,
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
import { employees } from '../directory/index.ts';
import { notification } from '../notifications/index.ts';
import { contacts } from './contact.entity.ts';
import { Contact, ContactShareRequest } from './contact.refs.ts';
import { whoCanShare } from './share-granters.service.ts';
import { contactShareRequests } from './share-request.entity.ts';

const employee = (id: string): NotifiedSeat<'EMPLOYEE'> => ({ id, kind: 'EMPLOYEE' });

const transferred = notificationKind({
  kind: 'CONTACT_TRANSFERRED',
  description: { en: 'A contact was given to you.', 'zh-CN': '有联系人转给您。' },
  on: contactOwnerChanged,
  about: { type: 'Contact', id: ({ contactId }) => contactId },
  to: (_, { to }) => (to ? [employee(to)] : []),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} contacts were given to you.`, 'zh-CN': `有 ${count} 位联系人转给您。` }
      : { en: `${subject ?? 'A contact'} was given to you.`, 'zh-CN': subject ? `${subject} 已转给您。` : '有联系人转给您。' },
});

const applicant = notificationKind({
  kind: 'APPLICANT_ADDED',
  description: { en: 'Somebody who applied at the window is your contact now.', 'zh-CN': '有申请加入的客户由您负责。' },
  on: contactAdded,
  about: { type: 'Contact', id: ({ contactId }) => contactId },
  to: (_, { ownerId, source }) => (ownerId && source === 'LINK' ? [employee(ownerId)] : []),
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} people who applied at the window are your contacts now.`, 'zh-CN': `有 ${count} 位申请加入的客户由您负责。` }
      : {
          en: `${subject ?? 'Somebody'} applied at the window and is your contact now.`,
          'zh-CN': subject ? `${subject} 已加入服务窗，由您负责。` : '有申请加入的客户由您负责。',
        },
});

const shareAsked = notificationKind({
  kind: 'SHARE_ASKED',
  description: { en: 'A colleague asks for a share of a contact that you may share.', 'zh-CN': '有同事申请共享您可共享的联系人。' },
  on: contactShareRequested,
  about: { type: 'ContactShareRequest', id: ({ requestId }) => requestId },
  to: grantersOf,
  text: ({ count, subject }) =>
    count > 1
      ? { en: `${count} shares of contacts are asked for.`, 'zh-CN': `有 ${count} 个联系人共享申请。` }
      : {
          en: `${subject ?? 'A colleague'} asks for a share of a contact.`,
          'zh-CN': `${subject ?? '有同事'}申请共享联系人。`,
        },
});

const shareDecided = notificationKind({
  kind: 'SHARE_DECIDED',
  description: { en: 'Your request to share a contact was granted or refused.', 'zh-CN': '您的共享申请已处理。' },
  on: contactShareDecided,
  about: { type: 'ContactShareRequest', id: ({ requestId }) => requestId },
  to: (_, { askerId }) => [employee(askerId)],
  facts: ({ granted }) => ({ granted }),
  text: ({ count, facts: { granted } }) => {
    if (count > 1) return { en: `${count} of your requests were decided.`, 'zh-CN': `您的 ${count} 个共享申请已处理。` };
    return granted
      ? { en: 'The contact that you asked for is shared with you.', 'zh-CN': '您申请的联系人已共享给您。' }
      : { en: 'Your request to share a contact was refused.', 'zh-CN': '您的共享申请被拒绝。' };
  },
});

async function grantersOf(use: UseCase, { contactId }: { readonly contactId: string }): Promise<NotifiedSeat<'EMPLOYEE'>[]> {
  const found = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('owner_id')
    .where('id', '=', contactId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return found ? (await whoCanShare(use, found.owner_id)).map(({ id }) => employee(id)) : [];
}

export const contactNotifications = [
  ...[transferred, applicant, shareAsked, shareDecided].map((kind) => register(notificationKinds, kind)),
  register(notificationSubjects, { type: 'Contact', names: namesOfContacts }),
  register(notificationSubjects, { type: 'ContactShareRequest', names: namesOfAskers }),
];

async function namesOfContacts({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ contacts }).selectFrom('contacts').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
/** Whoever asks knows a phone and nothing else of the contact: a request is called by its asker. */
async function namesOfAskers({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ contact_share_requests: contactShareRequests, employees })
    .selectFrom('contact_share_requests as request')
    .innerJoin('employees as asker', 'asker.id', 'request.asker_id')
    .select(['request.id', 'asker.name'])
    .where('request.id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What notifications of contacts lead to. */
export function contactsOfNotifications(builder: GuichetBuilder): void {
  builder.entityFields(types.Notification, (t) => ({
    contact: t.one(Contact, {
      on: (of, contact) => sql`${contact.id} = ${of.subject_id}`,
      description: 'The contact that it is about; null where it is about none, or you can no longer see it.',
      rule: notification.from,
    }),
    shareRequest: t.one(ContactShareRequest, {
      on: (of, request) => sql`${request.id} = ${of.subject_id}`,
      description: 'The request to share a contact that it is about; null where it is about none, or you can no longer see it.',
      rule: notification.from,
    }),
  }));
}
