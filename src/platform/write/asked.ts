import type { Rule } from '../permissions/rule.ts';
import { forbidden } from '../read/refusal.ts';
import type { UseCase } from './use-case.ts';

const asked = new WeakSet<UseCase>();

/** A rule was asked toward some object, or a right of the seat. */
export const noteAsked = (use: UseCase): void => void asked.add(use);
export const hasAsked = (use: UseCase): boolean => asked.has(use);

/**
 * For what makes something new: there is no object yet whose roles could be asked.
 * @param rule the mutation's @param rights one of them is enough. @throws FORBIDDEN unless the seat holds it for the whole organization
 */
export function requireRight(use: UseCase, rule: Rule, ...rights: readonly string[]): void {
  noteAsked(use);
  if (!rights.some((right) => use.seat.rights.get(right) === 'ALL')) throw forbidden(rule);
}
