import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { actsFor } from '../audit/audit.fixture.ts';

const UPDATE = `mutation ($input: UpdateServiceWindowInput!) { updateServiceWindow(input: $input) { __typename
  ... on UpdateServiceWindowSuccess { window { version welcome } } ... on VersionConflict { current { ... on ServiceWindow { version } } }
  ... on ValidationFailed { issues { path code } } } }`;
const LISTED = 'query ($where: ContactFilter) { contacts(where: $where) { nodes { id } } }';
const LEAVE = `mutation ($input: LeaveServiceWindowInput!) { leaveServiceWindow(input: $input) { __typename ... on LeaveServiceWindowSuccess { left } } }`;
const INVITE = `mutation ($input: InviteContactsInput!) { inviteContacts(input: $input) { __typename ... on InviteContactsSuccess { results { __typename } } } }`;
const WINDOW = '{ serviceWindow { state notice welcome } }';
const STATUS = `query ($id: ID!) { contact(id: $id) { windowStatus
  timeline(kinds: [WINDOW]) { nodes { actor { id } ... on WindowInteraction { added } } } } }`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const update = async (seat: TestSeat, input: object) => {
  const { data, errors } = await seat.ask(UPDATE, { input });
  return data?.updateServiceWindow ?? errors[0]?.extensions.code;
};
const leave = async (seat: TestSeat, input: object = {}) => {
  const { data, errors } = await seat.ask(LEAVE, { input });
  return data?.leaveServiceWindow?.__typename ?? errors[0]?.extensions.code;
};
const certify = (own: TestOrganization, level: 'ADVANCED' | 'BASIC') =>
  certifyOrganization(server.runtime, own.id, { level, reason: 'Looked at' });

describe('what the window shows (spec 5.3)', () => {
  it('is changed by admins with WINDOW, each from the version that they have read', async () => {
    const own = await server.organization();
    for (const seat of [own.formsAdmin, own.scopedAdmin, own.owner]) expect(await update(seat, { expectedVersion: 1 })).toBe('FORBIDDEN');
    expect(await update(own.customer, { expectedVersion: 1, welcome: 'Mine' })).toBe('BAD_REQUEST'); // not on the portal
    expect(await update(own.admin, { expectedVersion: 1, welcome: '  Good day.  ' })).toMatchObject({
      window: { version: 2, welcome: 'Good day.' },
    });
    expect(await update(own.admin, { expectedVersion: 1, welcome: 'Late' })).toMatchObject({ current: { version: 2 } });
    expect(await update(own.admin, { expectedVersion: 2 })).toMatchObject({ window: { version: 2, welcome: 'Good day.' } });
    expect((await own.customer.query(WINDOW)).serviceWindow).toEqual({ state: 'OPEN', notice: null, welcome: 'Good day.' });
    expect(await update(own.admin, { expectedVersion: 2, welcome: 'x'.repeat(501) })).toMatchObject({
      issues: [{ path: ['input', 'welcome'], code: 'TOO_LONG' }],
    });
    expect(await update(own.admin, { expectedVersion: 2, welcome: '' })).toMatchObject({ window: { version: 3, welcome: null } });
    expect(await actsFor(own.admin, { act: { equals: 'updateServiceWindow' } })).toHaveLength(3);
  });

  it('takes a window', async () => {
    const own = await server.organization({ hasWindow: false, contacts: [] });
    expect((await update(own.admin, { expectedVersion: 1, welcome: 'Good day.' })).__typename).toBe('WindowNotOpen');
  });

  it('of two at once one is told that somebody was before them', async () => {
    const own = await server.organization();
    const both = await Promise.all(['One', 'Two'].map((welcome) => update(own.admin, { expectedVersion: 1, welcome })));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['UpdateServiceWindowSuccess', 'VersionConflict']);
  });
});

describe('while it is suspended (spec 5.2)', () => {
  it('contacts see the notice in their language, and nothing else', async () => {
    const own = await server.organization();
    await update(own.admin, { expectedVersion: 1, welcome: 'Good day.' });
    await certify(own, 'BASIC');
    const seen = async (headers = {}) => own.customer.ask('{ serviceWindow { state notice welcome openedAt } }', {}, headers);
    await expect.poll(async () => (await seen()).data.serviceWindow.state).toBe('SUSPENDED');
    const { data, errors } = await seen({ 'accept-language': 'zh-CN' });
    expect(data.serviceWindow).toMatchObject({ notice: expect.stringContaining('暂停服务'), welcome: null, openedAt: null });
    expect(errors.map(({ path }) => path?.at(-1))).toEqual(['welcome', 'openedAt']);
    expect((await own.owner.query(WINDOW)).serviceWindow).toMatchObject({ state: 'SUSPENDED', welcome: 'Good day.' });
    expect(await leave(own.customer)).toBe('WindowSuspended');
    await certify(own, 'ADVANCED');
    await expect.poll(async () => (await own.customer.ask(WINDOW)).data.serviceWindow).toMatchObject({ state: 'OPEN', notice: null });
  });
});

describe('leaving the window (spec 5.4)', () => {
  it('takes it off the contact’s list until the contact is invited again', async () => {
    const own = await server.organization();
    const { id } = own.customer;
    expect(await leave(own.owner)).toBe('FORBIDDEN');
    expect(await leave(own.customer, { idempotencyKey: 'bye' })).toBe('LeaveServiceWindowSuccess');
    expect(await leave(own.customer, { idempotencyKey: 'bye' })).toBe('LeaveServiceWindowSuccess');
    expect(await leave(own.customer)).toBe('FORBIDDEN');
    await expect.poll(async () => (await own.customer.query(WINDOW)).serviceWindow).toBeNull();
    expect(await own.customer.ask('{ myForms { nodes { id } } }')).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect((await own.rival.query(WINDOW)).serviceWindow).toMatchObject({ state: 'OPEN' });
    const left = (await own.owner.query(STATUS, { id })).contact;
    expect(left).toEqual({ windowStatus: 'LEFT', timeline: { nodes: [{ actor: null, added: false }] } });
    expect((await own.owner.query(INVITE, { input: { contactIds: [id] } })).inviteContacts.results).toEqual([
      { __typename: 'InviteContactsItemSuccess' },
    ]);
    expect((await own.owner.query(STATUS, { id })).contact).toMatchObject({
      windowStatus: 'INVITED',
      timeline: { nodes: [{ actor: { id: own.owner.id }, added: true }, { added: false }] },
    });
    await expect.poll(async () => (await own.customer.query(WINDOW)).serviceWindow).toMatchObject({ state: 'OPEN' });
  });

  it('is what lists find, until then', async () => {
    const own = await server.organization();
    const { id } = own.customer;
    const found = async (where: object): Promise<string[]> =>
      (await own.owner.query(LISTED, { where })).contacts.nodes.map((one: { id: string }) => one.id);
    const [hasLeft, isIn] = [{ leftWindow: { equals: true } }, { inWindow: { equals: true } }];
    await leave(own.customer);
    expect([await found(hasLeft), await found(isIn)]).toEqual([[id], []]);
    await own.owner.query(INVITE, { input: { contactIds: [id] } });
    expect([await found(hasLeft), await found(isIn)]).toEqual([[], [id]]);
  });

  it('once, however many ask at once', async () => {
    const own = await server.organization();
    const all = await Promise.all(Array.from({ length: 6 }, () => leave(own.customer)));
    expect(all.filter((one) => one === 'LeaveServiceWindowSuccess')).toHaveLength(1);
    expect(all.filter((one) => one === 'FORBIDDEN')).toHaveLength(5);
  });
});
