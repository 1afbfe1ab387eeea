import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestOrganization, testPlan } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { NOTE, uploaded } from '../domains/files/file.fixture.ts';
import { published } from '../domains/form-designer/designer.fixture.ts';
import { rowTypes, SURFACES } from './printed.rules.ts';
import { everyField } from './role-by-field.questions.ts';
import { approve, claim, mutate, openTask, placed } from './world.fixture.ts';

// The same order handled by one and by three gives the customer the same transcript, byte for byte but for dates (spec 6.3); and ids,
// numbers and cursors, which are as long.

const HOUR = 3_600_000;
let now = Date.parse('2026-06-01T02:00:00Z');
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
});
afterAll(() => server.stop());

const [ORDER, FRAGMENTS] = everyField(SURFACES.portal, rowTypes(SURFACES.portal).get('Order')!);
const FORM = `... on Order { ${ORDER} }`;
const READS = `query ($id: ID!) {
  myForms { liveCursor totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { __typename ${FORM} } }
  businessForm(id: $id) { ${FORM} }
  node(id: $id) { ${FORM} }
  viewer { ... on Contact { name phone owner { name } businessForms { totalCount nodes { id customerState customerVersion } } } }
} ${FRAGMENTS}`;
const CONFIRM = `mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) {
  __typename ... on ConfirmFormSuccess { form { ${FORM} } } ... on UserError { code message path } ... on FormMoveNotAllowed { customerState } } } ${FRAGMENTS}`;
const AGAIN = `contact { businessForms { totalCount nodes { customerState customerStateSince customerVersion } } }
  submittedBy { ... on Contact { businessForms(where: { customerState: { in: [AWAITING_YOUR_CONFIRMATION, REJECTED] } }) { totalCount } } }`;
const LIVE = `cursor kind at formId customerState form { ${FORM} ${AGAIN} }`;
const MY_FORMS = `subscription ($after: EventCursor) { it: myForms(after: $after) { ${LIVE} } } ${FRAGMENTS}`;
const ONE_FORM = `subscription ($id: ID!, $after: EventCursor) { it: businessForm(id: $id, after: $after) { ${LIVE} } } ${FRAGMENTS}`;

/** The answer as it went over the wire. */
async function wire(seat: TestSeat, query: string, variables: object): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${seat.token}` };
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return response.text();
}

/** Addresses of printed pages are sealed anew at each reading. */
const unsealed = (text: string): string => text.replaceAll(/(?<=\/print\/)[\w-]+/g, (found) => '*'.repeat(found.length));
/** A reading without the places in streams and lists. */
const withoutCursors = (text: string): string => unsealed(text).replaceAll(/(?<="\w*[cC]ursor":")[^"]+/g, '');
/** Dates, ids, numbers and cursors become signs of the same length. */
const anonymous = (text: string): string =>
  unsealed(text)
    .replaceAll(/(?<="\w*[cC]ursor":")[^"]+/g, (found) => '~'.repeat(found.length))
    .replaceAll(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, (found) => '@'.repeat(found.length))
    .replaceAll(/\bSO-\d{4}-[0-9A-HJKMNP-TV-Z]{6}\b/g, (found) => '#'.repeat(found.length))
    .replaceAll(/(?<=")[\w-]{24}(?=")/g, (found) => '*'.repeat(found.length));

interface Told {
  readonly kind: string;
  readonly formId: string;
  readonly customerState: string;
}

/** Two organizations of which a customer could not tell one from the other. */
async function twins(): Promise<readonly [TestOrganization, TestOrganization]> {
  const one = testPlan();
  const two = { ...testPlan(), contacts: one.contacts };
  return [await server.organization(one), await server.organization(two)];
}

/** What the customer of an organization sees of an order from its first day to its last. */
async function transcriptOf(own: TestOrganization, handlers: readonly TestSeat[], end: 'approve' | 'reject'): Promise<string[]> {
  const { customer } = own;
  const { myForms } = await customer.query('{ myForms { liveCursor } }');
  const all = customer.follow<Told>(MY_FORMS, { after: myForms.liveCursor });
  const id = await placed(customer);
  const one = customer.follow<Told>(ONE_FORM, { id, after: myForms.liveCursor });
  const lines = [await wire(customer, READS, { id }), await wire(customer, CONFIRM, { input: { formId: id } })];
  await handle(customer, id, handlers, end);
  lines.push(await wire(customer, READS, { id }), await wire(customer, CONFIRM, { input: { formId: id } }));
  lines.push(await wire(customer, READS, { id }), await wire(customer, CONFIRM, { input: { formId: id } }));
  const ofAll = await toldUntilTheEnd(all);
  const ofOne = await toldUntilTheEnd(one);
  const last = await placed(customer); // nothing more was told of the first before something is told of this
  expect(await all.next()).toMatchObject({ formId: last, customerState: 'RECEIVED' });
  await Promise.all([all.stop(), one.stop()]);
  return [...lines, ...ofAll, ...ofOne].map(anonymous);
}

async function toldUntilTheEnd(live: { next(): Promise<Told> }): Promise<string[]> {
  const told: Told[] = [];
  while (!['COMPLETED', 'REJECTED'].includes(told.at(-1)?.customerState ?? '')) told.push(await live.next());
  return told.map((event) => JSON.stringify(event));
}

/** Each handler has an opinion that the customer never hears; no act but the first and the last changes anything that the customer reads. */
async function handle(customer: TestSeat, id: string, handlers: readonly TestSeat[], end: 'approve' | 'reject'): Promise<void> {
  const readings: string[] = [];
  for (const [i, handler] of handlers.entries()) {
    const next = handlers[i + 1];
    if (next || end === 'approve') await approve(handler, id, next);
    else await mutate(handler, 'rejectFormTask', { taskId: await openTask(handler, id), comment: 'Agreed that it will not do.' });
    if (next) readings.push(withoutCursors(await wire(customer, READS, { id })));
  }
  expect(new Set(readings).size).toBeLessThanOrEqual(1);
}

describe.each(['approve', 'reject'] as const)('an order that the last one inside will %s', (end) => {
  it('tells the customer the same whether one or three have handled it', async () => {
    const [one, three] = await twins();
    const short = await transcriptOf(one, [one.owner], end);
    const long = await transcriptOf(three, [three.owner, three.supervisor, three.colleague], end);
    expect(long).toEqual(short);
    expect(short.map((line) => Buffer.byteLength(line))).toEqual(long.map((line) => Buffer.byteLength(line)));
    for (const line of short) expect(line).not.toMatch(/INTERNAL|FORBIDDEN|Agreed|colleague|supervisor/);
    const states = short.slice(6).map((line) => (JSON.parse(line) as Told).customerState);
    const heard = ['RECEIVED', 'IN_PROGRESS', ...(end === 'approve' ? ['AWAITING_YOUR_CONFIRMATION', 'COMPLETED'] : ['REJECTED'])];
    expect(states).toEqual([...heard, ...heard]);
  });
});

describe('an order of a customer without an owner', () => {
  it('is in progress once somebody has taken its task, and no later act inside moves as much as a cursor', async () => {
    const [{ unowned, formsAdmin, supervisor, colleague }] = await twins();
    const { myForms } = await unowned.query('{ myForms { liveCursor } }');
    const live = unowned.follow<Told>(MY_FORMS, { after: myForms.liveCursor });
    const id = await placed(unowned);
    expect(await live.next()).toMatchObject({ customerState: 'RECEIVED' });
    await claim(formsAdmin, id);
    expect(await live.next()).toMatchObject({ customerState: 'IN_PROGRESS' });
    const taken = unsealed(await wire(unowned, READS, { id }));
    await approve(formsAdmin, id, supervisor);
    await approve(supervisor, id, colleague);
    expect(unsealed(await wire(unowned, READS, { id }))).toBe(taken);
    await approve(colleague, id);
    await mutate(unowned, 'confirmForm', { formId: id });
    const states = (await toldUntilTheEnd(live)).map((event) => (JSON.parse(event) as Told).customerState);
    expect(states).toEqual(['AWAITING_YOUR_CONFIRMATION', 'COMPLETED']);
    await live.stop();
  });
});

/** All that those inside can do without the customer: it ends with one of them holding the only turn. @returns who */
async function bustle({ owner, supervisor, colleague, admin, formsAdmin, sharee }: TestOrganization, id: string): Promise<TestSeat> {
  const act = async (by: TestSeat, name: string, more: object) => mutate(by, name, { taskId: await openTask(by, id), ...more });
  await mutate(owner, 'commentOnForm', { formId: id, text: 'Agreed among us.' });
  await act(owner, 'consultOnFormTask', { employeeId: sharee.id, question: 'Agreed?' });
  await act(sharee, 'answerConsultation', { answer: 'Agreed.' });
  await act(owner, 'addFormApprover', { employeeId: colleague.id, when: 'BEFORE', comment: 'Agreed first.' });
  await mutate(supervisor, 'remindForm', { formId: id });
  await approve(colleague, id);
  await act(owner, 'handOverFormTask', { employeeId: supervisor.id, comment: 'Agreed later.' });
  await act(supervisor, 'addFormApprover', { employeeId: colleague.id, when: 'AFTER' });
  await approve(supervisor, id);
  await act(colleague, 'returnFormTask', { to: 'HOLDER', holderId: supervisor.id, reason: 'Agreed too soon.' });
  await act(supervisor, 'handOverFormTask', { employeeId: sharee.id });
  await mutate(formsAdmin, 'reassignFormTask', { taskId: await openTask(sharee, id), employeeId: owner.id, reason: 'Agreed above.' });
  await mutate(formsAdmin, 'jumpForm', { formId: id, employeeId: supervisor.id, reason: 'Agreed above.' });
  await approve(supervisor, id, admin);
  return admin;
}

/** An order that is returned, corrected, approved, disputed, approved and confirmed, with or without what else happens inside. */
async function journeyOf(own: TestOrganization, isBusy: boolean): Promise<string[]> {
  const { customer, owner } = own;
  const { myForms } = await customer.query('{ myForms { liveCursor } }');
  const all = customer.follow<Told>(MY_FORMS, { after: myForms.liveCursor });
  const id = await placed(customer);
  const lines: string[] = [];
  const heard: Told[] = [];
  const asks = async (): Promise<void> => {
    const now = await wire(customer, READS, { id });
    lines.push(now);
    for (const [name, more] of Object.entries({
      confirmForm: {},
      disputeForm: { reason: 'No.' },
      withdrawForm: {},
      resubmitForm: { values: [] },
    })) {
      const allowed = { confirmForm: /AWAITING/, disputeForm: /AWAITING/, withdrawForm: /RECEIVED|CORRECTION/, resubmitForm: /CORRECTION/ }[
        name
      ]!;
      if (allowed.test(now)) continue; // what can be done is done below
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
      const document = `mutation ($input: ${type}) { ${name}(input: $input) { __typename ... on UserError { code message path } } }`;
      lines.push(await wire(customer, document, { input: { formId: id, ...more } }));
    }
  };
  const inside = async (): Promise<TestSeat> => (isBusy ? bustle(own, id) : owner);
  const first = await inside();
  await mutate(first, 'returnFormTask', {
    taskId: await openTask(first, id),
    to: 'SUBMITTER',
    reason: 'Which colour?',
  });
  await asks();
  await mutate(customer, 'resubmitForm', { formId: id, values: [] });
  await asks();
  await approve(first, id);
  lines.push(await wire(customer, READS, { id }));
  await mutate(customer, 'disputeForm', { formId: id, reason: 'It never came.' });
  await mutate(customer, 'remindForm', { formId: id });
  while (heard.filter(({ customerState }) => customerState === 'IN_PROGRESS').length < 3) heard.push(await all.next()); // before there is a comment to be read with them
  await mutate(first, 'commentOnForm', { formId: id, text: 'It comes tomorrow.', toCustomer: true });
  await asks();
  await approve(first, id);
  await mutate(customer, 'confirmForm', { formId: id });
  await asks();
  const told = await toldUntilTheEnd(all);
  const last = await placed(customer);
  expect(await all.next()).toMatchObject({ formId: last, customerState: 'RECEIVED' });
  await all.stop();
  return [...lines, ...heard.map((event) => JSON.stringify(event)), ...told].map(anonymous);
}

describe('an order that is returned, corrected, disputed and confirmed', () => {
  it('tells the customer the same whatever else those inside do with it', async () => {
    const [quiet, busy] = await twins();
    const short = await journeyOf(quiet, false);
    const long = await journeyOf(busy, true);
    expect(long).toEqual(short);
    for (const line of short) expect(line).not.toMatch(/INTERNAL|FORBIDDEN|Agreed|colleague|supervisor/);
  });
});

describe('a form with a file that an approver adds', () => {
  const [GENERAL, OF_GENERAL] = everyField(SURFACES.portal, rowTypes(SURFACES.portal).get('GeneralForm')!);
  const ALL = `query ($id: ID!) { businessForm(id: $id) { ... on GeneralForm { ${GENERAL}
    answers { name value { text ... on FileValue { files { name size createdAt url } } } } } } } ${OF_GENERAL}`;
  const datesIn = (text: string): string[] => [...new Set(text.match(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g))];

  it('tells its customer no time but of what they did themselves, and of what they were told', async () => {
    const { customer, colleague, supervisor, formsAdmin } = await server.organization();
    const { id: templateId } = await published(formsAdmin, {
      fields: [
        { name: 'before', label: 'Before', kind: 'FILE' },
        { name: 'after', label: 'After', kind: 'FILE', writtenBySteps: ['Workshop'] },
      ],
      flow: {
        steps: [
          { name: 'Workshop', approvers: [{ employeeId: colleague.id }] },
          { name: 'Director', approvers: [{ employeeId: supervisor.id }] },
        ],
      },
    });
    const known = [new Date(now).toISOString()]; // their contact is of then
    const byCustomer = async <Done>(act: () => Promise<Done>): Promise<Done> => {
      now += HOUR;
      known.push(new Date(now).toISOString());
      return act();
    };
    const own = await byCustomer(() => uploaded(customer, NOTE, { purpose: 'FORM_FILE' }));
    const values = [{ field: 'before', uploadIds: [own] }];
    const { form } = await byCustomer(() => mutate(customer, 'submitForm', { templateId, values }, 'form { id }'));
    const { id } = form as { readonly id: string };
    now += HOUR;
    const added = await uploaded(colleague, NOTE, { purpose: 'FORM_FILE' });
    now += HOUR;
    known.push(new Date(now).toISOString()); // the first act inside is told
    const taskId = await openTask(colleague, id);
    await mutate(colleague, 'approveFormTask', { taskId, values: [{ field: 'after', uploadIds: [added] }] });
    now += HOUR;
    known.push(new Date(now).toISOString()); // and so is the last
    await approve(supervisor, id);
    const text = await wire(customer, ALL, { id });
    expect(text).toContain('"after","value":{"text":"');
    expect(datesIn(text).filter((date) => !known.includes(date))).toEqual([]);
    expect(text).toContain(`"createdAt":"${known[1]}"`);
  });
});
