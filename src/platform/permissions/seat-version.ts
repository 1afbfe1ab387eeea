import type { Seat } from './seat.ts';

// Beside the seat and not in it: two seats with the same rights are asked by one statement, whichever change of rights they are later than.

const versions = new WeakMap<Seat, number>();

/** Notes the organization's version of rights that was read before the facts of a seat. */
export function noteVersion(seat: Seat, version: number): Seat {
  versions.set(seat, version);
  return seat;
}
/** Undefined for seats whose facts nobody has found, such as the server's own. */
export const versionOf = (seat: Seat): number | undefined => versions.get(seat);
