import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorded } from '../../src/app/explain/recorded-reads.ts';
import { explained } from '../../src/app/explain/statement-plan.ts';
import { LISTS_IN_ORDER, SEARCHES_IN_ORDER, SUPERVISES_MANY, SUPERVISES_MOST } from '../../src/domains/directory/index.ts';
import { inTransaction } from '../../src/platform/database/transaction.ts';
import { keptSeat } from '../../src/platform/permissions/seat.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { type ManyContacts, manyContacts } from '../support/many-contacts.ts';
import { mostRead, mostSorted, scans, skipped } from './plan.explain.ts';

/** Two pages of 50 of each of 50 people are sorted at the most: a quarter of the organization's contacts. */
const MOST_SORTED = 5_200;
/** Nor does one step read more than a quarter of the organization's contacts. */
const MOST_READ = 5_000;

let server: TestServer;
let many: ManyContacts;
let record: ReturnType<typeof recorded>;

beforeAll(async () => {
  server = await startTestServer();
  many = await manyContacts(server);
  record = recorded(server.runtime.reads);
  Object.assign(server.runtime, { reads: record.reads });
});
afterAll(() => server?.stop());

type Who = { readonly [Key in keyof ManyContacts]: ManyContacts[Key] extends TestSeat ? Key : never }[keyof ManyContacts];
const EMPLOYEES = ['staff', 'supervisor', 'head', 'admin', 'scopedAdmin'] as const;
const ACT = '{ nodes { id act actor { name } objectIds } }';
const CONTACT = '{ nodes { id name phone owner { name } viewerRoles } }';

/** Lists, and who asks for them. `$name` stands for the id of that name. */
const LISTS: readonly (readonly [name: string, document: string, ...who: Who[]])[] = [
  ['contacts: MINE', `contacts(list: MINE, first: 50) ${CONTACT}`, 'staff', 'supervisor', 'scopedAdmin'],
  ['contacts: SHARED_WITH_ME', `contacts(list: SHARED_WITH_ME, first: 50) ${CONTACT}`, 'staff', 'supervisor'],
  ['contacts: MY_TEAM', `contacts(list: MY_TEAM, first: 50) ${CONTACT}`, 'supervisor', 'head'],
  ['contacts: VISIBLE', `contacts(first: 50) ${CONTACT}`, ...EMPLOYEES],
  ['contacts: ORGANIZATION', `contacts(list: ORGANIZATION, first: 50) ${CONTACT}`, 'admin'],
  ['contacts: UNOWNED', `contacts(list: UNOWNED, first: 50) ${CONTACT}`, 'admin'],
  ['contacts: BIN', `contacts(list: BIN, first: 50) ${CONTACT}`, 'admin'],
  ['contacts by name', `contacts(first: 50, orderBy: [{ field: NAME, direction: ASC }]) ${CONTACT}`, ...EMPLOYEES],
  ['contacts by name, from the end', `contacts(last: 50, orderBy: [{ field: NAME, direction: ASC }]) ${CONTACT}`, ...EMPLOYEES],
  ['contacts of the team by name', `contacts(list: MY_TEAM, orderBy: [{ field: NAME, direction: DESC }]) ${CONTACT}`, 'supervisor', 'head'],
  ['contacts found by sound', `contacts(first: 50, search: "wangw") ${CONTACT}`, ...EMPLOYEES],
  ['contacts found by one letter', `contacts(first: 50, search: "w") ${CONTACT}`, ...EMPLOYEES],
  ['contacts found by phone', `contacts(first: 50, search: "0000123") ${CONTACT}`, 'supervisor', 'head', 'admin'],
  ['contacts found by the name of a tag', `contacts(first: 50, search: "tag00") ${CONTACT}`, 'staff', 'head', 'admin'],
  ['contacts found by the name of any tag', `contacts(first: 50, search: "tag") ${CONTACT}`, ...EMPLOYEES],
  ['contacts with a tag', `contacts(first: 50, where: { tags: { any: [$tag] } }) ${CONTACT}`, ...EMPLOYEES],
  [
    'contacts with a tag, found by one letter',
    `contacts(first: 50, search: "w", where: { tags: { any: [$tag] } }) ${CONTACT}`,
    ...EMPLOYEES,
  ],
  ['contacts of an owner', `contacts(first: 50, where: { owner: { equals: $employee } }) ${CONTACT}`, 'head', 'admin'],
  [
    'open tasks',
    'myTasks(first: 20) { nodes { id form { id number contact { name } tasks(first: 5) { nodes { decision } } } } }',
    ...EMPLOYEES,
  ],
  ['decided tasks', 'myTasks(first: 20, state: DECIDED) { nodes { id } }', 'staff', 'supervisor'],
  ['forms', 'businessForms(first: 20) { nodes { id number contact { name } } }', ...EMPLOYEES],
  ['forms in a state', 'businessForms(first: 20, where: { state: { equals: IN_REVIEW } }) { nodes { id number } }', ...EMPLOYEES],
  ['the customer’s forms', 'myForms(first: 20) { nodes { id number } }', 'customer'],
  ['employees', 'employees(first: 50) { nodes { id name } }', 'staff'],
  ['employees by name', 'employees(first: 50, orderBy: [{ field: NAME, direction: ASC }]) { nodes { id name } }', 'staff'],
  ['departments', 'departments(first: 50) { nodes { id name members(first: 5) { nodes { id } } } }', 'staff'],
  ['tag groups', 'tagGroups(first: 50) { nodes { id tags { nodes { name } } } }', 'staff'],
  ['templates', 'formTemplates(first: 50) { nodes { id name } }', 'staff', 'customer'],
  ['products', 'products(first: 50) { nodes { id name } }', 'staff', 'customer'],
  ['products by name', 'products(first: 50, orderBy: [{ field: NAME, direction: ASC }]) { nodes { id name } }', 'customer'],
  [
    'a contact’s timeline',
    'contact(id: $contact) { id timeline(first: 20) { nodes { id actor { name } } } }',
    'staff',
    'supervisor',
    'admin',
  ],
  ['a contact’s shares', 'contact(id: $contact) { id sharedWith(first: 20) { nodes { id name } } }', 'staff', 'supervisor', 'admin'],
  ['a contact’s history', 'contact(id: $contact) { id history(first: 20) { nodes { id field } } }', 'staff', 'supervisor', 'admin'],
  ['a contact’s forms', 'contact(id: $contact) { id businessForms(first: 20) { nodes { id number } } }', 'staff', 'supervisor', 'admin'],
  ['the audit record', `auditEntries(first: 50) ${ACT}`, 'admin', 'scopedAdmin'],
  ['the audit record of an object', `auditEntries(first: 50, where: { objects: { any: [$contact] } }) ${ACT}`, 'admin'],
  ['the audit record of an employee', `auditEntries(first: 50, where: { actor: { equals: $employee } }) ${ACT}`, 'admin'],
  [
    'the end of the audit record',
    `auditEntries(first: 50, where: { at: { before: "2026-06-01T00:00:00Z" } }) ${ACT}`,
    'admin',
    'scopedAdmin',
  ],
  ['an object by its id', 'node(id: $contact) { id }', ...EMPLOYEES],
  ['a form by its id', 'node(id: $form) { id }', ...EMPLOYEES],
  ['a task by its id', 'node(id: $task) { id }', 'staff', 'supervisor', 'admin'],
  ['objects by their ids', 'nodes(ids: [$contact, $form, $task, $employee]) { id }', 'staff', 'supervisor', 'admin'],
  [
    'a form by its number',
    'businessForm(number: $number) { id tasks { nodes { id } } history { nodes { kind } } }',
    'staff',
    'supervisor',
    'admin',
  ],
];
const CASES = LISTS.flatMap(([name, document, ...all]) => all.map((who) => ({ name, document, who })));

const filledIn = (document: string): string =>
  `{ ${document.replaceAll(/\$(\w+)/g, (_, name: string) => JSON.stringify({ ...many.ids, ...many.form }[name as 'tag']))} }`;

describe('20,000 contacts', () => {
  it('are there', async () => {
    const { contacts } = await many.admin.query('{ contacts(list: ORGANIZATION) { totalCount totalCountIsExact } }');
    expect(contacts).toEqual({ totalCount: 10_000, totalCountIsExact: false });
  });
  it.each<[string, 'staff' | 'supervisor' | 'head' | 'admin', string]>([
    ['all', 'admin', 'list: ORGANIZATION'],
    ['found by a letter', 'admin', 'search: "w"'],
    ['of the team', 'head', 'list: MY_TEAM'],
    ['of the team, found by a letter', 'supervisor', 'list: MY_TEAM, search: "w"'],
    ['one’s own', 'staff', 'search: "w"'],
    ['with a tag', 'staff', 'where: { tags: { any: [$tag] } }'],
  ])('are counted no further than 10,000, and as they are listed: %s, for the %s', async (_, who, args) => {
    record.take();
    const { contacts } = await many[who].query(filledIn(`contacts(${args}) { totalCount totalCountIsExact }`));
    const [statement] = record.take();
    const { plan } = await explained(server.runtime.pools.requests, many.organizationId, statement!);
    expect(mostRead(plan)).toBeLessThan(11_000); // some that are read are not there any more
    expect(contacts.totalCountIsExact).toBe(contacts.totalCount < 10_000);
    if (!contacts.totalCountIsExact) return;
    let found = 0;
    for (let after = ''; ; ) {
      const { nodes, pageInfo } = (
        await many[who].query(filledIn(`contacts(${args}, first: 100${after}) { nodes { id } pageInfo { hasNextPage endCursor } }`))
      ).contacts;
      found += nodes.length;
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(found).toBe(contacts.totalCount);
  });

  it.each(CASES)('$name, for the $who: follows indexes', async ({ document, who }) => {
    record.take();
    const data = await many[who].query(filledIn(document));
    expect(JSON.stringify(data)).toContain('"id"');
    const statements = record.take();
    expect(statements.length).toBe(1);
    const { pools } = server.runtime;
    for (const statement of statements) {
      const { plan } = await explained(pools.requests, many.organizationId, statement);
      expect(scans(plan)).toEqual([]);
      expect(mostSorted(plan)).toBeLessThan(MOST_SORTED);
      expect(mostRead(plan)).toBeLessThan(MOST_READ);
      expect(skipped(plan)).toEqual([]);
    }
  });

  it('would be read from end to end without an index, and that would be noticed', async () => {
    const statement = {
      name: 'bare',
      text: `select count(*)::text from (select remark from contacts where organization_id = $1::uuid order by remark) all_of_them`,
    };
    const { plan } = await explained(server.runtime.pools.requests, many.organizationId, { statement, values: [many.organizationId] });
    expect(scans(plan)).toEqual(['contacts']);
    expect(mostSorted(plan)).toBeGreaterThan(MOST_SORTED);
    expect(mostRead(plan)).toBeGreaterThan(MOST_READ);
  });
});

describe('those who follow forms', () => {
  it.each(['staff', 'supervisor', 'head'] as const)('are looked up by their keys, many at a time: %s', async (who) => {
    const { businessForms } = await many[who].query('{ businessForms(first: 100) { nodes { id } } }');
    const { seat } = (await server.runtime.seats.signedIn(many[who].token!))!;
    const asked = (businessForms.nodes as { id: string }[]).map(({ id }) => ({
      seat: seat!,
      type: 'BusinessForm',
      id: decodeGlobalId('BusinessForm', id)!,
    }));
    const { pools, reach } = server.runtime;
    const sent: { text: string; values: unknown[] }[] = [];
    await inTransaction(pools.requests, many.organizationId, async (transaction) => {
      const query = (statement: (typeof sent)[0]) => {
        sent.push(statement);
        return transaction.client.query(statement);
      };
      const client = { query } as unknown as typeof transaction.client;
      expect(await reach.among(asked, new Date(), { ...transaction, client })).toEqual(new Set(asked));
    });
    expect(sent.length).toBe(1);
    const [{ text, values }] = sent as [(typeof sent)[0]];
    const { plan } = await explained(pools.requests, many.organizationId, { statement: { text, name: 'reach' }, values });
    expect(scans(plan)).toEqual([]);
    expect(mostRead(plan)).toBeLessThanOrEqual(asked.length * 10);
  });
});

describe('who supervises many', () => {
  /** Contacts of those below a department that the seat leads, as they stand in the tables. */
  const TEAM = `select contact.id from contacts contact where contact.organization_id = $1 and contact.deleted_at is null and contact.owner_id <> $2
    and exists (select from department_members led
      join department_closure tree on tree.organization_id = $1 and tree.ancestor_id = led.department_id
      join department_members member on member.organization_id = $1 and member.department_id = tree.descendant_id
      where led.organization_id = $1 and led.employee_id = $2 and led.is_supervisor and member.employee_id = contact.owner_id)`;
  const ofTeam = async (seat: TestSeat, tail: string): Promise<string[]> => {
    const owner = new pg.Client({ connectionString: server.databaseUrl });
    await owner.connect();
    const { rows } = await owner.query<{ id: string }>(`${TEAM} ${tail}`, [many.organizationId, decodeGlobalId('Employee', seat.id)]);
    await owner.end();
    return rows.map(({ id }) => id);
  };
  const answered = async (seat: TestSeat, args: string): Promise<string[]> =>
    (await seat.query(`{ contacts(list: MY_TEAM, ${args}) { nodes { id } } }`)).contacts.nodes.map(({ id }: { id: string }) =>
      decodeGlobalId('Contact', id),
    );

  it.each(['supervisor', 'head'] as const)('finds the same contacts as from the tables: %s', async (who) => {
    expect(await answered(many[who], 'first: 100')).toEqual(await ofTeam(many[who], 'order by id desc limit 100'));
    const byName = 'orderBy: [{ field: NAME, direction: ASC }]';
    expect(await answered(many[who], `first: 100, ${byName}`)).toEqual(await ofTeam(many[who], 'order by sort_name, id limit 100'));
    expect((await answered(many[who], 'last: 100')).reverse()).toEqual(await ofTeam(many[who], 'order by id limit 100'));
  });
  it.each([
    ['staff', []],
    ['supervisor', [SUPERVISES_MANY, LISTS_IN_ORDER]],
    ['head', [SUPERVISES_MANY, LISTS_IN_ORDER, SEARCHES_IN_ORDER, SUPERVISES_MOST]],
  ] as const)('is known by how many they are of all: %s', async (who, expected) => {
    const { seat } = (await server.runtime.seats.signedIn(many[who].token!))!;
    const known = [SUPERVISES_MANY, LISTS_IN_ORDER, SEARCHES_IN_ORDER, SUPERVISES_MOST];
    expect(known.filter((trait) => seat!.traits.has(trait))).toEqual(expected);
  });
  it('finds them also by where their owners sit, as for who supervises most of all', async () => {
    const { seats } = server.runtime;
    const signedIn = seats.signedIn.bind(seats);
    seats.signedIn = async (token) => {
      const found = await signedIn(token);
      const seat = found?.seat && keptSeat({ ...found.seat, traits: new Set([...found.seat.traits, SUPERVISES_MOST]) });
      return found && { ...found, seat };
    };
    try {
      record.take();
      expect(await answered(many.supervisor, 'first: 100')).toEqual(await ofTeam(many.supervisor, 'order by id desc limit 100'));
      expect(record.take()[0]!.statement.text).toContain('member.department_id in (select');
    } finally {
      seats.signedIn = signedIn;
    }
  });
  it('counts them all', async () => {
    const { contacts } = await many.supervisor.query('{ contacts(list: MY_TEAM) { totalCount } }');
    expect(contacts.totalCount).toBe((await ofTeam(many.supervisor, '')).length);
  });
  it('reads the forms of their contacts, and nobody else’s', async () => {
    const { businessForms } = await many.supervisor.query('{ businessForms(first: 100) { nodes { viewerRoles } } }');
    expect(businessForms.nodes.length).toBe(100);
    for (const { viewerRoles } of businessForms.nodes)
      expect(viewerRoles).toEqual(expect.arrayContaining([expect.stringMatching(/OWNER|OWNERS_SUPERVISOR|PARTICIPANT/)]));
  });
});

describe('a search and a tag, rare and common', () => {
  const FOUND = `select contact.id from contacts contact where contact.organization_id = $1
    and ($2::text is null
      or exists (select from contact_search_terms own where own.organization_id = $1 and own.contact_id = contact.id and starts_with(own.term, $2))
      or exists (select from contact_tags own join tag_search_terms named on named.organization_id = $1 and named.tag_id = own.tag_id
        where own.organization_id = $1 and own.contact_id = contact.id and starts_with(named.term, $2)))
    and ($3::uuid is null or exists (select from contact_tags own
      where own.organization_id = $1 and own.contact_id = contact.id and own.tag_id = $3))`;
  const WALK = 'query ($after: Cursor) { contacts(first: 100, after: $after) { nodes { id } pageInfo { endCursor } } }';
  const ASKED = `query ($search: String, $where: ContactFilter) {
    first: contacts(first: 50, search: $search, where: $where) { totalCount nodes { id } }
    last: contacts(last: 50, search: $search, where: $where) { nodes { id } } }`;
  type Page = { readonly nodes: readonly { id: string }[]; readonly pageInfo: { readonly endCursor: string } };
  const idsOf = ({ nodes }: Pick<Page, 'nodes'>): string[] => nodes.map(({ id }) => decodeGlobalId('Contact', id));

  let owner: pg.Client;
  beforeAll(async () => {
    owner = new pg.Client({ connectionString: server.databaseUrl });
    await owner.connect();
  });
  afterAll(() => owner?.end());
  async function found(search: string | null, tag: string | null): Promise<ReadonlySet<string>> {
    const values = [many.organizationId, search, tag && decodeGlobalId('Tag', tag)];
    return new Set((await owner.query<{ id: string }>(FOUND, values)).rows.map(({ id }) => id));
  }
  async function visibleTo(seat: TestSeat): Promise<string[]> {
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page = (await seat.query(WALK, { after })).contacts;
      if (page.nodes.length === 0) return seen;
      seen.push(...idsOf(page));
      after = page.pageInfo.endCursor;
    }
  }

  it('are there: more and fewer than a seat is asked one by one for', async () => {
    expect((await found('w', null)).size).toBeGreaterThan(1_000);
    expect((await found(null, many.ids.tag)).size).toBeGreaterThan(1_000);
    expect((await found('wangw', null)).size).toBeLessThan(200);
  });
  it.each(['staff', 'supervisor', 'scopedAdmin', 'head'] as const)('find what the tables have: %s', async (who) => {
    const visible = await visibleTo(many[who]);
    for (const search of ['w', 'wangw', 'tag00', null]) {
      for (const tag of [many.ids.tag, null]) {
        const matching = await found(search, tag);
        const expected = visible.filter((id) => matching.has(id));
        const { first, last } = await many[who].query(ASKED, { search, where: tag && { tags: { any: [tag] } } });
        const answer = [first.totalCount, idsOf(first), idsOf(last)];
        expect(answer, `${search} ${tag}`).toEqual([Math.min(expected.length, 10_000), expected.slice(0, 50), expected.slice(-50)]);
      }
    }
  });
});
