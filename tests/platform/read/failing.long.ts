import type { Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inReadOnlyTransaction, inTransaction } from '../../../src/platform/database/transaction.ts';
import { placeTag } from '../../../src/platform/sql/cursors.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { WatchedPool } from '../../support/watched-pool.ts';

// What goes wrong harms one answer, tells nothing, and leaves every connection as it was.

interface Backend {
  readonly processID: number;
  readonly connection: { readonly stream: Socket };
}
const POOL = 2;
let server: TestServer;
let owner: pg.Client;
let seats: TestOrganization;
let watched: WatchedPool;

beforeAll(async () => {
  server = await startTestServer({ poolSize: POOL });
  owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
  seats = await server.organization();
  watched = new WatchedPool(server.runtime.pools.requests);
});
afterAll(async () => {
  await owner?.end();
  await server?.stop();
});

const NAMES = '{ contacts { nodes { name } } }';
const codesOf = ({ errors }: { errors: readonly { extensions: { code: string } }[] }): string[] =>
  errors.map(({ extensions }) => extensions.code);
/** Fifty requests at once, each with what it must answer. */
async function fiftyWork(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 50 }, () => seats.admin.ask(NAMES)));
  for (const { data, errors } of answers) {
    expect(errors).toEqual([]);
    expect(data.contacts.nodes).toHaveLength(3);
  }
  // A seat that is renewed behind what is answered may hold one for a moment longer.
  const { requests } = server.runtime.pools;
  await expect
    .poll(() => ({ inUse: requests.totalCount - requests.idleCount, waiting: requests.waitingCount }))
    .toEqual({ inUse: 0, waiting: 0 });
  expect(requests.totalCount).toBeLessThanOrEqual(POOL);
}

/** Whatever asks for tags waits, and is cancelled soon. */
async function whileTagsAreLocked(work: () => Promise<void>): Promise<void> {
  const pool = server.runtime.pools.requests;
  const hurry = (client: pg.PoolClient): void => void client.query('set statement_timeout = 1000');
  pool.on('acquire', hurry);
  await owner.query('begin; lock table tags in access exclusive mode');
  try {
    await work();
  } finally {
    await owner.query('rollback');
    pool.off('acquire', hurry);
  }
  await Promise.all(Array.from({ length: POOL }, () => pool.query('reset statement_timeout')));
}
/** Backends that wait for the lock. */
async function waiting(): Promise<{ pid: number }[]> {
  const text = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    const { rows } = await owner.query<{ pid: number }>(text);
    if (rows.length) return rows;
  }
}

describe('outside an organization', () => {
  const statement = { text: `select '1' as json` };
  it.each(['', 'x', `0'; select 1; --`, '00000000-0000-0000-0000-00000000000G'])('nothing is read: %j', async (organization) => {
    const { requests } = server.runtime.pools;
    watched.forget();
    await expect(server.runtime.reads.read({ organization }, [{ statement, values: [] }])).rejects.toThrow('needs an organization');
    await expect(inTransaction(requests, organization, async () => 1)).rejects.toThrow('needs an organization');
    await expect(inReadOnlyTransaction(requests, organization, async () => 1)).rejects.toThrow('needs an organization');
    expect(watched.connections).toBe(0);
  });
  it('a statement that was sent all the same is refused by every policy', async () => {
    await expect(server.runtime.pools.requests.query('select name from contacts')).rejects.toThrow(/guichet\.organization|uuid/);
  });
  it('and inside one, nothing of another is found', async () => {
    const other = await server.organization();
    const read = async (text: string): Promise<unknown> => {
      const [result] = await server.runtime.reads.read({ organization: other.id }, [{ statement: { text }, values: [] }]);
      return result;
    };
    expect(await read('select count(*)::text as json from contacts')).toEqual({ status: 'fulfilled', value: '3' });
    expect(await read(`select count(*)::text as json from contacts where organization_id = '${seats.id}'`)).toEqual({
      status: 'fulfilled',
      value: '0',
    });
  });
  it('a read writes nothing', async () => {
    const text = `with gone as (delete from contacts returning 1) select count(*)::text as json from gone`;
    const [result] = await server.runtime.reads.read({ organization: seats.id }, [{ statement: { text }, values: [] }]);
    expect(result).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('read-only') } });
    await fiftyWork();
  });
});

describe('a statement that fails', () => {
  it('is INTERNAL, tells nothing of itself, and gives its connection back', async () => {
    await owner.query('alter table contacts rename column remark to remark_of_before');
    try {
      for (let i = 0; i < 10; i++) {
        const answer = await seats.admin.ask('{ contacts { nodes { name remark } } employees { totalCount } }');
        expect(answer.data).toEqual({ contacts: null, employees: { totalCount: 7 } });
        expect(codesOf(answer)).toEqual(['INTERNAL']);
        expect(JSON.stringify(answer)).not.toMatch(/remark_of|t1\.|does not exist/);
      }
      await fiftyWork();
    } finally {
      await owner.query('alter table contacts rename column remark_of_before to remark');
    }
    expect((await seats.admin.query('{ contacts { nodes { remark } } }')).contacts.nodes).toHaveLength(3);
  });

  it('because it takes too long is LIMIT_EXCEEDED', async () => {
    await whileTagsAreLocked(async () => {
      const read = await seats.admin.ask('{ contacts { nodes { tags { name } } } }');
      expect([read.data, codesOf(read)]).toEqual([{ contacts: null }, ['LIMIT_EXCEEDED']]);
      const written = await seats.admin.ask('mutation ($id: ID!) { renameTag(input: { tagId: $id, name: "Late" }) { __typename } }', {
        id: seats.tagIds[0],
      });
      expect([written.data, codesOf(written)]).toEqual([{ renameTag: null }, ['LIMIT_EXCEEDED']]);
    });
    await fiftyWork();
    const { contacts } = await seats.admin.query('{ contacts { nodes { tags { name } } } }');
    expect(JSON.stringify(contacts)).not.toContain('Late');
  });

  it('whose connection breaks is INTERNAL, and the next request has another', async () => {
    await owner.query('begin; lock table tags in access exclusive mode');
    const asked = seats.admin.ask('{ contacts { nodes { tags { name } } } }');
    for (const { pid } of await waiting()) await owner.query('select pg_terminate_backend($1)', [pid]);
    expect(codesOf(await asked)).toEqual(['INTERNAL']);
    await owner.query('rollback');
    await fiftyWork();
  });
});

describe('the payload of a mutation', () => {
  const socketOf = (pid: number): Socket => {
    const { _clients: clients } = server.runtime.pools.requests as unknown as { _clients: (pg.PoolClient & Backend)[] };
    return clients.find(({ processID }) => processID === pid)!.connection.stream;
  };
  const EDIT = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) {
    __typename ... on UpdateContactSuccess { contact { remark tags { name } } } } }`;
  const contact = async () =>
    (await seats.admin.query('query ($id: ID!) { contact(id: $id) { version remark } }', { id: seats.customer.id })).contact;

  it('that cannot be read leaves what was done as it is, once', async () => {
    const { version } = await contact();
    const input = { contactId: seats.customer.id, expectedVersion: version, remark: 'unread' };
    await whileTagsAreLocked(async () => {
      const { data, errors } = await seats.admin.ask(EDIT, { input });
      expect(data.updateContact).toEqual({ __typename: 'UpdateContactSuccess', contact: null });
      expect(codesOf({ errors })).toEqual(['LIMIT_EXCEEDED']);
    });
    expect(await contact()).toEqual({ version: version + 1, remark: 'unread' });
    await fiftyWork();
  });

  it('whose connection breaks does nothing a second time: nobody knows whether it was done', async () => {
    const before = await contact();
    const input = { contactId: seats.customer.id, expectedVersion: before.version, remark: 'broken' };
    await owner.query('begin; lock table tags in access exclusive mode');
    watched.forget();
    const asked = seats.admin.ask(EDIT, { input });
    const [{ pid }] = (await waiting()) as [{ pid: number }];
    socketOf(pid).destroy();
    expect(codesOf(await asked)).toEqual(['INTERNAL']);
    expect(watched.connections).toBe(1);
    await owner.query('rollback'); // now PostgreSQL does what it was sent, the commit too
    await fiftyWork();
    const after = await contact();
    expect([before.version, before.version + 1]).toContain(after.version);
  });
});

describe('what cannot be bound', () => {
  const cursor = (list: string, order: string, ...parts: unknown[]): string => {
    const [by, direction] = order.split(' ') as [string, 'ASC' | 'DESC'];
    return Buffer.from(JSON.stringify([placeTag({ list, order: { by, direction } }), ...parts])).toString('base64url');
  };
  const ID = '01980000-0000-7000-8000-00000000000a';
  it.each([
    ['a cursor that is none', `contacts(after: "x")`],
    ['a cursor of another order', `contacts(after: "${cursor('Query.contacts', 'NAME ASC', 'x', ID)}")`],
    ['a cursor without a key', `contacts(after: "${cursor('Query.contacts', 'CREATED_AT DESC', ID, 'x')}")`],
    ['a cursor of SQL', `contacts(after: "${cursor('Query.contacts', 'CREATED_AT DESC', `${ID}'--`, ID)}")`],
    [
      'a cursor with the character zero',
      `employees(orderBy: [{ field: NAME, direction: ASC }], after: "${cursor('Query.employees', 'NAME ASC', 'a\0', ID)}")`,
    ],
    ['a cursor past the numbers', `tagGroups(after: "${cursor('Query.tagGroups', 'POSITION ASC', 2 ** 40, ID)}")`],
    ['a cursor that is a fraction', `tagGroups(after: "${cursor('Query.tagGroups', 'POSITION ASC', 0.5, ID)}")`],
    ['a size from each end', `contacts(first: 1, last: 1, after: "${cursor('Query.contacts', 'CREATED_AT DESC', ID, ID)}")`],
    ['half a character', String.raw`employees(where: { name: { startsWith: "\ud83d" } })`],
    ['text with the character zero', String.raw`employees(where: { name: { equals: "\u0000" } })`],
    ['texts with the character zero', String.raw`employees(where: { name: { in: ["a", "\u0000"] } })`],
    ['a search with the character zero', String.raw`contacts(search: "a\u0000")`],
    ['two orders', `contacts(orderBy: [{ field: NAME, direction: ASC }, { field: CREATED_AT, direction: ASC }])`],
    ['a moment that is none', `contacts(where: { createdAt: { after: "yesterday" } })`],
    ['a list that is too long', `contacts(where: { tags: { none: [${'"x",'.repeat(251)}] } })`],
  ])('is BAD_REQUEST before a connection is taken: %s', async (_, field) => {
    await seats.admin.query('{ viewer { id } }');
    watched.forget();
    const before = server.runtime.reads.statements;
    const answers = await Promise.all(Array.from({ length: 10 }, () => seats.admin.ask(`{ ${field} { totalCount } }`)));
    for (const answer of answers) expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    expect([watched.reads(), server.runtime.reads.statements - before]).toEqual([[], 0]);
    await fiftyWork();
  });
  it('leaves the other fields of the request alone', async () => {
    const { data, errors } = await seats.admin.ask(
      '{ a: contacts(after: "x") { totalCount } b: contacts { totalCount } c: contacts(first: 200) { totalCount } }',
    );
    expect(data).toEqual({ a: null, b: { totalCount: 3 }, c: null });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['a'], 'BAD_REQUEST'],
      [['c'], 'BAD_REQUEST'],
    ]);
  });
  it.each([
    ['levels', '{ not: { not: { not: { source: { equals: MANUAL } } } } }', 'LIMIT_EXCEEDED'],
    ['comparisons', `{ and: [${'{ createdAt: { before: "2030-01-01T00:00:00Z" } } '.repeat(21)}] }`, 'LIMIT_EXCEEDED'],
  ])('is refused where a filter has too many %s', async (_, where, code) => {
    expect(codesOf(await seats.admin.ask(`{ contacts(where: ${where}) { totalCount } }`))).toEqual([code]);
  });
  it('is taken up to the limits', async () => {
    const twenty = `{ and: [${'{ createdAt: { before: "2030-01-01T00:00:00Z" } } '.repeat(20)}] }`;
    const deep = '{ not: { not: { source: { equals: MANUAL } } } }';
    const long = `{ tags: { none: [${'"x",'.repeat(250)}] } }`;
    const ever = '{ createdAt: { after: "0001-01-01T00:00:00Z", before: "9999-12-31T23:59:59Z" } }';
    for (const where of [twenty, deep, long, ever])
      expect((await seats.admin.query(`{ contacts(where: ${where}) { totalCount } }`)).contacts.totalCount).toBe(3);
  });
});

describe('more requests than connections', () => {
  it('wait for each other, reads and writes, and all are answered', async () => {
    const RENAME = 'mutation ($id: ID!, $name: String!) { renameTag(input: { tagId: $id, name: $name }) { __typename } }';
    const reading = Array.from({ length: 50 }, () =>
      seats.admin.query('{ a: contacts { totalCount } b: employees { totalCount } products { nodes { availability } } }'),
    );
    const writing = Array.from({ length: 10 }, (_, i) => seats.admin.does(RENAME, { id: seats.tagIds[0], name: `Name ${i}` }));
    expect(await Promise.all(writing)).toHaveLength(10);
    for (const { a, b } of await Promise.all(reading)) expect([a.totalCount, b.totalCount]).toEqual([3, 7]);
    await fiftyWork();
  });
});

describe('an error of the database that nobody foresaw', () => {
  it('is INTERNAL and not a word of it is told: a key that is there twice', async () => {
    await owner.query(`create unique index tags_only_one on tags (organization_id) where name like 'Twin%'`);
    const ADD = 'mutation ($group: ID!, $name: String!) { addTag(input: { groupId: $group, name: $name }) { __typename } }';
    const { tagGroups } = await seats.admin.query('{ tagGroups(first: 1) { nodes { id } } }');
    const add = (name: string) => seats.admin.ask(ADD, { group: tagGroups.nodes[0].id, name });
    expect((await add('Twin 1')).data).toEqual({ addTag: { __typename: 'AddTagSuccess' } });
    const answer = await add('Twin 2');
    expect(answer).toMatchObject({ data: { addTag: null }, errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }] });
    expect(JSON.stringify(answer)).not.toMatch(/tags_only_one|duplicate|unique|constraint|Twin/);
    await owner.query('drop index tags_only_one');
    const { rows } = await owner.query(`select name from tags where name like 'Twin%'`);
    expect(rows).toEqual([{ name: 'Twin 1' }]);
    await fiftyWork();
  });
});
