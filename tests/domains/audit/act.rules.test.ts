import { describe, expect, it } from 'vitest';
import { distinct, givenIn, objectsOf } from '../../../src/domains/audit/act.rules.ts';
import { hashOfValue } from '../../../src/domains/audit/audit-hash.rules.ts';
import { NO_ID } from '../../../src/platform/database/uuid.ts';
import { fieldValues, input } from '../../../src/sdk/index.ts';

const line = input.inputObject('Line', 'A line.', { toolId: input.id('Tool', 'The tool.'), count: input.integer('How many.') });
const INPUT = {
  contactId: input.id('Contact', 'One.'),
  tagIds: input.optional(input.ids('Tag', 'Several.')),
  ownerId: input.optional(input.nullable(input.id('Employee', 'One or nobody.'))),
  name: input.optional(input.text('A value.')),
  words: input.optional(input.listOf(input.text('A word.'), 'A list.')),
  price: input.optional(input.money('Money.')),
  line: input.optional(line),
  lines: input.optional(input.listOf(line, 'Lines.')),
  values: input.optional(input.anyJson('Anything.')),
};

describe('what an input holds', () => {
  it.each([
    ['an id', { contactId: 'c' }, [['Contact', 'c']], {}],
    [
      'ids',
      { tagIds: ['a', 'b'] },
      [
        ['Tag', 'a'],
        ['Tag', 'b'],
      ],
      {},
    ],
    ['nobody', { ownerId: null }, [], { ownerId: null }],
    ['what was left out', { ownerId: undefined, name: undefined }, [], {}],
    ['a value, also an empty one', { name: '' }, [], { name: '' }],
    ['lists that are empty: of ids, of values, of objects', { tagIds: [], words: [], lines: [] }, [], { tagIds: [], words: [], lines: [] }],
    ['a list of values, as one', { words: ['x', 'y'] }, [], { words: ['x', 'y'] }],
    ['parts of an object', { price: { amount: 5, currency: 'CNY' } }, [], { 'price.amount': 5, 'price.currency': 'CNY' }],
    ['an object with an id', { line: { toolId: 't', count: 2 } }, [['Tool', 't']], { 'line.count': 2 }],
    [
      'objects of a list, with their places',
      {
        lines: [
          { toolId: 't', count: 2 },
          { toolId: 'u', count: 3 },
        ],
      },
      [
        ['Tool', 't'],
        ['Tool', 'u'],
      ],
      { 'lines.0.count': 2, 'lines.1.count': 3 },
    ],
    ['any JSON, as one: its names are values, too', { values: { '13800000000': 1 } }, [], { values: { '13800000000': 1 } }],
  ])('%s', (_, values, objects, fields) => {
    const given = givenIn(INPUT, values);
    expect(given.objects).toEqual(objects);
    expect(Object.fromEntries(given.fields.map(({ path, value }) => [path, value]))).toEqual(fields);
  });
});

it('names whom and which files the values of fields name', () => {
  const values = [
    { field: 'who', employeeId: 'e' },
    { field: 'proof', uploadIds: ['f', 'g'] },
    { field: 'parts', lines: [{ values: [{ field: 'by', employeeId: 'h' }] }] },
  ];
  expect(givenIn({ values: fieldValues('Values.') }, { values }).objects).toEqual([
    ['Employee', 'e'],
    ['File', 'f'],
    ['File', 'g'],
    ['Employee', 'h'],
  ]);
});

describe('the objects of an act', () => {
  const mutation = { outcomeIds: { loan: 'Loan', task: 'Task' } };
  it.each([
    [
      'those that were made',
      { loan: 'l', task: 't' },
      [
        ['Loan', 'l'],
        ['Task', 't'],
      ],
    ],
    ['none where there is none', { loan: null }, []],
    ['nothing that is no id', { loan: 'l', enabled: true, results: ['x'] }, [['Loan', 'l']]],
  ])('of its outcome: %s', (_, outcome, objects) => {
    expect(objectsOf(mutation, outcome)).toEqual(objects);
  });
  it('are named once, and none that was refused or never issued', () => {
    const objects = [
      ['Loan', 'a'],
      ['Loan', 'b'],
      ['Loan', 'a'],
      ['Loan', NO_ID],
      ['Tool', 'c'],
    ] as const;
    const tried = new Map([
      ['a', true],
      ['b', false],
    ]);
    expect(distinct(objects, tried)).toEqual([
      ['Loan', 'a'],
      ['Tool', 'c'],
    ]);
  });
});

describe('the hash of a value (spec 11.3)', () => {
  const secret = Buffer.alloc(32, 1);
  const hash = hashOfValue(secret, 'entry', 'name', 'Zhu');
  it('is the same for the same, whatever the order of fields', () => {
    expect(hashOfValue(secret, 'entry', 'name', 'Zhu')).toBe(hash);
    expect(hashOfValue(secret, 'entry', 'v', { a: 1, b: [2] })).toBe(hashOfValue(secret, 'entry', 'v', { b: [2], a: 1 }));
  });
  it.each([
    ['another secret', hashOfValue(Buffer.alloc(32, 2), 'entry', 'name', 'Zhu')],
    ['another entry', hashOfValue(secret, 'entry 2', 'name', 'Zhu')],
    ['another field', hashOfValue(secret, 'entry', 'remark', 'Zhu')],
    ['another value', hashOfValue(secret, 'entry', 'name', 'Zhu ')],
    ['another type of value', hashOfValue(secret, 'entry', 'name', ['Zhu'])],
  ])('is another for %s', (_, other) => {
    expect(other).not.toBe(hash);
    expect(other).toMatch(/^[\w-]{43}$/);
  });
});
