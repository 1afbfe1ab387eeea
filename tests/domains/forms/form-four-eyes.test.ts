import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, taskOn } from '../../support/form-moves.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { act, done, doneOnTask } from './acts.fixture.ts';

// Four eyes and one turn for one person, as people do it: whoever comes by a turn, by whatever act (spec 6.10).

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

type Name = 'owner' | 'colleague' | 'supervisor' | 'sharee' | 'formsAdmin';
const by = (...names: Name[]) => names.map((name) => ({ employeeId: own[name].id }));
const step = (name: string, ...names: Name[]) => ({ name, approvers: by(...names), mode: 'ALL' });
async function submitted(...steps: readonly object[]): Promise<string> {
  const { id: templateId, outcome } = await published(own.formsAdmin, { fields: [WISH], flow: { steps } });
  if (outcome.__typename !== 'PublishFormTemplateSuccess') throw new Error(JSON.stringify(outcome));
  const input = { templateId, values: [{ field: 'wish', text: 'Bolts' }] };
  const { form } = await done(own.customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  return (form as { readonly id: string }).id;
}
const standsIn = (standIn: Name, forWhom: Name): Promise<unknown> =>
  done(own[forWhom], 'setStandIn', { standInId: own[standIn].id, until: new Date(Date.now() + 86_400_000).toISOString() });
async function corrected(formId: string, name: Name): Promise<void> {
  await doneOnTask(own[name], 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
  await done(own.customer, 'resubmitForm', { formId, values: [] });
}
const returned = (formId: string, from: Name, to: Name): Promise<unknown> =>
  doneOnTask(own[from], 'returnFormTask', formId, { to: 'HOLDER', holderId: own[to].id, reason: 'Again, please.' });

const TURNS = `query ($id: ID!) { businessForm(id: $id) { tasks(first: 50) { nodes { id state assignee { id } for { id } alsoFor { id } } } } }`;
interface Node {
  readonly id: string;
  readonly state: string;
  readonly assignee: { readonly id: string } | null;
  readonly for: { readonly id: string } | null;
  readonly alsoFor: readonly { readonly id: string }[];
}
const live = async (formId: string): Promise<readonly Node[]> =>
  ((await own.admin.query(TURNS, { id: formId })).businessForm.tasks.nodes as Node[]).filter(({ state }) => /OPEN|WAITING/.test(state));
/** `HOLDER for WHOM also for WHOM STATE` of the live turns. */
async function turns(formId: string): Promise<string[]> {
  const nameOf = (one: { readonly id: string } | null): string =>
    one ? Object.entries(own).find(([, seat]) => (seat as unknown as TestSeat)?.id === one.id)![0] : 'nobody';
  return (await live(formId)).map(({ state, assignee, for: whom, alsoFor }) =>
    [nameOf(assignee), ...(whom ? [`for ${nameOf(whom)}`] : []), ...alsoFor.map((one) => `also ${nameOf(one)}`), state].join(' '),
  );
}

describe('four eyes of a fixed route', () => {
  it('are asked for when it is returned to whoever is away: their stand-in has approved at a step before', async () => {
    const formId = await submitted(step('A', 'owner'), step('B', 'colleague'), step('C', 'supervisor'));
    await approve(own.owner, formId);
    await approve(own.colleague, formId);
    await standsIn('owner', 'colleague');
    await returned(formId, 'supervisor', 'colleague');
    expect(await turns(formId)).toEqual(['colleague OPEN']);
    const taskId = (await live(formId))[0]!.id;
    const again = { taskId, employeeId: own.colleague.id, reason: 'Theirs.' };
    expect(await act(own.formsAdmin, 'reassignFormTask', again, '... on ApproverNotAllowed { reason }')).toMatchObject({
      reason: 'HAS_A_TURN',
    });
  });

  it('are asked for when somebody leaves: an heir who has approved in another’s place has no turn, and one who has not has', async () => {
    const formId = await submitted(step('A', 'colleague'), step('B', 'sharee'));
    await standsIn('owner', 'colleague');
    await approve(own.owner, formId);
    const other = await submitted(step('B', 'sharee'));
    await done(own.admin, 'offboardEmployee', { employeeId: own.sharee.id, successorId: own.owner.id });
    expect(await turns(formId)).toEqual(['nobody OPEN']);
    expect(await turns(other)).toEqual(['owner OPEN']);
  });

  it('are asked for of whoever claims: they give it to somebody else', async () => {
    const formId = await submitted(step('A', 'colleague'), step('B', 'formsAdmin'));
    await standsIn('formsAdmin', 'colleague');
    await approve(own.formsAdmin, formId);
    expect(await turns(formId)).toEqual(['nobody OPEN']);
    const taskId = (await live(formId))[0]!.id;
    const REASON = '... on ApproverNotAllowed { reason }';
    expect(await act(own.formsAdmin, 'claimFormTask', { taskId }, REASON)).toMatchObject({ reason: 'FOUR_EYES' });
    const taken = { taskId, employeeId: own.formsAdmin.id, reason: 'Mine.' };
    expect(await act(own.formsAdmin, 'reassignFormTask', taken, REASON)).toMatchObject({ reason: 'FOUR_EYES' });
    await done(own.formsAdmin, 'reassignFormTask', { ...taken, employeeId: own.sharee.id });
    expect(await turns(formId)).toEqual(['sharee OPEN']);
  });

  it('are told after a correction too: whoever took over a turn for others has it for them again', async () => {
    const formId = await submitted(step('A', 'colleague'), step('B', 'supervisor'));
    await standsIn('sharee', 'colleague');
    await doneOnTask(own.sharee, 'handOverFormTask', formId, { employeeId: own.supervisor.id });
    await corrected(formId, 'supervisor');
    expect(await turns(formId)).toEqual(['supervisor also colleague OPEN']);
    await approve(own.supervisor, formId);
    expect(await turns(formId)).toEqual(['nobody OPEN']);
  });

  it('do not take back what an admin has given to somebody, although they are away', async () => {
    const formId = await submitted(step('A', 'colleague'));
    await standsIn('sharee', 'colleague');
    const { id: taskId } = await taskOn(own.sharee, formId);
    await done(own.formsAdmin, 'reassignFormTask', { taskId, employeeId: own.colleague.id, reason: 'Theirs.' });
    for (let i = 0; i < 2; i++) {
      await corrected(formId, 'colleague');
      expect(await turns(formId)).toEqual(['colleague OPEN']);
    }
  });
});

describe('one turn for one person', () => {
  it('counts turns that wait: one that comes to a stand-in who waits as well is one with theirs', async () => {
    const formId = await submitted(step('A', 'owner', 'colleague', 'supervisor'), step('B', 'sharee'));
    for (const seat of [own.owner, own.colleague, own.supervisor]) await approve(seat, formId);
    await returned(formId, 'sharee', 'owner');
    expect(await turns(formId)).toEqual(['owner OPEN', 'colleague WAITING', 'supervisor WAITING']);
    await standsIn('supervisor', 'colleague');
    expect(await turns(formId)).toEqual(['owner OPEN', 'supervisor also colleague WAITING']);
    await approve(own.owner, formId);
    expect(await turns(formId)).toEqual(['supervisor also colleague OPEN']);
  });

  it('waits for whoever was added before one of both', async () => {
    const formId = await submitted(step('A', 'owner', 'colleague'));
    await doneOnTask(own.owner, 'addFormApprover', formId, { employeeId: own.sharee.id, when: 'BEFORE' });
    await standsIn('colleague', 'owner');
    expect((await turns(formId)).sort()).toEqual(['colleague also owner WAITING', 'sharee OPEN']);
    await approve(own.sharee, formId);
    expect(await turns(formId)).toEqual(['colleague also owner OPEN']);
  });

  it('is claimed once: the second of two leavers’ turns is for somebody else, or comes after it', async () => {
    const formId = await submitted(step('A', 'colleague', 'sharee'));
    for (const { id: employeeId } of [own.colleague, own.sharee]) await done(own.admin, 'offboardEmployee', { employeeId });
    const [first, second] = await live(formId);
    await done(own.formsAdmin, 'claimFormTask', { taskId: first!.id });
    const REASON = '... on ApproverNotAllowed { reason }';
    expect(await act(own.formsAdmin, 'claimFormTask', { taskId: second!.id }, REASON)).toMatchObject({ reason: 'HAS_A_TURN' });
    await done(own.formsAdmin, 'approveFormTask', { taskId: first!.id });
    await done(own.formsAdmin, 'claimFormTask', { taskId: second!.id });
  });

  it('comes after whom it is returned to in a step IN_ORDER, and before those behind them alone', async () => {
    const formId = await submitted({ ...step('A', 'owner', 'colleague', 'supervisor'), mode: 'IN_ORDER' }, step('B', 'formsAdmin'));
    await approve(own.owner, formId);
    await doneOnTask(own.colleague, 'addFormApprover', formId, { employeeId: own.sharee.id, when: 'AFTER' });
    for (const seat of [own.colleague, own.sharee, own.supervisor]) await approve(seat, formId);
    await returned(formId, 'formsAdmin', 'sharee');
    expect(await turns(formId)).toEqual(['sharee OPEN']);
    await approve(own.sharee, formId);
    expect(await turns(formId)).toEqual(['supervisor OPEN']);
  });
});
