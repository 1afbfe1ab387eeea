import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

// Each organization switches each plugin on or off while the server runs; its data stays (spec 8.4).

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename ... on PlaceOrderSuccess { order { id } } ... on PluginDisabled { code plugin message path } } }`;
const WITHDRAW = `mutation ($input: WithdrawProductInput!) { withdrawProduct(input: $input) { __typename } }`;
const FORM = `query ($id: ID!) { businessForm(id: $id) {
  __typename id number kind state ... on Order { total { amount } note receivedAt lines { name } } } }`;
const TASKS = '{ myTasks { nodes { id form { __typename number ... on Order { total { amount } } } } } }';
const APPROVE = 'mutation ($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { __typename } }';
const CONFIRM = 'mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) { __typename } }';
const PLUGINS = '{ plugins { name enabled } }';

let server: TestServer;
let here: TestOrganization;
let there: TestOrganization;
let productId: string;
let formId: string;
let ahead = 0;
const now = (): Date => new Date(Date.now() + ahead);
/** Switches the plugin, and lets the minute pass in which what is known of a seat may be remembered. */
async function turn(enabled: boolean): Promise<void> {
  await here.admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
    input: { plugin: 'ordering', enabled },
  });
  ahead += 61_000;
}
const order = async ({ customer }: TestOrganization, key: string) => {
  const { products } = await customer.query('{ products(first: 1) { nodes { id } } }');
  return (await customer.does(PLACE, { input: { lines: [{ productId: products.nodes[0].id, quantity: 1 }], idempotencyKey: key } })).order
    .id;
};
const disabled = (...path: (string | number)[]) =>
  expect.objectContaining({ path, extensions: expect.objectContaining({ code: 'PLUGIN_DISABLED' }) });

beforeAll(async () => {
  server = await startTestServer({ now });
  here = await server.organization();
  there = await server.organization();
  productId = (await here.customer.query('{ products(first: 1) { nodes { id } } }')).products.nodes[0].id;
  formId = await order(here, 'before');
  await turn(false);
});
afterAll(() => server?.stop());

describe('a plugin that is switched off', () => {
  it('is off in the list of plugins, for every employee', async () => {
    for (const seat of [here.admin, here.colleague])
      expect((await seat.query(PLUGINS)).plugins).toContainEqual({ name: 'ordering', enabled: false });
  });
  it.each(['admin', 'owner', 'customer'] as const)('has fields that say so, and harms nothing beside them: the %s', async (name) => {
    const seat: TestSeat = here[name];
    const { data, errors } = await seat.ask('{ viewer { name } products { nodes { id } } }');
    expect(data).toEqual({ viewer: { name: `The ${name}` }, products: null });
    expect(errors).toEqual([disabled('products')]);
  });
  it('has objects that cannot be read by their ids', async () => {
    const { data, errors } = await here.owner.ask('query ($id: ID!) { viewer { name } node(id: $id) { id } }', { id: productId });
    expect(data).toEqual({ viewer: { name: 'The owner' }, node: null });
    expect(errors).toEqual([disabled('node', 'id')]);
  });
  it('has mutations that are refused, in words', async () => {
    const input = { lines: [{ productId, quantity: 1 }], idempotencyKey: 'off' };
    expect((await here.customer.query(PLACE, { input })).placeOrder).toEqual({
      __typename: 'PluginDisabled',
      code: 'PLUGIN_DISABLED',
      plugin: 'ordering',
      message: expect.stringMatching(/switched off/),
      path: [],
    });
    expect((await here.admin.query(WITHDRAW, { input: { productId } })).withdrawProduct).toEqual({ __typename: 'PluginDisabled' });
  });
  it('leaves its forms readable, but for what is its own', async () => {
    const { data, errors } = await here.owner.ask(FORM, { id: formId });
    const own = { total: null, note: null, receivedAt: null, lines: null };
    expect(data.businessForm).toEqual({
      __typename: 'Order',
      id: formId,
      number: expect.stringMatching(/^SO-/),
      kind: 'ORDER',
      state: 'IN_REVIEW',
      ...own,
    });
    expect(errors).toHaveLength(4);
    for (const field of Object.keys(own)) expect(errors).toContainEqual(disabled('businessForm', field));
    const { businessForm } = await here.customer.query('query ($id: ID!) { businessForm(id: $id) { number customerState } }', {
      id: formId,
    });
    expect(businessForm).toMatchObject({ customerState: 'RECEIVED' });
  });
  it('is not off in another organization', async () => {
    const id = await order(there, 'there');
    expect((await there.owner.query(FORM, { id })).businessForm.lines).toHaveLength(1);
    expect((await there.colleague.query(PLUGINS)).plugins).toContainEqual({ name: 'ordering', enabled: true });
  });
});

describe('a form in flight', () => {
  it('is approved and confirmed meanwhile, and afterwards nothing is missing', async () => {
    const { data, errors } = await here.owner.ask(TASKS);
    const [task] = data.myTasks.nodes;
    expect(task.form).toEqual({ __typename: 'Order', number: expect.stringMatching(/^SO-/), total: null });
    expect(errors).toEqual([disabled('myTasks', 'nodes', 0, 'form', 'total')]);
    await here.owner.does(APPROVE, { input: { taskId: task.id } });
    await here.customer.does(CONFIRM, { input: { formId } });

    await turn(true);
    const { businessForm } = await here.owner.query(FORM, { id: formId });
    expect(businessForm).toMatchObject({ state: 'COMPLETED', receivedAt: expect.any(String), total: { amount: expect.any(Number) } });
    expect(businessForm.lines).toHaveLength(1);
    expect((await here.customer.query('{ products { nodes { id } } }')).products.nodes).toContainEqual({ id: productId });
    await order(here, 'off'); // the key of what was refused is free
  });
});

describe('a server without the plugin, on the same database', () => {
  let bare: TestServer;
  let owner: TestSeat;
  beforeAll(async () => {
    bare = await startTestServer({ plugins: [], databaseUrl: server.databaseUrl });
    owner = await bare.seat(here.plan.employees.find(({ key }) => key === 'owner')!.phone, here.id);
  });
  afterAll(() => bare?.stop());

  it('has no field of it', async () => {
    expect((await owner.ask('{ products { nodes { id } } }')).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    expect((await owner.query(PLUGINS)).plugins).toEqual([]);
  });
  it('shows its forms as what is not there, with what the core keeps', async () => {
    const { businessForm } = await owner.query('query ($id: ID!) { businessForm(id: $id) { __typename id number kind state } }', {
      id: formId,
    });
    expect(businessForm).toEqual({
      __typename: 'UnavailableForm',
      id: formId,
      number: expect.stringMatching(/^SO-/),
      kind: 'ORDER',
      state: 'COMPLETED',
    });
    const { businessForms } = await owner.query('{ businessForms { nodes { __typename kind } } }');
    expect(businessForms.nodes).toContainEqual({ __typename: 'UnavailableForm', kind: 'ORDER' });
  });
  it('takes nothing from the others', async () => {
    expect((await here.owner.query(FORM, { id: formId })).businessForm).toMatchObject({ __typename: 'Order', lines: [expect.anything()] });
  });
});
