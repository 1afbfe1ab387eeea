import { refs, tenantEntity } from '@guichet/sdk';

export const REQUEST_STATES = ['WAITING', 'APPROVED', 'REFUSED', 'TAKEN_BACK'] as const;

/** A line as whoever asks has seen it. */
export interface RequestedLine {
  readonly productId: string;
  readonly variantId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** With tax. */
  readonly totalMinor: number;
}

/** An order that somebody else of the customer's company is to approve before it is one: nobody of the organization sees it until then. */
export const OrderRequest = tenantEntity(
  'plg_ordering.order_requests',
  (t) => ({
    contactId: t.idOf(() => refs.Contact),
    /** The company for which it was asked: in another one nobody decides about it. */
    companyId: t.idOf(() => refs.Company),
    /** What whoever asks is called, for whoever decides. */
    buyerName: t.text(),
    state: t.oneOf(...REQUEST_STATES).default('WAITING'),
    lines: t.json<readonly RequestedLine[]>(),
    totalMinor: t.bigint(),
    currency: t.text(),
    note: t.text().nullable(),
    recipient: t.text().nullable(),
    recipientPhone: t.text().nullable(),
    address: t.text().nullable(),
    site: t.text().nullable(),
    requestedAt: t.timestamptz(),
    decidedAt: t.timestamptz().nullable(),
    reason: t.text().nullable(),
    /** The order that it has become. */
    formId: t.idOf(() => refs.BusinessForm).nullable(),
  }),
  {
    indexes: {
      order_requests_company: { columns: ['companyId', '-id'] },
      order_requests_contact: { columns: ['contactId', '-id'] },
    },
  },
);

export const orderRequests = OrderRequest.table;
