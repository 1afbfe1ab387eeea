import { FlushMode } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Sending } from '../database/sending.ts';
import type { DeclaredEntity } from './entity.ts';
import { UseDriver } from './use-driver.ts';
import { EntitiesOfUse } from './use-entities.ts';
import type { UseEntityManager } from './use-entity-manager.ts';
import { Work } from './work.ts';

/** The entities of a server's modules, as MikroORM knows them. It holds no connection: each use case brings its own. */
export class Model {
  readonly #entities: ReadonlySet<unknown>;
  readonly #orm: MikroORM;
  /** @param entities as the loaded modules list them */
  constructor(entities: readonly DeclaredEntity[]) {
    this.#entities = new Set(entities);
    this.#orm = new MikroORM({
      entities: [...entities] as never,
      driver: UseDriver as never,
      dbName: 'of-the-transaction',
      useBatchUpdates: false,
      populateAfterFlush: false,
      autoJoinRefsForFilters: false, // or each question joins what its rows refer to, to ask for the organization there too
      flushMode: FlushMode.ALWAYS, // AUTO sees what is persisted or removed, and not what of an entity was changed
      ensureDatabase: false,
      validateRequired: true,
    });
    (this.#orm.driver.getConnection() as unknown as { connected: boolean }).connected = true;
  }
  /** The entity manager of one transaction. */
  on(sending: Sending, organization: string): EntitiesOfUse {
    const em = this.#orm.em.fork() as unknown as UseEntityManager;
    em.organizationId = organization;
    em.setFilterParams('organization', { id: organization });
    em.setTransactionContext(new Work(sending, organization) as never);
    return new EntitiesOfUse(em, this.#entities);
  }
}
