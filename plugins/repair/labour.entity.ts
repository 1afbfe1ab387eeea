import { refs, tenantEntity } from '@guichet/sdk';
import { RepairVisit } from './visit.entity.ts';

/** Time that was worked on a visit, by its technician of that time. */
export const RepairLabour = tenantEntity(
  'plg_repair.labour',
  (t) => ({
    visit: () => t.to(RepairVisit).ref(),
    technicianId: t.idOf(() => refs.Employee),
    minutes: t.integer().check('minutes > 0'),
    /** What was done in it; whoever pays for it reads it. */
    text: t.text().nullable(),
    chargeable: t.boolean(),
    /** What the customer pays for it, by the rate of its day; null where nothing is charged, or no rate is set. */
    priceMinor: t.bigint().nullable(),
    currency: t.text().nullable(),
    at: t.timestamptz(),
  }),
  { indexes: { labour_visit: { columns: ['visit', 'id'] } } },
);
export const labour = RepairLabour.table;
