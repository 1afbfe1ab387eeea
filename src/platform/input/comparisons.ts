/** Fields of a comparison: their types and descriptions. */
export type ComparisonFields = Record<string, readonly [type: string, description: string, most?: number]>;

/** Characters of a text that is compared, and of one that is searched. */
const COMPARED = 500;
export const SEARCHED = 100;

export const COMPARISONS: Record<string, { readonly name: string; readonly description: string; readonly fields: ComparisonFields }> = {
  text: {
    name: 'TextComparison',
    description: 'Compares a text, letter by letter.',
    fields: {
      equals: ['String', 'Is this.', COMPARED],
      in: ['[String]', 'Is one of these, at most 250.', COMPARED],
      startsWith: ['String', 'Begins with this.', COMPARED],
      isNull: ['Boolean', 'Has no value.'],
    },
  },
  instant: {
    name: 'DateTimeComparison',
    description: 'Compares a moment.',
    fields: { before: ['DateTime', 'Is earlier.'], after: ['DateTime', 'Is later.'], isNull: ['Boolean', 'Has no value.'] },
  },
  date: {
    name: 'DateComparison',
    description: 'Compares a day.',
    fields: {
      equals: ['Date', 'Is this.'],
      before: ['Date', 'Is earlier.'],
      after: ['Date', 'Is later.'],
      isNull: ['Boolean', 'Has no value.'],
    },
  },
  boolean: {
    name: 'BooleanComparison',
    description: 'Compares a yes or no.',
    fields: { equals: ['Boolean', 'Is this.'], isNull: ['Boolean', 'Has no value.'] },
  },
  number: {
    name: 'NumberComparison',
    description: 'Compares a whole number.',
    fields: {
      equals: ['Int53', 'Is this.'],
      in: ['[Int53]', 'Is one of these, at most 250.'],
      lessThan: ['Int53', 'Is less.'],
      greaterThan: ['Int53', 'Is more.'],
    },
  },
  id: {
    name: 'IdComparison',
    description: 'Compares an object by its id.',
    fields: { equals: ['ID', 'Is this object.'], in: ['[ID]', 'Is one of these, at most 250.'], isNull: ['Boolean', 'There is none.'] },
  },
  links: {
    name: 'IdsComparison',
    description: 'Compares several linked objects by their ids.',
    fields: {
      any: ['[ID]', 'Has at least one of these, at most 250.'],
      all: ['[ID]', 'Has each of these, at most 250.'],
      none: ['[ID]', 'Has none of these, at most 250.'],
    },
  },
};
