import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moved } from '../../../src/domains/contacts/tag-places.service.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { codes, outcome } from './contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const UPDATE_GROUP = `mutation ($input: UpdateTagGroupInput!) { updateTagGroup(input: $input) { __typename ${NAMED}
  ... on VersionConflict { current { ... on TagGroup { name version } } } ... on UpdateTagGroupSuccess { tagGroup { name color version } } } }`;
const UPDATE_TAG = `mutation ($input: UpdateTagInput!) { updateTag(input: $input) { __typename ${NAMED}
  ... on VersionConflict { current { ... on Tag { name version } } } ... on UpdateTagSuccess { tag { name version } } } }`;
const ADD_TAG = 'mutation ($input: AddTagInput!) { addTag(input: $input) { ... on AddTagSuccess { tag { id } } } }';
const GROUPS = '{ tagGroups { nodes { id name color version tags { nodes { id name } } } } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

type Group = { id: string; name: string; version: number; tags: { nodes: { id: string; name: string }[] } };
const groups = async (): Promise<Group[]> => (await own.admin.query(GROUPS)).tagGroups.nodes;
const names = async () => (await groups()).map(({ name }) => name);

describe('the place of one of several', () => {
  const rows = [1, 2, 3].map((position) => ({ id: `${position}`, position }));
  it.each<[string, number, Record<string, number>]>([
    ['3', 1, { 3: 1, 1: 2, 2: 3 }],
    ['1', 2, { 2: 1, 1: 2 }],
    ['1', 9, { 2: 1, 3: 2, 1: 3 }],
    ['2', 2, {}],
  ])('%s at %i', (id, place, changed) => {
    expect(Object.fromEntries(moved(rows, id, place).map((row) => [row.id, row.position]))).toEqual(changed);
  });
  it('is there for those that have none yet', () => {
    expect(
      moved(
        [
          { id: 'a', position: 0 },
          { id: 'b', position: 0 },
        ],
        'b',
        1,
      ),
    ).toEqual([
      { id: 'b', position: 1 },
      { id: 'a', position: 2 },
    ]);
  });
});

describe('a group of tags (spec 3.9)', () => {
  it('gets another name, colour and place', async () => {
    const [, , stage] = await groups();
    const edit = { groupId: stage!.id, expectedVersion: 1, name: 'Phase', color: 'PURPLE', position: 1 };
    expect((await outcome(own.admin, UPDATE_GROUP, edit)).tagGroup).toEqual({ name: 'Phase', color: 'PURPLE', version: 2 });
    expect(await names()).toEqual(['Phase', 'Level', 'Trade']);
    expect((await outcome(own.admin, UPDATE_GROUP, { groupId: stage!.id, expectedVersion: 2, position: 99 })).tagGroup.name).toBe('Phase');
    expect(await names()).toEqual(['Level', 'Trade', 'Phase']);
  });

  it('is not overwritten by who has not seen it as it is, nor given a name that is taken', async () => {
    const [level] = await groups();
    await outcome(own.admin, UPDATE_GROUP, { groupId: level!.id, expectedVersion: 1, name: 'Rank' });
    expect(await outcome(own.admin, UPDATE_GROUP, { groupId: level!.id, expectedVersion: 1, color: 'BLUE' })).toMatchObject({
      __typename: 'VersionConflict',
      current: { name: 'Rank', version: 2 },
    });
    expect(await outcome(own.admin, UPDATE_GROUP, { groupId: level!.id, expectedVersion: 2, name: 'Trade' })).toMatchObject({
      issues: [{ path: ['input', 'name'], code: 'TAKEN' }],
    });
    expect(await outcome(own.admin, UPDATE_GROUP, { groupId: level!.id, expectedVersion: 2, name: 'ＴＲＡＤＥ' })).toMatchObject({
      issues: [{ path: ['input', 'name'], code: 'TAKEN' }],
    });
    expect(await outcome(own.admin, UPDATE_GROUP, { groupId: level!.id, expectedVersion: 2, position: 0 })).toMatchObject({
      issues: [{ path: ['input', 'position'] }],
    });
  });

  it('is moved by several at once, and each stands at one place', async () => {
    const all = await groups();
    await Promise.all(all.map(({ id }, i) => outcome(own.admin, UPDATE_GROUP, { groupId: id, expectedVersion: 1, position: 3 - i })));
    expect(new Set(await names()).size).toBe(3);
  });
});

describe('a tag (spec 3.9)', () => {
  it('is renamed, and moved in its group; a new one stands last', async () => {
    const [level] = await groups();
    await outcome(own.admin, ADD_TAG, { groupId: level!.id, name: 'Prospect' });
    const [, , prospect] = (await groups())[0]!.tags.nodes;
    expect(prospect).toMatchObject({ name: 'Prospect' });
    const edit = { tagId: prospect!.id, expectedVersion: 1, name: 'Lead', position: 1 };
    expect((await outcome(own.admin, UPDATE_TAG, edit)).tag).toEqual({ name: 'Lead', version: 2 });
    expect((await groups())[0]!.tags.nodes.map(({ name }) => name)).toEqual(['Lead', 'Key account', 'Regular']);
    expect(await outcome(own.admin, UPDATE_TAG, { ...edit, name: 'Late' })).toMatchObject({
      __typename: 'VersionConflict',
      current: { name: 'Lead', version: 2 },
    });
    expect(await outcome(own.admin, UPDATE_TAG, { tagId: prospect!.id, expectedVersion: 2, name: 'Regular' })).toMatchObject({
      issues: [{ path: ['input', 'name'], code: 'TAKEN' }],
    });
  });

  it.each(['scopedAdmin', 'owner', 'colleague'] as const)('is a setting that %s cannot change', async (name) => {
    const [level] = await groups();
    expect(await codes(own[name], UPDATE_GROUP, { groupId: level!.id, expectedVersion: 1, name: 'Mine' })).toEqual(['FORBIDDEN']);
    expect(await codes(own[name], UPDATE_TAG, { tagId: own.tagIds[0], expectedVersion: 1, name: 'Mine' })).toEqual(['FORBIDDEN']);
    const stranger = await server.organization();
    expect((await outcome(stranger.admin, UPDATE_TAG, { tagId: own.tagIds[0], expectedVersion: 1, name: 'Mine' })).__typename).toBe(
      'NotFound',
    );
  });
});
