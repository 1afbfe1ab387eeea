import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import ordering from '../../../plugins/ordering/index.ts';
import { inOneUseCase } from '../../../src/app/founding/furnish-organization.ts';
import { linkOf, withToken } from '../../../src/domains/window-apps/window-app.rules.ts';
import { seeTiles } from '../../../src/domains/window-apps/window-tile.service.ts';
import { serverSeat } from '../../../src/platform/permissions/seat.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { codes, outcome, rowsOf, TAG, UNTAG } from '../contacts/contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const APP = 'app { id version kind name icon url isForAll tags { id } contacts { id } }';
const doing = (act: string, success = APP, more = ''): string => {
  const type = act[0]!.toUpperCase() + act.slice(1);
  return `mutation ($input: ${type}Input!) { ${act}(input: $input) { __typename ${NAMED} ${more} ... on ${type}Success { ${success} } } }`;
};
const ADD = doing('addLinkApp');
const UPDATE = doing('updateLinkApp', APP, '... on VersionConflict { current { ... on WindowApp { id version } } }');
const REMOVE = doing('removeLinkApp', 'appId');
const MOVE = doing('moveWindowApp');
const SHOW = doing('showWindowApp');
const OPEN = doing('openLinkApp', 'url');
const APPS = '{ serviceWindow { apps { id kind name icon opens } } }';

let server: TestServer;
let own: TestOrganization;
let now = new Date('2026-06-01T08:00:00.000Z');
beforeAll(async () => {
  // whatever apps are installed beside it
  server = await startTestServer({ now: () => now, plugins: [ordering] });
});
beforeEach(async () => {
  now = new Date();
  own = await server.organization();
  await inOneUseCase(server.runtime, serverSeat(own.id), (use) => seeTiles(use));
});
afterAll(() => server.stop());

const url = 'https://points.example/start?from=window#top';
const adds = async (given: object = {}) => (await outcome(own.admin, ADD, { name: 'Points', icon: 'star', url, ...given })).app;
const seen = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query(APPS)).serviceWindow.apps.map(({ name }: { name: string }) => name);
const opened = async (seat: TestSeat, appId: string): Promise<string> => (await outcome(seat, OPEN, { appId })).url;
const tokenIn = (address: string): string => new URL(address).searchParams.get('token')!;
const redeem = (token: string) =>
  fetch(`${server.url}/link-apps/redeem`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

describe('tiles of the window (spec 5.7)', () => {
  it('are those of plugins, in the language of the request, and links of the admins', async () => {
    await adds();
    const { apps } = (await own.customer.query(APPS)).serviceWindow;
    expect(apps).toEqual([
      { id: expect.any(String), kind: 'PLUGIN', name: 'Order', icon: 'cart', opens: 'ordering.catalogue' },
      { id: expect.any(String), kind: 'LINK', name: 'Points', icon: 'star', opens: null },
    ]);
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${own.customer.token}`, 'accept-language': 'zh-CN' },
      body: JSON.stringify({ query: APPS }),
    });
    expect(((await answer.json()) as typeof answer & { data: never }).data).toMatchObject({
      serviceWindow: { apps: [{ name: '订货' }, {}] },
    });
  });
  it('are there from the opening of the window on', async () => {
    await rowsOf(server, own, 'delete from window_apps');
    await rowsOf(server, own, 'delete from window_members');
    await rowsOf(server, own, 'delete from service_windows');
    await own.admin.does('mutation { openServiceWindow(input: {}) { __typename } }');
    expect(await seen(own.admin)).toEqual(['Order']);
  });
  it('come once, however often it is looked', async () => {
    await Promise.all(Array.from({ length: 4 }, () => inOneUseCase(server.runtime, serverSeat(own.id), (use) => seeTiles(use))));
    expect(await seen(own.customer)).toEqual(['Order']);
  });
  it('of a plugin that is switched off, or gone, are shown to nobody', async () => {
    const plugin = (enabled: boolean) =>
      own.admin.does('mutation ($enabled: Boolean!) { switchPlugin(input: { plugin: "ordering", enabled: $enabled }) { __typename } }', {
        enabled,
      });
    await plugin(false);
    expect(await seen(own.customer)).toEqual([]);
    await plugin(true);
    expect(await seen(own.customer)).toEqual(['Order']);
    await rowsOf(server, own, `update window_apps set tile = 'REPAIR_REQUEST', plugin = 'repair' where tile is not null`);
    await inOneUseCase(server.runtime, serverSeat(own.id), (use) => seeTiles(use));
    expect(await seen(own.customer)).toEqual(['Order']);
    expect(await seen(own.admin)).toEqual(['REPAIR_REQUEST', 'Order']);
  });
  it('are not there for contacts who are not let in, nor while the window is suspended, nor for other organizations', async () => {
    const app = await adds();
    const node = async (seat: TestSeat) => (await seat.query('query ($id: ID!) { node(id: $id) { id } }', { id: app.id })).node;
    await rowsOf(server, own, `delete from window_members where contact_id = (select id from contacts where name = 'The rival')`);
    await expect.poll(async () => (await own.rival.query(APPS)).serviceWindow).toBeNull();
    expect(await node(own.rival)).toBeNull();
    expect(await node((await server.organization()).admin)).toBeNull();
    expect(await node(own.customer)).toEqual({ id: app.id });
    await rowsOf(server, own, `update organizations set certification = 'BASIC'`);
    await expect.poll(async () => (await own.customer.ask(APPS)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await node(own.customer)).toBeNull();
    expect(await outcome(own.customer, OPEN, { appId: app.id })).toMatchObject({ __typename: 'WindowSuspended' });
  });
});

describe('link apps (spec 5.7)', () => {
  it.each([
    ['javascript:alert(1)', 'NOT_HTTPS'],
    ['http://points.example', 'NOT_HTTPS'],
    ['//points.example', 'NOT_HTTPS'],
    ['data:text/html,hi', 'NOT_HTTPS'],
    ['points.example', 'NOT_HTTPS'],
    ['https://', 'NOT_HTTPS'],
    ['https://me:secret@points.example', 'HOLDS_PASSWORD'],
    ['https://points.example/?token=mine', 'HOLDS_TOKEN'],
    ['http://localhost.points.example', 'NOT_HTTPS'],
    [`https://points.example/?q=${'牌'.repeat(300)}`, 'TOO_LONG'],
  ])('have an address of https alone: %s', async (address, code) => {
    const refused = { issues: [{ path: ['input', 'url'], code }] };
    expect(await outcome(own.admin, ADD, { name: 'Points', url: address })).toMatchObject(refused);
    const app = await adds();
    expect(await outcome(own.admin, UPDATE, { appId: app.id, expectedVersion: app.version, url: address })).toMatchObject(refused);
  });
  it('are edited by what was read, and removed', async () => {
    const app = await adds();
    const edit = { appId: app.id, expectedVersion: app.version, name: 'Bonus', icon: '' };
    expect((await outcome(own.admin, UPDATE, edit)).app).toMatchObject({ name: 'Bonus', icon: null, url });
    expect(await outcome(own.admin, UPDATE, edit)).toMatchObject({ __typename: 'VersionConflict', current: { id: app.id } });
    expect(await outcome(own.admin, REMOVE, { appId: app.id })).toMatchObject({ appId: app.id });
    expect(await outcome(own.admin, REMOVE, { appId: app.id })).toMatchObject({ __typename: 'NotFound' });
    expect(await seen(own.customer)).toEqual(['Order']);
  });
  it('are the admins’ with WINDOW alone, and plugins’ tiles are no links', async () => {
    const app = await adds();
    const [tile] = (await own.admin.query(APPS)).serviceWindow.apps;
    for (const seat of [own.owner, own.formsAdmin, own.scopedAdmin]) {
      expect(await codes(seat, ADD, { name: 'Mine', url })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, REMOVE, { appId: app.id })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, SHOW, { appId: app.id })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, MOVE, { appId: app.id })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, OPEN, { appId: app.id })).toEqual(['FORBIDDEN']);
    }
    const isNone = { issues: [{ path: ['input', 'appId'], code: 'NOT_A_LINK' }] };
    expect(await outcome(own.admin, REMOVE, { appId: tile.id })).toMatchObject(isNone);
    expect(await outcome(own.admin, UPDATE, { appId: tile.id, expectedVersion: 1, name: 'X' })).toMatchObject(isNone);
    expect(await outcome(own.customer, OPEN, { appId: tile.id })).toMatchObject(isNone);
  });
  it('stand where they are put, whoever moves at once', async () => {
    const [first, second] = [await adds({ name: 'One' }), await adds({ name: 'Two' })];
    await outcome(own.admin, MOVE, { appId: second.id });
    expect(await seen(own.customer)).toEqual(['Two', 'Order', 'One']);
    await outcome(own.admin, MOVE, { appId: first.id, afterId: first.id }); // it stands where it stands
    expect(await seen(own.customer)).toEqual(['Two', 'Order', 'One']);
    await outcome(own.admin, MOVE, { appId: second.id, afterId: first.id });
    expect(await seen(own.customer)).toEqual(['Order', 'One', 'Two']);
    await Promise.all([first, second].map(({ id }) => outcome(own.admin, MOVE, { appId: id, afterId: null })));
    expect((await seen(own.customer)).toSorted()).toEqual(['One', 'Order', 'Two']);
    const places = await rowsOf<{ position: number }>(server, own, 'select position from window_apps order by position');
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3]);
  });
  it('are one hundred tiles at the most', async () => {
    await rowsOf(
      server,
      own,
      `insert into window_apps (organization_id, id, kind, name, url, position) select organization_id, gen_random_uuid(), 'LINK', 'Many', 'https://points.example/', n from organizations, generate_series(2, 100) n`,
    );
    expect(await outcome(own.admin, ADD, { name: 'Points', url })).toMatchObject({ issues: [{ code: 'TOO_MANY' }] });
  });
});

describe('who is shown a tile (spec 5.8)', () => {
  it('is all, those who carry a tag, or some one by one; for others it is not there', async () => {
    const [tag] = own.tagIds.slice(-1);
    const byTag = await adds({ name: 'By tag', tagIds: [tag] });
    const one = await adds({ name: 'One by one', contactIds: [own.rival.id] });
    expect(byTag).toMatchObject({ isForAll: false, tags: [{ id: tag }], contacts: [] });
    await own.admin.does(TAG, { input: { contactId: own.customer.id, tagId: tag } });
    expect(await seen(own.customer)).toEqual(['Order', 'By tag']);
    expect(await seen(own.rival)).toEqual(['Order', 'One by one']);
    expect(await outcome(own.customer, OPEN, { appId: one.id })).toMatchObject({ __typename: 'NotFound', path: ['input', 'appId'] });
    expect(await outcome(own.rival, OPEN, { appId: byTag.id })).toMatchObject({ __typename: 'NotFound' });
    expect((await own.rival.query('query ($id: ID!) { node(id: $id) { id } }', { id: byTag.id })).node).toBeNull();
  });
  it('holds for plugins’ tiles as well, and is said anew as a whole', async () => {
    const [tile] = (await own.admin.query(APPS)).serviceWindow.apps;
    expect((await outcome(own.admin, SHOW, { appId: tile.id, contactIds: [own.customer.id] })).app.contacts).toEqual([
      { id: own.customer.id },
    ]);
    expect([await seen(own.customer), await seen(own.rival)]).toEqual([['Order'], []]);
    expect((await outcome(own.admin, SHOW, { appId: tile.id })).app).toMatchObject({ isForAll: true, contacts: [] });
    expect(await seen(own.rival)).toEqual(['Order']);
    const other = await server.organization();
    expect(await outcome(own.admin, SHOW, { appId: tile.id, tagIds: [other.tagIds[0]] })).toMatchObject({ __typename: 'NotFound' });
    expect(await outcome(own.admin, SHOW, { appId: tile.id, contactIds: [other.customer.id] })).toMatchObject({ __typename: 'NotFound' });
  });
  it('tells whoever edits a link by what they have read that others are shown it now', async () => {
    const app = await adds({});
    await outcome(own.admin, SHOW, { appId: app.id, contactIds: [own.customer.id] });
    expect(await outcome(own.admin, UPDATE, { appId: app.id, expectedVersion: app.version, name: 'Bonus' })).toMatchObject({
      __typename: 'VersionConflict',
    });
  });
  it('counts at the moment of opening: whoever lost the tag cannot open', async () => {
    const [tag] = own.tagIds.slice(-1);
    const app = await adds({ tagIds: [tag] });
    await own.admin.does(TAG, { input: { contactId: own.customer.id, tagId: tag } });
    expect(await opened(own.customer, app.id)).toContain('token=');
    await own.admin.does(UNTAG, { input: { contactId: own.customer.id, tagId: tag } });
    expect(await outcome(own.customer, OPEN, { appId: app.id })).toMatchObject({ __typename: 'NotFound' });
  });
});

describe('the token of a link app (spec 5.7)', () => {
  it('tells who came, checked with the published keys, for five minutes and this origin', async () => {
    const app = await adds();
    const address = await opened(own.customer, app.id);
    expect(address).toMatch(/^https:\/\/points\.example\/start\?from=window&token=[\w.-]+#top$/);
    const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(tokenIn(address), keys, { audience: 'https://points.example', issuer: 'guichet' });
    expect(payload).toMatchObject({ sub: own.customer.id, name: 'The customer', app: app.id });
    expect(payload.exp! - payload.iat!).toBe(300);
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: expect.stringMatching(/^guichet-\d+$/) });
    const { keys: published } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: Record<string, string>[] };
    expect(published).toHaveLength(3);
    for (const key of published) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(published.map(({ kid }) => kid)).toContain(protectedHeader.kid);
  });
  it('is redeemed once, of many who ask at once too', async () => {
    const token = tokenIn(await opened(own.customer, (await adds()).id));
    const answers = await Promise.all(Array.from({ length: 6 }, () => redeem(token)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect(await good[0]!.json()).toMatchObject({ contactId: own.customer.id, name: 'The customer' });
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(5);
  });
  it.each<[string, (appId: string) => Promise<unknown>]>([
    ['its tile is for others', (appId) => outcome(own.admin, SHOW, { appId, contactIds: [own.rival.id] })],
    ['its link is gone', (appId) => outcome(own.admin, REMOVE, { appId })],
    [
      'its link leads elsewhere',
      (appId) =>
        rowsOf(server, own, `update window_apps set url = 'https://else.example/' where id = '${decodeGlobalId('WindowApp', appId)}'`),
    ],
    ['the window is suspended', () => rowsOf(server, own, `update organizations set certification = 'BASIC'`)],
    ['the contact has left', () => own.customer.does('mutation { leaveServiceWindow(input: { idempotencyKey: "1" }) { __typename } }')],
    [
      'the contact is deleted',
      () =>
        own.admin.does('mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }', {
          input: { contactIds: [own.customer.id] },
        }),
    ],
  ])('is no good any more once %s', async (_, happens) => {
    const app = await adds();
    const token = tokenIn(await opened(own.customer, app.id));
    await happens(app.id);
    expect((await redeem(token)).status).toBe(404);
  });
  it('tells the name as it is now, and asks for the header where there is none', async () => {
    const app = await adds();
    const token = tokenIn(await opened(own.customer, app.id));
    await rowsOf(server, own, `update contacts set name = 'New name' where name = 'The customer'`);
    expect(await (await redeem(token)).json()).toMatchObject({ name: 'New name' });
    const bare = await fetch(`${server.url}/link-apps/redeem`, { method: 'POST', body: JSON.stringify({ token }) });
    expect([bare.status, await bare.text()]).toEqual([401, expect.stringContaining('Authorization: Bearer')]);
  });
  it('stands behind what else the address says, which stays letter for letter', () => {
    expect(withToken('https://points.example/a?q=a%20b&r=%E7%89%8C#top', 't.t.t')).toBe(
      'https://points.example/a?q=a%20b&r=%E7%89%8C&token=t.t.t#top',
    );
    expect(withToken('https://points.example/?token=old&a', 't')).toBe('https://points.example/?a&token=t');
    expect(withToken('https://points.example/?y&&z&', 't')).toBe('https://points.example/?y&&z&&token=t');
    expect(withToken('https://points.example/?', 't')).toBe('https://points.example/?token=t');
    expect(linkOf('http://localhost:3000/x')).toBe('http://localhost:3000/x');
  });
  it('is no good when it is old, bent, of another key or none', async () => {
    const address = await opened(own.customer, (await adds()).id);
    const [head, body, signature] = tokenIn(address).split('.') as [string, string, string];
    const bent = Buffer.from(JSON.stringify({ ...decodeJwt(tokenIn(address)), sub: own.rival.id })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const token of [`${head}.${bent}.${signature}`, `${none}.${body}.`, `${head}.${body}.${'A'.repeat(86)}`, 'nothing', '']) {
      const { status } = await redeem(token);
      expect([token.slice(0, 12), status]).toEqual([token.slice(0, 12), 404]);
    }
    now = new Date(now.getTime() + 301_000);
    expect((await redeem(tokenIn(address))).status).toBe(404);
  });
  it('is signed with another key in time, and old tokens are checked meanwhile', async () => {
    const app = await adds();
    const former = tokenIn(await opened(own.customer, app.id));
    const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;
    const DAY = 86_400_000;
    const periods = new Set<string>();
    for (let days = 0; days <= 60; days += 30) {
      now = new Date(Date.now() + days * DAY);
      const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
      if (days <= 30) expect(keys.map(({ kid }) => kid)).toContain(kidOf(former));
      else expect(keys.map(({ kid }) => kid)).not.toContain(kidOf(former));
      periods.add(keys[1]!.kid);
    }
    expect(periods.size).toBe(3);
  });
});
