import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, DELETE, outcome, RESTORE, rowsOf } from './contact.fixture.ts';

let server: TestServer;
let certified: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  certified = await server.organization();
});
afterAll(() => server.stop());

const input = (own: TestOrganization) => ({ name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]] });
const quota = async (own: TestOrganization) => {
  const counted = 'select count(*)::int from contacts where deleted_at is null';
  return (await rowsOf<{ used: number; counted: number }>(server, own, `select used, (${counted}) as counted from contact_quotas`))[0]!;
};
const limitTo = (own: TestOrganization, limit: number) => rowsOf(server, own, 'update contact_quotas set limit_override = $1', [limit]);

describe('how many contacts an organization may have (spec 3.5)', () => {
  it.each([
    ['TEAM', 2_000],
    ['BASIC', 2_000],
    ['INTERMEDIATE', 10_000],
    ['ADVANCED', 20_000],
  ])('follows from its certification: %s %i', async (certification, limit) => {
    await rowsOf(server, certified, 'update organizations set certification = $1', [certification]);
    await rowsOf(server, certified, 'update contact_quotas set used = $1', [limit - 1]);
    const own = certified;
    await added(own.owner, own);
    expect(await outcome(own.owner, ADD, input(own))).toEqual({
      __typename: 'ContactQuotaReached',
      code: 'CONTACT_QUOTA_REACHED',
      path: [],
      limit,
    });
    const [{ used }] = (await rowsOf<{ used: number }>(server, own, 'select used from contact_quotas')) as [{ used: number }];
    expect(used).toBe(limit);
  });

  it('is what the operator has set instead, up or down', async () => {
    const own = await server.organization();
    await limitTo(own, 4);
    await added(own.owner, own);
    expect(await outcome(own.owner, ADD, input(own))).toMatchObject({ __typename: 'ContactQuotaReached', limit: 4 });
    await limitTo(own, 5);
    await added(own.owner, own);
    await limitTo(own, 1);
    expect(await outcome(own.owner, ADD, input(own))).toMatchObject({ __typename: 'ContactQuotaReached', limit: 1 });
    expect(await quota(own)).toEqual({ used: 5, counted: 5 });
  });

  it('is kept to by fifty adds at once: ten places, ten contacts', async () => {
    const own = await server.organization();
    await limitTo(own, 13);
    const seats = [own.owner, own.colleague, own.admin, own.sharee, own.supervisor];
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => outcome(seats[i % seats.length]!, ADD, input(own))));
    const counts = Map.groupBy(all, ({ __typename }) => __typename);
    expect([...counts].map(([outcome, of]) => [outcome, of.length]).sort()).toEqual([
      ['AddContactSuccess', 10],
      ['ContactQuotaReached', 40],
    ]);
    expect(await quota(own)).toEqual({ used: 13, counted: 13 });
  });

  it('counts no contact that was refused for its phone', async () => {
    const own = await server.organization();
    await outcome(own.colleague, ADD, { ...input(own), phone: own.plan.contacts[0]!.phone });
    expect(await quota(own)).toEqual({ used: 3, counted: 3 });
  });

  it('does not count the bin: deleting gives a place back, restoring takes one', async () => {
    const own = await server.organization();
    const contactIds = [own.customer.id];
    await limitTo(own, 3);
    await outcome(own.admin, DELETE, { contactIds });
    expect(await quota(own)).toEqual({ used: 2, counted: 2 });
    await added(own.owner, own);
    expect((await outcome(own.admin, RESTORE, { contactIds })).results).toEqual([
      { __typename: 'ContactQuotaReached', code: 'CONTACT_QUOTA_REACHED', limit: 3 },
    ]);
    await outcome(own.admin, DELETE, { contactIds: [own.rival.id] });
    expect((await outcome(own.admin, RESTORE, { contactIds })).results).toMatchObject([{ __typename: 'RestoreContactsItemSuccess' }]);
    expect(await quota(own)).toEqual({ used: 3, counted: 3 });
  });

  it('takes one place for a phone that is added twice at once', async () => {
    const own = await server.organization();
    const same = input(own);
    const all = await Promise.all([own.owner, own.colleague, own.sharee].map((seat) => outcome(seat, ADD, same)));
    expect(all.map(({ __typename }) => __typename).sort()).toEqual(['AddContactSuccess', 'ContactPhoneTaken', 'ContactPhoneTaken']);
    expect(await quota(own)).toEqual({ used: 4, counted: 4 });
  });
});
