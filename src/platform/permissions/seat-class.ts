import type { Seat } from './seat.ts';

const classes = new WeakMap<Seat, string>();

/**
 * Seats of one class differ in nothing but who they are: what is decided before a row is looked at is decided alike for them. Made of
 * everything that a seat is besides its id, so that what is added to seats one day cannot be forgotten here.
 */
export function classOf(seat: Seat): string {
  let known = classes.get(seat);
  if (known === undefined) {
    known = JSON.stringify({ ...seat, id: undefined }, (_, value: unknown) =>
      value instanceof Map ? [...value].sort() : value instanceof Set ? [...value].sort() : value,
    );
    classes.set(seat, known);
  }
  return known;
}
