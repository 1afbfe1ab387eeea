import { ConstantError } from '../log/constant.error.ts';
import type { Rule } from '../permissions/rule.ts';
import { isHeldByStanding, type Seat } from '../permissions/seat.ts';
import { forbidden } from '../read/refusal.ts';

interface Acting {
  readonly seat: Seat;
}
const asked = new WeakSet<object>();

/** A rule was asked toward some object, or a right of the seat. */
export const noteAsked = (use: object): void => void asked.add(use);

/**
 * What a plugin has done under a rule of roles toward objects has to have asked one for them, or a right: before that every employee could hold
 * such a role toward some object.
 * @param what it was, for the plugin's author. @throws where nothing was asked, so that nothing is done
 */
export function refuseUnasked(what: string, rule: Rule, use: Acting): void {
  if (isHeldByStanding(rule, use.seat) || asked.has(use)) return;
  throw new ConstantError(
    `${what} asked no object for its rule ${rule.name}: call \`use.authorize\`, or \`requireRight\` where there is none yet.`,
  );
}

/**
 * For what makes something new: there is no object yet whose roles could be asked.
 * @param use the use case. @param rule of what is done. @param rights one of them is enough
 * @throws FORBIDDEN unless the seat holds it for the whole organization
 */
export function requireRight(use: Acting, rule: Rule, ...rights: readonly string[]): void {
  noteAsked(use);
  if (!rights.some((right) => use.seat.rights.get(right) === 'ALL')) throw forbidden(rule);
}
