import { comparisonsOfKind } from '@guichet/forms';
import { builtInKinds, type FieldDefinition, type FieldKind, type GivenValue } from '../src/platform/fields/index.ts';

// The page of the kinds of field. Every example is taken by its kind when the page is made: one that lags behind ends the making.

interface Example {
  readonly what: string;
  /** Of a field of the kind, beside name, label and kind, as a draft has it. */
  readonly defined?: string;
  readonly more?: Partial<FieldDefinition>;
  readonly answer?: Omit<GivenValue, 'field'>;
}
const UPLOAD = '<upload>';
const LEVELS = [
  { id: 'gd', label: 'Guangdong' },
  { id: 'sz', label: 'Shenzhen', parentId: 'gd' },
];
const EXAMPLES: Readonly<Record<string, Example>> = {
  TEXT: { what: 'One line, at most 2,000 characters.', defined: 'maxLength: 80', more: { maxLength: 80 }, answer: { text: 'It leaks' } },
  PARAGRAPH: { what: 'Several lines, at most 20,000 characters.', answer: { text: 'It leaks.\nSince Monday.' } },
  PHONE: {
    what: 'A phone that exists, with an extension; without a country code it is one of the organization’s country.',
    answer: { text: '138 0000 0001' },
  },
  EMAIL: { what: 'An address of mail.', answer: { text: 'li@example.com' } },
  URL: { what: 'An address of the web, without a user.', answer: { text: 'https://example.com/a' } },
  ADDRESS: { what: 'A postal address, at most 500 characters.', answer: { text: '1 Main Street, Shenzhen' } },
  NUMBER: {
    what: 'An exact number of at most 15 digits. As a text (`"12.50"`) it is exact to the digit.',
    defined: 'min: "0", max: "100", decimals: 2',
    more: { min: '0', max: '100', decimals: 2 },
    answer: { number: '12.5' },
  },
  MONEY: {
    what: 'An amount in minor units; `min` and `max` are in whole ones.',
    defined: 'currency: "CNY", max: "5000"',
    more: { currency: 'CNY', max: '5000' },
    answer: { money: { amount: 1250, currency: 'CNY' } },
  },
  DATE: { what: 'A calendar day.', defined: 'min: "2026-01-01"', more: { min: '2026-01-01' }, answer: { date: '2026-06-01' } },
  YES_NO: { what: 'Yes or no; not filled in is neither.', answer: { yes: true } },
  CHOICE: {
    what: 'One option, by its id.',
    defined: 'options: [{ label: "Red" }, { label: "Blue" }]',
    more: {
      options: [
        { id: 'o1', label: 'Red' },
        { id: 'o2', label: 'Blue' },
      ],
    },
    answer: { optionIds: ['o1'] },
  },
  CHOICES: {
    what: 'Several options, at most `most`.',
    defined: 'most: 2, options: [{ label: "A" }, { label: "B" }]',
    more: {
      most: 2,
      options: [
        { id: 'o1', label: 'A' },
        { id: 'o2', label: 'B' },
      ],
    },
    answer: { optionIds: ['o1', 'o2'] },
  },
  CASCADE: {
    what: 'A choice in up to five levels; `parent` is what the option above says, or its id. Answered by the path from the top, or by its last option alone, which has none beneath it.',
    defined: 'options: [{ label: "Guangdong" }, { label: "Shenzhen", parent: "Guangdong" }]',
    more: { options: LEVELS },
    answer: { optionIds: ['gd', 'sz'] },
  },
  EMPLOYEE: {
    what: 'An employee. A contact names its owner, or whom the form names already, by the id of a `PortalEmployee`.',
    answer: { employeeId: '<employee>' },
  },
  IMAGE: { what: 'Pictures, nine unless `most` says fewer.', defined: 'most: 3', more: { most: 3 }, answer: { uploadIds: [UPLOAD] } },
  FILE: { what: 'Files, nine unless `most` says fewer.', answer: { uploadIds: [UPLOAD] } },
  SIGNATURE: { what: 'A picture of a signature, drawn where the form is filled in; one.', answer: { uploadIds: [UPLOAD] } },
  LOCATION: {
    what: 'A place in degrees, with a name and an accuracy in metres where they are known.',
    answer: { location: { latitude: 22.54, longitude: 114.06, name: 'Depot' } },
  },
  EXPLANATION: { what: 'Text for whoever fills the form in: its label and its hint. Nobody answers it (`NOT_ANSWERED`).' },
  LINES: {
    what: 'Line items, at most `most` and never more than 200. Columns are of the kinds that are compared; a column with `product` is computed, one that is `summed` has a total.',
    defined:
      'most: 50, columns: [{ name: "quantity", label: "Quantity", kind: "NUMBER", max: "100" }, { name: "price", label: "Price", kind: "MONEY", max: "1000" }, { name: "sum", label: "Sum", kind: "MONEY", product: ["quantity", "price"], summed: true }]',
    more: {
      most: 50,
      columns: [
        { id: 'c1', name: 'quantity', label: 'Quantity', kind: 'NUMBER', required: false, max: '100' },
        { id: 'c2', name: 'price', label: 'Price', kind: 'MONEY', required: false, max: '1000' },
        { id: 'c3', name: 'sum', label: 'Sum', kind: 'MONEY', required: false, product: ['quantity', 'price'], summed: true },
      ],
    },
    answer: {
      lines: [
        {
          values: [
            { field: 'quantity', number: '2' },
            { field: 'price', money: { amount: 1999, currency: 'CNY' } },
          ],
        },
      ],
    },
  },
};

const PURPOSES: Readonly<Record<string, string>> = { IMAGE: 'pictures', FILE: 'any kind', SIGNATURE: 'pictures' };
/** `{ text: "a" }`, as GraphQL writes it. */
const written = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${written(one)}`)
    .join(', ')} }`;
};
const code = (text: string): string => `\`${text}\``;
const ENDINGS: Readonly<Record<string, string>> = { employeeId: 'employeeIds' };

/** @throws Error where an example is none of its kind */
function taken(kind: FieldKind, { more, answer }: Example): string {
  const field = { id: 'f1', name: 'it', label: 'It', kind: kind.name, required: false, ...more };
  const given = answer ? [{ field: 'it', ...answer }] : [];
  const { values, issues } = builtInKinds.take([field], given, { country: 'CN', path: [] });
  const faults = [...builtInKinds.faultsOfDefinitions([field], []), ...issues];
  if (faults.length) throw new Error(`The example of ${kind.name} is refused: ${JSON.stringify(faults)}`);
  const name = (): string => (answer?.employeeId ? 'Wang Lei' : 'pump.jpg');
  const value = values.f1;
  return value === undefined ? '' : kind.text(value, field, { language: 'en', employee: name, file: name });
}

function sectionOf(kind: FieldKind): string {
  const example = EXAMPLES[kind.name];
  if (!example) throw new Error(`build/fields-page.ts has no example of the kind ${kind.name}.`);
  const text = taken(kind, example);
  const given = example.answer ? { field: 'it', ...example.answer } : undefined;
  const way = kind.given[0];
  const filter = kind.terms && way ? `${ENDINGS[way] ?? way}, isFilled` : 'isFilled';
  const rows = [
    ['defined', code(`{ name: "it", label: "It", kind: "${kind.name}"${example.defined ? `, ${example.defined}` : ''} }`)],
    ['settings', kind.settings.map(code).join(' ') || 'none of its own'],
    ...(given ? [['answered', code(written(given))]] : []),
    ...(text ? [['as text', text.split('\n').map(code).join(' ')]] : []),
    ...(given ? [['type of its values', code(kind.type)]] : []),
    ...(PURPOSES[kind.name]
      ? [['uploads', `for \`FORM_FILE\` (\`FORM_STAFF_FILE\` where staff alone read the field), ${PURPOSES[kind.name]}`]]
      : []),
    ['conditions', comparisonsOfKind(kind.name).map(code).join(' ') || 'none'],
    ...(given ? [['found by', filter.split(', ').map(code).join(' ')]] : []),
    ['in line items', kind.terms ? 'yes' : 'no'],
    ['read from sheets', kind.read ? 'yes' : 'no'],
  ];
  const table = rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n');
  return `## ${kind.name}\n\n${kind.called.en}. ${example.what}\n\n| | |\n| --- | --- |\n${table}\n`;
}

const HEAD = `# Kinds of field

Made by \`npm run reference\` from the kinds themselves: do not edit. Every example is taken by its kind when this page is made. Fields of forms ([designing](../designing-forms.md), [filling in](../front-end-forms.md)) and of contacts are of these kinds; plugins add some.

Whatever its kind, a field has a \`name\` (for programs), a \`label\` and \`required\`; one of a form a \`section\`, a \`hint\`, \`readBy\`, \`writtenBySteps\`, \`showWhen\` and \`requireWhen\`. A setting that its kind does not have is \`UNKNOWN_SETTING\`. Null, an empty text and an empty list empty a field. “Conditions” are the \`op\` of \`FormConditionInput\` (\`FILLED\` and \`EMPTY\` take no value, \`IN\` a list of \`optionIds\`), of line items that of a \`total\`; “found by” is what \`businessForms(where: { values: [{ field: "it", … }] })\` takes.
`;

export function fieldsPage(): string {
  const kinds = builtInKinds.names.map((name) => builtInKinds.of(name)!);
  const links = kinds.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' · ');
  return `${HEAD}\n${links}\n\n${kinds.map(sectionOf).join('\n')}`;
}
