import type { ModuleDefinition } from '@guichet/sdk';
import { type TestPlugin, type TestSeat, testPlugin } from '@guichet/sdk/testing';
import ordering from '../index.ts';

const ADD = 'mutation ($input: AddProductInput!) { addProduct(input: $input) { __typename ... on AddProductSuccess { product { id } } } }';
const UPDATE = `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) {
  __typename ... on UpdateProductSuccess { product { id version name description unit price { amount currency } stock } } } }`;
const PRODUCT = 'query ($id: ID!) { node(id: $id) { ... on Product { version stock availability } } }';
export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename
  ... on PlaceOrderSuccess { order { id number customerState note total { amount currency } receivedAt
    lines { name unit quantity unitPrice { amount currency } product { id name } } } }
  ... on UserError { code message path }
  ... on ValidationFailed { issues { path code } } } }`;
const TASKS = '{ myTasks { nodes { id form { id } } } }';
const DECIDE = (what: 'approve' | 'reject') =>
  `mutation ($input: ${what === 'approve' ? 'Approve' : 'Reject'}FormTaskInput!) { ${what}FormTask(input: $input) { __typename } }`;
const CONFIRM = 'mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) { __typename } }';
const SET = 'mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) { __typename } }';

export interface Line {
  readonly productId: string;
  readonly variantId?: string;
  readonly quantity: number;
  readonly unitPrice?: object;
}

/** The plugin as a shop that is open: what its people do, in a word. */
export class Shop {
  readonly plugin: TestPlugin;
  #orders = 0;
  /** @param plugin a server with the plugin on it */
  constructor(plugin: TestPlugin) {
    this.plugin = plugin;
  }
  /** @param beside a plugin that needs this one */
  static async open(beside?: ModuleDefinition, now?: () => Date): Promise<Shop> {
    return new Shop(await (beside ? testPlugin(beside, { needs: [ordering], now }) : testPlugin(ordering, { now })));
  }
  /** Does a mutation. @param success what to read of its success. @param more fragments on refusals. @returns whatever is answered */
  async act(seat: TestSeat, name: string, input: object, success = '', more = '') {
    const type = name[0]!.toUpperCase() + name.slice(1);
    const issues = Object.keys(input).some((key) => key !== 'idempotencyKey') ? '... on ValidationFailed { issues { path code } }' : '';
    const document = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ${success && `... on ${type}Success { ${success} }`}
      ... on UserError { code path } ${issues} ${more} } }`;
    return (await seat.query(document, { input }))[name];
  }
  /** Lets the clocks of the app strike, and that of forms. */
  strike(): Promise<void> {
    return this.plugin.strike('forms.keepTime', ...ordering.clocks!.map(({ name }) => name));
  }
  /** Gives somebody a right of the plugin. */
  grant(employee: TestSeat, right: string): Promise<unknown> {
    return this.act(this.plugin.admin, 'grantAdminRight', { employeeId: employee.id, right });
  }
  close(): Promise<void> {
    return this.plugin.stop();
  }

  /** @returns the id of a new product. */
  async offer(product: Record<string, unknown> = {}, admin: TestSeat = this.plugin.admin): Promise<string> {
    const input = { name: 'Saw', unit: 'piece', price: { amount: 1_250, currency: 'CNY' }, stock: 10, ...product };
    return (await admin.does(ADD, { input })).product.id;
  }
  async change(productId: string, changes: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { version } = await this.product(productId);
    return (await this.plugin.admin.does(UPDATE, { input: { productId, expectedVersion: version, ...changes } })).product;
  }
  async product(id: string): Promise<{ version: number; stock: number; availability: number }> {
    return (await this.plugin.admin.query(PRODUCT, { id })).node;
  }
  set(settings: Record<string, unknown>): Promise<unknown> {
    return this.plugin.admin.does(SET, { input: { plugin: 'ordering', settings } });
  }

  /** @returns whatever the customer is answered. */
  async ask(lines: readonly Line[], more: Record<string, unknown> = {}, customer: TestSeat = this.plugin.customer) {
    return (await customer.query(PLACE, { input: { lines, idempotencyKey: `order-${this.#orders++}`, ...more } })).placeOrder;
  }
  /** @returns the order. */
  async order(...lines: Line[]) {
    const { order } = await this.ask(lines);
    return order;
  }
  async decide(formId: string, what: 'approve' | 'reject'): Promise<void> {
    const { owner } = this.plugin;
    const { myTasks } = await owner.query(TASKS);
    const task = myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === formId);
    await owner.does(DECIDE(what), { input: { taskId: task.id } });
  }
  confirm(formId: string): Promise<unknown> {
    return this.plugin.customer.does(CONFIRM, { input: { formId } });
  }
}
