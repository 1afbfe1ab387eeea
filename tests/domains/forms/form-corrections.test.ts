import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve } from '../../support/form-moves.ts';
import { published } from '../form-designer/designer.fixture.ts';
import { act, done, doneOnTask, inside, onTask } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

let count = 0;
const STEPS = () => [
  { name: 'Finance', approvers: [{ employeeId: own.colleague.id }], when: { field: 'price', op: 'GTE', number: 1000 } },
  { name: 'Check', approvers: [{ employeeId: own.sharee.id }] },
  { name: 'Owner', approvers: [{ employeeId: own.owner.id }] },
];
const FIELDS = [
  { name: 'price', label: 'Price', kind: 'NUMBER', required: true },
  { name: 'why', label: 'Why?', kind: 'TEXT' },
  { name: 'other', label: 'What else?', kind: 'TEXT', showWhen: { field: 'why', op: 'EQ', text: 'other' }, required: true },
  { name: 'whose', label: 'For whom?', kind: 'TEXT', requireWhen: { field: 'why', op: 'EQ', text: 'a gift' } },
  { name: 'cost', label: 'Cost', kind: 'NUMBER', readBy: 'STAFF', writtenBySteps: ['Check'] },
  { name: 'note', label: 'Please be exact.', kind: 'EXPLANATION' },
];
/** A form that costs so much, which has come to its owner, the last. */
async function atOwner(price: string): Promise<string> {
  const { id: templateId, outcome } = await published(own.formsAdmin, {
    fields: FIELDS,
    flow: { steps: STEPS(), withConfirmation: false },
  });
  if (outcome.__typename !== 'PublishFormTemplateSuccess') throw new Error(JSON.stringify(outcome));
  const values = [
    { field: 'price', number: price },
    { field: 'why', text: 'a whim' },
  ];
  const input = { templateId, values, idempotencyKey: `correction-${++count}` };
  const { form } = await done(own.customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  const { id } = form as { readonly id: string };
  if (Number(price) >= 1000) await approve(own.colleague, id);
  await approve(own.sharee, id);
  return id;
}
const returned = async (formId: string, fields?: readonly string[], seat: TestSeat = own.owner): Promise<void> => {
  await doneOnTask(seat, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Look again.', fields });
};
const ISSUES = '... on ValidationFailed { issues { path code } }';
const corrects = (formId: string, values: object[]) => act(own.customer, 'resubmitForm', { formId, values }, ISSUES);
const corrected = async (formId: string, values: object[]): Promise<void> => {
  expect((await corrects(formId, values)).__typename).toBe('ResubmitFormSuccess');
};
const turns = async (formId: string) => (await inside(own.admin, formId, own as unknown as Record<string, unknown>)).turns;
const issuesIn = (payload: object): string[] =>
  ((payload as { issues?: { path: string[]; code: string }[] }).issues ?? []).map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);
const CHANGES = `query ($id: ID!) { businessForm(id: $id) {
  history(first: 50) { nodes { kind actor { id } changes { name from { text } to { text } } } } answers { name value { text } } } }`;

describe('what a correction may change (spec 6.2, 6.9)', () => {
  it('is what was asked for, and nothing else', async () => {
    const formId = await atOwner('1');
    await returned(formId, ['why']);
    const both = [
      { field: 'why', text: 'a need' },
      { field: 'price', number: '999999' },
    ];
    expect(issuesIn(await corrects(formId, both))).toEqual(['values.price NOT_ASKED_FOR']);
    expect(issuesIn(await corrects(formId, [{ field: 'price', number: null }]))).toEqual(['values.price REQUIRED']);
    await corrected(formId, [both[0]!, { field: 'price', number: '1' }]); // as it was is no change
    expect(await turns(formId)).toEqual(['owner']);
  });

  it('is also what is asked for because of it, and was not before', async () => {
    const formId = await atOwner('1');
    await returned(formId, ['why']);
    expect(issuesIn(await corrects(formId, [{ field: 'why', text: 'other' }]))).toEqual(['values.other REQUIRED']);
    await corrected(formId, [
      { field: 'why', text: 'other' },
      { field: 'other', text: 'a boat' },
    ]);
    await returned(formId, ['why']);
    expect(
      issuesIn(
        await corrects(formId, [
          { field: 'why', text: 'other' },
          { field: 'other', text: 'a ship' },
        ]),
      ),
    ).toEqual(['values.other NOT_ASKED_FOR']); // it was there this time
  });

  it('is also what was shown before, and is required because of it', async () => {
    const formId = await atOwner('1');
    await returned(formId, ['why']);
    const whose = { field: 'whose', text: 'my aunt' };
    expect(issuesIn(await corrects(formId, [{ field: 'why', text: 'a need' }, whose]))).toEqual(['values.whose NOT_ASKED_FOR']);
    await corrected(formId, [{ field: 'why', text: 'a gift' }, whose]);
    expect(await turns(formId)).toEqual(['owner']);
  });

  it('stands in the history with old and new value, as done by the submitter', async () => {
    const formId = await atOwner('1');
    await returned(formId, ['why']);
    await corrected(formId, [{ field: 'why', text: 'a need' }]);
    const { history, answers } = (await own.admin.query(CHANGES, { id: formId })).businessForm;
    expect(history.nodes.slice(-2)).toEqual([
      { kind: 'VALUES_CHANGED', actor: null, changes: [{ name: 'why', from: { text: 'a whim' }, to: { text: 'a need' } }] },
      { kind: 'RESUBMITTED', actor: null, changes: null },
    ]);
    expect(answers).toContainEqual({ name: 'why', value: { text: 'a need' } });
    await returned(formId, ['why']);
    await corrected(formId, []);
    const { history: after } = (await own.admin.query(CHANGES, { id: formId })).businessForm;
    expect(after.nodes.slice(-2).map(({ kind }: { kind: string }) => kind)).toEqual(['RETURNED', 'RESUBMITTED']);
  });

  it('takes nothing away that a step has filled in', async () => {
    const formId = await atOwner('1');
    await returned(formId, ['why'], own.owner);
    await corrected(formId, [{ field: 'why', text: null }]);
    await doneOnTask(own.owner, 'returnFormTask', formId, { to: 'HOLDER', holderId: own.sharee.id, reason: 'Cost?' });
    expect((await onTask(own.sharee, 'approveFormTask', formId, { values: [{ field: 'cost', number: '7' }] })).__typename).toMatch(
      /Success$/,
    );
    await returned(formId);
    await corrected(formId, [{ field: 'why', text: 'a need' }]);
    const { answers } = (await own.admin.query(CHANGES, { id: formId })).businessForm;
    expect(answers).toContainEqual({ name: 'cost', value: { text: '7' } });
  });
});

describe('whoever approved before a correction (spec 6.2)', () => {
  it('is asked for the first time where the way leads there now, and it goes on from there', async () => {
    const formId = await atOwner('1');
    await returned(formId, ['price']);
    await corrected(formId, [{ field: 'price', number: '999999' }]);
    expect(await turns(formId)).toEqual(['colleague']);
    await approve(own.colleague, formId);
    expect(await turns(formId)).toEqual(['sharee']);
    await approve(own.sharee, formId);
    expect(await turns(formId)).toEqual(['owner']);
    await approve(own.owner, formId);
    expect(await turns(formId)).toEqual([]);
  });

  it('is asked again where their step looks at what was changed, and not where the way passes it by now', async () => {
    const dear = await atOwner('1000');
    await returned(dear, ['price']);
    await corrected(dear, [{ field: 'price', number: '2000' }]);
    expect(await turns(dear)).toEqual(['colleague']);
    const cheap = await atOwner('1000');
    await returned(cheap, ['price']);
    await corrected(cheap, [{ field: 'price', number: '2' }]);
    expect(await turns(cheap)).toEqual(['owner']);
  });

  it('is asked again from the first step on where everything was open and anything was changed, and not where nothing was', async () => {
    const formId = await atOwner('1');
    await returned(formId);
    await corrected(formId, []);
    expect(await turns(formId)).toEqual(['owner']);
    await returned(formId);
    await corrected(formId, [{ field: 'why', text: 'a need' }]);
    expect(await turns(formId)).toEqual(['sharee']);
    await approve(own.sharee, formId);
    expect(await turns(formId)).toEqual(['owner']);
  });
});

describe('an edit by an approver behind a step that looks at it (spec 6.9)', () => {
  it('leads there, once all of its own step have approved, and back', async () => {
    const fields = FIELDS.map((field) => (field.name === 'cost' ? { ...field, writtenBySteps: ['First', 'Check'] } : field));
    const steps = [
      { name: 'First', approvers: [{ employeeId: own.owner.id }] },
      { name: 'Finance', approvers: [{ employeeId: own.supervisor.id }], when: { field: 'cost', op: 'GTE', number: 1000 } },
      { name: 'Check', mode: 'ALL', approvers: [{ employeeId: own.sharee.id }, { employeeId: own.colleague.id }] },
      { name: 'Owner', approvers: [{ employeeId: own.owner.id }] },
    ];
    const { id: templateId, outcome } = await published(own.formsAdmin, { fields, flow: { steps, withConfirmation: false } });
    expect(outcome.__typename).toBe('PublishFormTemplateSuccess');
    const input = { templateId, values: [{ field: 'price', number: '1' }], idempotencyKey: `correction-${++count}` };
    const { form } = await done(own.customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
    const { id: formId } = form as { readonly id: string };
    await approve(own.owner, formId);
    await doneOnTask(own.sharee, 'approveFormTask', formId, { values: [{ field: 'cost', number: '5000' }] });
    expect(await turns(formId)).toEqual(['colleague']);
    await approve(own.colleague, formId);
    expect(await turns(formId)).toEqual(['supervisor']);
    await approve(own.supervisor, formId);
    expect([...(await turns(formId))].sort()).toEqual(['colleague', 'sharee']);
    await approve(own.colleague, formId);
    await approve(own.sharee, formId);
    expect(await turns(formId)).toEqual(['owner']);
  });
});

describe('what is asked to be corrected (spec 6.2)', () => {
  it('is what the submitter fills in, by the names of the form’s own version', async () => {
    const formId = await atOwner('1');
    const asks = async (fields: string[], more: object = { to: 'SUBMITTER' }) =>
      issuesIn(await onTask(own.owner, 'returnFormTask', formId, { reason: 'Look.', fields, ...more }, ISSUES));
    expect(await asks(['why', 'nix', 'cost', 'note'])).toEqual([
      'fields.1 UNKNOWN_FIELD',
      'fields.2 NOT_THE_SUBMITTERS',
      'fields.3 NOT_THE_SUBMITTERS',
    ]);
    expect(await asks(['why'], { to: 'HOLDER', holderId: own.sharee.id })).toEqual(['fields NOT_TAKEN']);
    expect(await turns(formId)).toEqual(['owner']);
    expect(await asks(['why', 'why'])).toEqual([]);
    const document = 'query ($id: ID!) { businessForm(id: $id) { correctionFields } }';
    expect((await own.customer.query(document, { id: formId })).businessForm).toEqual({ correctionFields: ['why'] });
  });
});

describe('a rejection (spec 6.2, 6.3)', () => {
  it('tells the submitter why, where somebody says so to them, and never what is said inside', async () => {
    const document = 'query ($id: ID!) { businessForm(id: $id) { customerState rejectionReason } }';
    const rejected = async (more: object) => {
      const formId = await atOwner('1');
      await doneOnTask(own.owner, 'rejectFormTask', formId, more);
      return (await own.customer.query(document, { id: formId })).businessForm;
    };
    expect(await rejected({ comment: 'Cannot pay.', reason: 'We do not sell these.' })).toEqual({
      customerState: 'REJECTED',
      rejectionReason: 'We do not sell these.',
    });
    expect(await rejected({ comment: 'Cannot pay.' })).toEqual({ customerState: 'REJECTED', rejectionReason: null });
  });
});
