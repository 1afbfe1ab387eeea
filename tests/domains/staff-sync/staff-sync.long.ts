import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeliveredPerson, register, type StaffDelivery, staffSources } from '../../../src/sdk/index.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, rowsOf } from '../contacts/contact.fixture.ts';
import { hired, namesOf } from '../directory/directory.fixture.ts';
import { newest, ownerOf } from '../transfers/transfer.fixture.ts';
import { elsewhere, hrPlugin } from './hr.plugin.ts';

let server: TestServer;
let own: TestOrganization;
let now = Date.parse('2026-06-01T08:00:00Z');
beforeAll(async () => {
  server = await startTestServer({ plugins: [hrPlugin], now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
  await set({ key: own.id });
});
afterAll(() => server.stop());

const START = `mutation ($input: StartStaffSyncInput!) { startStaffSync(input: $input) { __typename
  ... on ValidationFailed { issues { path code message } } ... on StartStaffSyncSuccess { job { id } sync { id finishedAt } } } }`;
const JOB = `query ($id: ID!) { job(id: $id) { state progress total startedBy { id } errors { row path code message } result { __typename
  ... on StaffSyncResult { id source dryRun departmentsAdded created updated unchanged rejected supervisionsMade supervisionsEnded rightsEnded gone letGo goneEmployees { id } startedBy { id } } } } }`;
const SET = `mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) { __typename } }`;
const set = (settings: object) => own.admin.does(SET, { input: { plugin: 'hr', settings } });
const says = (delivery: StaffDelivery | (() => Promise<StaffDelivery> | StaffDelivery)) =>
  elsewhere.set(own.id, typeof delivery === 'function' ? delivery : () => delivery);
async function synced(given: object = {}, seat: TestSeat = own.admin) {
  const { startStaffSync } = await seat.query(START, { input: given });
  await server.runtime.jobs.settled();
  return (await seat.query(JOB, { id: startStaffSync.job.id })).job;
}
const person = (staffNumber: string, given: Partial<DeliveredPerson> = {}): DeliveredPerson => ({
  staffNumber,
  name: `Person ${staffNumber}`,
  phone: newPhone(),
  ...given,
});
const STAFF = `{ employees(first: 100) { nodes { id name position phone staffNumber departments { name } mainDepartment { name } } } }`;
const staff = async (): Promise<ReadonlyMap<string, { id: string; [field: string]: unknown }>> =>
  new Map((await own.admin.query(STAFF)).employees.nodes.map((one: { staffNumber: string }) => [one.staffNumber, one]));
const leftAt = async (id: string) => (await own.admin.query('query ($id: ID!) { employee(id: $id) { leftAt } }', { id })).employee.leftAt;

describe('the staff from elsewhere (spec 10.4)', () => {
  const [head, clerk] = [
    person('H-1', { position: 'Head', departments: [['Sales', 'Abroad']], supervises: [['Sales', 'Abroad']] }),
    person('H-2', { departments: [['Sales', 'Abroad'], ['Workshop']], mainDepartment: ['Workshop'] }),
  ];

  it('comes with its departments, and whoever is new can sign in', async () => {
    says({ departments: [['Workshop', 'Paint']], people: [head, clerk] });
    const { state, errors, result } = await synced();
    expect([state, errors]).toEqual(['SUCCEEDED', []]);
    expect(result).toMatchObject({ source: 'hr', dryRun: false, departmentsAdded: 3, created: 2, updated: 0, rejected: 0, gone: 0 });
    expect(result.startedBy).toEqual({ id: own.admin.id });
    const { departments } = await own.admin.query('{ departments(first: 100) { nodes { name parent { name } supervisors { name } } } }');
    expect(departments.nodes).toContainEqual({ name: 'Abroad', parent: { name: 'Sales' }, supervisors: [{ name: 'Person H-1' }] });
    expect(departments.nodes).toContainEqual({ name: 'Paint', parent: { name: 'Workshop' }, supervisors: [] });
    const found = (await staff()).get('H-2')!;
    expect([namesOf(found.departments as { name: string }[]), found.mainDepartment]).toEqual([
      ['Abroad', 'Workshop'],
      { name: 'Workshop' },
    ]);
    expect((await server.seat(clerk.phone!, own.id)).id).toBe(found.id);
  });

  it('is edited by its numbers, and what is so stays', async () => {
    says({ people: [head, clerk] });
    await synced();
    says({ people: [{ ...head, position: 'Chief' }, clerk] });
    expect((await synced()).result).toMatchObject({ departmentsAdded: 0, created: 0, updated: 1, unchanged: 1 });
    expect((await staff()).get('H-1')).toMatchObject({ position: 'Chief' });
  });

  it('is taken as far as it is right; who is wrong is told of', async () => {
    const { phone } = await added(own.owner, own);
    says({ people: [head, person('H-3', { phone }), person('H-4', { phone: undefined }), { ...clerk, name: '' }] });
    const { state, errors, result } = await synced();
    expect([state, result]).toMatchObject(['SUCCEEDED', { created: 1, rejected: 3 }]);
    expect(errors.map(({ row, path, code }: { row: number; path: string[]; code: string }) => [row, path, code])).toEqual([
      [4, ['H-2', 'name'], 'NAME_INVALID'],
      [2, ['H-3', 'phone'], 'PHONE_OF_CONTACT'],
      [3, ['H-4', 'phone'], 'PHONE_MISSING'],
    ]);
  });

  it('is taken also where others are what no text, no day and no flag is', async () => {
    says({
      departments: [['De\0pot']],
      people: [
        head,
        person('Z-1', { seniorSince: '2026-13-45' }),
        person('Z\0', { name: 'Nil', seniorSince: '2026-13-45' }),
        person('Z-3', { name: 'A\0B' }),
        person('Z-4', { name: '\u200b' }),
        person('Z-5', { departments: [['A\ud800']] }),
        person('Z-6', { nameVerified: 'perhaps' as never }),
      ],
    });
    const { state, errors, result } = await synced();
    expect([state, result]).toMatchObject(['SUCCEEDED', { created: 1, rejected: 6 }]);
    expect(errors.map(({ row, path, code }: { row: number | null; path: string[]; code: string }) => [row, path, code])).toEqual([
      [null, ['departments'], 'DEPARTMENT_INVALID'],
      [2, ['Z-1', 'seniorSince'], 'DAY_INVALID'],
      [3, ['staffNumber'], 'NUMBER_INVALID'],
      [3, ['seniorSince'], 'DAY_INVALID'],
      [4, ['Z-3', 'name'], 'NAME_INVALID'],
      [5, ['Z-4', 'name'], 'NAME_INVALID'],
      [6, ['Z-5', 'departments'], 'DEPARTMENT_INVALID'],
      [7, ['Z-6', 'nameVerified'], 'FLAG_INVALID'],
    ]);
  });

  it('is known by what is seen of its numbers and departments', async () => {
    says({ people: [head] });
    await synced();
    await rowsOf(server, own, `update employees set staff_number = 'H-1' || chr(8203) where staff_number = 'H-1'`);
    await rowsOf(server, own, `update departments set name = 'Sales' || chr(8203) where name = 'Sales'`);
    says({ people: [{ ...head, staffNumber: 'H-1\u2060', departments: [['ｓａ\u200bles', 'ABROAD']] }] });
    expect((await synced()).result).toMatchObject({ departmentsAdded: 0, created: 0, updated: 1, rejected: 0, gone: 0 });
    expect((await staff()).get('H-1')).toMatchObject({ name: 'Person H-1' });
  });

  it('is only told of in a dry run', async () => {
    const before = await staff();
    says({ departments: [['Workshop']], people: [head, clerk] });
    const { result } = await synced({ dryRun: true });
    expect(result).toMatchObject({
      dryRun: true,
      departmentsAdded: 2,
      created: 2,
      supervisionsMade: 1,
      supervisionsEnded: 0,
      rightsEnded: 0,
    });
    expect(await staff()).toEqual(before);
    expect(await rowsOf(server, own, `select 1 from departments where name = 'Workshop'`)).toEqual([]);
    expect(await rowsOf(server, own, 'select 1 from staff_source_people')).toEqual([]);
    expect(await rowsOf(server, own, `select 1 from audit_entries where act = 'takeFromSource'`)).toEqual([]);
    await expect(server.seat(clerk.phone!, own.id)).rejects.toThrow();
  });

  it('is in the audit record, each by themself (spec 11.1)', async () => {
    says({ departments: [['Workshop']], people: [head] });
    await synced();
    const { auditEntries } = await own.admin.query(
      `query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act actor { id } fields { path } } } }`,
      { ids: [(await staff()).get('H-1')!.id] },
    );
    expect(auditEntries.nodes).toMatchObject([{ act: 'takeFromSource', actor: { id: own.admin.id } }]);
    expect(JSON.stringify(auditEntries)).not.toContain('Person');
    expect(await rowsOf(server, own, `select 1 from audit_entries where act = 'addDepartment'`)).toHaveLength(2);
  });
});

describe('who has gone from the source', () => {
  const people = Array.from({ length: 8 }, (_, i) => person(`H-${i}`, { departments: [['Sales']] }));
  const [first, ...others] = people;
  const comes = async (letGo = false) => {
    await set({ key: own.id, letGo });
    says({ people });
    await synced();
    return (await staff()).get('H-0')!.id;
  };

  it('is told of, and stays', async () => {
    const id = await comes();
    says({ people: others });
    expect((await synced()).result).toMatchObject({ gone: 1, letGo: 0, goneEmployees: [{ id }] });
    expect(await leftAt(id)).toBeNull();
    says({ people: [...others, first!] });
    expect((await synced()).result).toMatchObject({ gone: 0, goneEmployees: [] });
  });
  it('is let go where the organization says so: what they had changes hands', async () => {
    const id = await comes(true);
    const { id: contactId } = await added(own.admin, own, { ownerId: id });
    says({ people: others });
    expect((await synced()).result).toMatchObject({ gone: 1, letGo: 1, goneEmployees: [{ id }] });
    expect(await leftAt(id)).not.toBeNull();
    expect(await ownerOf(own, contactId)).not.toBe(id);
    expect(await newest(own)).toMatchObject({ kind: 'LEAVING', from: { id }, by: { id: own.admin.id } });
    await expect(server.seat(first!.phone!, own.id)).rejects.toThrow();
    expect((await synced()).result).toMatchObject({ gone: 0 }); // they are gone
  });
  it('is told of before it is done, with what would end', async () => {
    const id = await comes(true);
    await rowsOf(
      server,
      own,
      `update department_members set is_supervisor = true where employee_id = (select id from employees where staff_number = 'H-0')`,
    );
    await rowsOf(
      server,
      own,
      `insert into admin_rights (organization_id, id, employee_id, admin_right)
       select organization_id, gen_random_uuid(), id, r from employees, unnest(array['FORMS', 'CONTACTS']) r where staff_number = 'H-0'`,
    );
    says({ people: others });
    const counts = { letGo: 1, supervisionsMade: 0, supervisionsEnded: 1, rightsEnded: 2 };
    expect((await synced({ dryRun: true })).result).toMatchObject({ dryRun: true, ...counts });
    expect(await leftAt(id)).toBeNull();
    expect((await synced()).result).toMatchObject({ dryRun: false, ...counts });
  });
  it('is nobody who never came from it', async () => {
    await comes(true);
    const { id } = await hired(own.admin, { staffNumber: 'OWN-1' });
    says({ people });
    expect((await synced()).result).toMatchObject({ gone: 0, letGo: 0 });
    expect(await leftAt(id)).toBeNull();
  });
  it('is nobody who is in it with a fault', async () => {
    await comes(true);
    says({ people: [...others, { ...first!, name: '' }] });
    expect((await synced()).result).toMatchObject({ gone: 0, rejected: 1 });
  });
  it('is nobody at all where too many have gone at once', async () => {
    const id = await comes(true);
    says({ people: people.slice(6) });
    const { result, errors } = await synced();
    expect([result, errors]).toMatchObject([{ gone: 6, letGo: 0 }, [{ code: 'MANY_GONE', row: null }]]);
    expect(await leftAt(id)).toBeNull();
  });
  it('is not let go by themself, nor where they are the last admin', async () => {
    await rowsOf(server, own, `update employees set staff_number = 'ADMIN' where name = 'The admin'`);
    const admin = person('ADMIN', { name: 'The admin', phone: own.plan.employees[0]!.phone });
    await set({ key: own.id, letGo: true });
    says({ people: [...people, admin] });
    await synced();
    says({ people });
    expect(await synced()).toMatchObject({ errors: [{ code: 'SELF' }], result: { gone: 1, letGo: 0 } });
    now += 86_400_000;
    await server.strike('staff-sync.nightly');
    now += 86_400_000;
    await server.strike('staff-sync.nightly');
    const { jobs } = await own.admin.query(
      '{ jobs(first: 1, where: { kind: { equals: "staff-sync.take" } }) { nodes { startedBy { id } errors { code } } } }',
    );
    expect(jobs.nodes).toEqual([{ startedBy: null, errors: [{ code: 'LAST_ADMIN' }] }]);
    expect(await leftAt(own.admin.id)).toBeNull();
  });
});

describe('each night', () => {
  const night = async () => {
    now += 86_400_000;
    await server.strike('staff-sync.nightly');
  };
  it('every source is asked that the organization has set up, and whoever it lets go was let go by nobody', async () => {
    await set({ key: own.id, letGo: true });
    const other = await server.organization({ name: 'Elsewhere' });
    await server.strike('staff-sync.nightly');
    says({ people: [person('N-1'), person('N-2')] });
    await night();
    const id = (await staff()).get('N-1')!.id;
    says({ people: [person('N-2', { phone: undefined })] });
    await night();
    expect(await newest(own)).toMatchObject({ kind: 'LEAVING', from: { id }, by: null });
    const { jobs } = await own.admin.query('{ jobs { nodes { kind state startedBy { id } } } }');
    expect(jobs.nodes.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual(
      Array(2).fill(['staff-sync.take', 'SUCCEEDED']),
    );
    expect((await other.admin.query('{ jobs { nodes { id } } }')).jobs.nodes).toEqual([]);
  });
});

describe('a source that does not do as it should', () => {
  it.each([
    ['tells of nobody', { people: [] }, 'EMPTY'],
    ['tells nothing', undefined, 'EMPTY'],
    ['tells too much', { people: Array.from({ length: 10_001 }, (_, i) => person(String(i), { phone: undefined })) }, 'TOO_MANY'],
  ])('%s: nothing is done', async (_, delivery, code) => {
    const before = await staff();
    says(delivery as StaffDelivery);
    expect(await synced()).toMatchObject({ state: 'FAILED', errors: [{ code }], result: null });
    expect(await staff()).toEqual(before);
  });
  it('throws: it is asked again later', async () => {
    let asked = 0;
    says(() => {
      asked += 1;
      if (asked === 1) throw new Error('down');
      return { people: [person('L-1')] };
    });
    expect(await synced()).toMatchObject({ state: 'QUEUED' });
    now += 10_000;
    await server.runtime.jobs.settled();
    expect((await staff()).has('L-1')).toBe(true);
  });
  it('is not set up, or is switched off', async () => {
    await set({ key: '' });
    expect(await synced()).toMatchObject({ state: 'FAILED', errors: [{ code: 'NOT_SET_UP' }] });
    await set({ key: own.id });
    await own.admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
      input: { plugin: 'hr', enabled: false },
    });
    says({ people: [person('L-2')] });
    expect(await synced()).toMatchObject({ state: 'FAILED', errors: [{ code: 'PLUGIN_DISABLED' }] });
    expect((await staff()).has('L-2')).toBe(false);
  });
  it('has another name than its plugin: the server does not start', async () => {
    const source = { name: 'sap', prepare: async () => undefined, read: async () => ({ people: [] }) };
    const named = { ...hrPlugin, registrations: [register(staffSources, source)] };
    await expect(startTestServer({ plugins: [named] })).rejects.toThrow('its source of the staff has another name');
  });
  it('is not there: its name is told', async () => {
    const { startStaffSync } = await own.admin.query(START, { input: { source: 'sap' } });
    expect(startStaffSync).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'source'], code: 'NO_SUCH_SOURCE', message: 'Name one of the sources: hr.' }],
    });
  });
});

describe('who may (spec 2.3b)', () => {
  it.each(['owner', 'supervisor', 'formsAdmin', 'scopedAdmin', 'colleague'] as const)('not %s', async (name) => {
    says({ people: [person('X-1')] });
    expect((await own[name].ask(START, { input: {} })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { id } = (await own.admin.query(START, { input: {} })).startStaffSync.sync;
    expect((await own[name].ask('query ($id: ID!) { node(id: $id) { __typename } }', { id })).data).toEqual({ node: null });
  });
});
