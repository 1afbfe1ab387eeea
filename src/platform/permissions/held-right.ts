import { type SeatSql, type Sql, sql } from '../sql/sql.ts';
import type { Rule } from './rule.ts';
import { mayEverHold, type Seat } from './seat.ts';

/** The admin right under which a seat had something made: what came of it is read while the seat holds it at least so far. */
export interface HeldRight {
  /** Null where the rule admits the seat without one. */
  readonly under_right: string | null;
  /** Departments that it was limited to; null for the whole organization. */
  readonly under_scope: readonly string[] | null;
}
export const NO_RIGHT: HeldRight = { under_right: null, under_scope: null };

/** What of a seat's rights a rule that the seat alone decides has asked for. */
export function rightUnder(rule: Rule, seat: Seat): HeldRight {
  const others = rule.roles.filter(({ name }) => name !== 'ADMIN');
  if (rule.right === undefined || mayEverHold({ ...rule, roles: others }, seat)) return NO_RIGHT;
  const scope = seat.rights.get(rule.right);
  return { under_right: rule.right, under_scope: scope === undefined || scope === 'ALL' ? null : scope };
}

/** Whether the seat that asks holds what a row was made under, as far as it was held then: asked with the rights of the moment. */
export const stillHeld = (row: { readonly under_right: Sql; readonly under_scope: Sql }, seat: SeatSql): Sql =>
  sql`(${row.under_right} is null or ${row.under_right} = any(${seat.wholeRights})
    or coalesce(${row.under_scope} <@ (${seat.limitedRights} -> ${row.under_right}), false))`;
