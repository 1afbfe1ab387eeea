import type { UseCase } from '../../sdk/index.ts';
import { workingClock } from '../working-time/index.ts';
import type { Flow } from './template-body.ts';

/** Until when a turn is to be decided, and when its clock is looked at next. */
export interface Due {
  readonly due_at: Date | null;
  readonly alarm_at: Date | null;
}
export const NEVER_DUE: Due = { due_at: null, alarm_at: null };
/** Its holder is reminded when so much of the time has passed. */
const REMINDED_AT = 0.75;

/** When a turn falls due that begins now at a stop, in working hours of the organization. */
export async function dueFrom(use: UseCase, { route }: Flow, stop: string): Promise<Due> {
  const hours = route === 'BY_HAND' ? undefined : route.find(({ id }) => stop === id || stop.startsWith(`${id}:`))?.dueHours;
  if (hours === undefined) return NEVER_DUE;
  const after = await workingClock(use);
  return { due_at: after(hours), alarm_at: after(hours * REMINDED_AT) };
}
