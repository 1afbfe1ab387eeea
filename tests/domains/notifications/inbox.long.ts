import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import type { CertificationLevel } from '../../../src/domains/organization/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { globalId } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, CONFIRM, orderFor, placeOrder } from '../../support/form-moves.ts';
import { added, DELETE, TRANSFER } from '../contacts/contact.fixture.ts';
import { inboxOf, kindsIn, MARK, MY_INBOX } from './inbox.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const newest = async (seat: TestOrganization['owner'], language?: string) => (await inboxOf(server, seat, {}, language))[0]!;

describe('what comes into an inbox (spec 9.1)', () => {
  it('a task, to its holder, with the form that it is about', async () => {
    const { formId, task } = await orderFor(own.owner, own.customer);
    const told = await newest(own.owner);
    expect(told).toMatchObject({ kind: 'TASK_CAME', count: 1, readAt: null, from: null, task: { id: task.id }, form: null, contact: null });
    const { businessForm } = await own.owner.query('query ($id: ID!) { businessForm(id: $id) { number } }', { id: formId });
    expect(told.text).toBe(`A task came to you: ${businessForm.number}.`);
    expect((await newest(own.owner, 'zh-CN')).text).toBe(`有新的审批任务：${businessForm.number}。`);
    for (const key of ['supervisor', 'sharee', 'admin', 'colleague'] as const) expect(await kindsIn(server, own[key])).toEqual([]);
  });
  it('a task that nobody holds, to those who may take it', async () => {
    await placeOrder(own.unowned);
    expect((await newest(own.formsAdmin)).text).toMatch(/^A form waits for somebody to take it: SO-/);
    expect(await kindsIn(server, own.admin)).toEqual(['TASK_CAME']);
    for (const key of ['scopedAdmin', 'owner', 'supervisor'] as const) expect(await kindsIn(server, own[key])).toEqual([]);
  });
  it('the next task, with whoever gave it', async () => {
    const { formId } = await orderFor(own.owner, own.customer);
    await approve(own.owner, formId, own.colleague);
    expect(await newest(own.colleague)).toMatchObject({ kind: 'TASK_CAME', from: { id: own.owner.id } });
    expect(await kindsIn(server, own.owner)).toEqual(['TASK_CAME']);
  });
  it('a contact that was given to one, and not to whoever gave it', async () => {
    const { id } = await added(own.owner, own);
    await own.owner.does(TRANSFER, { input: { contactIds: [id], ownerId: own.colleague.id } });
    const told = await newest(own.colleague);
    expect(told).toMatchObject({
      kind: 'CONTACT_TRANSFERRED',
      text: 'Zhu Ming was given to you.',
      contact: { id },
      from: { id: own.owner.id },
    });
    expect(await kindsIn(server, own.owner)).toEqual([]);
  });
  it('rights that were given and taken', async () => {
    const RIGHT = (act: string) =>
      `mutation ($input: ${act}Input!) { r: ${act[0]!.toLowerCase()}${act.slice(1)}(input: $input) { __typename } }`;
    for (const act of ['GrantAdminRight', 'RevokeAdminRight'])
      await own.admin.does(RIGHT(act), { input: { employeeId: own.colleague.id, right: 'FILES' } });
    await own.admin.query(RIGHT('GrantAdminRight'), { input: { employeeId: own.colleague.id, right: 'FILES', dryRun: true } });
    const texts = (await inboxOf(server, own.colleague)).map(({ text }) => text);
    expect(texts).toEqual(['The right FILES was taken from you.', 'You were given the right FILES.']);
  });
});

describe('what a customer is told of its forms (spec 6.3)', () => {
  it('is where they stand for it, and never its own acts', async () => {
    const { formId } = await orderFor(own.owner, own.customer);
    expect(await inboxOf(server, own.customer)).toEqual([]);
    await approve(own.owner, formId, own.supervisor);
    await approve(own.supervisor, formId, own.colleague);
    await approve(own.colleague, formId);
    const told = await inboxOf(server, own.customer);
    const { number } = told[0]!.form!;
    expect(told.map(({ text }) => text)).toEqual([`${number} waits for your confirmation.`, `${number} is in progress.`]);
    await own.customer.does(CONFIRM, { input: { formId } });
    expect(await inboxOf(server, own.customer)).toHaveLength(2);
  });
  it('is the same whether one or three have handled it, but for ids and dates', async () => {
    const other = await server.organization();
    const one = await orderFor(own.owner, own.customer);
    await approve(own.owner, one.formId);
    const three = await orderFor(other.owner, other.customer);
    await approve(other.owner, three.formId, other.supervisor);
    await approve(other.supervisor, three.formId, other.colleague);
    await approve(other.colleague, three.formId);
    const anonymous = (all: object[]): string =>
      JSON.stringify(all)
        .replaceAll(/SO-\d{4}-\w{6}/g, '#')
        .replaceAll(/"[\w-]{24}"/g, '*');
    expect(anonymous(await inboxOf(server, other.customer))).toBe(anonymous(await inboxOf(server, own.customer)));
  });
  it('names nobody inside: the portal has no such field', async () => {
    const { errors } = await own.customer.ask('{ notifications { nodes { from { id } } } }');
    expect(errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('who is told (spec 9.3)', () => {
  it('nobody who has lost sight of the object meanwhile', async () => {
    const { runtime } = server;
    await runtime.notifications.stop();
    const { id } = await added(own.owner, own);
    await own.owner.does(TRANSFER, { input: { contactIds: [id], ownerId: own.colleague.id } });
    await own.admin.does(DELETE, { input: { contactIds: [id] } });
    runtime.notifications.start();
    expect(await kindsIn(server, own.colleague)).toEqual([]);
  });
  it('nobody whose seat is gone', async () => {
    const { runtime } = server;
    await runtime.notifications.stop();
    const { formId } = await orderFor(own.owner, own.customer);
    await approve(own.owner, formId, own.colleague);
    const OFFBOARD = `mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { __typename } }`;
    await own.admin.does(OFFBOARD, { input: { employeeId: own.colleague.id, successorId: own.supervisor.id } });
    runtime.notifications.start();
    const told = await inboxOf(server, own.supervisor);
    expect(told.map(({ kind }) => kind).sort()).toEqual(['CONTACT_TRANSFERRED', 'LEAVER_TAKEN_OVER', 'TASK_CAME']);
    expect(told.find(({ kind }) => kind === 'LEAVER_TAKEN_OVER')).toMatchObject({
      text: 'The colleague has left, and you go on with what they had.',
      employee: { id: own.colleague.id },
    });
  });
  it('another organization never', async () => {
    const other = await server.organization({ name: 'Other Works' });
    await orderFor(own.owner, own.customer);
    for (const key of ['admin', 'formsAdmin', 'owner', 'customer'] as const) expect(await inboxOf(server, other[key])).toEqual([]);
    const { id } = await newest(own.owner);
    expect((await other.admin.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    expect((await own.admin.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    expect((await own.owner.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toEqual({ id });
  });
});

describe('what a notification shows', () => {
  it('is read under the rights of the moment: of an object that is out of sight it says nothing', async () => {
    const { id } = await added(own.owner, own);
    await own.owner.does(TRANSFER, { input: { contactIds: [id], ownerId: own.colleague.id } });
    expect((await newest(own.colleague)).text).toBe('Zhu Ming was given to you.');
    await own.admin.does(DELETE, { input: { contactIds: [id] } });
    expect(await newest(own.colleague)).toMatchObject({ text: 'A contact was given to you.', contact: null, readAt: null });
  });
});

describe('what is read', () => {
  const COUNT = '{ unreadNotifications }';
  const unread = async () => (await own.owner.query(COUNT)).unreadNotifications;

  it('is counted and listed apart', async () => {
    for (let i = 0; i < 3; i++) await placeOrder(own.customer);
    const [first, second, third] = await inboxOf(server, own.owner);
    expect(await unread()).toBe(3);
    expect(await own.owner.does(MARK, { input: { ids: [second!.id] } })).toMatchObject({ marked: 1, unread: 2 });
    expect(await own.owner.does(MARK, { input: { ids: [second!.id] } })).toMatchObject({ marked: 0, unread: 2 });
    const ids = async (of: boolean) => (await inboxOf(server, own.owner, { unread: of })).map(({ id }) => id);
    expect([await ids(true), await ids(false)]).toEqual([[first!.id, third!.id], [second!.id]]);
  });
  it('is marked up to a moment, and what came after it stays', async () => {
    await placeOrder(own.customer);
    await server.runtime.notifications.settled();
    const [{ at }] = (await own.owner.query('{ notifications { nodes { at } } }')).notifications.nodes;
    await placeOrder(own.customer);
    await server.runtime.notifications.settled();
    expect(await own.owner.does(MARK, { input: { upTo: at } })).toMatchObject({ marked: 1, unread: 1 });
  });
  it('is refused for the notifications of others, all or none', async () => {
    await placeOrder(own.customer);
    const { id } = await newest(own.owner);
    const refused = { __typename: 'NotFound', code: 'NOT_FOUND', path: ['input', 'ids', '0'] };
    expect((await own.admin.query(MARK, { input: { ids: [id] } })).markNotificationsRead).toEqual(refused);
    const mixed = { ids: [globalId('Notification', '019a0000-0000-7000-8000-000000000000'), id] };
    expect((await own.owner.query(MARK, { input: mixed })).markNotificationsRead).toEqual(refused);
    expect(await unread()).toBe(1);
  });
  it.each([{}, { ids: [], upTo: '2026-01-01T00:00:00Z' }])('says which: %o is refused', async (input) => {
    expect((await own.owner.query(MARK, { input })).markNotificationsRead.__typename).toBe('ValidationFailed');
  });
});

describe('a suspended window (spec 5.2)', () => {
  it('shows contacts no inbox, and what came meanwhile when it is back', async () => {
    const { formId } = await orderFor(own.owner, own.customer);
    await server.runtime.notifications.settled();
    await certify('BASIC');
    await approve(own.owner, formId);
    await server.runtime.notifications.settled();
    await expect.poll(async () => (await own.customer.ask(MY_INBOX)).errors).toHaveLength(2);
    const { data, errors } = await own.customer.ask(MY_INBOX);
    expect(data).toEqual({ notifications: null, unreadNotifications: null });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['WINDOW_SUSPENDED', 'WINDOW_SUSPENDED']);
    expect((await own.customer.query(MARK, { input: { upTo: new Date().toISOString() } })).markNotificationsRead.__typename).toBe(
      'WindowSuspended',
    );
    await certify('ADVANCED');
    await expect.poll(async () => (await own.customer.ask(MY_INBOX)).errors).toEqual([]);
    expect(await inboxOf(server, own.customer)).toHaveLength(2);
  });
  const certify = (level: CertificationLevel) => certifyOrganization(server.runtime, own.id, { level, reason: 'A test' });
});
