import type { Bearer, Rule } from '../permissions/rule.ts';
import { concerns } from '../permissions/rule.ts';

/** A schema made for one kind of caller from the one set of declarations: what none of its callers may ever read is not named in it. */
export interface Surface {
  readonly name: 'staff' | 'portal';
  readonly bearers: readonly Bearer[];
}
/** Employees get the whole schema. Fields meant for contacts stand on it too and refuse by rule (api 1). */
export const STAFF: Surface = { name: 'staff', bearers: ['EMPLOYEE', 'CONTACT', 'ANYBODY'] };
export const PORTAL: Surface = { name: 'portal', bearers: ['CONTACT', 'ANYBODY'] };

export const isShown = (surface: Surface, rule: Rule, only?: string): boolean =>
  (only === undefined || only === surface.name) && concerns(rule, surface.bearers);
