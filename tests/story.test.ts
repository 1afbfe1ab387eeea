import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSeat } from '../src/testing/test-seat.ts';
import { DemoPages } from './support/demo-pages.ts';
import { inSteps } from './support/in-steps.ts';
import { dataFolder, type StartedProgram, startProgram } from './support/started-program.ts';

// The demo's story, played over HTTP and sockets against the program that `npm start` starts: what a newcomer sees.

const PHONES = {
  lin: '+8613800000001',
  zhao: '+8613800000002',
  wang: '+8613800000003',
  chen: '+8613800000004',
  sun: '+8613800000005',
  guo: '+8613800000006',
  xu: '+8613800000007',
  hu: '+8613900000001',
  ma: '+8613900000002',
  tang: '+8613800000011',
} as const;
type Name = keyof typeof PHONES;

const ASK = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token seat { id name organization { name } } seats { id } } } }`;
const PRODUCTS = '{ products(first: 3) { nodes { id name price { amount currency } availability } } }';
const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id number customerState total { amount currency } lines { name quantity unitPrice { amount } } } } ... on UserError { code message path } }
}`;
const APPROVE = `mutation ($input: ApproveFormTaskInput!) {
  approveFormTask(input: $input) { __typename ... on ApproveFormTaskSuccess { task { id state decision } form { id state customerState } } ... on UserError { code } }
}`;
const CLAIM = `mutation ($input: ClaimFormTaskInput!) {
  claimFormTask(input: $input) { __typename ... on ClaimFormTaskSuccess { task { id version assignee { name } } } ... on TaskAlreadyClaimed { code task { assignee { name } } } }
}`;
const CONFIRM = `mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) { __typename ... on ConfirmFormSuccess { form { id customerState } } } }`;
const TASKS = `{ myTasks { liveCursor nodes { id version state assignee { name } form { id number contact { name company { name } } ... on Order { total { amount } lines { name } } } } } }`;
const TASKS_LIVE = `subscription ($after: EventCursor) { myTasks(after: $after) { cursor kind taskId task { id state form { id } } } }`;
const FORMS = '{ myForms { liveCursor nodes { id number customerState } } }';
const FORMS_LIVE =
  'subscription ($after: EventCursor) { myForms(after: $after) { cursor kind at customerState form { id number customerState } } }';
const CONTACT = 'query ($id: ID!) { contact(id: $id) { id name phone owner { name } viewerRoles viewerCan { edit delete } } }';
const UPDATE = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename ... on UpdateContactSuccess { contact { remark } } } }`;
const DELETE = `mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename ... on DeleteContactsSuccess { results { __typename } } } }`;

let program: StartedProgram;
let folder: Awaited<ReturnType<typeof dataFolder>>;
const seats = {} as Record<Name, TestSeat>;

async function signIn(name: Name): Promise<TestSeat> {
  const nobody = new TestSeat({ id: '', name, token: undefined, url: program.url });
  await nobody.does(ASK, { input: { phone: PHONES[name] } });
  const { token, seat } = await nobody.does(SIGN_IN, { input: { phone: PHONES[name], code: '246810' } });
  return new TestSeat({ id: seat.id, name: seat.name, token, url: program.url });
}

beforeAll(async () => {
  folder = await dataFolder();
  program = await startProgram({ DATA_DIR: folder.path });
  for (const name of Object.keys(PHONES) as Name[]) seats[name] = await signIn(name);
});
afterAll(async () => {
  expect(await program?.stop()).toBe(0);
  await folder?.remove();
});

inSteps('the story', () => {
  describe('what the program prints', () => {
    it('is one line a seat, and the address to open', () => {
      const lines = program.output().split('\n');
      for (const phone of Object.values(PHONES)) expect(lines.filter((line) => line.includes(phone)).length).toBeGreaterThan(0);
      expect(lines.find((line) => line.includes(PHONES.wang))).toContain('sales');
      expect(program.output()).toContain(`Open ${program.url}/ in a browser`);
    });
  });

  describe('the pages', () => {
    const html = async (path: string): Promise<string> => {
      const answer = await fetch(`${program.url}${path}`, { headers: { accept: 'text/html' } });
      expect(answer.status).toBe(200);
      return answer.text();
    };
    /** Addresses that a page would load by itself. */
    const loaded = (page: string): string[] =>
      [...page.replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, '').matchAll(/(?:src|href)="(https?:\/\/[^"]+)"/g)].map(
        ([, address]) => address!,
      );

    it('show the seats, and each opens GraphiQL signed in, without a network', async () => {
      const page = await html('/');
      for (const name of ['Hu Yan', 'Wang Lei', 'Zhao Min', 'Guo Tao', 'Tang Yu']) expect(page).toContain(name);
      expect(loaded(page)).toEqual([]);
      const [, seat] = /href="(\/demo\/\d+)"/.exec(page)!;
      const graphiql = await html(seat!);
      expect(graphiql).toContain('placeOrder');
      expect(graphiql).toMatch(/authorization[^A-Za-z]+Bearer [\w-]{43}/);
      expect(loaded(graphiql)).toEqual([]);
      expect(await html('/graphql')).toBe(page); // a browser is sent on
    });
  });

  describe('an order of a customer with an owner', () => {
    it('goes to the owner live, to the supervisor, and back to the customer, who confirms', async () => {
      const { hu, wang, zhao } = seats;
      const { products } = await hu.query(PRODUCTS);
      expect(products.nodes[0]).toMatchObject({ price: { currency: 'CNY' }, availability: expect.any(Number) });

      const inbox = wang.follow(TASKS_LIVE, { after: (await wang.query(TASKS)).myTasks.liveCursor });
      const mine = hu.follow(FORMS_LIVE, { after: (await hu.query(FORMS)).myForms.liveCursor });

      const lines = products.nodes.slice(0, 2).map(({ id }: { id: string }, i: number) => ({ productId: id, quantity: i + 1 }));
      const { order } = await hu.does(PLACE, { input: { lines, note: 'In the morning, please.', idempotencyKey: 'story-order' } });
      const [first, second] = products.nodes;
      expect(order).toMatchObject({
        customerState: 'RECEIVED',
        total: { amount: first.price.amount + 2 * second.price.amount, currency: 'CNY' },
      });
      expect(order.number).toMatch(/^SO-\d{4}-[0-9A-HJKMNP-TV-Z]{6}$/);
      const again = await hu.does(PLACE, { input: { lines, note: 'In the morning, please.', idempotencyKey: 'story-order' } });
      expect(again.order.id).toBe(order.id);

      const arrived = await inbox.next();
      expect(arrived).toMatchObject({ kind: 'OPENED', task: { state: 'OPEN', form: { id: order.id } } });
      const [task] = (await wang.query(TASKS)).myTasks.nodes;
      expect(task).toMatchObject({
        id: arrived.taskId,
        assignee: { name: 'Wang Lei' },
        form: { contact: { name: 'Hu Yan' }, total: order.total && { amount: order.total.amount } },
      });
      expect(await mine.next()).toMatchObject({ customerState: 'RECEIVED', form: { id: order.id } });

      await wang.does(APPROVE, {
        input: { taskId: task.id, expectedVersion: task.version, nextApproverId: zhao.id, idempotencyKey: 'story-1' },
      });
      expect(await mine.next()).toMatchObject({ customerState: 'IN_PROGRESS', form: { customerState: 'IN_PROGRESS' } });
      const [last] = (await zhao.query(TASKS)).myTasks.nodes;
      const { form } = await zhao.does(APPROVE, { input: { taskId: last.id, expectedVersion: last.version, idempotencyKey: 'story-2' } });
      expect(form).toMatchObject({ state: 'AWAITING_CONFIRMATION', customerState: 'AWAITING_YOUR_CONFIRMATION' });
      expect(await mine.next()).toMatchObject({ customerState: 'AWAITING_YOUR_CONFIRMATION' });

      const done = await hu.does(CONFIRM, { input: { formId: order.id, idempotencyKey: 'story-3' } });
      expect(done.form.customerState).toBe('COMPLETED');
      expect(await mine.next()).toMatchObject({ customerState: 'COMPLETED' });
      await inbox.stop();
      await mine.stop();
    });

    it('never tells the customer who or how many acted', async () => {
      const { hu } = seats;
      for (const field of ['state', 'version', 'updatedAt', 'tasks { nodes { id } }', 'history { nodes { id } }']) {
        const { data, errors } = await hu.ask(`{ myForms { nodes { ${field} } } }`);
        expect(data).toBeNull();
        expect(errors[0]!.extensions.code).toBe('BAD_REQUEST');
      }
    });
  });

  describe('the contact of the story', () => {
    const contactId = (): string => seats.hu.id;
    const read = (name: Name) => seats[name].ask(CONTACT, { id: contactId() });

    it.each([
      ['wang', ['OWNER', 'COLLEAGUE', 'PARTICIPANT'], { edit: true, delete: false }],
      ['zhao', ['OWNERS_SUPERVISOR', 'COLLEAGUE', 'PARTICIPANT'], { edit: true, delete: false }],
      ['sun', ['SHAREE', 'COLLEAGUE'], { edit: false, delete: false }],
      ['lin', ['ADMIN', 'COLLEAGUE'], { edit: true, delete: true }],
    ] as const)('is read by %s', async (name, roles, can) => {
      const { data, errors } = await read(name);
      expect(errors).toEqual([]);
      expect(data.contact).toMatchObject({ name: 'Hu Yan', phone: PHONES.hu, owner: { name: 'Wang Lei' }, viewerCan: can });
      expect([...data.contact.viewerRoles].sort()).toEqual([...roles].sort());
    });

    it.each(['guo', 'chen', 'xu'] as const)('is no more than a name to the colleague %s', async (name) => {
      const { data, errors } = await read(name);
      expect(data.contact).toMatchObject({ name: 'Hu Yan', phone: null, owner: null });
      expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
        [['contact', 'phone'], 'FORBIDDEN'],
        [['contact', 'owner'], 'FORBIDDEN'],
      ]);
    });

    it('does not exist for another organization’s admin', async () => {
      expect(await read('tang')).toEqual({ data: { contact: null }, errors: [] });
      expect(await seats.tang.ask(CONTACT, { id: 'never issued' })).toEqual({ data: { contact: null }, errors: [] });
    });

    it('is edited by its owner and not by a sharee', async () => {
      const { wang, sun } = seats;
      const { contact } = await wang.query('query ($id: ID!) { contact(id: $id) { version } }', { id: contactId() });
      const input = { contactId: contactId(), expectedVersion: contact.version, remark: 'Prefers mornings.' };
      const refused = await sun.ask(UPDATE, { input });
      expect(refused).toMatchObject({ data: { updateContact: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      expect((await wang.does(UPDATE, { input })).contact.remark).toBe('Prefers mornings.');
    });

    it('is deleted by the admin alone', async () => {
      const { lin, wang } = seats;
      const { contacts } = await wang.query('{ contacts(list: MINE, first: 1) { nodes { id } } }');
      const [victim] = contacts.nodes;
      const refused = await wang.ask(DELETE, { input: { contactIds: [victim.id] } });
      expect(refused).toMatchObject({ data: { deleteContacts: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      expect((await lin.does(DELETE, { input: { contactIds: [victim.id] } })).results).toEqual([
        { __typename: 'DeleteContactsItemSuccess' },
      ]);
      expect((await wang.query(CONTACT, { id: victim.id })).contact).toBeNull();
    });
  });

  describe('an order of a customer without an owner', () => {
    it('goes to the admins: the first to claim it has it, the second is told', async () => {
      const { ma, lin, xu } = seats;
      const { products } = await ma.query(PRODUCTS);
      const live = xu.follow(TASKS_LIVE, { after: (await xu.query(TASKS)).myTasks.liveCursor });
      await ma.does(PLACE, { input: { lines: [{ productId: products.nodes[0].id, quantity: 1 }], idempotencyKey: 'unowned' } });
      const arrived = await live.next();
      expect(arrived).toMatchObject({ kind: 'OPENED', task: { state: 'OPEN' } });
      const claim = (seat: TestSeat) => seat.query(CLAIM, { input: { taskId: arrived.taskId, idempotencyKey: `claim-${seat.name}` } });
      const claims = await Promise.all([claim(lin), claim(xu)]);
      const outcomes = claims.map(({ claimFormTask }) => claimFormTask.__typename).sort();
      expect(outcomes).toEqual(['ClaimFormTaskSuccess', 'TaskAlreadyClaimed']);
      const [won, lost] = [...claims].sort((a, b) => (a.claimFormTask.__typename < b.claimFormTask.__typename ? -1 : 1));
      expect(lost!.claimFormTask.task.assignee.name).toBe(won!.claimFormTask.task.assignee.name);
      expect(await live.next()).toMatchObject({ kind: 'CLAIMED' });
      await live.stop();
    });
  });

  describe('the apps, as their pages play them (spec 8.5)', () => {
    it('are told of at the front, with who does what', async () => {
      const page = await (await fetch(program.url, { headers: { accept: 'text/html' } })).text();
      for (const title of ['Ordering', 'Ordering, with goods on their way', 'Repair', 'Contract', 'Franchise'])
        expect(page).toContain(`<h3>${title}</h3>`);
    });

    it('an order is filled into the cart, shipped in parts, disputed, settled, given back, credited and paid', async () => {
      const pages = new DemoPages(program.url);
      const hu = (step: string) => pages.play('Hu Yan', step);
      const [guo, wang, xu] = ['Guo Tao', 'Wang Lei', 'Xu Li'].map((who) => (step: string) => pages.play(who, step));
      await expect(guo!('PackSome')).rejects.toThrow('No order is shipped yet that I see.');
      for (const step of ['ShipOrders', 'GrantShipping', 'GrantCredit', 'GrantPayments']) await pages.play('Lin Fang', step);
      await hu('FillCart');
      expect(await hu('FillCartMore')).toMatchObject({ cart: { lines: [{ quantity: 4 }, { quantity: 2 }] } });
      expect(await hu('OrderCart')).toMatchObject({ order: { customerState: 'RECEIVED', shipping: { state: 'IN_APPROVAL' } } });
      await expect(hu('OrderCart')).rejects.toThrow();
      const live = seats.hu.follow('subscription { orderChanged { kind order { state } } }');
      await live.opened;
      // Rights are seen within a second.
      await expect.poll(() => guo!('ShipRest').catch(({ message }: Error) => message)).toContain('InvalidTransition');
      await wang!('Approve');
      expect(await pages.play('Zhao Min', 'Approve')).toMatchObject({ form: { customerState: 'AWAITING_YOUR_CONFIRMATION' } });
      expect(await live.next()).toMatchObject({ kind: 'CONFIRMED', order: { state: 'CONFIRMED' } });
      await expect(hu('Confirm')).rejects.toThrow('NOT_RECEIVED');
      await xu!('SetOrderingBuyer');
      const { account } = await xu!('SetCreditLine');
      expect(account.left.amount).toBe(account.limit.amount - account.used.amount);

      expect(await guo!('PackSome')).toMatchObject({ shipment: { state: 'PACKED' } });
      expect(await guo!('SendShipment')).toMatchObject({ shipment: { state: 'SHIPPED' }, order: { state: 'PART_SHIPPED' } });
      expect(await guo!('DeliverShipment')).toMatchObject({ shipment: { state: 'DELIVERED' } });
      expect(await guo!('ShipRest')).toMatchObject({ order: { state: 'SHIPPED' } });
      expect(await hu('ConfirmFirst')).toMatchObject({ order: { lines: [{ received: 4 }, { received: 0 }] } });
      expect(await hu('DisputeReceipt')).toMatchObject({ order: { state: 'SHIPPED' } });
      const disputed = await wang!('Disputes');
      expect(disputed.orderDisputes.nodes).toMatchObject([{ reason: 'The box is crushed.', lines: [{ quantity: 1 }] }]);
      expect(await wang!('SettleDispute')).toMatchObject({ order: { state: 'PART_SHIPPED', lines: [{}, { shipped: 1 }] } });
      expect(await guo!('ShipRest')).toMatchObject({ order: { state: 'SHIPPED' } });
      expect(await hu('ConfirmRest')).toMatchObject({ order: { state: 'RECEIVED' } });

      expect(await hu('RequestReturn')).toMatchObject({ return: { state: 'REQUESTED' } });
      expect(await wang!('DecideReturn')).toMatchObject({ return: { state: 'APPROVED' } });
      expect(await hu('SendReturn')).toMatchObject({ return: { state: 'SENT' } });
      expect(await guo!('ReceiveReturn')).toMatchObject({ return: { state: 'ARRIVED' } });
      expect(await xu!('CreditReturn')).toMatchObject({ return: { state: 'CREDITED' } });
      expect(await xu!('RecordPayment')).toMatchObject({ order: { state: 'PART', paid: { amount: 20_000 } } });
      const { orders, creditAccounts } = await hu('MyOrders');
      expect(orders.nodes[0]).toMatchObject({ state: 'RECEIVED', disputes: [{ state: 'SHIPPED_ANEW' }], returns: [{ state: 'CREDITED' }] });
      expect(creditAccounts.nodes).toMatchObject([{ used: { currency: 'CNY' } }]);
      await pages.play('Lin Fang', 'ShipNoMore');
      await live.stop();
    });

    it('a repair is asked for by a sticker, triaged, done on a visit, signed off and rated', async () => {
      const pages = new DemoPages(program.url);
      await expect(pages.play('Wang Lei', 'TriageRepair')).rejects.toThrow('I see no repair yet.');
      expect(await pages.play('Hu Yan', 'RequestRepair')).toMatchObject({
        repair: { state: 'SUBMITTED', asset: { name: 'Air compressor 7.5 kW' } },
      });
      expect(await pages.play('Wang Lei', 'TriageRepair')).toMatchObject({ repair: { state: 'TRIAGED', dueAt: expect.any(String) } });
      await expect(pages.play('Xu Li', 'SetTechnician')).rejects.toThrow('FORBIDDEN');
      await pages.play('Lin Fang', 'GrantDispatch');
      await expect.poll(() => pages.play('Xu Li', 'SetTechnician')).toMatchObject({ technician: { firstName: 'Hao' } });
      await pages.play('Xu Li', 'ScheduleVisit');
      await expect(pages.play('Sun Hao', 'AcceptVisit')).rejects.toThrow('No visit is planned yet that I see.');
      expect(await pages.play('Xu Li', 'DispatchVisit')).toMatchObject({ visit: { state: 'DISPATCHED' } });
      await expect(pages.play('Sun Hao', 'FinishVisit')).rejects.toThrow('InvalidTransition');
      for (const step of ['AcceptVisit', 'StartVisit', 'ArriveAtVisit', 'BeginVisitWork', 'FinishVisit']) await pages.play('Sun Hao', step);
      expect(await pages.play('Hu Yan', 'SignOffWork')).toMatchObject({ repair: { state: 'CONFIRMED', confirmedBy: 'CUSTOMER' } });
      await pages.play('Hu Yan', 'RateRepair');
    });

    it('a contract is drafted, reviewed, shared, frozen and signed by both', async () => {
      const pages = new DemoPages(program.url);
      expect(await pages.play('Wang Lei', 'DraftContract')).toMatchObject({ contract: { state: 'DRAFT' } });
      await pages.play('Lin Fang', 'GrantLegal');
      await expect(pages.play('Hu Yan', 'AskForSigningCode')).rejects.toThrow('I see no contract yet.');
      expect(await pages.play('Wang Lei', 'RequestReview')).toMatchObject({ contract: { state: 'INTERNAL_REVIEW' } });
      await pages.play('Xu Li', 'Approve');
      for (const step of ['ShareContract', 'FreezeContract', 'SendContract']) await pages.play('Wang Lei', step);
      await expect(pages.play('Hu Yan', 'SignContract')).rejects.toThrow('ContractNotYourTurn');
      for (const step of ['AskForSigningCode', 'SignContract']) await pages.play('Wang Lei', step);
      await pages.play('Hu Yan', 'AskForSigningCode');
      expect(await pages.play('Hu Yan', 'SignContract')).toMatchObject({ contract: { state: 'SIGNED' } });
    });

    it('a franchise is asked for, scored, decided about and disclosed; the contract waits for the law', async () => {
      const pages = new DemoPages(program.url);
      await expect(pages.play('Wang Lei', 'QualifyApplication')).rejects.toThrow('I see no application yet.');
      expect(await pages.play('Hu Yan', 'ApplyForFranchise')).toMatchObject({ application: { state: 'INQUIRY' } });
      await expect(pages.play('Chen Jie', 'SubmitScore')).rejects.toThrow('I see no application yet.');
      await pages.play('Wang Lei', 'QualifyApplication');
      await expect(pages.play('Hu Yan', 'SubmitStage')).rejects.toThrow('ValidationFailed');
      for (const step of ['SaveStage', 'SubmitStage']) await pages.play('Hu Yan', step);
      for (const step of ['ReviewApplication', 'ScheduleInterview', 'ScheduleSiteVisit']) await pages.play('Wang Lei', step);
      await pages.play('Sun Hao', 'RecordSiteVisit');
      expect(await pages.play('Chen Jie', 'SubmitScore')).toMatchObject({ application: { state: 'SCORED' } });
      for (const step of ['HoldTerritory', 'CallCommittee']) await pages.play('Wang Lei', step);
      expect(await pages.play('Lin Fang', 'DecideCommittee')).toMatchObject({ application: { state: 'PROVISIONAL' } });
      expect(await pages.play('Lin Fang', 'SendDisclosure')).toMatchObject({ application: { state: 'DISCLOSED' } });
      await pages.play('Hu Yan', 'AskForDisclosureCode');
      expect(await pages.play('Hu Yan', 'AcknowledgeDisclosure')).toMatchObject({ application: { state: 'DISCLOSURE_ACKNOWLEDGED' } });
      await expect(pages.play('Wang Lei', 'StartContract')).rejects.toThrow('FranchiseTooEarly');
    });
  });
});
