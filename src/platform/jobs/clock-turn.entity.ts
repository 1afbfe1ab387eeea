import { tenantEntity } from '../entities/entity.ts';

/** When a clock of an organization strikes next: whichever server puts it forward starts the work, and no other. */
export const ClockTurn = tenantEntity('clock_turns', (t) => ({ clock: t.text().primary(), dueAt: t.timestamptz() }), {
  servesWorker: true,
});
