import { type GuichetBuilder, refuseSuspended, sql, types, words } from '@guichet/sdk';
import { orders } from './order.entity.ts';
import { payments } from './payment.entity.ts';
import { holdAccount, MOST_PAYMENTS, recordPayment } from './payment.service.ts';
import { ordering } from './permissions.ts';
import { MOST } from './product.graphql.ts';
import { OrderAccount, OrderPayment } from './refs.ts';
import { returnsOf } from './return.graphql.ts';
import { CASHIER_ROLE, OF_FORM } from './roles.ts';

const rule = ordering.account;
const Kind = words('OrderPaymentKind', 'Which way money has gone.', {
  PAYMENT: 'It has come from the customer.',
  REFUND: 'It has gone back.',
});
const State = words('OrderPaymentState', 'Where the payment of an order stands.', {
  UNPAID: 'Nothing has been paid.',
  PART: 'Some of it has been paid.',
  PAID: 'Nothing is open.',
  REFUNDED: 'What was paid has gone back.',
});

export function paymentTypes(builder: GuichetBuilder): void {
  builder.words(Kind);
  builder.words(State);
  builder.entity(OrderPayment, {
    description: 'Money that has come, or has gone back: written down, not moved.',
    roles: [...builder.rolesThrough(types.BusinessForm, payments, 'form_id', OF_FORM), CASHIER_ROLE],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { type: Kind, description: 'Which way it has gone.', rule }),
      amount: t.money('amount_minor', 'currency', { description: 'How much.', rule, nullable: false }),
      reference: t.column('reference', { description: 'What stands on the statement of the bank.', rule }),
      recordedAt: t.column('recorded_at', { description: 'When it was written down.', rule }),
    }),
  });
  builder.entity(OrderAccount, {
    description: 'What an order costs and what has been paid of it, as whoever writes payments down knows it.',
    key: 'form_id',
    roles: [...builder.rolesThrough(types.BusinessForm, orders, 'form_id', OF_FORM), CASHIER_ROLE],
    listedFor: rule.roles,
    filters: {
      state: { compares: 'enum', column: 'payment_state', values: 'OrderPaymentState', rule, description: 'By where the payment stands.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      number: t.column('number', { description: 'Number of its form; null in orders from before they were shipped.', rule }),
      state: t.column('payment_state', { type: State, description: 'Where the payment stands.', rule }),
      total: t.money('total_minor', 'currency', { description: 'What was ordered, with tax.', rule, nullable: false }),
      credited: t.money('credited_minor', 'currency', { description: 'Taken off for what came back.', rule, nullable: false }),
      paid: t.money('paid_minor', 'currency', { description: 'What has come, less what went back.', rule, nullable: false }),
      payments: t.list(OrderPayment, {
        on: (order, payment) => sql`${payment.form_id} = ${order.form_id}`,
        description: 'What has come and gone back, the oldest first.',
        rule,
        atMost: MOST_PAYMENTS,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: rule.roles,
      }),
      returns: returnsOf(t, rule),
    }),
  });
  builder.queryField('orderAccounts', (t) =>
    t.entityPages(OrderAccount, {
      description:
        'What orders cost and what was paid of them, the newest first: those that you read, and all of them for whoever writes payments down.',
      rule,
      listedBy: () => [...rule.roles],
      check: refuseSuspended,
    }),
  );
  builder.useCase('recordPayment', {
    description: 'Writes down that money has come for an order, or has gone back; never more than is open, or has come.',
    rule: ordering.payment,
    doesOnce: true,
    input: (t) => ({
      orderId: t.globalId(OrderAccount, { description: 'The order, as `orderAccounts` and `Order.account` name it.' }),
      kind: t.choice(Kind, { description: 'Which way it has gone.' }),
      amount: t.money({ description: 'How much, in the currency of the order.', least: 1, most: MOST * 1_000 }),
      reference: t.name({ description: 'What stands on the statement of the bank.', max: 200, required: false }),
    }),
    guard: (use, { orderId }) => holdAccount(use, orderId),
    run: (use, given) => recordPayment(use, given),
    success: (t) => ({
      order: t.loaded(OrderAccount, 'order', { description: 'What the order costs, and what was paid.', rule }),
      payment: t.loaded(OrderPayment, 'payment', { description: 'What was written down.', rule }),
    }),
  });
}
