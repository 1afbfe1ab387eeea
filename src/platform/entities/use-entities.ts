import { isRaw, type LockMode, RawQueryFragment } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { ConstantError } from '../log/constant.error.ts';
import type { UseEntityManager } from './use-entity-manager.ts';

const ASKING = ['find', 'findOne', 'findOneOrFail', 'findAndCount', 'count'] as const;
const NAMING = ['create', 'getReference'] as const;
const OF_ENTITIES = ['assign', 'persist', 'remove', 'populate', 'lock', 'refresh'] as const;
type Offered = (typeof ASKING)[number] | (typeof NAMING)[number] | (typeof OF_ENTITIES)[number];

/** What of MikroORM's entity manager a use case gets: it asks for entities, and changes them. */
export interface UseEntities extends Pick<SqlEntityManager, Offered> {
  /** Writes what was changed, without waiting: for what `use.on` is to see. Questions of the entity manager do so by themselves. */
  flush(): Promise<void>;
}

/** `filters` would ask without the organization, `ctx` on another connection; SQL comes in by hints and comments, too. */
const OPTIONS = new Set([
  'populate',
  'fields',
  'exclude',
  'orderBy',
  'limit',
  'offset',
  'lockMode',
  'refresh',
  'partial',
  'managed',
  'wrapped',
]);
const PLAIN_OPTIONS = 2;

/** The entity manager of one transaction: what modules are given of it, and what the transaction does with it. */
export class EntitiesOfUse {
  readonly #em: UseEntityManager;
  readonly #entities: ReadonlySet<unknown>;
  readonly given: UseEntities;
  /** @param entities that the loaded modules list; of others nothing is asked */
  constructor(em: UseEntityManager, entities: ReadonlySet<unknown>) {
    this.#em = em;
    this.#entities = entities;
    this.given = this.#narrowed();
  }
  flush(): Promise<void> {
    return this.#em.flush();
  }
  forget(): void {
    this.#em.clear();
  }

  #narrowed(): UseEntities {
    const em = this.#em as unknown as Record<string, (...given: unknown[]) => unknown>;
    const offered: Record<string, unknown> = { flush: () => this.flush() };
    for (const name of ASKING)
      offered[name] = (entity: unknown, where: unknown, options?: object) => {
        this.#check(entity, options);
        refuseSql([where, options]);
        return em[name]!(entity, where, options);
      };
    for (const name of NAMING)
      offered[name] = (entity: unknown, given: unknown, options?: object) => {
        this.#check(entity, options);
        return em[name]!(entity, given, options);
      };
    for (const name of OF_ENTITIES)
      offered[name] = (...given: unknown[]) => {
        if (name !== 'assign') checkOptions(given[PLAIN_OPTIONS]);
        const done = em[name]!(...given);
        return done === em ? this.given : done;
      };
    return Object.freeze(offered) as unknown as UseEntities;
  }
  /** Who holds the declaration of an entity may ask for it: a module imports its own, and names lead nowhere. */
  #check(entity: unknown, options: object | undefined): void {
    if (!this.#entities.has(entity)) throw new ConstantError('The entity manager takes entities that a loaded module lists.');
    checkOptions(options);
  }
}

function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) return;
  const stray = Object.keys(options).find((name) => !OPTIONS.has(name));
  if (stray) throw new ConstantError('The entity manager of a use case does not take this option.');
}

/** MikroORM takes SQL as values and, under symbols, as keys. */
function refuseSql(given: unknown): void {
  if (isRaw(given)) throw new ConstantError('The entity manager of a use case takes no SQL: ask by `use.on`.');
  if (typeof given !== 'object' || given === null || given instanceof Date) return;
  if (Object.getOwnPropertySymbols(given).some((key) => RawQueryFragment.isKnownFragmentSymbol(key)))
    throw new ConstantError('The entity manager of a use case takes no SQL: ask by `use.on`.');
  if (Array.isArray(given) || Object.getPrototypeOf(given) === Object.prototype) for (const one of Object.values(given)) refuseSql(one);
}

export type { LockMode };
