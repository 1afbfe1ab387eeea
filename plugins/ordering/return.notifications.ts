import { contactAudience, type Message, notificationKind, type UseCase } from '@guichet/sdk';
import { returnMoved, returnRequested } from './return.events.ts';
import type { ReturnState } from './return.moves.ts';

const ABOUT = { type: 'BusinessForm', id: ({ formId }: { readonly formId: string }) => formId } as const;

const requestedKind = notificationKind({
  kind: 'ORDERING_RETURN_REQUESTED',
  description: { en: 'A customer asks to give goods back.', 'zh-CN': '客户申请退货。' },
  on: returnRequested,
  about: ABOUT,
  to: async (use: UseCase, { contactId }) => {
    const { ownerId } = await use.service(contactAudience).factsOf(use, contactId);
    return ownerId ? [{ id: ownerId, kind: 'EMPLOYEE' }] : [];
  },
  text: ({ count, subject }) => ({
    en: count > 1 ? `Goods of ${count} orders are to be given back.` : `Goods of ${subject ?? 'an order'} are to be given back.`,
    'zh-CN': count > 1 ? `${count} 张订单申请退货。` : `${subject ?? '订单'} 申请退货。`,
  }),
});

/** What the customer is told; of their own acts nothing. */
const TOLD: Partial<Readonly<Record<ReturnState, Message>>> = {
  APPROVED: { en: 'may be sent back', 'zh-CN': '的退货申请已通过，请寄回' },
  REFUSED: { en: 'are not taken back', 'zh-CN': '的退货申请未通过' },
  ARRIVED: { en: 'have come back', 'zh-CN': '的退货已收到' },
  CREDITED: { en: 'were credited', 'zh-CN': '的退货款已入账' },
};
const movedKind = notificationKind({
  kind: 'ORDERING_RETURN_MOVED',
  description: { en: 'What becomes of goods that you give back.', 'zh-CN': '您的退货进度。' },
  for: ['CONTACT'],
  on: returnMoved,
  about: ABOUT,
  to: (_, { contactId, state }) => (TOLD[state] ? [{ id: contactId, kind: 'CONTACT' }] : []),
  facts: ({ state }) => ({ state }),
  text: ({ count, subject, facts: { state } }) => {
    const said = TOLD[state as ReturnState]!;
    return {
      en: count > 1 ? `${count} returns have moved.` : `Goods of ${subject ?? 'your order'} ${said.en}.`,
      'zh-CN': count > 1 ? `${count} 项退货有新进展。` : `${subject ?? '您的订单'}${said['zh-CN']}。`,
    };
  },
});

export const returnNotifications = [requestedKind, movedKind];
