import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backfill } from '../../src/app/backfills.ts';
import { migrationSets, modulesOf } from '../../src/app/installation.ts';
import { type MigrationSet, migrate } from '../../src/platform/database/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { inSteps } from '../support/in-steps.ts';
import { releasedOf } from '../support/released.ts';

const ORGANIZATION = '01970000-0000-7000-8000-0000000000a1';
const id = (n: number): string => `01970000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ADMIN = id(1);
const PHONE = '+8613800000001';
/** As 0.1 kept them: name, company, and the terms and the key that it made of them. */
const CONTACTS = [
  {
    n: 11,
    name: '林军',
    company: 21,
    sort: 'linjun 林军',
    terms: ['NAME 林军', 'PINYIN linjun', 'PHONE 8613900000011', 'COMPANY north pier'],
  },
  {
    n: 12,
    name: '李强',
    company: 21,
    sort: 'liqiang 李强',
    terms: ['NAME 李强', 'PINYIN liqiang', 'PHONE 8613900000012', 'COMPANY north pier'],
  },
  { n: 13, name: 'José', company: 22, sort: 'josé josé', terms: ['NAME josé', 'PINYIN josé', 'PHONE 8613900000013', 'COMPANY 102'] },
  { n: 14, name: 'Zoe', company: null, sort: 'zoe zoe', terms: ['NAME zoe', 'PINYIN zoe', 'PHONE 8613900000014'] },
] as const;

let sets: MigrationSet[];
let database: TestDatabase;
let client: pg.Client;
let server: TestServer;
let admin: TestSeat;
const run = (text: string, values: readonly unknown[] = []) => client.query(text, [ORGANIZATION, ...values]);

async function fill(): Promise<void> {
  await run(`insert into organizations (organization_id, name, certification, created_at) values ($1, 'Old', 'ADVANCED', now())`);
  const hire = (n: number, name: string, phone: string) =>
    run(`insert into employees (organization_id, id, name, phone, seniority_date, portal_id) values ($1, $2, $3, $4, now(), $2)`, [
      id(n),
      name,
      phone,
    ]);
  await hire(1, '张三', PHONE);
  await hire(2, '曾红', '+8613800000002');
  await hire(3, 'Émile', '+8613800000003');
  await hire(4, 'Fan', '+8613800000004');
  for (const [n, number] of [
    [2, 'T7'],
    [3, 't7'],
    [4, 'Ｔ7'],
  ] as const)
    await run('update employees set staff_number = $3 where organization_id = $1 and id = $2', [id(n), number]);
  await run(
    `insert into identity.seats (organization_id, seat_id, kind, phone, is_demo, created_at) values ($1, $2, 'EMPLOYEE', $3, false, now())`,
    [ADMIN, PHONE],
  );
  for (const right of ['CONTACTS', 'DIRECTORY', 'PLUGINS'])
    await run(`insert into admin_rights (organization_id, id, employee_id, admin_right) values ($1, gen_random_uuid(), $2, $3)`, [
      ADMIN,
      right,
    ]);
  await run(`insert into departments (organization_id, id, name) values ($1, $2, '重庆'), ($1, $3, 'Docks')`, [id(5), id(6)]);
  await company(21, 'North  Pier', 'north pier');
  await company(22, '10²', '102');
  await run(`insert into departments (organization_id, id, name) values ($1, $2, 'docks')`, [id(7)]);
  await run(
    `insert into tag_groups (organization_id, id, name, color, position) values ($1, $2, 'Level', 'RED', 1), ($1, $3, 'LEVEL', 'RED', 2)`,
    [id(51), id(52)],
  );
  await run(`insert into tags (organization_id, id, group_id, name) values ($1, $2, $4, 'Key'), ($1, $3, $4, 'key')`, [
    id(53),
    id(54),
    id(51),
  ]);
  for (const contact of CONTACTS) await addContact(contact);
  await run('insert into contact_tags (organization_id, contact_id, tag_id, group_id, tagged_at) values ($1, $2, $3, $4, now())', [
    id(CONTACTS[0]!.n),
    id(53),
    id(51),
  ]);
  await run(
    `insert into plg_ordering.products (organization_id, id, name, unit, price_minor, currency, stock)
    values ($1, $2, '苹果', 'box', 1, 'CNY', 1), ($1, $3, 'Orange', 'box', 1, 'CNY', 1), ($1, $4, '安瓶', 'box', 1, 'CNY', 1)`,
    [id(31), id(32), id(33)],
  );
}
const company = (n: number, name: string, key: string) =>
  run('insert into companies (organization_id, id, name, name_key) values ($1, $2, $3, $4)', [id(n), name, key]);
interface OldContact {
  readonly n: number;
  readonly name: string;
  readonly company: number | null;
  readonly sort: string;
  readonly terms: readonly string[];
}
async function addContact({ n, name, company: of, sort, terms }: OldContact): Promise<void> {
  await run(
    `insert into contacts (organization_id, id, name, sort_name, phone, is_mobile, company_id, owner_id, source, created_at, updated_at)
     values ($1, $2, $3, $4, $5, true, $6, $7, 'MANUAL', now(), now())`,
    [id(n), name, sort, `+86139000000${n}`, of && id(of), ADMIN],
  );
  for (const term of terms)
    await run('insert into contact_search_terms (organization_id, contact_id, kind, term) values ($1, $2, $3, $4)', [
      id(n),
      ...term.split(/ (.*)/s).slice(0, 2),
    ]);
}

beforeAll(async () => {
  sets = migrationSets(await modulesOf([]));
  database = await createTestDatabase(releasedOf(sets));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await server?.stop();
  await client?.end();
  await database?.drop();
});

const names = async (list: string): Promise<string[]> => {
  const document = `{ ${list}(first: 50, orderBy: [{ field: NAME, direction: ASC }]) { nodes { name } } }`;
  return (await admin.query(document))[list].nodes.map(({ name }: { name: string }) => name);
};
const found = async (search: string): Promise<string[]> => {
  const document = 'query ($search: String) { contacts(search: $search) { totalCount nodes { name } } }';
  return (await admin.query(document, { search })).contacts.nodes.map(({ name }: { name: string }) => name).sort();
};
const companiesOf = async () => (await admin.query('{ contacts { nodes { name company { id name } } } }')).contacts.nodes;
const left = async (): Promise<number> => {
  const { rows } = await client.query<{ left: number }>(
    `select ((select count(*) from contact_search_terms where kind <> 'ANY') + (select count(*) from companies where name_key not like ' %')
      + (select count(*) from contacts where sort_name not like E'%\\t%') + (select count(*) from employees where sort_name = '')
      + (select count(*) from tags where found_as is distinct from name))::int as left`,
  );
  return rows[0]!.left;
};

inSteps('a database of 0.1, with what was in it', () => {
  it('is brought up to date, and serves', async () => {
    await fill();
    await migrate(database.url, sets);
    server = await startTestServer({ databaseUrl: database.url });
    admin = await server.seat(PHONE, ORGANIZATION);
    expect((await names('contacts')).sort()).toEqual(['José', 'Zoe', '李强', '林军'].sort());
    expect(await left()).toBeGreaterThan(0);
  });

  it('keeps staff numbers that are one by now, until they are changed', async () => {
    const { employees } = await admin.query('{ employees(first: 10) { nodes { id version staffNumber } } }');
    const numbers = new Map<string, { id: string; version: number }>(
      employees.nodes.map((of: { id: string; version: number; staffNumber: string }) => [of.staffNumber, of]),
    );
    expect(['T7', 't7', 'Ｔ7'].every((number) => numbers.has(number))).toBe(true);
    const edit = `mutation ($input: UpdateEmployeeInput!) { updateEmployee(input: $input) { __typename } }`;
    const edits = async (was: string, staffNumber: string): Promise<string> => {
      const { id: employeeId, version: expectedVersion } = numbers.get(was)!;
      return (await admin.query(edit, { input: { employeeId, expectedVersion, staffNumber } })).updateEmployee.__typename;
    };
    expect(await edits('t7', 't 7')).toBe('UpdateEmployeeSuccess');
    expect(await edits('Ｔ7', 't7')).toBe('ValidationFailed');
  });

  it('keeps names of departments and tags that are one by now, until they are changed', async () => {
    const add = 'mutation ($name: String!) { addDepartment(input: { name: $name }) { __typename } }';
    expect((await admin.query(add, { name: 'DOCKS' })).addDepartment.__typename).toBe('ValidationFailed');
    const { departments, tagGroups } = await admin.query(
      '{ departments(first: 9) { nodes { id name version } } tagGroups { nodes { name tags { nodes { name } } } } }',
    );
    const spared = departments.nodes.find(({ name }: { name: string }) => name === 'docks');
    const rename = async (name: string, expectedVersion: number): Promise<string> =>
      (
        await admin.query('mutation ($input: UpdateDepartmentInput!) { updateDepartment(input: $input) { __typename } }', {
          input: { departmentId: spared.id, expectedVersion, name },
        })
      ).updateDepartment.__typename;
    expect(await rename('Quay', spared.version)).toBe('UpdateDepartmentSuccess');
    expect(await rename('docks', spared.version + 1)).toBe('ValidationFailed');
    expect(tagGroups.nodes.map(({ name, tags }: { name: string; tags: { nodes: unknown[] } }) => [name, tags.nodes.length])).toEqual([
      ['Level', 2],
      ['LEVEL', 0],
    ]);
  });

  it('has its keys and terms made anew beside the requests', async () => {
    await backfill(server.runtime);
    expect(await left()).toBe(0);
    expect(await names('contacts')).toEqual(['José', '李强', '林军', 'Zoe']);
    expect(await names('employees')).toEqual(['Émile', 'Fan', '曾红', '张三']);
    expect(await names('departments')).toEqual(['重庆', 'Docks', 'Quay']);
    expect(await names('products')).toEqual(['安瓶', 'Orange', '苹果']);
    expect(await Promise.all(['jose', 'l q', 'northpier', '13900000014', '10²'].map(found))).toEqual([
      ['José'],
      ['李强'],
      ['李强', '林军'],
      ['Zoe'],
      ['José'],
    ]);
  });

  it('keeps its companies, by the name that they had, and adds none of the same', async () => {
    const before = await companiesOf();
    expect(before.map(({ name, company: of }: { name: string; company: { name: string } | null }) => [name, of?.name])).toEqual([
      ['Zoe', undefined],
      ['José', '10²'],
      ['李强', 'North Pier'],
      ['林军', 'North Pier'],
    ]);
    const document = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename ... on UpdateContactSuccess { contact { company { id } } } } }`;
    const { contacts } = await admin.query('{ contacts(search: "zoe") { nodes { id version } } }');
    const { id: contactId, version } = contacts.nodes[0];
    const { contact } = await admin.does(document, { input: { contactId, expectedVersion: version, company: 'North Pier' } });
    expect(contact.company.id).toBe(before[2].company.id);
  });

  it('takes what a server of 0.1 writes meanwhile, and puts it right', async () => {
    await company(41, 'North Pier', 'north pier');
    await addContact({
      n: 15,
      name: 'Žan 李',
      company: 41,
      sort: 'žanli žan 李',
      terms: ['NAME žan 李', 'PINYIN žanli', 'COMPANY north pier'],
    });
    await run(`update contacts set name = '李安', sort_name = 'lian 李安' where organization_id = $1 and id = $2`, [id(14)]);
    expect((await found('key')).length).toBe(1);
    await run(`update tags set name = '首要' where organization_id = $1 and id = $2`, [id(53)]);
    await backfill(server.runtime);
    expect(await left()).toBe(0);
    expect(await names('contacts')).toEqual(['José', '李安', '李强', '林军', 'Žan 李']);
    expect(await found('zan')).toEqual(['Žan 李']);
    expect([(await found('key')).length, (await found('shouyao')).length]).toEqual([0, 1]);
    const pier = (await companiesOf()).filter(({ company: of }: { company: { name: string } | null }) => of?.name === 'North Pier');
    expect(new Set(pier.map((one: { company: { id: string } }) => one.company.id)).size).toBe(1);
    expect(pier.length).toBe(4);
  });

  it('is left alone once it is up to date', async () => {
    const state = async () =>
      (
        await client.query(
          `select md5(string_agg(t::text, '' order by t::text)) from (select * from contacts union all select * from contacts) t`,
        )
      ).rows;
    const before = await state();
    const xmin = async () => (await client.query('select max(xmin::text::bigint) as last from contact_search_terms')).rows;
    const terms = await xmin();
    await backfill(server.runtime);
    expect([await state(), await xmin()]).toEqual([before, terms]);
  });

  it('goes on where it was stopped, many batches long, by two servers at once', async () => {
    await run(
      `insert into contacts (organization_id, id, name, sort_name, phone, is_mobile, owner_id, source, created_at, updated_at)
       select $1, gen_random_uuid(), '王' || n, 'old', '+86137' || lpad(n::text, 8, '0'), true, $2, 'MANUAL', now(), now() from generate_series(1, 1200) n`,
      [ADMIN],
    );
    await run(`insert into contact_search_terms (organization_id, contact_id, kind, term)
      select organization_id, id, 'NAME', lower(name) from contacts where organization_id = $1 and sort_name = 'old'`);
    await Promise.all([backfill(server.runtime), backfill(server.runtime)]);
    await backfill(server.runtime);
    expect(await left()).toBe(0);
    const { contacts } = await admin.query('{ contacts(search: "w") { totalCount } }');
    expect(contacts.totalCount).toBe(1200);
  });
});
