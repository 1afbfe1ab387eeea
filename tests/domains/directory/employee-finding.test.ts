import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backfill } from '../../../src/app/backfills.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { again, departmentIds, giveRight, hired, UPDATE_EMPLOYEE } from './directory.fixture.ts';

const FIND = `query ($search: String, $departmentId: ID, $right: AdminRight, $standing: EmployeeStanding) {
  employees(search: $search, departmentId: $departmentId, right: $right, standing: $standing, first: 100, orderBy: [{ field: NAME, direction: ASC }]) { totalCount nodes { name } } }`;
let server: TestServer;
let own: TestOrganization;
let id: Readonly<Record<string, string>>;
let made: { readonly id: string; readonly version: number };
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  id = await departmentIds(own);
  made = await hired(own.admin, { name: '王晓明', nickname: 'Max Ö', staffNumber: 'QH-0017', departmentIds: [id['Sales East']] });
  await hired(own.admin, { name: '单于', staffNumber: 'QH-0018', departmentIds: [id.Warehouse] });
});
afterAll(() => server.stop());

async function found(seat: TestSeat, variables: object): Promise<string[]> {
  const { totalCount, nodes } = (await seat.query(FIND, { ...variables })).employees;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ name }: { name: string }) => name);
}

describe('searching employees (spec 10.1)', () => {
  it.each([
    ['晓明', ['王晓明']],
    ['wangxiaoming', ['王晓明']],
    ['Xiao Ming', ['王晓明']],
    ['wxm', ['王晓明']],
    ['wangxm', ['王晓明']],
    ['max o', ['王晓明']],
    ['chan yu', ['单于']],
    ['shanyu', ['单于']],
    ['the SUPER', ['The supervisor']],
    ['nobody here', []],
  ])('finds by any part of what they are called, and how it sounds: %s', async (search, names) => {
    expect(await found(own.colleague, { search })).toEqual(names);
  });
  it('finds by the staff number whoever’s number one may read, and nobody else', async () => {
    expect(await found(own.admin, { search: 'qh 001' })).toEqual(['单于', '王晓明']);
    expect(await found(own.colleague, { search: 'QH-0017' })).toEqual([]);
    await giveRight(server, own, 'formsAdmin', 'DIRECTORY', 'Sales');
    expect(await found(await again(server, own, 'formsAdmin'), { search: 'qh-001' })).toEqual(['王晓明']);
    const [row] = await rowsOf<{ phone: string }>(server, own, `select phone from employees where name = '单于'`);
    expect(await found(await server.seat(row!.phone, own.id), { search: 'QH' })).toEqual(['单于']);
  });
  it('tells as little by pages and counts: what is not found is not there', async () => {
    const { employees } = await own.colleague.query(
      '{ employees(search: "QH", first: 1) { totalCount pageInfo { hasNextPage } edges { cursor } } }',
    );
    expect(employees).toEqual({ totalCount: 0, pageInfo: { hasNextPage: false }, edges: [] });
  });
  it('follows what they are called', async () => {
    const renamed = await hired(own.admin, { name: 'Old Name', staffNumber: 'Z-1' });
    const edit = { employeeId: renamed.id, expectedVersion: 1, name: 'New Person', staffNumber: 'Y-2' };
    await own.admin.does(UPDATE_EMPLOYEE, { input: edit });
    for (const search of ['old', 'z-1']) expect(await found(own.admin, { search })).toEqual([]);
    for (const search of ['new', 'y-2']) expect(await found(own.admin, { search })).toEqual(['New Person']);
  });
  it('finds those who were employed before there was any searching, once the server has seen to them', async () => {
    await rowsOf(server, own, 'delete from employee_search_terms');
    expect(await found(own.admin, { search: 'wang' })).toEqual([]);
    await backfill(server.runtime);
    expect(await found(own.admin, { search: 'wang' })).toEqual(['王晓明']);
    expect(await found(own.admin, { search: 'qh-0018' })).toEqual(['单于']);
  });
  it('finds nobody of another organization', async () => {
    const other = await server.organization();
    expect(await found(other.admin, { search: 'wang' })).toEqual([]);
    expect(await found(other.admin, { departmentId: id.Sales })).toEqual([]);
  });
});

describe('filtering employees (spec 10.1)', () => {
  it('by a department, with those below it', async () => {
    expect(await found(own.colleague, { departmentId: id.Sales })).toEqual(['The owner', 'The supervisor', '王晓明']);
    expect(await found(own.colleague, { departmentId: id['Sales East'] })).toEqual(['The owner', '王晓明']);
    expect(await found(own.colleague, { departmentId: own.tagIds[0] })).toEqual([]);
  });
  it('by a right, of those alone whose rights one may read', async () => {
    expect(await found(own.admin, { right: 'CONTACTS' })).toEqual(['The admin', 'The scopedAdmin']);
    expect(await found(own.colleague, { right: 'CONTACTS' })).toEqual([]);
    expect(await found(own.scopedAdmin, { right: 'CONTACTS' })).toEqual(['The scopedAdmin']);
    expect(await found(own.scopedAdmin, { right: 'CONTACTS', search: 'admin' })).toEqual(['The scopedAdmin']);
    await giveRight(server, own, 'sharee', 'DIRECTORY', 'Office');
    expect(await found(await again(server, own, 'sharee'), { right: 'CONTACTS' })).toEqual(['The admin', 'The scopedAdmin']);
  });
  it('by whether they have left', async () => {
    await rowsOf(server, own, 'update employees set left_at = now() where name = $1', ['王晓明']);
    expect(await found(own.colleague, { search: 'wang' })).toEqual([]);
    expect(await found(own.colleague, { search: 'wang', standing: 'ALL' })).toEqual(['王晓明']);
    expect(await found(own.colleague, { standing: 'LEFT' })).toEqual(['王晓明']);
    expect(made.version).toBe(1);
  });
});
