import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type BackupFormat, checkBackup, openSnapshot, type RestoreOptions, restore, type TableSelection, writeBackup } from '../index.ts';

/** A program that keeps its rows apart by tenant. Its roles belong to the whole server, so they have names of this process alone. */
export const [ROLE, LOGIN] = [`shop_${randomBytes(4).toString('hex')}`, `shop_login_${randomBytes(4).toString('hex')}`];
const about = z.object({ shop: z.string() });
export type AboutShop = z.infer<typeof about>;
export const FORMAT: BackupFormat<AboutShop> = {
  ...{ name: 'shop-backup', version: 1, program: 'the shop', about },
  versionOf: (head) => about.safeParse(head).data?.shop,
};
export const SELECTION: TableSelection = { grantees: [ROLE], beside: ['notes', 'gone'] };
export const NOW = new Date('2026-06-01T00:00:00Z');

/** All that is odd: numbers of a sequence, a generated column, names that need quotes, no key, rows of one table that need each other. */
export const TABLES = `create schema shop;
grant usage on schema shop to ${ROLE};
create table shop."Odd things" (
  tenant text not null, number integer generated always as identity, above integer, "order" text not null,
  doubled integer generated always as (length("order") * 2) stored,
  words text[], bytes bytea, at timestamptz, part float8,
  primary key (tenant, number), foreign key (tenant, above) references shop."Odd things"
);
alter table shop."Odd things" enable row level security, force row level security;
create policy own on shop."Odd things" to ${ROLE} using (tenant = current_setting('shop.tenant'));
grant select on shop."Odd things" to ${ROLE};
create table shop.keyless (word text);
grant select on shop.keyless to ${ROLE};
create function shop.refuse() returns trigger language plpgsql as $$ begin raise exception 'a trigger was called'; end $$;
create trigger refuse before insert on shop.keyless for each row execute function shop.refuse();
create table notes (word text primary key);
create table theirs (word text);`;

export async function within<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}
const onServer = (text: string): Promise<unknown> => within(inject('postgres'), (client) => client.query(text));

/** The roles, as whoever runs the shop would have made them. @returns what takes them away */
export async function makeRoles(): Promise<() => Promise<void>> {
  await onServer(`create role ${ROLE} nologin; create role ${LOGIN} login password 'secret'; grant ${ROLE} to ${LOGIN}`);
  return async () => void (await onServer(`drop role ${ROLE}, ${LOGIN}`));
}

/** A database without a table. @returns its URL, and what drops it */
export async function makeDatabase(owner?: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `shop_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}${owner ? ` owner ${owner}` : ''}`);
  const url = new URL(inject('postgres'));
  url.pathname = `/${name}`;
  if (owner) [url.username, url.password] = [owner, 'secret'];
  return { url: url.href, drop: async () => void (await onServer(`drop database ${name} with (force)`)) };
}

/** The same for one test. */
export async function ownDatabase(owner?: string): Promise<string> {
  const { url, drop } = await makeDatabase(owner);
  onTestFinished(drop);
  return url;
}

/** A folder for files of backups. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'backup-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true });

export const backedUp = (url: string, file: string, tenants: readonly string[] = []) =>
  within(url, async (client) => {
    const tables = await openSnapshot(client, SELECTION);
    const guard = { role: ROLE, setting: 'shop.tenant', values: async () => tenants };
    return writeBackup(client, file, { format: FORMAT, about: { shop: '0.1.0' }, now: NOW, tables, selection: SELECTION, guard });
  });

export const restored = async (url: string, file: string, more: Partial<RestoreOptions<AboutShop>> = {}) => {
  const backup = await checkBackup(file, FORMAT);
  const makeTables = async (client: pg.ClientBase): Promise<void> => void (await client.query(TABLES));
  return within(url, (client) => restore(client, file, { format: FORMAT, backup, selection: SELECTION, makeTables, ...more }));
};
