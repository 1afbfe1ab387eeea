import { randomUUID } from 'node:crypto';
import { type OperationDefinitionNode, parse, print } from 'graphql';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { blocksOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';
import { taskOn } from '../support/form-moves.ts';
import { inSteps } from '../support/in-steps.ts';

// A repair report from its draft to the workbook, over HTTP, by the documents of docs/designing-forms.md.

const PAGE = 'docs/designing-forms.md';
const OPERATIONS = new Map(
  blocksOf(PAGE, readText(PAGE))
    .flatMap(({ code }) => parse(code).definitions as OperationDefinitionNode[])
    .map((operation) => [operation.name?.value, print(operation)]),
);

let server: TestServer;
let own: TestOrganization;
const played = new Set<string>();
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server?.stop());

const ask = async (seat: TestSeat, name: string, variables: Record<string, unknown> = {}) => {
  played.add(name);
  const document = OPERATIONS.get(name)!;
  const data = await seat.query(document, document.includes('$key') ? { key: randomUUID(), ...variables } : variables);
  return data[Object.keys(data)[0]!];
};
const does = async (seat: TestSeat, name: string, variables: Record<string, unknown> = {}) => {
  const payload = await ask(seat, name, variables);
  expect(payload, name).toMatchObject({ __typename: expect.stringMatching(/Success$/) });
  return payload;
};
const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const line = (part: string, quantity: number, amount: number) => ({
  values: [
    { field: 'part', text: part },
    { field: 'quantity', number: quantity },
    { field: 'price', money: CNY(amount) },
  ],
});

describe('a repair report, designed, filled in, handled and looked up (spec 6.1, 6.2, 6.6)', () => {
  let templateId: string;
  let version: number;
  let formId: string;
  let number: string;
  const values = [
    { field: 'fault', text: 'It leaks' },
    { field: 'urgent', yes: true },
    { field: 'deadline', text: '2026-12-24' },
    { field: 'parts', lines: [line('Pump', 2, 60_000), line('Ring', 10, 150)] },
  ];
  const onTask = async (seat: TestSeat, name: string, more: Record<string, unknown> = {}) =>
    does(seat, name, { taskId: (await taskOn(seat, formId)).id, ...more });

  inSteps('by five people', () => {
    it('an admin drafts it', async () => {
      const { template } = await does(own.formsAdmin, 'NewTemplate');
      templateId = template.id;
      const drafted = await does(own.formsAdmin, 'Draft', { templateId, version: template.draft.version });
      version = drafted.template.draft.version;
      expect(drafted.template.draft.fields.map(({ name }: { name: string }) => name)).toEqual(['fault', 'urgent', 'deadline', 'parts']);
      expect(await ask(own.formsAdmin, 'Forecast', { templateId })).toBeNull();
    });
    it('and publishes it', async () => {
      const published = await does(own.formsAdmin, 'Publish', { templateId, version });
      expect(published).toMatchObject({ template: { currentVersion: 1, enabled: true }, casesUnchecked: 0 });
      expect(await ask(own.formsAdmin, 'Publish', { templateId, version: version + 1 })).toMatchObject({ __typename: 'VersionConflict' });
    });
    it('an admin is told whom it would go to, who might hand it in for the contact', async () => {
      const forecast = await ask(own.admin, 'Forecast', { templateId, contactId: own.customer.id, values });
      expect(
        forecast.steps.map(({ name, approvers }: { name: string; approvers: { employee: { name: string } }[] }) => [
          name,
          approvers[0]!.employee.name,
        ]),
      ).toEqual([
        ['Owner', 'The owner'],
        ['Head', 'The supervisor'],
      ]);
    });
    it('a customer is asked, misses what the condition wants, and hands it in', async () => {
      const asked = await ask(own.customer, 'WhatIsAsked', { templateId });
      expect(asked.fields[2]).toMatchObject({ name: 'deadline', showWhen: { field: 'urgent', op: 'EQ', yes: true } });
      const without = values.filter(({ field }) => field !== 'deadline');
      expect(await ask(own.customer, 'Submit', { input: { templateId, values: without } })).toMatchObject({
        issues: [{ path: ['input', 'values', 'deadline'], code: 'REQUIRED' }],
      });
      const { form } = await does(own.customer, 'Submit', { input: { templateId, values, idempotencyKey: 'first' } });
      ({ id: formId, number } = form);
      expect(number).toMatch(/^RR-/);
      expect(form.answers[3].value.totals).toEqual([{ field: { name: 'sum' }, text: '1215.00 CNY' }]);
    });
    it('the owner has it corrected', async () => {
      await onTask(own.owner, 'AskToCorrect');
      const corrected = [{ field: 'fault', text: 'The small pump leaks' }];
      const { form } = await does(own.customer, 'Correct', { input: { formId, values: corrected } });
      expect(form).toEqual({ number, customerState: 'IN_PROGRESS' });
    });
    it('asks a colleague, and has another approve before', async () => {
      await onTask(own.owner, 'AskForAnOpinion', { employeeId: own.colleague.id });
      await onTask(own.colleague, 'GiveAnOpinion');
      await onTask(own.owner, 'AddAnApprover', { employeeId: own.sharee.id });
      await onTask(own.sharee, 'Approve');
      await onTask(own.owner, 'Approve');
    });
    it('the head, asked because of the total, hands it over to an admin, who speaks to the customer and approves', async () => {
      await onTask(own.supervisor, 'HandOver', { employeeId: own.admin.id });
      await does(own.admin, 'SayToTheCustomer', { formId });
      expect((await onTask(own.admin, 'Approve')).form.state).toBe('AWAITING_CONFIRMATION');
    });
    it('the customer disputes, is heard, and confirms', async () => {
      expect((await does(own.customer, 'Dispute', { formId })).form.customerState).toBe('IN_PROGRESS');
      await onTask(own.admin, 'Approve');
      expect((await does(own.customer, 'Confirm', { formId })).form.customerState).toBe('COMPLETED');
    });
    it('it is found by who handled it and what is in it, and printed', async () => {
      const where = {
        template: { equals: templateId },
        handler: { all: [own.owner.id, own.sharee.id, own.supervisor.id, own.admin.id] },
        values: [{ field: 'urgent', yes: true }],
        endedAt: { isNull: false },
      };
      const { totalCount, nodes } = await ask(own.formsAdmin, 'Records', { where });
      expect([totalCount, nodes[0].number, nodes[0].state]).toEqual([1, number, 'COMPLETED']);
      const page = await (await fetch(new URL(nodes[0].printUrl, server.url))).text();
      for (const shown of [number, 'The small pump leaks', '1215.00 CNY', 'Disputed', 'It still drips.', 'Is it worth it?'])
        expect(page).toContain(shown);
    });
    it('and written into a workbook', async () => {
      const { job } = await does(own.formsAdmin, 'ExportRecords', { templateId, where: { state: { equals: 'COMPLETED' } } });
      await server.runtime.jobs.settled();
      const { result } = await ask(own.formsAdmin, 'ExportedRecords', { id: job.id });
      const { sheets } = await readXlsx(new Uint8Array(await (await fetch(result.url)).arrayBuffer()));
      expect(sheets.map(({ name }) => name)).toEqual(['Forms', 'Parts']);
      expect(sheets[0]!.rows[1]!.slice(0, 4)).toEqual([number, 'Repair report', 'Completed', 'The customer']);
      expect(sheets[1]!.rows.slice(1)).toEqual([
        [number, '1', 'Pump', 2, 600, 1200],
        [number, '2', 'Ring', 10, 1.5, 15],
        [number, 'Σ', null, null, null, 1215],
      ]);
    });
    it('another organization takes the template in, and publishes it', async () => {
      const { file } = await does(own.formsAdmin, 'WriteFile', { templateId });
      const { admin } = await server.organization();
      const { template } = await does(admin, 'TakeFile', { file });
      expect(template).toMatchObject({ name: 'Repair report', currentVersion: 0 });
      await does(admin, 'Publish', { templateId: template.id, version: template.draft.version });
    });
    it('a draft says all that drafts say, and is published', async () => {
      const { template } = await does(own.admin, 'NewTemplate');
      const [{ id: departmentId }] = (await own.admin.query('{ departments { nodes { id name } } }')).departments.nodes.filter(
        ({ name }: { name: string }) => name === 'Sales',
      );
      const given = { templateId: template.id, version: template.draft.version, employeeId: own.colleague.id, departmentId };
      const edited = await does(own.formsAdmin, 'WholeFlow', given);
      await does(own.formsAdmin, 'Publish', { templateId: template.id, version: edited.template.draft.version });
    });
    it('one is away, others are asked instead, and many are approved at once', async () => {
      const { workingCalendar } = await own.admin.query('{ workingCalendar { version } }');
      await does(own.admin, 'Calendar', { version: workingCalendar.version });
      const until = new Date(Date.now() + 86_400_000).toISOString();
      const { standIn } = await does(own.owner, 'StandIn', { standInId: own.colleague.id, until });
      const { form } = await does(own.customer, 'Submit', { input: { templateId, values } });
      const { id: taskId } = await taskOn(own.colleague, form.id);
      expect(await ask(own.owner, 'BackAgain', { id: standIn.id })).toEqual({ __typename: 'RemoveStandInSuccess' });
      expect((await ask(own.formsAdmin, 'Stuck')).nodes).toEqual([]);
      await does(own.formsAdmin, 'Reassign', { taskId, employeeId: own.sharee.id });
      await does(own.formsAdmin, 'Jump', { formId: form.id, employeeId: own.colleague.id });
      const { id } = await taskOn(own.colleague, form.id);
      const { results } = await does(own.colleague, 'ApproveMany', { taskIds: [id, taskId] });
      expect(results).toMatchObject([{ taskId: id }, { code: expect.any(String) }]);
    });
    it('with every document of the page', () => {
      expect([...OPERATIONS.keys()].filter((name) => !played.has(name!))).toEqual([]);
    });
  });
});
