import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, outcome, rowsOf, SHARE, TAG, UNTAG } from './contact.fixture.ts';

const ADD_GROUP = `mutation ($input: AddTagGroupInput!) { addTagGroup(input: $input) { ... on AddTagGroupSuccess { tagGroup { id } } } }`;
const ADD_TAG = `mutation ($input: AddTagInput!) { addTag(input: $input) { ... on AddTagSuccess { tag { id } } } }`;
const RENAME = `mutation ($input: RenameTagInput!) { renameTag(input: $input) { __typename } }`;
const UPDATE_TAG = `mutation ($input: UpdateTagInput!) { updateTag(input: $input) { __typename } }`;
const DELETE_TAG = `mutation ($input: DeleteTagInput!) { deleteTag(input: $input) { __typename } }`;
const SEARCH = `query ($search: String, $list: ContactList, $where: ContactFilter) {
  contacts(search: $search, list: $list, where: $where, first: 50) { totalCount nodes { id name } } }`;

let server: TestServer;
let own: TestOrganization;
let groups = 0;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server?.stop());

/** A tag in a group of its own. @returns its global id */
async function tagNamed(name: string): Promise<string> {
  const { tagGroup } = await outcome(own.admin, ADD_GROUP, { name: `Sort ${groups++}`, color: 'GREEN' });
  return (await outcome(own.admin, ADD_TAG, { groupId: tagGroup.id, name })).tag.id;
}
const carrier = async (name: string, ...tagIds: string[]): Promise<string> => (await added(own.owner, own, { name, tagIds })).id;
async function found(search: string, seat: TestSeat = own.owner, more: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  const { contacts } = await seat.query(SEARCH, { search, ...more });
  expect(contacts.totalCount).toBe(contacts.nodes.length);
  return contacts.nodes.map(({ name }: { name: string }) => name).sort();
}

describe('contacts by the name of a tag (spec 3.6)', () => {
  beforeAll(async () => {
    const chinese = await tagNamed('重点客户');
    const written = await tagNamed('Café Ｆ-１２');
    await carrier('Bo', chinese);
    await carrier('Di', chinese, written);
  });

  it.each([
    ['重点', ['Bo', 'Di']],
    ['客户', ['Bo', 'Di']],
    ['zhongdian', ['Bo', 'Di']],
    ['zhong dian ke hu', ['Bo', 'Di']],
    ['kehu', ['Bo', 'Di']],
    ['ZDKH', ['Bo', 'Di']],
    ['chongdian', ['Bo', 'Di']],
    ['重客', []],
    ['cafe', ['Di']],
    ['ＣＡＦÉ', ['Di']],
    ['f12', ['Di']],
    ['cafe g', []],
  ])('%s finds %j', async (text, names) => expect(await found(text)).toEqual(names));

  it('finds a contact once that its name, its company and its tag have what is typed', async () => {
    const tag = await tagNamed('Quince');
    await added(own.owner, own, { name: 'Quince', company: 'Quince & Quince', tagIds: [tag] });
    await carrier('Orla', tag);
    expect(await found('quince')).toEqual(['Orla', 'Quince']);
  });

  it('goes with lists and filters', async () => {
    const [tag, other] = [await tagNamed('Walnut'), await tagNamed('Almond')];
    await carrier('Uma', tag, other);
    await carrier('Vic', tag);
    expect(await found('walnut', own.owner, { list: 'MINE' })).toEqual(['Uma', 'Vic']);
    expect(await found('walnut', own.owner, { list: 'SHARED_WITH_ME' })).toEqual([]);
    expect(await found('walnut', own.owner, { where: { tags: { any: [other] } } })).toEqual(['Uma']);
    expect(await found('walnut', own.owner, { where: { tags: { none: [other] } } })).toEqual(['Vic']);
  });

  it('follows the tags of a contact, and their names', async () => {
    const [before, after] = [await tagNamed('Maple'), await tagNamed('Birch')];
    const contactId = await carrier('Tess', before);
    expect(await found('birch')).toEqual([]);
    await outcome(own.owner, TAG, { contactId, tagId: after });
    await outcome(own.owner, UNTAG, { contactId, tagId: before });
    expect([await found('maple'), await found('birch')]).toEqual([[], ['Tess']]);

    await outcome(own.admin, RENAME, { tagId: after, name: '白桦' });
    expect(await Promise.all(['birch', 'baihua'].map((text) => found(text)))).toEqual([[], ['Tess']]);
    await outcome(own.admin, UPDATE_TAG, { tagId: after, expectedVersion: 2, name: 'Poplar' });
    expect(await Promise.all(['baihua', 'poplar'].map((text) => found(text)))).toEqual([[], ['Tess']]);
    await outcome(own.admin, DELETE_TAG, { tagId: after, replacementId: before });
    expect(await Promise.all(['poplar', 'maple'].map((text) => found(text)))).toEqual([[], ['Tess']]);
  });

  it('keeps its terms when the tag changes its place alone', async () => {
    const tagId = await tagNamed('Alder');
    await carrier('Nils', tagId);
    await outcome(own.admin, UPDATE_TAG, { tagId, expectedVersion: 1, position: 1 });
    expect(await found('alder')).toEqual(['Nils']);
  });

  it('forgets the terms of a tag that is deleted', async () => {
    const tagId = await tagNamed('Gone');
    await outcome(own.admin, DELETE_TAG, { tagId });
    expect(await rowsOf(server, own, `select term from tag_search_terms where term like 'gone%'`)).toEqual([]);
  });
});

describe('what the name of a tag finds', () => {
  let contactId: string;
  beforeAll(async () => {
    contactId = await carrier('Secretly tagged', await tagNamed('Watched closely'));
  });

  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('is found by %s', async (name) => {
    expect(await found('watched', own[name])).toEqual(['Secretly tagged']);
  });
  it.each(['sharee', 'colleague', 'formsAdmin'] as const)('is not found by %s, who does not read its tags', async (name) => {
    expect(await found('watched', own[name])).toEqual([]);
  });
  it('is found by a sharee from the share on', async () => {
    await outcome(own.owner, SHARE, { contactId, employeeId: own.sharee.id });
    expect(await found('watched', own.sharee)).toEqual(['Secretly tagged']);
  });
  it('is not found across organizations', async () => {
    const other = await server.organization();
    expect(await found('watched', other.admin)).toEqual([]);
  });
  it('is nobody’s to search at the window', async () => {
    expect(await codes(own.customer, 'query ($input: String) { contacts(search: $input) { totalCount } }', 'watched')).not.toEqual([]);
  });
});
