import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, CLAIM, orderFor, taskOn } from '../../support/form-moves.ts';
import { FORM_TABLES, RawDatabase } from '../../support/raw-database.ts';

const INSIDE = `query ($id: ID!) { businessForm(id: $id) {
  version updatedAt customerState tasks { nodes { version state assignee { id } viewerCan { claim decide } } } history { nodes { kind actor { id } } }
} }`;

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const read = async (seat: TestSeat, formId: string) => (await seat.query(INSIDE, { id: formId })).businessForm;
const claim = (seat: TestSeat, taskId: string) => seat.ask(CLAIM, { input: { taskId } });

describe('a task that nobody holds', () => {
  it('waits for the admins of forms, and is of the first who claims it', async () => {
    const { admin, formsAdmin, unowned } = own;
    const { formId, task } = await orderFor(formsAdmin, unowned);
    expect(await taskOn(admin, formId)).toEqual(task);
    const before = await read(formsAdmin, formId);
    expect(before.tasks.nodes).toEqual([{ version: 1, state: 'OPEN', assignee: null, viewerCan: { claim: true, decide: false } }]);
    const { task: taken, form } = await formsAdmin.does(CLAIM, { input: { taskId: task.id } });
    expect(taken).toEqual({ id: task.id, version: 2, state: 'OPEN', assignee: { id: formsAdmin.id } });
    expect(form).toEqual({ id: formId, version: before.version + 1, state: 'IN_REVIEW', customerState: 'IN_PROGRESS' });
    const after = await read(formsAdmin, formId);
    expect(after.updatedAt > before.updatedAt).toBe(true);
    expect(after.tasks.nodes[0].viewerCan).toEqual({ claim: false, decide: true });
    expect(after.history.nodes).toEqual([
      { kind: 'SUBMITTED', actor: null },
      { kind: 'CLAIMED', actor: { id: formsAdmin.id } },
    ]);
    const { data } = await claim(admin, task.id);
    expect(data.claimFormTask).toMatchObject({
      __typename: 'TaskAlreadyClaimed',
      path: ['input', 'taskId'],
      task: { id: task.id, assignee: { id: formsAdmin.id } },
    });
    await expect(taskOn(admin, formId)).rejects.toThrow('no open task');
    await approve(formsAdmin, formId);
  });

  it('cannot be decided before it is claimed', async () => {
    const { formsAdmin, unowned } = own;
    const { task } = await orderFor(formsAdmin, unowned);
    expect((await formsAdmin.ask(APPROVE, { input: { taskId: task.id } })).errors[0]!.extensions.code).toBe('FORBIDDEN');
    await claim(formsAdmin, task.id);
    await formsAdmin.does(APPROVE, { input: { taskId: task.id, expectedVersion: 2 } });
  });

  it('does not exist for who is no admin of forms, or of some departments only', async () => {
    const { formsAdmin, unowned, owner, colleague, scopedAdmin } = own;
    const { task } = await orderFor(formsAdmin, unowned);
    const before = await database.contents(...FORM_TABLES);
    for (const seat of [owner, colleague, scopedAdmin]) {
      expect((await claim(seat, task.id)).data.claimFormTask.__typename).toBe('NotFound');
      await expect(taskOn(seat, task.form.id)).rejects.toThrow('no open task');
    }
    expect(await database.contents(...FORM_TABLES)).toEqual(before);
  });
});

describe('a task that somebody holds', () => {
  it('is claimed by nobody: not an admin, not its holder, not who only sees it', async () => {
    const { admin, owner, supervisor, scopedAdmin, customer } = own;
    const { formId, task } = await orderFor(owner, customer);
    const before = await database.contents(...FORM_TABLES);
    const { data } = await claim(admin, task.id);
    expect(data.claimFormTask).toMatchObject({ __typename: 'TaskAlreadyClaimed', task: { assignee: { id: owner.id } } });
    for (const seat of [owner, supervisor, scopedAdmin]) expect((await claim(seat, task.id)).errors[0]!.extensions.code).toBe('FORBIDDEN');
    expect(await database.contents(...FORM_TABLES)).toEqual(before);
    await approve(owner, formId);
    const decided = await database.contents(...FORM_TABLES);
    expect((await claim(admin, task.id)).data.claimFormTask).toMatchObject({
      __typename: 'TaskAlreadyClaimed',
      task: { state: 'DECIDED' },
    });
    expect(await database.contents(...FORM_TABLES)).toEqual(decided);
  });
});
