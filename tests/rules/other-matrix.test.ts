import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { cellsOf, done, listed, told } from './verdict.ts';
import { approve, makeWorld, openTask, placed, type SeatName, type World } from './world.fixture.ts';

// The matrix of spec 2.3b, written by hand: what is not a contact.

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
});
afterAll(() => server.stop());

// yes: told, found, done. no: FORBIDDEN. none: as though there were no such object. -: the surface of contacts does not name it.

const AROUND_A_FORM = [
  'ADMIN',
  'OWNER',
  'OWNERS_SUPERVISOR',
  'PARTICIPANT',
  'SHAREE',
  'COLLEAGUE',
  'EXTERNAL',
  'ANOTHER_CUSTOMER',
  'OTHER_ORGANIZATION',
] as const;
const FORM_SEATS: Readonly<Record<(typeof AROUND_A_FORM)[number], SeatName>> = {
  ADMIN: 'formsAdmin',
  OWNER: 'owner',
  OWNERS_SUPERVISOR: 'supervisor',
  PARTICIPANT: 'approver',
  SHAREE: 'sharee',
  COLLEAGUE: 'colleague',
  EXTERNAL: 'customer',
  ANOTHER_CUSTOMER: 'rival',
  OTHER_ORGANIZATION: 'stranger',
};
const READ_FORM = `
                                        | ADMIN OWNER SUPER PART  SHAREE COLL  EXT   RIVAL OTHER
number                                  | yes   yes   yes   yes   yes    none  yes   none  none
kind                                    | yes   yes   yes   yes   yes    none  yes   none  none
customerState                           | yes   yes   yes   yes   yes    none  yes   none  none
customerStateSince                      | yes   yes   yes   yes   yes    none  yes   none  none
submittedAt                             | yes   yes   yes   yes   yes    none  yes   none  none
contact { name }                        | yes   yes   yes   yes   yes    none  yes   none  none
submittedBy { name }                    | yes   yes   yes   yes   yes    none  yes   none  none
state                                   | yes   yes   yes   yes   yes    none  -     -     none
updatedAt                               | yes   yes   yes   yes   yes    none  -     -     none
answers { value { text } }              | yes   yes   yes   yes   no     none  yes   none  none
... on Order { total { amount } }       | yes   yes   yes   yes   no     none  yes   none  none
... on Order { lines { name } }         | yes   yes   yes   yes   no     none  yes   none  none
... on Order { note }                   | yes   yes   yes   yes   no     none  yes   none  none
tasks { totalCount }                    | yes   yes   yes   yes   no     none  -     -     none
history { totalCount }                  | yes   yes   yes   yes   no     none  -     -     none
`;
const FIND_FORM = `
                                        | ADMIN OWNER SUPER PART  SHAREE COLL  EXT   RIVAL OTHER
businessForms                           | yes   yes   yes   yes   none   none  -     -     none
myForms                                 | no    no    no    no    no     no    yes   none  no
`;
/** The PARTICIPANT is the HOLDER of the open task here; the owner has held one before. */
const ACT_ON_FORM = `
                                        | ADMIN OWNER SUPER PART  SHAREE COLL  EXT   RIVAL OTHER
approveFormTask                         | no    no    no    yes   none   none  -     -     none
rejectFormTask                          | no    no    no    yes   none   none  -     -     none
claimFormTask                           | yes   none  none  none  none   none  -     -     none
confirmForm                             | no    no    no    none  no     none  yes   none  none
`;
const AROUND_AN_EMPLOYEE = [
  'SELF',
  'ADMIN',
  'SCOPED_ADMIN',
  'SUPERVISOR',
  'CONTACTS_ADMIN',
  'COLLEAGUE',
  'EXTERNAL',
  'OTHER_ORGANIZATION',
] as const;
const EMPLOYEE_SEATS: Readonly<Record<(typeof AROUND_AN_EMPLOYEE)[number], SeatName>> = {
  SELF: 'owner',
  ADMIN: 'admin',
  SCOPED_ADMIN: 'staffAdmin',
  SUPERVISOR: 'supervisor',
  CONTACTS_ADMIN: 'contactsAdmin',
  COLLEAGUE: 'colleague',
  EXTERNAL: 'customer',
  OTHER_ORGANIZATION: 'stranger',
};
const READ_EMPLOYEE = `
                                        | SELF  ADMIN SCOPED SUPER CONTACTS COLL  EXT   OTHER
name                                    | yes   yes   yes    yes   yes      yes   -     none
position                                | yes   yes   yes    yes   yes      yes   -     none
departments { name }                    | yes   yes   yes    yes   yes      yes   -     none
phone                                   | yes   yes   yes    no    no       no    -     none
staffNumber                             | yes   yes   yes    no    no       no    -     none
seniorSince                             | yes   yes   yes    no    no       no    -     none
adminRights { right }                   | yes   yes   yes    no    no       no    -     none
nickname                                | yes   yes   yes    yes   yes      yes   -     none
viewerCan { edit }                      | yes   yes   yes    yes   yes      yes   -     none
`;
const AROUND_THE_WINDOW = ['ADMIN', 'COLLEAGUE', 'MEMBER', 'NOT_LET_IN', 'OTHER_ORGANIZATION', 'OTHER_CUSTOMER'] as const;
const WINDOW_SEATS: Readonly<Record<(typeof AROUND_THE_WINDOW)[number], SeatName>> = {
  ADMIN: 'admin',
  COLLEAGUE: 'colleague',
  MEMBER: 'customer',
  NOT_LET_IN: 'guest',
  OTHER_ORGANIZATION: 'stranger',
  OTHER_CUSTOMER: 'strangersCustomer',
};
const AT_THE_WINDOW = `
                                        | ADMIN COLL  MEMBER GUEST OTHER OTHERS
products                                | yes   yes   yes    none  none  none
formTemplates                           | yes   yes   yes    none  none  none
... on Product { name }                  | yes   yes   yes    none  none  none
... on FormTemplate { name }            | yes   yes   yes    none  none  none
withdrawProduct                         | yes   no    -      -     none  -
`;
const cells = <Column extends string>(table: string, columns: readonly Column[]) => cellsOf(table.replace(/^ +\|.*\n/m, ''), columns);

describe('reading a form', () => {
  it.each(cells(READ_FORM, AROUND_A_FORM))('%s, as %s: %s', async (field, column, verdict) => {
    expect(await told(world.seats[FORM_SEATS[column]], 'businessForm', world.forms.passed, field)).toBe(verdict);
  });
  it.each(cells(FIND_FORM, AROUND_A_FORM))('finding it in %s, as %s: %s', async (list, column, verdict) => {
    expect(await listed(world.seats[FORM_SEATS[column]], list, world.forms.passed)).toBe(verdict);
  });
  it('is for one who handed the task on as well', async () => {
    const { businessForm } = await world.seats.owner.query(
      'query ($id: ID!) { businessForm(id: $id) { viewerRoles answers { value { text } } } }',
      {
        id: world.forms.passed,
      },
    );
    expect(businessForm.viewerRoles).toContain('PARTICIPANT');
  });
  it('by a right for departments covers the forms of contacts whose owner sits there, and no unowned one', async () => {
    const { businessForms } = await world.seats.scopedAdmin.query('{ businessForms(first: 100) { nodes { id } } }');
    const { handled, passed, general, gone, repaired, review, ballot } = world.forms;
    expect(businessForms.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(
      [handled, passed, general, gone, repaired, review, ballot].sort(),
    );
  });
});

describe('acting on a form', () => {
  const inputOf = async (act: string): Promise<object> => {
    const { customer, unowned, owner, formsAdmin, approver } = world.seats;
    const formId = await placed(act === 'claimFormTask' ? unowned : customer);
    if (act === 'claimFormTask') return { taskId: await openTask(formsAdmin, formId) };
    await approve(owner, formId, act === 'confirmForm' ? undefined : approver);
    return act === 'confirmForm' ? { formId } : { taskId: await openTask(approver, formId) };
  };
  it.each(cells(ACT_ON_FORM, AROUND_A_FORM))('%s, as %s: %s', async (act, column, verdict) => {
    expect(await done(world.seats[FORM_SEATS[column]], act, await inputOf(act))).toBe(verdict);
  });
  it('claim is not for an admin whose right is for a department', async () => {
    expect(await done(world.seats.scopedAdmin, 'claimFormTask', await inputOf('claimFormTask'))).toBe('none');
  });
});

describe('reading an employee', () => {
  const phoneOf = (seat: TestSeat, of: TestSeat) => told(seat, 'employee', of.id, 'phone');

  it.each(cells(READ_EMPLOYEE, AROUND_AN_EMPLOYEE))('%s, as %s: %s', async (field, column, verdict) => {
    expect(await told(world.seats[EMPLOYEE_SEATS[column]], 'employee', world.seats.owner.id, field)).toBe(verdict);
  });
  it('by a right for departments is reading those who sit there', async () => {
    const { staffAdmin, sibling, colleague, admin } = world.seats;
    expect(await phoneOf(staffAdmin, sibling)).toBe('yes');
    for (const outside of [colleague, admin]) expect(await phoneOf(staffAdmin, outside)).toBe('no');
  });
});

describe('what belongs to no contact', () => {
  const idOf = async (list: string): Promise<string> =>
    (await world.seats.customer.query(`{ it: ${list} { nodes { id } } }`)).it.nodes[0].id;
  const verdictOn = async (act: string, seat: TestSeat) => {
    if (act === 'products' || act === 'formTemplates') return listed(seat, act, await idOf(act));
    if (act === 'withdrawProduct') return done(seat, act, { productId: await idOf('products') });
    return told(seat, 'node', await idOf(act.includes('Product') ? 'products' : 'formTemplates'), act);
  };
  it.each(cells(AT_THE_WINDOW, AROUND_THE_WINDOW))('%s, as %s: %s', async (act, column, verdict) => {
    expect(await verdictOn(act, world.seats[WINDOW_SEATS[column]])).toBe(verdict);
  });
});
