import { tenantEntity } from '@guichet/sdk';
import { RepairVisit } from './visit.entity.ts';

export const PART_USES = ['RESERVED', 'USED', 'RETURNED'] as const;

/** Parts in stock. What is reserved is out of the stock already; below zero there is nothing. */
export const RepairPart = tenantEntity(
  'plg_repair.parts',
  (t) => ({
    version: t.version(),
    sku: t.text(),
    name: t.text(),
    priceMinor: t.bigint().check('price_minor >= 0'),
    currency: t.text(),
    stock: t.integer().check('stock >= 0'),
  }),
  { indexes: { parts_sku: { columns: ['sku'], unique: true } } },
);
/** A part that a visit takes: once for each visit and part. */
export const RepairPartUse = tenantEntity(
  'plg_repair.part_uses',
  (t) => ({
    visit: () => t.to(RepairVisit).ref(),
    part: () => t.to(RepairPart).ref(),
    sku: t.text(),
    name: t.text(),
    quantity: t.integer().check('quantity > 0'),
    state: t.oneOf(...PART_USES),
    chargeable: t.boolean(),
    unitPriceMinor: t.bigint(),
    currency: t.text(),
    at: t.timestamptz(),
  }),
  {
    indexes: {
      part_uses_visit: { columns: ['visit', 'id'] },
      part_uses_once: { columns: ['visit', 'part'], unique: true },
      part_uses_part: { columns: ['part', '-id'] },
    },
  },
);
export const parts = RepairPart.table;
export const partUses = RepairPartUse.table;
