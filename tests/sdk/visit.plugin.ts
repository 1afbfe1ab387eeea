import {
  COLLEAGUE,
  contactDeleted,
  defineModule,
  encodeGlobalId,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  listen,
  refs,
  rule,
  sql,
  tenantEntity,
  topic,
  types,
  type UseCase,
} from '@guichet/sdk';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';

// What docs/plugin-tutorial.md shows of plugins that do more than the ordering app: fields for another's type, listening, following.

const everybody = rule('visit.read', { roles: [COLLEAGUE], description: 'Every employee.' });

const Appointment = tenantEntity('plg_visit.appointments', (t) => ({
  contactId: t.idOf(() => refs.Contact),
  day: t.date(),
  cancelled: t.boolean(),
}));
const appointments = Appointment.table;
const VisitAppointment = entityRef('VisitAppointment', appointments);

const visitTopic = topic('VISIT', 'VisitAppointment');

const tell = (use: UseCase, kind: string, appointmentId: string): void =>
  use.emit({ stream: use.organizationId, topic: visitTopic, kind, subjectId: appointmentId });

/** Whoever is deleted is not visited. */
async function cancelVisits(use: UseCase, contactId: string): Promise<void> {
  for (const appointment of await use.em.find(Appointment, { contactId, cancelled: false })) {
    appointment.cancelled = true;
    tell(use, 'CANCELLED', appointment.id);
  }
}

function visitTypes(builder: GuichetBuilder): void {
  builder.entity(VisitAppointment, {
    description: 'A visit that is planned.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
    listedFor: [COLLEAGUE],
    filters: {
      day: { compares: 'date', column: 'day', rule: everybody, description: 'By its day.' },
      cancelled: { compares: 'boolean', column: 'cancelled', rule: everybody, description: 'Whether it was cancelled.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: everybody }),
      day: t.column('day', { description: 'On which day.', rule: everybody }),
      cancelled: t.column('cancelled', { description: 'It does not take place.', rule: everybody }),
    }),
  });
  builder.entityFields(types.Contact, (t) => ({
    visitAppointments: t.pages(VisitAppointment, {
      description: 'Visits to the contact.',
      rule: everybody,
      on: (contact, appointment) => sql`${appointment.contact_id} = ${contact.id}`,
    }),
  }));
  builder.useCase('addVisitAppointment', {
    description: 'Plans a visit.',
    rule: everybody,
    input: (t) => ({
      contactId: t.globalId(types.Contact, { description: 'Whom.' }),
      day: t.text({ description: 'On which day.', max: 10 }),
    }),
    guard: (use, { contactId }) => use.find('Contact', contactId, ['input', 'contactId']),
    run: async (use, { contactId, day }) => {
      const { id } = use.em.create(Appointment, { contactId, day, cancelled: false });
      tell(use, 'PLANNED', id);
      return { appointment: id };
    },
    success: (t) => ({ appointment: t.loaded(VisitAppointment, 'appointment', { description: 'The visit.', rule: everybody }) }),
  });
  builder.live('visitAppointments', {
    description: 'Visits, live: one was planned or cancelled.',
    rule: everybody,
    topic: visitTopic,
    event: 'VisitAppointmentsEvent',
    eventDescription: 'Something happened to a visit.',
    stream: ({ organizationId }) => ({
      stream: organizationId,
      payload: ({ subjectId }) => ({ appointmentId: subjectId }),
    }),
    fields: (t) => ({
      appointmentId: t.id({
        description: 'Id of the visit.',
        rule: everybody,
        resolve: ({ appointmentId }) => encodeGlobalId('VisitAppointment', appointmentId),
      }),
      appointment: t.loaded(VisitAppointment, 'appointmentId', { description: 'The visit as it is now.', rule: everybody }),
    }),
  });
}

export const visitPlugin = defineModule({
  name: 'visit',
  version: '0.1.0',
  description: 'Visits to contacts.',
  guichet: '^0.1.0',
  needs: ['contacts'],
  entities: [Appointment],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([appointments])).sql }],
  rules: [everybody],
  listeners: [listen(contactDeleted, (use, { contactId }) => cancelVisits(use, contactId))],
  types: visitTypes,
});
