import type { GraphQLResolveInfo } from 'graphql';
import { publicRule, type Role, type Rule } from '../permissions/rule.ts';
import { mayEverHold, type Seat } from '../permissions/seat.ts';
import { assertPlugin } from '../read/may-ask.ts';
import { isRefused } from '../read/refusal.ts';
import type { SchemaContext } from './builder.types.ts';

/** `OWNERS_SUPERVISOR` is the scope `ownersSupervisor`, a module's `LENDING_KEEPER` is `lendingKeeper`. */
export const scopeOf = ({ name }: Role): string =>
  name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The roles that a rule admits, as scopes of which one must hold. A role is asked together with the rule, whose right makes the role ADMIN. */
export const roleScopes = (rule: Rule): Readonly<Record<string, Rule>> =>
  Object.fromEntries(rule.roles.map((role) => [scopeOf(role), rule]));

/** What scope-auth asks of a request: methods by the names of scopes. They read the seat's class and never its id (one execution for equal answers). */
class SeatScopes {
  readonly seat: Seat | undefined;
  readonly stopped: ReadonlySet<string>;
  constructor({ seat, stopped }: SchemaContext) {
    this.seat = seat;
    this.stopped = stopped;
  }
  /** @throws PLUGIN_DISABLED */
  plugin(name: string): boolean {
    assertPlugin(name, this.seat, this.stopped);
    return true;
  }
}
const mayHold = (role: Role) =>
  function (this: SeatScopes, rule: Rule): boolean {
    return mayEverHold({ ...rule, roles: [role] }, this.seat);
  };

/** @param roles all that modules have declared: complete when the first request comes. */
export function scopesFor(roles: ReadonlyMap<string, Role>): (context: SchemaContext) => SeatScopes {
  let Scopes: typeof SeatScopes | undefined;
  return (context) => {
    Scopes ??= withRoles(roles.values());
    return new Scopes(context);
  };
}
function withRoles(roles: Iterable<Role>): typeof SeatScopes {
  const Scopes = class extends SeatScopes {};
  for (const role of roles) Object.defineProperty(Scopes.prototype, scopeOf(role), { value: mayHold(role), enumerable: true });
  return Scopes;
}

type ScopeMap = object | boolean;
/** As scope-auth takes them: a map of scopes, or a function that gives one for each object. */
export type FieldScopes = ScopeMap | ((...given: unknown[]) => ScopeMap | Promise<ScopeMap>);

export interface ScopedField {
  readonly rule: Rule;
  readonly plugin: string | undefined;
  /** `row`: its value, or what its resolver needs, stands in a row that a statement wrote. `value`: and nothing else is asked. */
  readonly stands: 'row' | 'value' | 'alone';
  /** What the author of the field asks besides. */
  readonly more: FieldScopes | undefined;
}

/** What scope-auth asks before a field is resolved, written from its rule. Undefined where anybody may read what is there. */
export function fieldScopes({ rule, plugin, stands, more }: ScopedField): FieldScopes | undefined {
  const isOpen = rule === publicRule;
  const asked = { ...(isOpen ? {} : { $any: roleScopes(rule) }), ...(plugin === undefined || stands === 'value' ? {} : { plugin }) };
  const own = Object.keys(asked).length === 0 ? undefined : { $all: asked };
  if (stands === 'alone' || isOpen) return joined(own, more);
  return ofRow(rule, stands === 'value' ? true : (own ?? true), more);
}

/**
 * Toward a row the statement has decided by the row's role mask, and has put a mark in the place of what is refused. The scopes stand on the
 * function, for whoever reads the built field.
 */
function ofRow(rule: Rule, own: ScopeMap, more: FieldScopes | undefined): FieldScopes {
  const further = joined(typeof own === 'object' ? own : undefined, more) ?? true;
  const decide = (...given: unknown[]): ScopeMap | Promise<ScopeMap> => {
    const [source, , , info] = given as [Record<string, unknown>, unknown, unknown, GraphQLResolveInfo];
    if (isRefused(source[info.path.key])) return false;
    return typeof further === 'function' ? further(...given) : further;
  };
  return Object.assign(decide, { $any: roleScopes(rule) });
}

function joined(own: object | undefined, more: FieldScopes | undefined): FieldScopes | undefined {
  if (own === undefined || more === undefined) return own ?? more;
  if (typeof more !== 'function') return { $all: { $all: own, $any: more } };
  return async (...given) => {
    const found = await more(...given);
    return typeof found === 'boolean' ? found && { $all: own } : { $all: { $all: own, $any: found } };
  };
}
