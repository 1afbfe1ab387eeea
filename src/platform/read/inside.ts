import { type Seat, WINDOW_MEMBER, WINDOW_SUSPENDED } from '../permissions/seat.ts';
import { windowIsSuspended } from './refusal.ts';

/**
 * Whether a seat is where plugins and streams are for it: employees are everywhere, contacts at an open window alone (spec 5.2).
 * @throws WINDOW_SUSPENDED for a contact whose window is suspended
 */
export function isInside({ kind, traits }: Seat): boolean {
  if (traits.has(WINDOW_SUSPENDED)) throw windowIsSuspended();
  return kind === 'EMPLOYEE' || traits.has(WINDOW_MEMBER);
}
