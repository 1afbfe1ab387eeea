import { type TestSeat, testPlugin } from '@guichet/sdk/testing';
import ordering from '../index.ts';
import { type Line, Shop } from './shop.ts';

const DAY = 86_400_000;
const STATE = 'state lines { id name quantity shipped received } shipments { lines { id quantity } }';
const MOVED = '... on InvalidTransition { state allowed }';
const STOCK = 'query ($id: ID!) { node(id: $id) { ... on Product { variants { id version stock reserved } } } }';
const CHANGES = `query ($id: ID!) { businessForm(id: $id) { ... on Order { changes { number state reason total { amount currency }
  lines { fromQuantity quantity unitPrice { amount } } } } } }`;
const RETURN = 'return { id state reason comment tracking lines { name quantity } }';
const ACCOUNT = 'state total { amount } credited { amount } paid { amount } payments { kind reference }';
/** What is told by its version whether it was done, and takes no key. */
const EDITS = ['setCreditLine', 'setOrderingBuyer', 'setCartLine'];
const TASKS = '{ myTasks(first: 100) { nodes { id form { id } } } }';

/** A shop that ships, with a clock of the test's: what becomes of an order, in a word. `colleague` ships. */
export class Orders {
  shop!: Shop;
  now = Date.parse('2026-06-01T08:00:00Z');
  #keys = 0;
  /** @param start a server with the plugin on it, by a clock */
  static async open(start = (now: () => Date) => testPlugin(ordering, { now })): Promise<Orders> {
    const orders = new Orders();
    orders.shop = new Shop(await start(() => new Date(orders.now)));
    await orders.shop.grant(orders.shop.plugin.colleague, 'ORDERING_FULFIL');
    await orders.shop.set({ shipping: true, allowBackorder: false });
    await orders.days(0);
    return orders;
  }
  close(): Promise<void> {
    return this.shop.close();
  }
  async days(count: number): Promise<void> {
    this.now += count * DAY;
    await this.shop.strike();
  }
  /** @returns whatever is answered, of errors the code. */
  async act(seat: TestSeat, name: string, input: object, success = `order { ${STATE} }`, more = MOVED) {
    const type = name[0]!.toUpperCase() + name.slice(1);
    const document = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${success} }
      ... on UserError { code path } ... on ValidationFailed { issues { path code } } ${more} } }`;
    const once = EDITS.includes(name) ? {} : { idempotencyKey: `key-${this.#keys++}` };
    const { data, errors } = await seat.ask(document, { input: { ...input, ...once } });
    return data?.[name] ?? { __typename: errors[0]?.extensions.code, message: errors[0]?.message };
  }

  async placedOf(lines: readonly Line[], customer = this.shop.plugin.customer, site?: string) {
    const { order } = await this.shop.ask(lines, { delivery: { recipient: 'Gate 4', address: '1 Quay', site } }, customer);
    const { businessForm } = await customer.query(
      'query ($id: ID!) { businessForm(id: $id) { ... on Order { shipping { id lines { id } } } } }',
      { id: order.id },
    );
    const { id, lines: found } = businessForm.shipping;
    return { formId: order.id as string, orderId: id as string, lines: found.map((line: { id: string }) => line.id) as string[] };
  }
  /** An order of some of a new product. */
  async placed(quantity: number, site?: string) {
    const productId = await this.shop.offer({ stock: 20 });
    const made = await this.placedOf([{ productId, quantity }], undefined, site);
    return { productId, ...made, lineId: made.lines[0]! };
  }
  async confirmed(quantity: number, site?: string) {
    const made = await this.placed(quantity, site);
    await this.approve(made.formId);
    return made;
  }
  async approve(formId: string) {
    const { owner } = this.shop.plugin;
    const { myTasks } = await owner.query(TASKS);
    const task = myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === formId);
    return this.act(owner, 'approveFormTask', { taskId: task.id }, 'task { id }', '');
  }
  propose(orderId: string, lines: readonly object[], more: object = {}, seat = this.shop.plugin.owner) {
    return this.act(seat, 'proposeOrderChange', { orderId, lines, validUntil: new Date(this.now + 2 * DAY).toISOString(), ...more });
  }
  answer(orderId: string, change: number, answer: string) {
    return this.act(this.shop.plugin.customer, 'answerOrderChange', { orderId, change, answer });
  }
  withdraw(orderId: string) {
    return this.act(this.shop.plugin.owner, 'withdrawOrderChange', { orderId });
  }
  ship(orderId: string, lines?: readonly object[]) {
    return this.act(this.shop.plugin.colleague, 'createShipment', { orderId, lines });
  }
  /** @returns the shipment that is packed */
  async pack(orderId: string, lines?: readonly object[], more: object = {}): Promise<{ id: string; lines: { id: string }[] }> {
    const what = { orderId, lines, pack: true, ...more };
    const payload = await this.act(this.shop.plugin.colleague, 'createShipment', what, 'shipment { id lines { id } }');
    if (!payload.shipment) throw new Error(JSON.stringify(payload));
    return payload.shipment;
  }
  move(shipmentId: string, mutation: 'sendShipment' | 'unpackShipment' | 'deliverShipment', more: object = {}) {
    return this.act(this.shop.plugin.colleague, mutation, { shipmentId, ...more }, `order { ${STATE} } shipment { state }`);
  }
  async shipment(id: string, more = '', seat = this.shop.plugin.colleague) {
    return (await seat.query(`query ($id: ID!) { node(id: $id) { ... on Shipment { state ${more} } } }`, { id })).node;
  }
  receive(orderId: string, lines?: readonly object[], seat = this.shop.plugin.customer) {
    return this.act(seat, 'confirmReceipt', { orderId, lines });
  }
  dispute(orderId: string, lineId: string, quantity: number, seat = this.shop.plugin.customer) {
    return this.act(seat, 'disputeReceipt', { orderId, lines: [{ lineId, quantity }], reason: 'Broken.' });
  }
  /** An order of some that have all come. */
  async received(quantity: number) {
    const made = await this.confirmed(quantity);
    await this.ship(made.orderId);
    await this.receive(made.orderId);
    return { ...made, accountId: await this.#accountOf(made.formId) };
  }
  async confirmedAccount(quantity: number) {
    const made = await this.confirmed(quantity);
    return { ...made, accountId: await this.#accountOf(made.formId) };
  }
  async #accountOf(formId: string): Promise<string> {
    const document = 'query ($id: ID!) { businessForm(id: $id) { ... on Order { account { id } } } }';
    return (await this.shop.plugin.customer.query(document, { id: formId })).businessForm.account.id;
  }
  giveBack(orderId: string, lineId: string, quantity: number) {
    const input = { orderId, lines: [{ lineId, quantity }], reason: 'Too many.' };
    return this.act(this.shop.plugin.customer, 'requestReturn', input, RETURN, '');
  }
  decide(returnId: string, decision: string, comment?: string) {
    return this.act(this.shop.plugin.owner, 'decideReturn', { returnId, decision, comment }, RETURN);
  }
  sendBack(returnId: string) {
    return this.act(this.shop.plugin.customer, 'sendReturn', { returnId, tracking: 'SF 2' }, RETURN);
  }
  takeBack(returnId: string, restock: boolean) {
    return this.act(this.shop.plugin.colleague, 'receiveReturn', { returnId, restock }, RETURN);
  }
  /** `sharee` writes payments down, once the right is granted. */
  credit(returnId: string) {
    return this.act(this.shop.plugin.sharee, 'creditReturn', { returnId }, RETURN.replace('}', '} credited { amount }'));
  }
  pay(orderId: string, amount: number, kind = 'PAYMENT', currency = 'CNY', seat = this.shop.plugin.sharee) {
    return this.act(
      seat,
      'recordPayment',
      { orderId, kind, amount: { amount, currency }, reference: 'Transfer' },
      `order { ${ACCOUNT} }`,
      '',
    );
  }
  /** Kinds of what stands in the customer's inbox. */
  async told(): Promise<string[]> {
    const { notifications } = await this.shop.plugin.customer.query('{ notifications(first: 100) { nodes { kind } } }');
    return notifications.nodes.map(({ kind }: { kind: string }) => kind);
  }
  async account(id: string) {
    return (await this.shop.plugin.sharee.query(`query ($id: ID!) { node(id: $id) { ... on OrderAccount { ${ACCOUNT} } } }`, { id })).node;
  }
  reorder(orderId: string, seat = this.shop.plugin.customer) {
    const cart = 'cart { lines { variant { name } quantity unitPrice { amount } fault } }';
    return this.act(seat, 'reorder', { orderId }, cart, '');
  }

  async read(orderId: string, seat = this.shop.plugin.owner, more = '') {
    return (await seat.query(`query ($id: ID!) { node(id: $id) { ... on OrderShipping { ${STATE} ${more} } } }`, { id: orderId })).node;
  }
  async changes(formId: string) {
    return (await this.shop.plugin.customer.query(CHANGES, { id: formId })).businessForm.changes;
  }
  async #form(formId: string) {
    const document = 'query ($id: ID!) { businessForm(id: $id) { customerState ... on Order { total { amount } } } }';
    return (await this.shop.plugin.customer.query(document, { id: formId })).businessForm;
  }
  async customerState(formId: string): Promise<string> {
    return (await this.#form(formId)).customerState;
  }
  async total(formId: string): Promise<number> {
    return (await this.#form(formId)).total.amount;
  }
  async stock(productId: string): Promise<{ stock: number; reserved: number }> {
    const { stock, reserved } = await this.#variant(productId);
    return { stock, reserved };
  }
  async #variant(productId: string) {
    return (await this.shop.plugin.admin.query(STOCK, { id: productId })).node.variants[0];
  }
  async setLow(productId: string, lowStock: number): Promise<void> {
    const { id: variantId, version: expectedVersion } = await this.#variant(productId);
    await this.shop.act(this.shop.plugin.admin, 'updateVariant', { variantId, expectedVersion, lowStock });
  }
  withdrawProduct(productId: string) {
    return this.shop.act(this.shop.plugin.admin, 'withdrawProduct', { productId });
  }
}
