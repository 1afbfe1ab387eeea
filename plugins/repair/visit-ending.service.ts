import type { UseCase } from '@guichet/sdk';
import { giveBackParts } from './part.service.ts';
import { RepairVisit } from './visit.entity.ts';
import { OPEN_VISITS } from './visit.moves.ts';

/** Calls the open visit of a repair off, and gives back what it has reserved. */
export async function callOff(use: UseCase, orderId: string): Promise<void> {
  for (const visit of await use.em.find(RepairVisit, { order: orderId, state: [...OPEN_VISITS] as never })) {
    visit.state = 'CANCELLED';
    await giveBackParts(use, visit.id);
  }
}
