import { ADMIN, COLLEAGUE, defineModule, type GuichetBuilder, type PayloadFields, rule, topic } from '@guichet/sdk';

const everybody = rule('bell.ring', { roles: [COLLEAGUE], description: 'Every employee.' });
const admins = rule('bell.hear', { roles: [ADMIN], right: 'CONTACTS', description: 'Admins of contacts.' });
const bells = topic('BELL', 'Employee');

/** One subscription for every employee, with a field that admins alone may read, and one for admins alone. Nothing of it is read from rows. */
function bellTypes(builder: GuichetBuilder): void {
  builder.useCase('ringBell', {
    description: 'Rings the bell.',
    rule: everybody,
    run: async (use) => {
      use.emit({ stream: use.organizationId, topic: bells, kind: 'RUNG', subjectId: use.seat.id });
      return {};
    },
    success: (t) => ({ rung: t.boolean({ nullable: true, description: 'It has rung.', rule: everybody, resolve: () => true }) }),
  });
  const live = {
    topic: bells,
    eventDescription: 'The bell was rung.',
    stream: ({ organizationId }: { readonly organizationId: string }) => ({
      stream: organizationId,
      payload: () => ({}),
    }),
    fields: (t: PayloadFields<object>) => ({
      ringer: t.string({ nullable: true, description: 'Who rang it.', rule: admins, resolve: () => 'somebody' }),
    }),
  };
  builder.live('bells', { ...live, description: 'The bell, for everybody.', rule: everybody, event: 'BellsEvent' });
  builder.live('adminBells', { ...live, description: 'The bell, for admins.', rule: admins, event: 'AdminBellsEvent' });
}

/** A plugin whose subscriptions are guarded by nothing but their rules. */
export const bellPlugin = defineModule({
  name: 'bell',
  version: '1.0.0',
  description: 'Subscriptions for tests.',
  guichet: '^0.1.0',
  rules: [everybody, admins],
  types: bellTypes,
});
