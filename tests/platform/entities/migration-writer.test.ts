import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, OUTSIDE } from '../../../src/platform/database/migrations.ts';
import { type DeclaredEntity, tenantEntity } from '../../../src/platform/entities/entity.ts';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { RawDatabase } from '../../support/raw-database.ts';

const plan = (before: readonly DeclaredEntity[] | undefined, ...after: DeclaredEntity[]) =>
  (async () => {
    const snapshot = before && (await nextMigration(before.map(({ table }) => table))).snapshot;
    return nextMigration(
      after.map(({ table }) => table),
      snapshot,
    );
  })();

const Loan = tenantEntity(
  'plg_lending.loans',
  (t) => ({
    toolId: t.idOf('plg_lending.tools', 'cascade'),
    lentTo: t.idOf('employees').nullable(),
    state: t.oneOf('OUT', "BACK, with 'marks'"),
    count: t.integer().default(1).check('count > 0'),
    worth: t.bigint(),
    insured: t.boolean().default(false),
    note: t.text().nullable(),
    sortName: t.bytewiseText(),
    due: t.date().nullable(),
    detail: t.json<object>().defaultRaw(`'{}'`),
    at: t.timestamptz(),
  }),
  {
    checks: { loans_note_when_back: `state = 'OUT' or note is not null` },
    indexes: {
      loans_newest: { columns: ['-id'] },
      loans_open: { columns: ['toolId', '-at'], unique: true, where: `state = 'OUT'` },
    },
  },
);
const note = (more: object = {}, options: object = {}): DeclaredEntity =>
  tenantEntity('plg_lending.notes', (t) => ({ word: t.text(), ...more }), options);
const OWN = `(organization_id = (select current_setting('guichet.organization')::uuid))`;

describe('the SQL of a new table', () => {
  it('has its organization, its keys and its row security by itself', async () => {
    const { sql, indexSql, drops, warnings } = await plan(undefined, Loan);
    expect(sql.trimEnd().split('\n')).toEqual([
      'create schema if not exists "plg_lending";',
      `create table "plg_lending"."loans" ("organization_id" uuid not null, "id" uuid not null, "tool_id" uuid not null, "lent_to" uuid null, "state" text not null, "count" integer not null default 1, "worth" bigint not null, "insured" boolean not null default false, "note" text null, "sort_name" text collate "C" not null, "due" date null, "detail" jsonb not null default '{}', "at" timestamptz not null, primary key ("organization_id", "id"));`,
      'alter table "plg_lending"."loans" add constraint "loans_organization_id_tool_id_fkey" foreign key ("organization_id", "tool_id") references "plg_lending"."tools" ("organization_id", "id") on update no action on delete cascade;',
      'alter table "plg_lending"."loans" add constraint "loans_organization_id_lent_to_fkey" foreign key ("organization_id", "lent_to") references "employees" ("organization_id", "id") on update no action on delete restrict;',
      `alter table "plg_lending"."loans" add constraint "loans_note_when_back" check (state = 'OUT' or note is not null);`,
      `alter table "plg_lending"."loans" add constraint "loans_state_check" check (state in ('OUT', 'BACK, with ''marks'''));`,
      'alter table "plg_lending"."loans" add constraint "loans_count_check" check (count > 0);',
      'alter table "plg_lending"."loans" enable row level security;',
      'alter table "plg_lending"."loans" force row level security;',
      `create policy "loans_organization" on "plg_lending"."loans" to "guichet_app" using ${OWN} with check ${OWN};`,
      'create index loans_newest on plg_lending.loans (organization_id, id desc);',
      `create unique index loans_open on plg_lending.loans (organization_id, tool_id, at desc) where state = 'OUT';`,
      'grant usage on schema plg_lending to guichet_app;',
      'grant select, insert, update, delete on plg_lending.loans to guichet_app;',
    ]);
    expect({ indexSql, drops, warnings }).toEqual({ indexSql: '', drops: [], warnings: [] });
  });
  it('may have a key of its own, one row an organization, and serve the worker', async () => {
    const Link = tenantEntity('links', (t) => ({ fromId: t.uuid().primary(), toId: t.uuid().primary() }));
    expect(Object.keys(Link.table.columns)).toEqual(['organization_id', 'from_id', 'to_id']);
    expect((await plan(undefined, Link)).sql).toContain('primary key ("organization_id", "from_id", "to_id")');
    const Single = tenantEntity('settings', (t) => ({ organizationId: t.organization(), value: t.text() }));
    expect((await plan(undefined, Single)).sql).toContain('primary key ("organization_id")');
    const Chore = tenantEntity('chores', (t) => ({ done: t.boolean() }), { servesWorker: true });
    const { sql } = await plan(undefined, Chore);
    expect(sql).toContain('create policy "chores_worker" on "chores" to "guichet_worker" using (true) with check (true);');
    expect(sql).toContain('grant select, insert, update, delete on chores to guichet_app, guichet_worker;');
  });
  it('whose rows stay grants no change, and refuses it to its owner too', async () => {
    const { sql } = await plan(
      undefined,
      tenantEntity('plg_lending.returns', (t) => ({ tool: t.text() }), { appendOnly: true }),
    );
    expect(sql).toContain('grant select, insert on plg_lending.returns to guichet_app;');
    expect(sql).toContain(
      'before update or delete or truncate on plg_lending.returns for each statement execute function refuse_change();',
    );
  });
  it.each([
    ['refers to it', {}, true],
    ['refers to it where what it belongs to may be missing', { optional: true }, true],
    ['refers to it where it belongs to a row of its own', { own: true }, true],
    ['does not where a row that it belongs to does', { parent: true }, false],
  ])('%s: the organization', async (_, { optional, own, parent }: { optional?: boolean; own?: boolean; parent?: boolean }, refers) => {
    const part = (rootless: boolean) =>
      tenantEntity(
        'parts',
        (t) => ({
          name: t.text(),
          ...(optional ? { toolId: t.idOf('tools').nullable() } : {}),
          ...(own ? { parentId: t.idOf('parts') } : {}),
          ...(parent ? { toolId: t.idOf('tools') } : {}),
        }),
        { rootless },
      );
    expect((await plan(undefined, part(false))).sql.includes('references "organizations"')).toBe(refers);
    expect((await plan(undefined, part(true))).sql).not.toContain('references "organizations"');
  });
});

describe('what is to be written next', () => {
  it('is nothing where nothing changed', async () => {
    const { sql, indexSql } = await plan([Loan], Loan);
    expect([sql, indexSql]).toEqual(['', '']);
  });
  it('is said to lose what goes', async () => {
    const { drops } = await plan([Loan, note({})], note({}));
    expect(drops).toEqual(['drop table if exists "plg_lending"."loans" cascade;']);
    const Wordless = tenantEntity('plg_lending.notes', (t) => ({ colour: t.text().nullable() }));
    expect((await plan([note({})], Wordless)).drops.join()).toContain('drop column "word"');
  });
  it.each<[string, DeclaredEntity, RegExp]>([
    [
      'a column without a default',
      tenantEntity('plg_lending.notes', (t) => ({ word: t.text(), more: t.text() })),
      /fails where the table holds rows/,
    ],
    ['another type', tenantEntity('plg_lending.notes', (t) => ({ word: t.integer() })), /may write the whole table anew/],
    [
      'a key',
      tenantEntity('plg_lending.notes', (t) => ({ word: t.text(), toolId: t.idOf('tools').nullable() })),
      /nobody writes it or what it refers to meanwhile/,
    ],
    ['a check', note({}, { checks: { notes_short: 'length(word) < 9' } }), /nobody reads or writes it meanwhile/],
  ])('warns of %s on a table that holds rows', async (_, after, warning) => {
    expect((await plan([note({})], after)).warnings.join('\n')).toMatch(warning);
  });
  it('of a column with a default has no warning', async () => {
    const After = tenantEntity('plg_lending.notes', (t) => ({ word: t.text(), more: t.text().default('') }));
    expect(await plan([note({})], After)).toMatchObject({ warnings: [], drops: [] });
  });
  it('makes an index of a table that holds rows outside a transaction, and can be begun anew', async () => {
    const { sql, indexSql } = await plan([note({})], note({}, { indexes: { notes_word: { columns: ['word'], unique: true } } }));
    expect(sql).toBe('');
    expect(indexSql).toBe(`${OUTSIDE}
drop index concurrently if exists plg_lending.notes_word;
create unique index concurrently notes_word on plg_lending.notes (organization_id, word);
`);
  });
  it('grants anew where rows come to stay, or the worker comes', async () => {
    expect((await plan([note({})], note({}, { servesWorker: true }))).sql).toContain(
      'revoke all on plg_lending.notes from guichet_app;\ngrant select, insert, update, delete on plg_lending.notes to guichet_app, guichet_worker;',
    );
    expect((await plan([note({})], note({}, { appendOnly: true }))).sql).toContain(
      'grant select, insert on plg_lending.notes to guichet_app;',
    );
  });
});

describe('on PostgreSQL', () => {
  const ORGANIZATION = '018f0000-0000-7000-8000-000000000001';
  const Organization = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() }));
  const Booking = tenantEntity(
    'bookings',
    (t) => ({
      roomId: t.uuid(),
      startsAt: t.timestamptz(),
      endsAt: t.timestamptz(),
      cancelled: t.boolean().default(false),
      name: t.text(),
      nameKey: t.generated(t.text(), 'lower(name)'),
    }),
    { exclusions: { bookings_one_at_a_time: { with: 'room_id with =, tstzrange(starts_at, ends_at) with &&', where: 'not cancelled' } } },
  );
  let database: TestDatabase;
  let owner: RawDatabase;
  beforeAll(async () => {
    const { sql } = await plan(undefined, Organization, Booking);
    database = await createTestDatabase([{ module: 'booking', migrations: [{ name: '0001-initial', sql }] }]);
    owner = await RawDatabase.open(database.url);
    await owner.rows(`insert into organizations values ('${ORGANIZATION}', 'A'), ('${ORGANIZATION.replace(/1$/, '2')}', 'B')`);
  });
  afterAll(async () => {
    await owner?.close();
    await database?.drop();
  });
  const book = (from: string, to: string, { organization = ORGANIZATION, cancelled = false } = {}): Promise<{ name_key: string }[]> =>
    owner.rows(`insert into bookings (organization_id, id, room_id, starts_at, ends_at, cancelled, name)
      values ('${organization}', gen_random_uuid(), '${ORGANIZATION}', '2026-01-01 ${from}Z', '2026-01-01 ${to}Z', ${cancelled}, 'Ann') returning name_key`);

  it('what may not be at once is not, in one organization', async () => {
    expect(await book('10:00', '11:00')).toEqual([{ name_key: 'ann' }]);
    await expect(book('10:30', '11:30')).rejects.toMatchObject({ code: '23P01', constraint: 'bookings_one_at_a_time' });
    await book('11:00', '12:00');
    await book('10:30', '11:30', { cancelled: true });
    await book('10:30', '11:30', { organization: ORGANIZATION.replace(/1$/, '2') });
  });
  it('what is computed from a row is written by nobody', async () => {
    await expect(owner.rows(`update bookings set name_key = 'x'`)).rejects.toMatchObject({ code: '428C9' });
  });
  it('nothing is to be written after both', async () => {
    expect((await plan([Organization, Booking], Organization, Booking)).sql).toBe('');
  });
  it('an index is made while the table is written, and made anew after it has failed', async () => {
    const sql = `${OUTSIDE}\ndrop index concurrently if exists bookings_name;\ncreate unique index concurrently bookings_name on bookings (organization_id, name);\n`;
    const { sql: initial } = await plan(undefined, Organization, Booking);
    const sets = [
      {
        module: 'booking',
        migrations: [
          { name: '0001-initial', sql: initial },
          { name: '0002-name-indexes', sql },
        ],
      },
    ];
    await expect(migrate(database.url, sets)).rejects.toThrow('0002-name-indexes failed'); // two are called Ann
    await owner.rows(`delete from bookings where organization_id = '${ORGANIZATION}'`);
    const steps = [migrate(database.url, sets), migrate(database.url, sets)]; // two servers that start together
    expect((await Promise.all(steps)).flat()).toEqual([{ module: 'booking', name: '0002-name-indexes' }]);
    expect(await owner.rows(`select indisvalid from pg_index where indexrelid = 'bookings_name'::regclass`)).toEqual([
      { indisvalid: true },
    ]);
  });
});
