import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOfName } from '../../../src/domains/forms/form-field.rules.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { act, done, doneOnTask, inside, onTask } from './acts.fixture.ts';

const DAY = 86_400_000;
let now = Date.parse('2026-06-01T08:00:00Z');
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0, now: () => new Date(now) });
  own = await server.organization();
});
afterAll(() => server.stop());

const read = (formId: string) => inside(own.admin, formId, own as unknown as Record<string, unknown>);
const employee = ({ id }: TestSeat) => ({ by: 'EMPLOYEE', employeeId: decodeGlobalId('Employee', id) });
/** A template that flows so, and a form of the customer's by it. */
async function submitted(kind: string, flow: object, values: object[] = [], by: TestSeat = own.customer): Promise<string> {
  const fields = [{ name: 'price', label: 'Price', type: 'NUMBER' as const, required: false }];
  const template = { kind: 'GENERAL', name: kind, withConfirmation: true, fields };
  const templateId = await publish(server, own, template);
  await rowsOf(server, own, 'update form_template_versions set flow = $1', [JSON.stringify(flow)]);
  const payload = await done(by, 'submitForm', { templateId, values }, '... on SubmitFormSuccess { form { id } }');
  return (payload.form as { readonly id: string }).id;
}

describe('a fixed route (spec 6.2)', () => {
  it('goes through its steps in order, by the values, and nobody is picked', async () => {
    const { owner, colleague, supervisor, sharee, customer } = own;
    const steps = [
      { id: 'one', name: 'First', mode: 'IN_ORDER', approvers: [{ by: 'OWNER' }, employee(colleague)] },
      { id: 'two', name: 'Dear', mode: 'ALL', approvers: [employee(sharee)], when: { field: idOfName('price'), op: 'GT', value: 100 } },
      { id: 'three', name: 'Both', mode: 'ALL', approvers: [{ by: 'OWNERS_SUPERVISOR' }, employee(colleague)], dueHours: 24 },
    ];
    const formId = await submitted('route', { route: steps }, [{ field: 'price', number: 5 }]);
    expect((await read(formId)).turns).toEqual(['owner']);
    const picked = await onTask(owner, 'approveFormTask', formId, { nextApproverId: sharee.id }, '... on ApproverNotAllowed { reason }');
    expect(picked).toMatchObject({ __typename: 'ApproverNotAllowed', reason: 'FIXED_ROUTE' });
    await approve(owner, formId);
    expect((await read(formId)).turns).toEqual(['colleague']);
    await approve(colleague, formId);
    expect([...(await read(formId)).turns].sort()).toEqual(['colleague', 'supervisor']);
    await approve(colleague, formId);
    expect(await read(formId)).toMatchObject({ state: 'IN_REVIEW', turns: ['supervisor'] });
    await doneOnTask(supervisor, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
    await done(customer, 'resubmitForm', { formId, values: [] });
    expect([...(await read(formId)).turns].sort()).toEqual(['colleague', 'supervisor']); // everybody at the stop looks at it again
    await approve(supervisor, formId);
    await approve(colleague, formId);
    expect(await read(formId)).toMatchObject({ state: 'AWAITING_CONFIRMATION', turns: [] });
    const dear = await submitted('route', { route: steps }, [{ field: 'price', number: 500 }]);
    await approve(owner, dear);
    await approve(colleague, dear);
    expect((await read(dear)).turns).toEqual(['sharee']);
  });

  it('is done at a step ANY with one approval, and waits to be claimed where nobody is there', async () => {
    const { owner, colleague, formsAdmin } = own;
    const steps = [
      { id: 'one', name: 'Any', mode: 'ANY', approvers: [employee(owner), employee(colleague)] },
      { id: 'two', name: 'Nobody', mode: 'ALL', approvers: [{ by: 'RIGHT', right: 'FILES' }] },
    ];
    const formId = await submitted('any', { route: steps });
    await approve(colleague, formId);
    const held = (await read(formId)).turns;
    expect(held.length).toBeGreaterThan(0);
    expect(held).not.toContain('owner');
    await done(formsAdmin, 'endForm', { formId, reason: 'A test.' });
  });
});

describe('an admin lets a form on a fixed route jump (spec 6.6)', () => {
  it('and it goes on behind the step where it stood', async () => {
    const { colleague, sharee, supervisor, formsAdmin } = own;
    const steps = [
      { id: 'one', name: 'First', mode: 'ALL', approvers: [{ by: 'OWNER' }, employee(colleague)], dueHours: 8 },
      { id: 'two', name: 'Last', mode: 'ALL', approvers: [employee(sharee)] },
    ];
    const formId = await submitted('jump', { route: steps });
    await done(formsAdmin, 'jumpForm', { formId, employeeId: supervisor.id, reason: 'Both are away.' });
    expect((await read(formId)).turns).toEqual(['supervisor']);
    await approve(supervisor, formId);
    expect((await read(formId)).turns).toEqual(['sharee']);
  });
});

describe('what else a template says (spec 6.1, 6.11, 6.13)', () => {
  it('who is shown a form, and whether its customer may withdraw it', async () => {
    const { colleague, sharee, owner, customer } = own;
    const ids = [colleague, sharee].map(({ id }) => decodeGlobalId('Employee', id));
    const cc = [
      { employeeId: ids[0], at: 'BOTH' },
      { employeeId: ids[1], at: 'END' },
    ];
    const formId = await submitted('cc', { cc, withdrawal: 'NEVER' });
    const history = async (seat: TestSeat) =>
      (await seat.ask('query ($id: ID!) { businessForm(id: $id) { history { nodes { kind } } } }', { id: formId })).data?.businessForm
        ?.history;
    expect(await history(colleague)).toMatchObject({ nodes: [{ kind: 'SUBMITTED' }] });
    expect(await history(sharee)).toBeFalsy();
    expect(await act(customer, 'withdrawForm', { formId })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    await approve(owner, formId);
    expect(await history(sharee)).toBeFalsy();
    await done(customer, 'confirmForm', { formId });
    expect(await history(sharee)).toBeTruthy();
    const kinds = async (seat: TestSeat): Promise<string[]> =>
      (await seat.query('{ notifications(first: 100) { nodes { kind } } }')).notifications.nodes.map(({ kind }: { kind: string }) => kind);
    await expect.poll(async () => (await kinds(colleague)).filter((kind) => kind === 'FORM_SHOWN')).toHaveLength(2);
    await expect.poll(async () => (await kinds(sharee)).filter((kind) => kind === 'FORM_SHOWN')).toHaveLength(1);
  });

  const night = (): Promise<void> => server.strike('forms.keepTime');
  const later = async (days: number): Promise<void> => {
    now += days * DAY;
    await night();
  };
  const certify = (level: string) =>
    rowsOf(
      server,
      own,
      `with changed as (update organizations set certification = $1 where organization_id = $2 returning organization_id)
       insert into certifications (organization_id, id, at, level, reason) select organization_id, gen_random_uuid(), $3, $1, 'A test.' from changed`,
      [level, own.id, new Date(now)],
    );

  it('a confirmation that is left open confirms itself after its days, marked so', async () => {
    await night(); // winds the clocks up
    const formId = await submitted('itself', { confirmsItselfAfterDays: 3 });
    await approve(own.owner, formId);
    await later(2);
    expect((await read(formId)).state).toBe('AWAITING_CONFIRMATION');
    await later(2);
    const { state, history } = await read(formId);
    expect(state).toBe('COMPLETED');
    expect(history.slice(-2)).toEqual(['CONFIRMED_ITSELF', 'COMPLETED']);
    expect(await act(own.customer, 'disputeForm', { formId, reason: 'Too late.' })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
  });

  it('the time in which the window is suspended does not count, nor that in which the form rests', async () => {
    const formId = await submitted('suspended', { confirmsItselfAfterDays: 3 });
    const rested = await submitted('suspended', { confirmsItselfAfterDays: 3 }, [], own.rival);
    const left = await submitted('suspended', { confirmsItselfAfterDays: 3 });
    for (const [seat, id] of [
      [own.owner, formId],
      [own.colleague, rested],
      [own.owner, left],
    ] as const)
      await approve(seat, id);
    await later(1);
    await done(own.admin, 'deleteContacts', { contactIds: [own.rival.id] });
    await certify('BASIC');
    await later(10);
    expect((await read(formId)).state).toBe('AWAITING_CONFIRMATION');
    await certify('ADVANCED');
    await done(own.admin, 'restoreContacts', { contactIds: [own.rival.id] });
    await later(1);
    expect((await read(formId)).state).toBe('AWAITING_CONFIRMATION');
    await done(own.customer, 'disputeForm', { formId: left, reason: 'Half of it is missing.' });
    await later(1.1);
    expect((await read(formId)).state).toBe('COMPLETED');
    expect(await read(left)).toMatchObject({ state: 'IN_REVIEW', turns: ['owner'] });
    expect((await read(rested)).state).toBe('AWAITING_CONFIRMATION');
    await done(own.admin, 'deleteContacts', { contactIds: [own.rival.id] });
    await done(own.admin, 'restoreContacts', { contactIds: [own.rival.id] });
    await later(1.1); // more than three days after the first rest
    expect((await read(rested)).state).toBe('AWAITING_CONFIRMATION');
    await later(2);
    expect((await read(rested)).state).toBe('COMPLETED');
  });

  it('a dispute in the second in which it confirms itself: one of it happens', async () => {
    const formIds = await Promise.all(Array.from({ length: 8 }, () => submitted('race', { confirmsItselfAfterDays: 1 })));
    for (const formId of formIds) await approve(own.owner, formId);
    now += 2 * DAY;
    const answers = await Promise.all([...formIds.map((formId) => act(own.customer, 'disputeForm', { formId, reason: 'No.' })), night()]);
    await night();
    for (const [i, formId] of formIds.entries()) {
      const isDisputed = (answers[i] as { __typename: string }).__typename === 'DisputeFormSuccess';
      const { state, history } = await read(formId);
      expect([state, history.includes('CONFIRMED_ITSELF'), history.includes('DISPUTED')]).toEqual(
        isDisputed ? ['IN_REVIEW', false, true] : ['COMPLETED', true, false],
      );
    }
  });
});
