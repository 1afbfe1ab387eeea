import { entityRef, refs, words } from '@guichet/sdk';
import { assets } from './asset.entity.ts';
import { labour } from './labour.entity.ts';
import { orders } from './order.entity.ts';
import { parts, partUses } from './part.entity.ts';
import { photos } from './photo.entity.ts';
import { quotes } from './quote.entity.ts';
import { signatures } from './signature.entity.ts';
import { technicians, visits } from './visit.entity.ts';

export const RepairAsset = entityRef('RepairAsset', assets);
export const Repair = entityRef('Repair', orders);
export const RepairOrder = entityRef('RepairOrder', orders);
export const RepairOrderViewerCan = entityRef('RepairOrderViewerCan', orders);
export const RepairVisit = entityRef('RepairVisit', visits);
export const RepairVisitViewerCan = entityRef('RepairVisitViewerCan', visits);
export const RepairTechnician = entityRef('RepairTechnician', technicians);
export const RepairQuote = entityRef('RepairQuote', quotes);
export const RepairPart = entityRef('RepairPart', parts);
export const RepairPartUse = entityRef('RepairPartUse', partUses);
export const RepairLabour = entityRef('RepairLabour', labour);
export const RepairPhoto = entityRef('RepairPhoto', photos);
export const RepairSignature = entityRef('RepairSignature', signatures);
export const RepairInteraction = entityRef('RepairInteraction', refs.Interaction);

export const RepairPriority = words('RepairPriority', 'How urgent a repair is.', {
  LOW: 'It can wait.',
  NORMAL: 'As usual.',
  HIGH: 'Soon.',
  URGENT: 'At once.',
});
export const RepairConfirmer = words('RepairConfirmer', 'Who said that the work is done.', {
  CUSTOMER: 'Who asked for it.',
  SITE_CONTACT: 'Who was there.',
  SILENCE: 'Nobody: it confirmed itself after some days.',
});
export const RepairHoldReason = words('RepairHoldReason', 'For what a visit waits.', {
  PARTS: 'For parts.',
  CUSTOMER: 'For the customer.',
  ESCALATED: 'For somebody who knows more.',
});
export const RepairQuoteState = words('RepairQuoteState', 'Where a quote stands.', {
  OPEN: 'The customer has to answer.',
  ACCEPTED: 'The customer has taken it.',
  REFUSED: 'The customer does not want it.',
  EXPIRED: 'It was not answered in time.',
  REPLACED: 'Another one came in its place.',
});
export const RepairPartUseState = words('RepairPartUseState', 'Where a part of a visit is.', {
  RESERVED: 'It is set aside.',
  USED: 'It was built in.',
  RETURNED: 'It is back in stock.',
});
