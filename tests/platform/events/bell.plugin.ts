import { ADMIN, COLLEAGUE, defineModule, type RootFields, rule, type SchemaDoor, topic, type UseCase } from '@guichet/sdk';

const everybody = rule('bell.ring', { roles: [COLLEAGUE], description: 'Every employee.' });
const admins = rule('bell.hear', { roles: [ADMIN], right: 'CONTACTS', description: 'Admins of contacts.' });
const bells = topic('BELL', 'Employee');

/** One subscription for every employee, with a field that admins alone may read, and one for admins alone. Nothing of it is read from rows. */
function bellSchema(door: SchemaDoor): void {
  door.mutation('ringBell', {
    description: 'Rings the bell.',
    rule: everybody,
    input: {},
    success: (t) => ({ rung: t.plain('Boolean', { description: 'It has rung.', rule: everybody, resolve: () => true }) }),
    run: async (use: UseCase) => {
      use.emit({ stream: use.organizationId, topic: bells, kind: 'RUNG', subjectId: use.seat.id });
      return {};
    },
  });
  const live = {
    topic: bells,
    eventDescription: 'The bell was rung.',
    fields: (t: RootFields) => ({ ringer: t.plain('String', { description: 'Who rang it.', rule: admins, resolve: () => 'somebody' }) }),
    stream: ({ organizationId }: { readonly organizationId: string }) => ({
      stream: organizationId,
      payload: () => ({}),
    }),
  };
  door.subscription('bells', { ...live, description: 'The bell, for everybody.', rule: everybody, event: 'BellsEvent' });
  door.subscription('adminBells', { ...live, description: 'The bell, for admins.', rule: admins, event: 'AdminBellsEvent' });
}

/** A plugin whose subscriptions are guarded by nothing but their rules. */
export const bellPlugin = defineModule({
  name: 'bell',
  version: '1.0.0',
  description: 'Subscriptions for tests.',
  guichet: '^0.1.0',
  rules: [everybody, admins],
  schema: bellSchema,
});
