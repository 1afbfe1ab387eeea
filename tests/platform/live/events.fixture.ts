import { randomUUID } from 'node:crypto';
import { openPools, type Pools } from '../../../src/app/databases.ts';
import { migrationSets } from '../../../src/app/installation.ts';
import { loadModules } from '../../../src/app/module-loader.ts';
import { DOMAINS } from '../../../src/app/modules.ts';
import { VERSION } from '../../../src/app/version.ts';
import { inTransaction, type Transaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase } from '../../../src/testing/test-database.ts';
import { RawDatabase } from '../../support/raw-database.ts';

/** A database with one organization and nobody who numbers its events but the test. */
export interface EventDatabase {
  readonly url: string;
  readonly organizationId: string;
  readonly pools: Pools;
  readonly raw: RawDatabase;
  /** Writes an event into an open transaction, as a use case does. */
  write(transaction: Transaction, stream: string, kind: string): Promise<void>;
  /** Writes events, one transaction each. */
  happen(stream: string, ...kinds: string[]): Promise<void>;
  /** Kinds of a stream's events by their numbers. */
  numbered(stream: string): Promise<[number, string][]>;
  stop(): Promise<void>;
}

export async function eventDatabase(): Promise<EventDatabase> {
  const database = await createTestDatabase(migrationSets(loadModules(DOMAINS, [], VERSION)));
  const raw = await RawDatabase.open(database.url);
  const pools = await openPools(database.url, 10, () => {}, patientPool);
  const organizationId = randomUUID();
  await raw.rows(`insert into organizations (organization_id, name, certification, created_at) values ($1, 'Event Works', 'TEAM', now())`, [
    organizationId,
  ]);
  const write: EventDatabase['write'] = async ({ client }, stream, kind) => {
    const text = `insert into events (organization_id, id, stream, topic, kind, subject_id, facts, at) values ($1, $2, $3, 'TEST', $4, $3, '{}', now())`;
    await client.query(text, [organizationId, uuidv7(), stream, kind]);
  };
  return {
    url: database.url,
    organizationId,
    pools,
    raw,
    write,
    happen: async (stream, ...kinds) => {
      for (const kind of kinds) await inTransaction(pools.requests, organizationId, (transaction) => write(transaction, stream, kind));
    },
    numbered: async (stream) => {
      const rows = await raw.rows<{ seq: number; kind: string }>(
        'select seq, kind from events where stream = $1 and seq is not null order by seq',
        [stream],
      );
      return rows.map(({ seq, kind }) => [seq, kind]);
    },
    stop: async () => {
      await pools.end();
      await raw.close();
      await database.drop();
    },
  };
}
