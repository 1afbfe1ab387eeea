import { refs, tenantEntity } from '@guichet/sdk';
import { RepairOrder } from './order.entity.ts';

/** Who signs; silence does not. */
export const SIGNERS = ['CUSTOMER', 'SITE_CONTACT'] as const;

/** A signature for work that is done: what is left of it when the repair is opened again, and signed off once more. */
export const RepairSignature = tenantEntity(
  'plg_repair.signatures',
  (t) => ({
    order: () => t.to(RepairOrder).ref(),
    by: t.oneOf(...SIGNERS),
    signerName: t.text().nullable(),
    at: t.timestamptz(),
    /** Sha256 of exactly what was shown to whoever signed. */
    sha256: t.text(),
    /** As it was drawn. */
    imageId: t.idOf(() => refs.File).nullable(),
  }),
  { indexes: { signatures_order: { columns: ['order', '-id'] } } },
);
export const signatures = RepairSignature.table;
