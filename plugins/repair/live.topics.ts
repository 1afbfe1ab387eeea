import { topic, type UseCase } from '@guichet/sdk';

export const boardTopic = topic('REPAIR_BOARD', 'RepairOrder');
export const visitTopic = topic('REPAIR_VISIT', 'RepairVisit');

/** Something has happened to a repair, for those who look at the board. */
export const tellBoard = (use: UseCase, kind: string, orderId: string): void =>
  use.emit({ stream: use.organizationId, topic: boardTopic, kind, subjectId: orderId });

/** The customer's own stream: they learn the window and who comes, and no more. */
export const tellCustomer = (use: UseCase, kind: string, of: { readonly visitId: string; readonly contactId: string }): void =>
  use.emit({ stream: of.contactId, topic: visitTopic, kind, seatId: of.contactId, subjectId: of.visitId });
