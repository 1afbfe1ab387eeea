import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, kept, outcome, READ, SHARE, TAG, UNTAG } from './contact.fixture.ts';

const GROUPS = '{ tagGroups { totalCount nodes { id name color tags { nodes { id name group { name } } } } } }';
const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const ADD_GROUP = `mutation ($input: AddTagGroupInput!) { addTagGroup(input: $input) { __typename ${NAMED} ... on AddTagGroupSuccess { tagGroup { id name color } } } }`;
const ADD_TAG = `mutation ($input: AddTagInput!) { addTag(input: $input) { __typename ${NAMED} ... on AddTagSuccess { tag { id name group { id } } } } }`;
const RENAME = `mutation ($input: RenameTagInput!) { renameTag(input: $input) { __typename ${NAMED} ... on RenameTagSuccess { tag { id name } } } }`;

let server: TestServer;
let own: TestOrganization;
let id: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
beforeEach(async () => {
  ({ id } = await added(own.owner, own));
});
afterAll(() => server.stop());

const tagsOf = async () => (await own.admin.query(READ, { id })).contact.tags.map((tag: { id: string }) => tag.id);
const groups = async (seat = own.admin) => (await seat.query(GROUPS)).tagGroups.nodes;

describe('the tags of a contact (spec 3.9)', () => {
  it('are one of a group: another takes its place', async () => {
    expect((await outcome(own.owner, TAG, { contactId: id, tagId: own.tagIds[1] })).contact).toEqual({
      version: 2,
      tags: [{ id: own.tagIds[1] }],
    });
  });

  it('are independent between groups', async () => {
    await outcome(own.owner, TAG, { contactId: id, tagId: own.tagIds[2] });
    await outcome(own.owner, TAG, { contactId: id, tagId: own.tagIds[3] });
    expect(await tagsOf()).toEqual([own.tagIds[0], own.tagIds[2], own.tagIds[3]]);
    await outcome(own.owner, UNTAG, { contactId: id, tagId: own.tagIds[2] });
    expect(await tagsOf()).toEqual([own.tagIds[0], own.tagIds[3]]);
  });

  it('are at least one: the last stays', async () => {
    const before = await kept(server, own);
    expect(await outcome(own.owner, UNTAG, { contactId: id, tagId: own.tagIds[0] })).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'tagId'], code: 'TAG_NEEDED' }],
    });
    expect(await kept(server, own)).toBe(before);
  });

  it('do not change where one is set that is there, or taken away that is not', async () => {
    const before = await kept(server, own);
    expect((await outcome(own.owner, TAG, { contactId: id, tagId: own.tagIds[0] })).contact.version).toBe(1);
    expect((await outcome(own.owner, UNTAG, { contactId: id, tagId: own.tagIds[1] })).contact.version).toBe(1);
    expect(await kept(server, own)).toBe(before);
  });

  it('are one of a group also when several are set at once', async () => {
    const tagIds = Array.from({ length: 12 }, (_, i) => own.tagIds[i % 2]);
    const all = await Promise.all(tagIds.map((tagId) => outcome(own.owner, TAG, { contactId: id, tagId })));
    expect(new Set(all.map(({ __typename }) => __typename))).toEqual(new Set(['TagContactSuccess']));
    expect(await tagsOf()).toHaveLength(1);
  });

  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('are set by %s', async (name) => {
    expect((await outcome(own[name], TAG, { contactId: id, tagId: own.tagIds[2] })).__typename).toBe('TagContactSuccess');
  });

  it.each(['sharee', 'colleague', 'formsAdmin'] as const)('are not set by %s', async (name) => {
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    const before = await kept(server, own);
    for (const mutation of [TAG, UNTAG])
      expect(await codes(own[name], mutation, { contactId: id, tagId: own.tagIds[2] })).toEqual(['FORBIDDEN']);
    expect(await kept(server, own)).toBe(before);
  });

  it('are none of another organization’s', async () => {
    const other = await server.organization();
    const before = await kept(server, own);
    for (const tagId of [other.tagIds[0], id, 'never issued'])
      expect((await outcome(own.owner, TAG, { contactId: id, tagId })).__typename).toBe('NotFound');
    expect(await kept(server, own)).toBe(before);
  });
});

describe('groups of tags and their tags (spec 3.9)', () => {
  beforeEach(async () => {
    own = await server.organization();
    ({ id } = await added(own.owner, own));
  });

  it('are seen by every employee, in their order, each tag with its group', async () => {
    for (const seat of [own.admin, own.colleague])
      expect(await groups(seat)).toMatchObject([
        {
          name: 'Level',
          color: 'RED',
          tags: { nodes: [{ id: own.tagIds[0], name: 'Key account', group: { name: 'Level' } }, { name: 'Regular' }] },
        },
        { name: 'Trade', color: 'BLUE', tags: { nodes: [{ name: 'Construction' }] } },
        { name: 'Stage', color: 'GREEN', tags: { nodes: [{ name: 'New' }] } },
      ]);
  });

  it('are not seen on the portal, nor across organizations', async () => {
    const other = await server.organization();
    expect((await own.customer.ask(GROUPS)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
    const [{ id: groupId }] = await groups(other.admin);
    const { data } = await own.admin.ask('query ($id: ID!) { node(id: $id) { id } }', { id: groupId });
    expect(data).toEqual({ node: null });
    expect((await outcome(own.admin, ADD_TAG, { groupId, name: 'Mine' })).__typename).toBe('NotFound');
  });

  it.each(['RED', 'ORANGE', 'YELLOW', 'GREEN', 'BLUE', 'PURPLE'])('are made by an admin, in %s', async (color) => {
    const { tagGroup } = await outcome(own.admin, ADD_GROUP, { name: `Group ${color}`, color });
    expect(tagGroup).toMatchObject({ name: `Group ${color}`, color });
    const { tag } = await outcome(own.admin, ADD_TAG, { groupId: tagGroup.id, name: 'Regular' });
    expect(tag).toMatchObject({ name: 'Regular', group: { id: tagGroup.id } });
    expect((await groups()).at(-1)).toMatchObject({ id: tagGroup.id, tags: { nodes: [{ id: tag.id }] } });
  });

  it('have other colours refused', async () => {
    expect(await codes(own.admin, ADD_GROUP, { name: 'Pink ones', color: 'PINK' })).toEqual(['BAD_REQUEST']);
  });

  it('have a name once: a group in the organization, a tag in its group', async () => {
    const [level] = await groups();
    const taken = { __typename: 'ValidationFailed', issues: [{ path: ['input', 'name'], code: 'TAKEN' }] };
    expect(await outcome(own.admin, ADD_GROUP, { name: ' Level ', color: 'RED' })).toMatchObject(taken);
    expect(await outcome(own.admin, ADD_TAG, { groupId: level.id, name: 'Regular' })).toMatchObject(taken);
    expect(await outcome(own.admin, RENAME, { tagId: own.tagIds[0], name: 'Regular' })).toMatchObject(taken);
    expect(await outcome(own.admin, RENAME, { tagId: own.tagIds[0], name: 'Key account' })).toMatchObject({
      __typename: 'RenameTagSuccess',
    });
  });

  it('are renamed on every contact that carries them', async () => {
    await outcome(own.admin, RENAME, { tagId: own.tagIds[3], name: 'Fresh' });
    await outcome(own.owner, TAG, { contactId: id, tagId: own.tagIds[3] });
    await outcome(own.admin, RENAME, { tagId: own.tagIds[3], name: 'New' });
    const { contact } = await own.owner.query('query ($id: ID!) { contact(id: $id) { tags { name } } }', { id });
    expect(contact.tags).toEqual([{ name: 'Key account' }, { name: 'New' }]);
  });

  it('are refused by name, not by a fault, to those who take one name at once', async () => {
    const [{ id: groupId }] = await groups();
    const made = await Promise.all(['Left', 'Right'].map((name) => outcome(own.admin, ADD_TAG, { groupId, name })));
    const all = await Promise.all(made.map(({ tag }) => outcome(own.admin, RENAME, { tagId: tag.id, name: 'Centre' })));
    expect(all.map(({ __typename }) => __typename).sort()).toEqual(['RenameTagSuccess', 'ValidationFailed']);
    const added = await Promise.all(Array.from({ length: 5 }, () => outcome(own.admin, ADD_GROUP, { name: 'Same', color: 'RED' })));
    expect(added.filter(({ __typename }) => __typename === 'AddTagGroupSuccess')).toHaveLength(1);
  });

  it.each(['scopedAdmin', 'formsAdmin', 'supervisor', 'owner', 'colleague'] as const)(
    'are settings, which %s without the right for the whole organization cannot change',
    async (name) => {
      const before = JSON.stringify(await groups());
      const [{ id: groupId }] = await groups();
      expect(await codes(own[name], ADD_GROUP, { name: 'Mine', color: 'RED' })).toEqual(['FORBIDDEN']);
      expect(await codes(own[name], ADD_TAG, { groupId, name: 'Mine' })).toEqual(['FORBIDDEN']);
      expect(await codes(own[name], RENAME, { tagId: own.tagIds[0], name: 'Mine' })).toEqual(['FORBIDDEN']);
      expect(JSON.stringify(await groups())).toBe(before);
    },
  );
});
