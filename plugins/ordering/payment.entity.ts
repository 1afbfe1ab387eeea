import { refs, tenantEntity } from '@guichet/sdk';

/** Money that has come, or has gone back: written down, not moved. */
export const Payment = tenantEntity(
  'plg_ordering.payments',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    kind: t.oneOf('PAYMENT', 'REFUND'),
    amountMinor: t.bigint().check('amount_minor > 0'),
    currency: t.text(),
    reference: t.text().nullable(),
    recordedAt: t.timestamptz(),
    recordedBy: t.idOf(() => refs.Employee),
  }),
  { indexes: { payments_form: { columns: ['formId', 'id'] } } },
);

export const payments = Payment.table;
