import { type Message, notificationKind } from '@guichet/sdk';
import { type ChangeOutcome, changeAnswered, changeProposed } from './order-change.events.ts';

const ABOUT = { type: 'BusinessForm', id: ({ formId }: { readonly formId: string }) => formId } as const;

const proposedKind = notificationKind({
  kind: 'ORDERING_CHANGE_PROPOSED',
  description: { en: 'A change of your order was proposed.', 'zh-CN': '商家建议修改您的订单。' },
  for: ['CONTACT'],
  on: changeProposed,
  about: ABOUT,
  to: (_, { contactId }) => [{ id: contactId, kind: 'CONTACT' }],
  text: ({ count, subject }) => ({
    en:
      count > 1 ? `Changes of ${count} orders were proposed.` : `A change of ${subject ?? 'your order'} was proposed: look at it in time.`,
    'zh-CN': count > 1 ? `商家建议修改 ${count} 张订单。` : `商家建议修改${subject ?? '您的订单'}，请及时确认。`,
  }),
});

const ANSWERS: Readonly<Record<ChangeOutcome, Message>> = {
  ACCEPT: { en: 'was accepted', 'zh-CN': '已被客户接受' },
  REFUSE: { en: 'was refused', 'zh-CN': '被客户拒绝' },
  CANCEL: { en: 'was answered by giving the order up', 'zh-CN': '未被接受，客户已取消订单' },
  LAPSED: { en: 'was not answered in time', 'zh-CN': '未在期限内得到答复' },
};
const answeredKind = notificationKind({
  kind: 'ORDERING_CHANGE_ANSWERED',
  description: { en: 'A customer has answered a proposed change, or has not in time.', 'zh-CN': '客户对订单修改建议的答复。' },
  on: changeAnswered,
  about: ABOUT,
  to: (_, { proposedBy }) => [{ id: proposedBy, kind: 'EMPLOYEE' }],
  facts: ({ answer }) => ({ answer }),
  text: ({ count, subject, facts: { answer } }) => {
    const said = ANSWERS[answer as ChangeOutcome];
    return {
      en: count > 1 ? `${count} changes were answered.` : `The change of ${subject ?? 'an order'} ${said.en}.`,
      'zh-CN': count > 1 ? `${count} 项修改已有答复。` : `${subject ?? '订单'} 的修改${said['zh-CN']}。`,
    };
  },
});

export const changeNotifications = [proposedKind, answeredKind];
