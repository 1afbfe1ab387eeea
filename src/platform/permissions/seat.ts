import type { Bearer, Rule } from './rule.ts';

/** How far an admin right reaches: the whole organization, or the departments named and those below them. */
export type RightScope = 'ALL' | readonly string[];

/** Who is asking: one seat in one organization, with the facts that decide roles before any row is read (spec 2.1). */
export interface Seat {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: Exclude<Bearer, 'ANYBODY'>;
  readonly rights: ReadonlyMap<string, RightScope>;
  /** Facts that domains find out about a seat, such as that it supervises somebody. */
  readonly traits: ReadonlySet<string>;
  /** Plugins that the organization has switched off. */
  readonly pluginsOff: ReadonlySet<string>;
}

/**
 * Whether a seat could hold any of a rule's roles, before there is an object: the check of root fields.
 * A role of employees is possible for every employee but ADMIN, which needs the rule's admin right, for the whole organization where the rule says so.
 */
export function mayEverHold(rule: Rule, seat: Seat | undefined): boolean {
  return rule.roles.some(({ name, bearer }) => {
    if (bearer === 'ANYBODY') return true;
    if (!seat || seat.kind !== bearer) return false;
    if (name !== 'ADMIN') return true;
    const scope = rule.right === undefined ? undefined : seat.rights.get(rule.right);
    return rule.whole ? scope === 'ALL' : scope !== undefined;
  });
}
