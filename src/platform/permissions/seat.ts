import { NO_ID } from '../database/uuid.ts';
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

/** Trait of a contact's seat: a member of the organization's window, which is open. Toward apps, forms and articles it has no role without it. */
export const WINDOW_MEMBER = 'WINDOW_MEMBER';
/** Trait of a contact's seat: a member of a window that is suspended. It sees the notice and nothing else (spec 5.2). */
export const WINDOW_SUSPENDED = 'WINDOW_SUSPENDED';

/** A map that nobody can change, whatever they call on it: no `Map` is in reach. */
class KeptMap<K, V> implements Iterable<[K, V]> {
  readonly #kept: ReadonlyMap<K, V>;
  constructor(entries: Iterable<readonly [K, V]>) {
    this.#kept = new Map(entries);
    Object.freeze(this);
  }
  get size(): number {
    return this.#kept.size;
  }
  get(key: K): V | undefined {
    return this.#kept.get(key);
  }
  has(key: K): boolean {
    return this.#kept.has(key);
  }
  entries(): MapIterator<[K, V]> {
    return this.#kept.entries();
  }
  keys(): MapIterator<K> {
    return this.#kept.keys();
  }
  values(): MapIterator<V> {
    return this.#kept.values();
  }
  forEach(work: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.#kept) work(value, key, this as unknown as ReadonlyMap<K, V>);
  }
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#kept[Symbol.iterator]();
  }
}
/** A set of the same kind; its members are its keys. */
class KeptSet<T> extends KeptMap<T, T> {
  constructor(members: Iterable<T>) {
    super([...members].map((one) => [one, one]));
  }
  override [Symbol.iterator](): never {
    return this.keys() as never;
  }
}

/** A seat as it is remembered and handed to modules: it stays what it is for all who have it. */
export const keptSeat = ({ rights, traits, pluginsOff, ...seat }: Seat): Seat =>
  Object.freeze({
    ...seat,
    rights: new KeptMap([...rights].map(([right, scope]) => [right, scope === 'ALL' ? scope : Object.freeze([...scope])] as const)),
    traits: new KeptSet(traits) as unknown as ReadonlySet<string>,
    pluginsOff: new KeptSet(pluginsOff) as unknown as ReadonlySet<string>,
  });

/** The server itself in an organization, as a clock's work has it: it has no rights, and what it does asks none. */
export const serverSeat = (organizationId: string): Seat =>
  keptSeat({ id: NO_ID, organizationId, kind: 'EMPLOYEE', rights: new Map(), traits: new Set(), pluginsOff: new Set() });
/** Whether a seat is the server itself, as a clock's work has it: nobody who could be named as having done something. */
export const isServer = ({ id }: Pick<Seat, 'id'>): boolean => id === NO_ID;

/** Whether a seat is admitted by a rule whatever the object: contacts are asked for what is theirs by what each act looks for. */
export const isHeldByStanding = ({ roles, right }: Rule, seat: Seat): boolean =>
  seat.kind === 'CONTACT' ||
  isServer(seat) ||
  roles.some(
    ({ name, bearer }) =>
      bearer === 'ANYBODY' ||
      name === 'COLLEAGUE' ||
      name === 'SELF' ||
      (name === 'ADMIN' && right !== undefined && seat.rights.get(right) === 'ALL'),
  );

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
