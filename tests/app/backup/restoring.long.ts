import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { storedTables } from '@guichet/backup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SELECTION } from '../../../src/app/backup/installation.format.ts';
import { asLogin } from '../../../src/platform/database/login.ts';
import { migrate, planMigrations } from '../../../src/platform/database/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import * as catalogue from '../../house/catalogue.queries.ts';
import type { RawDatabase } from '../../support/raw-database.ts';
import { backedUp, backupFolder, CORE, emptyDatabase, LATER, odd, ownedByLogin, restored, SETS, withOwner } from './backup.fixture.ts';

const ORGANIZATIONS = [randomUUID(), randomUUID()].sort();
const ODD_WORDS = ['', '\\.', '\\N', 'two\nlines', 'a\ttab', '\\', 'ünï 聯 😀', `'quoted"`];

/** Rows of two organizations, with a seat each, as every organization has. */
async function fill(owner: RawDatabase): Promise<void> {
  for (const [i, id] of ORGANIZATIONS.entries()) {
    await owner.rows(`insert into organizations (organization_id, name, certification, created_at) values ($1, 'One', 'TEAM', now())`, [
      id,
    ]);
    await owner.rows(
      `insert into identity.seats (organization_id, seat_id, kind, phone, is_demo, created_at) values ($1, $2, 'EMPLOYEE', $3, false, now())`,
      [id, randomUUID(), `+861380000000${i}`],
    );
    // The second department names the first as the one above it: rows of one table that need each other.
    const [lower, upper] = [randomUUID(), randomUUID()];
    await owner.rows(
      `insert into departments (organization_id, id, name, parent_id) values ($1, $2, 'Above', null), ($1, $3, 'Below', $2)`,
      [id, upper, lower],
    );
    for (const word of ODD_WORDS) {
      await owner.rows(
        `insert into plg_odd."Odd things" (organization_id, "order", words, bytes, amount, at, facts, part) values ($1, $2, $3, $4, 12345678901234567890.0123456789, '2026-02-03 04:05:06.789012+09', $5, 0.1::float8 + 0.2)`,
        [id, word, [word, null, 'NULL'], Buffer.from(word), JSON.stringify({ word })],
      );
      await owner.rows('insert into plg_odd.keyless values ($1, $2)', [id, word]);
    }
  }
  await owner.rows(
    `insert into rights_versions values ($1, 5, 4711) on conflict (organization_id) do update set version = 5, raised_by = 4711`,
    [ORGANIZATIONS[0]],
  );
}

/** All rows of all tables, as the owner sees them. */
const contentsOf = (url: string): Promise<Record<string, unknown>> =>
  withOwner(url, async (owner) => {
    const tables = await asLogin(url, (client) => storedTables(client, SELECTION));
    const found = await owner.contents(...tables.map(({ name }) => name));
    return found;
  });
const structureOf = (url: string) => withOwner(url, (owner) => owner.rows(catalogue.structure));
const rowsIn = (file: string): string[] => gunzipSync(readFileSync(file)).toString().split('\n').slice(1, -2);

let source: TestDatabase;
let folder: string;
/** A backup of the source. */
let file: string;
beforeAll(async () => {
  source = await createTestDatabase(SETS);
  await withOwner(source.url, fill);
  folder = mkdtempSync(join(tmpdir(), 'guichet-backup-'));
  file = join(folder, 'source');
  await backedUp(source.url, file);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await source.drop();
});

const isEmpty = (url: string): Promise<boolean> =>
  withOwner(
    url,
    async (owner) => (await owner.rows(`select from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)).length === 0,
  );

describe('a backup', () => {
  it('restored into an empty database is the same: rows, tables, keys, policies, grants; numbers go on', async () => {
    const target = await emptyDatabase();
    await restored(target, file);
    // What has raised versions of rights is forgotten: its numbers come again in another server.
    await withOwner(source.url, (owner) => owner.rows('update rights_versions set raised_by = 0'));
    const [was, is] = [await contentsOf(source.url), await contentsOf(target)];
    expect(is['plg_odd."Odd things"']).toHaveLength(2 * ODD_WORDS.length);
    expect(is).toEqual(was);
    expect(await structureOf(target)).toEqual(await structureOf(source.url));
    const next = await withOwner(target, (owner) =>
      owner.rows<{ number: number }>(`insert into plg_odd."Odd things" (organization_id, "order") values ($1, '') returning number`, [
        ORGANIZATIONS[0],
      ]),
    );
    expect(next).toEqual([{ number: 2 * ODD_WORDS.length + 1 }]);
    expect(await planMigrations(target, SETS)).toEqual([]);
  });

  it('is for its owner alone, and leaves nothing beside it', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['source']);
    await expect(backedUp(source.url, file)).rejects.toThrow(/is there already/);
    await expect(backedUp(source.url, join(folder, 'no/where'))).rejects.toThrow(/cannot be written \(ENOENT\)/);
  });

  it('of a database without a migration is refused', async () => {
    await expect(backedUp(await emptyDatabase(), join(folder, 'nothing'))).rejects.toThrow('There is nothing to back up');
    expect(await readdir(folder)).toEqual(['source']);
  });

  it('is of one moment, whatever is written and migrated meanwhile', async () => {
    const own = join(backupFolder(), 'meanwhile');
    const { url, drop } = await createTestDatabase(SETS);
    await withOwner(url, async (owner) => {
      await fill(owner);
      // Whoever holds this table makes the backup wait in its middle.
      await owner.rows('begin');
      await owner.rows('lock table contacts in access exclusive mode');
      const backup = backedUp(url, own);
      const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'lock table%'`;
      await expect.poll(() => withOwner(url, (other) => other.rows(waits))).toHaveLength(1);
      await withOwner(url, (other) => other.rows(`update organizations set name = 'Later'`));
      await owner.rows('commit');
      await backup;
    });
    const names = rowsIn(own).filter((line) =>
      ORGANIZATIONS.some((id) => line.startsWith(`${id}\tOne\t`) || line.startsWith(`${id}\tLater\t`)),
    );
    expect(names.map((line) => line.split('\t')[1])).toEqual(['One', 'One']);
    await drop();
  });
});

describe('a login that is no superuser', () => {
  it('backs up every organization’s rows, byte for byte as a superuser does, and restores them', async () => {
    const [own, target, other] = [await ownedByLogin(source.url), await emptyDatabase(), join(backupFolder(), 'by-login')];
    await restored(own, file);
    await withOwner(own, async (owner) => {
      await expect(owner.rows('select from organizations')).rejects.toThrow(/guichet\.organization/);
      expect(await owner.rows('select from identity.seats')).toHaveLength(2);
    });
    await backedUp(own, other);
    const isRaised = (line: string): boolean => line.startsWith(`${ORGANIZATIONS[0]}\t5\t`);
    expect(rowsIn(other).filter((line) => !isRaised(line))).toEqual(rowsIn(file).filter((line) => !isRaised(line)));
    await restored(target, other);
    expect((await contentsOf(target))['public.organizations']).toHaveLength(2);
  });
});

describe('a restore', () => {
  it('of an older backup goes on to the present', async () => {
    const target = await emptyDatabase();
    const later = [...CORE, odd(LATER)];
    await restored(target, file, later);
    expect(await migrate(target, later)).toEqual([{ module: 'odd', name: '0002-later' }]);
    expect(await withOwner(target, (owner) => owner.rows('select distinct later from plg_odd.keyless'))).toEqual([{ later: 7 }]);
  });

  it.each([
    [
      'a newer backup',
      [...CORE, { module: 'odd', migrations: [] }],
      /newer than this version of Guichet, which does not know odd\/0001-initial, odd\/0001-initial-indexes: restore it with 0\.1\.0/,
    ],
    [
      'one whose migration was edited',
      [...CORE, { module: 'odd', migrations: [{ name: '0001-initial', sql: 'select 1' }, ...odd().migrations.slice(1)] }],
      /odd\/0001-initial was changed/,
    ],
    [
      'one with a plugin that is not here',
      CORE,
      /data of the plugin "odd", which is not here: install it, or leave its data out by --without odd/,
    ],
  ])('refuses %s', async (_case, sets, message) => {
    const [file, target] = [join(backupFolder(), 'refused'), await emptyDatabase()];
    await backedUp(source.url, file);
    await expect(restored(target, file, sets)).rejects.toThrow(message);
    expect(
      await withOwner(target, (owner) => owner.rows(`select from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)),
    ).toEqual([]);
  });

  it('leaves a plugin out where it is told to, and the plugin can come later', async () => {
    const target = await emptyDatabase();
    await restored(target, file, CORE, ['odd']);
    expect(await withOwner(target, (owner) => owner.rows('select from organizations'))).toHaveLength(2);
    expect(await migrate(target, SETS)).toEqual(['0001-initial', '0001-initial-indexes'].map((name) => ({ module: 'odd', name })));
  });

  it('refuses a database that holds anything', async () => {
    const target = await emptyDatabase();
    await withOwner(target, (owner) => owner.rows('create table theirs (n integer)'));
    await expect(restored(target, file)).rejects.toThrow(/into an empty database only, and this one has tables \(public\.theirs\)/);
    await expect(restored(source.url, file)).rejects.toThrow(/into an empty database only/);
    expect(await withOwner(source.url, (owner) => owner.rows('select from organizations'))).toHaveLength(2);
  });

  it('that fails in its middle leaves the database empty, and can be tried again', async () => {
    const [broken, target, own] = [await createTestDatabase(SETS), await emptyDatabase(), join(backupFolder(), 'broken')];
    await withOwner(broken.url, async (owner) => {
      await owner.rows('alter table plg_odd."Odd things" drop constraint "Odd things_organization_id_fkey"');
      await owner.rows(`insert into plg_odd."Odd things" (organization_id, "order") values ($1, 'an orphan')`, [randomUUID()]);
    });
    await backedUp(broken.url, own);
    await broken.drop();
    await expect(restored(target, own)).rejects.toThrow(/foreign key/);
    expect(await isEmpty(target)).toBe(true);
    await restored(target, file);
  });
});
