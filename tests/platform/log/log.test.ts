import { afterAll, beforeAll, expect, it } from 'vitest';
import { importPlugins } from '../../../src/app/modules.ts';
import { createLogger } from '../../../src/platform/log/logger.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { gossip, VALUES } from './gossip.plugin.ts';

// Everything that a server writes to its log while it is used, well and badly, at its most talkative (promise 10).

const lines: string[] = [];
let server: TestServer;
let organization: TestOrganization;
beforeAll(async () => {
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  server = await startTestServer({ plugins: [...(await importPlugins()), gossip], logger });
  organization = await server.organization();
});
afterAll(() => server.stop());

const SIGN_IN =
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token } ... on UserError { code } } }';
const ASK = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
const ORDER = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id } } } }';
const APPROVE = 'mutation ($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { __typename } }';
const KEEP = 'mutation ($input: KeepSecretInput!) { keepSecret(input: $input) { __typename } }';
const CODE = '246810';

/** Signing in, an order on its way, refusals, and faults of every kind; returns the values that went through. */
async function useTheServer(): Promise<string[]> {
  const { nobody } = server;
  const { customer, owner, plan } = organization;
  const phone = plan.contacts[0]!.phone;
  await nobody.does(ASK, { input: { phone } });
  const { token } = await nobody.does(SIGN_IN, { input: { phone, code: CODE } });
  await nobody.ask(SIGN_IN, { input: { phone, code: '135797' } });
  const signedIn = new TestSeat({ id: '', name: '', token, url: server.url });

  const live = owner.follow('subscription { myTasks { taskId } }');
  await live.opened;
  const { products } = await customer.query('{ products(first: 1) { nodes { id } } }');
  await signedIn.does(ORDER, { input: { lines: [{ productId: products.nodes[0].id, quantity: 1 }], note: VALUES.form } });
  const { taskId } = await live.next();
  await live.stop();
  await owner.does(APPROVE, { input: { taskId, comment: VALUES.form } });

  await owner.ask(`{ contacts(search: "${phone}") { totalCount } }`);
  await owner.ask(`query Of${phone.slice(1)} { viewer { name } }`);
  await owner.ask(KEEP, { input: { text: [phone, VALUES.form] } });
  await owner.ask(`{ viewer(${VALUES.code}: 1) `);
  await new TestSeat({ id: '', name: '', token: VALUES.token, url: server.url }).ask('{ viewer { name } }');
  await fetch(`${server.url}/graphql?query={viewer{name}}&variables={"phone":"${phone}"}`, { headers: { 'x-request-id': phone.slice(1) } });
  await fetch(`${server.url}/join/${token}?phone=${phone}`);

  const secret = `${VALUES.form} ${VALUES.phone}`;
  await owner.does(KEEP, { input: { text: secret } });
  await owner.ask(KEEP, { input: { text: secret } });
  await owner.ask('{ gossip }');
  return [...Object.values(VALUES), phone, CODE, '135797', token, secret, ...[customer, owner].map((seat) => seat.token!)];
}

it('tells each request and each fault, and no phone, code, token or form value', async () => {
  const values = await useTheServer();
  const text = lines.join('');
  for (const value of values) expect([value, text.includes(value.replace(/^\+86/, ''))]).toEqual([value, false]);

  const log = lines.map((line): Record<string, unknown> => JSON.parse(line));
  const faults = log.filter(({ msg }) => msg === 'unexpected error');
  expect(faults).toMatchObject([
    { path: 'keepSecret', err: { class: 'error', code: '23505', schema: 'plg_gossip', table: 'secrets', constraint: 'secrets_text' } },
    { path: 'gossip', err: { class: 'Error', message: 'No "…" for +…, code …, …', cause: { message: 'Nobody picks up +….' } } },
  ]);
  for (const fault of faults) {
    expect(fault.requestId).toMatch(/^[\w-]{36}$/);
    expect(log).toContainEqual(expect.objectContaining({ msg: 'request', requestId: fault.requestId, status: 200 }));
  }
  expect(log.filter(({ msg }) => msg === 'request').length).toBeGreaterThan(15);
  expect(log).toContainEqual(expect.objectContaining({ msg: 'request', operation: 'SignIn', method: 'POST', path: '/graphql' }));
  expect(log).toContainEqual(expect.objectContaining({ msg: 'request', method: 'SOCKET' }));
});
