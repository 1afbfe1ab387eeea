import { refs, tenantEntity } from '@guichet/sdk';
import { RepairOrder } from './order.entity.ts';
import { RepairVisit } from './visit.entity.ts';

/** A photo that the customer sent with the request, or that a technician took. */
export const RepairPhoto = tenantEntity(
  'plg_repair.photos',
  (t) => ({
    order: () => t.to(RepairOrder).ref(),
    visit: () => t.to(RepairVisit).nullable().ref(),
    fileId: t.idOf(() => refs.File),
    at: t.timestamptz(),
    /** Told to the customer too. */
    shown: t.boolean(),
  }),
  { indexes: { photos_order: { columns: ['order', '-id'] }, photos_visit: { columns: ['visit', 'id'] } } },
);
export const photos = RepairPhoto.table;
