import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { field, fieldNamed, textsOf, UPDATE_FIELD } from '../contact-fields/contact-fields.fixture.ts';
import { added, outcome as done, rowsOf, SHARE, UPDATE } from '../contacts/contact.fixture.ts';
import { csv, found, imported, outcome, told, UNDO } from './contact-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  own = await server.organization();
});
const ADD_GROUP = 'mutation ($input: AddTagGroupInput!) { addTagGroup(input: $input) { ... on AddTagGroupSuccess { tagGroup { id } } } }';
const ADD_TAG = 'mutation ($input: AddTagInput!) { addTag(input: $input) { ... on AddTagSuccess { tag { id } } } }';
const DELETE_TAG = 'mutation ($input: DeleteTagInput!) { deleteTag(input: $input) { __typename } }';
const one = async (search: string) => (await found(own.admin, search))[0]!;
const tagsOf = async (search: string) => ((await one(search)).tags as { name: string }[]).map(({ name }) => name).sort();
const updated = (...lines: string[]) => imported(server, own.admin, csv(...lines), { mode: 'UPDATE' });
async function undone({ id }: { id: string }): Promise<string[]> {
  await own.admin.does(UNDO, { input: { importId: id } });
  const result = await outcome(server, own.admin, id);
  expect(result.state).toBe('UNDONE');
  return told(result);
}
async function tagsAdded(...names: string[]): Promise<string[]> {
  const { tagGroup } = await done(own.admin, ADD_GROUP, { name: 'Rhythm', color: 'RED' });
  const ids: string[] = [];
  for (const name of names) ids.push((await done(own.admin, ADD_TAG, { groupId: tagGroup.id, name })).tag.id);
  return ids;
}

describe('an import that is taken back takes back what it did, and nothing else (spec 3.12)', () => {
  it.each([
    ['', false],
    [' in rows of which what they left was not kept', true],
  ])('what a tag was replaced by stays%s', async (_, isOld) => {
    const [later, asleep] = await tagsAdded('Later', 'Asleep');
    const { phone } = await added(own.owner, own, { name: 'Before', tagIds: [own.tagIds[1], later] });
    const given = await updated('Name,Phone,Tags', `After,${phone},Regular`);
    if (isOld) await rowsOf(server, own, 'update contact_import_rows set after = null returning id');
    await done(own.admin, DELETE_TAG, { tagId: later, replacementId: asleep });
    expect(await undone(given)).toEqual(['2 UNDONE']);
    expect(await tagsOf('Before')).toEqual(['Asleep', 'Regular']);
  });

  it('a tag comes back into the place of the one that the import had set there', async () => {
    const [later] = await tagsAdded('Later', 'Asleep');
    const { phone } = await added(own.owner, own, { name: 'Before', tagIds: [own.tagIds[1], later] });
    const given = await updated('Name,Phone,Tags', `Before,${phone},Asleep;New`);
    expect(await tagsOf('Before')).toEqual(['Asleep', 'New', 'Regular']);
    expect(await undone(given)).toEqual(['2 UNDONE']);
    expect(await tagsOf('Before')).toEqual(['Later', 'Regular']);
  });

  const option = { options: [{ label: 'Gold' }, { label: 'Iron' }] };
  const KINDS: readonly (readonly [from: string, to: string, more: object, next: object, cell: string, text: string])[] = [
    ['CHOICE', 'TEXT', option, {}, 'Gold', 'Gold'],
    ['CHOICES', 'TEXT', option, {}, 'Gold;Iron', 'Gold; Iron'],
    ['EMPLOYEE', 'TEXT', {}, {}, 'The sharee', 'The sharee'],
    ['MONEY', 'TEXT', {}, {}, '12.50', '12.50 CNY'],
    ['YES_NO', 'TEXT', {}, {}, 'Yes', 'Yes'],
    ['TEXT', 'CHOICE', {}, option, 'Gold', 'Gold'],
  ];
  it.each(KINDS)('a value of %s reads as it does once its field is of %s', async (kind, to, more, next, cell, text) => {
    await field(own, 'grade', kind, more);
    const phone = newPhone();
    await updated('Name,Phone,Tags,grade', `Before,${phone},New,${cell}`);
    const given = await updated('Name,Phone,Tags', `After,${phone},New`);
    const { id: fieldId, version: expectedVersion } = await fieldNamed(own, 'grade');
    const changed = await done(own.admin, UPDATE_FIELD, { fieldId, expectedVersion, kind: to, ...next });
    expect(changed).toMatchObject({ __typename: 'UpdateContactFieldSuccess' });
    expect(await undone(given)).toEqual(['2 UNDONE']);
    const { id } = await one('Before');
    expect(await textsOf(own, id)).toEqual({ grade: text });
  });

  it('a value that it wrote goes back while its field is what it was, and stays where that is of another kind', async () => {
    for (const name of ['kept', 'changed']) await field(own, name, 'CHOICE', option);
    const phone = newPhone();
    await updated('Name,Phone,Tags,kept,changed', `Before,${phone},New,Gold,Gold`);
    const given = await updated('Name,Phone,Tags,kept,changed', `After,${phone},New,Iron,Iron`);
    const { id: fieldId, version: expectedVersion } = await fieldNamed(own, 'changed');
    await done(own.admin, UPDATE_FIELD, { fieldId, expectedVersion, kind: 'TEXT' });
    expect(await undone(given)).toEqual(['2 UNDONE']);
    expect(await textsOf(own, (await one('Before')).id)).toEqual({ kept: 'Gold', changed: 'Iron' });
  });

  it('imports are taken back one after the other, the last one first', async () => {
    const phone = newPhone();
    const first = await updated('Name,Phone,Tags,Company', `First,${phone},New,Riverside`);
    const second = await updated('Name,Phone,Tags,Company,Shared with', `Second,${phone},Regular,Harbour,The sharee`);
    const third = await updated('Name,Phone,Tags', `Third,${phone},Key account`);
    expect(await undone(third)).toEqual(['2 UNDONE']);
    expect(await one('Second')).toMatchObject({ company: { name: 'Harbour' }, sharedWith: { nodes: [{ name: 'The sharee' }] } });
    expect(await undone(second)).toEqual(['2 UNDONE']);
    expect(await one('First')).toMatchObject({ company: { name: 'Riverside' }, tags: [{ name: 'New' }], sharedWith: { nodes: [] } });
    expect(await undone(first)).toEqual(['2 UNDONE']);
    expect(await found(own.admin, phone)).toEqual([]);
  });

  it('but not the first one first, and not where something of the later one is left, or somebody edited it between', async () => {
    const phones = [newPhone(), newPhone(), newPhone()];
    const rows = (name: string, more = '') => phones.map((phone, i) => `${name} ${i},${phone},New${more}`);
    const first = await updated('Name,Phone,Tags,Owner', ...rows('First', ',The supervisor'));
    const second = await updated('Name,Phone,Tags,Owner', `Second,${phones[0]},New,The colleague`, `Two,${phones[1]},New,`);
    const { id, version } = await one('Two');
    await done(own.admin, UPDATE, { contactId: id, expectedVersion: version, remark: 'mine' });
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The supervisor' returning id`);
    expect(await undone(second)).toEqual(['2 UNDONE', '3 KEPT - EDITED_SINCE']);
    expect(await one('First 0')).toMatchObject({ owner: { name: 'The colleague' } });
    expect(await undone(first)).toEqual(['2 KEPT - EDITED_SINCE', '3 KEPT - EDITED_SINCE', '4 UNDONE']);
    const [before, after] = [
      await updated('Name,Phone,Tags', `A,${phones[2]},New`),
      await updated('Name,Phone,Tags', `B,${phones[2]},New`),
    ];
    expect(await undone(before)).toEqual(['2 KEPT - EDITED_SINCE']);
    expect(await undone(after)).toEqual(['2 UNDONE']);
  });

  it('an edit by hand between two imports is none that is taken back', async () => {
    const phone = newPhone();
    const first = await updated('Name,Phone,Tags', `First,${phone},New`);
    const { id } = await one('First');
    await done(own.admin, SHARE, { contactId: id, employeeId: own.sharee.id });
    const second = await updated('Name,Phone,Tags', `Second,${phone},New`);
    expect(await undone(second)).toEqual(['2 UNDONE']);
    expect(await undone(first)).toEqual(['2 KEPT - EDITED_SINCE']);
  });
});
