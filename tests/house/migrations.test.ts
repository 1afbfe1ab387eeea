import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrationSets } from '../../src/app/installation.ts';
import { migrationsFolder, plannedMigration, writeMigration } from '../../src/app/migration-plan.ts';
import { migrate } from '../../src/platform/database/migrations.ts';
import { RightsVersion } from '../../src/platform/permissions/rights-version.entity.ts';
import { tenantEntity } from '../../src/sdk/index.ts';
import { createTestDatabase } from '../../src/testing/test-database.ts';
import { exampleRow, insertion, type Row } from '../support/example-rows.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { MODULES } from './built-schemas.ts';
import { FILES, readText } from './repository.files.ts';

const WITH_TABLES = MODULES.filter(({ tables }) => tables.length > 0);

describe('every module', () => {
  it.each(WITH_TABLES)('$name has nothing to write: its migrations make what its entities declare', async (module) => {
    expect(readdirSync(migrationsFolder(module))).toContain('snapshot.json');
    const { sql, indexSql } = await plannedMigration(module);
    expect(sql + indexSql).toBe('');
  });
  it('would have, with one column more', async () => {
    const [module] = WITH_TABLES.filter(({ name }) => name === 'audit');
    const Entry = tenantEntity('audit_objects', (t) => ({
      objectId: t.uuid().primary(),
      entryId: t.uuid().primary(),
      more: t.text().default(''),
    }));
    const tables = module!.tables.map((table) => (table.name === 'audit_objects' ? Entry.table : table));
    const { sql } = await plannedMigration({ ...module!, tables });
    expect(sql).toContain(`alter table "audit_objects" add "more" text not null default ''`);
  });
  it('does not lose what is written unless told, nor write over a migration', async () => {
    const [module] = WITH_TABLES.filter(({ name }) => name === 'audit');
    const folder = mkdtempSync(join(tmpdir(), 'guichet-migrations-'));
    const write = (allowDrop: boolean, tables = module!.tables) =>
      writeMigration({ ...module!, tables, migrations: [] }, { name: 'drop-objects', allowDrop }, folder);
    await expect(write(false, [])).rejects.toThrow('there is nothing to write');
    const { files } = await writeMigration({ ...module!, migrations: [] }, { name: 'initial', allowDrop: false }, folder);
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual(['0001-initial.sql', 'snapshot.json']);
    await expect(write(false, module!.tables.slice(0, 1))).rejects.toThrow('--allow-drop');
    await write(true, module!.tables.slice(0, 1));
    expect(readFileSync(join(folder, '0001-drop-objects.sql'), 'utf8')).toContain('drop table');
    await expect(writeMigration(module!, { name: 'Drop it', allowDrop: true }, folder)).rejects.toThrow('no name of a migration');
  });
});

/** What the first migrations admitted, where entities admit more by now. */
const OF_THE_FIRST: Readonly<Record<string, (rows: ReadonlyMap<string, Row>) => Row>> = {
  admin_rights: () => ({ admin_right: 'CONTACTS' }),
  'plg_ordering.products': () => ({ price_minor: 1, currency: 'CNY' }),
  contact_imports: (rows) => ({ upload_id: rows.get('files')!.id }),
  contact_search_terms: (rows) => ({ contact_id: rows.get('contacts')!.id }),
  transfers: (rows) => ({ created_by: rows.get('employees')!.id }),
};

describe('what is released', () => {
  /** All migrations that databases may have applied, with the beginning of their SHA-256: a new one is added here, none is edited. */
  const RELEASED: Readonly<Record<string, string>> = {
    'plugins/ordering/migrations/0001-initial.sql': '0a74b8f564490f51',
    'plugins/ordering/migrations/0002-keys-to-the-organization.sql': '23285a4f079badc1',
    'src/app/migrations/0001-initial.sql': '3f0627fdabed84ff',
    'src/app/migrations/0002-plugin-stops.sql': '0e76363b71c517d1',
    'src/app/migrations/0003-keys-to-the-organization.sql': '5c0fc68ccdf9275a',
    'src/domains/accounts/migrations/0001-initial.sql': 'b2b4f084725a90e6',
    'src/domains/audit/migrations/0001-initial.sql': 'aa487941949f22af',
    'src/domains/contacts/migrations/0001-initial.sql': 'cce5add36a197077',
    'src/domains/contacts/migrations/0002-terms-of-a-contact.sql': '13d5335f3d24801c',
    'src/domains/contacts/migrations/0003-keys-to-the-organization.sql': '2ac12b72a2e46962',
    'src/domains/contacts/migrations/0004-rights-with-the-commit.sql': '1e143262fa9324fa',
    'src/domains/directory/migrations/0001-initial.sql': '6b80073c668fe2d0',
    'src/domains/directory/migrations/0002-keys-to-the-organization.sql': 'c596cdf29f3d72f5',
    'src/domains/directory/migrations/0003-rights-with-the-commit.sql': 'ea24ffee075f906e',
    'src/domains/files/migrations/0001-initial.sql': 'ab33806cc24a31da',
    'src/domains/forms/migrations/0001-initial.sql': '12e515c581399ac4',
    'src/domains/forms/migrations/0002-keys-to-the-organization.sql': 'c505180ae5c2c28e',
    'src/domains/interactions/migrations/0001-initial.sql': 'ce3f50ebec0d9893',
    'src/domains/interactions/migrations/0002-keys-to-the-organization.sql': '8d4a6a77c5470367',
    'src/domains/organization/migrations/0001-initial.sql': '40bea94e4d66b5ce',
    'src/domains/organization/migrations/0002-rights-with-the-commit.sql': '58216f57ce77bb1e',
    'src/domains/service-window/migrations/0001-initial.sql': '7b07e58b3025c52f',
    'src/domains/service-window/migrations/0002-keys-to-the-organization.sql': '073a35786c9dd48f',
    'src/domains/service-window/migrations/0003-rights-with-the-commit.sql': 'cfeba28255de8418',
  };
  it('stays byte for byte', () => {
    const sums = FILES.filter((path) => /\/migrations\/\d+.*\.sql$/.test(path)).map((path) => [
      path,
      createHash('sha256').update(readText(path)).digest('hex').slice(0, 16),
    ]);
    expect(Object.fromEntries(sums)).toMatchObject(RELEASED);
  });
  it('brings a database of the first migrations up to date, with the rows in it', async () => {
    const sets = migrationSets(MODULES);
    const first = sets.map(({ module, migrations }) => ({ module, migrations: migrations.slice(0, 1) }));
    const database = await createTestDatabase(first);
    const owner = await RawDatabase.open(database.url);
    try {
      const organization = '018f0000-0000-7000-8000-000000000001';
      const rows = new Map<string, Row>();
      const known = await owner.rows<{ name: string }>(`select oid::regclass::text as name from pg_class where relkind = 'r'`);
      const tables = MODULES.flatMap((module) => module.tables).filter(
        ({ name }) => name !== RightsVersion.table.name && known.some((one) => one.name === name), // later ones come with a later migration
      );
      for (const table of [
        ...tables.filter(({ name }) => name === 'organizations'),
        ...tables.filter(({ name }) => name !== 'organizations'),
      ]) {
        rows.set(table.name, { ...exampleRow(table, organization, rows), ...OF_THE_FIRST[table.name]?.(rows) });
        const made = await owner.rows<{ name: string }>(
          `select attname as name from pg_attribute where attrelid = '${table.name}'::regclass and attnum > 0`,
        );
        const first = Object.entries(rows.get(table.name)!).filter(([column]) => made.some(({ name }) => name === column));
        const { text, values } = insertion(table, Object.fromEntries(first));
        await owner.rows(text, values);
      }
      expect((await migrate(database.url, sets)).length).toBe(sets.flatMap(({ migrations }) => migrations.slice(1)).length);
      for (const { name } of tables) expect([name, await owner.rows(`select count(*)::int as n from ${name}`)]).toEqual([name, [{ n: 1 }]]);
    } finally {
      await owner.close();
      await database.drop();
    }
  });
});
