import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { Crossing } from '../support/crossing.ts';
import { APPROVE, approve, CONFIRM, placeOrder, productId, REJECT, taskOn } from '../support/form-moves.ts';
import { bare, says } from '../support/says.ts';
import { ADD, DELETE, rowsOf, SHARE, TRANSFER } from './contacts/contact.fixture.ts';
import { departmentIds } from './directory/directory.fixture.ts';
import { ACCEPT, APPLICATIONS, APPLY, makeLink } from './joining/joining.fixture.ts';

// Two different acts, of which one ends or changes what the other takes for given: both stand on one row and lock it, so each comes before
// or after the other (docs/decisions/locks-in-one-order.md). Each pair meets in both orders, on connections that the test stops.

const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id } } } }';
const TASKS = 'query ($id: ID!) { businessForm(id: $id) { tasks { nodes { assignee { id } } } } }';
const PRODUCT = 'query ($id: ID!) { node(id: $id) { ... on Product { version stock } } }';

let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
let product: string;
beforeAll(async () => {
  server = await startTestServer({ poolSize: 10, patience: 120_000 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
  product = await productId(own.customer);
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

const PRICE = { amount: 100, currency: 'CNY' };
const uuid = (type: string, id: string): string => decodeGlobalId(type, id);
let placed = '';
const places =
  (seat: TestSeat = own.customer, quantity = 1) =>
  async (): Promise<string> => {
    const { data, errors } = await seat.ask(PLACE, { input: { lines: [{ productId: product, quantity }] } });
    placed = data?.placeOrder?.order?.id ?? '';
    return errors[0]?.extensions.code ?? data.placeOrder.__typename;
  };
const holderOf = async (formId: string): Promise<string | undefined> =>
  (await own.admin.query(TASKS, { id: formId })).businessForm.tasks.nodes[0].assignee?.id;
/** A product of which there are so few that customers are told. @returns its id */
const saws = async (stock: number): Promise<string> =>
  (
    await own.admin.does(
      'mutation ($input: AddProductInput!) { addProduct(input: $input) { __typename ... on AddProductSuccess { product { id } } } }',
      { input: { name: 'Saw', unit: 'piece', price: PRICE, stock } },
    )
  ).product.id;
const stockOf = async () => (await own.admin.query(PRODUCT, { id: product })).node;
const deletes = (id: string) => () => says(own.admin, DELETE, { contactIds: [id] });
const transfers = (id: string, to: TestSeat) => () => says(own.admin, TRANSFER, { contactIds: [id], ownerId: to.id });
const shares = (id: string, to: TestSeat) => () => says(own.owner, SHARE, { contactId: id, employeeId: to.id });

/** What is done to an organization past the API, until there are mutations for it. */
const BY_HAND = {
  suspend: `update organizations set certification = 'BASIC' where organization_id = $1`,
  letOut: 'delete from window_members where organization_id = $1',
  disable: 'update form_templates set enabled = false where organization_id = $1',
  leave: 'update employees set left_at = now() where organization_id = $1 and id = $2',
} as const;
const leaves = (who: TestSeat): [string, string[]] => [BY_HAND.leave, [own.id, uuid('Employee', who.id)]];

describe('a customer’s act at the window (spec 5.1, 5.2)', () => {
  const awaiting = async (): Promise<string> => {
    const formId = await placeOrder(own.customer);
    await approve(own.owner, formId);
    return formId;
  };
  it.each([
    ['deleting the contact', () => deletes(own.customer.id), 'DeleteContactsItemSuccess', 'FORBIDDEN'],
    ['transferring the contact', () => transfers(own.customer.id, own.colleague), 'TransferContactsItemSuccess', 'PlaceOrderSuccess'],
  ])('and %s', async (_, other, done, refused) => {
    expect(await crossing.meet(places(), other(), 'a row')).toEqual(['PlaceOrderSuccess', done]);
    expect(await holderOf(placed)).toBe(own.owner.id);
    own = await server.organization();
    product = await productId(own.customer);
    expect(await crossing.meet(other(), places(), 'a row')).toEqual([done, refused]);
    if (refused === 'PlaceOrderSuccess') expect(await holderOf(placed)).toBe(own.colleague.id);
  });

  it.each([
    ['suspending the window', BY_HAND.suspend, 'WindowSuspended'],
    ['taking the contact off the window', BY_HAND.letOut, 'FORBIDDEN'],
  ])('and %s', async (_, text, refused) => {
    const formId = await awaiting();
    const confirms = () => says(own.customer, CONFIRM, { formId });
    expect(await crossing.meetByHand(text, [own.id], places())).toBe(refused);
    await rowsOf(server, own, `update organizations set certification = 'ADVANCED'`);
    await rowsOf(server, own, 'insert into window_members select organization_id, id, now() from contacts on conflict do nothing');
    expect(await crossing.meet(confirms, () => crossing.byHand(text, [own.id]), 'a row')).toEqual(['ConfirmFormSuccess', 'done']);
    expect(await says(own.customer, CONFIRM, { formId })).toBe(refused);
  });

  it('of one contact and another of the same take turns without a deadlock', async () => {
    expect(await crossing.meet(places(), places(), 'a row')).toEqual(['PlaceOrderSuccess', 'PlaceOrderSuccess']);
  });

  it('and disabling its template', async () => {
    expect(await crossing.meet(places(), () => crossing.byHand(BY_HAND.disable, [own.id]), 'a row')).toEqual(['PlaceOrderSuccess', 'done']);
    expect(await places()()).toBe('ValidationFailed');
    await crossing.byHand('update form_templates set enabled = true where organization_id = $1', [own.id]);
    expect(await crossing.meetByHand(BY_HAND.disable, [own.id], places())).toBe('ValidationFailed');
  });

  it('and publishing another version of its template', async () => {
    const publish = `with published as (insert into form_template_versions (organization_id, template_id, version, with_confirmation, fields, published_at)
      select organization_id, template_id, 2, false, fields, now() from form_template_versions where organization_id = $1)
      update form_templates set current_version = 2 where organization_id = $1`;
    const versionOf = async () => (await rowsOf(server, own, 'select template_version from business_forms order by id desc limit 1'))[0];
    expect(await crossing.meetByHand(publish, [own.id], places())).toBe('PlaceOrderSuccess');
    expect(await versionOf()).toEqual({ template_version: 2 });
  });

  it('and switching its plugin off', async () => {
    const off = () => says(own.admin, bare('switchPlugin'), { plugin: 'ordering', enabled: false });
    expect(await crossing.meet(places(), off, 'a turn')).toEqual(['PlaceOrderSuccess', 'SwitchPluginSuccess']);
    own = await server.organization();
    product = await productId(own.customer);
    expect(await crossing.meet(off, places(), 'a turn')).toEqual(['SwitchPluginSuccess', 'PluginDisabled']);
  });

  it('and another setting of its plugin', async () => {
    const set = () => says(own.admin, bare('updatePluginSettings'), { plugin: 'ordering', settings: { allowBackorder: false } });
    product = await saws(3);
    expect(await crossing.meet(places(own.customer, 4), set, 'a turn')).toEqual(['PlaceOrderSuccess', 'UpdatePluginSettingsSuccess']);
    own = await server.organization();
    product = await saws(3);
    expect(await crossing.meet(set, places(own.customer, 4), 'a turn')).toEqual(['UpdatePluginSettingsSuccess', 'ValidationFailed']);
  });
});

describe('stock', () => {
  const edits = (changes: object, expectedVersion: number) => () =>
    says(own.admin, bare('updateProduct'), { productId: product, expectedVersion, ...changes });
  beforeEach(async () => {
    product = await saws(10);
  });

  it('is ordered, or overwritten by somebody who has read it before the order, not both', async () => {
    expect(await crossing.meet(places(), edits({ stock: 10 }, 1), 'a row')).toEqual(['PlaceOrderSuccess', 'VersionConflict']);
    expect(await stockOf()).toEqual({ version: 2, stock: 9 });
    expect(await crossing.meet(edits({ stock: 20 }, 2), places(), 'a row')).toEqual(['UpdateProductSuccess', 'PlaceOrderSuccess']);
    expect(await stockOf()).toEqual({ version: 4, stock: 19 });
  });

  it('is given back by two rejections at once, and by one beside an order and an edit', async () => {
    const forms = [await order(own.customer), await order(own.rival), await order(own.customer)];
    const rejects = (seat: TestSeat, at: number) => async () => says(seat, REJECT, { taskId: (await taskOn(seat, forms[at]!)).id });
    expect(await crossing.meet(rejects(own.owner, 0), rejects(own.colleague, 1), 'a row')).toEqual(Array(2).fill('RejectFormTaskSuccess'));
    expect(await stockOf()).toEqual({ version: 6, stock: 9 });
    expect(await crossing.meet(rejects(own.owner, 2), places(own.rival), 'a row')).toEqual(['RejectFormTaskSuccess', 'PlaceOrderSuccess']);
    expect(await stockOf()).toEqual({ version: 8, stock: 9 });
    forms[0] = placed;
    expect(await crossing.meet(rejects(own.colleague, 0), edits({ stock: 9 }, 8), 'a row')).toEqual([
      'RejectFormTaskSuccess',
      'VersionConflict',
    ]);
    expect(await stockOf()).toEqual({ version: 9, stock: 10 });
  });
  const order = async (seat: TestSeat): Promise<string> => {
    await places(seat)();
    return placed;
  };

  it('of what is withdrawn is not ordered any more, and an order has the price of its moment', async () => {
    const { version } = await stockOf();
    const dearer = edits({ price: { amount: 900, currency: 'CNY' } }, version);
    expect(await crossing.meet(dearer, places(), 'a row')).toEqual(['UpdateProductSuccess', 'PlaceOrderSuccess']);
    const { total } = (await own.customer.query('query ($id: ID!) { node(id: $id) { ... on Order { total { amount } } } }', { id: placed }))
      .node;
    expect(total.amount).toBe(900);
    const withdraws = () => says(own.admin, bare('withdrawProduct'), { productId: product });
    expect(await crossing.meet(withdraws, places(), 'a row')).toEqual(['WithdrawProductSuccess', 'ValidationFailed']);
  });
});

describe('letting in two by two links of one department (spec 5.6)', () => {
  it('gives each to somebody else, though both are decided at once', async () => {
    const { Sales } = await departmentIds(own); // the supervisor, and below it the owner
    await own.admin.does(bare('grantAdminRight'), { input: { employeeId: own.colleague.id, right: 'WINDOW' } });
    const link = { tagIds: [own.tagIds[0]], ownerRule: 'DEPARTMENT', departmentId: Sales };
    for (let i = 0; i < 2; i++) {
      const { code } = await makeLink(own.admin, link);
      await server.nobody.does(APPLY, { input: { code, name: 'Hu Yan', phone: newPhone() } });
    }
    const [one, other] = (await own.admin.query(APPLICATIONS)).joinApplications.nodes;
    const accepts =
      (seat: TestSeat, { id }: { id: string }) =>
      async () =>
        (await seat.does(ACCEPT, { input: { applicationIds: [id] } })).results[0].__typename;
    const done = 'AcceptJoinApplicationsItemSuccess';
    expect(await crossing.meet(accepts(own.admin, one), accepts(own.colleague, other), 'a turn')).toEqual([done, done]);
    const owners = await rowsOf<{ owner_id: string }>(server, own, `select owner_id from contacts where source = 'LINK'`);
    expect(new Set(owners.map(({ owner_id: id }) => id)).size).toBe(2);
  });
});

describe('who leaves', () => {
  it('gets no task any more: those of their contacts wait for the admins', async () => {
    expect(await crossing.meet(places(), () => crossing.byHand(...leaves(own.owner)), 'a row')).toEqual(['PlaceOrderSuccess', 'done']);
    expect(await crossing.meetByHand(...leaves(own.colleague), places(own.rival))).toBe('PlaceOrderSuccess');
    expect(await holderOf(placed)).toBeUndefined();
  });

  it('is not picked to go on', async () => {
    const formId = await placeOrder(own.customer);
    const { id: taskId } = await taskOn(own.owner, formId);
    const approves = () => says(own.owner, APPROVE, { taskId, nextApproverId: own.colleague.id });
    expect(await crossing.meetByHand(...leaves(own.colleague), approves)).toBe('ApproverNotAllowed');
    const input = () => says(own.owner, APPROVE, { taskId, nextApproverId: own.sharee.id });
    expect(await crossing.meet(input, () => crossing.byHand(...leaves(own.sharee)), 'a row')).toEqual(['ApproveFormTaskSuccess', 'done']);
  });

  const taking: [string, (to: TestSeat) => () => Promise<string>, string][] = [
    ['by transfer', (to) => transfers(own.customer.id, to), 'TransferContactsItemSuccess'],
    ['by a share', (to) => shares(own.customer.id, to), 'ShareContactSuccess'],
    [
      'as it is added',
      (to) => () => says(own.admin, ADD, { name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]], ownerId: to.id }),
      'AddContactSuccess',
    ],
  ];
  it.each(taking)('is given no contact %s', async (_, take, done) => {
    expect(await crossing.meet(take(own.colleague), () => crossing.byHand(...leaves(own.colleague)), 'a row')).toEqual([done, 'done']);
    const refused = await crossing.meetByHand(...leaves(own.formsAdmin), take(own.formsAdmin));
    expect(['ValidationFailed', 'NotFound']).toContain(refused);
  });
});
