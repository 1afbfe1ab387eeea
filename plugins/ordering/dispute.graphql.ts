import { type EntityFields, FILE_READER, type GuichetBuilder, sql, types, words } from '@guichet/sdk';
import { type DisputedLine, disputePhotos, disputes } from './dispute.entity.ts';
import { MOST_DISPUTES, MOST_PHOTOS } from './dispute.service.ts';
import type { orders } from './order.entity.ts';
import { ordering } from './permissions.ts';
import { OrderDispute, OrderDisputePhoto, OrderShipping } from './refs.ts';
import { shippingRoles } from './roles.ts';

const rule = ordering.shipping;
const State = words('OrderDisputeState', 'Where a dispute about goods that have come stands.', {
  OPEN: 'Whoever answers for the customer has it to settle.',
  SHIPPED_ANEW: 'The goods are shipped once more.',
  LET_BE: 'It was let be: the goods count as received.',
  ENDED: 'The order has ended before it was settled.',
});

/** Disputes of an order, for the type that tells of its goods. */
export const disputesOf = (t: EntityFields<typeof orders>) =>
  t.list(OrderDispute, {
    on: (order, of) => sql`${of.form_id} = ${order.form_id}`,
    description: 'What has not come as it should, as it was said, the oldest first.',
    rule,
    atMost: MOST_DISPUTES,
    order: { by: 'CREATED_AT', direction: 'ASC' },
    proves: rule.roles,
  });

export function disputeTypes(builder: GuichetBuilder): void {
  builder.words(State);
  declarePhotos(builder);
  const Line = builder.objectRef<DisputedLine>('OrderDisputedLine').implement({
    description: 'What is disputed of a line, as it was when it was said.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What was ordered.', rule }),
      unit: t.exposeString('unit', { description: 'What a quantity of one is.', rule }),
      quantity: t.exposeInt('quantity', { description: 'How many have not come, or not as they should.', rule }),
    }),
  });
  builder.entity(OrderDispute, {
    description: 'Goods of an order that have not come, or not as they should: whoever answers for the customer has it to settle.',
    roles: shippingRoles(builder, disputes),
    listedFor: rule.roles,
    filters: { state: { compares: 'enum', column: 'state', values: State.name, rule, description: 'By where it stands.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      state: t.column('state', { type: State, description: 'Where it stands.', rule }),
      reason: t.column('reason', { description: 'What is wrong, as it was said.', rule }),
      raisedAt: t.column('raised_at', { description: 'When it was said.', rule }),
      raisedBy: t.column('raised_by', {
        description: 'What whoever said it was called then; null where they are forgotten.',
        rule: ordering.order,
      }),
      settledAt: t.column('settled_at', { description: 'When it was settled, or the order has ended.', rule }),
      lines: t.field({
        type: [Line],
        description: 'What is disputed.',
        rule,
        needs: ['lines'],
        resolve: ({ lines }) => [...lines],
      }),
      photos: t.list(OrderDisputePhoto, {
        on: (of, photo) => sql`${photo.dispute_id} = ${of.id}`,
        description: 'What it looks like, in the order in which it was sent.',
        rule,
        atMost: MOST_PHOTOS,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: rule.roles,
      }),
      order: t.one(OrderShipping, {
        on: (of, order) => sql`${order.form_id} = ${of.form_id}`,
        description: 'The order.',
        rule,
        proves: rule.roles,
      }),
    }),
  });
  builder.queryField('orderDisputes', (t) =>
    t.entityPages(OrderDispute, {
      surface: 'staff',
      description:
        'What customers dispute, the newest first, for whoever answers for them: with `where: { state: { equals: OPEN } }` what is still to be settled.',
      rule: ordering.settle,
      listedBy: () => ordering.settle.roles,
    }),
  );
}

function declarePhotos(builder: GuichetBuilder): void {
  builder.entity(OrderDisputePhoto, {
    description: 'A photo of goods that have not come as they should.',
    roles: shippingRoles(builder, disputePhotos),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      file: t.one(types.File, {
        on: (photo, file) => sql`${file.id} = ${photo.file_id}`,
        proves: [FILE_READER],
        description: 'Its bytes.',
        rule,
      }),
    }),
  });
}
