import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { published, WISH } from './designer.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const SUBMIT = `mutation ($input: SubmitFormInput!) { submitForm(input: $input) {
  __typename ... on SubmitFormSuccess { form { id number } } ... on ValidationFailed { issues { path code } } } }`;
const APPROVE = `mutation ($input: ApproveFormTaskInput!) { approveFormTask(input: $input) {
  __typename ... on ApproveFormTaskSuccess { form { state } } ... on ApproverNotAllowed { reason } } }`;
let count = 0;
const submit = async (templateId: string, values: object[]): Promise<{ id: string; number: string }> =>
  (await own.customer.does(SUBMIT, { input: { templateId, values, idempotencyKey: `route-${++count}` } })).form;
const taskOf = async (seat: TestSeat, formId: string): Promise<string | undefined> =>
  (await seat.query('{ myTasks(first: 100) { nodes { id form { id } } } }')).myTasks.nodes.find(
    ({ form }: { form: { id: string } }) => form.id === formId,
  )?.id;
const approve = async (seat: TestSeat, formId: string, more: object = {}) =>
  (await seat.ask(APPROVE, { input: { taskId: await taskOf(seat, formId), idempotencyKey: `route-${++count}`, ...more } })).data
    .approveFormTask;

describe('a form on a fixed route (spec 6.2)', () => {
  it('goes from step to step as its values say, and nobody picks who follows', async () => {
    const { id: templateId } = await published(own.formsAdmin, {
      fields: [WISH, { name: 'pieces', label: 'How many?', kind: 'NUMBER' }],
      flow: {
        steps: [
          { name: 'Workshop', approvers: [{ employeeId: own.colleague.id }] },
          { name: 'Director', approvers: [{ employeeId: own.supervisor.id }], when: { field: 'pieces', op: 'GTE', number: 10 } },
        ],
      },
      numberPrefix: 'REP',
    });
    const many = await submit(templateId, [
      { field: 'wish', text: 'Bolts' },
      { field: 'pieces', number: '12' },
    ]);
    expect(many.number).toMatch(/^REP-/);
    expect(await taskOf(own.owner, many.id)).toBeUndefined();
    expect(await approve(own.colleague, many.id, { nextApproverId: own.owner.id })).toMatchObject({ reason: 'FIXED_ROUTE' });
    expect(await approve(own.colleague, many.id)).toMatchObject({ form: { state: 'IN_REVIEW' } });
    expect(await approve(own.supervisor, many.id)).toMatchObject({ form: { state: 'COMPLETED' } });
    const few = await submit(templateId, [
      { field: 'wish', text: 'Bolts' },
      { field: 'pieces', number: '9' },
    ]);
    expect(await approve(own.colleague, few.id)).toMatchObject({ form: { state: 'COMPLETED' } });
    expect(await taskOf(own.supervisor, few.id)).toBeUndefined();
  });
});
