import { contactAudience, notificationKind, type UseCase } from '@guichet/sdk';
import { orderDelivered, orderShipped, receiptDisputed } from './shipping.events.ts';

const ABOUT = { type: 'BusinessForm', id: ({ formId }: { readonly formId: string }) => formId } as const;

/** The customer is told what has gone out, and how to follow it. */
const shippedKind = notificationKind({
  kind: 'ORDERING_SHIPPED',
  description: { en: 'Goods of your order have gone out.', 'zh-CN': '您的订单已发货。' },
  on: orderShipped,
  for: ['CONTACT'],
  about: ABOUT,
  to: (_, { contactId }) => [{ id: contactId, kind: 'CONTACT' }],
  facts: ({ tracking }) => ({ tracking }),
  text: ({ count, subject, facts: { tracking } }) => {
    const [what, was] = count > 1 ? [`${count} shipments`, `${count} 批货物`] : [subject ?? 'Your order', subject ?? '您的订单'];
    const by = tracking ? `: ${tracking}` : '';
    return { en: `${what} shipped${by}.`, 'zh-CN': `${was}已发货${by}。` };
  },
});

/** The customer is told that goods are there: it is theirs to say whether they have come. */
const deliveredKind = notificationKind({
  kind: 'ORDERING_DELIVERED',
  description: { en: 'Goods of your order were delivered.', 'zh-CN': '您的订单已送达。' },
  on: orderDelivered,
  for: ['CONTACT'],
  about: ABOUT,
  to: (_, { contactId }) => [{ id: contactId, kind: 'CONTACT' }],
  text: ({ count, subject }) => ({
    en:
      count > 1 ? `${count} shipments were delivered: say what has come.` : `${subject ?? 'Your order'} was delivered: say what has come.`,
    'zh-CN': count > 1 ? `${count} 批货物已送达，请确认收货。` : `${subject ?? '您的订单'}已送达，请确认收货。`,
  }),
});

/** Whoever answers for the customer is told that something has not come as it should. */
const disputedKind = notificationKind({
  kind: 'ORDERING_DISPUTED',
  description: { en: 'A customer says that goods have not come as they should.', 'zh-CN': '客户对收货提出异议。' },
  on: receiptDisputed,
  about: ABOUT,
  to: async (use: UseCase, { contactId }) => {
    const { ownerId } = await use.service(contactAudience).factsOf(use, contactId);
    return ownerId ? [{ id: ownerId, kind: 'EMPLOYEE' }] : [];
  },
  text: ({ count, subject }) => ({
    en: count > 1 ? `${count} deliveries are disputed.` : `The delivery of ${subject ?? 'an order'} is disputed.`,
    'zh-CN': count > 1 ? `${count} 批收货有异议。` : `${subject ?? '订单'} 的收货有异议。`,
  }),
});

export const shippingNotifications = [shippedKind, deliveredKind, disputedKind];
