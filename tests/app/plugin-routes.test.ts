import { createHash, createHmac } from 'node:crypto';
import {
  ADMIN,
  COLLEAGUE,
  defineModule,
  EXTERNAL,
  forbidden,
  httpRoutes,
  invalid,
  type ModuleDefinition,
  notFound,
  type PluginRoute,
  publicRule,
  type RouteAnswer,
  register,
  requireRight,
  rule,
  tenantEntity,
} from '@guichet/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { certifyOrganization } from '../../src/app/founding/certify-organization.ts';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS } from '../../src/app/modules.ts';
import { VERSION } from '../../src/app/version.ts';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

const read = rule('carrier.read', { roles: [COLLEAGUE], description: 'Every employee.' });
const manage = rule('carrier.manage', { roles: [ADMIN], right: 'PLUGINS', whole: true, description: 'Admins with PLUGINS.' });
const Arrival = tenantEntity('plg_carrier.arrivals', (t) => ({ parcel: t.text() }), {
  indexes: { arrivals_parcel: { columns: ['parcel'], unique: true } },
});
const SECRET = 'between the carrier and us';
const signatureOf = (body: string | Buffer): string => createHmac('sha256', SECRET).update(body).digest('hex');

const noteArrival: PluginRoute = {
  method: 'POST',
  path: 'arrivals',
  rule: publicRule,
  description: 'The carrier tells of a parcel.',
  bodyBytes: 100,
  async run(use, { body, headers }) {
    if (headers['x-signature'] !== signatureOf(body)) throw forbidden();
    use.em.create(Arrival, { parcel: createHash('sha256').update(body).digest('hex') });
    return { status: 204 };
  },
};
const bring: PluginRoute = {
  method: 'PUT',
  path: 'arrivals/by-hand',
  rule: manage,
  description: 'Writes an arrival.',
  async run(use, { body, query }) {
    const parcel = body.toString();
    use.em.create(Arrival, { parcel });
    await use.em.flush();
    if (query.has('absent')) throw notFound({}, ['parcel']);
    if (query.has('wrong')) throw invalid(['parcel'], 'NOT_A_PARCEL', { en: 'This is no parcel.', 'zh-CN': '这不是包裹。' });
    if (query.has('broken')) throw new Error(`broken by ${parcel}`);
    return { status: 201, body: { parcel }, headers: { 'X-Seat': use.seat.id } };
  },
};
const list: PluginRoute = {
  method: 'GET',
  path: 'arrivals',
  rule: read,
  description: 'All arrivals.',
  async run(use, { query }) {
    const found = (await use.em.find(Arrival, {}, { orderBy: { parcel: 'asc' } })).map(({ parcel }) => parcel);
    if (query.has('writing')) use.on(Arrival).add([{ id: use.newId(), parcel: 'by a GET' }]);
    if (query.has('text')) return { body: found.join('\n'), type: 'text/csv; charset=utf-8' };
    return query.has('bytes') ? { body: Buffer.from([0, 255]) } : { body: found };
  },
};
/** Every employee could keep some parcel; who keeps this one, it forgets to ask. */
const keep = rule('carrier.keep', {
  roles: [{ name: 'CARRIER_KEEPER', bearer: 'EMPLOYEE', description: 'Whoever keeps a parcel.' }],
  description: 'Whoever keeps the parcel.',
});
const put: PluginRoute = {
  method: 'POST',
  path: 'arrivals/kept',
  rule: keep,
  description: 'Puts a parcel away.',
  async run(use, { query }) {
    if (query.has('right')) requireRight(use, keep, 'FILES');
    use.em.create(Arrival, { parcel: 'P-kept' });
    return { status: 204 };
  },
};
const atWindow = rule('carrier.own', { roles: [EXTERNAL], description: 'The contact.' });
const mine: PluginRoute = {
  method: 'GET',
  path: 'mine',
  rule: atWindow,
  description: 'What the caller sent along.',
  run: async (_, { headers }) => ({ body: { cookie: headers.cookie ?? null, agent: headers['x-agent'] ?? null } }),
};
const ODD: Record<string, RouteAnswer> = {
  status: { status: Number.NaN },
  early: { status: 101 },
  header: { headers: { 'X-Name': '中' } },
  split: { headers: { 'X-Name': 'a\r\nX-Other: b' } },
  length: { headers: { 'content-length': '1' }, body: 'ab' },
  cookie: { headers: { 'Set-Cookie': 'a=b' } },
  body: { body: { n: 5n } },
};
const oddly: PluginRoute = {
  method: 'POST',
  path: 'arrivals/oddly',
  rule: manage,
  description: 'Answers what cannot be written.',
  async run(use, { query }) {
    use.em.create(Arrival, { parcel: 'P-odd' });
    return ODD[query.get('how')!]!;
  },
};
const made = await nextMigration([Arrival.table]);
const carrier = (routes: readonly PluginRoute[]): ModuleDefinition =>
  defineModule({
    name: 'carrier',
    version: '1.0.0',
    description: 'Parcels.',
    guichet: `^${VERSION}`,
    entities: [Arrival],
    migrations: [{ name: '0001-initial', sql: `${made.sql}${made.indexSql.replace(/^--.*\n/, '').replaceAll(' concurrently', '')}` }],
    rules: [read, manage, keep, atWindow],
    settings: z.object({}),
    types: (builder) =>
      builder.useCase('carrierTakeParcel', {
        description: 'Takes a parcel, and asks nothing of the window.',
        rule: atWindow,
        input: (t) => ({ parcel: t.text({ description: 'Its number.' }) }),
        async run(use, { parcel }) {
          use.em.create(Arrival, { parcel });
          return { parcel };
        },
        success: (t) => ({ parcel: t.exposeString('parcel', { description: 'Its number.', rule: atWindow }) }),
      }),
    registrations: routes.map((route) => register(httpRoutes, route)),
  });

let server: TestServer;
let ours: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [carrier([noteArrival, bring, list, put, mine, oddly])], writesPerMinute: 1 });
  ours = await server.organization();
  other = await server.organization({ name: 'Other Works' });
});
afterAll(() => server?.stop());

type Sent = { readonly token?: string; readonly body?: string | Buffer; readonly headers?: Record<string, string> };
const send = (method: string, path: string, { token, body, headers }: Sent = {}): Promise<Response> =>
  fetch(`${server.url}/plugins/${path}`, {
    method,
    body: body as BodyInit,
    headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
  });
/** Status and code. */
async function refused(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  const { errors } = (await response.json()) as { errors: [{ extensions: { code: string; requestId: string } }] };
  expect(errors[0].extensions.requestId).toBeTruthy();
  return [response.status, errors[0].extensions.code];
}
const listed = async (organization: TestOrganization): Promise<unknown> =>
  (await send('GET', 'carrier/arrivals', { token: organization.colleague.token })).json();

describe('a route for whoever comes, with the organization in its address (spec 8.1)', () => {
  it('gets the body byte for byte, and writes in that organization alone', async () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x0a]);
    const answer = await send('POST', `carrier/${ours.id}/arrivals`, { body, headers: { 'x-signature': signatureOf(body) } });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    const parcel = createHash('sha256').update(body).digest('hex');
    expect(await listed(ours)).toContain(parcel);
    expect(await listed(other)).not.toContain(parcel);
  });

  it.each<[string, () => string, string, [number, string]]>([
    ['a wrong signature', () => `carrier/${ours.id}/arrivals`, 'forged', [403, 'FORBIDDEN']],
    ['an organization that is not there', () => 'carrier/01890000-0000-7000-8000-000000000000/arrivals', '', [403, 'FORBIDDEN']],
    ['no organization', () => 'carrier/arrivals', '', [404, 'BAD_REQUEST']],
    ['what is no organization', () => 'carrier/ours/arrivals', '', [404, 'BAD_REQUEST']],
    ['an address that is none', () => `carrier/${ours.id}/departures`, '', [404, 'BAD_REQUEST']],
    ['another plugin', () => `ordering/${ours.id}/arrivals`, '', [404, 'BAD_REQUEST']],
    ['more than it takes', () => `carrier/${ours.id}/arrivals`, 'x'.repeat(101), [413, 'BAD_REQUEST']],
  ])('refuses %s', async (_, path, sent, expected) => {
    const signed = sent === 'forged' ? 'a forged one' : signatureOf(sent);
    const before = await listed(ours);
    expect(await refused(send('POST', path(), { body: sent, headers: { 'x-signature': signed } }))).toEqual(expected);
    expect(await listed(ours)).toEqual(before);
  });
});

describe('a route by a rule of roles toward objects', () => {
  const kept = (seat: TestSeat, query = '') => send('POST', `carrier/arrivals/kept${query}`, { token: seat.token });
  it('does nothing for anybody where it asks no object', async () => {
    expect(await refused(kept(ours.sharee))).toEqual([500, 'INTERNAL']);
    expect(await listed(ours)).not.toContain('P-kept');
  });
  it('asks a right where there is none yet', async () => {
    expect(await refused(kept(ours.supervisor, '?right'))).toEqual([403, 'FORBIDDEN']);
    expect(await listed(ours)).not.toContain('P-kept');
    expect((await kept(other.admin, '?right')).status).toBe(204);
    expect(await listed(other)).toContain('P-kept');
  });
});

describe('a route by a rule', () => {
  const put = (token: string | undefined, query = '', parcel = 'P-1', headers: Record<string, string> = {}) =>
    send('PUT', `carrier/arrivals/by-hand${query}`, { token, body: parcel, headers });

  it('acts as the seat of the token, and stands in the audit record', async () => {
    const answer = await put(ours.admin.token, '', 'P-0');
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
      201,
      'application/json; charset=utf-8',
      { parcel: 'P-0' },
    ]);
    expect(answer.headers.get('x-seat')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await listed(ours)).toContain('P-0');
    expect(await listed(other)).not.toContain('P-0');
    const { auditEntries } = await ours.admin.query('{ auditEntries(first: 1) { nodes { act actor { name } } } }');
    expect(auditEntries.nodes).toEqual([{ act: 'PUT /plugins/carrier/arrivals/by-hand', actor: { name: 'The admin' } }]);
  });

  it.each<[string, () => string | undefined, [number, string]]>([
    ['nobody', () => undefined, [401, 'UNAUTHENTICATED']],
    ['a token that is none', () => 'x'.repeat(40), [401, 'UNAUTHENTICATED']],
    ['an employee without the right', () => ours.owner.token, [403, 'FORBIDDEN']],
    ['an admin of another right', () => ours.formsAdmin.token, [403, 'FORBIDDEN']],
    ['a customer', () => ours.customer.token, [403, 'FORBIDDEN']],
  ])('refuses %s', async (_, token, expected) => {
    expect(await refused(put(token()))).toEqual(expected);
    expect(await listed(ours)).not.toContain('P-1');
  });

  it.each<[string, string, [number, string]]>([
    ['what is not found', '?absent', [404, 'NOT_FOUND']],
    ['a wrong value', '?wrong', [422, 'VALIDATION_FAILED']],
    ['what breaks it', '?broken', [500, 'INTERNAL']],
  ])('undoes all that it did before %s', async (_, query, expected) => {
    expect(await refused(put(ours.admin.token, query))).toEqual(expected);
    expect(await listed(ours)).not.toContain('P-1');
  });

  it('tells refusals in the language of the caller, and nothing of what broke', async () => {
    const text = async (query: string): Promise<string> =>
      (await put(ours.admin.token, query, 'P-1', { 'accept-language': 'zh-CN' })).text();
    expect(await text('?absent')).toContain('没有找到');
    expect(await text('?broken')).not.toContain('broken by');
  });

  it('answers JSON, a text or bytes; a GET may not write', async () => {
    const get = (query: string) => send('GET', `carrier/arrivals${query}`, { token: ours.owner.token });
    expect((await get('?text')).headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = await get('?bytes');
    expect([bytes.headers.get('content-type'), [...new Uint8Array(await bytes.arrayBuffer())]]).toEqual([
      'application/octet-stream',
      [0, 255],
    ]);
    expect(await refused(get('?writing'))).toEqual([500, 'INTERNAL']);
    expect(await listed(ours)).not.toContain('by a GET');
    expect(await refused(send('GET', 'carrier/arrivals', { token: ours.customer.token }))).toEqual([403, 'FORBIDDEN']);
  });

  it.each(Object.keys(ODD))('undoes all that it did where its answer cannot be written: %s', async (how) => {
    expect(await refused(send('POST', `carrier/arrivals/oddly?how=${how}`, { token: other.admin.token }))).toEqual([500, 'INTERNAL']);
    expect(await listed(other)).not.toContain('P-odd');
  });

  it('reads no cookie', async () => {
    const headers = { cookie: 'a=b', 'x-agent': 'a phone' };
    expect(await (await send('GET', 'carrier/mine', { token: ours.customer.token, headers })).json()).toEqual({
      cookie: null,
      agent: 'a phone',
    });
  });

  it('admits contacts at the window alone', async () => {
    const asked = (seat: TestSeat) => send('GET', 'carrier/mine', { token: seat.token });
    const TAKE = 'mutation { carrierTakeParcel(input: { parcel: "P-taken" }) { __typename } }';
    const taken = async (): Promise<unknown> => (await other.customer.ask(TAKE)).errors?.[0]?.extensions.code;
    expect((await asked(other.customer)).status).toBe(200);
    const certify = (level: 'BASIC' | 'ADVANCED') => certifyOrganization(server.runtime, other.id, { level, reason: 'Tested' });
    await certify('BASIC');
    await expect.poll(async () => (await asked(other.customer)).status).toBe(403);
    expect(await refused(asked(other.customer))).toEqual([403, 'WINDOW_SUSPENDED']);
    expect(await taken()).toBe('WINDOW_SUSPENDED');
    expect(await listed(other)).not.toContain('P-taken');
    await certify('ADVANCED');
    await expect.poll(async () => (await asked(other.customer)).status).toBe(200);
    expect([await taken(), await listed(other)]).toEqual([undefined, expect.arrayContaining(['P-taken'])]);
    await other.customer.does('mutation ($input: LeaveServiceWindowInput!) { leaveServiceWindow(input: $input) { __typename } }', {
      input: {},
    });
    await expect.poll(async () => (await asked(other.customer)).status).toBe(403);
    expect(await refused(asked(other.customer))).toEqual([403, 'FORBIDDEN']);
    expect(await taken()).toBe('FORBIDDEN');
  });

  it('is not answered where the organization has switched the plugin off', async () => {
    const switched = (enabled: boolean) =>
      other.admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
        input: { plugin: 'carrier', enabled },
      });
    await switched(false);
    expect(await refused(put(other.admin.token))).toEqual([403, 'PLUGIN_DISABLED']);
    const body = 'P-9';
    const signed = { body, headers: { 'x-signature': signatureOf(body) } };
    expect(await refused(send('POST', `carrier/${other.id}/arrivals`, signed))).toEqual([403, 'PLUGIN_DISABLED']);
    await switched(true);
    expect((await send('POST', `carrier/${other.id}/arrivals`, signed)).status).toBe(204);
  });

  it('is called so often and no more, whoever comes', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i <= 100; i++) statuses.add((await send('POST', `carrier/${other.id}/arrivals`, { body: 'x' })).status);
    expect(statuses).toEqual(new Set([403, 429]));
    const answer = await send('POST', `carrier/${other.id}/arrivals`, { body: 'x' });
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([429, expect.toSatisfy((seconds) => seconds > 0)]);
  });
});

describe('a route that is not right', () => {
  const load = (...routes: unknown[]): string => {
    try {
      loadModules(DOMAINS, [carrier(routes as PluginRoute[])], VERSION);
      return 'It was loaded.';
    } catch (error) {
      return (error as Error).message;
    }
  };
  it.each<[string, unknown[], RegExp]>([
    ['none', [list, bring, noteArrival], /^It was loaded\.$/],
    ['no path', [{ ...list, path: '../arrivals' }], /its route "GET \.\.\/arrivals" is none; write a method of GET, POST/],
    ['no method', [{ ...list, method: 'FETCH' }], /its route "FETCH arrivals" is none/],
    ['no rule', [{ ...list, rule: undefined }], /its route GET arrivals has no rule; name one, or publicRule/],
    [
      'a rule of nobody',
      [{ ...list, rule: rule('carrier.other', { roles: [COLLEAGUE], description: 'Others.' }) }],
      /its route GET \/plugins\/carrier\/arrivals has the rule carrier\.other, which the manifest does not list; add it to `rules`/,
    ],
    ['no description', [{ ...list, description: '' }], /says nothing of itself/],
    ['too long a body', [{ ...bring, bodyBytes: 5_000_000 }], /takes bodies of 5000000 bytes; take at most 4194304/],
    ['two of one address', [list, { ...list, rule: manage }], /the route GET \/plugins\/carrier\/arrivals/],
  ])('is told: %s', (_, routes, message) => {
    expect(load(...routes)).toMatch(message);
  });
});
