import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { actsFor } from '../audit/audit.fixture.ts';
import { ADD, DELETE, rowsOf } from '../contacts/contact.fixture.ts';

const OPEN = `mutation ($input: OpenServiceWindowInput!) { openServiceWindow(input: $input) { __typename
  ... on OpenServiceWindowSuccess { window { id state openedAt } } ... on CertificationRequired { code required } ... on UserError { message } } }`;
const INVITE = `mutation ($input: InviteContactsInput!) { inviteContacts(input: $input) { __typename
  ... on InviteContactsSuccess { results { __typename ... on InviteContactsItemSuccess { contactId } } } } }`;
const WINDOW = '{ serviceWindow { state } }';
const STATUS = 'query ($id: ID!) { contact(id: $id) { windowStatus } }';
const TIMELINE = `query ($id: ID!) { contact(id: $id) { timeline(kinds: [WINDOW]) { nodes { kind actor { id } ... on WindowInteraction { added } } } } }`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ poolSize: 20 });
});
afterAll(() => server?.stop());

const isMember = false;
const founded = (certification: 'ADVANCED' | 'TEAM' = 'ADVANCED'): Promise<TestOrganization> => {
  const contacts = (['customer', 'unowned', 'rival'] as const).map((key) => {
    const owner = { customer: 'owner', rival: 'colleague', unowned: undefined }[key];
    const sharees = key === 'customer' ? ['sharee'] : [];
    return { key, name: `The ${key}`, phone: newPhone(), owner, sharees, isMember };
  });
  return server.organization({ certification, hasWindow: false, contacts });
};
const open = async (seat: TestSeat, input: object = {}) => {
  const { data, errors } = await seat.ask(OPEN, { input });
  return data?.openServiceWindow ?? errors[0]?.extensions.code;
};
const invite = async (seat: TestSeat, ...contactIds: string[]): Promise<string | string[]> => {
  const { data, errors } = await seat.ask(INVITE, { input: { contactIds } });
  const payload = data?.inviteContacts;
  if (!payload) return errors[0]!.extensions.code;
  return payload.results?.map((one: { __typename: string }) => one.__typename) ?? payload.__typename;
};
const certify = (own: TestOrganization, level: 'ADVANCED' | 'BASIC') =>
  certifyOrganization(server.runtime, own.id, { level, reason: 'Looked at' });
const statusOf = async (seat: TestSeat, id: string): Promise<string> => (await seat.query(STATUS, { id })).contact.windowStatus;

describe('opening the window (spec 5.1)', () => {
  it('takes the right WINDOW for the whole organization', async () => {
    const own = await founded();
    for (const seat of [own.formsAdmin, own.scopedAdmin, own.supervisor, own.colleague]) expect(await open(seat)).toBe('FORBIDDEN');
    expect(await open(own.customer)).toBe('BAD_REQUEST'); // not on the portal
    expect((await own.colleague.query(WINDOW)).serviceWindow).toBeNull();
    expect(await open(own.admin, { idempotencyKey: 'open' })).toMatchObject({ window: { state: 'OPEN' } });
    expect((await own.colleague.query(WINDOW)).serviceWindow).toEqual({ state: 'OPEN' });
    expect(await actsFor(own.admin, { act: { equals: 'openServiceWindow' } })).toEqual(['openServiceWindow']);
  });

  it('takes the certification ADVANCED, and says so in both languages', async () => {
    const own = await founded('TEAM');
    expect(await open(own.admin)).toEqual({
      __typename: 'CertificationRequired',
      code: 'CERTIFICATION_REQUIRED',
      required: 'ADVANCED',
      message: 'Your organization needs a higher certification for this.',
    });
    const { data } = await own.admin.ask(OPEN, { input: {} }, { 'accept-language': 'zh-CN' });
    expect(data.openServiceWindow.message).toBe('贵企业的认证等级不足，无法进行此操作。');
    expect(await rowsOf(server, own, 'select from service_windows')).toEqual([]);
    await certify(own, 'ADVANCED');
    expect(await open(own.admin)).toMatchObject({ __typename: 'OpenServiceWindowSuccess' });
  });

  it('twice, or by many at once, opens one, which stays as it is, suspended too', async () => {
    const own = await founded();
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => open(own.admin, { idempotencyKey: `open-${i}` })));
    const [{ window }] = all as [{ window: { openedAt: string } }];
    for (const one of all) expect(one).toMatchObject({ __typename: 'OpenServiceWindowSuccess', window });
    await certify(own, 'BASIC');
    expect(await open(own.admin)).toMatchObject({ window: { state: 'SUSPENDED', openedAt: window.openedAt } });
    await certify(own, 'ADVANCED');
    expect(await open(own.admin)).toMatchObject({ window: { state: 'OPEN', openedAt: window.openedAt } });
  });
});

describe('inviting contacts (spec 3.14, 5.3)', () => {
  it('lets a contact in, who then sees the window, and its timeline says so', async () => {
    const own = await founded();
    await open(own.admin);
    const { id } = own.customer;
    expect(await statusOf(own.owner, id)).toBe('NOT_INVITED');
    expect((await own.customer.query(WINDOW)).serviceWindow).toBeNull();
    expect(await invite(own.owner, id)).toEqual(['InviteContactsItemSuccess']);
    expect(await statusOf(own.sharee, id)).toBe('INVITED');
    await expect.poll(async () => (await own.customer.query(WINDOW)).serviceWindow).toEqual({ state: 'OPEN' });
    const entries = (await own.owner.query(TIMELINE, { id })).contact.timeline.nodes;
    expect(entries).toEqual([{ kind: 'WINDOW', actor: { id: own.owner.id }, added: true }]);
    expect((await own.colleague.ask(STATUS, { id })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await invite(own.admin, id)).toEqual(['AlreadyInvited']);
  });

  it('is for one contact whoever edits it, for several an admin', async () => {
    const own = await founded();
    await open(own.admin);
    const [owned, rival] = [own.customer.id, own.rival.id];
    for (const seat of [own.sharee, own.colleague, own.formsAdmin]) expect(await invite(seat, owned)).toEqual(['NotYours']);
    expect(await invite(own.owner, rival, owned)).toEqual(['NotYours', 'NotYours']);
    expect(await invite(own.scopedAdmin, owned, rival)).toEqual(['InviteContactsItemSuccess', 'NotYours']);
    expect(await invite(own.supervisor, owned)).toEqual(['AlreadyInvited']);
    expect(await invite(own.admin, owned, rival, own.unowned.id, 'never issued')).toEqual([
      'AlreadyInvited',
      'InviteContactsItemSuccess',
      'InviteContactsItemSuccess',
      'NotFound',
    ]);
    expect(await invite(own.customer, owned)).toBe('BAD_REQUEST');
    const other = await founded();
    await open(other.admin);
    expect(await invite(other.admin, owned)).toEqual(['NotFound']);
  });

  it('takes a mobile number', async () => {
    const own = await founded();
    await open(own.admin);
    const input = { name: 'Front desk', phone: '0755 8600 1234', tagIds: [own.tagIds[0]] };
    const { contact } = await own.admin.does(ADD, { input });
    expect(await invite(own.admin, contact.id)).toEqual(['PhoneNotMobile']);
    expect(await statusOf(own.admin, contact.id)).toBe('NOT_INVITED');
  });

  it('takes a window, and one that serves', async () => {
    const own = await founded();
    expect(await invite(own.admin, own.customer.id)).toBe('WindowNotOpen');
    await open(own.admin);
    await certify(own, 'BASIC');
    expect(await invite(own.admin, own.customer.id)).toBe('WindowSuspended');
    await certify(own, 'ADVANCED');
    expect(await invite(own.admin, own.customer.id)).toEqual(['InviteContactsItemSuccess']);
  });

  it('does not let in who is in the bin', async () => {
    const own = await founded();
    await open(own.admin);
    await own.admin.does(DELETE, { input: { contactIds: [own.rival.id] } });
    expect(await invite(own.admin, own.rival.id)).toEqual(['NotFound']);
  });

  it('by many at once lets each in once; with one key is done once', async () => {
    const own = await founded();
    await open(own.admin);
    const all = await Promise.all(Array.from({ length: 6 }, () => invite(own.admin, own.customer.id, own.rival.id)));
    expect(all.flat().filter((one) => one === 'InviteContactsItemSuccess')).toHaveLength(2);
    expect(all.flat().filter((one) => one === 'AlreadyInvited')).toHaveLength(10);
    const input = { contactIds: [own.unowned.id], idempotencyKey: 'invite' };
    const twice = await Promise.all([1, 2].map(() => own.admin.query(INVITE, { input })));
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0].inviteContacts.results).toMatchObject([{ __typename: 'InviteContactsItemSuccess' }]);
    expect(await rowsOf(server, own, `select from interactions where kind = 'WINDOW'`)).toHaveLength(3);
  });
});

describe('who takes the certification away meanwhile comes before or after', () => {
  it.each([
    ['opening', async (own: TestOrganization) => (await open(own.admin)).__typename as string, false, 'CertificationRequired'],
    ['inviting', async (own: TestOrganization) => (await invite(own.admin, own.customer.id)) as string, true, 'WindowSuspended'],
  ])('%s', async (_, act, isOpen, refused) => {
    const own = await founded();
    if (isOpen) await open(own.admin);
    const crossing = await Crossing.open(server);
    try {
      const downgrade = `update organizations set certification = 'BASIC' where organization_id = $1`;
      expect(await crossing.meetByHand(downgrade, [own.id], () => act(own))).toBe(refused);
    } finally {
      await crossing.close();
    }
  });

  it('deleting the contact', async () => {
    const own = await founded();
    await open(own.admin);
    const crossing = await Crossing.open(server);
    try {
      const deleted = 'update contacts set deleted_at = now() where organization_id = $1 and id = $2';
      const values = [own.id, decodeGlobalId('Contact', own.customer.id)];
      expect(await crossing.meetByHand(deleted, values, async () => (await invite(own.admin, own.customer.id))[0]!)).toBe('NotFound');
    } finally {
      await crossing.close();
    }
  });
});
