import { notificationKind } from '@guichet/sdk';
import { Buyer } from './credit.entity.ts';
import { approvalAsked, requestDecided } from './order-request.events.ts';

const ABOUT = { type: 'OrderRequest', id: ({ requestId }: { readonly requestId: string }) => requestId } as const;

/** Those who approve in the company are told what waits for them; whoever asks is none of them for it. */
const askedKind = notificationKind({
  kind: 'ORDERING_APPROVAL_ASKED',
  description: { en: 'A colleague wants to order something that you are to approve.', 'zh-CN': '同事的订单待您审批。' },
  for: ['CONTACT'],
  on: approvalAsked,
  about: ABOUT,
  to: async (use, { companyId }) =>
    (await use.em.find(Buyer, { companyId, role: 'APPROVER' })).map(({ contactId }) => ({ id: contactId, kind: 'CONTACT' as const })),
  text: ({ count }) => ({
    en: count > 1 ? `${count} orders wait for your approval.` : 'An order waits for your approval.',
    'zh-CN': count > 1 ? `有 ${count} 张订单待您审批。` : '有一张订单待您审批。',
  }),
});

const decidedKind = notificationKind({
  kind: 'ORDERING_REQUEST_DECIDED',
  description: { en: 'Your company has decided about an order of yours.', 'zh-CN': '贵公司已审批您的订单。' },
  for: ['CONTACT'],
  on: requestDecided,
  about: ABOUT,
  to: (_, { contactId }) => [{ id: contactId, kind: 'CONTACT' }],
  facts: ({ isApproved }) => ({ isApproved }),
  text: ({ count, facts: { isApproved } }) => {
    if (count > 1) return { en: `${count} of your orders were decided about.`, 'zh-CN': `您的 ${count} 张订单已审批。` };
    return isApproved
      ? { en: 'Your order was approved and placed.', 'zh-CN': '您的订单已获批准并提交。' }
      : { en: 'Your order was not approved.', 'zh-CN': '您的订单未获批准。' };
  },
});

export const requestNotifications = [askedKind, decidedKind];
