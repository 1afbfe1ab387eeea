import { builtInKinds, decodeGlobalId, type FieldDefinition, textTerm } from '../../sdk/core.ts';
import type { Filter, Rule, Table } from '../../sdk/index.ts';

// What is looked for in a table of terms. Each term begins with the way in which its value is given, so that fields of one name and of two
// kinds, in two templates, are never compared with each other.

const LAST = '\u{10ffff}';
/** Nothing is in it. */
const NOWHERE: readonly [string, string] = [LAST, ''];

/** A term as it is kept. @param way in which values of the kind are given */
export const keptTerm = (way: string, term: string): string => `${way}:${term}`;

const termOf = (kind: string, given: unknown): string | undefined => {
  const currency = kind === 'MONEY' ? (given as { readonly currency?: string }).currency : undefined;
  return builtInKinds.of(kind)?.term?.(given, { currency } as FieldDefinition);
};
/** A phone is looked for as it is written. */
const texts = (given: unknown): string[] => {
  const phone = termOf('PHONE', given);
  return [textTerm(String(given)), ...(phone ? [phone] : [])].map((term) => keptTerm('text', term));
};
const one = (way: string, kind: string) => ({
  some: (given: unknown) => {
    const term = termOf(kind, given);
    return term === undefined ? [] : [keptTerm(way, term)];
  },
});
/** The terms of a kind that can be compared with one: of money, those of its currency. */
const rangeOf = (way: string, term: string): readonly [string, string] => {
  const prefix = way === 'money' ? keptTerm(way, term.slice(0, 'CNY:'.length)) : keptTerm(way, '');
  return [prefix, `${prefix}${LAST}`];
};
const below = (way: string, kind: string) => ({
  within: (given: unknown): readonly [string, string] => {
    const term = termOf(kind, given);
    return term === undefined ? NOWHERE : [rangeOf(way, term)[0], keptTerm(way, term)];
  },
});
/** A space is lower than all that a longer term goes on with. */
const above = (way: string, kind: string) => ({
  within: (given: unknown): readonly [string, string] => {
    const term = termOf(kind, given);
    return term === undefined ? NOWHERE : [`${keptTerm(way, term)} `, rangeOf(way, term)[1]];
  },
});
const atMost = (way: string, kind: string) => ({
  within: (given: unknown): readonly [string, string] => {
    const term = termOf(kind, given);
    return term === undefined ? NOWHERE : [rangeOf(way, term)[0], `${keptTerm(way, term)} `];
  },
});
const atLeast = (way: string, kind: string) => ({
  within: (given: unknown): readonly [string, string] => {
    const term = termOf(kind, given);
    return term === undefined ? NOWHERE : [keptTerm(way, term), rangeOf(way, term)[1]];
  },
});
const ids = (way: string, decode: (id: string) => string) => ({
  some: (given: unknown) => (given as string[]).map((id) => keptTerm(way, decode(id))),
});

const ASKS = {
  'text.equals': { some: texts },
  'text.in': { some: (given: unknown) => (given as string[]).flatMap(texts) },
  'text.startsWith': {
    within: (given: unknown): readonly [string, string] => {
      const from = keptTerm('text', textTerm(String(given)));
      return [from, `${from}${LAST}`];
    },
  },
  'number.equals': one('number', 'NUMBER'),
  'number.lessThan': below('number', 'NUMBER'),
  'number.greaterThan': above('number', 'NUMBER'),
  'number.atMost': atMost('number', 'NUMBER'),
  'number.atLeast': atLeast('number', 'NUMBER'),
  'money.equals': one('money', 'MONEY'),
  'money.lessThan': below('money', 'MONEY'),
  'money.greaterThan': above('money', 'MONEY'),
  'money.atMost': atMost('money', 'MONEY'),
  'money.atLeast': atLeast('money', 'MONEY'),
  'date.equals': one('date', 'DATE'),
  'date.before': below('date', 'DATE'),
  'date.after': above('date', 'DATE'),
  'date.until': atMost('date', 'DATE'),
  'date.from': atLeast('date', 'DATE'),
  optionIds: ids('optionIds', (id) => id),
  employeeIds: ids('employeeId', (id) => decodeGlobalId('Employee', id)),
  yes: one('yes', 'YES_NO'),
};

/** A filter by values of fields. @param table of terms, with the columns `field` and `term`. @param key its column of whose values they are */
export const byValues = (table: Table, key: string, rule: Rule): Filter => ({
  compares: 'values',
  table,
  key,
  input: 'FieldComparison',
  asks: ASKS,
  rule,
  description: 'By values of fields: all of these hold, at most 250.',
});

/** Types of the comparisons, with their fields: the type, what it says, and the characters that are taken. */
export const COMPARISON_INPUTS: Readonly<Record<string, readonly [string, Readonly<Record<string, readonly [string, string, number?]>>]>> =
  {
    FieldTextComparison: [
      'Compares the text of a field, whatever its widths and cases; of long texts the first 100 characters.',
      {
        equals: ['String', 'Is this.', 500],
        in: ['[String]', 'Is one of these, at most 250.', 500],
        startsWith: ['String', 'Begins with this.', 500],
      },
    ],
    FieldNumberComparison: [
      'Compares a number.',
      {
        equals: ['Decimal', 'Is this.'],
        lessThan: ['Decimal', 'Is less.'],
        greaterThan: ['Decimal', 'Is more.'],
        atMost: ['Decimal', 'Is this or less.'],
        atLeast: ['Decimal', 'Is this or more.'],
      },
    ],
    FieldMoneyComparison: [
      'Compares an amount of money with one of its currency.',
      {
        equals: ['MoneyInput', 'Is this.'],
        lessThan: ['MoneyInput', 'Is less.'],
        greaterThan: ['MoneyInput', 'Is more.'],
        atMost: ['MoneyInput', 'Is this or less.'],
        atLeast: ['MoneyInput', 'Is this or more.'],
      },
    ],
    FieldDateComparison: [
      'Compares the day that a field holds.',
      {
        equals: ['Date', 'Is this.'],
        before: ['Date', 'Is earlier.'],
        after: ['Date', 'Is later.'],
        from: ['Date', 'Is this day or later.'],
        until: ['Date', 'Is this day or earlier.'],
      },
    ],
    FieldComparison: [
      'Compares the value of one field, named as `FieldDefinition.name` says. What is compared in another way than its kind is given finds nothing.',
      {
        field: [
          'String!',
          'Name of the field; of a total of line items, name of the field and of the column with a point between: `parts.sum`.',
          121,
        ],
        text: ['FieldTextComparison', 'Of texts, phones, emails, links and addresses.'],
        number: ['FieldNumberComparison', 'Of numbers.'],
        money: ['FieldMoneyComparison', 'Of money.'],
        date: ['FieldDateComparison', 'Of dates.'],
        optionIds: ['[ID]', 'Of choices: one of these was chosen, at most 250.'],
        employeeIds: ['[ID]', 'Of employees: it is one of these, at most 250.'],
        yes: ['Boolean', 'Of yes or no: it is this.'],
        isFilled: ['Boolean', 'Whether there is a value, which the other comparisons beside it hold of.'],
      },
    ],
  };
