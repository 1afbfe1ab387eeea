import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGlobalId } from '../../src/platform/schema/global-id.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected } from '../platform/server/socket.fixture.ts';
import { type Thing, thingsOf } from '../rules/rows.fixture.ts';
import { makeWorld, type World } from '../rules/world.fixture.ts';

// Ids and cursors that were made up, bent, or taken from somebody else.

let server: TestServer;
let world: World;
let things: readonly Thing[];
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  things = [...(await thingsOf(server)).values()];
});
afterAll(() => server?.stop());

const flipped = (text: string, byte: number): string => {
  const bytes = Buffer.from(text, 'base64url');
  bytes[byte]! ^= 1;
  return bytes.toString('base64url');
};
/** Rows that are a contact's own, and known by its key. */
const OF_CONTACTS: readonly string[] = ['Contact', 'OrderingBuyer'];
const wide = (text: string): string => text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
/** Texts that are nearly the one given, or nothing of the kind. */
const bent = (text: string): string[] => [
  ...Array.from({ length: 16 }, (_, i) => flipped(text, Math.floor((i * Buffer.from(text, 'base64url').length) / 16))),
  text.slice(0, -1),
  text.slice(1),
  `${text}A`,
  text + text,
  `${text}==`,
  ` ${text}`,
  `${text}\n`,
  text.toUpperCase(),
  wide(text),
  `а${text.slice(1)}`, // Cyrillic
  `${text.slice(0, -1)}+`,
  'A'.repeat(text.length),
  'x'.repeat(1_500),
  '💥',
  "' or true --",
];
const codes = ({ errors }: { errors: readonly { extensions: { code: string } }[] }): string[] =>
  errors.map(({ extensions }) => extensions.code);

describe('a global id', () => {
  const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
  const nodes = async (seat: TestSeat, ids: readonly string[]): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (let at = 0; at < ids.length; at += 100) all.push(...(await seat.query(NODES, { ids: ids.slice(at, at + 100) })).nodes);
    return all;
  };
  const found = async (seat: TestSeat, ids: readonly string[]): Promise<string[]> =>
    (await nodes(seat, ids)).flatMap((node) => (node as { __typename: string } | null)?.__typename ?? []);

  it('that is bent names nothing', async () => {
    const { admin } = world.seats;
    const { customer } = world.contacts;
    expect(await found(admin, [customer])).toEqual(['Contact']);
    expect(
      await found(
        admin,
        bent(customer).filter((id) => id.length < 1_000),
      ),
    ).toEqual([]);
    const ask = (id: string) => admin.ask('query ($id: ID!) { node(id: $id) { id } contact(id: $id) { id } }', { id });
    for (const id of bent(customer)) expect(await ask(id)).toEqual({ data: { node: null, contact: null }, errors: [] });
  });

  it('of one type names nothing of another, whichever two', async () => {
    const { admin } = world.seats;
    const { uuid } = readGlobalId(world.contacts.customer)!;
    const types = [...new Set(things.map(({ type }) => type))];
    const disguised = types.filter((type) => !OF_CONTACTS.includes(type)).map((type) => encodeGlobalId(type, uuid));
    expect(disguised.length).toBeGreaterThan(15);
    expect(await found(admin, disguised)).toEqual([]);
  });

  it('of one surface names nothing on the other', async () => {
    const { admin, owner, customer } = world.seats;
    const portal = things.find(
      ({ type, employeeId }) => type === 'PortalEmployee' && employeeId === readGlobalId(owner.id)!.uuid,
    )!.globalId;
    expect([await found(customer, [portal]), await found(customer, [owner.id])]).toEqual([['PortalEmployee'], []]);
    expect([await found(admin, [owner.id]), await found(admin, [portal])]).toEqual([['Employee'], []]);
    expect(portal).not.toContain(owner.id.slice(3));
  });

  it('says as little to another seat, another organization and nobody', async () => {
    const { rival, stranger, strangersCustomer } = world.seats;
    const ids = [world.contacts.customer, world.forms.handled];
    expect(await found(world.seats.customer, ids)).toEqual(['Contact', 'Order']);
    for (const seat of [rival, stranger, strangersCustomer, server.nobody]) expect(await nodes(seat, ids)).toEqual([null, null]);
  });
});

describe('a cursor of a list', () => {
  const LIST =
    'query ($after: Cursor, $list: ContactList) { contacts(first: 100, after: $after, list: $list) { edges { cursor node { id } } } }';
  interface Edge {
    readonly cursor: string;
    readonly node: { readonly id: string };
  }
  const edges = async (seat: TestSeat, after?: string): Promise<Edge[]> => (await seat.query(LIST, { after })).contacts.edges;
  const idsOf = (all: readonly Edge[]): string[] => all.map(({ node }) => node.id);

  it('that is bent is BAD_REQUEST, or a place in what the seat sees anyway', async () => {
    const { owner } = world.seats;
    const seen = await edges(owner);
    for (const after of bent(seen[0]!.cursor)) {
      const answer = await owner.ask(LIST, { after });
      if (answer.errors.length) expect(codes(answer)).toEqual(['BAD_REQUEST']);
      else for (const id of idsOf(answer.data!.contacts.edges)) expect(idsOf(seen)).toContain(id);
    }
  });

  it('of another seat or organization shows nothing that is not shown without it', async () => {
    const { admin, colleague, stranger } = world.seats;
    const all = await edges(admin);
    for (const seat of [colleague, stranger]) {
      const own = idsOf(await edges(seat));
      expect(own.length).toBeLessThan(all.length);
      for (const { cursor } of all) for (const id of idsOf(await edges(seat, cursor))) expect(own).toContain(id);
    }
  });

  it('of another list or order is BAD_REQUEST', async () => {
    const [{ cursor } = { cursor: '' }] = await edges(world.seats.admin);
    for (const query of [
      'query ($c: Cursor) { contacts(after: $c, orderBy: [{ field: NAME, direction: ASC }]) { totalCount } }',
      'query ($c: Cursor) { contacts(after: $c, orderBy: [{ field: CREATED_AT, direction: ASC }]) { totalCount } }',
      'query ($c: Cursor) { employees(after: $c) { totalCount } }',
      'query ($c: Cursor) { myTasks(after: $c) { totalCount } }',
    ]) {
      const answer = await world.seats.admin.ask(query, { c: cursor });
      expect(codes(answer).filter((code) => code !== 'BAD_REQUEST')).toEqual([]);
    }
  });
});

describe('a live cursor', () => {
  const TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind } }';
  const FORMS = 'subscription ($after: EventCursor) { myForms(after: $after) { kind } }';
  const FORM = 'subscription ($after: EventCursor, $id: ID!) { businessForm(id: $id, after: $after) { kind } }';
  /** What each subscription is refused with, all of them over one socket. */
  const refusals = async (seat: TestSeat, query: string, cursors: readonly string[]): Promise<string[]> => {
    const socket = await connected(server.url, seat.token);
    for (const [index, after] of cursors.entries()) socket.subscribe(String(index), query, { after, id: world.forms.handled });
    const said: string[] = [];
    while (said.length < cursors.length) {
      const { type, payload } = await socket.next();
      said.push(type === 'error' ? (payload as { extensions: { code: string } }[])[0]!.extensions.code : type);
    }
    socket.socket.terminate();
    return said;
  };
  const liveCursor = async (seat: TestSeat, list: string): Promise<string> =>
    (await seat.query(`{ ${list} { liveCursor } }`))[list].liveCursor;

  it('that is bent is BAD_REQUEST', async () => {
    const { owner } = world.seats;
    const cursor = await liveCursor(owner, 'myTasks');
    const forged = bent(cursor).filter((text) => text.trim() !== cursor); // blanks around it do not matter
    expect(new Set(await refusals(owner, TASKS, forged))).toEqual(new Set(['BAD_REQUEST']));
  });

  it('of another seat, another organization, another stream or a list is BAD_REQUEST', async () => {
    const { owner, colleague, stranger, customer, rival } = world.seats;
    const cursor = await liveCursor(owner, 'myTasks');
    for (const seat of [colleague, stranger]) expect(await refusals(seat, TASKS, [cursor])).toEqual(['BAD_REQUEST']);
    expect(await refusals(rival, FORMS, [await liveCursor(customer, 'myForms')])).toEqual(['BAD_REQUEST']);
    expect(await refusals(owner, FORM, [await liveCursor(owner, 'myTasks').then((text) => flipped(text, 0))])).toEqual(['BAD_REQUEST']);
    const { contacts } = await owner.query('{ contacts(first: 1) { edges { cursor } } }');
    expect(await refusals(owner, TASKS, [contacts.edges[0].cursor])).toEqual(['BAD_REQUEST']);
  });
});
