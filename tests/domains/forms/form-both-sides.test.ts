import {
  askedFields,
  checkForm,
  FORM_ANSWERS,
  FORM_FIELDS,
  faultText,
  type GivenValue,
  givenAnswers,
  type TemplateField,
} from '@guichet/forms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPhone } from '../../../src/platform/phone/phone.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { published } from '../form-designer/designer.fixture.ts';

// One table of cases, on both sides: what `@guichet/forms` says of what the API gives, and what the server says to whoever sends it.

let server: TestServer;
let own: TestOrganization;
let fields: readonly TemplateField[];
let templateId: string;
const LOUD = {
  any: [{ field: 'budget', op: 'GTE', money: { amount: 100_000, currency: 'CNY' } }, { all: [{ field: 'urgent', op: 'EQ', yes: true }] }],
};
const DRAFT = {
  audience: { contacts: 'ALL' },
  flow: { steps: [{ name: 'Owner', approvers: [{ owner: true }] }] },
  fields: [
    { name: 'help', label: 'Please be exact.', kind: 'EXPLANATION' },
    { name: 'fault', label: '故障', kind: 'TEXT', required: true, maxLength: 20 },
    { name: 'story', label: 'Story', kind: 'PARAGRAPH' },
    { name: 'count', label: 'Count', kind: 'NUMBER', min: '-2', max: '10.5', decimals: 1 },
    { name: 'budget', label: 'Budget', kind: 'MONEY', min: '0', max: '5000' },
    { name: 'day', label: 'Day', kind: 'DATE', min: '2026-01-01', max: '2026-12-31' },
    { name: 'urgent', label: 'Urgent', kind: 'YES_NO' },
    { name: 'reason', label: 'Reason', kind: 'TEXT', showWhen: LOUD, requireWhen: { field: 'urgent', op: 'EQ', yes: true } },
    { name: 'colour', label: 'Colour', kind: 'CHOICE', options: [{ label: 'Red' }, { label: 'Blue' }] },
    { name: 'extras', label: 'Extras', kind: 'CHOICES', most: 2, options: [{ label: 'A' }, { label: 'B' }, { label: 'C' }] },
    {
      name: 'place',
      label: 'Place',
      kind: 'CASCADE',
      options: [{ label: '广东' }, { label: '深圳', parent: '广东' }, { label: '北京' }],
      showWhen: { not: { field: 'colour', op: 'EQ', optionIds: ['Red'] } },
    },
    { name: 'phone', label: 'Phone', kind: 'PHONE' },
    { name: 'email', label: 'Email', kind: 'EMAIL' },
    { name: 'link', label: 'Link', kind: 'URL' },
    { name: 'address', label: 'Address', kind: 'ADDRESS' },
    { name: 'where', label: 'Where', kind: 'LOCATION' },
    {
      name: 'parts',
      label: 'Parts',
      kind: 'LINES',
      most: 3,
      columns: [
        { name: 'part', label: 'Part', kind: 'TEXT', required: true },
        { name: 'quantity', label: 'Quantity', kind: 'NUMBER', min: '0', max: '100', decimals: 2 },
        { name: 'price', label: 'Price', kind: 'MONEY', max: '100000' },
        { name: 'sum', label: 'Sum', kind: 'MONEY', product: ['quantity', 'price'], summed: true },
      ],
    },
    {
      name: 'boss',
      label: 'Boss',
      kind: 'TEXT',
      requireWhen: { field: 'parts', total: 'sum', op: 'GT', money: { amount: 10_000, currency: 'CNY' } },
    },
    { name: 'decided', label: 'Decided', kind: 'TEXT', writtenBySteps: ['Owner'] },
  ],
};
const SUBMIT = `mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename ... on UserError { code }
  ... on ValidationFailed { issues { path code message } } ... on SubmitFormSuccess { form { id answers { ...FormAnswers } } } } } ${FORM_ANSWERS}`;

beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
  const { id, outcome } = await published(own.formsAdmin, DRAFT);
  expect(outcome).toMatchObject({ __typename: 'PublishFormTemplateSuccess' });
  templateId = id;
  const { formTemplate } = await own.customer.query(
    `query ($id: ID!) { formTemplate(id: $id) { fields { ...FormFields } } } ${FORM_FIELDS}`,
    { id },
  );
  fields = askedFields(formTemplate.fields);
});
afterAll(() => server?.stop());

const phone = (text: string, country: string): string | undefined => readPhone(text, country)?.e164;
const option = (name: string, label: string): string =>
  fields.find((one) => one.name === name)!.options!.find((one) => one.label === label)!.id;
const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const line = (quantity: number | string, amount: number, more: readonly GivenValue[] = []) => ({
  values: [{ field: 'part', text: 'Pump' }, { field: 'quantity', number: quantity }, { field: 'price', money: CNY(amount) }, ...more],
});
/** What is given beside the text that is always asked for. */
type Case = readonly [what: string, given: () => readonly GivenValue[]];
const of = (field: string, way: Omit<GivenValue, 'field'>): Case => [
  `${field} ${JSON.stringify(way).slice(0, 80)}`,
  () => [{ field, ...way }],
];
const CASES: readonly Case[] = [
  ['nothing', () => []],
  ['no fault', () => [{ field: 'fault', text: '  ' }]],
  ['a long fault', () => [{ field: 'fault', text: 'x'.repeat(21) }]],
  [
    'twice',
    () => [
      { field: 'count', number: 1 },
      { field: 'count', number: 2 },
    ],
  ],
  of('nix', { text: 'a' }),
  of('help', { text: 'a' }),
  of('decided', { text: 'a' }),
  of('story', { text: `Line\nline ${'e\u0301'.repeat(30)}` }),
  of('story', { number: 5 }),
  of('story', {}),
  of('story', { text: 'a', number: 5 }),
  of('story', { text: null }),
  ...[0, 10.5, 10.55, 11, -3, '1e1', '0.50', '1.2.3', '9'.repeat(16)].map((number) => of('count', { number })),
  ...[CNY(0), CNY(-1), CNY(500_000), CNY(500_001), { amount: 5, currency: 'USD' }].map((money) => of('budget', { money })),
  ...['2026-02-28', '2025-12-31', '2027-01-01', '2026-02-30', 'soon', ''].map((text) => of('day', { text })),
  ['urgent without a reason', () => [{ field: 'urgent', yes: true }]],
  [
    'urgent with a reason',
    () => [
      { field: 'urgent', yes: true },
      { field: 'reason', text: 'It floods.' },
    ],
  ],
  ['a reason that nobody asks for', () => [{ field: 'reason', text: 'It floods.' }]],
  [
    'an expensive one',
    () => [
      { field: 'budget', money: CNY(100_000) },
      { field: 'reason', text: 'Gold.' },
    ],
  ],
  [
    'a colour',
    () => [
      { field: 'colour', optionIds: [option('colour', 'Blue')] },
      { field: 'place', optionIds: [option('place', '深圳')] },
    ],
  ],
  [
    'a place that red hides',
    () => [
      { field: 'colour', optionIds: [option('colour', 'Red')] },
      { field: 'place', optionIds: [option('place', '广东'), option('place', '深圳')] },
    ],
  ],
  ['two colours', () => [{ field: 'colour', optionIds: [option('colour', 'Red'), option('colour', 'Blue')] }]],
  ['too many extras', () => [{ field: 'extras', optionIds: ['A', 'B', 'C'].map((label) => option('extras', label)) }]],
  ['an extra twice', () => [{ field: 'extras', optionIds: [option('extras', 'A'), option('extras', 'A')] }]],
  of('colour', { optionIds: ['nix'] }),
  ['half a place', () => [{ field: 'place', optionIds: [option('place', '广东')] }]],
  ['no path', () => [{ field: 'place', optionIds: [option('place', '北京'), option('place', '深圳')] }]],
  of('place', { optionIds: [] }),
  ...['138 0000 0001', '+49 30 901820', '12', 'call me'].map((text) => of('phone', { text })),
  ...['li@example.com', 'li@', 'a..b@example.com'].map((text) => of('email', { text })),
  ...['https://example.com/a?b#c', 'ftp://example.com', 'https://u:p@example.com', 'example'].map((text) => of('link', { text })),
  of('address', { text: '路'.repeat(501) }),
  of('where', { location: { latitude: 22.5, longitude: 114, name: ' Depot ', accuracy: 5 } }),
  of('where', { location: { latitude: 91, longitude: 114 } }),
  of('where', { location: { latitude: 1, longitude: 1, name: '路'.repeat(201) } }),
  of('parts', { lines: [line('2', 150), line('0.25', 333)] }),
  of('parts', { lines: [line('2.345', 150), { values: [{ field: 'quantity', number: 1 }] }, { values: [] }] }),
  of('parts', { lines: [line('1', 1, [{ field: 'sum', money: CNY(9) }]), line('101', 10_000_001)] }),
  of('parts', { lines: [line('1', 1), line('1', 1), line('1', 1), line('1', 1)] }),
  of('parts', { lines: [line('100', 101)] }),
  [
    'a boss beside the sum',
    () => [
      { field: 'parts', lines: [line('100', 101)] },
      { field: 'boss', text: 'Wang' },
    ],
  ],
];

let count = 0;
async function sent(values: readonly GivenValue[], language: string) {
  const input = { templateId, values, idempotencyKey: `both-${++count}` };
  const { submitForm } = (await own.customer.ask(SUBMIT, { input }, { 'accept-language': language })).data;
  return submitForm as { issues?: readonly unknown[]; form?: { answers: never[] } };
}

describe('the same cases on both sides (spec 6.1)', () => {
  it.each(CASES)('%s', async (what, more) => {
    const given = [...(/fault/.test(what) ? [] : [{ field: 'fault', text: 'It leaks' }]), ...more()];
    const { issues, values } = checkForm(fields, given, { phone });
    const language = count % 2 ? 'zh-CN' : 'en';
    const { issues: told = [], form } = await sent(given, language);
    expect(issues.map((issue) => ({ path: issue.path, code: issue.code, message: faultText(issue, language) }))).toEqual(told);
    if (!form) return;
    const again = checkForm(fields, givenAnswers(fields, form.answers), { phone });
    expect(again.issues).toEqual([]);
    expect(again.values).toEqual(values);
  });
});
