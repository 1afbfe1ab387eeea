import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { says } from '../../support/says.ts';
import { codes, leaver, outcome, rowsOf } from '../contacts/contact.fixture.ts';
import { again, departmentIds, GRANT, giveRight, REVOKE } from './directory.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let id: Readonly<Record<string, string>>;
beforeAll(async () => {
  server = await startTestServer({ patience: 120_000 });
});
beforeEach(async () => {
  own = await server.organization();
  id = await departmentIds(own);
});
afterAll(() => server.stop());

const grants = (seat: TestSeat, to: { id: string }, right: string, ...names: string[]) =>
  outcome(seat, GRANT, { employeeId: to.id, right, ...(names.length ? { departmentIds: names.map((name) => id[name]) } : {}) });
const revokes = (seat: TestSeat, from: { id: string }, right: string) => outcome(seat, REVOKE, { employeeId: from.id, right });
const held = ({ employee }: { employee: { adminRights: { right: string; isWhole: boolean; departments: { name: string }[] }[] } }) =>
  employee.adminRights.map(({ right, isWhole, departments }) => [right, isWhole, ...departments.map(({ name }) => name).sort()]);
/** Signs in anew as one who holds these rights, past the API. */
async function admin(who: string, ...rights: readonly (readonly [string, string | null])[]): Promise<TestSeat> {
  for (const [right, department] of rights) await giveRight(server, own, who, right, department);
  return again(server, own, who);
}
const unowned = async (who: string) =>
  (await (await again(server, own, who)).query('{ contacts { nodes { name } } }')).contacts.nodes
    .map(({ name }: { name: string }) => name)
    .sort();

describe('a right (spec 2.3b)', () => {
  it('is granted for the whole organization', async () => {
    expect(held(await grants(own.admin, own.colleague, 'CONTACTS'))).toEqual([['CONTACTS', true]]);
    expect(await unowned('colleague')).toEqual(['The customer', 'The rival', 'The unowned']);
  });
  it('is granted for departments, one after the other, with those below them', async () => {
    await grants(own.admin, own.sharee, 'CONTACTS', 'Sales');
    expect(await unowned('sharee')).toEqual(['The customer']);
    expect(held(await grants(own.admin, own.sharee, 'CONTACTS', 'Warehouse', 'Sales'))).toEqual([
      ['CONTACTS', false, 'Sales', 'Warehouse'],
    ]);
    expect(await unowned('sharee')).toEqual(['The customer', 'The rival']);
  });
  it('for the whole organization takes the place of one for departments, and is not narrowed by one', async () => {
    await grants(own.admin, own.sharee, 'FORMS', 'Sales');
    expect(held(await grants(own.admin, own.sharee, 'FORMS'))).toEqual([['FORMS', true]]);
    expect(held(await grants(own.admin, own.sharee, 'FORMS', 'Sales'))).toEqual([['FORMS', true]]);
    expect(
      await rowsOf(
        server,
        own,
        `select 1 from admin_rights where admin_right = 'FORMS' and employee_id = (select id from employees where name = 'The sharee')`,
      ),
    ).toHaveLength(1);
  });
  it('is taken away, however far it goes', async () => {
    expect(held(await revokes(own.admin, own.scopedAdmin, 'CONTACTS'))).toEqual([['FORMS', false, 'Sales']]);
    expect((await revokes(own.admin, own.scopedAdmin, 'CONTACTS')).issues).toMatchObject([{ path: ['input', 'right'], code: 'NOT_HELD' }]);
    expect(await unowned('scopedAdmin')).toEqual([]);
  });
  it.each(['WINDOW', 'PLUGINS'])('%s is for the whole organization alone: for departments it has no use', async (right) => {
    expect((await grants(own.admin, own.sharee, right, 'Sales')).issues).toMatchObject([
      { path: ['input', 'departmentIds'], code: 'FOR_THE_WHOLE_ORGANIZATION' },
    ]);
    expect(held(await grants(own.admin, own.sharee, right))).toEqual([[right, true]]);
  });
  it('is not granted to one who has left', async () => {
    expect((await grants(own.admin, { id: await leaver(server, own) }, 'FORMS')).issues[0].code).toBe('LEFT');
  });
  it('is read by the employee and admins with DIRECTORY alone', async () => {
    const ask = (seat: TestSeat) => seat.ask('query ($id: ID!) { employee(id: $id) { adminRights { right } } }', { id: own.formsAdmin.id });
    for (const seat of [own.admin, own.formsAdmin]) expect((await ask(seat)).data.employee.adminRights).toEqual([{ right: 'FORMS' }]);
    expect((await ask(own.owner)).errors[0]!.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a right is granted and taken as far as one’s own goes (spec 2.3b)', () => {
  it('not beyond: another right, or the whole of one for departments', async () => {
    const seat = await admin('colleague', ['DIRECTORY', null], ['CONTACTS', 'Sales']);
    expect(
      await Promise.all([
        grants(seat, own.owner, 'FORMS'),
        grants(seat, own.owner, 'CONTACTS'),
        grants(seat, own.owner, 'CONTACTS', 'Support'),
        grants(seat, own.owner, 'CONTACTS', 'Sales East', 'Support'),
      ]).then((all) => all.map(({ __typename }) => __typename)),
    ).toEqual(Array(4).fill('RightNotYours'));
    expect(held(await grants(seat, own.owner, 'CONTACTS', 'Sales East'))).toEqual([['CONTACTS', false, 'Sales East']]);
  });
  it('not taken beyond it, either', async () => {
    const seat = await admin('colleague', ['DIRECTORY', null], ['CONTACTS', 'Sales']);
    await giveRight(server, own, 'owner', 'CONTACTS', 'Sales');
    await giveRight(server, own, 'sharee', 'CONTACTS', 'Support');
    await giveRight(server, own, 'supervisor', 'CONTACTS', null);
    const outcomes = [];
    for (const from of [own.owner, own.sharee, own.supervisor, own.formsAdmin])
      outcomes.push((await revokes(seat, from, from === own.formsAdmin ? 'FORMS' : 'CONTACTS')).__typename);
    expect(outcomes).toEqual(['RevokeAdminRightSuccess', 'RightNotYours', 'RightNotYours', 'RightNotYours']);
  });
  it('and says which right it is about, and what would be needed', async () => {
    const seat = await admin('colleague', ['DIRECTORY', null], ['CONTACTS', 'Sales']);
    expect(await grants(seat, own.owner, 'CONTACTS', 'Support', 'Warehouse')).toMatchObject({
      __typename: 'RightNotYours',
      path: ['input', 'right'],
      right: 'CONTACTS',
      departments: ['Support', 'Warehouse'],
      message: 'To grant or take CONTACTS here, you need CONTACTS for Support, Warehouse yourself.',
    });
    expect(await grants(seat, own.owner, 'ORDERING_PRICE')).toMatchObject({
      right: 'ORDERING_PRICE',
      departments: [],
      message: 'To grant or take ORDERING_PRICE here, you need PLUGINS for the whole organization yourself.',
    });
    expect(await grants(seat, seat, 'CONTACTS')).toMatchObject({
      path: ['input', 'employeeId'],
      message: 'Another admin grants and takes your rights: this is about CONTACTS.',
    });
  });
  it('and taking one says how far it went and whether nobody holds it so far then, in a dry run too', async () => {
    await grants(own.admin, own.owner, 'ORDERING_PRICE');
    await grants(own.admin, own.owner, 'FORMS', 'Sales East');
    const ended = async (right: string) => {
      const input = { employeeId: own.owner.id, right };
      const tried = await outcome(own.admin, REVOKE, { ...input, dryRun: true });
      const done = await outcome(own.admin, REVOKE, input);
      expect(done.ended).toEqual(tried.ended);
      return done.ended;
    };
    expect(await ended('ORDERING_PRICE')).toEqual([{ right: 'ORDERING_PRICE', departments: [], unheld: true }]);
    expect(await ended('FORMS')).toEqual([{ right: 'FORMS', departments: ['Sales East'], unheld: false }]);
  });
  it('never one’s own', async () => {
    expect((await grants(own.admin, own.admin, 'AUDIT')).__typename).toBe('RightNotYours');
    expect((await revokes(own.admin, own.admin, 'DIRECTORY')).__typename).toBe('RightNotYours');
  });
  it('by an admin of departments, to those who sit there', async () => {
    const seat = await admin('colleague', ['DIRECTORY', 'Sales'], ['FORMS', 'Sales']);
    expect(held(await grants(seat, own.owner, 'FORMS', 'Sales East'))).toEqual([['FORMS', false, 'Sales East']]);
    expect(await codes(seat, GRANT, { employeeId: own.sharee.id, right: 'FORMS', departmentIds: [id.Sales] })).toEqual(['FORBIDDEN']);
    expect((await grants(seat, own.owner, 'DIRECTORY')).__typename).toBe('RightNotYours');
  });
  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)('not by %s', async (name) => {
    for (const mutation of [GRANT, REVOKE])
      expect(await codes(own[name], mutation, { employeeId: own.colleague.id, right: 'FORMS' })).toEqual(['FORBIDDEN']);
  });
  it('by what is kept, not by what a seat brings along', async () => {
    const seat = await admin('colleague', ['DIRECTORY', null], ['FORMS', null]);
    await seat.query('{ viewer { id } }');
    await rowsOf(
      server,
      own,
      `delete from admin_rights where admin_right = 'FORMS' and employee_id = (select id from employees where name = 'The colleague')`,
    );
    expect((await grants(seat, own.owner, 'FORMS')).__typename).toBe('RightNotYours');
  });
});

describe('the last admin (spec 2.3b)', () => {
  let crossing: Crossing;
  beforeAll(async () => {
    crossing = await Crossing.open(server);
  });
  afterAll(() => crossing.close());

  it.each(['DIRECTORY', 'CONTACTS'])('with %s is one who holds it for the whole organization and is employed', async (right) => {
    const seat = await admin('colleague', ['DIRECTORY', null], [right === 'DIRECTORY' ? 'AUDIT' : 'CONTACTS', null]);
    await giveRight(server, own, 'owner', right, 'Sales');
    expect((await revokes(seat, own.admin, right)).__typename).toBe('RevokeAdminRightSuccess');
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The admin'`);
    const other = await admin('sharee', ['DIRECTORY', 'Warehouse'], [right === 'DIRECTORY' ? 'AUDIT' : right, 'Warehouse']);
    expect((await revokes(other, own.colleague, right)).__typename).toBe('LastAdmin');
  });
  it('stays where two revoke each other at once', async () => {
    const seat = await admin('colleague', ['DIRECTORY', null]);
    const one = () => says(own.admin, REVOKE, { employeeId: own.colleague.id, right: 'DIRECTORY' });
    const other = () => says(seat, REVOKE, { employeeId: own.admin.id, right: 'DIRECTORY' });
    expect(await crossing.meet(one, other, 'a turn')).toEqual(['RevokeAdminRightSuccess', 'LastAdmin']);
    expect(await rowsOf(server, own, `select 1 from admin_rights where admin_right = 'DIRECTORY' and department_id is null`)).toHaveLength(
      1,
    );
  });
});
