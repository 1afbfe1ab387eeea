import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, taskOn } from '../../support/form-moves.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { done, doneOnTask, inside } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

async function submitted(...steps: readonly object[]): Promise<string> {
  const { id: templateId, outcome } = await published(own.formsAdmin, { fields: [WISH], flow: { steps } });
  if (outcome.__typename !== 'PublishFormTemplateSuccess') throw new Error(JSON.stringify(outcome));
  const input = { templateId, values: [{ field: 'wish', text: 'Bolts' }] };
  const { form } = await done(own.customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  return (form as { readonly id: string }).id;
}
const turns = async (formId: string): Promise<readonly string[]> =>
  (await inside(own.admin, formId, own as unknown as Record<string, unknown>)).turns;
const reassigned = async (formId: string, from: 'colleague' | 'sharee', to: 'colleague' | 'sharee' | 'supervisor'): Promise<unknown> =>
  done(own.formsAdmin, 'reassignFormTask', {
    ...{ taskId: (await taskOn(own[from], formId)).id, employeeId: own[to].id, reason: 'They know it.' },
  });
async function corrected(formId: string, by: 'colleague' | 'sharee' | 'supervisor' | 'formsAdmin'): Promise<void> {
  await doneOnTask(own[by], 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
  await done(own.customer, 'resubmitForm', { formId, values: [] });
}

describe('a form on a fixed route that comes back goes to whoever had its turn last (spec 6.2)', () => {
  const byColleague = (approver = own.colleague) => ({ name: 'Workshop', approvers: [{ employeeId: approver.id }] });

  it('to whom it was reassigned, and not to whom it was taken from', async () => {
    const formId = await submitted(byColleague());
    await reassigned(formId, 'colleague', 'sharee');
    await corrected(formId, 'sharee');
    expect(await turns(formId)).toEqual(['sharee']);
    await reassigned(formId, 'sharee', 'colleague');
    await corrected(formId, 'colleague');
    expect(await turns(formId)).toEqual(['colleague']);
  });

  it('to whom it was handed over, also from hand to hand', async () => {
    const formId = await submitted(byColleague());
    await doneOnTask(own.colleague, 'handOverFormTask', formId, { employeeId: own.sharee.id });
    await reassigned(formId, 'sharee', 'supervisor');
    await corrected(formId, 'supervisor');
    expect(await turns(formId)).toEqual(['supervisor']);
  });

  it('to who claimed it, where the route names nobody who is there', async () => {
    const formId = await submitted(byColleague());
    await done(own.admin, 'offboardEmployee', { employeeId: own.colleague.id });
    await doneOnTask(own.formsAdmin, 'claimFormTask', formId);
    await corrected(formId, 'formsAdmin');
    expect(await turns(formId)).toEqual(['formsAdmin']);
  });

  it('to whom the route names, where whoever had it last has left', async () => {
    const formId = await submitted(byColleague());
    await reassigned(formId, 'colleague', 'sharee');
    await doneOnTask(own.sharee, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
    await done(own.admin, 'offboardEmployee', { employeeId: own.sharee.id });
    await done(own.customer, 'resubmitForm', { formId, values: [] });
    expect(await turns(formId)).toEqual(['colleague']);
  });

  it('to the others of the step as well, and so where it is returned inside', async () => {
    const both = { name: 'Both', mode: 'ALL', approvers: [{ employeeId: own.colleague.id }, { employeeId: own.sharee.id }] };
    const formId = await submitted(both, { name: 'Owner', approvers: [{ owner: true }] });
    await doneOnTask(own.colleague, 'handOverFormTask', formId, { employeeId: own.supervisor.id });
    await approve(own.supervisor, formId);
    await approve(own.sharee, formId);
    await doneOnTask(own.owner, 'returnFormTask', formId, { to: 'HOLDER', holderId: own.sharee.id, reason: 'Look again.' });
    expect(await turns(formId)).toEqual(['sharee', 'supervisor WAITING']);
  });
});

describe('a step in order (spec 6.2)', () => {
  async function atTheThird(): Promise<string> {
    const approvers = [own.colleague, own.sharee, own.supervisor].map(({ id }) => ({ employeeId: id }));
    const formId = await submitted({ name: 'In order', mode: 'IN_ORDER', approvers });
    await approve(own.colleague, formId);
    await approve(own.sharee, formId);
    return formId;
  }
  it('asks again whom a form is returned to and those behind them, and not those before them', async () => {
    const formId = await atTheThird();
    await doneOnTask(own.supervisor, 'returnFormTask', formId, { to: 'HOLDER', holderId: own.sharee.id, reason: 'Look again.' });
    expect(await turns(formId)).toEqual(['sharee']);
    await approve(own.sharee, formId);
    expect(await turns(formId)).toEqual(['supervisor']);
    await approve(own.supervisor, formId);
    expect(await turns(formId)).toEqual([]);
  });
  it('asks everybody again after a correction, from the first of them on', async () => {
    const formId = await atTheThird();
    await corrected(formId, 'supervisor');
    for (const seat of ['colleague', 'sharee', 'supervisor'] as const) {
      expect(await turns(formId)).toEqual([seat]);
      await approve(own[seat], formId);
    }
    expect(await turns(formId)).toEqual([]);
  });
  it('asks whoever was added where they were added, once more', async () => {
    const approvers = [own.colleague, own.sharee, own.supervisor].map(({ id }) => ({ employeeId: id }));
    const formId = await submitted({ name: 'In order', mode: 'IN_ORDER', approvers });
    await approve(own.colleague, formId);
    await doneOnTask(own.sharee, 'addFormApprover', formId, { employeeId: own.owner.id, when: 'BEFORE' });
    await approve(own.owner, formId);
    await doneOnTask(own.sharee, 'addFormApprover', formId, { employeeId: own.formsAdmin.id, when: 'AFTER' });
    await approve(own.sharee, formId);
    await approve(own.formsAdmin, formId);
    await corrected(formId, 'supervisor');
    for (const seat of ['colleague', 'owner', 'sharee', 'formsAdmin', 'supervisor'] as const) {
      expect((await turns(formId))[0]).toBe(seat);
      expect((await turns(formId)).slice(1).every((one) => one.endsWith('WAITING'))).toBe(true);
      await approve(own[seat], formId);
    }
    expect(await turns(formId)).toEqual([]);
  });
});
