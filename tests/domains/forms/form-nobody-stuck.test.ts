import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder, taskOn } from '../../support/form-moves.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { act, done, type Inside, inside } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const read = (formId: string): Promise<Inside> => inside(own.admin, formId, own as unknown as Record<string, unknown>);
const STUCK = '{ stuckForms(first: 100) { nodes { id stuckReason } } }';
const stuck = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await own.formsAdmin.query(STUCK)).stuckForms.nodes.map(({ id, stuckReason }: never) => [id, stuckReason]));

describe('a contact in the bin (spec 3.8, 6.7)', () => {
  it('its forms rest, and go on where they stood after its restore', async () => {
    const { admin, colleague, rival, formsAdmin, supervisor } = own;
    const [open, asked, ended] = [await placeOrder(rival), await placeOrder(rival), await placeOrder(rival)];
    await approve(colleague, asked);
    await done(rival, 'withdrawForm', { formId: ended });
    const { id: taskId } = await taskOn(colleague, open);
    await done(admin, 'deleteContacts', { contactIds: [rival.id] });
    expect(await read(open)).toMatchObject({ state: 'IN_REVIEW', pausedReason: 'CONTACT_DELETED', turns: ['colleague'] });
    expect((await read(asked)).pausedReason).toBe('CONTACT_DELETED');
    expect((await read(ended)).pausedReason).toBeNull();
    expect(await act(colleague, 'approveFormTask', { taskId })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    const jump = { formId: open, employeeId: supervisor.id, reason: 'Go on.' };
    expect(await act(formsAdmin, 'jumpForm', jump)).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    expect(await stuck()).toMatchObject({ [open]: 'CONTACT_DELETED', [asked]: 'CONTACT_DELETED' });
    await done(admin, 'restoreContacts', { contactIds: [rival.id] });
    expect(await read(open)).toMatchObject({ state: 'IN_REVIEW', pausedReason: null, turns: ['colleague'] });
    expect((await read(open)).history).toEqual(['SUBMITTED', 'PAUSED', 'RESUMED']);
    await approve(colleague, open);
    expect((await read(open)).state).toBe('AWAITING_CONFIRMATION');
  });
});

describe('forms that nobody can move (spec 6.6)', () => {
  it('are told to admins with the reason, and to nobody else', async () => {
    const { owner, customer, admin, formsAdmin } = own;
    const [fine, gone, nobodys] = [await placeOrder(customer), await placeOrder(customer), await placeOrder(own.unowned)];
    const asked = await placeOrder(customer);
    await approve(owner, asked);
    const { id: taskId } = await taskOn(owner, gone);
    await done(formsAdmin, 'reassignFormTask', { taskId, employeeId: own.sharee.id, reason: 'For now.' });
    await rowsOf(server, own, `update employees set left_at = now() where name = $1 returning 1`, ['The sharee']);
    const found = await stuck();
    expect(found[gone]).toBe('NOBODY_HAS_A_TURN');
    for (const id of [fine, nobodys, asked]) expect(found).not.toHaveProperty(id);
    await rowsOf(server, own, `update organizations set certification = 'BASIC' where organization_id is not null returning 1`);
    expect((await stuck())[asked]).toBe('WINDOW_SUSPENDED');
    await rowsOf(server, own, `update organizations set certification = 'ADVANCED' where organization_id is not null returning 1`);
    const { errors } = await owner.ask(STUCK);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    await done(admin, 'jumpForm', { formId: gone, employeeId: owner.id, reason: 'She has left.' });
    expect(await stuck()).not.toHaveProperty(gone);
  });
});

describe('many tasks at once (spec 6, `approveFormTasks`)', () => {
  it('are approved each by itself, with a result for each', async () => {
    const { owner, customer, supervisor } = own;
    const forms = [await placeOrder(customer), await placeOrder(customer), await placeOrder(customer)];
    const tasks = await Promise.all(forms.map(async (id) => (await taskOn(owner, id)).id));
    await done(owner, 'approveFormTask', { taskId: tasks[1], nextApproverId: supervisor.id });
    const others = (await taskOn(supervisor, forms[1]!)).id;
    const more = `... on ApproveFormTasksSuccess { results { __typename ... on UserError { code } } }`;
    const { results } = (await act(owner, 'approveFormTasks', { taskIds: [...tasks, others], comment: 'All.' }, more)) as never as {
      results: { __typename: string }[];
    };
    expect(results.map(({ __typename }) => __typename)).toEqual([
      'ApproveFormTasksItemSuccess',
      'TaskAlreadyDecided',
      'ApproveFormTasksItemSuccess',
      'TaskNotYours',
    ]);
    expect((await read(forms[0]!)).state).toBe('AWAITING_CONFIRMATION');
    expect((await read(forms[1]!)).turns).toEqual(['supervisor']);
  });
});
