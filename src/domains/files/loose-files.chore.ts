import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { type FileStore, organizationsIn } from '../../sdk/core.ts';

const DAY = 24 * 3_600_000;
const BATCH = 500;
const FORGET = `
  delete from files where organization_id = $1 and id in (
    select id from files where organization_id = $1 and attached_at is null and created_at < $2
      and (kept_until is null or kept_until < $2) limit ${BATCH} for update skip locked)
  returning storage_key, thumbnail_key`;
const OWNED = `
  select key from unnest($2::text[]) as key
  where exists (select from files where organization_id = $1 and (storage_key = key or thumbnail_key = key))`;

/** Deletes what hangs on nothing after a day, rows first; then bytes that belong to no row, and what was left while it came in. */
export async function forgetLooseFiles(pool: pg.Pool, store: FileStore, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAY);
  for (const organizationId of await organizationsIn(pool, 'files')) {
    for (let gone = BATCH; gone === BATCH; ) gone = await forgetSome(pool, store, organizationId, before);
  }
  await forgetOrphans(pool, store, before);
  for (const folder of [store.incoming, store.resumable]) await forgetIncoming(folder, before);
}

async function forgetSome(pool: pg.Pool, { storage }: FileStore, organizationId: string, before: Date): Promise<number> {
  const { rows } = await pool.query<{ storage_key: string | null; thumbnail_key: string | null }>(FORGET, [organizationId, before]);
  for (const key of rows.flatMap((row) => [row.storage_key, row.thumbnail_key])) if (key) await storage.delete(key);
  return rows.length;
}

/** What a crash has left between the storage and the row, and bytes of rows that were deleted. */
async function forgetOrphans(pool: pg.Pool, { storage }: FileStore, before: Date): Promise<void> {
  let some: string[] = [];
  const forget = async (): Promise<void> => {
    for (const [organizationId, keys] of Map.groupBy(some, (key) => key.split('/')[0]!)) {
      const { rows } = await pool.query<{ key: string }>(OWNED, [organizationId, keys]);
      const owned = new Set(rows.map(({ key }) => key));
      for (const key of keys) if (!owned.has(key)) await storage.delete(key);
    }
    some = [];
  };
  for await (const { key, at } of storage.list()) {
    if (at < before) some.push(key);
    if (some.length === BATCH) await forget();
  }
  await forget();
}

async function forgetIncoming(folder: string, before: Date): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && found.mtime < before) await rm(join(folder, name), { force: true, recursive: true });
  }
}
