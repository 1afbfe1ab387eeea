import { type UseCase, windowTime, workingHours } from '@guichet/sdk';

const MINUTES = 60;

/** The deadline of a repair: it runs until `dueAt`, or stands still with `minutesLeft`. */
interface Deadline {
  dueAt?: Date | null | undefined;
  minutesLeft?: number | null | undefined;
}

/** The deadline runs from now, or from where the clock of customers stands: so many working hours. */
export async function runFor(use: UseCase, order: Deadline, hours: number): Promise<void> {
  order.dueAt = await use.service(workingHours).after(use, await use.service(windowTime).clock(use), hours);
  order.minutesLeft = null;
}
/** The deadline stands still: what it has left is kept in working time; what is over stays over. */
export async function standStill(use: UseCase, order: Deadline): Promise<void> {
  if (!order.dueAt) return;
  const left = await use.service(workingHours).between(use, await use.service(windowTime).clock(use), order.dueAt);
  order.minutesLeft = Math.round(left * MINUTES);
  order.dueAt = null;
}
/** It runs on with what it had left: a minute, where it was over. */
export async function runOn(use: UseCase, order: Deadline): Promise<void> {
  if (order.minutesLeft === null || order.minutesLeft === undefined) return;
  await runFor(use, order, Math.max(order.minutesLeft, 1) / MINUTES);
}
/** There is nothing to wait for any more. */
export function endDeadline(order: Deadline): void {
  order.dueAt = null;
  order.minutesLeft = null;
}
