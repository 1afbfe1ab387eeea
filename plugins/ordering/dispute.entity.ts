import { refs, tenantEntity } from '@guichet/sdk';

export const DISPUTE_STATES = ['OPEN', 'SHIPPED_ANEW', 'LET_BE', 'ENDED'] as const;

/** What is disputed of a line, as it was when it was said. */
export interface DisputedLine {
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
}

/** What a customer says of goods that have not come, or not as they should: whoever answers for the customer has it to settle. */
export const Dispute = tenantEntity(
  'plg_ordering.disputes',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    state: t.oneOf(...DISPUTE_STATES).default('OPEN'),
    lines: t.json<readonly DisputedLine[]>(),
    reason: t.text(),
    raisedAt: t.timestamptz(),
    /** Who said so, and what they are called, for whoever settles it and need not know them. */
    contactId: t.idOf(() => refs.Contact),
    raisedBy: t.text().nullable(),
    settledAt: t.timestamptz().nullable(),
  }),
  { indexes: { disputes_form: { columns: ['formId', 'id'] } } },
);

/** A photo of what has come. */
export const DisputePhoto = tenantEntity(
  'plg_ordering.dispute_photos',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    dispute: () => t.to(Dispute).ref(),
    fileId: t.idOf(() => refs.File),
  }),
  { indexes: { dispute_photos_dispute: { columns: ['dispute', 'id'] } } },
);

export const disputes = Dispute.table;
export const disputePhotos = DisputePhoto.table;
