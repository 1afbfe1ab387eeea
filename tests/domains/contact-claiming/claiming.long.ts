import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, DELETE, outcome, RESTORE, TRANSFER } from '../contacts/contact.fixture.ts';
import { departmentIds } from '../directory/directory.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const ALLOW = `mutation ($input: UpdateContactClaimingInput!) { updateContactClaiming(input: $input) { __typename ${NAMED}
  ... on VersionConflict { current { ... on ContactClaiming { version } } }
  ... on UpdateContactClaimingSuccess { claiming { version most departments { name } } } } }`;
const CLAIM = `mutation ($input: ClaimContactInput!) { claimContact(input: $input) { __typename ${NAMED} ... on ClaimQuotaReached { most }
  ... on ClaimContactSuccess { contact { id owner { id } viewerRoles history(first: 1) { nodes { field from to } } } } } }`;
const CLAIMABLE = '{ claimableContacts(first: 50) { totalCount nodes { id name } } }';
const SETTINGS = '{ contactClaiming { version most departments { name } } }';

let server: TestServer;
let own: TestOrganization;
let departments: Readonly<Record<string, string>>;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  departments = await departmentIds(own);
});
afterAll(() => server.stop());

const allow = (names: readonly string[], most: number, expectedVersion = 0) =>
  outcome(own.admin, ALLOW, { departmentIds: names.map((name) => departments[name]), most, expectedVersion });
const nobodys = async (): Promise<string> => (await added(own.admin, own, { ownerId: null })).id;
const claim = (seat: TestSeat, contactId: string) => outcome(seat, CLAIM, { contactId });
const claimable = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query(CLAIMABLE)).claimableContacts.nodes.map(({ id }: { id: string }) => id);

describe('claiming a contact that nobody answers for (spec 3.18)', () => {
  it('is for employees of the departments that an admin allows, and those below', async () => {
    const id = await nobodys();
    expect(await codes(own.owner, CLAIM, { contactId: id })).toEqual(['FORBIDDEN']);
    expect(await claimable(own.owner)).toEqual([]);
    expect(await allow(['Sales'], 5)).toMatchObject({ claiming: { version: 1, most: 5, departments: [{ name: 'Sales' }] } });
    expect(await claimable(own.owner)).toContain(id);
    expect(await claimable(own.colleague)).toEqual([]);
    expect(await codes(own.colleague, CLAIM, { contactId: id })).toEqual(['FORBIDDEN']);
    expect(await claim(own.owner, id)).toEqual({
      __typename: 'ClaimContactSuccess',
      contact: {
        id,
        owner: { id: own.owner.id },
        viewerRoles: expect.arrayContaining(['OWNER']),
        history: { nodes: [{ field: 'owner', from: null, to: 'The owner' }] },
      },
    });
    expect(await claimable(own.owner)).not.toContain(id);
  });

  it('is of those that nobody answers for alone: neither another’s, nor one in the bin, nor another organization’s', async () => {
    await allow(['Sales'], 5);
    expect((await claim(own.owner, own.rival.id)).__typename).toBe('ContactAlreadyOwned');
    const id = await nobodys();
    await outcome(own.admin, DELETE, { contactIds: [id] });
    expect((await claim(own.owner, id)).__typename).toBe('NotFound');
    const stranger = await server.organization();
    expect((await claim(own.owner, stranger.unowned.id)).__typename).toBe('NotFound');
  });

  it('shows of a claimable contact the name, and can be asked by nothing else', async () => {
    await allow(['Sales'], 5);
    const { data, errors } = await own.owner.ask('{ claimableContacts(first: 1) { nodes { name phone company { name } } } }');
    expect(data?.claimableContacts.nodes[0]).toMatchObject({ phone: null });
    expect(errors.length).toBeGreaterThan(0);
    for (const more of ['search: "unowned"', 'where: { source: { equals: API } }'])
      expect(
        (await own.owner.ask(`{ claimableContacts(${more}) { totalCount } }`)).errors.map(({ extensions }) => extensions.code),
      ).toEqual(['BAD_REQUEST']);
    expect(
      (await own.owner.ask('{ claimableContacts(orderBy: [{ field: FOLLOW_UP, direction: ASC }]) { totalCount } }')).errors,
    ).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });

  it('stands in the order of the names, where it is asked for', async () => {
    await allow(['Sales'], 5);
    for (const name of ['Qiao Yi', 'An Li', 'Ma Qing']) await added(own.admin, own, { ownerId: null, name });
    const named = async (direction: string): Promise<string[]> =>
      (
        await own.owner.query(`{ claimableContacts(orderBy: [{ field: NAME, direction: ${direction} }]) { nodes { name } } }`)
      ).claimableContacts.nodes.map(({ name }: { name: string }) => name);
    expect(await named('ASC')).toEqual(['An Li', 'Ma Qing', 'Qiao Yi', 'The unowned']);
    expect(await named('DESC')).toEqual(['The unowned', 'Qiao Yi', 'Ma Qing', 'An Li']);
  });

  it('gives it to the first of several', async () => {
    await allow(['Sales', 'Warehouse'], 5);
    const id = await nobodys();
    const all = await Promise.all([own.owner, own.supervisor, own.colleague].map((seat) => claim(seat, id)));
    expect(all.map(({ __typename }) => __typename).sort()).toEqual(['ClaimContactSuccess', 'ContactAlreadyOwned', 'ContactAlreadyOwned']);
  });

  it('never gives one too many to somebody who claims several at once', async () => {
    await allow(['Sales'], 2);
    const ids = await Promise.all(Array.from({ length: 6 }, nobodys));
    const all = await Promise.all(ids.map((id) => claim(own.owner, id)));
    expect(all.filter(({ __typename }) => __typename === 'ClaimContactSuccess')).toHaveLength(2);
    expect(all.filter(({ __typename }) => __typename === 'ClaimQuotaReached')).toHaveLength(4);
    expect(all.find(({ most }) => most !== undefined)).toMatchObject({ most: 2 });
  });

  it('counts what is held: who gave one away, or lost it to the bin, may claim another', async () => {
    await allow(['Sales'], 1);
    const [one, two, three] = [await nobodys(), await nobodys(), await nobodys()];
    await claim(own.owner, one);
    expect((await claim(own.owner, two)).__typename).toBe('ClaimQuotaReached');
    await outcome(own.admin, TRANSFER, { contactIds: [one], ownerId: own.colleague.id });
    expect((await claim(own.owner, two)).__typename).toBe('ClaimContactSuccess');
    await outcome(own.admin, DELETE, { contactIds: [two] });
    expect((await claim(own.owner, three)).__typename).toBe('ClaimContactSuccess');
    await outcome(own.admin, RESTORE, { contactIds: [two] });
    expect((await claim(own.owner, await nobodys())).__typename).toBe('ClaimQuotaReached');
  });

  it('counts what each holds: another’s claims are not one’s own', async () => {
    await allow(['Sales'], 1);
    const [one, two] = [await nobodys(), await nobodys()];
    expect((await claim(own.owner, one)).__typename).toBe('ClaimContactSuccess');
    expect((await claim(own.supervisor, two)).__typename).toBe('ClaimContactSuccess');
  });

  it('is not done twice by one key', async () => {
    await allow(['Sales'], 5);
    const input = { contactId: await nobodys(), idempotencyKey: 'once' };
    for (let i = 0; i < 2; i++) expect((await outcome(own.owner, CLAIM, input)).__typename).toBe('ClaimContactSuccess');
  });
});

describe('what an admin allows (spec 3.18)', () => {
  it('is nothing until it is said, is read by every employee, and is not overwritten unseen', async () => {
    expect(await own.colleague.query(SETTINGS)).toEqual({ contactClaiming: null });
    await allow(['Sales', 'Support'], 3);
    expect((await own.colleague.query(SETTINGS)).contactClaiming).toEqual({
      version: 1,
      most: 3,
      departments: [{ name: 'Sales' }, { name: 'Support' }],
    });
    expect(await allow(['Sales'], 4)).toMatchObject({ __typename: 'VersionConflict', current: { version: 1 } });
    expect(await allow([], 0, 1)).toMatchObject({ claiming: { version: 2, most: 0, departments: [] } });
    expect(await claimable(own.owner)).toEqual([]);
  });

  it.each(['scopedAdmin', 'formsAdmin', 'owner', 'colleague'] as const)('is not %s’s to change', async (name) => {
    expect(await codes(own[name], ALLOW, { departmentIds: [departments.Sales], most: 9, expectedVersion: 0 })).toEqual(['FORBIDDEN']);
    expect(await own.colleague.query(SETTINGS)).toEqual({ contactClaiming: null });
  });

  it('names departments of the organization alone', async () => {
    const stranger = await server.organization();
    const theirs = await departmentIds(stranger);
    expect(
      await outcome(own.admin, ALLOW, { departmentIds: [departments.Sales, theirs.Sales], most: 1, expectedVersion: 0 }),
    ).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'departmentIds', '1'],
    });
  });
});
