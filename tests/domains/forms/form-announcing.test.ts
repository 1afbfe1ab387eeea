import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { importPlugins } from '../../../src/app/modules.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { defineModule, formMoved, formSubmitted, listen } from '../../../src/sdk/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mutate, openTask } from '../../rules/world.fixture.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';

// What modules are told of forms, in the transaction of the step.

const heard: unknown[] = [];
let fails = false;
const tell = async (said: object): Promise<void> => {
  heard.push(said);
  if (fails) throw new Error('The listener cannot do its part.');
};
const listener = defineModule({
  name: 'listening',
  version: '1.0.0',
  description: 'Listens.',
  guichet: '^0.1.0',
  needs: ['forms'],
  listeners: [listen(formSubmitted, (_, said) => tell({ submitted: said })), listen(formMoved, (_, said) => tell(said))],
});

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [...(await importPlugins()), listener] });
  own = await server.organization();
});
afterEach(() => {
  heard.length = 0;
  fails = false;
});
afterAll(() => server.stop());

async function order(seat = own.customer): Promise<string> {
  const { nodes } = (await seat.query('{ products(first: 1) { nodes { id } } }')).products;
  return (await mutate(seat, 'placeOrder', { lines: [{ productId: nodes[0].id, quantity: 1 }] }, 'order { id }')).order!.id;
}
const of = (formId: string, seat = own.customer) => ({
  formId: decodeGlobalId('BusinessForm', formId),
  contactId: decodeGlobalId('Contact', seat.id),
  kind: 'ORDER',
});

const idOf = ({ id }: { readonly id: string }): string => decodeGlobalId('Employee', id)!;
/** Whose turn it is. */
const turn = (taskId: string, who: { readonly id: string } | null) => ({
  taskId: decodeGlobalId('FormTask', taskId),
  employeeId: who && idOf(who),
  forId: null,
  kind: 'APPROVAL',
});
const QUIET = { submittedById: null, cc: [], turns: [], told: [], saidToCustomer: false, reminded: [], actorId: null };

it('each step of a form is announced once, in order: who acted, whose turn it is, what the customer was told', async () => {
  const id = await order();
  const form = of(id);
  const first = await openTask(own.owner, id);
  const submission = { ...form, ...QUIET, move: 'SUBMITTED', turns: [turn(first, own.owner)], told: ['RECEIVED'] };
  expect(heard.splice(0)).toEqual([submission, { submitted: form }]);
  await mutate(own.owner, 'approveFormTask', { taskId: first, nextApproverId: own.supervisor.id });
  const second = await openTask(own.supervisor, id);
  const approval = { turns: [turn(second, own.supervisor)], told: ['IN_PROGRESS'], actorId: idOf(own.owner) };
  expect(heard.splice(0)).toEqual([{ ...form, ...QUIET, move: 'APPROVED', ...approval }]);
  await mutate(own.supervisor, 'approveFormTask', { taskId: second });
  const asked = { told: ['AWAITING_YOUR_CONFIRMATION'], actorId: idOf(own.supervisor) };
  expect(heard.splice(0)).toEqual([{ ...form, ...QUIET, move: 'CONFIRMATION_ASKED', ...asked }]);
  await mutate(own.customer, 'confirmForm', { formId: id });
  expect(heard).toEqual([{ ...form, ...QUIET, move: 'COMPLETED', told: ['COMPLETED'] }]);
});

it('a claim and a rejection are, too', async () => {
  const id = await order(own.unowned);
  const form = of(id, own.unowned);
  heard.length = 0;
  const taskId = await openTask(own.formsAdmin, id);
  await mutate(own.formsAdmin, 'claimFormTask', { taskId });
  await mutate(own.formsAdmin, 'rejectFormTask', { taskId, comment: 'No.' });
  const actorId = idOf(own.formsAdmin);
  expect(heard).toEqual([
    { ...form, ...QUIET, move: 'CLAIMED', turns: [turn(taskId, own.formsAdmin)], told: ['IN_PROGRESS'], actorId },
    { ...form, ...QUIET, move: 'REJECTED', told: ['REJECTED'], actorId },
  ]);
});

it('nothing of a step is kept where a listener fails, and nothing is announced of one that is refused', async () => {
  const id = await order();
  const states = () => rowsOf(server, own, 'select state, customer_state from business_forms order by id');
  const before = await states();
  const taskId = await openTask(own.owner, id);
  heard.length = 0;
  fails = true;
  const approve = 'mutation ($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { __typename } }';
  expect((await own.owner.ask(approve, { input: { taskId } })).errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  expect(await states()).toEqual(before);
  fails = false;
  heard.length = 0;
  expect((await own.colleague.ask(approve, { input: { taskId } })).data?.approveFormTask?.__typename).not.toBe('ApproveFormTaskSuccess');
  expect(heard).toEqual([]);
});
