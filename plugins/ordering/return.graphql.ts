import {
  type EntityFields,
  type GuichetBuilder,
  invalidTransition,
  moveFields,
  type PayloadFields,
  type Rule,
  sql,
  submitRefusals,
  words,
} from '@guichet/sdk';
import type { orders } from './order.entity.ts';
import { MOST_LINES, MOST_UNITS } from './order.rules.ts';
import { ordering } from './permissions.ts';
import { OrderReturn, OrderReturnLine, OrderReturnViewerCan, ShippingLine } from './refs.ts';
import { returnLines, returns } from './return.entity.ts';
import { holdReturn, OrderReturnState, returnMoves } from './return.moves.ts';
import { approveReturn, creditReturn, MOST_RETURNS, receiveReturn, refuseReturn, requestReturn, sendReturn } from './return.service.ts';
import { CASHIER_ROLE, shippingRoles } from './roles.ts';
import { findLines, ofOrder, orderId } from './shipping.mutations.ts';
import { holdForReturn } from './shipping.service.ts';

const rule = ordering.returns;

/** Returns of an order, for the types that tell of one. */
export const returnsOf = (t: EntityFields<typeof orders>, rule: Rule) =>
  t.list(OrderReturn, {
    on: (order, of) => sql`${of.form_id} = ${order.form_id}`,
    description: 'What its customer gives back, the oldest first.',
    rule,
    atMost: MOST_RETURNS,
    order: { by: 'CREATED_AT', direction: 'ASC' },
    proves: rule.roles,
  });

const Decision = words('OrderReturnDecision', 'What is decided about a return.', {
  APPROVE: 'The customer may send the goods.',
  REFUSE: 'They are not taken back, also when they have come.',
});

export function returnTypes(builder: GuichetBuilder): void {
  builder.words(OrderReturnState);
  builder.words(Decision);
  builder.entity(OrderReturnLine, {
    description: 'How many of a line are given back.',
    roles: [...shippingRoles(builder, returnLines), CASHIER_ROLE],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'What was ordered.', rule }),
      quantity: t.column('quantity', { description: 'How many are given back.', rule }),
    }),
  });
  builder.entity(OrderReturn, {
    description: 'Goods of an order that their customer gives back.',
    roles: [...shippingRoles(builder, returns), CASHIER_ROLE],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      state: t.column('state', { type: OrderReturnState, description: 'Where it stands.', rule }),
      reason: t.column('reason', { description: 'Why the customer gives them back.', rule }),
      requestedAt: t.column('requested_at', { description: 'When the customer asked.', rule }),
      comment: t.column('comment', { description: 'What was said with the decision.', rule }),
      carrier: t.column('carrier', { description: 'Who carries them back.', rule }),
      tracking: t.column('tracking', { description: 'The carrier’s own number.', rule }),
      arrivedAt: t.column('arrived_at', { description: 'When they had come back.', rule }),
      creditedAt: t.column('credited_at', { description: 'When what they cost was taken off the order.', rule }),
      credited: t.money('credited_minor', 'currency', { description: 'What was taken off the order.', rule: ordering.account }),
      lines: t.list(OrderReturnLine, {
        on: (of, line) => sql`${line.return_id} = ${of.id}`,
        description: 'What is given back.',
        rule,
        atMost: MOST_LINES,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: rule.roles,
      }),
      viewerCan: t.sameRow(OrderReturnViewerCan, { description: 'What you can do with it now.', rule }),
    }),
  });
  builder.entityPart(OrderReturnViewerCan, {
    description: 'What a seat can do with a return as it stands.',
    fields: (t) => moveFields(t, returnMoves, 'state', rule),
  });
  declareAsking(builder);
  declareMoving(builder);
}
const success = (t: PayloadFields<{ return: string }>) => ({
  return: t.loaded(OrderReturn, 'return', { description: 'The return as it is now.', rule }),
});

function declareAsking(builder: GuichetBuilder): void {
  const ReturnedLineInput = builder.inputType('ReturnedLineInput', {
    description: 'How many of a line are to be given back.',
    fields: (t) => ({
      lineId: t.globalId(ShippingLine, { description: 'The line of the order.' }),
      quantity: t.integer({ description: 'How many.', min: 1, max: MOST_UNITS }),
    }),
  });
  builder.useCase('requestReturn', {
    description: 'Asks to give goods back that have come; whoever answers for you decides.',
    rule: ordering.giveBack,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      lines: t.listOf(ReturnedLineInput, { description: 'Which ones.', least: 1, most: MOST_LINES }),
      reason: t.text({ description: 'Why.', max: 1_000 }),
    }),
    refusals: submitRefusals,
    guard: async (use, { orderId: order, lines }) => {
      await holdForReturn(use, order);
      await findLines(use, lines);
    },
    run: (use, given) => requestReturn(use, given),
    success: (t) => ({ ...ofOrder(t), return: t.loaded(OrderReturn, 'return', { description: 'The return.', rule }) }),
  });
  builder.useCase('sendReturn', {
    description: 'Says that goods are on their way back.',
    rule: ordering.giveBack,
    doesOnce: true,
    input: (t) => ({
      returnId: t.globalId(OrderReturn, { description: 'The return.' }),
      carrier: t.name({ description: 'Who carries it.', max: 100, required: false }),
      tracking: t.name({ description: 'The carrier’s own number.', max: 100, required: false }),
    }),
    refusals: [...submitRefusals, invalidTransition],
    guard: (use, { returnId }) => holdReturn(use, 'send', returnId),
    run: (use, { returnId, ...by }) => sendReturn(use, returnId, by),
    success,
  });
}

function declareMoving(builder: GuichetBuilder): void {
  builder.useCase('decideReturn', {
    description: 'Says whether goods are taken back; when they have come, that they are not after all.',
    rule: ordering.settle,
    doesOnce: true,
    input: (t) => ({
      returnId: t.globalId(OrderReturn, { description: 'The return.' }),
      decision: t.choice(Decision, { description: 'What is decided.' }),
      comment: t.text({ description: 'What the customer is told with it.', max: 1_000, required: false }),
    }),
    refusals: [invalidTransition],
    guard: (use, { returnId, decision }) => holdReturn(use, decision === 'APPROVE' ? 'approve' : 'refuse', returnId),
    run: (use, { returnId, decision, comment }) =>
      decision === 'APPROVE' ? approveReturn(use, returnId, comment) : refuseReturn(use, returnId, comment),
    success,
  });
  builder.useCase('receiveReturn', {
    description: 'Says that goods have come back.',
    rule: ordering.fulfil,
    doesOnce: true,
    input: (t) => ({
      returnId: t.globalId(OrderReturn, { description: 'The return.' }),
      restock: t.flag({ description: 'They can be sold again: they are in stock then.' }),
    }),
    refusals: [invalidTransition],
    guard: (use, { returnId }) => holdReturn(use, 'receive', returnId),
    run: (use, { returnId, restock }) => receiveReturn(use, returnId, restock),
    success,
  });
  builder.useCase('creditReturn', {
    description: 'Takes what goods cost that have come back off the order.',
    rule: ordering.payment,
    doesOnce: true,
    input: (t) => ({ returnId: t.globalId(OrderReturn, { description: 'The return.' }) }),
    refusals: [invalidTransition],
    guard: (use, { returnId }) => holdReturn(use, 'credit', returnId),
    run: (use, { returnId }) => creditReturn(use, returnId),
    success,
  });
}
