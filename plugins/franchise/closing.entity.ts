import { refs, tenantEntity } from '@guichet/sdk';
import { Application } from './application.entity.ts';

/** What the law wants an applicant to know before they sign, a text or a file: as it was sent, never changed. */
export const Disclosure = tenantEntity(
  'plg_franchise.disclosures',
  (t) => ({
    applicationId: t.idOf(() => Application),
    position: t.integer(),
    text: t.text().nullable(),
    fileId: t.idOf(() => refs.File).nullable(),
    sha256: t.text(),
    sentAt: t.timestamptz(),
    sentOn: t.date(),
    /** Days that the law of the country asks for between this and signing. */
    days: t.integer(),
    /** A renewal on the same terms, which waits for nothing. */
    isExempt: t.boolean(),
    acknowledgedAt: t.timestamptz().nullable(),
    evidenceId: t.uuid().nullable(),
  }),
  {
    checks: { disclosures_text_or_file: 'num_nonnulls(text, file_id) = 1' },
    indexes: { disclosures_position: { columns: ['applicationId', 'position'], unique: true } },
  },
);

/** The deposit of an applicant. */
export const Deposit = tenantEntity(
  'plg_franchise.deposits',
  (t) => ({
    applicationId: t.idOf(() => Application),
    amountMinor: t.bigint().check('amount_minor > 0'),
    currency: t.text(),
    receivedOn: t.date(),
    reference: t.text(),
    recordedBy: t.idOf(() => refs.Employee),
    /** It is to go back. */
    refundDueSince: t.date().nullable(),
    refundedOn: t.date().nullable(),
  }),
  { indexes: { deposits_once: { columns: ['applicationId'], unique: true } } },
);

/** What is to be done before a store opens. */
export const OpeningTask = tenantEntity(
  'plg_franchise.opening_tasks',
  (t) => ({
    applicationId: t.idOf(() => Application),
    position: t.integer(),
    title: t.text(),
    dueOn: t.date(),
    doneAt: t.timestamptz().nullable(),
    toldAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      opening_tasks_position: { columns: ['applicationId', 'position'], unique: true },
      opening_tasks_due: { columns: ['dueOn', 'id'], where: 'done_at is null' },
    },
  },
);
export const disclosures = Disclosure.table;
export const deposits = Deposit.table;
export const openingTasks = OpeningTask.table;
