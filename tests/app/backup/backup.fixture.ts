import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBackup } from '@guichet/backup';
import { onTestFinished } from 'vitest';
import { FORMAT } from '../../../src/app/backup/installation.format.ts';
import { backUpInstallation } from '../../../src/app/backup/installation-backup.ts';
import { assertRestorable, restoreInstallation } from '../../../src/app/backup/installation-restore.ts';
import { migrationSets } from '../../../src/app/installation.ts';
import type { MigrationSet } from '../../../src/platform/database/migrations.ts';
import { createTestDatabase } from '../../../src/testing/test-database.ts';
import { MODULES } from '../../house/built-schemas.ts';
import { dropOwningLogin } from '../../support/owning-login.ts';
import { RawDatabase } from '../../support/raw-database.ts';

/** A plugin with all that is odd: numbers of a sequence, a generated column, names that need quotes, no key, arrays, bytes. */
const ODD = `create schema plg_odd;
grant usage on schema plg_odd to guichet_app;
create table plg_odd."Odd things" (
  organization_id uuid not null references organizations (organization_id),
  number integer generated always as identity,
  "order" text not null,
  doubled integer generated always as (length("order") * 2) stored,
  words text[], bytes bytea, amount numeric, at timestamptz, facts jsonb, part float8,
  primary key (organization_id, number)
);
alter table plg_odd."Odd things" enable row level security, force row level security;
create policy things_organization on plg_odd."Odd things" to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plg_odd."Odd things" to guichet_app;
create table plg_odd.keyless (organization_id uuid not null, word text);
alter table plg_odd.keyless enable row level security, force row level security;
create policy keyless_organization on plg_odd.keyless to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert on plg_odd.keyless to guichet_app;`;
export const LATER = { name: '0002-later', sql: `alter table plg_odd.keyless add column later integer not null default 7` };
/** As `migrate --write` makes indexes: begun anew where it fails, while others write. */
const OUTSIDE = `-- outside a transaction
drop index concurrently if exists plg_odd.by_word;
CREATE INDEX CONCURRENTLY by_word on plg_odd.keyless (organization_id, word);`;
export const odd = (...more: { name: string; sql: string }[]): MigrationSet => ({
  module: 'odd',
  migrations: [{ name: '0001-initial', sql: ODD }, { name: '0001-initial-indexes', sql: OUTSIDE }, ...more],
});
export const CORE: readonly MigrationSet[] = migrationSets(MODULES);
export const SETS: readonly MigrationSet[] = [...CORE, odd()];

/** A folder for files of backups, gone after the test. */
export function backupFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A database without a table. */
export async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase([]);
  onTestFinished(() => database.drop());
  await withOwner(database.url, (owner) => owner.rows('drop table schema_migrations, server_logins'));
  return database.url;
}

export async function withOwner<T>(url: string, work: (owner: RawDatabase) => Promise<T>): Promise<T> {
  const owner = await RawDatabase.open(url);
  return work(owner).finally(() => owner.close());
}

/** The same database, of a login that owns it and is no superuser. */
export async function ownedByLogin(server: string): Promise<string> {
  const login = `login_${randomBytes(4).toString('hex')}`;
  await withOwner(server, async (owner) => {
    await owner.rows(`create role ${login} login password 'secret' createrole`);
    await owner.rows(`grant guichet_app, guichet_identity, guichet_worker to ${login} with admin option`);
    await owner.rows(`create database ${login} owner ${login}`);
  });
  onTestFinished(() => withOwner(server, (owner) => dropOwningLogin(owner, login)));
  const url = new URL(server);
  [url.username, url.password, url.pathname] = [login, 'secret', `/${login}`];
  return url.href;
}

const NOW = new Date('2026-06-01T00:00:00Z');
export const backedUp = (url: string, file: string) => backUpInstallation(url, file, { version: '0.1.0', now: NOW });

/** Restores as the command does. @param without plugins left out */
export async function restored(
  url: string,
  file: string,
  sets: readonly MigrationSet[] = SETS,
  without: readonly string[] = [],
): Promise<void> {
  const left = { modules: without, schemas: without.map((name) => `plg_${name}`) };
  const backup = await checkBackup(file, FORMAT);
  assertRestorable(backup.head, { sets, without: left });
  await restoreInstallation(url, file, { backup, sets, without: left });
}
