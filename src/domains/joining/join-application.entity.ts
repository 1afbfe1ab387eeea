import { refs, tenantEntity } from '../../sdk/index.ts';
import { WindowLink } from './window-link.entity.ts';

export const APPLICATION_STATES = ['PENDING', 'ACCEPTED', 'REFUSED'] as const;

/** That somebody asks to be let in at the window (spec 5.6). Who sends the same again while it waits changes it. */
export const JoinApplication = tenantEntity(
  'join_applications',
  (t) => ({
    linkId: t.idOf(() => WindowLink),
    name: t.text(),
    /** E.164; always a mobile. */
    phone: t.text(),
    /** Whoever applied has shown that the phone is theirs. */
    phoneProven: t.boolean(),
    message: t.text().nullable(),
    /** In which they are told what was decided. */
    language: t.text(),
    appliedAt: t.timestamptz(),
    state: t.oneOf(...APPLICATION_STATES).default('PENDING'),
    decidedAt: t.timestamptz().nullable(),
    decidedBy: t.idOf(() => refs.Employee).nullable(),
    /** Why it was refused. */
    reason: t.text().nullable(),
    /** Goes with the contact: what is erased of somebody is erased here too. */
    contactId: t.idOf(() => refs.Contact, 'cascade').nullable(),
  }),
  {
    indexes: {
      join_applications_newest: { columns: ['state', '-id'] },
      join_applications_of_link: { columns: ['linkId', 'state'] },
      join_applications_of_contact: { columns: ['contactId'], where: 'contact_id is not null' },
      join_applications_waiting: { columns: ['linkId', 'phone', 'phoneProven'], unique: true, where: "state = 'PENDING'" },
    },
  },
);

/** That a seat was told that the unproven phone of an application is known. */
export const ApplicationAnswer = tenantEntity(
  'application_answers',
  (t) => ({ applicationId: t.idOf(() => JoinApplication, 'cascade').primary(), seatId: t.uuid().primary(), at: t.timestamptz() }),
  { indexes: { application_answers_of_seat: { columns: ['seatId', 'at'] } } },
);

export const joinApplications = JoinApplication.table;
export const applicationAnswers = ApplicationAnswer.table;
