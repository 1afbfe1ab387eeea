import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { type TestOrganization, testPlan } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve } from '../../support/form-moves.ts';
import { inSteps } from '../../support/in-steps.ts';
import { formsNow } from '../../support/live-places.ts';
import { DELETE, outcome, READ, RESTORE, rowsOf, TRANSFER, UPDATE } from '../contacts/contact.fixture.ts';
import { uploaded } from '../files/file.fixture.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { act, done } from './acts.fixture.ts';

// `own.rival` reads the forms of its company, whose other contact is `own.customer`; the two have different owners.

let server: TestServer;
let own: TestOrganization;
let templateId: string;
let formId: string;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  const plan = testPlan();
  own = await server.organization({
    ...plan,
    contacts: plan.contacts.map(({ company, ...contact }) => (contact.key === 'unowned' ? contact : { ...contact, company: 'Riverside' })),
  });
  const plans = { name: 'plans', label: 'Plans', kind: 'FILE' };
  ({ id: templateId } = await published(own.admin, {
    fields: [WISH, plans],
    flow: { withConfirmation: true },
    audience: { contacts: 'ALL' },
  }));
  const drawing = await uploaded(own.customer, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
  formId = await handedIn([{ field: 'plans', uploadIds: [drawing] }]);
  await done(own.customer, 'commentOnForm', { formId, text: 'Soon, please' });
});
beforeEach(async () => {
  await give('SELF');
});
afterAll(() => server.stop());

const give = (access: 'SELF' | 'COMPANY', by: TestSeat = own.admin, contactId = own.rival.id) =>
  act(
    by,
    'setCompanyAccess',
    { contactId, access },
    '... on ValidationFailed { issues { path code } } ... on SetCompanyAccessSuccess { contact { companyAccess } }',
  );
async function handedIn(values: object[] = [], by: TestSeat = own.customer): Promise<string> {
  const given = [{ field: 'wish', text: 'Riverside bolts' }, ...values];
  const { form } = await done(by, 'submitForm', { templateId, values: given }, '... on SubmitFormSuccess { form { id } }');
  return (form as { id: string }).id;
}
const FORM = `id number contactName contact { name } customerState correctionReason submittedBy { name } viewerRoles viewerCan { confirm dispute correct withdraw comment }
  fields { name } answers { name value { text ... on FileValue { files { url } } } } comments { totalCount nodes { text } } printUrl liveCursor`;
const ONE = `query ($id: ID!) { businessForm(id: $id) { ${FORM} } }`;
const THEIRS = `{ companyForms { totalCount nodes { ${FORM} } } }`;
const theirs = async (seat: TestSeat = own.rival): Promise<string[]> =>
  (await seat.query(THEIRS)).companyForms.nodes.map(({ id }: { id: string }) => id);
const seen = async (id = formId, seat: TestSeat = own.rival) => (await seat.query(ONE, { id })).businessForm;
const contact = async (id = own.rival.id) => (await own.admin.query(READ, { id })).contact;
const moveTo = async (seat: TestSeat, company: string) =>
  outcome(own.admin, UPDATE, { contactId: seat.id, expectedVersion: (await contact(seat.id)).version, company });

inSteps('forms of a company’s other contacts (spec 2.2)', () => {
  it('are nobody’s to read, until an admin gives them', async () => {
    expect(await seen()).toBeNull();
    expect(await theirs()).toEqual([]);
    expect(await give('COMPANY')).toMatchObject({ contact: { companyAccess: 'COMPANY' } });
    expect(await theirs()).toEqual([formId]);
  });

  it('are read as the customer reads them: answers, files, comments, the page; and are none of one’s own', async () => {
    await give('COMPANY');
    const form = await seen();
    expect(form).toMatchObject({
      contactName: 'The customer',
      contact: null,
      submittedBy: null,
      customerState: 'RECEIVED',
      viewerRoles: ['FORM_COMPANY_READER'],
      viewerCan: { confirm: false, dispute: false, correct: false, withdraw: false, comment: false },
      comments: { totalCount: 1, nodes: [{ text: 'Soon, please' }] },
    });
    expect(form.fields.map(({ name }: { name: string }) => name)).toEqual(['wish', 'plans']);
    expect(form.answers.map(({ name }: { name: string }) => name)).toEqual(['wish', 'plans']);
    const read = async (address: string) => (await fetch(new URL(address, server.url))).text();
    expect(await read(form.answers[1].value.files[0].url)).toBe('A plan.\n');
    const page = await read(form.printUrl);
    for (const shown of ['Riverside bolts', 'The customer', 'Soon, please']) expect(page).toContain(shown);
    expect((await own.rival.query('query ($id: ID!) { node(id: $id) { id } }', { id: formId })).node).toEqual({ id: formId });
    expect((await own.rival.query('{ myForms { totalCount } }')).myForms.totalCount).toBe(0);
    await give('SELF');
    for (const address of [form.answers[1].value.files[0].url, form.printUrl])
      expect((await fetch(new URL(address, server.url))).status).toBe(404);
    expect((await own.rival.query('query ($id: ID!) { node(id: $id) { id } }', { id: formId })).node).toBeNull();
  });

  it('are read and nothing else: every act is refused', async () => {
    await give('COMPANY');
    const acts: [string, object][] = [
      ['commentOnForm', { formId, text: 'And?' }],
      ['remindForm', { formId }],
      ['withdrawForm', { formId }],
      ['confirmForm', { formId }],
      ['disputeForm', { formId, reason: 'No.' }],
      ['resubmitForm', { formId, values: [] }],
      ['copyForm', { formId }],
    ];
    for (const [name, input] of acts) expect([name, (await act(own.rival, name, input)).__typename]).toEqual([name, 'FORBIDDEN']);
    await give('SELF');
    for (const [name, input] of acts) expect([name, (await act(own.rival, name, input)).__typename]).toEqual([name, 'NotFound']);
  });

  it('are given by admins with CONTACTS for the whole organization alone, to contacts who belong to a company', async () => {
    for (const seat of [own.owner, own.supervisor, own.colleague, own.sharee, own.formsAdmin])
      expect([seat.name, (await give('COMPANY', seat)).__typename]).toEqual([seat.name, 'FORBIDDEN']);
    expect(await theirs()).toEqual([]);
    expect((await give('COMPANY', (await server.organization()).admin)).__typename).toBe('NotFound');
    expect(await give('COMPANY', own.admin, own.unowned.id)).toMatchObject({
      issues: [{ path: ['input', 'contactId'], code: 'NO_COMPANY' }],
    });
  });

  it('are no other company’s, and nobody’s beside those who were given them', async () => {
    await give('COMPANY');
    const other = await handedIn([], own.unowned);
    expect(await seen(other)).toBeNull();
    expect(await theirs(own.customer)).toEqual([]);
    expect(await seen(formId, own.unowned)).toBeNull();
    const mine = await handedIn([], own.rival);
    expect(await seen(mine, own.customer)).toBeNull();
    expect(await theirs()).not.toContain(mine);
  });

  it('stand on the timeline, in the history, and with the contact itself', async () => {
    await give('COMPANY');
    await give('COMPANY');
    await give('SELF');
    const TIMELINE = `query ($id: ID!) { contact(id: $id) { companyAccess history(first: 2) { nodes { field from to } }
      timeline(kinds: [COMPANY_ACCESS], first: 2) { nodes { kind actor { name } ... on CompanyAccessInteraction { added } } } } }`;
    const { contact: told } = await own.admin.query(TIMELINE, { id: own.rival.id });
    expect(told.companyAccess).toBe('SELF');
    const entry = { kind: 'COMPANY_ACCESS', actor: { name: 'The admin' } };
    expect(told.timeline.nodes).toEqual([
      { ...entry, added: false },
      { ...entry, added: true },
    ]);
    expect(told.history.nodes).toEqual([
      { field: 'companyAccess', from: 'COMPANY', to: 'SELF' },
      { field: 'companyAccess', from: 'SELF', to: 'COMPANY' },
    ]);
    expect((await own.rival.query('{ viewer { ... on Contact { companyAccess } } }')).viewer).toEqual({ companyAccess: 'SELF' });
  });

  it('are followed live, apart from one’s own', async () => {
    await give('COMPANY');
    const after = await formsNow(server, own.rival);
    const fields = 'kind customerState form { id customerState }';
    const others = own.rival.follow(`subscription ($after: EventCursor) { companyForms(after: $after) { ${fields} } }`, { after });
    const mine = own.rival.follow(`subscription ($after: EventCursor) { myForms(after: $after) { ${fields} } }`, { after });
    const id = await handedIn();
    const one = own.rival.follow(`subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { ${fields} } }`, {
      id,
      after,
    });
    await approve(own.owner, id);
    const last = await handedIn([], own.rival);
    const moved = (customerState: string) => ({ kind: 'MOVED', customerState, form: { id, customerState } });
    for (const state of ['RECEIVED', 'IN_PROGRESS', 'AWAITING_YOUR_CONFIRMATION']) {
      expect(await others.next()).toMatchObject(moved(state));
      expect(await one.next()).toMatchObject(moved(state));
    }
    expect(await mine.next()).toMatchObject({ form: { id: last } });
    for (const live of [others, mine, one]) await live.stop();
  });

  describe('the end of it', { shuffle: false }, () => {
    const read = async (): Promise<boolean> => (await seen()) !== null && (await theirs()).includes(formId);
    beforeEach(async () => {
      await give('COMPANY');
      expect(await read()).toBe(true);
    });

    it('comes with another company of the reader, and of whose form it is', async () => {
      await moveTo(own.rival, 'Eastgate');
      expect(await read()).toBe(false);
      expect((await own.rival.query('{ viewer { ... on Contact { companyAccess } } }')).viewer.companyAccess).toBe('SELF');
      await moveTo(own.rival, 'Riverside');
      await moveTo(own.customer, 'Westgate');
      expect(await read()).toBe(false);
      const later = await handedIn();
      await moveTo(own.customer, 'Riverside');
      expect(await read()).toBe(true);
      expect(await seen(later)).toBeNull();
    });
    it('comes when whose form it is goes into the bin, until it is restored', async () => {
      await outcome(own.admin, DELETE, { contactIds: [own.customer.id] });
      expect(await read()).toBe(false);
      await outcome(own.admin, RESTORE, { contactIds: [own.customer.id] });
      expect(await read()).toBe(true);
    });
    it('comes with another owner of the reader, and stays', async () => {
      const to = (seat: TestSeat) => outcome(own.admin, TRANSFER, { contactIds: [own.rival.id], ownerId: seat.id });
      await to(own.owner);
      expect(await read()).toBe(false);
      await to(own.colleague);
      expect(await read()).toBe(false);
      const HISTORY = 'query ($id: ID!) { contact(id: $id) { history(first: 10) { nodes { field from to } } } }';
      const { history } = (await own.admin.query(HISTORY, { id: own.rival.id })).contact;
      expect(history.nodes).toContainEqual({ field: 'companyAccess', from: 'COMPANY', to: 'SELF' });
    });
    it('comes for as long as the window is suspended', async () => {
      const certify = (level: 'BASIC' | 'ADVANCED') => certifyOrganization(server.runtime, own.id, { level, reason: 'Looked at' });
      await certify('BASIC');
      const told = async () => (await own.rival.ask(THEIRS)).errors[0]?.extensions.code ?? 'NOTHING';
      await expect.poll(told).toBe('WINDOW_SUSPENDED');
      expect((await own.rival.ask(ONE, { id: formId })).data?.businessForm ?? null).toBeNull();
      await certify('ADVANCED');
      await expect.poll(told).toBe('NOTHING');
      expect(await read()).toBe(true);
    });
    it('leaves out forms of before, unless their contact has belonged to the company ever since', async () => {
      await give('SELF');
      await rowsOf(server, own, 'update business_forms set company_id = null');
      await give('COMPANY');
      expect(await theirs()).toEqual([]); // the customer has belonged to another company meanwhile
      await rowsOf(server, own, `delete from contact_history where field = 'company'`);
      await give('SELF');
      await give('COMPANY');
      expect(await theirs()).toContain(formId);
    });
    it('comes with the bin, and stays after a restore', async () => {
      await outcome(own.admin, DELETE, { contactIds: [own.rival.id] });
      await outcome(own.admin, RESTORE, { contactIds: [own.rival.id] });
      expect(
        (await own.admin.query('query ($id: ID!) { contact(id: $id) { companyAccess } }', { id: own.rival.id })).contact.companyAccess,
      ).toBe('SELF');
    });
  });
});
