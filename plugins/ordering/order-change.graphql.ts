import { type GuichetBuilder, invalidTransition, sql, submitRefusals, types, windowSuspended, words } from '@guichet/sdk';
import { orderingCreditExceeded } from './order.refusals.ts';
import { MOST_LINES, MOST_UNITS } from './order.rules.ts';
import { orderChangeLines, orderChanges } from './order-change.entity.ts';
import { MOST_CHANGES, proposeChange, refusePrices } from './order-change.service.ts';
import { answerChange, withdrawChange } from './order-change-answer.service.ts';
import { ordering } from './permissions.ts';
import { MOST } from './product.graphql.ts';
import { OrderChange, OrderChangeLine, ShippingLine } from './refs.ts';
import { findLines, ofOrder, orderId } from './shipping.mutations.ts';
import { holdWithForm } from './shipping.service.ts';

const rule = ordering.order;
const State = words('OrderChangeState', 'What has become of a proposed change.', {
  PROPOSED: 'The customer has not answered.',
  ACCEPTED: 'The customer has taken it.',
  REFUSED: 'The customer has not taken it.',
  WITHDRAWN: 'It was taken back, or the order has ended.',
  LAPSED: 'Nobody has answered in time.',
});
const Answer = words('OrderChangeAnswer', 'What a customer says to a proposed change.', {
  ACCEPT: 'The order is to be as it was proposed.',
  REFUSE: 'It is not: something else is to be proposed.',
  CANCEL: 'The order is given up.',
});

export function changeTypes(builder: GuichetBuilder): void {
  builder.words(State);
  builder.words(Answer);
  builder.entity(OrderChangeLine, {
    description: 'A line of an order as it was and as it is to be.',
    roles: builder.rolesThrough(types.BusinessForm, orderChangeLines, 'form_id', rule.roles),
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the customer’s order.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'What it orders.', rule }),
      unit: t.column('unit', { description: 'What a quantity of one is.', rule }),
      fromQuantity: t.column('from_quantity', { description: 'How many were ordered.', rule }),
      fromUnitPrice: t.money('from_unit_price_minor', 'currency', { description: 'What one unit cost.', rule, nullable: false }),
      quantity: t.column('quantity', { description: 'How many are to be ordered; none: the line goes.', rule }),
      unitPrice: t.money('unit_price_minor', 'currency', { description: 'What one unit is to cost.', rule, nullable: false }),
      total: t.money('total_minor', 'currency', { description: 'What the line is to cost, with tax.', rule, nullable: false }),
    }),
  });
  builder.entity(OrderChange, {
    description: 'What was proposed in the place of an order.',
    roles: builder.rolesThrough(types.BusinessForm, orderChanges, 'form_id', rule.roles),
    listedFor: rule.roles,
    orders: { NUMBER: { column: 'number', rule, description: 'As they were proposed.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      number: t.column('number', { description: 'Counted from 1 in its order: what `answerOrderChange` names.', rule }),
      state: t.column('state', { type: State, description: 'What has become of it.', rule }),
      reason: t.column('reason', { description: 'Why it was proposed.', rule }),
      validUntil: t.column('valid_until', { description: 'Until when it can be answered.', rule }),
      answeredAt: t.column('answered_at', { description: 'When it was answered, or ended.', rule }),
      answer: t.column('answer', { description: 'What the customer wrote.', rule }),
      total: t.money('total_minor', 'currency', { description: 'What the order is to cost, with tax.', rule, nullable: false }),
      tax: t.money('tax_minor', 'currency', { description: 'Tax in it.', rule, nullable: false }),
      lines: t.list(OrderChangeLine, {
        on: (change, line) => sql`${line.change_id} = ${change.id}`,
        description: 'All lines, those that stay as they are too.',
        rule,
        atMost: MOST_LINES,
        order: { by: 'POSITION', direction: 'ASC' },
        proves: rule.roles,
      }),
    }),
  });
  declareProposing(builder);
  declareAnswering(builder);
}

function declareProposing(builder: GuichetBuilder): void {
  const ChangedLineInput = builder.inputType('OrderChangeLineInput', {
    description: 'What a line of an order is to be.',
    fields: (t) => ({
      lineId: t.globalId(ShippingLine, { description: 'The line of the order.' }),
      quantity: t.integer({
        description: 'How many; none: the line goes. As many as now unless it is said.',
        min: 0,
        max: MOST_UNITS,
        required: false,
      }),
      unitPrice: t.money({
        description: 'What one unit is to cost, by whoever holds `ORDERING_PRICE`; otherwise another quantity costs what it costs today.',
        least: 1,
        most: MOST,
        required: false,
      }),
    }),
  });
  builder.useCase('proposeOrderChange', {
    description: `Proposes other quantities or prices in the place of an order, before anything has gone out; at most ${MOST_CHANGES} times. Until the customer answers it is not approved and nothing is shipped.`,
    rule: ordering.propose,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      lines: t.listOf(ChangedLineInput, { description: 'Lines that change; the others stay.', least: 1, most: MOST_LINES }),
      reason: t.text({ description: 'Why.', max: 1_000, required: false }),
      validUntil: t.instant({ description: 'Until when the customer can answer.' }),
    }),
    refusals: [invalidTransition, windowSuspended],
    guard: async (use, { orderId: order, lines }) => {
      await use.find('OrderShipping', order, ['input', 'orderId']);
      await findLines(use, lines); // what is not there is told before what cannot be done
      await holdWithForm(use, 'proposeChange', order);
      refusePrices(use, lines);
    },
    run: (use, given) => proposeChange(use, given),
    success: (t) => ({ ...ofOrder(t), change: t.loaded(OrderChange, 'change', { description: 'What was proposed.', rule }) }),
  });
  builder.useCase('withdrawOrderChange', {
    description: 'Takes a proposed change back, also after it was refused or has lapsed: the order stands as it was.',
    rule: ordering.propose,
    doesOnce: true,
    input: (t) => ({ orderId: orderId(t) }),
    refusals: [invalidTransition],
    guard: (use, { orderId: order }) => holdWithForm(use, 'withdrawChange', order),
    run: (use, { orderId: order }) => withdrawChange(use, order),
    success: ofOrder,
  });
}

function declareAnswering(builder: GuichetBuilder): void {
  builder.useCase('answerOrderChange', {
    description: 'Says what you think of a proposed change, in time. Where you take it, goods are kept for you as they are ordered then.',
    rule: ordering.answer,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      change: t.integer({ description: 'The `number` of the change that you have seen.', min: 1 }),
      answer: t.choice(Answer, { description: 'What you say.' }),
      comment: t.text({ description: 'Why.', max: 1_000, required: false }),
    }),
    refusals: [...submitRefusals, invalidTransition, orderingCreditExceeded],
    guard: (use, { orderId: order }) => holdWithForm(use, 'answerChange', order),
    run: (use, given) => answerChange(use, given),
    success: ofOrder,
  });
}
