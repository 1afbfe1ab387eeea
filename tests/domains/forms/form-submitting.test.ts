import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { idOfName } from '../../../src/domains/forms/form-field.rules.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, CONFIRM, PLACE, placeOrder, productId } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { FORM_TABLES, RawDatabase } from '../../support/raw-database.ts';

const VALUE = `__typename field { id name label kind } text ... on NumberValue { number } ... on DateValue { date } ... on ChoiceValue { option { id label } } ... on YesNoValue { yes }`;
const SUBMIT = `mutation ($input: SubmitFormInput!) {
  submitForm(input: $input) {
    __typename
    ... on SubmitFormSuccess { form { __typename id number kind customerState customerVersion template { name } answers { name label value { ${VALUE} } } } }
    ... on UserError { code path }
    ... on ValidationFailed { issues { path code } }
  }
}`;
const RED = idOfName('red');
const VALUES = [
  { field: 'insured', yes: false },
  { field: 'wish', text: ' Delivery to the back door' },
  { field: 'colour', optionIds: [RED] },
  { field: 'pieces', number: 3 },
  { field: 'day', date: '2026-07-01' },
];
const field = (name: string, label: string, kind: string) => ({ id: idOfName(name), name, label, kind });
const ANSWERS = [
  { __typename: 'TextValue', field: field('wish', 'What may we do?', 'TEXT'), text: 'Delivery to the back door' },
  { __typename: 'NumberValue', field: field('pieces', 'How many?', 'NUMBER'), text: '3', number: 3 },
  { __typename: 'DateValue', field: field('day', 'When?', 'DATE'), text: '2026-07-01', date: '2026-07-01' },
  { __typename: 'ChoiceValue', field: field('colour', 'Which colour?', 'CHOICE'), text: 'red', option: { id: RED, label: 'red' } },
  { __typename: 'YesNoValue', field: field('insured', 'Insured?', 'YES_NO'), text: 'No', yes: false },
];
const WINDOW = '{ serviceWindow { state } }';
const MY_FORMS = '{ myForms { nodes { id } } }';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let database: RawDatabase;
let templateId: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization({ name: 'Other Works' });
  database = await RawDatabase.open(server.databaseUrl);
  templateId = await publish(server, own, {
    kind: 'GENERAL',
    name: 'Special wish',
    withConfirmation: true,
    fields: [
      { name: 'wish', label: 'What may we do?', type: 'TEXT', required: true },
      { name: 'pieces', label: 'How many?', type: 'NUMBER', required: false },
      { name: 'day', label: 'When?', type: 'DATE', required: false },
      { name: 'colour', label: 'Which colour?', type: 'CHOICE', required: false, choices: ['red', 'blue'] },
      { name: 'insured', label: 'Insured?', type: 'YES_NO', required: false },
    ],
  });
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const input = (values: unknown, more: object = {}) => ({ input: { templateId, values, ...more } });
const submit = async (seat: TestSeat, values: unknown, more: object = {}) => (await seat.ask(SUBMIT, input(values, more))).data.submitForm;
const kept = () => database.contents(...FORM_TABLES);

describe('a general form (spec 6.1, 6.14)', () => {
  it('is handed in with its answers in the order of the template', async () => {
    const { customer, owner } = own;
    const { form } = await customer.does(SUBMIT, input(VALUES.slice(0, 3)));
    expect(form).toMatchObject({
      __typename: 'GeneralForm',
      kind: 'GENERAL',
      customerState: 'RECEIVED',
      customerVersion: 1,
      template: { name: 'Special wish' },
    });
    expect(form.number).toMatch(/^BF-\d{4}-[0-9A-HJKMNP-TV-Z]{6}$/);
    const given = ['wish', 'colour', 'insured'];
    const answers = ANSWERS.map((value) => {
      const { name, label } = value.field;
      return { name, label, value: given.includes(name) ? value : null };
    });
    expect(form.answers).toEqual(answers);
    const inside = `query ($number: String!) { businessForm(number: $number) {
      id state answers { name label value { ${VALUE} } } submittedBy { id name } tasks { nodes { assignee { id } state } } history { nodes { kind actor { id } } } } }`;
    const { businessForm } = await owner.query(inside, { number: form.number });
    expect(businessForm).toEqual({
      id: form.id,
      state: 'IN_REVIEW',
      answers,
      submittedBy: { id: customer.id, name: 'The customer' },
      tasks: { nodes: [{ assignee: { id: owner.id }, state: 'OPEN' }] },
      history: { nodes: [{ kind: 'SUBMITTED', actor: null }] },
    });
  });

  it('takes each type of answer', async () => {
    const { form } = await own.customer.does(SUBMIT, input(VALUES));
    expect(form.answers.map(({ value }: { value: unknown }) => value)).toEqual(ANSWERS);
  });

  it.each<[unknown, [string, string][]]>([
    [[], [['input.values.wish', 'REQUIRED']]],
    [
      [
        { field: 'price', number: 1 },
        { field: 'wish', text: '' },
        { field: 'pieces', number: 'three' },
        { field: 'day', text: '2026-02-30' },
        { field: 'colour', optionIds: ['green'] },
        { field: 'insured', text: 'no' },
      ],
      [
        ['input.values.price', 'UNKNOWN_FIELD'],
        ['input.values.pieces.number', 'NOT_A_NUMBER'],
        ['input.values.day.text', 'NOT_A_DATE'],
        ['input.values.colour.optionIds.0', 'NOT_AN_OPTION'],
        ['input.values.insured.text', 'GIVEN_OTHERWISE'],
        ['input.values.wish', 'REQUIRED'],
      ],
    ],
    [[...VALUES, { field: 'wish', text: 'again' }], [['input.values.wish', 'TWICE']]],
    [[{ field: 'wish', text: 'a', yes: true }], [['input.values.wish', 'ONE_VALUE']]],
  ])('with faults is refused with every place of them, and nothing is kept: %j', async (values, faults) => {
    const before = await kept();
    const refused = await submit(own.customer, values, { idempotencyKey: 'faulty' });
    expect(refused.__typename).toBe('ValidationFailed');
    expect(refused.issues.map(({ path, code }: { path: string[]; code: string }) => [path.join('.'), code])).toEqual(faults);
    expect(await kept()).toEqual(before);
  });

  it('is refused while its template is disabled', async () => {
    await database.rows('update form_templates set enabled = false where organization_id = $1 and kind = $2', [own.id, 'GENERAL']);
    expect(await submit(own.customer, VALUES)).toMatchObject({ __typename: 'ValidationFailed', issues: [{ code: 'TEMPLATE_DISABLED' }] });
    await database.rows('update form_templates set enabled = true where organization_id = $1', [own.id]);
    expect((await submit(own.customer, VALUES)).__typename).toBe('SubmitFormSuccess');
  });

  it('keeps the version of the template that it was filled in with', async () => {
    const { form } = await own.customer.does(SUBMIT, input(VALUES));
    await database.rows(
      `insert into form_template_versions select organization_id, template_id, 2, with_confirmation, '[{"id":"n1","name":"new","label":"New?","kind":"TEXT","required":true,"readBy":"EVERYBODY","writtenBy":"SUBMITTER"}]', now()
       from form_template_versions where organization_id = $1 and version = 1
         and template_id = (select id from form_templates where organization_id = $1 and kind = 'GENERAL')`,
      [own.id],
    );
    const publishVersion = (version: number) =>
      database.rows(`update form_templates set current_version = $2 where organization_id = $1 and kind = 'GENERAL'`, [own.id, version]);
    await publishVersion(2);
    const { businessForm } = await own.owner.query('query ($id: ID!) { businessForm(id: $id) { answers { name } } }', { id: form.id });
    expect(businessForm.answers.map(({ name }: { name: string }) => name)).toEqual(ANSWERS.map(({ field }) => field.name));
    expect((await submit(own.customer, [{ field: 'new', text: 'x' }])).form.answers).toMatchObject([
      { name: 'new', label: 'New?', value: { text: 'x' } },
    ]);
    await publishVersion(1);
  });
});

describe('a template that is not to be handed in as it is', () => {
  const templatesOf = async (seat: TestSeat): Promise<{ id: string; kind: string }[]> =>
    (await seat.query('{ formTemplates { nodes { id kind } } }')).formTemplates.nodes;

  it('is not found: of a kind with a mutation of its own, foreign, unknown, or no template', async () => {
    const ofOrders = (await templatesOf(own.customer)).find(({ kind }) => kind === 'ORDER')!.id;
    const foreign = (await templatesOf(other.customer))[0]!.id;
    for (const id of [ofOrders, foreign, own.customer.id, 'never issued'])
      expect(await submit(own.customer, [], { templateId: id })).toMatchObject({ __typename: 'NotFound', path: ['input', 'templateId'] });
  });

  it('is not found where the module of its kind is not loaded', async () => {
    await database.rows(
      `insert into form_templates (organization_id, id, name, kind, current_version, created_at) values ($1, '019b0000-0000-7000-8000-000000000001', 'Gone', 'GONE', 1, now())`,
      [own.id],
    );
    const gone = (await templatesOf(own.customer)).find(({ kind }) => kind === 'GONE')!.id;
    expect((await submit(own.customer, [], { templateId: gone })).__typename).toBe('NotFound');
  });
});

describe('who may hand in (spec 5.3)', () => {
  it('is no employee, and nobody who is not let in', async () => {
    const { admin, owner, unowned } = own;
    await database.rows(
      'delete from window_members where organization_id = $1 and contact_id = (select id from contacts where name = $2 and organization_id = $1)',
      [own.id, 'The unowned'],
    );
    const lines = [{ productId: await productId(own.customer), quantity: 1 }];
    expect((await unowned.ask(SUBMIT, input(VALUES))).errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    for (const seat of [admin, owner]) expect((await submit(seat, VALUES)).__typename).toBe('NotFound'); // it is not for employees
    for (const seat of [admin, owner, unowned]) {
      const { data, errors } = await seat.ask(PLACE, { input: { lines } });
      expect([Object.values(data)[0], errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['FORBIDDEN']]);
    }
    expect((await server.nobody.ask(SUBMIT, input(VALUES))).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is refused the other organization’s template as one never issued', async () => {
    expect((await submit(other.customer, VALUES)).__typename).toBe('NotFound');
  });
});

describe('a window that is suspended (spec 5.2, 6.7)', () => {
  const certify = (level: string) =>
    database.rows('update organizations set certification = $2 where organization_id = $1', [own.id, level]);
  afterEach(async () => {
    await certify('ADVANCED');
  });

  it('takes nothing, shows a notice and no form; those inside go on; regained, all is there again', async () => {
    const { owner, rival, colleague } = own;
    const formId = await placeOrder(rival);
    const waiting = await placeOrder(rival);
    await approve(colleague, waiting);
    const lines = [{ productId: await productId(rival), quantity: 1 }];
    await certify('BASIC');
    const before = await kept();
    // a seat is believed for less than a second
    await expect.poll(async () => (await rival.ask(MY_FORMS)).errors[0]?.extensions.code).toBe('WINDOW_SUSPENDED');
    for (const list of ['products', 'formTemplates'])
      expect((await rival.ask(`{ ${list} { nodes { id } } }`)).errors[0]?.extensions.code).toBe('WINDOW_SUSPENDED');
    await expect(rival.follow('subscription { myForms { kind } }').next()).rejects.toThrow('WINDOW_SUSPENDED');
    expect(await submit(rival, VALUES)).toMatchObject({ __typename: 'WindowSuspended', code: 'WINDOW_SUSPENDED' });
    expect((await rival.query(PLACE, { input: { lines } })).placeOrder.__typename).toBe('WindowSuspended');
    expect((await rival.query(CONFIRM, { input: { formId: waiting } })).confirmForm.__typename).toBe('WindowSuspended');
    expect(await kept()).toEqual(before);
    expect((await rival.query(WINDOW)).serviceWindow.state).toBe('SUSPENDED');
    expect((await rival.query('query ($id: ID!) { businessForm(id: $id) { id } }', { id: formId })).businessForm).toBeNull();
    expect((await owner.query(WINDOW)).serviceWindow.state).toBe('SUSPENDED');
    await approve(colleague, formId);
    await certify('ADVANCED');
    await expect.poll(async () => (await rival.ask(MY_FORMS)).errors).toEqual([]);
    expect((await rival.query(WINDOW)).serviceWindow.state).toBe('OPEN');
    expect((await rival.does(CONFIRM, { input: { formId: waiting } })).form.customerState).toBe('COMPLETED');
  });
});
