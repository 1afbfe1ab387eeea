import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backfill } from '../../../src/app/backfills.ts';
import { templateFields, typedAnswers } from '../../../src/domains/forms/form-field.rules.ts';
import { decodeGlobalId, encodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { publish } from '../../support/form-template.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { uploaded } from '../files/file.fixture.ts';

const VALUE = `__typename text ... on NumberValue { number } ... on MoneyValue { money { amount currency } } ... on ChoicesValue { options { label } }
  ... on PhoneValue { phone extension } ... on FileValue { files { name size url } } ... on LocationValue { name latitude longitude accuracy }`;
const SUBMIT = `mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename ... on UserError { code path }
  ... on ValidationFailed { issues { path code message } }
  ... on SubmitFormSuccess { form { id answers { name value { ${VALUE} ... on LinesValue { lines { values { field { name } text } } totals { field { name } text } } } } } } } }`;
const INSIDE = `query ($id: ID!) { businessForm(id: $id) { answers { name value { ${VALUE} ... on EmployeeValue { employee { id name } } } } } }`;
const OUTSIDE = `query ($id: ID!) { businessForm(id: $id) { answers { name label value { ${VALUE} ... on EmployeeValue { employee { id name } } } } } }`;

const everybody = { required: false, readBy: 'EVERYBODY', writtenBy: 'SUBMITTER' };
const field = (id: string, name: string, kind: string, more: object = {}) => ({
  ...everybody,
  id,
  name,
  label: `The ${name}`,
  kind,
  ...more,
});
const FIELDS = [
  field('f1', 'fault', 'TEXT', { required: true, maxLength: 20 }),
  field('f2', 'hours', 'NUMBER'),
  field('f3', 'budget', 'MONEY', { min: '0' }),
  field('f4', 'parts', 'CHOICES', {
    options: [
      { id: 'p', label: 'Pump' },
      { id: 's', label: 'Seal' },
    ],
  }),
  field('f5', 'call', 'PHONE'),
  field('f6', 'technician', 'EMPLOYEE'),
  field('f7', 'plans', 'FILE', { most: 2 }),
  field('f8', 'photo', 'IMAGE'),
  field('f9', 'place', 'LOCATION'),
  field('f10', 'lines', 'LINES', {
    columns: [
      field('c1', 'part', 'TEXT', { required: true }),
      field('c2', 'quantity', 'NUMBER'),
      field('c3', 'price', 'MONEY'),
      field('c4', 'sum', 'MONEY', { product: ['quantity', 'price'], summed: true }),
    ],
  }),
  field('f11', 'why', 'TEXT', { showWhen: { field: 'f2', op: 'GT', value: 10 }, requireWhen: { field: 'f2', op: 'GT', value: 100 } }),
  field('f12', 'margin', 'MONEY', { readBy: 'STAFF', writtenBy: { stepIds: ['s1'] } }),
];

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
let templateId: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
  templateId = await publish(server, own, { kind: 'GENERAL', name: 'Repair', withConfirmation: false, fields: [] });
  await database.rows('update form_template_versions set fields = $2 where organization_id = $1 and template_id = $3', [
    own.id,
    JSON.stringify(FIELDS),
    decodeGlobalId('FormTemplate', templateId),
  ]);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const ask = async (seat: TestSeat, values: object[]) => (await seat.ask(SUBMIT, { input: { templateId, values } })).data.submitForm;
const submit = async (...values: object[]) => (await ask(own.customer, [{ field: 'fault', text: 'It leaks' }, ...values])).form;
const faults = async (...values: object[]) => {
  const { issues, ...refused } = await ask(own.customer, [{ field: 'fault', text: 'It leaks' }, ...values]);
  return issues?.map(({ path, code }: { path: string[]; code: string }) => `${code} ${path.join('.')}`) ?? [refused];
};
const submitAs = async (...values: object[]) => {
  const input = { templateId, contactId: own.customer.id, values: [{ field: 'fault', text: 'It leaks' }, ...values] };
  return (await own.owner.ask(SUBMIT, { input })).data.submitForm;
};
const submitFor = async (...values: object[]) => (await submitAs(...values)).form;
const ownerOnPortal = async (): Promise<{ id: string; name: string }> =>
  (await own.customer.query('{ viewer { ... on Contact { owner { id name } } } }')).viewer.owner;
const portalIdOf = async (name: string): Promise<string> => {
  const [row] = await database.rows('select portal_id from employees where organization_id = $1 and name = $2', [own.id, name]);
  return encodeGlobalId('PortalEmployee', (row as { portal_id: string }).portal_id);
};
const valuesOf = (form: { answers: { name: string; value: unknown }[] }) =>
  Object.fromEntries(form.answers.filter(({ value }) => value !== null).map(({ name, value }) => [name, value]));

describe('values of a form (spec 6.1, 6.9)', () => {
  it('are typed by their kinds', async () => {
    const form = await submit(
      { field: 'hours', number: '1.50' },
      { field: 'budget', money: { amount: 123_450, currency: 'CNY' } },
      { field: 'parts', optionIds: ['s', 'p'] },
      { field: 'call', text: '010-65529988转802' },
      { field: 'place', location: { name: 'Depot', latitude: 22.5, longitude: 114 } },
    );
    expect(valuesOf(form)).toEqual({
      fault: { __typename: 'TextValue', text: 'It leaks' },
      hours: { __typename: 'NumberValue', text: '1.5', number: 1.5 },
      budget: { __typename: 'MoneyValue', text: '1234.50 CNY', money: { amount: 123_450, currency: 'CNY' } },
      parts: { __typename: 'ChoicesValue', text: 'Pump; Seal', options: [{ label: 'Pump' }, { label: 'Seal' }] },
      call: { __typename: 'PhoneValue', text: '+86 10 6552 9988 ext. 802', phone: '+861065529988', extension: '802' },
      place: { __typename: 'LocationValue', text: 'Depot 22.5, 114', name: 'Depot', latitude: 22.5, longitude: 114, accuracy: null },
    });
  });

  it('of line items are computed and added up', async () => {
    const line = (part: string, quantity: number, amount: number) => ({
      values: [
        { field: 'part', text: part },
        { field: 'quantity', number: quantity },
        { field: 'price', money: { amount, currency: 'CNY' } },
      ],
    });
    const form = await submit({ field: 'lines', lines: [line('Pump', 3, 1999), line('Seal', 0.5, 101)] });
    const { lines, totals } = valuesOf(form).lines as { lines: { values: { text: string }[] }[]; totals: object[] };
    expect(lines.map(({ values }) => values.map(({ text }) => text))).toEqual([
      ['Pump', '3', '19.99 CNY', '59.97 CNY'],
      ['Seal', '0.5', '1.01 CNY', '0.51 CNY'],
    ]);
    expect(totals).toEqual([{ field: { name: 'sum' }, text: '60.48 CNY' }]);
  });

  it('are refused with their places, and nothing is kept', async () => {
    const before = await database.contents('business_forms', 'form_values');
    const lines = [
      {
        values: [
          { field: 'part', text: 'Pump' },
          { field: 'sum', money: { amount: 1, currency: 'CNY' } },
        ],
      },
      { values: [] },
    ];
    expect(
      await faults(
        { field: 'hours', number: '0.12345678901234567' },
        { field: 'budget', money: { amount: -1, currency: 'CNY' } },
        { field: 'technician', employeeId: own.customer.id },
        { field: 'lines', lines },
        { field: 'margin', money: { amount: 1, currency: 'CNY' } },
      ),
    ).toEqual([
      'NOT_A_NUMBER input.values.hours.number',
      'OUT_OF_RANGE input.values.budget.money.amount',
      'COMPUTED input.values.lines.lines.0.sum',
      'REQUIRED input.values.lines.lines.1.part',
      'UNKNOWN_FIELD input.values.margin',
      'NO_EMPLOYEE input.values.technician.employeeId',
    ]);
    expect(await database.contents('business_forms', 'form_values')).toEqual(before);
  });
  it('are refused with what is wrong where they are far too many, or no whole number of cents', async () => {
    const before = await database.contents('business_forms', 'form_values');
    const refused = async (value: object): Promise<[unknown, string]> => {
      const { data, errors } = await own.customer.ask(SUBMIT, { input: { templateId, values: [{ field: 'fault', text: 'x' }, value] } });
      return [data?.submitForm ?? null, `${errors[0]!.extensions.code}: ${errors[0]!.message}`];
    };
    const lines = Array.from({ length: 10_000 }, () => ({ values: [{ field: 'part', text: 'Pump' }] }));
    expect(await refused({ field: 'lines', lines })).toEqual([null, expect.stringMatching(/^LIMIT_EXCEEDED: .*bytes/)]);
    expect(await refused({ field: 'lines', lines: lines.slice(0, 251) })).toEqual([null, expect.stringMatching(/^BAD_REQUEST: .*250/)]);
    expect(await refused({ field: 'budget', money: { amount: 0.1, currency: 'CNY' } })).toEqual([
      null,
      expect.stringMatching(/^BAD_REQUEST: .*whole number/),
    ]);
    expect(await faults({ field: 'lines', lines: lines.slice(0, 201) })).toEqual(['TOO_MANY input.values.lines.lines']);
    expect(await database.contents('business_forms', 'form_values')).toEqual(before);
  });
  it('are refused in the caller’s language', async () => {
    const input = { templateId, values: [] };
    const { data } = await own.customer.ask(SUBMIT, { input }, { headers: { 'accept-language': 'zh-CN' } } as never);
    expect(data.submitForm.issues[0].message).toMatch(/请填写|must be filled in/);
  });

  it('are shown and required by conditions; what is hidden is not kept', async () => {
    expect(Object.keys(valuesOf(await submit({ field: 'hours', number: 5 }, { field: 'why', text: 'x' })))).toEqual(['fault', 'hours']);
    expect(Object.keys(valuesOf(await submit({ field: 'hours', number: 50 }, { field: 'why', text: 'x' })))).toEqual([
      'fault',
      'hours',
      'why',
    ]);
    expect(await faults({ field: 'hours', number: 101 })).toEqual(['REQUIRED input.values.why']);
  });

  it('name employees: a contact whom it knows, by the ids of the portal', async () => {
    const owner = await ownerOnPortal();
    const { id } = await submit({ field: 'technician', employeeId: owner.id });
    const inside = valuesOf((await own.owner.query(INSIDE, { id })).businessForm);
    expect(inside.technician).toEqual({ __typename: 'EmployeeValue', text: owner.name, employee: { id: own.owner.id, name: owner.name } });
    const outside = valuesOf((await own.customer.query(OUTSIDE, { id })).businessForm);
    expect(outside.technician).toEqual({ __typename: 'EmployeeValue', text: owner.name, employee: owner });
    for (const stranger of [own.owner.id, own.colleague.id, await portalIdOf('The colleague'), 'x'])
      expect(await faults({ field: 'technician', employeeId: stranger })).toEqual(['NO_EMPLOYEE input.values.technician.employeeId']);
  });

  it('name employees of whom the customer is told what they are called, and nothing else', async () => {
    const { id } = await submitFor({ field: 'technician', employeeId: own.colleague.id });
    const { technician } = valuesOf((await own.owner.query(INSIDE, { id })).businessForm);
    expect(technician).toMatchObject({ text: 'The colleague', employee: { id: own.colleague.id } });
    const seen = valuesOf((await own.customer.query(OUTSIDE, { id })).businessForm);
    expect(seen.technician).toEqual({ __typename: 'EmployeeValue', text: 'The colleague', employee: null });
    expect((await submitAs({ field: 'technician', employeeId: await portalIdOf('The owner') })).issues).toMatchObject([
      { code: 'NO_EMPLOYEE' },
    ]);
  });

  it('name nobody who has left', async () => {
    const owner = await ownerOnPortal();
    const leave = (at: string) =>
      database.rows(`update employees set left_at = ${at} where organization_id = $1 and name = 'The owner'`, [own.id]);
    await leave('now()');
    expect(await faults({ field: 'technician', employeeId: owner.id })).toEqual(['NO_EMPLOYEE input.values.technician.employeeId']);
    await leave('null');
  });

  it('hold files, which whoever reads the form reads', async () => {
    const plan = await uploaded(own.customer, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
    const form = await submit({ field: 'plans', uploadIds: [plan] });
    const file = { name: 'plan.txt', size: 8, url: expect.stringContaining('/') };
    expect(valuesOf(form).plans).toEqual({ __typename: 'FileValue', text: 'plan.txt', files: [file] });
    const { plans } = valuesOf((await own.owner.query(INSIDE, { id: form.id })).businessForm) as { plans: { files: { url: string }[] } };
    expect(
      await (
        await fetch(plans.files[0]!.url.startsWith('/') ? server.url.replace(/\/graphql$/, '') + plans.files[0]!.url : plans.files[0]!.url)
      ).text(),
    ).toBe('A plan.\n');
    // once, by its sender, as what it is
    expect(await faults({ field: 'plans', uploadIds: [plan] })).toEqual([expect.objectContaining({ code: 'NOT_FOUND' })]);
    const foreign = await uploaded(own.rival, Buffer.from('x'), { purpose: 'FORM_FILE' });
    expect(await faults({ field: 'plans', uploadIds: [foreign] })).toEqual([
      { __typename: 'NotFound', code: 'NOT_FOUND', path: ['input', 'values', 'plans', 'uploadIds'] },
    ]);
    const text = await uploaded(own.customer, Buffer.from('x'), { purpose: 'FORM_FILE' });
    expect(await faults({ field: 'photo', uploadIds: [text] })).toEqual(['NOT_AN_IMAGE input.values.photo.uploadIds']);
  });

  it('that those inside alone read never reach the customer', async () => {
    const { id } = await submit();
    await database.rows('update business_forms set staff_values = $2 where organization_id = $1 and id = $3', [
      own.id,
      JSON.stringify({ f12: { amount: 4_242, currency: 'CNY' } }),
      decodeGlobalId('BusinessForm', id),
    ]);
    expect(valuesOf((await own.owner.query(INSIDE, { id })).businessForm).margin).toMatchObject({ text: '42.42 CNY' });
    const seen = JSON.stringify(await own.customer.query(OUTSIDE, { id }));
    expect(seen).toContain('The fault');
    for (const secret of ['margin', '42.42', '4242']) expect(seen).not.toContain(secret);
  });
});

describe('finding forms by their values (spec 6.6)', () => {
  const FIND = 'query ($where: BusinessFormFilter) { businessForms(where: $where) { totalCount nodes { id } } }';
  const ids: Record<string, string> = {};
  const find = async (seat: TestSeat, where: object): Promise<string[]> => {
    const { businessForms } = await seat.query(FIND, { where });
    const names = businessForms.nodes.map(({ id }: { id: string }) => Object.keys(ids).find((name) => ids[name] === id));
    expect(businessForms.totalCount).toBe(names.length);
    return names.filter((name: string | undefined) => name !== undefined).sort();
  };
  const cny = (amount: number) => ({ amount, currency: 'CNY' });
  beforeAll(async () => {
    const given: Record<string, object[]> = {
      small: [
        { field: 'budget', money: cny(990) },
        { field: 'hours', number: '2' },
        { field: 'call', text: '13800138000' },
      ],
      large: [
        { field: 'budget', money: cny(100_000) },
        { field: 'hours', number: '10' },
        { field: 'parts', optionIds: ['p', 's'] },
        {
          field: 'lines',
          lines: [
            {
              values: [
                { field: 'part', text: 'Pump' },
                { field: 'quantity', number: 3 },
                { field: 'price', money: cny(2_500) },
              ],
            },
          ],
        },
      ],
      negative: [
        { field: 'hours', number: '-1.5' },
        { field: 'parts', optionIds: ['s'] },
        { field: 'technician', employeeId: (await ownerOnPortal()).id },
      ],
    };
    for (const [name, values] of Object.entries(given)) {
      const submitted = await ask(own.customer, [{ field: 'fault', text: `Fault ＃${name}` }, ...values]);
      ids[name] = submitted.form.id;
    }
  });

  it.each<[object[], string[]]>([
    [[{ field: 'fault', text: { equals: 'fault #SMALL' } }], ['small']],
    [[{ field: 'fault', text: { startsWith: 'FAULT #' } }], ['large', 'negative', 'small']],
    [[{ field: 'fault', text: { in: ['Fault #large', 'Fault #negative'] } }], ['large', 'negative']],
    [
      [
        { field: 'hours', number: { greaterThan: -2, lessThan: 10 } },
        { field: 'fault', text: { startsWith: 'Fault #' } },
      ],
      ['negative', 'small'],
    ],
    [
      [
        { field: 'hours', number: { equals: '10.0' } },
        { field: 'fault', text: { startsWith: 'Fault #' } },
      ],
      ['large'],
    ],
    [[{ field: 'hours', number: { lessThan: 2 } }], ['negative']],
    [
      [
        { field: 'budget', money: { greaterThan: cny(990) } },
        { field: 'fault', text: { startsWith: 'Fault #' } },
      ],
      ['large'],
    ],
    [[{ field: 'budget', money: { greaterThan: { amount: 1, currency: 'USD' } } }], []],
    [[{ field: 'budget', money: { atLeast: cny(990), atMost: cny(990) } }], ['small']],
    [
      [
        { field: 'budget', money: { atLeast: cny(991) } },
        { field: 'fault', text: { startsWith: 'Fault #' } },
      ],
      ['large'],
    ],
    [[{ field: 'hours', number: { atMost: '1.99' } }], ['negative']],
    [
      [
        { field: 'hours', number: { atLeast: '-1.5', atMost: 2 } },
        { field: 'fault', text: { startsWith: 'Fault #' } },
      ],
      ['negative', 'small'],
    ],
    // totals of line items, by both names
    [[{ field: 'lines.sum', money: { atLeast: cny(7_500) } }], ['large']],
    [[{ field: 'lines.sum', money: { greaterThan: cny(7_500) } }], []],
    [[{ field: 'sum', money: { atLeast: cny(1) } }], []],
    [[{ field: 'lines', money: { atLeast: cny(1) } }], []],
    [
      [
        { field: 'parts', optionIds: ['p', 's'] },
        { field: 'fault', text: { startsWith: 'Fault #' } },
      ],
      ['large', 'negative'],
    ],
    [
      [
        { field: 'technician', employeeIds: ['OWNER'] },
        { field: 'hours', isFilled: true },
      ],
      ['negative'],
    ],
    [
      [
        { field: 'budget', isFilled: false },
        { field: 'fault', text: { startsWith: 'fault #' } },
      ],
      ['negative'],
    ],
    [[{ field: 'call', text: { equals: '+86 138-0013-8000' } }], ['small']],
    // in another way than the kind is given, of a field that nobody has, of no number
    [[{ field: 'hours', text: { startsWith: '' } }], []],
    [[{ field: 'gone', isFilled: true }], []],
    [[{ field: 'hours', number: { greaterThan: '1234567890123456789' } }], []],
  ])('%j: %j', async (values, names) => {
    const of = JSON.parse(JSON.stringify(values).replace('OWNER', own.owner.id));
    expect(await find(own.owner, { values: of })).toEqual(names);
  });
  it('goes with other conditions, beneath not and or as well', async () => {
    const large = { values: [{ field: 'hours', number: { equals: 10 } }] };
    const ours = { values: [{ field: 'fault', text: { startsWith: 'Fault #' } }] };
    expect(await find(own.owner, { ...ours, not: large })).toEqual(['negative', 'small']);
    expect(await find(own.owner, { ...ours, or: [large, { values: [{ field: 'hours', number: { equals: 2 } }] }] })).toEqual([
      'large',
      'small',
    ]);
    expect(await find(own.owner, { ...ours, state: { in: ['COMPLETED'] } })).toEqual([]);
  });
  it('is bounded', async () => {
    const values = Array.from({ length: 21 }, () => ({ field: 'hours', number: { equals: 1 } }));
    const { errors } = await own.owner.ask(FIND, { where: { values } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['LIMIT_EXCEEDED']);
  });
  it('finds nothing for those who may not read values: neither what is so nor what is not', async () => {
    const ours = { values: [{ field: 'fault', text: { startsWith: 'Fault #' } }] };
    expect(await find(own.colleague, ours)).toEqual([]);
    const ofContact = `query ($id: ID!, $where: BusinessFormFilter) { contact(id: $id) { businessForms(where: $where) { totalCount } } }`;
    for (const where of [ours, { not: ours }]) {
      const { contact } = await own.sharee.query(ofContact, { id: own.customer.id, where });
      expect(contact.businessForms.totalCount).toBe(0);
    }
    const seen = await own.sharee.query(ofContact, { id: own.customer.id, where: {} });
    expect(seen.contact.businessForms.totalCount).toBeGreaterThan(0);
  });
  it('is not named to the customer', async () => {
    const { errors } = await own.customer.ask('query ($where: BusinessFormFilter) { myForms(where: $where) { totalCount } }', {
      where: { values: [{ field: 'hours', isFilled: true }] },
    });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
  });
});

describe('answers of 0.1', () => {
  const OLD = templateFields([
    { name: 'wish', label: 'Wish?', type: 'TEXT', required: true },
    { name: 'pieces', label: 'Pieces?', type: 'NUMBER', required: false },
    { name: 'colour', label: 'Colour?', type: 'CHOICE', required: false, choices: ['red'] },
    { name: 'insured', label: 'Insured?', type: 'YES_NO', required: false },
  ]);
  it.each<[unknown, unknown]>([
    [2.5, '2.5'],
    [1e21, '1000000000000000000000'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [0.1 + 0.2, '0.30000000000000004'],
    ['two', undefined],
  ])('keep their number: %j', (number, kept) => {
    expect(Object.values(typedAnswers(OLD, { pieces: number }))).toEqual(kept === undefined ? [] : [kept]);
  });

  it('are read typed before the backfill and after it, which makes them found', async () => {
    const { id } = await submit();
    const formId = decodeGlobalId('BusinessForm', id);
    await database.rows('delete from form_values where organization_id = $1 and form_id = $2', [own.id, formId]);
    await database.rows(
      `insert into form_template_versions (organization_id, template_id, version, with_confirmation, fields, published_at)
       values ($1, $2, 9, false, $3, now())`,
      [own.id, decodeGlobalId('FormTemplate', templateId), JSON.stringify(OLD)],
    );
    await database.rows(
      `update business_forms set template_version = 9, field_values = '{}', answers = $3 where organization_id = $1 and id = $2`,
      [own.id, formId, JSON.stringify({ wish: ' A catalogue', pieces: 2.5, colour: 'red', insured: true })],
    );
    const read = async () => valuesOf((await own.owner.query(INSIDE, { id })).businessForm);
    const typed = {
      wish: { __typename: 'TextValue', text: ' A catalogue' },
      pieces: { __typename: 'NumberValue', text: '2.5', number: 2.5 },
      colour: { __typename: 'ChoiceValue', text: 'red' },
      insured: { __typename: 'YesNoValue', text: 'Yes' },
    };
    expect(await read()).toEqual(typed);
    await backfill(server.runtime);
    expect(await read()).toEqual(typed);
    const terms = await database.rows<{ field: string; term: string }>(
      'select field, term from form_values where organization_id = $1 and form_id = $2 order by field',
      [own.id, formId],
    );
    expect(terms.map(({ field: of, term }) => `${of} ${term}`)).toEqual([
      `colour optionIds:${OLD[2]!.options![0]!.id}`,
      'insured yes:1',
      'pieces number:p5125',
      'wish text: a catalogue',
    ]);
  });
});
