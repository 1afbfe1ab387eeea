import {
  COLLEAGUE,
  defineModule,
  entityRef,
  type GuichetBuilder,
  heldToward,
  type LiveEvent,
  liveCursor,
  OWNER,
  type PayloadFields,
  refs,
  rule,
  type Seat,
  sql,
  tenantEntity,
  topic,
  types,
  type UseCase,
  way,
} from '@guichet/sdk';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';

// Warranties that their keepers alone can come to, and subscriptions whose author asks nothing of who follows.

const WarrantyEntity = tenantEntity('plg_warranty.warranties', (t) => ({ keeperId: t.idOf(() => refs.Employee), note: t.text() }));
const warranties = WarrantyEntity.table;
const Warranty = entityRef('Warranty', warranties);
const everybody = rule('warranty.follow', { roles: [COLLEAGUE, OWNER], description: 'Every employee.' });
const own = rule('warranty.read', { roles: [OWNER], description: 'Who keeps it.' });
const warrantyEvents = topic('WARRANTY', 'Warranty');
const otherEvents = topic('WARRANTY_OTHER', 'Warranty');

function warrantyTypes(builder: GuichetBuilder): void {
  builder.entity(Warranty, {
    description: 'A warranty.',
    roles: [heldToward(OWNER, [way(warranties, {}, ({ row, seat }) => sql`${row.keeper_id} = ${seat.me}`)])],
    listedFor: [OWNER],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: own }),
      note: t.column('note', { description: 'What it says.', rule: own }),
      liveCursor: liveCursor(t, { staff: own, stream: (row) => row.id }),
    }),
  });
  builder.connectionFields(Warranty, (t) => ({ liveCursor: liveCursor(t, { staff: own }) }));
  builder.queryField('warranties', (t) => t.entityPages(Warranty, { description: 'Warranties.', rule: own }));
  builder.useCase('writeWarranty', {
    description: 'Writes a warranty, or on one, and tells of it.',
    rule: everybody,
    input: (t) => ({
      id: t.globalId(Warranty, { description: 'One that is there.', required: false }),
      keeper: t.globalId(types.Employee, { description: 'Who keeps it.' }),
      to: t.globalId(types.Employee, { description: 'Whom the event is addressed to.', required: false }),
      note: t.text({ description: 'What it says; also the kind of the event.' }),
    }),
    run: async (use, given) => ({ warranty: await write(use, given) }),
    success: (t) => ({ warranty: t.loaded(Warranty, 'warranty', { description: 'The warranty.', rule: own }) }),
  });
  declareSubscriptions(builder);
}

function declareSubscriptions(builder: GuichetBuilder): void {
  const payload = ({ subjectId }: LiveEvent) => ({ warrantyId: subjectId });
  const live = {
    rule: everybody,
    eventDescription: 'Something happened to a warranty.',
    fields: (t: PayloadFields<{ warrantyId: string }>) => ({
      warranty: t.loaded(Warranty, 'warrantyId', { description: 'The warranty as it is now.', rule: everybody }),
    }),
  };
  const ofAll = { ...live, stream: ({ organizationId }: Seat) => ({ stream: organizationId, payload }) };
  builder.live('warranties', { ...ofAll, topic: warrantyEvents, description: 'Warranties, live.', event: 'WarrantiesEvent' });
  /** A stream of the module's own: one for each warranty. */
  builder.live('warranty', {
    ...live,
    topic: warrantyEvents,
    description: 'One warranty, live.',
    event: 'WarrantyEvent',
    args: (t) => ({ id: t.globalId(Warranty, { description: 'The warranty.' }) }),
    stream: (_, { id }) => ({ stream: id, payload }),
  });
  builder.live('otherWarranties', {
    ...ofAll,
    topic: otherEvents,
    description: 'Of what else there is, live.',
    event: 'OtherWarrantiesEvent',
  });
}

async function write(
  use: UseCase,
  { id, keeper, to, note }: { readonly id?: string; readonly keeper: string; readonly to?: string; readonly note: string },
): Promise<string> {
  const warranty = id ?? use.newId();
  if (id) use.on(warranties).change({ id }, { keeper_id: keeper, note });
  else use.on(warranties).add({ id: warranty, keeper_id: keeper, note });
  for (const stream of [use.organizationId, warranty])
    use.emit({ stream, topic: warrantyEvents, kind: note, seatId: to, subjectId: warranty });
  use.emit({ stream: use.organizationId, topic: otherEvents, kind: `other ${note}`, subjectId: warranty });
  return warranty;
}

export const warrantyPlugin = defineModule({
  name: 'warranty',
  version: '1.0.0',
  description: 'Subscriptions for tests.',
  guichet: '^0.1.0',
  needs: ['directory'],
  entities: [WarrantyEntity],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([warranties])).sql }],
  rules: [everybody, own],
  types: warrantyTypes,
});
