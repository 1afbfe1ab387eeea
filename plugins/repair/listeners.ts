import { formMoved, listen } from '@guichet/sdk';
import { puttingOff } from './clocks.ts';
import { RepairOrder } from './order.entity.ts';
import { moveOrder, REPAIR } from './order.service.ts';

/** The customer may dispute by the core's own mutation too. */
export const listeners = [
  listen(formMoved, async (use, { formId, kind, move }) => {
    if (kind !== REPAIR || move !== 'DISPUTED') return;
    const order = await use.em.findOne(RepairOrder, { formId });
    if (order?.state === 'WORK_DONE') moveOrder(use, order, 'DISPUTED');
  }),
  puttingOff,
];
