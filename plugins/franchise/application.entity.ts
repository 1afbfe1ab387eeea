import { refs, tenantEntity } from '@guichet/sdk';
import { type FranchiseState, franchiseMoves } from './application.moves.ts';
import { Brand, ScoreSheet, Territory } from './brand.entity.ts';

const STATES = Object.keys(franchiseMoves.states) as [FranchiseState, ...FranchiseState[]];

/** One person’s application for a store of one brand. */
export const Application = tenantEntity(
  'plg_franchise.applications',
  (t) => ({
    version: t.version(),
    number: t.text(),
    brandId: t.idOf(() => Brand),
    contactId: t.idOf(() => refs.Contact),
    territoryId: t.idOf(() => Territory).nullable(),
    state: t.oneOf(...STATES),
    stateSince: t.timestamptz(),
    createdAt: t.timestamptz(),
    /** Since when the applicant has not answered; null: it is not their turn. */
    waitingSince: t.timestamptz().nullable(),
    /** No way leads on from where it stands. */
    closedAt: t.timestamptz().nullable(),

    /** Raised by the applicant’s own saving. */
    profileVersion: t.integer().default(1),
    legalName: t.text().nullable(),
    capitalMinor: t.bigint().nullable(),
    capitalCurrency: t.text().nullable(),
    experience: t.text().nullable(),
    message: t.text().nullable(),

    interviewAt: t.timestamptz().nullable(),
    interviewPlace: t.text().nullable(),
    sheetId: t.idOf(() => ScoreSheet).nullable(),
    /** When the last score came: before that nobody sees another’s. */
    scoredAt: t.timestamptz().nullable(),
    isKnockedOut: t.boolean().default(false),
    /** Mean of the scores, in hundredths of a point. */
    score: t.integer().nullable(),
    /** Raised whenever the committee is called. */
    round: t.integer().default(0),
    innerReason: t.text().nullable(),
    releasedReason: t.text().nullable(),
    reapplyFrom: t.date().nullable(),
    /** The first lawful day to sign, by what was disclosed last. */
    earliestSigningOn: t.date().nullable(),
    /** Of the app of contracts. */
    contractId: t.uuid().nullable(),
    signedOn: t.date().nullable(),
    /** The last day on which it can be rescinded. */
    coolingOffUntil: t.date().nullable(),
    previousId: t.uuid().nullable(),
    /** When what the applicant had said was deleted. */
    purgedAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      applications_number: { columns: ['number'], unique: true },
      applications_one: { columns: ['brandId', 'contactId'], unique: true, where: 'closed_at is null' },
      applications_contact: { columns: ['contactId', '-id'] },
      applications_state: { columns: ['state', 'id'] },
      applications_contract: { columns: ['contractId'], where: 'contract_id is not null' },
      applications_waiting: { columns: ['waitingSince', 'id'], where: 'waiting_since is not null' },
      applications_closed: { columns: ['closedAt', 'id'], where: 'closed_at is not null and purged_at is null' },
    },
  },
);

/** Who applies together with the applicant. */
export const CoApplicant = tenantEntity(
  'plg_franchise.co_applicants',
  (t) => ({ applicationId: t.idOf(() => Application).primary(), contactId: t.idOf(() => refs.Contact).primary(), since: t.timestamptz() }),
  { indexes: { co_applicants_contact: { columns: ['contactId', 'applicationId'] } } },
);

/**
 * A place in a territory that is kept for an application. Whatever is live occupies one place, so that the database itself keeps two from
 * having the same.
 */
export const Hold = tenantEntity(
  'plg_franchise.holds',
  (t) => ({
    territoryId: t.idOf(() => Territory),
    applicationId: t.idOf(() => Application),
    /** From 1 to the quota. */
    place: t.integer(),
    /** The last day; null: for good, since the contract is signed. */
    until: t.date().nullable(),
    isLive: t.boolean(),
    createdAt: t.timestamptz(),
    endedAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      holds_place: { columns: ['territoryId', 'place'], unique: true, where: 'is_live' },
      holds_application: { columns: ['applicationId'], unique: true, where: 'is_live' },
      holds_ending: { columns: ['until', 'id'], where: 'is_live and until is not null' },
    },
  },
);
export type ApplicationRow = InstanceType<typeof Application.class>;
export const applications = Application.table;
export const holds = Hold.table;
export const coApplicants = CoApplicant.table;
