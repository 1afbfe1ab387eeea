import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { publish } from '../../support/form-template.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { edit, publishDraft, published, reasonsOf, WISH } from './designer.fixture.ts';

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

const field = (name: string, kind: string, more: object = {}) => ({ name, label: name, kind, ...more });
const COLOUR = field('colour', 'CHOICE', {
  options: [
    { id: 'red', label: 'Red' },
    { id: 'blue', label: 'Blue' },
  ],
});
const outcomeOf = async (draft: object) => (await published(own.formsAdmin, draft)).outcome;
const faultsOf = async (draft: object) => reasonsOf(await outcomeOf(draft));
const owner = [{ owner: true }];

describe('a condition is refused (spec 6.1)', () => {
  it.each<[string, object, string[]]>([
    ['that names a field below it', { field: 'below', op: 'FILLED' }, ['FIELD_BELOW fields.2.showWhen']],
    ['that names itself', { not: { field: 'hung', op: 'FILLED' } }, ['FIELD_BELOW fields.2.showWhen.not']],
    ['that names one that is not there', { any: [{ field: 'gone', op: 'EMPTY' }] }, ['UNKNOWN_FIELD fields.2.showWhen.any.0']],
    ['with a choice that is not there', { field: 'colour', op: 'EQ', optionIds: ['green'] }, ['WRONG_VALUE fields.2.showWhen']],
    ['with a number for a text', { field: 'wish', op: 'EQ', number: 1 }, ['WRONG_VALUE fields.2.showWhen']],
    ['with two values', { field: 'wish', op: 'EQ', text: 'a', number: 1 }, ['WRONG_VALUE fields.2.showWhen']],
    ['without a value', { field: 'wish', op: 'EQ' }, ['WRONG_VALUE fields.2.showWhen']],
    ['with a value too many', { field: 'wish', op: 'EMPTY', text: 'a' }, ['WRONG_VALUE fields.2.showWhen']],
    ['that orders texts', { field: 'wish', op: 'LT', text: 'a' }, ['NOT_COMPARABLE fields.2.showWhen']],
    ['of a total that is none', { field: 'wish', total: 'cost', op: 'GT', number: 1 }, ['UNKNOWN_FIELD fields.2.showWhen.total']],
  ])('%s', async (_, showWhen, reasons) => {
    expect(await faultsOf({ fields: [WISH, COLOUR, field('hung', 'TEXT', { showWhen }), field('below', 'TEXT')] })).toEqual(reasons);
  });
  it('by which the customer would learn what is written inside', async () => {
    const steps = [{ name: 'Workshop', approvers: owner }];
    const margin = field('margin', 'NUMBER', { readBy: 'STAFF', writtenBySteps: ['Workshop'] });
    const showWhen = { field: 'margin', op: 'GT', number: 5 };
    expect(await faultsOf({ fields: [margin, field('hung', 'TEXT', { showWhen })], flow: { steps } })).toEqual([
      'HIDDEN_FIELD fields.1.showWhen',
    ]);
    expect(await faultsOf({ fields: [margin, field('hung', 'TEXT', { requireWhen: showWhen })], flow: { steps } })).toEqual([
      'HIDDEN_FIELD fields.1.requireWhen',
    ]);
    const hidden = field('hung', 'TEXT', { showWhen, readBy: 'STAFF', writtenBySteps: ['Workshop'] });
    expect(await faultsOf({ fields: [margin, hidden], flow: { steps } })).toEqual([]);
  });
  it('of a step that looks at what is filled in only at it or later', async () => {
    const fields = [WISH, field('cost', 'NUMBER', { writtenBySteps: ['Second'] })];
    const when = { field: 'cost', op: 'GT', number: 5 };
    const step = (name: string, more: object = {}) => ({ name, approvers: owner, ...more });
    expect(await faultsOf({ fields, flow: { steps: [step('First'), step('Second', { when })] } })).toEqual([
      'WRITTEN_LATER flow.steps.1.when',
    ]);
    expect(await faultsOf({ fields, flow: { steps: [step('First'), step('Second'), step('Third', { when })] } })).toEqual([]);
  });
});

describe('a template is refused (spec 6.1, 6.9)', () => {
  it.each<[string, object, string[]]>([
    ['that asks for nothing', { fields: [] }, ['NO_FIELDS fields']],
    ['that is for nobody', { fields: [WISH], audience: { contacts: 'NONE' } }, ['NOBODY_SUBMITS audience']],
    ['that is for some and names none', { fields: [WISH], audience: { contacts: 'SOME' } }, ['NOBODY_SUBMITS audience']],
    [
      'whose customer fills in what the customer may not read',
      { fields: [{ ...WISH, readBy: 'STAFF' }] },
      ['NOT_THE_CUSTOMERS fields.0.readBy'],
    ],
    [
      'with a field of a step that is not there',
      { fields: [{ ...WISH, writtenBySteps: ['Nowhere'] }] },
      ['UNKNOWN_STEP fields.0.writtenBySteps'],
    ],
    [
      'with two steps of one name',
      { fields: [WISH], flow: { steps: [1, 2].map(() => ({ name: 'Same', approvers: owner })) } },
      ['TWICE flow.steps.1.name'],
    ],
  ])('%s', async (_, draft, reasons) => {
    expect(await faultsOf(draft)).toEqual(reasons);
  });
  it('whose totals can become too large, with lines in which they do', async () => {
    const parts = (count: object, price: object) => ({
      fields: [
        field('parts', 'LINES', {
          most: 200,
          columns: [
            field('n', 'NUMBER', { decimals: 0, ...count }),
            field('p', 'MONEY', price),
            field('c', 'MONEY', { product: ['n', 'p'], summed: true }),
          ],
        }),
      ],
    });
    const outcome = await outcomeOf(parts({ max: '1000000' }, {}));
    expect(reasonsOf(outcome)).toEqual(['OVERFLOWS fields.0.columns.2']);
    expect(outcome.reasons[0].example).toBe('1 line with n = 1,000,000, p = 1,000,000,000,000,000');
    expect(await faultsOf(parts({ max: '1000' }, { max: '1000000000' }))).toEqual(['OVERFLOWS fields.0.columns.2']);
    expect(await faultsOf(parts({ max: '1000' }, { max: '100000' }))).toEqual([]);
  });
  it('whose field was of another kind in a version that was published', async () => {
    const { id, version } = await published(own.formsAdmin, { fields: [WISH] });
    const { template } = await edit(own.formsAdmin, id, version, { fields: [{ ...WISH, kind: 'NUMBER' }] });
    expect(reasonsOf(await publishDraft(own.formsAdmin, id, template.draft.version))).toEqual(['ID_OF_ANOTHER_KIND fields.0.kind']);
  });
});

describe('a flow is tried out on the organization as it is (spec 6.1)', () => {
  it('and refused where a form could pass by every step, with such a form', async () => {
    const steps = [{ name: 'Red ones', approvers: owner, when: { field: 'colour', op: 'EQ', optionIds: ['Red'] } }];
    const outcome = await outcomeOf({ fields: [{ ...COLOUR, required: true }], flow: { steps } });
    expect(reasonsOf(outcome)).toEqual(['NO_STEP flow.steps']);
    expect(outcome.reasons[0]).toMatchObject({ example: 'colour = Blue', message: expect.stringContaining('pass by every step') });
    const both = [...steps, { name: 'All others', approvers: owner, when: { not: { field: 'colour', op: 'EQ', optionIds: ['Red'] } } }];
    expect(await faultsOf({ fields: [COLOUR], flow: { steps: both } })).toEqual([]);
  });
  it('and refused where nobody holds a right, supervises a department, or the approver has left', async () => {
    const route = (approver: object, mode = 'ALL') => ({
      fields: [WISH],
      flow: { steps: [{ name: 'Step', mode, approvers: [approver, { owner: true }] }] },
    });
    const leaver = own.sharee.id;
    expect(await faultsOf(route({ employeeId: leaver }))).toEqual([]);
    const left = await published(own.formsAdmin, {
      fields: [WISH],
      flow: { cc: [{ employeeId: leaver }], steps: [{ name: 'Step', approvers: [{ employeeId: leaver }] }] },
    });
    await database.rows('update employees set left_at = now() where name = $1 and organization_id = $2', ['The sharee', own.id]);
    const { template } = await edit(own.formsAdmin, left.id, left.version, { name: 'Again' });
    expect(reasonsOf(await publishDraft(own.formsAdmin, left.id, template.draft.version))).toEqual([
      'GONE flow.cc.0.employeeId',
      'REACHES_NOBODY flow.steps.0',
    ]);
    await database.rows('update employees set left_at = null where organization_id = $1', [own.id]);
    await database.rows(`delete from admin_rights where organization_id = $1 and admin_right = 'FILES'`, [own.id]);
    expect(await faultsOf(route({ right: 'FILES' }))).toEqual(['REACHES_NOBODY flow.steps.0']);
    expect(await faultsOf(route({ right: 'FILES' }, 'ANY'))).toEqual([]);
    expect(await faultsOf(route({ right: 'FORMS' }))).toEqual([]);
  });
  it('warns of conditions that never or always hold, and of forms that wait for an admin', async () => {
    const outcome = await outcomeOf({
      fields: [
        { ...WISH, required: true },
        field('never', 'TEXT', { showWhen: { field: 'wish', op: 'EMPTY' } }),
        field('always', 'TEXT', { showWhen: { field: 'wish', op: 'FILLED' } }),
        field('sometimes', 'TEXT', { showWhen: { field: 'wish', op: 'EQ', text: 'x' } }),
      ],
      flow: { steps: [{ name: 'Owner', approvers: owner }] },
    });
    expect(outcome.warnings.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)).toEqual([
      'WAITS_FOR_ADMIN flow.steps.0',
      'NEVER_HOLDS fields.1.showWhen',
      'ALWAYS_HOLDS fields.2.showWhen',
    ]);
    expect(outcome.warnings[0].example).toMatch(/^A form of the contact /);
  });
  it('where an owner who supervises their own department has nobody above for it', async () => {
    const alone = await server.organization();
    await database.rows('update department_members set is_supervisor = employee_id = $1 where organization_id = $2', [
      decodeAnyId(alone.owner.id),
      alone.id,
    ]);
    await database.rows('update contacts set owner_id = $1 where organization_id = $2', [decodeAnyId(alone.owner.id), alone.id]);
    const flow = { steps: [{ name: 'Above', approvers: [{ ownersSupervisor: true }] }] };
    const { outcome } = await published(alone.formsAdmin, { fields: [WISH], flow });
    expect(outcome.warnings).toMatchObject([{ code: 'WAITS_FOR_ADMIN', path: ['flow', 'steps', '0'] }]);
  });
  it('in 10,000 cases, and says how many were not tried', async () => {
    const fields = Array.from({ length: 9 }, (_, i) => field(`n${i}`, 'NUMBER'));
    const steps = [
      { name: 'Often', approvers: owner, when: { all: fields.map(({ name }) => ({ field: name, op: 'GT', number: 5 })) } },
      { name: 'Else', approvers: owner, when: { not: { all: fields.map(({ name }) => ({ field: name, op: 'GT', number: 5 })) } } },
    ];
    const { casesExplored, casesUnchecked, warnings } = await outcomeOf({ fields, flow: { steps } });
    const codes = warnings.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('NEVER_HOLDS'); // what was not tried is not said to be so
    expect(codes).not.toContain('ALWAYS_HOLDS');
    expect(casesExplored).toBeLessThanOrEqual(10_000);
    expect(casesExplored + casesUnchecked).toBe(4 ** 9);
  });
});

describe('the template of a plugin’s kind (spec 6.1)', () => {
  it('is edited too: its own fields stay, further ones may be added, that nobody must fill in where the kind takes no values', async () => {
    const id = await publish(server, own, { kind: 'REPAIR', name: 'Repair', withConfirmation: true, fields: [] });
    const { template } = await edit(own.formsAdmin, id, 0, { fields: [{ ...WISH }], flow: { withConfirmation: true } });
    expect(reasonsOf(await publishDraft(own.formsAdmin, id, template.draft.version))).toEqual(['NOT_ASKED_FOR fields.0.required']);
    const { template: again } = await edit(own.formsAdmin, id, template.draft.version, {
      name: 'Orders',
      fields: [{ ...WISH, required: false }],
    });
    const outcome = await publishDraft(own.formsAdmin, id, again.draft.version);
    expect(outcome).toMatchObject({ template: { name: 'Orders', currentVersion: 2 } });
  });
  it('is not deleted: its plugin makes forms from no other', async () => {
    const plain = await server.organization();
    const templateId = await publish(server, plain, { kind: 'ORDER', name: 'Order', withConfirmation: true, fields: [] });
    const { deleteFormTemplate } = (
      await plain.formsAdmin.ask(
        'mutation ($input: DeleteFormTemplateInput!) { deleteFormTemplate(input: $input) { __typename ... on ValidationFailed { issues { path code } } } }',
        { input: { templateId, confirmOpenForms: true } },
      )
    ).data;
    expect(deleteFormTemplate).toEqual({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'templateId'], code: 'OF_A_PLUGIN' }],
    });
  });
  it('keeps what its own fields must be filled in', async () => {
    const plain = await server.organization();
    const id = await publish(server, plain, { kind: 'ORDER', name: 'Order', withConfirmation: true, fields: [] });
    const wish = { id: 'wish', name: 'wish', label: 'Wish', kind: 'TEXT', required: false };
    await database.rows('update form_template_versions set fields = $1 where template_id = $2', [
      JSON.stringify([{ ...wish, readBy: 'EVERYBODY', writtenBy: 'SUBMITTER' }]),
      decodeAnyId(id),
    ]);
    const asking = async (version: number, field: object) =>
      (await edit(plain.formsAdmin, id, version, { fields: [field] })).template.draft.version;
    const called = await asking(0, { ...wish, label: 'Anything else?' });
    expect(reasonsOf(await publishDraft(plain.formsAdmin, id, called))).toEqual([]);
    const required = await asking(called, { ...wish, required: true });
    expect(reasonsOf(await publishDraft(plain.formsAdmin, id, required))).toEqual(['FIELD_OF_ITS_KIND fields.0']);
  });
});
