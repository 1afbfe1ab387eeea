import { publicRule, type Rule } from '../permissions/rule.ts';
import { mayEverHold, type Seat } from '../permissions/seat.ts';
import { forbidden, pluginDisabled, unauthenticated } from './refusal.ts';

/** @throws UNAUTHENTICATED, FORBIDDEN where the seat can hold none of the rule's roles, whatever the object. */
export function assertRule(rule: Rule, seat: Seat | undefined): void {
  if (rule !== publicRule && !mayEverHold(rule, seat)) throw seat ? forbidden(rule) : unauthenticated();
}

/** @throws PLUGIN_DISABLED where the plugin is stopped, or the organization has switched it off. */
export function assertPlugin(plugin: string, seat: Seat | undefined, stopped: ReadonlySet<string>): void {
  if (stopped.has(plugin) || seat?.pluginsOff.has(plugin)) throw pluginDisabled();
}
