import { describe, expect, it } from 'vitest';
import { missingFields, saidValues, valuesAgain } from '../../../src/domains/contact-import/import-fields.rules.ts';
import { builtInKinds, type FieldDefinition } from '../../../src/platform/fields/index.ts';

const plate: FieldDefinition = { id: 'f1', name: 'plate', label: 'Plate', kind: 'TEXT', required: false };
const size: FieldDefinition = { id: 'f2', name: 'size', label: 'Size', kind: 'NUMBER', required: true };
const facts = { own: [plate, size], asked: [plate, size], required: ['company'], country: 'CN', kinds: builtInKinds };
const said = (cells: object, more: object = {}) =>
  saidValues({ row: 7, faults: [], typed: {}, known: cells as never }, { ...facts, ...more }, () => undefined);

describe('the organization’s own fields in a row of a table (spec 3.12)', () => {
  it.each([
    ['as they are', {}, { values: { f1: '12', f2: '3' }, faults: [] }],
    ['of another name', { own: [{ ...plate, label: 'Number plate' }, size] }, { values: { f1: '12', f2: '3' }, faults: [] }],
    ['of another kind', { own: [{ ...plate, kind: 'NUMBER' }, size] }, { values: { f1: '12', f2: '3' }, faults: [] }],
    [
      'of a kind that it is none of',
      { own: [{ ...plate, kind: 'DATE' }, size] },
      { values: { f2: '3' }, faults: ['customFields.plate NOT_A_DATE'] },
    ],
    ['that is gone', { own: [size] }, { values: { f2: '3' }, faults: ['customFields.plate FIELD_GONE'] }],
    [
      'in whose place is another of its name',
      { own: [{ ...plate, id: 'f9' }, size] },
      { values: { f2: '3' }, faults: ['customFields.plate FIELD_GONE'] },
    ],
  ])('are read by the field %s since the table was read', (_, more, { values, faults }) => {
    const found = said({ 'customFields.plate': '12', 'customFields.size': '3' }, more);
    expect(found.values).toEqual(values);
    expect(found.faults.map(({ row, column, code }) => [row, `${column} ${code}`])).toEqual(faults.map((fault) => [7, fault]));
  });

  it('that must be filled in are told by their columns', () => {
    const missing = (values: object, texts: object) => missingFields(7, facts, values as never, { ...texts }).map(({ column }) => column);
    expect(missing({}, {})).toEqual(['company', 'customFields.size']);
    expect(missing({ f2: '1' }, { company: 'North Pier' })).toEqual([]);
  });

  const then = { before: { f1: 'A', f2: '5' }, after: { f1: 'B', f2: '5' }, kinds: { f1: 'TEXT', f2: 'NUMBER' } };
  const choice = { ...plate, kind: 'CHOICE', options: [{ id: 'B', label: 'B' }] };
  it.each([
    ['what the row wrote goes back', {}, {}, { f1: 'A', f2: '5' }],
    ['what it filled in is empty again', { before: { f2: '5' } }, {}, { f2: '5' }],
    ['what it did not touch stays as it is now', { now: { f1: 'B', f2: '7' } }, {}, { f1: 'A', f2: '7' }],
    ['what it did not touch and went stays away', { now: { f1: 'B' } }, {}, { f1: 'A' }],
    ['what reads otherwise by now stays', { now: { f1: 'C', f2: '5' } }, {}, { f1: 'C', f2: '5' }],
    [
      'what is of another kind by now stays, though it reads the same',
      {},
      { own: [{ ...plate, kind: 'PARAGRAPH' }, size] },
      { f1: 'B', f2: '5' },
    ],
    ['a text never comes back to choices', {}, { own: [choice, size] }, { f1: 'B', f2: '5' }],
    [
      'what the field takes no more stays away',
      { before: { f1: 'AAAA', f2: '5' } },
      { own: [{ ...plate, maxLength: 3 }, size] },
      { f1: 'B', f2: '5' },
    ],
    ['what is of a field that is gone is not looked at', {}, { own: [size] }, { f1: 'B', f2: '5' }],
  ])('are taken back by what a row did: %s', (_, values, fields, expected) => {
    expect(valuesAgain({ ...then, now: then.after, ...values } as never, { ...facts, ...fields })).toEqual(expected);
  });
});
