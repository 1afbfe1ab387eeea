import { afterAll, beforeAll, expect, expectTypeOf, it } from 'vitest';
import codegen from '../../codegen.ts';
import { AnswerError, GuichetClient } from '../../docs/examples/client.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { readText } from '../house/repository.files.ts';
import { ApproveTask, ContactCard, Inbox, InboxEvents } from './back-office.documents.ts';
import { Catalogue, MyForms, PlaceOrder, SignIn } from './portal.documents.ts';

// Two front ends with types made from the schemas: what the compiler promises is what the server answers.

let server: TestServer;
let organization: TestOrganization;
let customer: GuichetClient;
let owner: GuichetClient;
beforeAll(async () => {
  server = await startTestServer();
  organization = await server.organization();
  const { signIn } = await new GuichetClient(server.url).ask(SignIn, { phone: organization.plan.contacts[0]!.phone, code: '246810' });
  if (signIn?.__typename !== 'SignInSuccess') throw new Error(signIn?.message);
  customer = new GuichetClient(server.url, signIn.token);
  owner = new GuichetClient(server.url, organization.owner.token);
});
afterAll(async () => {
  await Promise.all([customer, owner].map((client) => client?.close()));
  await server?.stop();
});

it('an order is placed at the portal and approved in the back office', async () => {
  const { products } = await customer.ask(Catalogue, { first: 1 });
  const [product] = products?.nodes ?? [];
  expectTypeOf(product!.price.amount).toEqualTypeOf<number>();
  const input = { lines: [{ productId: product!.id, quantity: 2 }], idempotencyKey: 'typed' };
  const { placeOrder } = await customer.ask(PlaceOrder, { input });
  if (placeOrder?.__typename !== 'PlaceOrderSuccess') throw new Error(placeOrder?.message);
  expect(placeOrder.order?.total?.amount).toBe(2 * product!.price.amount);

  const { myTasks } = await owner.ask(Inbox);
  const [task] = myTasks?.nodes ?? [];
  expect(task?.form?.number).toBe(placeOrder.order?.number);
  const approve = () => owner.ask(ApproveTask, { input: { taskId: task!.id, expectedVersion: task!.version } });
  const { approveFormTask } = await approve();
  if (approveFormTask?.__typename !== 'ApproveFormTaskSuccess') throw new Error(approveFormTask?.message);
  expectTypeOf(approveFormTask.task!.state).toEqualTypeOf<'CANCELLED' | 'DECIDED' | 'HANDED_OVER' | 'OPEN' | 'WAITING'>();
  expect(approveFormTask.task?.state).toBe('DECIDED');
  expect((await approve()).approveFormTask).toMatchObject({ __typename: 'TaskAlreadyDecided', task: { decision: 'APPROVED' } });

  const { myForms } = await customer.ask(MyForms);
  expect(myForms?.nodes).toEqual([expect.objectContaining({ customerState: 'AWAITING_YOUR_CONFIRMATION' })]);
});

it('what a rule may refuse can be null, and the compiler says so', async () => {
  const { contact } = await owner.ask(ContactCard, { id: organization.customer.id });
  expectTypeOf(contact!.phone).toEqualTypeOf<string | null>();
  expect(contact).toMatchObject({ name: 'The customer', viewerCan: { edit: true, delete: false } });
  expectTypeOf(contact!).not.toHaveProperty('remark');
});

it('follows one inbox live, and takes a field that a rule refuses for a null', async () => {
  const colleague = new GuichetClient(server.url, organization.colleague.token);
  const { contact } = await colleague.ask(ContactCard, { id: organization.customer.id });
  expect(contact).toMatchObject({ name: 'The customer', phone: null });
  await expect(new GuichetClient(server.url, 'no token').ask(Inbox)).rejects.toThrow(AnswerError);

  const { myTasks } = await owner.ask(Inbox);
  const events = owner.follow(InboxEvents, { after: myTasks!.liveCursor });
  const next = events.next();
  const { products } = await customer.ask(Catalogue, { first: 1 });
  await customer.ask(PlaceOrder, { input: { lines: [{ productId: products!.nodes[0]!.id, quantity: 1 }], idempotencyKey: 'live' } });
  expect((await next).value?.myTasks).toMatchObject({ kind: 'OPENED' });
  await events.return(undefined);
  await colleague.close();
});

it('is what the page for front ends shows: the same scalars', () => {
  const [, shown] = /scalars: \{\n([\s\S]*?)\n\s*\},\n/.exec(readText('docs/front-end.md'))!;
  const named = [...shown!.matchAll(/^\s+(\w+): ('\w+'|\{[^}]*\}),/gm)].map(([, name, type]) => [name, type]);
  const [own] = Object.values(codegen.generates) as { readonly config: { readonly scalars: object } }[];
  const written = (type: unknown): string => (typeof type === 'string' ? `'${type}'` : `{ input: 'number | string', output: 'number' }`);
  expect(named).toEqual(Object.entries(own!.config.scalars).map(([name, type]) => [name, written(type)]));
});
