import { refs, tenantEntity } from '@guichet/sdk';
import { Application } from './application.entity.ts';

export const DOCUMENT_STATES = ['REQUESTED', 'UPLOADED', 'VERIFIED', 'REFUSED', 'EXPIRED'] as const;
export const SCORE_STATES = ['WAITING', 'SCORED', 'RECUSED'] as const;
export const BALLOT_STATES = ['OPEN', 'FOR', 'AGAINST', 'RECUSED', 'VOID'] as const;

/** A document that the applicant is asked for. */
export const FranchiseDocument = tenantEntity(
  'plg_franchise.documents',
  (t) => ({
    applicationId: t.idOf(() => Application),
    kind: t.text(),
    state: t.oneOf(...DOCUMENT_STATES),
    dueOn: t.date(),
    /** The last day on which it is good. */
    expiresOn: t.date().nullable(),
    fileId: t.idOf(() => refs.File).nullable(),
    /** What the applicant is told: why it is asked for again. */
    remark: t.text().nullable(),
    uploadedAt: t.timestamptz().nullable(),
    verifiedAt: t.timestamptz().nullable(),
    verifiedBy: t.idOf(() => refs.Employee).nullable(),
    toldAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      documents_application: { columns: ['applicationId', 'id'] },
      documents_expiring: { columns: ['expiresOn', 'id'], where: `expires_on is not null and state = 'VERIFIED'` },
      documents_due: { columns: ['dueOn', 'id'], where: `state in ('REQUESTED', 'REFUSED', 'EXPIRED')` },
    },
  },
);

/** Somebody looks at the site. */
export const SiteVisit = tenantEntity(
  'plg_franchise.site_visits',
  (t) => ({
    applicationId: t.idOf(() => Application),
    inspectorId: t.idOf(() => refs.Employee),
    at: t.timestamptz(),
    address: t.text(),
    findings: t.text().nullable(),
    isSuitable: t.boolean().nullable(),
    recordedAt: t.timestamptz().nullable(),
  }),
  { indexes: { site_visits_application: { columns: ['applicationId'], unique: true } } },
);

/** Who scores an application, and what they say: once. */
export const Score = tenantEntity(
  'plg_franchise.scores',
  (t) => ({
    applicationId: t.idOf(() => Application),
    scorerId: t.idOf(() => refs.Employee),
    state: t.oneOf(...SCORE_STATES),
    points: t.json<readonly { readonly criterion: string; readonly points: number }[]>().nullable(),
    /** Hundredths of a point. */
    total: t.integer().nullable(),
    isKnockOut: t.boolean().nullable(),
    note: t.text().nullable(),
    at: t.timestamptz().nullable(),
    /** Its application, once all scores are in: only by this others come to it. */
    openedId: t.idOf(() => Application).nullable(),
  }),
  { indexes: { scores_once: { columns: ['applicationId', 'scorerId'], unique: true }, scores_scorer: { columns: ['scorerId', '-id'] } } },
);

/** A member of the committee decides, by a form of the core. */
export const Ballot = tenantEntity(
  'plg_franchise.ballots',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm).primary(),
    applicationId: t.idOf(() => Application),
    round: t.integer(),
    memberId: t.idOf(() => refs.Employee),
    state: t.oneOf(...BALLOT_STATES),
  }),
  {
    indexes: {
      ballots_once: { columns: ['applicationId', 'round', 'memberId'], unique: true },
      ballots_member: { columns: ['memberId', 'applicationId'] },
    },
  },
);

/** Who takes no part in an application: it keeps its word in every round. */
export const Recusal = tenantEntity('plg_franchise.recusals', (t) => ({
  applicationId: t.idOf(() => Application).primary(),
  employeeId: t.idOf(() => refs.Employee).primary(),
  reason: t.text(),
  at: t.timestamptz(),
}));

export const documents = FranchiseDocument.table;
export const siteVisits = SiteVisit.table;
export const scores = Score.table;
export const ballots = Ballot.table;
export const recusals = Recusal.table;
