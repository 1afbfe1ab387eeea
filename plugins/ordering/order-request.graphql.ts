import {
  type GuichetBuilder,
  type InputMaker,
  invalidTransition,
  moveFields,
  type PayloadFields,
  refuseSuspended,
  sql,
  submitRefusals,
  types,
} from '@guichet/sdk';
import { orderingCreditExceeded, orderingPriceChanged } from './order.refusals.ts';
import type { RequestedLine } from './order-request.entity.ts';
import { holdRequest, OrderRequestState, requestMoves } from './order-request.moves.ts';
import { approveRequest, refuseRequest, takeBackRequest } from './order-request.service.ts';
import { ordering } from './permissions.ts';
import { Cart, OrderRequest, OrderRequestViewerCan } from './refs.ts';
import { requestRoles } from './roles.ts';

const rule = ordering.request;
const portal = { surface: 'portal' } as const;

export function requestTypes(builder: GuichetBuilder): void {
  builder.words(OrderRequestState);
  const Line = builder.objectRef<RequestedLine & { readonly currency: string }>('OrderRequestLine').implement({
    description: 'A line of an order that is to be approved, as whoever asks has seen it.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What it orders.', rule }),
      unit: t.exposeString('unit', { description: 'What a quantity of one is.', rule }),
      quantity: t.exposeInt('quantity', { description: 'How many units.', rule }),
      unitPrice: t.field({
        type: 'Money' as never,
        description: 'What one unit costs.',
        rule,
        resolve: ({ unitPriceMinor: amount, currency }) => ({ amount, currency }) as never,
      }),
      total: t.field({
        type: 'Money' as never,
        description: 'What the line costs, with tax.',
        rule,
        resolve: ({ totalMinor: amount, currency }) => ({ amount, currency }) as never,
      }),
    }),
  });
  builder.entity(OrderRequest, {
    description: 'An order that somebody else of the customer’s company is to approve before it is placed.',
    roles: requestRoles,
    listedFor: rule.roles,
    filters: { state: { compares: 'enum', column: 'state', values: OrderRequestState.name, rule, description: 'By where it stands.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      state: t.column('state', { type: OrderRequestState, description: 'Where it stands.', rule }),
      buyerName: t.column('buyer_name', { description: 'Who asks.', rule }),
      requestedAt: t.column('requested_at', { description: 'When it was asked.', rule }),
      total: t.money('total_minor', 'currency', { description: 'What it costs, with tax.', rule, nullable: false }),
      note: t.column('note', { description: 'What the company that sells is to know.', rule }),
      recipient: t.column('recipient', { description: 'Who is to have the goods.', rule }),
      recipientPhone: t.column('recipient_phone', { description: 'Where they are called.', rule }),
      address: t.column('address', { description: 'Where the goods go.', rule }),
      site: t.column('site', { description: 'Which site of the company that is.', rule }),
      decidedAt: t.column('decided_at', { description: 'When it was decided, or taken back.', rule }),
      reason: t.column('reason', { description: 'Why it was refused.', rule }),
      order: t.relation(types.BusinessForm, 'form_id', { description: 'The order that it has become, for who ordered it.', rule }),
      lines: t.field({
        type: [Line],
        description: 'What is to be ordered.',
        rule,
        needs: ['lines', 'currency'],
        resolve: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
      }),
      viewerCan: t.sameRow(OrderRequestViewerCan, { description: 'What you can do with it now.', rule }),
    }),
  });
  builder.entityPart(OrderRequestViewerCan, {
    description: 'What a seat can do with a request as it stands.',
    fields: (t) => moveFields(t, requestMoves, 'state', rule),
  });
  builder.queryField('orderRequests', (t) =>
    t.entityPages(OrderRequest, {
      ...portal,
      description: 'Orders that are to be approved in your company, the newest first: your own, and those that you decide about.',
      rule,
      listedBy: () => rule.roles,
      check: refuseSuspended,
    }),
  );
  builder.entityFields(types.Notification, (t) => ({
    orderRequest: t.one(OrderRequest, {
      on: (of, request) => sql`${request.id} = ${of.subject_id}`,
      surface: 'portal',
      description: 'The order to be approved that it is about.',
      rule,
    }),
  }));
  declareDeciding(builder);
}

const requestId = (t: InputMaker) => t.globalId(OrderRequest, { description: 'The request.' });
const success = (t: PayloadFields<{ request: string }>) => ({
  request: t.loaded(OrderRequest, 'request', { description: 'The request as it is now.', rule }),
});

function declareDeciding(builder: GuichetBuilder): void {
  builder.useCase('approveOrderRequest', {
    ...portal,
    description:
      'Places an order that was asked for, for whoever did, at the prices that they have seen. Nobody approves what they ask for.',
    rule: ordering.approve,
    doesOnce: true,
    input: (t) => ({ requestId: requestId(t) }),
    refusals: [...submitRefusals, invalidTransition, orderingPriceChanged, orderingCreditExceeded],
    guard: (use, given) => holdRequest(use, 'approve', given.requestId),
    run: (use, given) => approveRequest(use, given.requestId),
    success,
  });
  builder.useCase('refuseOrderRequest', {
    ...portal,
    description: 'Does not let an order be placed that was asked for.',
    rule: ordering.approve,
    doesOnce: true,
    input: (t) => ({ requestId: requestId(t), reason: t.text({ description: 'Why, for whoever asked.', max: 1_000 }) }),
    refusals: [...submitRefusals, invalidTransition],
    guard: (use, given) => holdRequest(use, 'refuse', given.requestId),
    run: (use, given) => refuseRequest(use, given.requestId, given.reason),
    success,
  });
  builder.useCase('takeBackOrderRequest', {
    ...portal,
    description: 'Takes back what you have asked for, also when it was refused: its lines are in your cart again, at today’s prices.',
    rule: ordering.ask,
    doesOnce: true,
    input: (t) => ({ requestId: requestId(t) }),
    refusals: [...submitRefusals, invalidTransition],
    guard: (use, given) => holdRequest(use, 'takeBack', given.requestId),
    run: (use, given) => takeBackRequest(use, given.requestId),
    success: (t) => ({
      ...success(t),
      cart: t.loaded(Cart, 'cart', { description: 'The cart, priced anew.', rule: ordering.cart }),
    }),
  });
}
