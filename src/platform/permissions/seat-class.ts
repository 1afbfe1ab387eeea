import type { Seat } from './seat.ts';

const classes = new WeakMap<Seat, string>();

/**
 * Seats of one class differ in nothing but who they are: what is decided before a row is looked at is decided alike for them. Made of
 * everything that a seat is besides its id, so that what is added to seats one day cannot be forgotten here.
 */
export function classOf(seat: Seat): string {
  let known = classes.get(seat);
  if (known === undefined) {
    known = JSON.stringify({ ...seat, id: undefined }, (_, value: unknown) => told(value));
    classes.set(seat, known);
  }
  return known;
}

/** @throws Error for what would be written as nothing: two seats that differ in it would be taken for one class. */
function told(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].sort();
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error('A seat holds something that its class cannot be told by.');
  return value;
}
