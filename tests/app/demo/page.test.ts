import { once } from 'node:events';
import { get } from 'node:http';
import { getVariableValues, type OperationDefinitionNode, parse, validate } from 'graphql';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPage } from '../../../src/app/demo/demo-page.ts';
import { DEMO_SEATS, type DemoSeat } from '../../../src/app/demo/seats.ts';
import { startGraphqlServer } from '../../../src/app/graphql-server.ts';
import { createLogger } from '../../../src/platform/log/logger.ts';
import type { RunningServer } from '../../../src/platform/server/index.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';

const { filled } = await import(`${'../../../src/app/demo/graphiql/client'}/fills.js`);

let server: TestServer;
let demo: RunningServer;

const serveDemo = ({ runtime }: TestServer, anyHost: boolean): Promise<RunningServer> =>
  startGraphqlServer({
    runtime,
    host: '127.0.0.1',
    port: 0,
    demo: true,
    allowedOrigins: [],
    logger: createLogger('silent'),
    metrics: new Registry(),
    ...demoPage(runtime, anyHost),
  });

beforeAll(async () => {
  server = await startTestServer({ demo: true });
  demo = await serveDemo(server, false);
});
afterAll(async () => {
  await demo?.stop();
  await server.stop();
});

interface Tab {
  readonly query: string;
  readonly variables?: string;
  readonly headers: string;
}
interface Page {
  readonly title: string;
  readonly tabs: readonly Tab[];
  readonly fills: object;
}
/** What GraphiQL is opened with. */
async function pageOf(seat: DemoSeat): Promise<Page> {
  const response = await fetch(`${demo.url}/demo/${DEMO_SEATS.indexOf(seat)}`);
  expect(response.status).toBe(200);
  const [, options] = /id="options">(.*?)<\/script>/s.exec(await response.text()) ?? [];
  const { title, defaultTabs, fills } = JSON.parse(options!);
  return { title, tabs: defaultTabs, fills };
}
/** Each seat's page as it was first opened. */
const firstPages = new Map<DemoSeat, Promise<Page>>();
function firstPageOf(seat: DemoSeat): Promise<Page> {
  const page = firstPages.get(seat) ?? pageOf(seat);
  firstPages.set(seat, page);
  return page;
}
const seatCalled = (key: string): DemoSeat => DEMO_SEATS.find((seat) => seat.key === key)!;
const tokenOf = ({ headers }: Tab): string => JSON.parse(headers).authorization.replace('Bearer ', '');
const askerOf = (tab: Tab): TestSeat => new TestSeat({ id: '', name: '', token: tokenOf(tab), url: demo.url });
const variablesOf = ({ variables }: Tab): Record<string, unknown> => (variables ? JSON.parse(variables) : {});
const operationsOf = ({ query }: Tab): OperationDefinitionNode[] =>
  parse(query).definitions.flatMap((one) => (one.kind === 'OperationDefinition' ? [one] : []));
const tabCalled = (tabs: readonly Tab[], name: string): Tab => tabs.find((tab) => operationsOf(tab)[0]!.name?.value === name)!;

describe.each(DEMO_SEATS.map((seat) => [`${seat.name} of ${seat.organization.name}`, seat] as const))('the page of %s', (_name, seat) => {
  let tabs: readonly Tab[];
  let title: string;
  let meant: readonly string[];
  beforeAll(async () => {
    const page = await firstPageOf(seat);
    ({ tabs, title } = page);
    meant = Object.keys(page.fills);
  });

  it('is signed in as that seat', async () => {
    expect(title).toBe(`${seat.name}, ${seat.organization.name}`);
    expect(new Set(tabs.map(tokenOf)).size).toBe(1);
    expect(await askerOf(tabs[0]!).query('{ viewer { name } organization { name } }')).toEqual({
      viewer: { name: seat.name },
      organization: { name: seat.organization.name },
    });
  });

  it('has tabs that are right for the schema of the seat, and say what they are for', () => {
    const schema = seat.kind === 'EMPLOYEE' ? server.runtime.schemas.staff : server.runtime.schemas.portal;
    /** What is looked up when the tab is run says no number yet. */
    const isWrong = ({ message }: Error): boolean => !meant.some((text) => message.includes(JSON.stringify(text)));
    for (const tab of tabs) {
      expect(tab.query).toMatch(/^# \w/);
      expect(validate(schema, parse(tab.query))).toEqual([]);
      for (const { variableDefinitions = [] } of operationsOf(tab))
        expect((getVariableValues(schema, variableDefinitions, variablesOf(tab)).errors ?? []).filter(isWrong)).toEqual([]);
    }
  });

  it('has questions that are answered; only a rule refuses', async () => {
    for (const tab of tabs.filter((one) => operationsOf(one)[0]!.operation === 'query')) {
      const { data, errors } = await askerOf(tab).ask(tab.query, variablesOf(tab));
      expect(data).not.toBeNull();
      expect(errors.filter(({ extensions }) => extensions.code !== 'FORBIDDEN')).toEqual([]);
    }
  });
});

it('each opening of a page is signed in anew', async () => {
  const [first, second] = [await firstPageOf(seatCalled('lin')), await pageOf(seatCalled('lin'))];
  expect(tokenOf(second.tabs[0]!)).not.toBe(tokenOf(first.tabs[0]!));
  await askerOf(first.tabs[0]!).query('{ viewer { name } }');
});

it('the story is played from the pages alone', async () => {
  // The pages were opened before anything happened: what their variables mean is looked up when a tab is run.
  const play = async (key: string, name: string): Promise<Record<string, unknown>> => {
    const { tabs, fills } = await firstPageOf(seatCalled(key));
    const tab = tabCalled(tabs, name);
    const { variables } = await filled(variablesOf(tab), fills, (query: string) => askerOf(tab).query(query));
    return askerOf(tab).does(tab.query, variables);
  };
  await expect(play('hu', 'Confirm')).rejects.toThrow('No form awaits my confirmation yet.');
  const following = tabCalled((await firstPageOf(seatCalled('hu'))).tabs, 'MyFormsLive');
  const live = askerOf(following).follow(following.query);
  await live.opened;
  expect(await play('hu', 'PlaceOrder')).toMatchObject({ order: { customerState: 'RECEIVED', lines: [{}, {}] } });
  expect(await live.next()).toMatchObject({ customerState: 'RECEIVED' });
  expect(await play('wang', 'Approve')).toMatchObject({ form: { state: 'IN_REVIEW' } });
  expect(await live.next()).toMatchObject({ customerState: 'IN_PROGRESS' });
  expect(await play('zhao', 'Approve')).toMatchObject({ form: { state: 'AWAITING_CONFIRMATION' } });
  expect(await live.next()).toMatchObject({ customerState: 'AWAITING_YOUR_CONFIRMATION' });
  expect(await play('hu', 'Confirm')).toMatchObject({ form: { customerState: 'COMPLETED' } });
  await live.stop();
  expect(await play('ma', 'PlaceOrder')).toMatchObject({ order: { customerState: 'RECEIVED' } });
  expect(await play('xu', 'Claim')).toMatchObject({ task: { assignee: { name: 'Xu Li' } } });
  expect(await play('wang', 'Remark')).toMatchObject({ contact: { remark: 'Prefers mornings.' } });
});

it('the story refuses whom the rules refuse', async () => {
  const refusal = async (key: string, name: string): Promise<unknown[]> => {
    const tab = tabCalled((await firstPageOf(seatCalled(key))).tabs, name);
    const { errors } = await askerOf(tab).ask(tab.query, variablesOf(tab));
    return errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
  };
  expect(await refusal('guo', 'Contact')).toContainEqual(['contact.phone', 'FORBIDDEN']);
  expect(await refusal('sun', 'Remark')).toEqual([['updateContact', 'FORBIDDEN']]);
  expect(await refusal('wang', 'Delete')).toEqual([['deleteContacts', 'FORBIDDEN']]);
  expect(await refusal('tang', 'Contact')).toEqual([]);
});

describe('the addresses of the demo', () => {
  const status = async (path: string, host: string, url = demo.url): Promise<number | undefined> => {
    const [response] = await once(get(url + path, { headers: { host } }), 'response');
    response.destroy();
    return response.statusCode;
  };

  it('are pages that load nothing from elsewhere, run nothing that stands in them, and may not be framed', async () => {
    for (const path of ['/', '/demo/0']) {
      const response = await fetch(demo.url + path, { headers: { accept: 'text/html' } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    const page = await (await fetch(demo.url)).text();
    expect(page.match(/(src|href)="[^"]*"/g)?.filter((address) => !/"\/(demo\/\d+|graphql)"/.test(address))).toEqual([]);
    for (const { phone } of DEMO_SEATS) expect(page).toContain(phone);
  });

  it('lead from /graphql to the seats', async () => {
    const response = await fetch(`${demo.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([response.url, await response.text()]).toEqual([`${demo.url}/`, expect.stringContaining('Pick a seat')]);
  });

  it('are small: GraphiQL is loaded once, packed, and kept by the browser for as long as it is the same', async () => {
    const page = await (await fetch(`${demo.url}/demo/0`)).text();
    expect(page.length).toBeLessThan(21_000);
    const loaded = [...page.matchAll(/(?:src|href)="(\/graphiql\/[^"]+)"/g)].map(([, address]) => address!);
    expect(loaded.map((address) => address.split('/').at(-1))).toEqual([
      'graphiql.css',
      'page.css',
      'storage.js',
      'graphiql.js',
      'boot.js',
    ]);
    for (const address of loaded) {
      const [plain, packed] = await Promise.all(
        ['identity', 'gzip'].map((encoding) => fetch(demo.url + address, { headers: { 'accept-encoding': encoding } })),
      );
      expect([plain!.status, packed!.status]).toEqual([200, 200]);
      expect([plain!.headers.get('content-encoding'), packed!.headers.get('content-encoding')]).toEqual([null, 'gzip']);
      expect(packed!.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(packed!.headers.get('content-type')).toMatch(address.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      expect(await packed!.text()).toBe(await plain!.text());
    }
    const folder = loaded[0]!.replace(/[^/]+$/, '');
    for (const address of [`${folder}missing.js`, `${folder}../seats.ts`, '/graphiql/0000000000000000/graphiql.js'])
      expect(await status(address, 'localhost')).toBe(404);
  });

  it.each(['localhost', 'localhost:4000', '127.0.0.1:4000', '[::1]:4000'])('are there under the name %s', async (host) => {
    expect(await status('/', host)).toBe(200);
  });

  it.each(['demo.example', '192.0.2.7:4000', 'localhost.example', '127.0.0.1.example:80'])('are not there under %s', async (host) => {
    expect([await status('/', host), await status('/demo/0', host)]).toEqual([404, 404]);
  });

  it('are there under any name where the operator has set HOST', async () => {
    const open = await serveDemo(server, true);
    expect(await status('/demo/0', 'demo.example', open.url)).toBe(200);
    await open.stop();
  });

  it('are not there for seats that do not exist, nor to be written to', async () => {
    for (const path of ['/demo', '/demo/', '/demo/99', '/demo/-1', '/demo/0/x']) expect(await status(path, 'localhost')).toBe(404);
    expect((await fetch(demo.url, { method: 'POST' })).status).toBe(404);
  });

  it('are not there where the server is no demo', async () => {
    for (const path of ['/', '/demo/0']) expect((await fetch(server.url + path)).status).toBe(404);
    expect((await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(406);
  });
});
