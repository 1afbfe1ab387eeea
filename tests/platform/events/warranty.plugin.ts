import {
  COLLEAGUE,
  defineModule,
  doorLiveCursor,
  heldToward,
  input,
  OWNER,
  rule,
  type SchemaDoor,
  type SubscriptionDefinition,
  sql,
  table,
  text,
  topic,
  type UseCase,
  uuid,
  way,
} from '@guichet/sdk';
import { tableDdl } from '../../../src/platform/database/table-ddl.ts';

// Warranties that their keepers alone can come to, and subscriptions whose author asks nothing of who follows.

const warranties = table('plg_warranty.warranties', { columns: { keeper_id: uuid().references('employees'), note: text() } });
const tables = { 'plg_warranty.warranties': warranties };
const everybody = rule('warranty.follow', { roles: [COLLEAGUE, OWNER], description: 'Every employee.' });
const own = rule('warranty.read', { roles: [OWNER], description: 'Who keeps it.' });
const warrantyEvents = topic('WARRANTY', 'Warranty');
const otherEvents = topic('WARRANTY_OTHER', 'Warranty');

type Following = Pick<SubscriptionDefinition, 'args' | 'stream'>;
const following: Following = {
  stream: ({ organizationId }) => ({ stream: organizationId, payload: ({ subjectId }) => ({ warrantyId: subjectId }) }),
};
/** A stream of the module's own: one for each warranty. */
const ofOne: Following = {
  args: { id: input.id('Warranty', 'The warranty.') },
  stream: (_, { id }) => ({ stream: id as string, payload: ({ subjectId }) => ({ warrantyId: subjectId }) }),
};

function warrantySchema(door: SchemaDoor): void {
  door.entity('Warranty', {
    table: warranties,
    description: 'A warranty.',
    roles: [heldToward(OWNER, [way(warranties, {}, ({ row, seat }) => sql`${row.keeper_id} = ${seat.me}`)])],
    listedFor: [OWNER],
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: own }),
      note: t.column('note', { description: 'What it says.', rule: own }),
      ...doorLiveCursor(t, { staff: own, stream: (row) => row.id }),
    }),
  });
  door.connectionFields('Warranty', warranties, (t) => doorLiveCursor(t, { staff: own }));
  door.query((t) => ({ warranties: t.connection('Warranty', warranties, { description: 'Warranties.', rule: own }) }));
  door.mutation('writeWarranty', {
    description: 'Writes a warranty, or on one, and tells of it.',
    rule: everybody,
    input: {
      id: input.optional(input.id('Warranty', 'One that is there.')),
      keeper: input.id('Employee', 'Who keeps it.'),
      to: input.optional(input.id('Employee', 'Whom the event is addressed to.')),
      note: input.text('What it says; also the kind of the event.'),
    },
    success: (t) => ({ warranty: t.fromSource('Warranty', 'warranty', { description: 'The warranty.', rule: own }) }),
    run: async (use: UseCase, given) => ({ warranty: await write(use, given) }),
  });
  const live = { rule: everybody, topic: warrantyEvents, eventDescription: 'Something happened to a warranty.' };
  const fields: SubscriptionDefinition['fields'] = (t) => ({
    warranty: t.fromSource('Warranty', 'warrantyId', { description: 'The warranty as it is now.', rule: everybody }),
  });
  const named = { ...live, fields };
  door.subscription('warranties', { ...named, ...following, description: 'Warranties, live.', event: 'WarrantiesEvent' });
  door.subscription('warranty', { ...named, ...ofOne, description: 'One warranty, live.', event: 'WarrantyEvent' });
  door.subscription('otherWarranties', {
    ...named,
    ...following,
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
  if (id) use.update(warranties, { id }, { keeper_id: keeper, note });
  else use.insert(warranties, { id: warranty, keeper_id: keeper, note });
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
  tables: Object.values(tables),
  migrations: [
    {
      name: '0001-initial',
      sql: `create schema plg_warranty; grant usage on schema plg_warranty to guichet_app;\n${tableDdl(warranties)}`,
    },
  ],
  rules: [everybody, own],
  schema: warrantySchema,
});
