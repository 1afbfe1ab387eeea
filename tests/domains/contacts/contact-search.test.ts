import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, DELETE, outcome, RESTORE, SHARE, UPDATE } from './contact.fixture.ts';

const SEARCH = `query ($search: String, $list: ContactList, $where: ContactFilter, $first: Int, $after: Cursor) {
  contacts(search: $search, list: $list, where: $where, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id name } } }`;
let server: TestServer;
let own: TestOrganization;
const ids: Record<string, string> = {};
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const add = async (name: string, phone: string, company?: string) => {
    ids[name] = (await added(own.owner, own, { name, phone, company })).id;
  };
  await add('曾小贤', '+8613911110971', '长江 机械');
  await add('张伟', '+8613911119345', 'Riverside Mills');
  await add('Zhang Wei', '+8613911119899', 'ＡＣＭＥ Tools');
  await add('Anna Lindqvist', '+46701740605');
});
afterAll(() => server.stop());

const search = async (text: string, seat: TestSeat = own.owner, more: Readonly<Record<string, unknown>> = {}) => {
  const { contacts } = await seat.query(SEARCH, { search: text, ...more });
  const names = contacts.nodes.map(({ name }: { name: string }) => name).sort();
  expect(contacts.totalCount).toBe(names.length);
  return names;
};

describe('searching contacts (spec 3.6)', () => {
  it.each([
    ['曾小', ['曾小贤']],
    ['贤', ['曾小贤']],
    ['zengxiaoxian', ['曾小贤']],
    ['ZXX', ['曾小贤']],
    ['cengxiao', ['曾小贤']],
    ['zeng x x', ['曾小贤']],
    ['z x x', ['曾小贤']],
    ['xiaocheng', []],
    ['zhangwei', ['Zhang Wei', '张伟']],
    ['zw', ['Zhang Wei', '张伟']],
    ['zhang wei', ['Zhang Wei', '张伟']],
    ['ＺＨＡＮＧ　ＷＥＩ', ['Zhang Wei', '张伟']],
    ['LINDQ', ['Anna Lindqvist']],
    ['acme', ['Zhang Wei']],
    ['机械', ['曾小贤']],
    ['side mills', ['张伟']],
    ['13911119345', ['张伟']],
    ['+86 139-1111-9345', ['张伟']],
    ['9111', ['Zhang Wei', '张伟', '曾小贤']],
    ['0971', ['曾小贤']],
    ['0701740605', ['Anna Lindqvist']],
    ['nobody', []],
    ["'; drop table contacts", []],
    ['%', []],
    ['_', []],
  ])('%s finds %j', async (text, names) => expect(await search(text)).toEqual(names));

  it('finds nothing more or less than without it, where nothing is typed', async () => {
    const everything = (await own.owner.query(SEARCH, {})).contacts;
    for (const nothing of ['', '  ', null]) expect((await own.owner.query(SEARCH, { search: nothing })).contacts).toEqual(everything);
    expect(everything.totalCount).toBe(5);
  });

  it('finds a contact once that is found in several ways', async () => {
    const twice = await added(own.colleague, own, { name: '张张', company: '张' });
    expect(await search('张', own.colleague)).toEqual(['张张']);
    expect(await search('z', own.colleague)).toEqual(['张张']);
    await outcome(own.admin, DELETE, { contactIds: [twice.id] });
  });

  it('goes with lists, filters and pages', async () => {
    const where = { tags: { any: [own.tagIds[0]] } };
    expect(await search('zhangwei', own.owner, { list: 'MINE', where })).toEqual(['Zhang Wei', '张伟']);
    expect(await search('zhangwei', own.owner, { list: 'SHARED_WITH_ME', where })).toEqual([]);
    expect(await search('zhangwei', own.owner, { where: { tags: { any: [own.tagIds[1]] } } })).toEqual([]);
    const first = (await own.owner.query(SEARCH, { search: 'zhangwei', first: 1 })).contacts;
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ name: 'Zhang Wei' }], pageInfo: { hasNextPage: true } });
    const { contacts } = await own.owner.query(SEARCH, { search: 'zhangwei', first: 1, after: first.pageInfo.endCursor });
    expect(contacts).toMatchObject({ totalCount: 2, nodes: [{ name: '张伟' }], pageInfo: { hasNextPage: false } });
  });
});

describe('what a search finds', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('is found by %s', async (name) => {
    expect(await search('zengxiao', own[name])).toEqual(['曾小贤']);
  });

  it.each(['sharee', 'colleague', 'formsAdmin'] as const)('is not found by %s, by name, phone or company', async (name) => {
    for (const text of ['zengxiao', '0971', '机械']) expect(await search(text, own[name])).toEqual([]);
  });

  it('is found by a sharee from the share on', async () => {
    await outcome(own.owner, SHARE, { contactId: ids.张伟, employeeId: own.sharee.id });
    expect(await search('9345', own.sharee)).toEqual(['张伟']);
  });

  it('is not found across organizations', async () => {
    const other = await server.organization();
    expect(await search('zengxiao', other.admin)).toEqual([]);
  });

  it('follows every edit', async () => {
    const { id: contactId } = await added(own.owner, own, { name: 'Britta Kvist' });
    const edit = async (given: Readonly<Record<string, unknown>>, expectedVersion: number) =>
      outcome(own.owner, UPDATE, { contactId, expectedVersion, ...given });
    await edit({ name: 'Britta Berg', company: 'Nordic Oak' }, 1);
    expect(await Promise.all(['kvist', 'berg', 'nordic'].map((text) => search(text)))).toEqual([[], ['Britta Berg'], ['Britta Berg']]);
    await edit({ company: '' }, 2);
    expect(await search('nordic')).toEqual([]);
    await outcome(own.admin, DELETE, { contactIds: [contactId] });
  });

  it('is in the bin for an admin who looks there, and back after a restore', async () => {
    const contactIds = [ids.曾小贤!];
    await outcome(own.admin, DELETE, { contactIds });
    expect(await search('zxx')).toEqual([]);
    expect(await search('zxx', own.admin, { list: 'BIN' })).toEqual(['曾小贤']);
    await outcome(own.admin, RESTORE, { contactIds });
    expect(await search('zxx')).toEqual(['曾小贤']);
  });

  it('is refused for text that no database holds', async () => {
    for (const text of ['a\0b', '\ud800'])
      expect(await codes(own.owner, 'query ($input: String) { contacts(search: $input) { totalCount } }', text)).toEqual(['BAD_REQUEST']);
  });
});
