import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationSets } from '../../src/app/installation.ts';
import { createPool } from '../../src/platform/database/pool.ts';
import { APP_ROLE, IDENTITY_ROLE, ORGANIZATION_SETTING, WORKER_ROLE } from '../../src/platform/database/server-roles.ts';
import type { Columns, Table } from '../../src/platform/database/table.ts';
import { inTransaction } from '../../src/platform/database/transaction.ts';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';
import { RightsVersion } from '../../src/platform/permissions/rights-version.entity.ts';
import { patientPool } from '../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import { exampleRow, insertion, type Row } from '../support/example-rows.ts';
import { MODULES } from './built-schemas.ts';
import * as catalogue from './catalogue.queries.ts';

const rightsVersions = RightsVersion.table;
const ALL = MODULES.flatMap(({ tables }) => tables);
/** What triggers would fill comes before them, or its example row would be there already. */
const TABLES = [
  ...ALL.filter(({ name }) => name === 'organizations'),
  rightsVersions,
  ...ALL.filter((of) => of.name !== 'organizations' && of !== rightsVersions),
];
const KEPT = TABLES.filter(({ appendOnly }) => appendOnly);
const CHANGING = TABLES.filter(({ appendOnly }) => !appendOnly);
const ROOT = 'organizations';
const REFUSED = '42501'; // row level security, missing grants, and what stays as it was written
const NO_PARENT = '23503';
/** The setting was never made in this session; it was, by a transaction that is over. */
const [UNSET, EMPTY] = ['42704', '22P02'];

let database: TestDatabase;
let owner: pg.Client;

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
const ask = async <Found extends object>(text: string, values: unknown[] = []): Promise<Found[]> =>
  (await owner.query<Found>(text, values)).rows;
const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: pg.DatabaseError) => error.code,
  );

beforeAll(async () => {
  database = await createTestDatabase(migrationSets(MODULES));
  owner = await connected(database.url);
});
afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

type Found = {
  readonly name: string;
  readonly kind: string;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly grantees: string[];
};
type Key = {
  readonly table: string;
  readonly key: string;
  readonly kind: 'p' | 'u' | 'f';
  readonly columns: string[];
  readonly target: string[] | null;
};
type Policy = {
  readonly table: string;
  readonly command: string;
  readonly permissive: boolean;
  readonly roles: string[];
  readonly reading: string;
  readonly writing: string;
};

describe('the catalogue', () => {
  it('holds the declared tables and no others', async () => {
    const found = await ask<Found>(catalogue.tables);
    expect(found.map(({ name }) => name)).toEqual(TABLES.map(({ name }) => name).sort());
    expect(found.every(({ kind }) => kind === 'r')).toBe(true);
  });
  it('has the organization in every primary, unique and foreign key', async () => {
    const keys = await ask<Key>(catalogue.keys);
    expect(keys.filter(({ kind }) => kind === 'p').map(({ table }) => table)).toEqual(TABLES.map(({ name }) => name).sort());
    expect(keys.filter(({ kind }) => kind === 'f').length).toBeGreaterThan(TABLES.length);
    expect(keys.filter(({ columns, target }) => columns[0] !== 'organization_id' || (target && target[0] !== 'organization_id'))).toEqual(
      [],
    );
  });
  it('has the organization first in every index', async () => {
    const indexes = await ask<{ index: string; columns: string[] }>(catalogue.indexes);
    expect(indexes.length).toBeGreaterThan(TABLES.length);
    expect(indexes.filter(({ columns }) => columns[0] !== 'organization_id')).toEqual([]);
  });
  it('has row level security, forced, on every table', async () => {
    expect((await ask<Found>(catalogue.tables)).filter(({ secured, forced }) => !secured || !forced)).toEqual([]);
  });
  it('has one policy a table for requests, and one for the worker where the table says so', async () => {
    const policies = await ask<Policy>(catalogue.policies);
    const of = (role: string): Policy[] => policies.filter(({ roles }) => roles.join() === role);
    expect(of(APP_ROLE).map(({ table }) => table)).toEqual(TABLES.map(({ name }) => name).sort());
    for (const { reading, writing, command } of of(APP_ROLE)) {
      expect(reading).toMatch(
        /^\(organization_id = \( SELECT \(current_setting\('guichet\.organization'::text\)\)::uuid AS current_setting\)\)$/,
      );
      expect([writing, command]).toEqual([reading, '*']);
    }
    expect(of(WORKER_ROLE).map(({ table }) => table)).toEqual(
      TABLES.filter(({ servesWorker }) => servesWorker)
        .map(({ name }) => name)
        .sort(),
    );
    expect(policies.length).toBe(of(APP_ROLE).length + of(WORKER_ROLE).length);
  });
  it('grants tables to these two roles alone', async () => {
    const workers = new Set(TABLES.filter(({ servesWorker }) => servesWorker).map(({ name }) => name));
    for (const { name, grantees } of await ask<Found>(catalogue.tables))
      expect([name, grantees]).toEqual([name, workers.has(name) ? [APP_ROLE, WORKER_ROLE] : [APP_ROLE]]);
  });
});

describe('the roles', () => {
  it('cannot log in, own nothing, and stand under nobody’s rights but their own', async () => {
    const roles = await ask<{ name: string }>(catalogue.roles);
    const plain = { login: false, bypasses: false, rules: false, owns: 0, member_of: [] };
    expect(roles).toEqual([APP_ROLE, IDENTITY_ROLE, WORKER_ROLE].sort().map((name) => ({ name, ...plain })));
  });
  it('have a login each, which may become that role and nothing else', async () => {
    const plain = { inherits: false, rules: false, readers: 0 };
    expect(await ask(catalogue.logins)).toEqual(
      [APP_ROLE, IDENTITY_ROLE, WORKER_ROLE].sort().map((role) => ({ role, ...plain, member_of: [role] })),
    );
  });
  it.each([APP_ROLE, WORKER_ROLE, 'public'])('%s has no right on identity', async (role) => {
    expect(await ask(catalogue.rightsOnIdentity, [role])).toEqual([{ schema: false, tables: [] }]);
  });
  it('of identity has', async () => {
    const [rights] = await ask<{ schema: boolean; tables: string[] }>(catalogue.rightsOnIdentity, [IDENTITY_ROLE]);
    expect(rights).toMatchObject({ schema: true, tables: expect.arrayContaining(['accounts', 'seats', 'sessions']) });
  });
});

describe('migrations', () => {
  /** A database made by nothing but what the tables' declarations say. */
  async function declaredStructure(tables: readonly Table[]): Promise<string[]> {
    const { sql } = await nextMigration(tables);
    const made = await createTestDatabase([{ module: 'declared', migrations: [{ name: '0001-initial', sql }] }]);
    const client = await connected(made.url);
    try {
      return (await client.query<{ line: string }>(catalogue.structure)).rows.map(({ line }) => line);
    } finally {
      await client.end();
      await made.drop();
    }
  }

  it('make the tables that are declared', async () => {
    const migrated = (await ask<{ line: string }>(catalogue.structure)).map(({ line }) => line);
    const declared = await declaredStructure(TABLES);
    expect(migrated.length).toBeGreaterThan(TABLES.length * 10);
    expect(migrated.filter((line) => !declared.includes(line))).toEqual([]);
    expect(declared.filter((line) => !migrated.includes(line))).toEqual([]);
  });
});

describe('row level security', () => {
  const [A, B] = [randomUUID(), randomUUID()];
  const rows = new Map([A, B].map((organization) => [organization, new Map<string, Row>()]));
  let pool: pg.Pool;
  const inOrganization = <T>(organization: string, text: string, values: unknown[] = []): Promise<T[]> =>
    inTransaction(pool, organization, async ({ client }) => (await client.query({ text, values })).rows as T[]);
  const changed = (organization: string, text: string, values: unknown[]): Promise<number | null> =>
    inTransaction(pool, organization, async ({ client }) => (await client.query(text, values)).rowCount);

  beforeAll(async () => {
    pool = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 2, onError: () => {} });
    for (const [organization, made] of rows)
      await inTransaction(pool, organization, async ({ client }) => {
        for (const table of TABLES) {
          made.set(table.name, exampleRow(table, organization, made));
          await client.query(insertion(table, made.get(table.name)!));
        }
      });
  });
  afterAll(() => pool?.end());

  it.each(TABLES)('shows of $name the rows of the organization alone', async ({ name }) => {
    expect(await ask(`select organization_id from ${name}`)).toHaveLength(2);
    expect(await inOrganization(A, `select organization_id from ${name}`)).toEqual([{ organization_id: A }]);
    expect(await inOrganization(A, `select organization_id from ${name} where organization_id = $1`, [B])).toEqual([]);
    expect(await inOrganization(randomUUID(), `select organization_id from ${name}`)).toEqual([]);
  });
  it('lets nobody read or write who has named no organization, or has named one before', async () => {
    const fresh = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 1, onError: () => {} });
    const session = await fresh.connect();
    const refusals = async (): Promise<(string | undefined)[]> => {
      const codes: (string | undefined)[] = [];
      for (const table of TABLES) {
        const { name } = table;
        const changes = [`update ${name} set organization_id = organization_id`, `delete from ${name}`];
        const ways = [`select 1 from ${name}`, ...(table.appendOnly ? [] : changes)];
        for (const text of ways) codes.push(await codeOf(session.query(text)));
        codes.push(await codeOf(session.query(insertion(table, rows.get(B)!.get(name)!))));
      }
      return [...new Set(codes)];
    };
    expect(await refusals()).toEqual([UNSET]);
    await session.query(`begin; set local ${ORGANIZATION_SETTING} = '${A}'; commit`);
    expect(await refusals()).toEqual([EMPTY]);
    session.release();
    await fresh.end();
  });
  it.each(CHANGING)('lets rows of $name be written in their organization, and by no other', async (table) => {
    const { name } = table;
    const touch = `update ${name} set organization_id = organization_id where organization_id = $1`;
    expect(await changed(A, touch, [A])).toBe(1);
    expect(await changed(A, touch, [B])).toBe(0);
    expect(await changed(A, `delete from ${name} where organization_id = $1`, [B])).toBe(0);
    const { text, values } = insertion(table, rows.get(B)!.get(name)!);
    expect(await codeOf(changed(A, text, values))).toBe(REFUSED);
    expect(await codeOf(changed(A, `update ${name} set organization_id = $2 where organization_id = $1`, [A, B]))).toBe(REFUSED);
  });

  it.each(KEPT)('lets rows of $name be added in their organization, and by no other', async (table) => {
    const own = { ...exampleRow(table, A, rows.get(A)!), ...('id' in table.columns ? { id: randomUUID() } : {}) };
    const undone = inTransaction(pool, A, async ({ client }) => {
      expect((await client.query(insertion(table, own))).rowCount).toBe(1);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const { text, values } = insertion(table, exampleRow(table, B, rows.get(B)!));
    expect(await codeOf(changed(A, text, values))).toBe(REFUSED);
  });

  it('is not alone: no row can refer to another organization’s', async () => {
    for (const { name, columns } of TABLES)
      for (const column of Object.keys(rows.get(A)!.get(name)!)) {
        const to = (columns as Columns)[column]!.definition.references?.table;
        if (!to) continue;
        const text = `update ${name} set ${column} = $2 where organization_id = $1`;
        expect([name, column, await codeOf(owner.query(text, [A, rows.get(B)!.get(to)!.id]))]).toEqual([name, column, NO_PARENT]);
      }
  });
  it('stands beside a foreign key, or a chain of them, from every table to its organization', async () => {
    for (const table of TABLES.filter(({ name, rootless }) => name !== ROOT && !rootless)) {
      const { text, values } = insertion(table, exampleRow(table, randomUUID(), rows.get(A)!));
      expect([table.name, await codeOf(owner.query(text, values))]).toEqual([table.name, NO_PARENT]);
    }
  });
});

describe('tables without a key to their organization', () => {
  it('are those that every mutation writes, and terms, of which a table writes ten for each row', () => {
    const found = TABLES.filter(({ rootless }) => rootless).map(({ name }) => name);
    expect(found.sort()).toEqual(['audit_entries', 'audit_objects', 'contact_search_terms', 'events', 'idempotency_keys', 'notices']);
  });
});

describe('a table whose rows stay', () => {
  const roles = [APP_ROLE, WORKER_ROLE, 'owner'];
  const ways = KEPT.flatMap(({ name }) =>
    [`update ${name} set organization_id = organization_id`, `delete from ${name}`, `truncate ${name}`].flatMap((text) =>
      roles.map((role) => [text, role] as const),
    ),
  );

  it.each(ways)('refuses `%s` to %s', async (text, role) => {
    await owner.query('begin');
    try {
      if (role !== 'owner') await owner.query(`set local role ${role}; set local ${ORGANIZATION_SETTING} = '${randomUUID()}'`);
      expect(await codeOf(owner.query(text))).toBe(REFUSED);
    } finally {
      await owner.query('rollback');
    }
  });
  it('is there: the audit record, how organizations were certified, and evidence of signatures', () => {
    expect(KEPT.map(({ name }) => name).sort()).toEqual(['audit_entries', 'audit_objects', 'certifications', 'signature_evidence']);
  });
});
