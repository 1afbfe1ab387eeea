import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing, type WaitsFor } from '../../support/crossing.ts';
import { CLAIM, placeOrder, taskOn } from '../../support/form-moves.ts';
import { bare, says } from '../../support/says.ts';
import { ADD, added, CHANGE_PHONE, DELETE, READ, RESTORE, rowsOf, SHARE, TAG, TRANSFER, UPDATE } from './contact.fixture.ts';

// Two different acts on one contact, in both orders (docs/decisions/locks-in-one-order.md).

const TASKS = 'query ($id: ID!) { businessForm(id: $id) { tasks { nodes { assignee { id } } } } }';
let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
beforeAll(async () => {
  server = await startTestServer({ patience: 120_000 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

const holderOf = async (formId: string): Promise<string | undefined> =>
  (await own.admin.query(TASKS, { id: formId })).businessForm.tasks.nodes[0].assignee?.id;
const deletes = (id: string) => () => says(own.admin, DELETE, { contactIds: [id] });
const transfers = (id: string, to: TestSeat) => () => says(own.admin, TRANSFER, { contactIds: [id], ownerId: to.id });
const shares = (id: string, to: TestSeat) => () => says(own.owner, SHARE, { contactId: id, employeeId: to.id });

describe('a contact', () => {
  let made: string;
  beforeEach(async () => {
    made = (await added(own.owner, own)).id;
  });
  const edits = (expectedVersion: number) => () => says(own.admin, UPDATE, { contactId: made, expectedVersion, remark: 'Seen.' });
  const tags = (at: number) => () => says(own.admin, TAG, { contactId: made, tagId: own.tagIds[at] });
  const versionNow = async (): Promise<number> => (await own.admin.query(READ, { id: made })).contact.version;

  it.each<[string, () => () => Promise<string>, string]>([
    ['shared', () => shares(made, own.colleague), 'ShareContactSuccess'],
    ['tagged', () => tags(2), 'TagContactSuccess'],
    ['edited', () => edits(1), 'UpdateContactSuccess'],
    ['transferred', () => transfers(made, own.colleague), 'TransferContactsItemSuccess'],
  ])('is %s, or deleted', async (_, act, done) => {
    expect(await crossing.meet(act(), deletes(made), 'a row')).toEqual([done, 'DeleteContactsItemSuccess']);
    await says(own.admin, RESTORE, { contactIds: [made] });
    expect(await crossing.meet(deletes(made), act(), 'a row')).toEqual(['DeleteContactsItemSuccess', 'NotFound']);
  });

  it('that is transferred meanwhile is not its former owner’s to share, nor its new owner’s to be shared with', async () => {
    expect(await crossing.meet(transfers(made, own.colleague), shares(made, own.sharee), 'a row')).toEqual([
      'TransferContactsItemSuccess',
      'FORBIDDEN',
    ]);
    const share = () => says(own.admin, SHARE, { contactId: made, employeeId: own.sharee.id });
    expect(await crossing.meet(transfers(made, own.sharee), share, 'a row')).toEqual(['TransferContactsItemSuccess', 'ValidationFailed']);
  });

  it.each<[string, () => () => Promise<string>]>([
    ['tagged', () => tags(2)],
    ['given another phone', () => () => says(own.admin, CHANGE_PHONE, { contactId: made, phone: newPhone() })],
    ['transferred', () => transfers(made, own.colleague)],
    ['edited', () => edits(1)],
  ])('that is %s meanwhile is not overwritten by who has read it before', async (_, act) => {
    const version = await versionNow();
    const [first, second] = await crossing.meet(act(), edits(version), 'a row');
    expect([first.includes('Success'), second]).toEqual([true, 'VersionConflict']);
    expect(await versionNow()).toBe(version + 1);
  });

  it('that comes back from the bin, and one that is added, do not have one phone', async () => {
    const { id, phone } = await added(own.owner, own);
    await deletes(id)();
    const restores = () => says(own.admin, RESTORE, { contactIds: [id] });
    const adds = () => says(own.colleague, ADD, { name: 'Zhu Ming', phone, tagIds: [own.tagIds[0]] });
    expect(await crossing.meet(restores, adds, 'a row')).toEqual(['RestoreContactsItemSuccess', 'ContactPhoneTaken']);
    await deletes(id)();
    expect(await crossing.meet(adds, restores, 'a row')).toEqual(['AddContactSuccess', 'ContactPhoneTaken']);
  });
});

describe('what does not hang on each other does not wait', () => {
  const groups = async () => (await own.admin.query('{ tagGroups { nodes { id } } }')).tagGroups.nodes;
  it.each<[string, () => Promise<() => Promise<string>>, WaitsFor]>([
    [
      'a tag is added to its group',
      async () => {
        const [{ id }] = await groups();
        return () => says(own.admin, bare('addTag'), { groupId: id, name: 'Another' });
      },
      'the test',
    ],
    ['it is renamed', async () => () => says(own.admin, bare('renameTag'), { tagId: own.tagIds[2], name: 'Another' }), 'the test'],
  ])('tagging, while %s', async (_, act, waitsFor) => {
    const first = await act();
    const tag = () => says(own.admin, TAG, { contactId: own.customer.id, tagId: own.tagIds[2] });
    const [done, tagged] = await crossing.meet(first, tag, waitsFor);
    expect([done.includes('Success'), tagged]).toEqual([true, 'TagContactSuccess']);
  });

  it('claiming a task and transferring its contact: tasks stay with those who hold them', async () => {
    const formId = await placeOrder(own.unowned);
    const { id: taskId } = await taskOn(own.formsAdmin, formId);
    const claims = () => says(own.formsAdmin, CLAIM, { taskId });
    expect(await crossing.meet(transfers(own.unowned.id, own.colleague), claims, 'the test')).toEqual([
      'TransferContactsItemSuccess',
      'ClaimFormTaskSuccess',
    ]);
    expect(await holderOf(formId)).toBe(own.formsAdmin.id);
  });

  it('two groups of tags that are added at once take turns, and stand one behind the other', async () => {
    const adds = (name: string) => () => says(own.admin, bare('addTagGroup'), { name, color: 'RED' });
    expect(await crossing.meet(adds('One'), adds('Two'), 'a turn')).toEqual(['AddTagGroupSuccess', 'AddTagGroupSuccess']);
    const positions = await rowsOf<{ position: number }>(server, own, 'select position from tag_groups');
    expect(new Set(positions.map(({ position }) => position)).size).toBe(positions.length);
  });
});

describe('a tag', () => {
  const DELETE_TAG = 'mutation ($input: DeleteTagInput!) { deleteTag(input: $input) { __typename } }';
  let made: string;
  beforeEach(async () => {
    made = (await added(own.owner, own)).id;
  });
  const tagged = () => says(own.owner, TAG, { contactId: made, tagId: own.tagIds[3] });
  const gone = () => says(own.admin, DELETE_TAG, { tagId: own.tagIds[3] });
  const tagsNow = async (): Promise<number> => (await own.admin.query(READ, { id: made })).contact.tags.length;

  it('that is given to a contact is in use for who deletes it', async () => {
    expect(await crossing.meet(tagged, gone, 'a row')).toEqual(['TagContactSuccess', 'TagInUse']);
    expect(await tagsNow()).toBe(2);
  });
  it('that is deleted is none for who gives it to a contact', async () => {
    expect(await crossing.meet(gone, tagged, 'a row')).toEqual(['DeleteTagSuccess', 'NotFound']);
    expect(await tagsNow()).toBe(1);
  });
});
