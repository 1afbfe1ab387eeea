import {
  COLLEAGUE,
  contactDeleted,
  defineModule,
  encodeGlobalId,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  listen,
  type Role,
  refs,
  register,
  rule,
  sql,
  TIMELINE_READERS,
  tenantEntity,
  timelineKinds,
  timelineService,
  topic,
  types,
  type UseCase,
  way,
} from '@guichet/sdk';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';

// What docs/plugin-tutorial.md shows of plugins that do what the ordering app does not: a role of its own, an enum, fields for another's type, listening, following.

const VISITOR: Role = { name: 'VISIT_VISITOR', bearer: 'EMPLOYEE', description: 'The employee who visits.' };
const everybody = rule('visit.read', { roles: [COLLEAGUE], description: 'Every employee.' });
const timeline = rule('visit.timeline', { roles: TIMELINE_READERS, right: 'CONTACTS', description: 'Who reads the contact’s timeline.' });
const visitor = rule('visit.prepare', { roles: [VISITOR], description: 'Who visits.' });

const Appointment = tenantEntity('plg_visit.appointments', (t) => ({
  contactId: t.idOf(() => refs.Contact),
  visitorId: t.idOf(() => refs.Employee),
  kind: t.oneOf('ON_SITE', 'CALL'),
  day: t.date(),
  remark: t.text().nullable(),
  cancelled: t.boolean(),
}));
const appointments = Appointment.table;
const VisitAppointment = entityRef('VisitAppointment', appointments);

const VisitPlannedInteraction = entityRef('VisitPlannedInteraction', refs.Interaction);

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
  const VisitKind = builder.enumType('VisitKind', {
    description: 'Kinds of visits.',
    values: { ON_SITE: { description: 'One goes there.' }, CALL: { description: 'One calls.' } },
  });
  builder.entity(VisitAppointment, {
    description: 'A visit that is planned.',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldToward(VISITOR, [way(Appointment, {}, ({ row, seat }) => sql`${row.visitor_id} = ${seat.me}`)]),
    ],
    listedFor: [COLLEAGUE],
    filters: {
      kind: { compares: 'enum', column: 'kind', values: 'VisitKind', rule: everybody, description: 'By its kind.' },
      day: { compares: 'date', column: 'day', rule: everybody, description: 'By its day.' },
      cancelled: { compares: 'boolean', column: 'cancelled', rule: everybody, description: 'Whether it was cancelled.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: everybody }),
      visitor: t.relation(types.Employee, 'visitor_id', { description: 'Who visits.', rule: everybody }),
      kind: t.column('kind', { type: VisitKind, description: 'What kind it is of.', rule: everybody }),
      day: t.column('day', { description: 'On which day.', rule: everybody }),
      remark: t.column('remark', { description: 'What to think of.', rule: visitor }),
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
  builder.entityKind(VisitPlannedInteraction, types.Interaction, {
    value: 'VISIT_PLANNED',
    description: 'A visit was planned.',
    fields: (t) => ({ visitor: t.relation(types.Employee, 'employee_id', { description: 'Who visits.', rule: timeline }) }),
  });
  builder.useCase('addVisitAppointment', {
    description: 'Plans a visit.',
    rule: everybody,
    input: (t) => ({
      contactId: t.globalId(types.Contact, { description: 'Whom.' }),
      kind: t.choice(VisitKind, { description: 'What kind it is of.' }),
      day: t.day({ description: 'On which day.' }),
      remark: t.text({ description: 'What to think of.', required: false, max: 500 }),
    }),
    guard: (use, { contactId }) => use.find('Contact', contactId, ['input', 'contactId']),
    run: async (use, { remark = null, ...visit }) => {
      const { id } = use.em.create(Appointment, { ...visit, remark, visitorId: use.seat.id, cancelled: false });
      tell(use, 'PLANNED', id);
      use.service(timelineService).note(use, { contactId: visit.contactId, kind: 'VISIT_PLANNED', employeeId: use.seat.id });
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
  needs: ['contacts', 'interactions'],
  entities: [Appointment],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([appointments])).sql }],
  rules: [everybody, visitor, timeline],
  registrations: [register(timelineKinds, { kind: 'VISIT_PLANNED', description: 'A visit was planned.' })],
  listeners: [listen(contactDeleted, (use, { contactId }) => cancelVisits(use, contactId))],
  types: visitTypes,
});
