import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { create, drafted, edit, publishDraft, published, WISH } from './designer.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization({ name: 'Other Works' });
});
afterAll(() => server.stop());

const TEMPLATE = `query ($id: ID!) { formTemplate(id: $id) {
  name icon category enabled currentVersion
  fields { id name label kind required section hint options { id label parentId } min max currency decimals }
  draft { version name fields { id name label kind required readBy writtenBySteps
    showWhen { all { field op optionIds } field op optionIds yes number }
    requireWhen { any { field op } not { field op } }
    columns { id name kind product summed } }
    flow { withConfirmation steps { id name mode dueHours approvers { by employeeId right departmentId } when { field total op money { amount currency } } }
      cc { employeeId at } withdrawal confirmsItselfAfterDays }
    audience { contacts tagIds contactIds employees } numberPrefix }
  versions { version publishedAt fields { name } flow { withConfirmation } numberPrefix }
} }`;
const template = async (id: string) => (await own.formsAdmin.query(TEMPLATE, { id })).formTemplate;
const repair = () => ({
  name: 'Repair report',
  icon: 'wrench',
  category: 'Service',
  sections: [
    {
      title: 'The machine',
      fields: [
        { ...WISH, name: 'machine', label: 'Which machine?', hint: 'As on its plate' },
        { name: 'state', label: 'Its state', kind: 'CHOICE', required: true, options: [{ label: 'Running' }, { label: 'Standing still' }] },
        {
          name: 'since',
          label: 'Since when?',
          kind: 'DATE',
          showWhen: { field: 'state', op: 'EQ', optionIds: ['Standing still'] },
          requireWhen: { not: { field: 'machine', op: 'EMPTY' } },
        },
      ],
    },
    {
      title: 'Parts',
      fields: [
        {
          name: 'parts',
          label: 'Parts',
          kind: 'LINES',
          most: 50,
          columns: [
            { name: 'part', label: 'Part', kind: 'TEXT', required: true },
            { name: 'count', label: 'How many', kind: 'NUMBER', decimals: 0, min: '1', max: '1000' },
            { name: 'price', label: 'Price', kind: 'MONEY', currency: 'CNY', max: '100000' },
            { name: 'cost', label: 'Cost', kind: 'MONEY', currency: 'CNY', product: ['count', 'price'], summed: true },
          ],
        },
        { name: 'diagnosis', label: 'Diagnosis', kind: 'PARAGRAPH', readBy: 'STAFF', writtenBySteps: ['Workshop'] },
      ],
    },
  ],
  flow: {
    withConfirmation: true,
    confirmsItselfAfterDays: 7,
    withdrawal: 'WHILE_RUNNING',
    steps: [
      { name: 'Workshop', approvers: [{ owner: true }], dueHours: 8 },
      {
        name: 'Director',
        mode: 'ANY',
        approvers: [{ employeeId: own.supervisor.id }, { right: 'FORMS' }],
        when: { field: 'parts', total: 'cost', op: 'GTE', money: { amount: 500_000, currency: 'CNY' } },
      },
    ],
    cc: [{ employeeId: own.colleague.id, at: 'BOTH' }],
  },
  audience: { contacts: 'SOME', tagIds: [own.tagIds[0]], contactIds: [own.customer.id], employees: true },
  numberPrefix: 'REP',
});

describe('designing a template (spec 6.1, 6.9)', () => {
  it('begins with a draft that nobody else sees', async () => {
    const { template: made } = await create(own.formsAdmin, { name: 'New', icon: 'box', category: 'Sales' });
    expect(made).toMatchObject({ name: 'New', enabled: false, currentVersion: 0, draft: { version: 1 } });
    const seen = async (seat: typeof own.admin) =>
      (await seat.query('{ formTemplates(first: 100) { nodes { id } } }')).formTemplates.nodes.map(({ id }: { id: string }) => id);
    expect(await seen(own.formsAdmin)).toContain(made.id);
    for (const seat of [own.colleague, own.owner, own.customer]) expect(await seen(seat)).not.toContain(made.id);
    expect((await own.colleague.query('query ($id: ID!) { formTemplate(id: $id) { id } }', { id: made.id })).formTemplate).toBeNull();
    expect((await other.formsAdmin.query('query ($id: ID!) { formTemplate(id: $id) { id } }', { id: made.id })).formTemplate).toBeNull();
  });
  it('keeps everything that a draft says', async () => {
    const { id } = await drafted(own.formsAdmin, repair());
    const { draft, fields, versions, currentVersion } = await template(id);
    expect([fields, versions, currentVersion]).toEqual([[], [], 0]);
    const [machine, state, since, parts, diagnosis] = draft.fields;
    expect(draft.fields.map(({ name }: { name: string }) => name)).toEqual(['machine', 'state', 'since', 'parts', 'diagnosis']);
    expect(machine).toMatchObject({ required: true, readBy: 'EVERYBODY', writtenBySteps: [], showWhen: null });
    expect(since.showWhen).toMatchObject({ field: 'state', op: 'EQ', optionIds: [expect.stringMatching(/^[0-9a-z]{10}$/)] });
    expect(since.requireWhen).toMatchObject({ any: null, not: { field: 'machine', op: 'EMPTY' } });
    expect(parts.columns.map(({ name, product, summed }: Record<string, unknown>) => [name, product, summed])).toEqual([
      ['part', [], false],
      ['count', [], false],
      ['price', [], false],
      ['cost', ['count', 'price'], true],
    ]);
    expect(diagnosis).toMatchObject({ readBy: 'STAFF', writtenBySteps: ['Workshop'] });
    expect(state.id).toMatch(/^[0-9a-z]{10}$/);
    expect(draft.flow).toEqual({
      withConfirmation: true,
      confirmsItselfAfterDays: 7,
      withdrawal: 'WHILE_RUNNING',
      steps: [
        {
          id: expect.any(String),
          name: 'Workshop',
          mode: 'ALL',
          dueHours: 8,
          when: null,
          approvers: [{ by: 'OWNER', employeeId: null, right: null, departmentId: null }],
        },
        {
          id: expect.any(String),
          name: 'Director',
          mode: 'ANY',
          dueHours: null,
          when: { field: 'parts', total: 'cost', op: 'GTE', money: { amount: 500_000, currency: 'CNY' } },
          approvers: [
            { by: 'EMPLOYEE', employeeId: own.supervisor.id, right: null, departmentId: null },
            { by: 'RIGHT', employeeId: null, right: 'FORMS', departmentId: null },
          ],
        },
      ],
      cc: [{ employeeId: own.colleague.id, at: 'BOTH' }],
    });
    expect(draft.audience).toEqual({ contacts: 'SOME', tagIds: [own.tagIds[0]], contactIds: [own.customer.id], employees: true });
    expect(draft.numberPrefix).toBe('REP');
  });
  it('keeps ids through edits, and what an edit leaves out', async () => {
    const { id, version } = await drafted(own.formsAdmin, repair());
    const before = (await template(id)).draft;
    const [machine, state] = before.fields;
    const renamed = { id: machine.id, name: 'device', label: 'Which device?', kind: 'TEXT', required: true };
    const kept = { name: 'state', label: 'State', kind: 'CHOICE', options: [{ label: 'Standing still' }, { label: 'Lost' }] };
    const { template: edited } = await edit(own.formsAdmin, id, version, { fields: [renamed, kept] });
    expect(edited.draft).toMatchObject({
      version: version + 1,
      fields: [
        { id: machine.id, name: 'device' },
        { id: state.id, name: 'state' },
      ],
    });
    const after = (await template(id)).draft;
    expect(after.flow.steps.map(({ id }: { id: string }) => id)).toEqual(before.flow.steps.map(({ id }: { id: string }) => id));
    expect(after.flow.cc).toEqual(before.flow.cc);
    expect(after.numberPrefix).toBe('REP');
  });
  it('is refused to whoever has read another draft, and to all but admins with FORMS for the whole organization', async () => {
    const { id, version } = await drafted(own.formsAdmin, { fields: [WISH] });
    expect(await edit(own.formsAdmin, id, version - 1, { fields: [] })).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await publishDraft(own.formsAdmin, id, version + 1)).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await edit(own.colleague, id, version, { fields: [] })).toBeNull();
    expect(await edit(other.formsAdmin, id, version, { fields: [] })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await create(own.colleague)).toBeNull();
  });
  it('says what is wrong with a draft, and where', async () => {
    const { id, version } = await drafted(own.formsAdmin, { fields: [WISH] });
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ ...WISH, name: `f${i}`, label: `Field ${i}` }));
    const sections = (count: number) =>
      [0, 200, 400].map((from) => ({ title: `From ${from}`, fields: many(count).slice(from, from + 200) }));
    expect(await edit(own.formsAdmin, id, version, { sections: sections(501) })).toMatchObject({
      issues: [{ code: 'TOO_MANY', path: ['input', 'draft', 'fields'] }],
    });
    expect(
      await edit(own.formsAdmin, id, version, { flow: { steps: [{ name: 'a', approvers: [{}, { owner: true, right: 'FORMS' }] }] } }),
    ).toMatchObject({
      issues: [
        { code: 'ONE_OF', path: ['input', 'draft', 'flow', 'steps', '0', 'approvers', '0'] },
        { code: 'ONE_OF', path: ['input', 'draft', 'flow', 'steps', '0', 'approvers', '1'] },
      ],
    });
    expect(await edit(own.formsAdmin, id, version, { numberPrefix: 'rép' })).toMatchObject({
      issues: [{ code: 'INVALID', path: ['input', 'draft', 'numberPrefix'] }],
    });
    expect(await edit(own.formsAdmin, id, version, { flow: { cc: [{ employeeId: other.owner.id }] } })).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'draft', 'flow', 'cc', '0', 'employeeId'],
    });
    const deep = (levels: number): object => (levels === 1 ? { field: 'wish', op: 'FILLED' } : { not: deep(levels - 1) });
    const hung = (showWhen: object) => edit(own.formsAdmin, id, version, { fields: [WISH, { ...WISH, name: 'why', showWhen }] });
    expect(await hung(deep(6))).toMatchObject({ issues: [{ code: 'TOO_DEEP', path: ['input', 'draft', 'fields', '1', 'showWhen'] }] });
    expect(await hung({ any: Array.from({ length: 50 }, () => deep(1)) })).toMatchObject({ issues: [{ code: 'TOO_MANY' }] });
    expect(await hung({ field: 'wish', op: 'FILLED', not: deep(1) })).toMatchObject({ issues: [{ code: 'ONE_OF' }] });
    expect((await template(id)).draft.version).toBe(version);
    expect(await edit(own.formsAdmin, id, version, { sections: sections(500) })).toMatchObject({
      template: { draft: { version: version + 1 } },
    });
  });
});

describe('publishing (spec 6.1)', () => {
  it('is told where a condition does not say how it is compared', async () => {
    const { id, version } = await drafted(own.formsAdmin, {});
    const hung = (showWhen: object) => edit(own.formsAdmin, id, version, { fields: [WISH, { ...WISH, name: 'why', showWhen }] });
    const path = ['input', 'draft', 'fields', '1', 'showWhen', 'op'];
    expect(await hung({ field: 'wish', text: 'a' })).toMatchObject({ issues: [{ code: 'NO_OP', path }] });
    expect((await hung({ field: 'wish' })).__typename).toBe('UpdateFormTemplateDraftSuccess');
  });
  it('makes the draft a version; what was published stays as it was', async () => {
    const { id, version, outcome } = await published(own.formsAdmin, repair());
    expect(outcome).toMatchObject({
      template: { name: 'Repair report', currentVersion: 1, versions: [{ version: 1 }] },
      casesUnchecked: 0,
    });
    const first = await template(id);
    expect(first).toMatchObject({ icon: 'wrench', category: 'Service', currentVersion: 1, versions: [{ numberPrefix: 'REP' }] });
    expect(first.fields.map(({ section, name }: Record<string, string>) => `${section}: ${name}`)).toEqual([
      'The machine: machine',
      'The machine: state',
      'The machine: since',
      'Parts: parts',
      'Parts: diagnosis',
    ]);
    await edit(own.formsAdmin, id, version, { fields: [WISH], flow: { withConfirmation: false } });
    expect((await template(id)).fields).toEqual(first.fields);
    expect(await publishDraft(own.formsAdmin, id, version + 1)).toMatchObject({
      template: { currentVersion: 2, versions: [{ version: 2 }, { version: 1 }] },
    });
    expect((await template(id)).versions).toMatchObject([
      { version: 2, fields: [{ name: 'wish' }], flow: { withConfirmation: false } },
      { version: 1, flow: { withConfirmation: true } },
    ]);
  });
  it('makes no version of what is published already', async () => {
    const { id, version, outcome } = await published(own.formsAdmin, { fields: [WISH] });
    expect(outcome.template.currentVersion).toBe(1);
    const again = await publishDraft(own.formsAdmin, id, version);
    expect(again).toMatchObject({ __typename: 'PublishFormTemplateSuccess', template: { currentVersion: 1, versions: [{ version: 1 }] } });
    let draft = version;
    for (const [i, more] of [{ category: 'Service' }, { icon: 'wrench' }, { name: 'Another name' }].entries()) {
      draft = (await edit(own.formsAdmin, id, draft, more)).template.draft.version;
      expect((await publishDraft(own.formsAdmin, id, draft)).template.currentVersion).toBe(i + 2);
    }
  });
  it('shows the customer the fields that are the customer’s, and nothing of the flow', async () => {
    const { id } = await published(own.formsAdmin, { ...repair(), audience: { contacts: 'ALL' } });
    const { formTemplate } = await own.customer.query('query ($id: ID!) { formTemplate(id: $id) { fields { name showWhen { field } } } }', {
      id,
    });
    expect(formTemplate.fields.map(({ name }: { name: string }) => name)).toEqual(['machine', 'state', 'since', 'parts']);
    for (const hidden of ['draft { version }', 'versions { version }', 'currentVersion', 'fields { readBy }'])
      expect((await own.customer.ask(`query ($id: ID!) { formTemplate(id: $id) { ${hidden} } }`, { id })).errors).toBeDefined();
  });
  it('names employees of conditions to customers by the ids that customers give', async () => {
    const fields = [
      { name: 'who', label: 'Who?', kind: 'EMPLOYEE' },
      { ...WISH, required: false, showWhen: { field: 'who', op: 'EQ', employeeId: own.owner.id } },
    ];
    const { id } = await published(own.formsAdmin, { fields });
    const conditionFor = async (seat: typeof own.admin) =>
      (await seat.query('query ($id: ID!) { formTemplate(id: $id) { fields { showWhen { employeeId } } } }', { id })).formTemplate.fields[1]
        .showWhen.employeeId;
    const { viewer } = await own.customer.query('{ viewer { ... on Contact { owner { id } } } }');
    expect(await conditionFor(own.customer)).toBe(viewer.owner.id);
    expect(await conditionFor(own.owner)).toBe(own.owner.id);
    expect(viewer.owner.id).not.toBe(own.owner.id);
  });
  it('tells what changed between two versions', async () => {
    const { id, version } = await published(own.formsAdmin, { fields: [WISH, { ...WISH, name: 'old', label: 'Old' }] });
    const { fields } = (await template(id)).draft;
    await edit(own.formsAdmin, id, version, {
      fields: [
        { ...WISH, label: 'What else?' },
        { ...WISH, name: 'fresh', label: 'Fresh' },
      ],
      flow: { withConfirmation: true },
    });
    await publishDraft(own.formsAdmin, id, version + 1);
    const { changes } = (
      await own.formsAdmin.query('query ($id: ID!) { formTemplate(id: $id) { changes(from: 1, to: 2) { path label before after } } }', {
        id,
      })
    ).formTemplate;
    expect(changes).toMatchObject([
      { path: ['fields', fields[1].id], label: 'Old', after: null },
      { path: ['fields', fields[0].id, 'label'], label: 'What else?', before: '"What do you wish?"', after: '"What else?"' },
      { path: ['fields', expect.any(String)], label: 'Fresh', before: null },
      { path: ['flow', 'withConfirmation'], before: 'false', after: 'true' },
    ]);
  });
  it('tells it in the words of drafts: what a change says can be given as it is', async () => {
    const YES = { name: 'urgent', label: 'Urgent?', kind: 'YES_NO' };
    const { id, version } = await published(own.formsAdmin, {
      fields: [YES, { ...WISH, required: false, showWhen: { field: 'urgent', op: 'EQ', yes: true } }],
    });
    const [urgent, wish] = (await template(id)).draft.fields;
    const step = { id: 'check', name: 'Check', approvers: [{ employeeId: own.owner.id }], when: { field: 'hurry', op: 'EQ', yes: true } };
    const always = { id: 'always', name: 'Look', mode: 'ANY', approvers: [{ owner: true }] };
    const edited = await edit(own.formsAdmin, id, version, {
      fields: [
        { ...YES, id: urgent.id, name: 'hurry' },
        { ...WISH, id: wish.id, required: false, writtenBySteps: ['Check'], showWhen: { field: 'hurry', op: 'EQ', yes: true } },
      ],
      flow: { steps: [step, always] },
    });
    expect(await publishDraft(own.formsAdmin, id, edited.template.draft.version)).toMatchObject({ template: { currentVersion: 2 } });
    const { changes } = (await own.formsAdmin.query('query ($id: ID!) { formTemplate(id: $id) { changes { path before after } } }', { id }))
      .formTemplate;
    const told = changes.map(({ path, before, after }: Record<'before' | 'after', string> & { path: string[] }) => [
      path.join('.'),
      JSON.parse(before ?? 'null'),
      JSON.parse(after ?? 'null'),
    ]);
    expect(told).toEqual([
      [`fields.${urgent.id}.name`, 'urgent', 'hurry'],
      [`fields.${wish.id}.writtenBySteps`, null, ['Check']],
      ['flow.steps', null, [{ ...step, mode: 'ALL' }, always]],
    ]);
    const again = await edit(own.formsAdmin, id, edited.template.draft.version, { flow: { steps: told[2][2] } });
    expect(again.template.draft.fields).toHaveLength(2);
  });
});
