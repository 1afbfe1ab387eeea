import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, DELETE, kept, outcome, RESTORE, TAG } from './contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const DELETE_TAG = `mutation ($input: DeleteTagInput!) { deleteTag(input: $input) { __typename ${NAMED}
  ... on TagInUse { usage withoutTag } ... on DeleteTagSuccess { tagId changed untagged } } }`;
const DELETE_GROUP = `mutation ($input: DeleteTagGroupInput!) { deleteTagGroup(input: $input) { __typename ${NAMED}
  ... on TagGroupInUse { usage withoutTag } ... on DeleteTagGroupSuccess { groupId changed untagged } } }`;
const GROUPS = '{ tagGroups { nodes { id name tags { nodes { id name } } } } }';
const READ =
  'query ($id: ID!) { contact(id: $id) { version tags { id } history(first: 1) { nodes { field from to actor { id } } } timeline(first: 10) { nodes { __typename ... on TagInteraction { added tag { id } } } } } }';

let server: TestServer;
let own: TestOrganization;
/** Of `Key account` and nothing else; of `Key account`, `Construction`; of `Regular`. */
let alone: string;
let both: string;
let other: string;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  const [key, regular, trade] = own.tagIds;
  alone = (await added(own.owner, own, { tagIds: [key] })).id;
  both = (await added(own.owner, own, { tagIds: [key, trade] })).id;
  other = (await added(own.owner, own, { tagIds: [regular] })).id;
  for (const id of [own.customer.id, own.unowned.id, own.rival.id]) await outcome(own.admin, TAG, { contactId: id, tagId: regular });
});
afterAll(() => server.stop());

const read = async (id: string) => (await own.admin.query(READ, { id })).contact;
const tagsOf = async (id: string): Promise<string[]> => (await read(id)).tags.map((tag: { id: string }) => tag.id);
const groups = async (): Promise<{ id: string; name: string; tags: { nodes: { id: string }[] } }[]> =>
  (await own.admin.query(GROUPS)).tagGroups.nodes;
const groupNamed = async (name: string) => (await groups()).find((group) => group.name === name)!;
const tagIds = async () => (await groups()).flatMap(({ tags }) => tags.nodes.map(({ id }) => id));

describe('deleting a tag (spec 3.9)', () => {
  it('says how many contacts carry it, and how many of these no other, and does nothing', async () => {
    const before = await kept(server, own);
    expect(await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0] })).toEqual({
      __typename: 'TagInUse',
      code: 'TAG_IN_USE',
      path: ['input', 'confirmUsage'],
      usage: 2,
      withoutTag: 1,
    });
    for (const confirmUsage of [0, 1, 3])
      expect((await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0], confirmUsage })).usage).toBe(2);
    expect(await kept(server, own)).toBe(before);
    expect(await tagIds()).toHaveLength(4);
  });

  it('takes it from the contacts where their number is confirmed, and says who has none now', async () => {
    expect(await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0], confirmUsage: 2 })).toEqual({
      __typename: 'DeleteTagSuccess',
      tagId: own.tagIds[0],
      changed: 2,
      untagged: 1,
    });
    expect(await tagIds()).toEqual([own.tagIds[1], own.tagIds[2], own.tagIds[3]]);
    expect(await read(alone)).toMatchObject({
      version: 2,
      tags: [],
      history: { nodes: [{ field: 'tags', from: '["Key account"]', to: '[]', actor: { id: own.admin.id } }] },
    });
    expect(await tagsOf(both)).toEqual([own.tagIds[2]]);
    expect(await tagsOf(other)).toEqual([own.tagIds[1]]);
    expect((await outcome(own.owner, TAG, { contactId: alone, tagId: own.tagIds[0] })).__typename).toBe('NotFound');
  });

  it('goes without a word where no contact carries it', async () => {
    expect(await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[3] })).toMatchObject({ changed: 0, untagged: 0 });
    expect((await groupNamed('Stage')).tags.nodes).toEqual([]);
  });

  it('puts another in its place, in its history and on its timeline', async () => {
    expect(await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0], replacementId: own.tagIds[1] })).toMatchObject({
      __typename: 'DeleteTagSuccess',
      changed: 2,
      untagged: 0,
    });
    expect(await tagsOf(alone)).toEqual([own.tagIds[1]]);
    expect((await tagsOf(both)).sort()).toEqual([own.tagIds[1], own.tagIds[2]].sort());
    expect(await read(alone)).toMatchObject({
      history: { nodes: [{ from: '["Key account"]', to: '["Regular"]' }] },
      timeline: { nodes: [{ __typename: 'TagInteraction', added: true, tag: { id: own.tagIds[1] } }] },
    });
  });

  it('lets one of another group take the place of what stands there: one of a group', async () => {
    await outcome(own.owner, TAG, { contactId: both, tagId: own.tagIds[3] });
    expect((await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0], replacementId: own.tagIds[2] })).changed).toBe(2);
    expect(await tagsOf(alone)).toEqual([own.tagIds[2]]);
    expect((await tagsOf(both)).sort()).toEqual([own.tagIds[2], own.tagIds[3]].sort());
  });

  it('does the same in the bin, which it does not count: who comes back has the replacement', async () => {
    await outcome(own.admin, DELETE, { contactIds: [alone] });
    expect((await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0] })).usage).toBe(1);
    expect((await outcome(own.admin, DELETE_TAG, { tagId: own.tagIds[0], replacementId: own.tagIds[1] })).changed).toBe(1);
    await outcome(own.admin, RESTORE, { contactIds: [alone] });
    expect(await tagsOf(alone)).toEqual([own.tagIds[1]]);
  });

  it('refuses itself and what is none as replacement', async () => {
    const [key] = own.tagIds;
    const stranger = await server.organization();
    expect(await outcome(own.admin, DELETE_TAG, { tagId: key, replacementId: key })).toMatchObject({
      issues: [{ path: ['input', 'replacementId'], code: 'SAME' }],
    });
    for (const replacementId of [stranger.tagIds[0], alone])
      expect(await outcome(own.admin, DELETE_TAG, { tagId: key, replacementId })).toMatchObject({
        __typename: 'NotFound',
        path: ['input', 'replacementId'],
      });
    expect((await outcome(stranger.admin, DELETE_TAG, { tagId: key })).__typename).toBe('NotFound');
    expect(await tagIds()).toHaveLength(4);
  });

  it.each(['scopedAdmin', 'formsAdmin', 'supervisor', 'owner', 'colleague'] as const)(
    'is a setting that %s cannot change',
    async (name) => {
      const { id: groupId } = await groupNamed('Stage');
      expect(await codes(own[name], DELETE_TAG, { tagId: own.tagIds[3] })).toEqual(['FORBIDDEN']);
      expect(await codes(own[name], DELETE_GROUP, { groupId })).toEqual(['FORBIDDEN']);
      expect(await tagIds()).toHaveLength(4);
    },
  );
});

describe('deleting a group of tags (spec 3.9)', () => {
  it('asks for the number of contacts that carry one of its tags', async () => {
    const { id: groupId } = await groupNamed('Level');
    const { contacts } = await own.admin.query('{ contacts(list: ORGANIZATION, first: 30) { nodes { tags { group { name } } } } }');
    const of: string[][] = contacts.nodes.map(({ tags }: { tags: { group: { name: string } }[] }) => tags.map(({ group }) => group.name));
    const usage = of.filter((names) => names.includes('Level')).length;
    const withoutTag = of.filter((names) => names.includes('Level') && names.length === 1).length;
    expect(usage).toBeGreaterThan(withoutTag);
    expect(await outcome(own.admin, DELETE_GROUP, { groupId })).toMatchObject({ __typename: 'TagGroupInUse', usage, withoutTag });
    expect(await outcome(own.admin, DELETE_GROUP, { groupId, confirmUsage: usage })).toEqual({
      __typename: 'DeleteTagGroupSuccess',
      groupId,
      changed: usage,
      untagged: withoutTag,
    });
    expect((await groups()).map(({ name }) => name)).toEqual(['Trade', 'Stage']);
    expect(await tagsOf(both)).toEqual([own.tagIds[2]]);
    expect(await tagsOf(alone)).toEqual([]);
  });

  it('goes with its tags, or without any, where nobody carries them', async () => {
    const { id: groupId } = await groupNamed('Stage');
    expect(await outcome(own.admin, DELETE_GROUP, { groupId })).toMatchObject({ changed: 0 });
    const { tagGroup } = (
      await own.admin.query(
        'mutation { addTagGroup(input: { name: "Bare", color: RED }) { ... on AddTagGroupSuccess { tagGroup { id } } } }',
      )
    ).addTagGroup;
    expect(await outcome(own.admin, DELETE_GROUP, { groupId: tagGroup.id })).toMatchObject({ changed: 0 });
    expect((await groups()).map(({ name }) => name)).toEqual(['Level', 'Trade']);
  });
});
