import { describe, expect, it } from 'vitest';
import { builtInKinds, type FieldDefinition, type GivenValue } from '../../../src/platform/fields/index.ts';
import { COLOURS, fieldOf, line, PARTS, PLACES, taken, told } from './field.fixture.ts';

const family = '👨‍👩‍👧';
const choice = { options: COLOURS };
const ID = '01890000-0000-7000-8000-000000000001';

describe('a value as it is kept (spec 3.10, 6.1)', () => {
  it.each<[string, Partial<FieldDefinition>, Omit<GivenValue, 'field'>, unknown]>([
    ['TEXT', {}, { text: '  Pump  ' }, 'Pump'],
    ['TEXT', { maxLength: 1 }, { text: family }, family],
    ['TEXT', {}, { text: 'e\u0301' }, 'é'],
    ['PARAGRAPH', {}, { text: 'a\nb' }, 'a\nb'],
    ['NUMBER', {}, { number: '12.50' }, '12.5'],
    ['NUMBER', {}, { number: '-0.0' }, '0'],
    ['NUMBER', {}, { number: '1e3' }, '1000'],
    ['NUMBER', {}, { number: '123456789012345' }, '123456789012345'],
    ['NUMBER', {}, { number: '0.1' }, '0.1'],
    ['NUMBER', { min: '1', max: '2.5', decimals: 1 }, { number: '2.5' }, '2.5'],
    ['MONEY', {}, { money: { amount: 1250, currency: 'CNY' } }, { amount: 1250, currency: 'CNY' }],
    ['MONEY', { min: '-10.5' }, { money: { amount: -1050, currency: 'CNY' } }, { amount: -1050, currency: 'CNY' }],
    ['MONEY', { currency: 'JPY', max: '100' }, { money: { amount: 100, currency: 'JPY' } }, { amount: 100, currency: 'JPY' }],
    ['DATE', {}, { date: '2028-02-29' }, '2028-02-29'],
    ['DATE', { min: '2026-01-01' }, { text: '2026-01-01' }, '2026-01-01'],
    ['YES_NO', {}, { yes: false }, false],
    ['CHOICE', choice, { optionIds: ['g'] }, ['g']],
    ['CHOICES', choice, { optionIds: ['b', 'r'] }, ['r', 'b']],
    ['CASCADE', { options: PLACES }, { optionIds: ['gd', 'sz'] }, ['gd', 'sz']],
    ['CASCADE', { options: PLACES }, { optionIds: ['sz'] }, ['gd', 'sz']],
    ['CASCADE', { options: PLACES }, { optionIds: ['bj'] }, ['bj']],
    ['PHONE', {}, { text: '138 0000 0001' }, '+8613800000001'],
    ['PHONE', {}, { text: '010-65529988转802' }, '+861065529988;ext=802'],
    ['EMAIL', {}, { text: ' Li.Wei@mail.example.com ' }, 'Li.Wei@mail.example.com'],
    ['URL', {}, { text: 'https://example.com/a?b=c#d' }, 'https://example.com/a?b=c#d'],
    ['ADDRESS', {}, { text: '深圳市南山区科技园' }, '深圳市南山区科技园'],
    ['EMPLOYEE', {}, { employeeId: ID }, ID],
    ['FILE', {}, { uploadIds: [ID] }, [ID]],
    ['IMAGE', { most: 1 }, { uploadIds: [ID] }, [ID]],
    ['SIGNATURE', {}, { uploadIds: [ID] }, [ID]],
    ['LOCATION', {}, { location: { name: ' Depot ', latitude: 22.5, longitude: 114 } }, { name: 'Depot', latitude: 22.5, longitude: 114 }],
  ])('%s %j of %j is %j', (kind, more, way, value) => {
    const { values, issues } = taken(fieldOf(kind, more), way);
    expect({ issues, values }).toEqual({ issues: [], values: { f1: value } });
  });

  it('is computed in lines, exactly, and added up', () => {
    const lines = [line('Pump', '3', 1999), line('Seal', '0.125', 333), line('Hours', '2')];
    const { values, issues } = taken(PARTS, { lines });
    expect(issues).toEqual([]);
    const cny = (amount: number) => ({ amount, currency: 'CNY' });
    expect(values.f1).toEqual({
      lines: [
        { c1: 'Pump', c2: '3', c3: cny(1999), c4: cny(5997) },
        { c1: 'Seal', c2: '0.125', c3: cny(333), c4: cny(42) }, // 41.625 fen: a half and more goes up
        { c1: 'Hours', c2: '2' },
      ],
      totals: { c4: cny(6039) },
    });
  });
  it.each([
    ['TEXT', { text: ' \u200b ' }],
    ['NUMBER', { number: null }],
    ['CHOICE', { optionIds: [] }],
    ['DATE', { text: '' }],
    ['FILE', { uploadIds: [] }],
    ['LINES', { lines: [] }],
  ])('is emptied: %s by %j', (kind, way) => {
    const { values, emptied, issues } = taken(fieldOf(kind, { ...choice }), way);
    expect({ values, emptied, issues }).toEqual({ values: {}, emptied: ['f1'], issues: [] });
  });
});

describe('what is wrong with a value, and where (spec 3.10)', () => {
  it.each<[string, Partial<FieldDefinition>, Omit<GivenValue, 'field'>, string]>([
    ['TEXT', { maxLength: 2 }, { text: 'abc' }, 'TOO_LONG values.it.text'],
    ['TEXT', {}, { text: 'a'.repeat(40_000) }, 'TOO_LONG values.it.text'],
    ['TEXT', {}, { text: `a${'\u0301'.repeat(60)}` }, 'INVALID values.it.text'],
    ['TEXT', {}, { text: 'a\u0000' }, 'INVALID values.it.text'],
    ['TEXT', {}, { number: '1' }, 'GIVEN_OTHERWISE values.it.number'],
    ['TEXT', {}, { text: 'a', number: '1' }, 'ONE_VALUE values.it'],
    ['TEXT', {}, {}, 'ONE_VALUE values.it'],
    ['NUMBER', {}, { number: '1234567890123456' }, 'NOT_A_NUMBER values.it.number'],
    ['NUMBER', {}, { number: '0.30000000000000004' }, 'NOT_A_NUMBER values.it.number'],
    ['NUMBER', {}, { number: '1e400' }, 'NOT_A_NUMBER values.it.number'],
    ['NUMBER', {}, { number: '0x10' }, 'NOT_A_NUMBER values.it.number'],
    ['NUMBER', {}, { number: '1,000' }, 'NOT_A_NUMBER values.it.number'],
    ['NUMBER', { min: '1' }, { number: '0.9' }, 'OUT_OF_RANGE values.it.number'],
    ['NUMBER', { max: '1' }, { number: '1.1' }, 'OUT_OF_RANGE values.it.number'],
    ['NUMBER', { decimals: 0 }, { number: '1.5' }, 'TOO_MANY_DECIMALS values.it.number'],
    ['MONEY', {}, { money: { amount: 1, currency: 'USD' } }, 'OTHER_CURRENCY values.it.money.currency'],
    ['MONEY', { min: '0' }, { money: { amount: -1, currency: 'CNY' } }, 'OUT_OF_RANGE values.it.money.amount'],
    ['MONEY', { max: '12.49' }, { money: { amount: 1250, currency: 'CNY' } }, 'OUT_OF_RANGE values.it.money.amount'],
    ['DATE', {}, { date: '2027-02-29' }, 'NOT_A_DATE values.it.date'],
    ['DATE', {}, { text: '1/2/2026' }, 'NOT_A_DATE values.it.text'],
    ['DATE', { max: '2026-01-01' }, { date: '2026-01-02' }, 'OUT_OF_RANGE values.it.date'],
    ['CHOICE', choice, { optionIds: ['x'] }, 'NOT_AN_OPTION values.it.optionIds.0'],
    ['CHOICE', choice, { optionIds: ['r', 'g'] }, 'TOO_MANY values.it.optionIds'],
    ['CHOICE', choice, { text: 'Green' }, 'GIVEN_OTHERWISE values.it.text'],
    ['CHOICES', choice, { optionIds: ['r', 'r'] }, 'TWICE values.it.optionIds'],
    ['CHOICES', { ...choice, most: 1 }, { optionIds: ['r', 'g'] }, 'TOO_MANY values.it.optionIds'],
    ['CASCADE', { options: PLACES }, { optionIds: ['gd'] }, 'NOT_A_PATH values.it.optionIds'],
    ['CASCADE', { options: PLACES }, { optionIds: ['bj', 'sz'] }, 'NOT_A_PATH values.it.optionIds'],
    ['PHONE', {}, { text: '110' }, 'NOT_A_PHONE values.it.text'],
    ['EMAIL', {}, { text: 'li@example' }, 'NOT_AN_EMAIL values.it.text'],
    ['EMAIL', {}, { text: 'li@a@example.com' }, 'NOT_AN_EMAIL values.it.text'],
    ['EMAIL', {}, { text: 'li..wei@example.com' }, 'NOT_AN_EMAIL values.it.text'],
    ['URL', {}, { text: 'javascript:alert(1)' }, 'NOT_A_URL values.it.text'],
    ['URL', {}, { text: 'https://user:secret@example.com' }, 'NOT_A_URL values.it.text'],
    ['URL', {}, { text: 'https://user@example.com' }, 'NOT_A_URL values.it.text'],
    ['URL', {}, { text: 'example.com' }, 'NOT_A_URL values.it.text'],
    ['FILE', { most: 1 }, { uploadIds: ['a', 'b'] }, 'TOO_MANY values.it.uploadIds'],
    ['IMAGE', {}, { uploadIds: ['a', 'a'] }, 'TWICE values.it.uploadIds'],
    ['SIGNATURE', {}, { uploadIds: ['a', 'b'] }, 'TOO_MANY values.it.uploadIds'],
    ['LOCATION', {}, { location: { latitude: 91, longitude: 0 } }, 'NOT_A_PLACE values.it.location'],
    ['LOCATION', {}, { location: { latitude: Number.NaN, longitude: 0 } }, 'NOT_A_PLACE values.it.location'],
    ['EXPLANATION', {}, { text: 'a' }, 'NOT_ANSWERED values.it'],
    ['GONE', {}, { text: 'a' }, 'UNKNOWN_FIELD values.it'],
  ])('%s %j given %j: %s', (kind, more, way, fault) => {
    const found = taken(fieldOf(kind, more), way);
    expect(told(found)).toEqual([fault]);
    expect(found.values).toEqual({});
  });

  it('stands in its line and its column', () => {
    const lines = [
      line('Pump', '-1'),
      {
        values: [
          { field: 'quantity', number: '1' },
          { field: 'sum', money: null },
          { field: 'x', text: '' },
        ],
      },
    ];
    expect(told(taken(PARTS, { lines }))).toEqual([
      'OUT_OF_RANGE values.it.lines.0.quantity.number',
      'COMPUTED values.it.lines.1.sum',
      'UNKNOWN_FIELD values.it.lines.1.x',
      'REQUIRED values.it.lines.1.part',
    ]);
  });
  it('is a sum that cannot be exact', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(told(taken(PARTS, { lines: [line('Pump', '2', most)] }))).toEqual(['TOO_LARGE values.it.lines.0.sum']);
    expect(told(taken(PARTS, { lines: [line('Pump', '1', most), line('Pump', '1', 1)] }))).toEqual(['TOO_LARGE values.it.lines']);
  });
  it('is more lines than a field takes', () => {
    const lines = Array.from({ length: 201 }, () => line('Pump', '1'));
    expect(told(taken(PARTS, { lines }))).toEqual(['TOO_MANY values.it.lines']);
  });
  it('is told in both languages', () => {
    const { issues } = taken(fieldOf('TEXT', { maxLength: 2 }), { text: 'abc' });
    expect(issues[0]!.message).toEqual({ en: expect.stringContaining('2'), 'zh-CN': expect.stringContaining('2') });
  });
});

describe('a set of values', () => {
  const [name, price] = [
    fieldOf('TEXT', { required: true }),
    fieldOf('MONEY', { id: 'f2', name: 'price', label: 'Price', required: true }),
  ];
  const take = (given: GivenValue[], more = {}) => builtInKinds.take([name, price], given, { country: 'CN', path: ['values'], ...more });

  it('misses what is required', () => {
    expect(told(take([{ field: 'it', text: '' }]))).toEqual(['REQUIRED values.it', 'REQUIRED values.price']);
  });
  it('misses nothing that stays as it was, but what is emptied', () => {
    expect(told(take([], { partly: true }))).toEqual([]);
    expect(told(take([{ field: 'it', text: null }], { partly: true }))).toEqual(['REQUIRED values.it']);
  });
  it('tells of a field at fault once', () => {
    expect(
      told(
        take([
          { field: 'it', number: '1' },
          { field: 'price', money: null },
        ]),
      ),
    ).toEqual(['GIVEN_OTHERWISE values.it.number', 'REQUIRED values.price']);
  });
  it.each(['constructor', '__proto__', 'toString', 'IT'])('has no field that is called %s', (field) => {
    expect(told(take([{ field, text: 'x' }], { partly: true }))).toEqual([`UNKNOWN_FIELD values.${field}`]);
  });
  it('has each field once', () => {
    expect(
      told(
        take(
          [
            { field: 'it', text: 'a' },
            { field: 'it', text: 'b' },
          ],
          { partly: true },
        ),
      ),
    ).toEqual(['TWICE values.it']);
  });
  it('keeps others from fields that are not theirs, and does not miss them', () => {
    const mayWrite = ({ id }: FieldDefinition): boolean => id === 'f1';
    expect(
      told(
        take(
          [
            { field: 'it', text: 'a' },
            { field: 'price', money: null },
          ],
          { mayWrite },
        ),
      ),
    ).toEqual(['NOT_YOURS values.price']);
    expect(told(take([{ field: 'it', text: 'a' }], { mayWrite }))).toEqual([]);
  });
  it('names the employees and files that it refers to, with their places', () => {
    const fields = [fieldOf('EMPLOYEE'), fieldOf('FILE', { id: 'f2', name: 'plans' })];
    const lines = fieldOf('LINES', {
      id: 'f3',
      name: 'who',
      columns: [fieldOf('EMPLOYEE', { name: 'by' }), fieldOf('TEXT', { id: 'c2', name: 'note' })],
    });
    const given = [
      { field: 'it', employeeId: 'e1' },
      { field: 'plans', uploadIds: ['u1', 'u2'] },
      {
        field: 'who',
        lines: [
          {
            values: [
              { field: 'by', employeeId: 'e2' },
              { field: 'note', text: ID },
            ],
          },
        ],
      },
    ];
    const { employees, files } = builtInKinds.take([...fields, lines], given, { country: 'CN', path: ['values'] });
    const shown = (of: typeof files) => of.map(({ id, path }) => `${id} ${path.join('.')}`);
    expect(shown(employees)).toEqual(['e1 values.it.employeeId', 'e2 values.who.lines']);
    expect(shown(files)).toEqual(['u1 values.plans.uploadIds', 'u2 values.plans.uploadIds']);
  });
});
