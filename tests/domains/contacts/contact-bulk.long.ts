import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, outcome, READ } from './contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const act = (name: string) => {
  const type = name[0]!.toUpperCase() + name.slice(1);
  return `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ${NAMED} ... on ${type}Success { job { id state }
    results { __typename ... on ${type}ItemSuccess { contactId } ... on UserError { code } } } } }`;
};
const [TAG_MANY, SHARE_MANY, TRANSFER_MANY, DELETE_MANY, INVITE_MANY] = ['tag', 'share', 'transfer', 'delete', 'invite'].map((verb) =>
  act(`${verb}Contacts`),
) as [string, string, string, string, string];
const JOB = `query ($id: ID!) { job(id: $id) { state progress total errors { path code message } result { ... on ContactBulkResult { done refused } } } }`;

let server: TestServer;
let own: TestOrganization;
let made: { id: string; name: string }[];
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  made = [];
  for (const name of ['Zhu An', 'Zhu Bo', 'Zhu Ci']) made.push(await added(own.owner, own, { name, company: 'Riverbank' }));
});
afterAll(() => server.stop());

const ids = () => made.map(({ id }) => id);
const read = async (id: string) => (await own.admin.query(READ, { id })).contact;
const tagsOf = async (id: string): Promise<string[]> => (await read(id)).tags.map((tag: { id: string }) => tag.id);
/** Starts a job by a list and waits for it. */
async function through(seat: TestSeat, mutation: string, input: Record<string, unknown>) {
  const begun = await outcome(seat, mutation, input);
  expect(begun).toMatchObject({ results: [], job: { state: 'QUEUED' } });
  await server.runtime.jobs.settled();
  return (await seat.query(JOB, { id: begun.job.id })).job;
}

describe('acts on many contacts by their ids (spec 3.14)', () => {
  it('tag each, and say of each what came of it', async () => {
    const stranger = await server.organization();
    const asked = [...ids(), stranger.customer.id];
    const { results, job } = await outcome(own.admin, TAG_MANY, { contactIds: asked, tagId: own.tagIds[3] });
    expect(job).toBeNull();
    expect(results).toEqual([
      ...ids().map((contactId) => ({ __typename: 'TagContactsItemSuccess', contactId })),
      { __typename: 'NotFound', code: 'NOT_FOUND' },
    ]);
    for (const id of ids()) expect(await tagsOf(id)).toContain(own.tagIds[3]);
  });

  it('set one of a group in the place of another, and take one away, but never the last', async () => {
    await outcome(own.admin, TAG_MANY, { contactIds: ids(), tagId: own.tagIds[1] });
    expect(await tagsOf(ids()[0]!)).toEqual([own.tagIds[1]]);
    await outcome(own.admin, TAG_MANY, { contactIds: [ids()[0]], tagId: own.tagIds[3] });
    const { results } = await outcome(own.admin, TAG_MANY, { contactIds: ids(), tagId: own.tagIds[1], remove: true });
    expect(results.map(({ __typename }: { __typename: string }) => __typename)).toEqual([
      'TagContactsItemSuccess',
      'ValidationFailed',
      'ValidationFailed',
    ]);
    expect(await tagsOf(ids()[0]!)).toEqual([own.tagIds[3]]);
    expect(await tagsOf(ids()[1]!)).toEqual([own.tagIds[1]]);
  });

  it('share each with somebody, but not with its owner', async () => {
    const of = await added(own.admin, own, { ownerId: own.colleague.id });
    const given = { contactIds: [...ids(), of.id], employeeId: own.colleague.id, reason: 'A fair' };
    const { results } = await outcome(own.admin, SHARE_MANY, given);
    expect(results.map(({ __typename }: { __typename: string }) => __typename)).toEqual([
      ...ids().map(() => 'ShareContactsItemSuccess'),
      'ValidationFailed',
    ]);
    expect((await read(ids()[0]!)).sharedWith.nodes).toMatchObject([{ employee: { id: own.colleague.id }, reason: 'A fair' }]);
  });

  it('are refused once for what is wrong with all', async () => {
    const contactIds = ids();
    expect(await outcome(own.admin, SHARE_MANY, { list: 'VISIBLE' })).toMatchObject({ issues: [{ code: 'ONE_SHAREE' }] });
    const past = { list: 'VISIBLE', employeeId: own.colleague.id, until: '2020-01-01T00:00:00Z' };
    expect(await outcome(own.admin, SHARE_MANY, past)).toMatchObject({ issues: [{ code: 'PAST' }] });
    expect((await outcome(own.admin, TAG_MANY, { contactIds, tagId: own.customer.id })).__typename).toBe('NotFound');
    expect(await outcome(own.admin, TAG_MANY, { tagId: own.tagIds[3] })).toMatchObject({ issues: [{ code: 'IDS_OR_LIST' }] });
    expect(await outcome(own.admin, TAG_MANY, { contactIds, list: 'VISIBLE', tagId: own.tagIds[3] })).toMatchObject({
      issues: [{ code: 'IDS_OR_LIST' }],
    });
  });

  it('are the admins’: others are refused, a scoped admin beyond the scope as well', async () => {
    for (const name of ['owner', 'supervisor', 'colleague', 'formsAdmin'] as const)
      expect(await codes(own[name], TAG_MANY, { contactIds: ids(), tagId: own.tagIds[3] })).toEqual(['FORBIDDEN']);
    const { results } = await outcome(own.scopedAdmin, TAG_MANY, { contactIds: [ids()[0], own.rival.id], tagId: own.tagIds[3] });
    expect(results.map(({ __typename }: { __typename: string }) => __typename)).toEqual(['TagContactsItemSuccess', 'NotYours']);
  });
});

describe('acts on the contacts of a list (spec 3.14)', () => {
  it('tag those that a search and a filter find, with counts', async () => {
    const list = { list: 'ORGANIZATION', search: 'zhu', where: { not: { tags: { any: [own.tagIds[2]] } } } };
    await outcome(own.admin, TAG_MANY, { contactIds: [ids()[0]], tagId: own.tagIds[2] });
    const job = await through(own.admin, TAG_MANY, { ...list, tagId: own.tagIds[3] });
    expect(job).toEqual({ state: 'SUCCEEDED', progress: 2, total: 2, errors: [], result: { done: 2, refused: 0 } });
    expect(await tagsOf(ids()[0]!)).not.toContain(own.tagIds[3]);
    for (const id of ids().slice(1)) expect(await tagsOf(id)).toContain(own.tagIds[3]);
    expect(await tagsOf(own.customer.id)).not.toContain(own.tagIds[3]);
  });

  it('go on behind a hundred, through contacts that leave the list by what is done to them', async () => {
    for (let i = 0; i < 101; i++) await added(own.owner, own, { name: `Qian ${i}` });
    const job = await through(own.admin, TRANSFER_MANY, {
      list: 'ORGANIZATION',
      search: 'qian',
      where: { owner: { equals: own.owner.id } },
    });
    expect(job).toMatchObject({ progress: 101, total: 101, result: { done: 101, refused: 0 } });
    expect((await own.admin.query('{ contacts(list: UNOWNED, search: "qian") { totalCount } }')).contacts.totalCount).toBe(101);
  });

  it('share, invite and delete, and say why not for each', async () => {
    await outcome(own.admin, INVITE_MANY, { contactIds: [ids()[1]] });
    expect(
      await through(own.admin, SHARE_MANY, { list: 'VISIBLE', search: 'zhu', employeeId: own.owner.id, until: '2099-01-01T00:00:00Z' }),
    ).toMatchObject({
      result: { done: 0, refused: 3 },
      errors: [
        { path: [ids()[2]], code: 'IS_OWNER' },
        { path: [ids()[1]], code: 'IS_OWNER' },
        { path: [ids()[0]], code: 'IS_OWNER' },
      ],
    });
    const untagged = await through(own.admin, TAG_MANY, { list: 'VISIBLE', search: 'zhu', tagId: own.tagIds[0], remove: true });
    expect(untagged.errors).toContainEqual(
      expect.objectContaining({ path: [ids()[0]], code: 'TAG_NEEDED', message: 'A contact has at least one tag.' }),
    );
    expect(await through(own.admin, INVITE_MANY, { list: 'VISIBLE', search: 'zhu' })).toMatchObject({
      result: { done: 2, refused: 1 },
      errors: [{ path: [ids()[1]], code: 'ALREADY_INVITED' }],
    });
    expect(await through(own.admin, DELETE_MANY, { list: 'VISIBLE', search: 'zhu' })).toMatchObject({ result: { done: 3, refused: 0 } });
    for (const id of ids()) expect(await read(id)).toBeNull();
  });

  it('are of what the seat finds: a scoped admin’s list and rights end where the scope does', async () => {
    await outcome(own.admin, TAG_MANY, { contactIds: [own.rival.id], tagId: own.tagIds[2] });
    const shared = { contactIds: [own.rival.id], employeeId: own.scopedAdmin.id };
    await outcome(own.admin, SHARE_MANY, shared);
    const job = await through(own.scopedAdmin, DELETE_MANY, { list: 'VISIBLE' });
    expect(job.errors).toEqual([expect.objectContaining({ path: [own.rival.id], code: 'NOT_YOURS' })]);
    expect(job.result.refused).toBe(1);
    expect(await read(ids()[0]!)).toBeNull();
    expect(await read(own.rival.id)).not.toBeNull();
    expect(await read(own.unowned.id)).not.toBeNull();
  });

  it('are refused before anything begins: to who may not use the list, and for a filter that cannot be', async () => {
    for (const name of ['owner', 'supervisor', 'colleague'] as const)
      expect(await codes(own[name], DELETE_MANY, { list: 'MINE' })).toEqual(['FORBIDDEN']);
    expect(await codes(own.owner, TRANSFER_MANY, { list: 'MINE', ownerId: own.colleague.id })).toEqual(['FORBIDDEN']);
    expect(await codes(own.scopedAdmin, DELETE_MANY, { list: 'ORGANIZATION' })).toEqual(['FORBIDDEN']);
    const deep = { and: [{ and: [{ and: [{ and: [{ source: { equals: 'MANUAL' } }] }] }] }] };
    expect(await codes(own.admin, DELETE_MANY, { list: 'VISIBLE', where: deep })).toEqual(['LIMIT_EXCEEDED']);
    expect(await codes(own.admin, DELETE_MANY, { list: 'VISIBLE', where: { colour: 'RED' } })).toEqual(['BAD_REQUEST']);
    for (const id of ids()) expect(await read(id)).not.toBeNull();
  });

  it.each([{}, { where: {} }, { search: '' }, { where: {}, search: '' }, { where: { source: { equals: 'MANUAL' } } }])(
    'are not begun where no list is named: %j',
    async (given) => {
      for (const [act, more] of [
        [DELETE_MANY, {}],
        [TAG_MANY, { tagId: own.tagIds[3] }],
        [INVITE_MANY, {}],
      ] as const)
        expect(await outcome(own.admin, act, { ...given, ...more })).toMatchObject({ issues: [{ code: 'IDS_OR_LIST' }] });
      for (const id of ids()) expect(await read(id)).not.toBeNull();
    },
  );

  it('are not begun in the bin', async () => {
    await outcome(own.admin, DELETE_MANY, { contactIds: [ids()[0]] });
    expect(await outcome(own.admin, INVITE_MANY, { list: 'BIN' })).toMatchObject({
      issues: [{ code: 'IN_THE_BIN', path: ['input', 'list'] }],
    });
  });
});
