import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { makeRefusingFunction } from './append-only.ts';
import { UnusableDatabaseError } from './database.errors.ts';
import { checkingAllRows } from './foreign-keys-checked.ts';
import { asLogin } from './login.ts';
import { makeRightsFunction } from './rights-function.ts';
import { createServerLogins } from './server-logins.ts';
import { closeDatabase, createServerRoles } from './server-roles.ts';

/** One step of a module's tables, applied once and never edited afterwards. */
export interface Migration {
  /** Sorts in the order of application: `0001-initial`. */
  readonly name: string;
  readonly sql: string;
}
/** The migrations of one module, applied after those of the modules that it needs. */
export interface MigrationSet {
  readonly module: string;
  readonly migrations: readonly Migration[];
}
export interface AppliedMigration {
  readonly module: string;
  readonly name: string;
}
/** A migration as the ledger records it. */
export interface RecordedMigration extends AppliedMigration {
  /** SHA-256 of its SQL. */
  readonly checksum: string;
}

/** A migration fails; what was done before it stays. */
export class MigrationError extends UnusableDatabaseError {
  override readonly name = 'MigrationError';
  readonly module: string;
  /** Without the module, as a sentence about it goes on. */
  readonly fault: string;
  constructor({ module, name }: AppliedMigration, cause: Error) {
    super(`Migration ${module}/${name} failed: ${cause.message}`, { cause });
    this.module = module;
    this.fault = `its migration ${name} failed: ${cause.message}`;
  }
}

/**
 * The first line of a migration that is no transaction, for what PostgreSQL does only outside one, such as `create index concurrently`. Its
 * statements are carried out one after the other, and where one fails all of them are begun anew: each must bear that.
 */
export const OUTSIDE = '-- outside a transaction';

/** The same migration for a database that nobody else uses yet, where it can be part of a transaction: nobody has to write meanwhile. */
export const insideTransaction = ({ sql }: Migration): string => (sql.startsWith(OUTSIDE) ? sql.replace(/\bconcurrently\b/gi, '') : sql);

/** Milliseconds until it is asked again whose turn it is. */
const TURN = 100;
const LOCK = 718_203_964; // any number that nothing else in the database uses as an advisory lock
const LEDGER = `create table if not exists schema_migrations (
  module text not null, name text not null, checksum text not null, applied_at timestamptz not null default now(), primary key (module, name))`;

const checksum = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/** Waits until nobody migrates, and keeps others from it until the session ends or lets go. */
export async function holdMigrations(client: pg.ClientBase): Promise<void> {
  // asked again and again: who waits inside a statement is itself waited for by an index that is made concurrently
  while (!(await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK])).rows[0]!.held) await pause(TURN);
}
export const letMigrationsGo = async (client: pg.ClientBase): Promise<void> =>
  void (await client.query('select pg_advisory_unlock($1)', [LOCK]));

/** What every migration builds on: the roles, the logins that may become them, the ledger, and the functions that triggers call. */
export async function makeGround(client: pg.ClientBase): Promise<void> {
  await createServerRoles(client);
  await createServerLogins(client);
  await closeDatabase(client);
  await client.query(LEDGER);
  await makeRightsFunction(client);
  await makeRefusingFunction(client);
}

/**
 * Brings the database up to date: each migration in a transaction of its own, under a lock, so that servers that start together take turns.
 * @returns those that were applied now.
 * @throws UnusableDatabaseError where an applied migration was edited, or this version does not know it; MigrationError where one fails.
 * The message names module and migration, earlier ones stay.
 */
export async function migrate(url: string, sets: readonly MigrationSet[]): Promise<AppliedMigration[]> {
  return asLogin(url, async (client) => {
    await holdMigrations(client);
    await makeGround(client);
    const pending = pendingOf(await recordedMigrations(client), sets);
    for (const { module, migration } of pending) await apply(client, module, migration);
    return pending.map(({ module, migration }) => ({ module, name: migration.name }));
  });
}

/** What `migrate` would apply. */
export async function planMigrations(url: string, sets: readonly MigrationSet[]): Promise<AppliedMigration[]> {
  return asLogin(url, async (client) =>
    pendingOf(await recordedMigrations(client), sets).map(({ module, migration }) => ({ module, name: migration.name })),
  );
}

/** What the ledger of a database records; nothing where there is no ledger. */
export async function recordedMigrations(client: pg.ClientBase): Promise<RecordedMigration[]> {
  const { rows } = await client.query<{ known: string | null }>(`select to_regclass('schema_migrations')::text as known`);
  if (!rows[0]?.known) return [];
  return (await client.query<RecordedMigration>('select module, name, checksum from schema_migrations order by module, name')).rows;
}

/** @throws UnusableDatabaseError where what is recorded is not what is known here */
export function pendingOf(recorded: readonly RecordedMigration[], sets: readonly MigrationSet[]) {
  const applied = new Map(recorded.map((row) => [`${row.module}/${row.name}`, row.checksum]));
  assertKnown(recorded, sets);
  const all = sets.flatMap(({ module, migrations }) => migrations.map((migration) => ({ module, migration })));
  for (const { module, migration } of all) {
    const known = applied.get(`${module}/${migration.name}`);
    if (known && known !== checksum(migration.sql)) {
      throw new UnusableDatabaseError(
        `Migration ${module}/${migration.name} was changed after it had been applied: restore it, and write a new one.`,
      );
    }
  }
  return all.filter(({ module, migration }) => !applied.has(`${module}/${migration.name}`));
}

/** A module that is not here keeps its tables (spec 8.4); one that is here must know all that was done to them. */
function assertKnown(applied: readonly AppliedMigration[], sets: readonly MigrationSet[]): void {
  const names = new Map(sets.map(({ module, migrations }) => [module, new Set(migrations.map(({ name }) => name))]));
  const unknown = applied
    .filter(({ module, name }) => names.get(module)?.has(name) === false)
    .map(({ module, name }) => `${module}/${name}`);
  if (unknown.length === 0) return;
  throw new UnusableDatabaseError(
    `The database is newer than this version of Guichet, which does not know ${unknown.join(', ')}: start the version that was used last.`,
  );
}

async function apply(client: pg.Client, module: string, migration: Migration): Promise<void> {
  try {
    await (migration.sql.startsWith(OUTSIDE) ? applyOutside(client, module, migration) : applyWhole(client, module, migration));
  } catch (error) {
    throw new MigrationError({ module, name: migration.name }, error as Error);
  }
}

async function applyWhole(client: pg.Client, module: string, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await checkingAllRows(client, migration.sql);
    await record(client, module, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function applyOutside(client: pg.Client, module: string, migration: Migration): Promise<void> {
  for (const statement of migration.sql.split(/;\s*$/m)) if (statement.trim()) await client.query(statement);
  await record(client, module, migration);
}

const record = (client: pg.Client, module: string, { name, sql }: Migration): Promise<unknown> =>
  client.query('insert into schema_migrations (module, name, checksum) values ($1, $2, $3)', [module, name, checksum(sql)]);
