import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import { forbidden } from '../read/refusal.ts';

const asked = new WeakSet<object>();

/** A rule was asked toward some object, or a right of the seat. */
export const noteAsked = (use: object): void => void asked.add(use);
export const hasAsked = (use: object): boolean => asked.has(use);

/**
 * For what makes something new: there is no object yet whose roles could be asked.
 * @param use the use case. @param rule the mutation's @param rights one of them is enough
 * @throws FORBIDDEN unless the seat holds it for the whole organization
 */
export function requireRight(use: { readonly seat: Seat }, rule: Rule, ...rights: readonly string[]): void {
  noteAsked(use);
  if (!rights.some((right) => use.seat.rights.get(right) === 'ALL')) throw forbidden(rule);
}
