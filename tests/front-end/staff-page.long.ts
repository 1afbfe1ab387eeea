import { randomUUID } from 'node:crypto';
import { type OperationDefinitionNode, parse, print } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TextMessage } from '../../src/sdk/index.ts';
import { newPhone, type TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { departmentIds } from '../domains/directory/directory.fixture.ts';
import { csv, sentTable } from '../domains/directory/employee-import.fixture.ts';
import { blocksOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';
import { inSteps } from '../support/in-steps.ts';

// The documents of docs/front-end-staff.md, over HTTP, by whom they are written for.

const PAGE = 'docs/front-end-staff.md';
const OPERATIONS = new Map(
  blocksOf(PAGE, readText(PAGE))
    .filter(({ info }) => info === 'graphql')
    .flatMap(({ code }) => parse(code).definitions as OperationDefinitionNode[])
    .map((operation) => [operation.name!.value, print(operation)]),
);
const asked = new Set<string>();
const codes = new Map<string, string>();

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  const send = async ({ phone, parameters }: TextMessage): Promise<void> => void codes.set(phone, parameters.code!);
  server = await startTestServer({ sms: { name: 'kept', send } });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server?.stop());
const ask = async (seat: TestSeat, name: string, variables: Record<string, unknown> = {}) => {
  asked.add(name);
  const document = OPERATIONS.get(name)!;
  const data = await seat.query(document, document.includes('$key') ? { key: randomUUID(), ...variables } : variables);
  return data[Object.keys(data)[0]!];
};
const phoneOf = (key: string): string => [...own.plan.employees, ...own.plan.contacts].find((one) => one.key === key)!.phone;
const ended = async (job: string) => {
  await server.runtime.jobs.settled();
  return ask(own.admin, 'Outcome', { job });
};

inSteps('the staff, as the page for front ends has it (spec 2.3, 3.3, 3.7, 3.15, 10.1)', () => {
  it('departments are added, supervised, moved and removed, each tried first', async () => {
    const { Sales, Office } = await departmentIds(own);
    const { department } = await ask(own.admin, 'NewDepartment', { above: Sales });
    const branch = department.id;
    const sees = async () => (await ask(own.admin, 'Tree')).nodes.find(({ id }: { id: string }) => id === branch);
    expect(await sees()).toMatchObject({ name: 'Branch', parent: { id: Sales }, supervisors: [] });
    expect(await ask(own.admin, 'Supervisors', { department: branch, people: [own.sharee.id] })).toMatchObject({
      message: expect.any(String),
      employees: [expect.any(String)],
    });
    expect((await ask(own.admin, 'Moves', { department: branch, above: Office, dryRun: true })).effects).toEqual([]);
    expect((await sees()).parent.id).toBe(Sales);
    expect((await ask(own.admin, 'Moves', { department: branch, above: Office })).effects).toBeNull();
    const hired = await ask(own.admin, 'Hires', { phone: newPhone(), departments: [branch] });
    const people = [hired.employee.id];
    expect((await ask(own.admin, 'Supervisors', { department: branch, people, dryRun: true })).effects).toBeInstanceOf(Array);
    expect((await ask(own.admin, 'Supervisors', { department: branch, people })).effects).toBeNull();
    expect(await ask(own.admin, 'Removes', { department: branch })).toMatchObject({ members: 1, departments: 0 });
    const edited = await ask(own.admin, 'Edits', { employee: people[0], version: hired.employee.version, departments: [Sales] });
    expect(edited.employee).toMatchObject({ departments: [{ name: 'Sales' }], mainDepartment: { name: 'Sales' } });
    expect(await ask(own.admin, 'Removes', { department: branch })).toEqual({ departmentId: branch });
  });

  it('a contact is hired as the admin chooses, and rights are narrowed by taking and giving', async () => {
    const phone = phoneOf('rival');
    const refused = await ask(own.admin, 'Hires', { phone });
    expect(refused).toMatchObject({
      __typename: 'PhoneBelongsToContact',
      choices: ['CONVERT', 'KEEP'],
      existingContact: { id: own.rival.id },
    });
    const { employee } = await ask(own.admin, 'Hires', { phone, onContact: 'KEEP' });
    const { Sales } = await departmentIds(own);
    const rights = async () =>
      (await ask(own.admin, 'Holders')).nodes.find(({ id }: { id: string }) => id === employee.id).adminRights as unknown;
    const whole = [{ right: 'CONTACTS', departments: [] }];
    expect((await ask(own.admin, 'Grants', { employee: employee.id, dryRun: true })).effects.length).toBeGreaterThan(0);
    await ask(own.admin, 'Grants', { employee: employee.id });
    expect(await rights()).toEqual(whole);
    await ask(own.admin, 'Grants', { employee: employee.id, departments: [Sales] });
    expect(await rights()).toEqual(whole);
    expect((await ask(own.admin, 'Revokes', { employee: employee.id })).employee.adminRights).toEqual([]);
    await ask(own.admin, 'Grants', { employee: employee.id, departments: [Sales] });
    expect(await rights()).toEqual([{ right: 'CONTACTS', departments: [{ id: Sales, name: 'Sales' }] }]);
  });

  it('a table is made, tried and taken in', async () => {
    const { job: table } = await ask(own.admin, 'EmptyTable');
    expect((await ended(table.id)).result).toEqual({ name: expect.stringMatching(/\.xlsx$/), url: expect.any(String) });
    const file = csv('Staff number,Name,Phone', `S1,He Jing,${newPhone()}`);
    const upload = await sentTable(own.admin, file);
    const { job: dry } = await ask(own.admin, 'Imports', { upload, dryRun: true });
    expect(await ended(dry.id)).toMatchObject({ state: 'SUCCEEDED', result: { applied: false, created: 1 } });
    const { job } = await ask(own.admin, 'Imports', { upload });
    asked.add('Advances');
    const advances = own.admin.follow(OPERATIONS.get('Advances')!, { job: job.id, after: job.liveCursor });
    let state = '';
    while (state !== 'SUCCEEDED') state = (await advances.next()).job.state;
    await advances.stop();
    expect(await ended(job.id)).toMatchObject({ errors: [], result: { applied: true, created: 1, rejected: 0 } });
  });

  it('somebody leaves, which is tried first, and comes back', async () => {
    const leaver = { employee: own.owner.id, successor: own.colleague.id };
    const tried = await ask(own.admin, 'Leaves', { ...leaver, dryRun: true });
    expect(tried).toMatchObject({ __typename: 'OffboardEmployeeSuccess', transfer: null });
    const left = await ask(own.admin, 'Leaves', leaver);
    expect(left.report).toEqual(tried.report);
    const [newest] = (await ask(own.admin, 'ChangedHands')).nodes;
    expect(newest).toMatchObject({ id: left.transfer.id, viewerCan: { undo: true } });
    const back = await ask(own.admin, 'TakesBack', { transfer: newest.id });
    expect(back).toMatchObject({ __typename: 'UndoTransferSuccess', kept: 0 });
    expect(back.returned).toBeGreaterThanOrEqual(left.report.contacts.moved);
  });

  it('a phone changes, and where another has it an admin decides', async () => {
    const change = async (seat: TestSeat, phone: string) => {
      await ask(seat, 'SendsCode', { phone });
      await server.runtime.door.texts.settled();
      return ask(seat, 'ChangesPhone', { phone, code: codes.get(phone) });
    };
    expect(await change(own.colleague, newPhone())).toMatchObject({ conflicts: [] });
    expect((await change(own.colleague, phoneOf('rival'))).conflicts).toHaveLength(1);
    const [conflict] = (await ask(own.admin, 'Conflicts')).nodes;
    expect(conflict).toMatchObject({
      choices: ['CONVERT', 'KEEP', 'EXCHANGE'],
      employee: { id: own.colleague.id },
      holderContact: { id: own.rival.id },
    });
    const settled = await ask(own.admin, 'Settles', { conflict: conflict.id, choice: 'KEEP' });
    expect(settled.conflict).toEqual({ choice: 'KEEP', settledAt: expect.any(String) });
    expect((await ask(own.admin, 'Conflicts')).nodes).toEqual([]);
  });

  it('and no document of it is left out here', () => {
    expect([...OPERATIONS.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
});
