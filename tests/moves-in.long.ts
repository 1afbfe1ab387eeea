import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSeat } from '../src/testing/test-seat.ts';
import { inSteps } from './support/in-steps.ts';
import { runProgram } from './support/run-program.ts';
import { openSmsInbox, type SmsInbox } from './support/sms-inbox.ts';
import { dataFolder, type StartedProgram, startProgram } from './support/started-program.ts';

// A company moves in (spec 2.1, 3.15, 5.1, 10.1, 10.3): from its founding by the operator to its first completed order and the leaving of
// its salesman, over HTTP and sockets
// against the program that an operator starts, without the demo. Codes come by the webhook, as they do in production.

const PHONES = { lin: '+8613800000001', zhao: '+8613800000002', wang: '+8613800000003', hu: '+8613900000001' } as const;
const NAMES = { lin: 'Lin Fang', zhao: 'Zhao Min', wang: 'Wang Lei', hu: 'Hu Yan' } as const;
type Name = keyof typeof PHONES;

/** A mutation and what is asked of it, where it was done. */
const mutation = (name: string, done: string): string => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  return `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${done} } ... on UserError { code message path } } }`;
};
const TASKS = '{ myTasks { liveCursor nodes { id version form { id contact { name } } } } }';
const TASKS_LIVE = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind task { id version form { id } } } }';
const FORMS = '{ myForms { liveCursor nodes { id } } }';
const FORMS_LIVE = 'subscription ($after: EventCursor) { myForms(after: $after) { customerState form { id } } }';

let inbox: SmsInbox;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let program: StartedProgram;
const seats = {} as Record<Name, TestSeat>;
const ids = {} as Record<'sales' | 'tag' | 'product' | 'contact' | 'order', string>;

const operator = async (...args: string[]) => {
  const { code, stdout, stderr } = await runProgram(['organization', ...args, '--json'], { DATA_DIR: folder.path });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};
const does = (who: Name, name: string, input: object, done: string) =>
  seats[who].does(mutation(name, done), { input: { ...input, idempotencyKey: crypto.randomUUID() } });

/** Signs somebody in by the code that their phone is sent. */
async function signIn(name: Name, organization = 'Qinghe Tools'): Promise<void> {
  const nobody = new TestSeat({ id: '', name, token: undefined, url: program.url });
  const phone = PHONES[name];
  await nobody.does(mutation('requestSignInCode', 'expiresAt'), { input: { phone } });
  const { text, parameters } = await inbox.next(phone);
  expect(text).toContain(organization);
  const { token, seat } = await nobody.does(mutation('signIn', 'token seat { id name }'), { input: { phone, code: parameters.code } });
  expect(seat.name).toBe(NAMES[name]);
  seats[name] = new TestSeat({ id: seat.id, name, token, url: program.url });
}

beforeAll(async () => {
  inbox = await openSmsInbox();
  folder = await dataFolder();
});
afterAll(async () => {
  const stopped = await program?.stop();
  await folder?.remove();
  await inbox?.close();
  expect(stopped).toBe(0);
});

inSteps('a company moves in', () => {
  it('is founded by the operator, on a machine where nothing was', async () => {
    const made = await operator('create', '--name', 'Qinghe Tools', '--admin-name', NAMES.lin, '--admin-phone', PHONES.lin);
    expect(made).toMatchObject({ certification: 'TEAM', admin: { name: NAMES.lin } });
    program = await startProgram({ DATA_DIR: folder.path, HOST: '127.0.0.1', ...inbox.settings });
    expect(program.output()).not.toContain('demo');
    expect(program.output()).not.toContain('There is no organization yet');
  });

  it('has an admin, who signs in by the code that comes, and by no other', async () => {
    const nobody = new TestSeat({ id: '', name: 'nobody', token: undefined, url: program.url });
    const { signIn: refused } = await nobody.query(mutation('signIn', 'token'), { input: { phone: PHONES.lin, code: '246810' } });
    expect(refused.__typename).toBe('SignInRefused');
    await signIn('lin');
    const { organization } = await seats.lin.query('{ organization { name certification timeZone } }');
    expect(organization).toEqual({ name: 'Qinghe Tools', certification: 'TEAM', timeZone: 'Asia/Shanghai' });
  });

  it('is staffed by its admin: a department, its salesman and its supervisor, who sign in', async () => {
    ids.sales = (await does('lin', 'addDepartment', { name: 'Sales' }, 'department { id }')).department.id;
    for (const name of ['zhao', 'wang'] as const) {
      const input = { name: NAMES[name], phone: PHONES[name], departmentIds: [ids.sales] };
      await seats.lin.does(mutation('addEmployee', 'employee { id }'), { input: { ...input, idempotencyKey: name } });
      await signIn(name);
    }
    const supervisors = { departmentId: ids.sales, employeeIds: [seats.zhao.id] };
    await seats.lin.does(mutation('setDepartmentSupervisors', 'department { id }'), { input: supervisors });
  });

  it('has something to sell, and a tag for whom it sells to', async () => {
    const { tagGroup } = await does('lin', 'addTagGroup', { name: 'Level', color: 'RED' }, 'tagGroup { id }');
    ids.tag = (await does('lin', 'addTag', { groupId: tagGroup.id, name: 'Key account' }, 'tag { id }')).tag.id;
    const product = { name: 'Saw', unit: 'piece', price: { amount: 12_500, currency: 'CNY' }, stock: 10 };
    ids.product = (await does('lin', 'addProduct', product, 'product { id }')).product.id;
  });

  it('opens its window once the operator has certified it, while the server runs', async () => {
    const input = { idempotencyKey: 'open' };
    const refused = await seats.lin.query(mutation('openServiceWindow', 'window { state }'), { input });
    expect(refused.openServiceWindow.code).toBe('CERTIFICATION_REQUIRED');
    await operator('certify', 'Qinghe Tools', '--level', 'ADVANCED', '--reason', 'Business licence checked');
    const { window } = await seats.lin.does(mutation('openServiceWindow', 'window { state }'), { input });
    expect(window.state).toBe('OPEN');
  });

  it('lets a customer in, whom its salesman has added', async () => {
    const customer = { name: NAMES.hu, phone: PHONES.hu, tagIds: [ids.tag] };
    ids.contact = (await does('wang', 'addContact', customer, 'contact { id owner { id } }')).contact.id;
    const { results } = await does('wang', 'inviteContacts', { contactIds: [ids.contact] }, 'results { __typename }');
    expect(results).toEqual([{ __typename: 'InviteContactsItemSuccess' }]);
    await signIn('hu');
    expect(seats.hu.id).toBe(ids.contact);
    expect((await seats.hu.query('{ serviceWindow { state } }')).serviceWindow).toEqual({ state: 'OPEN' });
  });

  it('has its first order, live, from the customer through the company and back', async () => {
    const { hu, wang, zhao } = seats;
    const tasks = wang.follow(TASKS_LIVE, { after: (await wang.query(TASKS)).myTasks.liveCursor });
    const forms = hu.follow(FORMS_LIVE, { after: (await hu.query(FORMS)).myForms.liveCursor });
    const { order } = await does('hu', 'placeOrder', { lines: [{ productId: ids.product, quantity: 2 }] }, 'order { id total { amount } }');
    ids.order = order.id;
    expect(order.total.amount).toBe(25_000);
    const { task } = await tasks.next();
    expect(task.form.id).toBe(order.id);
    await does('wang', 'approveFormTask', { taskId: task.id, expectedVersion: task.version, nextApproverId: zhao.id }, 'form { id }');
    const [last] = (await zhao.query(TASKS)).myTasks.nodes;
    expect(last.form).toEqual({ id: order.id, contact: { name: NAMES.hu } });
    await does('zhao', 'approveFormTask', { taskId: last.id, expectedVersion: last.version }, 'form { id }');
    const { form } = await does('hu', 'confirmForm', { formId: order.id }, 'form { customerState }');
    expect(form.customerState).toBe('COMPLETED');
    const told: string[] = [];
    while (told.at(-1) !== 'COMPLETED') told.push((await forms.next()).customerState);
    expect(told).toEqual(['RECEIVED', 'IN_PROGRESS', 'AWAITING_YOUR_CONFIRMATION', 'COMPLETED']);
    await tasks.stop();
    await forms.stop();
  });

  it('is shown the notice alone where the certification is lost, and all again when it is back', async () => {
    const orders = async () => (await seats.hu.ask('{ serviceWindow { state } myForms { nodes { id } } }')) as never;
    await operator('certify', 'Qinghe Tools', '--level', 'BASIC', '--reason', 'Licence ran out');
    await expect
      .poll(orders)
      .toMatchObject({ data: { serviceWindow: { state: 'SUSPENDED' } }, errors: [{ extensions: { code: 'WINDOW_SUSPENDED' } }] });
    await operator('certify', 'Qinghe Tools', '--level', 'ADVANCED', '--reason', 'Licence renewed');
    await expect.poll(orders).toEqual({ data: { serviceWindow: { state: 'OPEN' }, myForms: { nodes: [{ id: ids.order }] } }, errors: [] });
  });

  it('goes on when its salesman leaves: his customer and his open task are his supervisor’s, and he is out at once', async () => {
    const { wang, zhao, lin } = seats;
    const again = { lines: [{ productId: ids.product, quantity: 1 }], note: 'Once more' };
    const { order } = await does('hu', 'placeOrder', again, 'order { id }');
    const leaves = mutation('offboardEmployee', 'report { contacts { moved unowned } tasks sessions } transfer { id }');
    const dry = await lin.does(leaves, { input: { employeeId: wang.id, dryRun: true } });
    expect(dry.report).toEqual({ contacts: { moved: 1, unowned: 0 }, tasks: 1, sessions: 1 });
    expect((await wang.query('{ viewer { name } }')).viewer.name).toBe(NAMES.wang);
    const { report, transfer } = await lin.does(leaves, { input: { employeeId: wang.id, idempotencyKey: 'wang leaves' } });
    expect([report, transfer]).toEqual([dry.report, { id: expect.any(String) }]);
    await expect.poll(async () => (await wang.ask('{ viewer { name } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const { contact } = await zhao.query('query ($id: ID!) { contact(id: $id) { owner { id } } }', { id: ids.contact });
    expect(contact.owner.id).toBe(zhao.id);
    const [task] = (await zhao.query(TASKS)).myTasks.nodes;
    expect(task.form.id).toBe(order.id);
    await does('zhao', 'approveFormTask', { taskId: task.id, expectedVersion: task.version }, 'form { id }');
    expect((await does('hu', 'confirmForm', { formId: order.id }, 'form { customerState }')).form.customerState).toBe('COMPLETED');
  });
});
