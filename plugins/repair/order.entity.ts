import { refs, tenantEntity } from '@guichet/sdk';
import { Asset } from './asset.entity.ts';
import { repairMoves, type State } from './order.moves.ts';

export const PRIORITIES = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export type Priority = (typeof PRIORITIES)[number];
/** Who said that the work is done. */
export const CONFIRMERS = ['CUSTOMER', 'SITE_CONTACT', 'SILENCE'] as const;

/** One repair: what it is beside the form that the core keeps. Its visits are rows of their own. What the technician needs of the site is copied here when it is given. */
export const RepairOrder = tenantEntity(
  'plg_repair.orders',
  (t) => ({
    version: t.version(),
    formId: t.idOf(() => refs.BusinessForm),
    contactId: t.idOf(() => refs.Contact),
    asset: () => t.to(Asset).nullable().ref(),
    number: t.text(),
    problem: t.text(),
    state: t.oneOf(...(Object.keys(repairMoves.states) as State[])),
    createdAt: t.timestamptz(),
    /** It was reported by the machine's sticker, by somebody without an account whose phone is that of the site contact. */
    reported: t.boolean().default(false),
    siteName: t.text().nullable(),
    siteAddress: t.text().nullable(),
    siteContactName: t.text().nullable(),
    siteContactPhone: t.text().nullable(),
    area: t.text().nullable(),
    /** What a technician must be able to do for it. */
    skill: t.text().nullable(),
    priority: t.oneOf(...PRIORITIES).nullable(),
    inGuarantee: t.boolean().nullable(),
    dueAt: t.timestamptz().nullable(),
    /** Working minutes that the deadline has left, while it stands still. */
    minutesLeft: t.integer().nullable(),
    question: t.text().nullable(),
    answer: t.text().nullable(),
    workDoneAt: t.timestamptz().nullable(),
    confirmedAt: t.timestamptz().nullable(),
    confirmedBy: t.oneOf(...CONFIRMERS).nullable(),
    /** What the customer pays for parts and work, as of the last visit that was finished. */
    chargedMinor: t.bigint().nullable(),
    chargedCurrency: t.text().nullable(),
    /** Silence does not confirm it: handed down by the settings or its machine, and kept when it is opened again. */
    needsSignature: t.boolean().default(false),
    signerName: t.text().nullable(),
    /** Sha256 of exactly what was shown to whoever signed. */
    signedHash: t.text().nullable(),
    disputeReason: t.text().nullable(),
    guaranteeUntil: t.timestamptz().nullable(),
    reopenedTimes: t.integer().default(0),
    stars: t.integer().nullable().check('stars between 1 and 5'),
    ratingComment: t.text().nullable(),
    ratedAt: t.timestamptz().nullable(),
  }),
  {
    checks: { orders_deadline_runs_or_stands: 'due_at is null or minutes_left is null' },
    indexes: {
      orders_form: { columns: ['formId'], unique: true },
      orders_contact: { columns: ['contactId', '-id'] },
      orders_state: { columns: ['state', '-id'] },
      orders_asset: { columns: ['asset', '-id'] },
      orders_due: { columns: ['dueAt', 'id'], where: 'due_at is not null' },
      orders_silent: { columns: ['workDoneAt', 'id'], where: `state = 'WORK_DONE'` },
    },
  },
);
export const orders = RepairOrder.table;
