import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { CopiedProgram } from '../../support/copied-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../../support/started-program.ts';
import { VALUES } from './gossip.plugin.ts';

// All that a server prints and logs while it is used, well and badly, at its most talkative (promise 10). What a level leaves out is at no
// other level either, so the most talkative one has it all.

const HU = '+8613900000001';
const WANG = '+8613800000003';
const CODE = '246810';
const WRONG_CODE = '135797';
const NEW_CONTACT = { name: 'Xiao Qing', phone: '+8613712345678', remark: 'Comes on Thursdays', company: 'Blue Lantern' };
const SIGN_IN =
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token } ... on UserError { code } } }';
const ASK = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
const ORDER = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id } } } }';
const APPROVE = 'mutation ($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { __typename } }';
const CONFIRM = 'mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) { __typename } }';
const KEEP = 'mutation ($input: KeepSecretInput!) { keepSecret(input: $input) { __typename } }';
const ADD = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id version } } ... on UserError { code } } }`;
const UPDATE = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename } }';

let copy: CopiedProgram;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let program: StartedProgram;
/** All values that went through. */
let values: string[];
/** All that came out: both outputs, but for the lines that are meant for the person at a demo's terminal; and the database's log. */
let printed: string;
beforeAll(async () => {
  copy = await CopiedProgram.make(['plugins/ordering']);
  const source = readFileSync(new URL('./gossip.plugin.ts', import.meta.url), 'utf8');
  await copy.write('plugins/gossip/index.ts', `${source}\nexport default gossip;\n`);
  folder = await dataFolder();
  program = await startProgram({ DATA_DIR: folder.path, LOG_LEVEL: 'trace' }, { program: copy.program });
  values = await useTheServer();
  await program.stop();
  const terminal = program
    .output()
    .split('\n')
    .filter((line) => !/^SMS to \+\d+: \d{6} is your|^ {2}\S.* {2}\+861|^Guichet demo\. Seats/.test(line));
  const database = join(folder.path, 'database');
  const logs = readdirSync(database, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));
  printed = [...terminal, program.complaints(), ...logs.map((name) => readFileSync(join(database, name), 'utf8'))].join('\n');
});
afterAll(async () => {
  await folder?.remove();
  await copy?.remove();
});

const seatOf = (token: string | undefined): TestSeat => new TestSeat({ id: '', name: '', token, url: program.url });
async function signIn(phone: string): Promise<TestSeat> {
  const nobody = seatOf(undefined);
  await nobody.does(ASK, { input: { phone } });
  return seatOf((await nobody.does(SIGN_IN, { input: { phone, code: CODE } })).token);
}

/** The demo's story, refusals, and faults of every kind. */
async function useTheServer(): Promise<string[]> {
  const [customer, owner] = [await signIn(HU), await signIn(WANG)];
  await seatOf(undefined).ask(SIGN_IN, { input: { phone: HU, code: WRONG_CODE } });
  await playStory(customer, owner);
  const kept = await keepContact(owner);
  await misuse(customer, owner, kept);
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  // a phone is eleven digits behind its country; a count of bytes may begin like one
  expect(metrics).not.toMatch(/86(138|139|137)\d{8}|blue/);
  return [
    ...Object.values(VALUES),
    HU,
    WANG,
    CODE,
    WRONG_CODE,
    customer.token!,
    owner.token!,
    ...Object.values(NEW_CONTACT),
    'Hu Yan',
    'Wang Lei',
  ];
}

async function playStory(customer: TestSeat, owner: TestSeat): Promise<void> {
  const { myTasks } = await owner.query('{ myTasks { liveCursor } }');
  const live = owner.follow('subscription ($after: EventCursor!) { myTasks(after: $after) { taskId } }', { after: myTasks.liveCursor });
  const { products } = await customer.query('{ products(first: 1) { nodes { id } } }');
  const { order } = await customer.does(ORDER, { input: { lines: [{ productId: products.nodes[0].id, quantity: 1 }], note: VALUES.form } });
  const { taskId } = await live.next();
  await live.stop();
  await owner.does(APPROVE, { input: { taskId, comment: VALUES.form } });
  await customer.does(CONFIRM, { input: { formId: order.id } });
  await customer.ask(CONFIRM, { input: { formId: order.id, idempotencyKey: VALUES.code } });
}

async function keepContact(owner: TestSeat): Promise<string> {
  const { tagGroups } = await owner.query('{ tagGroups { nodes { tags { nodes { id } } } } }');
  const { remark, ...added } = NEW_CONTACT;
  const input = { ...added, tagIds: [tagGroups.nodes[0].tags.nodes[0].id] };
  const { contact } = await owner.does(ADD, { input });
  await owner.ask(ADD, { input });
  await owner.does(UPDATE, { input: { contactId: contact.id, expectedVersion: contact.version, remark } });
  return contact.id;
}

async function misuse(customer: TestSeat, owner: TestSeat, contactId: string): Promise<void> {
  const { phone, form, code, token } = VALUES;
  await owner.ask(`{ contacts(search: "${NEW_CONTACT.phone}") { totalCount } }`);
  await owner.ask(`query Of${phone.slice(1)} { viewer { name } }`);
  await owner.ask(`{ p${phone.slice(1)}: gossip viewer { name } }`);
  await owner.ask(KEEP, { input: { text: [phone, form] } });
  await owner.ask(`{ viewer(${code}: 1) `);
  await owner.ask(`{ ${'a'.repeat(40)} }`, { phone });
  await seatOf(token).ask('{ viewer { name } }');
  const headers = { 'x-request-id': customer.token! };
  await fetch(`${program.url}/graphql?query={viewer{name}}&variables={"phone":"${phone}"}`, { headers });
  await fetch(`${program.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"query": "${form}` });
  await fetch(`${program.url}/ring-at-the-blue-door/${token}?phone=${phone}`, { headers: { 'x-request-id': `tel-${phone.slice(1)}` } });
  await owner.does(KEEP, { input: { text: `${form} ${phone}` } });
  await owner.ask(KEEP, { input: { text: `${form} ${phone}` } });
  await owner.ask('query ($id: ID!) { contact(id: $id) { name gossip } }', { id: contactId });
  await owner.ask('{ gossip gossipLater }');
  const socket = seatOf(token).follow('subscription { myTasks { taskId } }');
  await expect(socket.next()).rejects.toThrow();
  await socket.stop();
}

describe('what a server tells', () => {
  it('holds no phone, code, token, name or form value', () => {
    for (const value of values) expect([value, printed.includes(value.replace(/^\+86/, ''))]).toEqual([value, false]);
    expect(printed).not.toMatch(/blue.door/);
  });
  it('is each request, and each fault with its place', () => {
    const log = printed.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
    const faults = log.filter(({ err, word }) => err && !word);
    const own = { plugin: 'gossip', frames: expect.arrayContaining([expect.stringContaining('plugins/gossip/index.ts:')]) };
    const violated = { class: 'DatabaseError', code: '23505', schema: 'plg_gossip', constraint: 'secrets_text' };
    const told: [place: object, error: object][] = [
      [
        { field: 'Query.gossip', module: 'gossip' },
        { ...own, cause: expect.objectContaining({ class: 'Error' }) },
      ],
      [{ field: 'Mutation.keepSecret', module: 'gossip' }, violated],
      [{ module: 'gossip' }, { class: 'DatabaseError', code: '22P02' }],
      [{ plugin: 'gossip' }, { class: 'Error' }],
      [{ plugin: 'gossip' }, { class: 'TypeError' }],
      [{ field: 'Query.gossipLater', module: 'gossip' }, { class: 'GraphQLError' }],
    ];
    for (const [place, error] of told)
      expect(faults).toContainEqual(expect.objectContaining({ ...place, err: expect.objectContaining(error) }));
    expect(faults).toHaveLength(told.length + 1); // one is asked twice
    for (const { requestId } of faults.filter(({ module }) => module))
      expect(log).toContainEqual(expect.objectContaining({ msg: 'request', requestId, status: 200 }));
    expect(log).toContainEqual(expect.objectContaining({ msg: 'request', operation: 'SignIn', method: 'POST', path: '/graphql' }));
    expect(log).toContainEqual(expect.objectContaining({ msg: 'request', method: 'SOCKET' }));
    expect(log).toContainEqual(
      expect.objectContaining({
        ...{ level: 40, msg: 'a module', plugin: 'gossip', word: 'SECRET_KEPT' },
        facts: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), count: 1, isNew: true, ofAPhone: '…', secret: '…', state: 'KEPT' },
        err: expect.objectContaining({ class: 'Error' }),
      }),
    );
    expect(log).toContainEqual(expect.objectContaining({ level: 30, plugin: 'gossip', word: '…', facts: {} }));
    expect(program.output()).toMatch(/SMS to \+8613900000001: \d{6} is your/);
  });
});
