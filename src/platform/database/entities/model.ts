import { FlushMode } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { declaredEntities } from '../entity.ts';
import type { Sending } from '../sending.ts';
import { UseDriver } from './use-driver.ts';
import type { UseEntityManager } from './use-entity-manager.ts';
import { Work } from './work.ts';

let orm: MikroORM | undefined;
let known = 0;
/** One for the process: it holds what is declared and no connection. */
export function model(): MikroORM {
  const entities = declaredEntities();
  if (!orm || known !== entities.length) {
    orm = new MikroORM({
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
    (orm.driver.getConnection() as unknown as { connected: boolean }).connected = true;
    known = entities.length;
  }
  return orm;
}

export function entityManagerOn(sending: Sending, organization: string): UseEntityManager {
  const em = model().em.fork() as unknown as UseEntityManager;
  em.organizationId = organization;
  em.setFilterParams('organization', { id: organization });
  em.setTransactionContext(new Work(sending, organization) as never);
  return em;
}
