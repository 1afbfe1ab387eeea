import { tenantEntity } from '@guichet/sdk';
import { RepairOrder } from './order.entity.ts';

export const QUOTE_STATES = ['OPEN', 'ACCEPTED', 'REFUSED', 'EXPIRED', 'REPLACED'] as const;

/** What a repair would cost. A repair has one open quote. */
export const RepairQuote = tenantEntity(
  'plg_repair.quotes',
  (t) => ({
    order: () => t.to(RepairOrder).ref(),
    state: t.oneOf(...QUOTE_STATES),
    priceMinor: t.bigint().check('price_minor >= 0'),
    currency: t.text(),
    /** What it costs the company: no customer's and no technician's to know. */
    costMinor: t.bigint().nullable(),
    text: t.text(),
    /** Working time that the price has in it. */
    labourMinutes: t.integer().nullable().check('labour_minutes > 0'),
    createdAt: t.timestamptz(),
    validUntil: t.timestamptz(),
    answeredAt: t.timestamptz().nullable(),
    answerReason: t.text().nullable(),
  }),
  {
    indexes: {
      quotes_order: { columns: ['order', '-id'] },
      quotes_open: { columns: ['order'], unique: true, where: `state = 'OPEN'` },
      quotes_expiring: { columns: ['validUntil', 'id'], where: `state = 'OPEN'` },
    },
  },
);
export const quotes = RepairQuote.table;
