import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { create, drafted, edit, published } from './designer.fixture.ts';

const EXPORT = `mutation ($input: ExportFormTemplateInput!) { exportFormTemplate(input: $input) { __typename ... on UserError { code path }
  ... on ExportFormTemplateSuccess { file } } }`;
const IMPORT = `mutation ($input: ImportFormTemplateInput!) { importFormTemplate(input: $input) { __typename ... on UserError { code path message }
  ... on ValidationFailed { issues { path code message } }
  ... on ImportFormTemplateSuccess { template { id name currentVersion draft { version } } } } }`;

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let draft: object;
let officeId: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization();
  const { departments } = await own.admin.query('{ departments(first: 20) { nodes { id name } } }');
  officeId = departments.nodes.find(({ name }: { name: string }) => name === 'Sales East').id;
  draft = {
    name: 'Repair report',
    icon: 'wrench',
    category: 'Service',
    numberPrefix: 'RP',
    fields: [
      {
        name: 'fault',
        label: 'What is broken?',
        kind: 'TEXT',
        required: true,
        maxLength: 200,
        hint: 'In a sentence',
        section: 'The fault',
      },
      { name: 'machine', label: 'Machine', kind: 'CASCADE', options: [{ label: 'Saw' }, { label: 'Blade', parent: 'Saw' }] },
      { name: 'urgent', label: 'Urgent', kind: 'YES_NO' },
      { name: 'technician', label: 'Technician', kind: 'EMPLOYEE' },
      { name: 'since', label: 'Since', kind: 'DATE', min: '2020-01-01' },
      {
        name: 'parts',
        label: 'Parts',
        kind: 'LINES',
        most: 20,
        columns: [
          { name: 'quantity', label: 'Quantity', kind: 'NUMBER', min: '0', max: '100', decimals: 0 },
          { name: 'price', label: 'Price', kind: 'MONEY', max: '10000', currency: 'EUR' },
          { name: 'sum', label: 'Sum', kind: 'MONEY', currency: 'EUR', product: ['quantity', 'price'], summed: true },
        ],
      },
      {
        name: 'why',
        label: 'Why so much?',
        kind: 'PARAGRAPH',
        showWhen: {
          any: [
            { field: 'parts', total: 'sum', op: 'GT', money: { amount: 100_000, currency: 'EUR' } },
            { all: [{ field: 'urgent', op: 'EQ', yes: true }, { not: { field: 'machine', op: 'IN', optionIds: ['Blade'] } }] },
            { field: 'since', op: 'LT', date: '2025-01-01' },
          ],
        },
        requireWhen: { field: 'technician', op: 'EQ', employeeId: own.colleague.id },
      },
      { name: 'margin', label: 'Margin', kind: 'MONEY', readBy: 'STAFF', writtenBySteps: ['Head'] },
    ],
    flow: {
      withConfirmation: true,
      steps: [
        { name: 'Owner', approvers: [{ owner: true }], mode: 'ALL' },
        { name: 'Head', approvers: [{ ownersSupervisor: true }, { employeeId: own.colleague.id }], mode: 'ANY', dueHours: 8 },
        {
          name: 'Office',
          approvers: [{ right: 'FORMS' }, { supervisorsOfDepartmentId: officeId }],
          mode: 'IN_ORDER',
          when: { field: 'fault', op: 'NE', text: 'nothing' },
        },
      ],
      cc: [{ employeeId: own.sharee.id, at: 'END' }],
      withdrawal: 'WHILE_RUNNING',
      confirmsItselfAfterDays: 7,
    },
    audience: { contacts: 'SOME', tagIds: [own.tagIds[0]], contactIds: [own.customer.id], employees: true },
  };
});
afterAll(() => server?.stop());

const exported = async (seat: TestSeat, templateId: string): Promise<string> => (await seat.does(EXPORT, { input: { templateId } })).file;
const take = async (seat: TestSeat, file: unknown, more: object = {}) => {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const pieces = text.length > 32_000 ? text.match(/[\s\S]{1,32000}/g) : text;
  const { data, errors } = await seat.ask(IMPORT, { input: { file: pieces, ...more } });
  expect(errors).toEqual([]);
  return data!.importFormTemplate;
};
const issuesOf = ({ issues = [] }: { issues?: { code: string; path: string[] }[] }): string[] =>
  issues.map(({ code, path }) => `${code} ${path.join('.')}`.replace(/input\.file\.?/, ''));

describe('a template as a file (spec 6.1)', () => {
  it('is the same text after it was taken in by another organization, but for who was named one by one', async () => {
    const { id } = await drafted(own.admin, draft);
    const file = await exported(own.admin, id);
    expect(JSON.parse(file).audience).toEqual({
      contacts: 'SOME',
      tags: [{ group: 'Level', name: 'Key account' }],
      contactsLeftOut: 1,
      employees: true,
    });
    expect(file).not.toContain('The customer');
    const { template } = await take(other.admin, file);
    expect(template).toMatchObject({ name: 'Repair report', currentVersion: 0, draft: { version: 2 } });
    const again = await exported(other.admin, template.id);
    const { contactsLeftOut: _, ...audience } = JSON.parse(file).audience;
    expect(JSON.parse(again)).toEqual({ ...JSON.parse(file), audience });
    expect(again.split('\n').filter((line) => !file.includes(line))).toEqual([]);
  });
  it('has its keys in one order, ends with a line, and names people with what the seat may read of them', async () => {
    const { id } = await drafted(own.admin, draft);
    const file = await exported(own.formsAdmin, id);
    expect(file).toBe(`${JSON.stringify(JSON.parse(file), null, 2)}\n`);
    expect(Object.keys(JSON.parse(file))).toEqual([
      'format',
      'formatVersion',
      'kind',
      'name',
      'icon',
      'category',
      'numberPrefix',
      'fields',
      'flow',
      'audience',
    ]);
    const { flow, fields } = JSON.parse(file);
    expect(flow.steps[2].approvers).toEqual([{ right: 'FORMS' }, { supervisorsOfDepartment: ['Sales', 'Sales East'] }]);
    expect(flow.steps[1].approvers).toEqual([{ ownersSupervisor: true }, { employee: { name: 'The colleague' } }]);
    expect(fields[6].requireWhen).toEqual({ field: 'technician', op: 'EQ', employee: { name: 'The colleague' } });
  });
  it('goes over the draft of a template that is there, whose fields keep their ids, and publishes nothing', async () => {
    const { id, outcome } = await published(own.admin, { fields: [{ name: 'wish', label: 'Wish', kind: 'TEXT' }] });
    expect(outcome.__typename).toBe('PublishFormTemplateSuccess');
    const file = JSON.parse(await exported(own.admin, id));
    const { version } = (await own.admin.query('query ($id: ID!) { formTemplate(id: $id) { draft { version } } }', { id })).formTemplate
      .draft;
    const changed = { ...file, fields: [{ ...file.fields[0], label: 'Your wish' }] };
    expect(await take(own.admin, changed, { templateId: id, expectedVersion: version + 1 })).toMatchObject({
      __typename: 'VersionConflict',
    });
    const { template } = await take(own.admin, changed, { templateId: id, expectedVersion: version });
    expect(template).toMatchObject({ id, currentVersion: 1, draft: { version: version + 1 } });
    const { fields, draft: now } = (
      await own.admin.query('query ($id: ID!) { formTemplate(id: $id) { fields { label } draft { fields { id label } } } }', { id })
    ).formTemplate;
    expect([fields, now.fields]).toEqual([[{ label: 'Wish' }], [{ id: file.fields[0].id, label: 'Your wish' }]]);
  });
  it('leaves those who are named one by one as they are in the template that it goes over', async () => {
    const { id, version } = await drafted(own.admin, draft);
    const file = await exported(own.admin, id);
    await take(own.admin, file, { templateId: id, expectedVersion: version });
    const { audience } = (await own.admin.query('query ($id: ID!) { formTemplate(id: $id) { draft { audience { contactIds } } } }', { id }))
      .formTemplate.draft;
    expect(audience.contactIds).toEqual([own.customer.id]);
    expect(await exported(own.admin, id)).toBe(file);
  });
  it('is taken once under one key', async () => {
    const { id } = await drafted(own.admin, draft);
    const file = await exported(own.admin, id);
    const [first, second] = [
      await take(own.admin, file, { idempotencyKey: 'once' }),
      await take(own.admin, file, { idempotencyKey: 'once' }),
    ];
    expect(second.template.id).toBe(first.template.id);
  });

  it('is for whoever designs', async () => {
    const { id } = await drafted(own.admin, draft);
    const file = await exported(own.admin, id);
    for (const seat of [own.scopedAdmin, own.owner]) {
      expect((await seat.ask(EXPORT, { input: { templateId: id } })).data?.exportFormTemplate?.file).toBeUndefined();
      expect((await seat.ask(IMPORT, { input: { file } })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect((await other.admin.ask(EXPORT, { input: { templateId: id } })).data!.exportFormTemplate.__typename).toBe('NotFound');
    expect((await own.customer.ask(EXPORT, { input: { templateId: id } })).errors[0]).toMatchObject({
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  describe('is refused with the place', () => {
    let whole: Record<string, never> & { fields: Record<string, unknown>[]; flow: { steps: object[] }; audience: object };
    beforeAll(async () => {
      const { id } = await drafted(own.admin, draft);
      whole = JSON.parse(await exported(own.admin, id));
    });
    const withField = (at: number, change: object) => ({
      ...whole,
      fields: whole.fields.map((field, i) => (i === at ? { ...field, ...change } : field)),
    });
    const withStep = (at: number, change: object) => ({
      ...whole,
      flow: { ...whole.flow, steps: whole.flow.steps.map((step, i) => (i === at ? { ...step, ...change } : step)) },
    });
    const deep = (levels: number): object => (levels === 0 ? { field: 'urgent', op: 'EQ', yes: true } : { not: deep(levels - 1) });

    it.each<[string, () => unknown, string[]]>([
      ['no JSON', () => '{', ['NOT_JSON ']],
      ['something else', () => ({ format: 'other' }), ['NOT_A_TEMPLATE ']],
      ['of a later format', () => ({ ...whole, formatVersion: 2 }), ['NOT_A_TEMPLATE ']],
      ['without end', () => '['.repeat(100_000) + ']'.repeat(100_000), ['NOT_JSON ']],
      ['a key that there is not', () => withField(0, { lable: 'x' }), ['UNKNOWN_KEY fields.0.lable']],
      ['of a wrong type', () => withField(1, { required: 'yes' }), ['WRONG_TYPE fields.1.required']],
      ['a reader that there is not', () => withField(7, { readBy: 'NOBODY' }), ['WRONG_VALUE fields.7.readBy']],
      ['characters that cannot be kept', () => withField(1, { label: 'a\0b' }), ['INVALID_TEXT fields.1.label']],
      ['one id for two fields', () => withField(1, { id: whole.fields[0]!.id }), ['TWICE fields.1.id']],
      ['a condition of six levels', () => withField(6, { showWhen: deep(6) }), ['TOO_DEEP fields.6.showWhen']],
      ['a condition of two things', () => withField(6, { showWhen: { field: 'urgent', not: deep(0) } }), ['ONE_OF fields.6.showWhen']],
      [
        'names that stand for nobody',
        () => withStep(1, { approvers: [{ employee: { name: 'Nobody' } }, { supervisorsOfDepartment: ['Sales', 'West'] }] }),
        ['NO_EMPLOYEE flow.steps.1.approvers.0.employee', 'NO_DEPARTMENT flow.steps.1.approvers.1.supervisorsOfDepartment'],
      ],
      [
        'a tag that there is not',
        () => ({ ...whole, audience: { contacts: 'SOME', tags: [{ group: 'Level', name: 'Gold' }] } }),
        ['NO_TAG audience.tags.0'],
      ],
      ['of a plugin’s kind', () => ({ ...whole, kind: 'ORDER' }), ['OF_ANOTHER_KIND kind']],
    ])('%s', async (_, file, issues) => {
      const database = await RawDatabase.open(server.databaseUrl);
      const before = await database.contents('form_templates', 'form_template_drafts');
      expect(issuesOf(await take(own.admin, file()))).toEqual(issues);
      expect(await database.contents('form_templates', 'form_template_drafts')).toEqual(before);
      await database.close();
    });
    it('several people of one name, unless one is named by a number that the seat may read', async () => {
      const database = await RawDatabase.open(server.databaseUrl);
      const rename = (number: string | null) =>
        database.rows(
          "update employees set name = 'The colleague', staff_number = $2 where organization_id = $1 and name in ('The sharee', 'The colleague') and phone = $3",
          [own.id, number, own.plan.employees.find(({ name }) => name === 'The sharee')!.phone],
        );
      await rename('S-7');
      const twins = withStep(1, { approvers: [{ employee: { name: 'The colleague' } }] });
      const numbered = withStep(1, { approvers: [{ employee: { name: 'The colleague', staffNumber: 'S-7' } }] });
      const plain = (file: typeof twins) => ({
        ...file,
        fields: file.fields.slice(0, 1),
        flow: { ...file.flow, steps: [file.flow.steps[1]!], cc: [] },
      });
      expect(issuesOf(await take(own.admin, plain(twins)))).toEqual(['SEVERAL_EMPLOYEES flow.steps.0.approvers.0.employee']);
      expect(issuesOf(await take(own.formsAdmin, plain(numbered)))).toEqual(['SEVERAL_EMPLOYEES flow.steps.0.approvers.0.employee']);
      const { template } = await take(own.admin, plain(numbered));
      expect(await exported(own.admin, template.id)).toContain('"staffNumber": "S-7"');
      expect(await exported(own.formsAdmin, template.id)).not.toContain('S-7');
      await database.rows(
        "update employees set name = 'The sharee', staff_number = null where organization_id = $1 and staff_number = 'S-7'",
        [own.id],
      );
      await database.close();
    });
  });
  it('of 500 fields comes in pieces; of 501 it is refused', async () => {
    const fields = Array.from({ length: 500 }, (_, i) => ({ name: `f${i}`, label: `Field  ${i}`, kind: 'TEXT', hint: ' x '.repeat(30) }));
    const { id } = await drafted(own.admin, draft);
    const whole = JSON.parse(await exported(own.admin, id));
    const file = { ...whole, fields, flow: { withConfirmation: false } };
    const { template } = await take(own.admin, file);
    const again = JSON.parse(await exported(own.admin, template.id));
    expect(again.fields).toHaveLength(500);
    expect(again.fields[499]).toMatchObject({ name: 'f499', label: 'Field  499' });
    const more = await take(own.admin, { ...file, fields: [...fields, { ...fields[0], name: 'one_more' }] });
    expect(issuesOf(more)).toEqual(['TOO_MANY fields']);
  });
  it('of an unfinished draft comes and goes as well', async () => {
    const { template } = await create(own.admin);
    await edit(own.admin, template.id, template.draft.version, {
      fields: [{ name: 'a', label: 'A', kind: 'CHOICE', showWhen: { field: 'gone', op: 'FILLED' } }],
    });
    const file = await exported(own.admin, template.id);
    expect(JSON.parse(file).fields[0].showWhen).toEqual({ field: 'gone', op: 'FILLED' });
    expect((await take(own.admin, file)).__typename).toBe('ImportFormTemplateSuccess');
  });
});
