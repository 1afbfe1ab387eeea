import { refusalType } from '@guichet/sdk';
import type { ChangedLine } from './order.rules.ts';

/** What was seen is not what it costs now: nothing was ordered. */
export const orderingPriceChanged = refusalType<{ lines: readonly ChangedLine[] }>('OrderingPriceChanged', {
  description: 'Prices are not those that you have seen; nothing was ordered. Look at the lines, and order again with the new prices.',
  message: { en: 'Some prices have changed since you saw them.', 'zh-CN': '部分价格已变动，请确认后重新下单。' },
  fields: { lines: { type: '[OrderingChangedPrice]', description: 'Each line whose price has changed.' } },
});

interface Amount {
  readonly amount: number;
  readonly currency: string;
}
/** The company would owe more than it may: nothing was ordered, or changed. */
export const orderingCreditExceeded = refusalType<{ left?: Amount }>('OrderingCreditExceeded', {
  description: 'The customer’s company would owe more than its limit: nothing was done. It can pay first, or order less.',
  message: { en: 'This is more than the credit that is left.', 'zh-CN': '超出剩余信用额度。' },
  fields: {
    left: {
      type: 'Money',
      description: 'What can still be ordered before something is paid; null for whoever does not keep credit and is not of the company.',
    },
  },
});

/** Somebody else of the company is to approve it before it is placed: nothing was ordered. */
export const orderingApprovalNeeded = refusalType<{ above?: Amount }>('OrderingApprovalNeeded', {
  description:
    'Somebody else of the customer’s company is to approve so much first: ask for it by `requestOrderApproval`, on behalf of a contact by `requestCustomerApproval`.',
  message: {
    en: 'An order of this amount is to be approved in the customer’s company first.',
    'zh-CN': '该金额的订单须先经客户公司内部审批。',
  },
  fields: {
    above: {
      type: 'Money',
      description: 'Above so much an order is approved first; null for whoever does not keep credit and is not of the company.',
    },
  },
});
