import { encodeGlobalId, type GuichetBuilder } from '@guichet/sdk';
import { boardTopic, visitTopic } from './live.topics.ts';
import { repair } from './permissions.ts';
import { RepairOrder, RepairVisit } from './refs.ts';

/** What is followed live: the board by those inside, the visit by the customer. */
export function liveTypes(builder: GuichetBuilder): void {
  builder.live('repairBoard', {
    description: 'The board, live: something happened to a repair that you may see.',
    rule: repair.desk,
    topic: boardTopic,
    event: 'RepairBoardEvent',
    eventDescription: 'Something happened to a repair.',
    stream: ({ organizationId }) => ({ stream: organizationId, payload: ({ subjectId }) => ({ repairId: subjectId }) }),
    fields: (t) => ({
      repairId: t.id({
        description: 'Id of the repair.',
        rule: repair.desk,
        resolve: ({ repairId }) => encodeGlobalId('RepairOrder', repairId),
      }),
      repair: t.loaded(RepairOrder, 'repairId', { description: 'The repair as it is now.', rule: repair.desk }),
    }),
  });
  builder.live('repairVisitMoved', {
    description: 'Your visits, live: one was sent, or has another window. You learn the window and the first name of who comes.',
    rule: repair.customer,
    topic: visitTopic,
    event: 'RepairVisitMovedEvent',
    eventDescription: 'A visit of yours was sent, or has another window.',
    stream: (seat) => ({ stream: seat.id, payload: ({ subjectId }) => ({ visitId: subjectId }) }),
    fields: (t) => ({
      visitId: t.id({
        description: 'Id of the visit.',
        rule: repair.customer,
        resolve: ({ visitId }) => encodeGlobalId('RepairVisit', visitId),
      }),
      visit: t.loaded(RepairVisit, 'visitId', { description: 'The visit as it is now.', rule: repair.customer }),
    }),
  });
}
