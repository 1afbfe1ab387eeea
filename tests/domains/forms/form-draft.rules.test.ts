import { describe, expect, it } from 'vitest';
import { stillFitting, withoutFiles } from '../../../src/domains/forms/form-draft.rules.ts';
import type { TemplateField } from '../../../src/domains/forms/template-body.ts';

const field = (id: string, kind: string, more: Partial<TemplateField> = {}): TemplateField => ({
  id,
  name: id,
  label: id.toUpperCase(),
  kind,
  required: false,
  readBy: 'EVERYBODY',
  writtenBy: 'SUBMITTER',
  ...more,
});
const OPTIONS = [
  { id: 'o1', label: 'Red' },
  { id: 'o2', label: 'Blue' },
];
const WISH = field('wish', 'TEXT');
const PIECES = field('pieces', 'NUMBER', { max: '100' });
const COLOUR = field('colour', 'CHOICE', { options: OPTIONS });
const LINES = field('lines', 'LINES', { columns: [field('size', 'NUMBER')] });

describe('values of one version of a template in another (spec 6.12)', () => {
  it.each<[what: string, now: readonly TemplateField[], lost: readonly [string, string][]]>([
    ['nothing has changed', [WISH, PIECES, COLOUR, LINES], []],
    [
      'fields have other labels, places and conditions',
      [
        LINES,
        field('colour', 'CHOICE', { options: OPTIONS, label: 'x', hint: 'y' }),
        { ...PIECES, required: true, section: 's' },
        { ...WISH, requireWhen: { field: 'pieces', op: 'FILLED' } },
      ],
      [],
    ],
    ['an option has another label', [WISH, PIECES, { ...COLOUR, options: [{ id: 'o1', label: 'Crimson' }, OPTIONS[1]!] }, LINES], []],
    ['a field is gone', [PIECES, COLOUR, LINES], [['wish', 'FIELD_GONE']]],
    ['a field is the staff’s by now', [{ ...WISH, writtenBy: { stepIds: ['s1'] } }, PIECES, COLOUR, LINES], [['wish', 'FIELD_GONE']]],
    ['a field is of another kind', [field('wish', 'PARAGRAPH'), PIECES, COLOUR, LINES], [['wish', 'FIELD_CHANGED']]],
    ['a bound has moved', [WISH, { ...PIECES, max: '50' }, COLOUR, LINES], [['pieces', 'FIELD_CHANGED']]],
    ['an option is gone', [WISH, PIECES, { ...COLOUR, options: [OPTIONS[0]!] }, LINES], [['colour', 'FIELD_CHANGED']]],
    [
      'a column of lines has another label, and must be filled in',
      [WISH, PIECES, COLOUR, { ...LINES, columns: [field('size', 'NUMBER', { label: 'x', required: true })] }],
      [],
    ],
    ['lines have another column', [WISH, PIECES, COLOUR, { ...LINES, columns: [field('size', 'TEXT')] }], [['lines', 'FIELD_CHANGED']]],
  ])('%s', (_, now, lost) => {
    const values = { wish: 'x', pieces: '90', colour: 'o2', lines: [] } as never;
    const found = stillFitting([WISH, PIECES, COLOUR, LINES], now, values);
    expect(found.lost.map(({ name, reason }) => [name, reason])).toEqual(lost);
    const gone = new Set(lost.map(([name]) => name));
    expect(Object.keys(found.values).sort()).toEqual(['colour', 'lines', 'pieces', 'wish'].filter((name) => !gone.has(name)));
  });
  it('says nothing of what was not filled in', () => {
    expect(stillFitting([WISH, PIECES], [], { wish: 'x' } as never).lost).toEqual([{ name: 'wish', label: 'WISH', reason: 'FIELD_GONE' }]);
  });
  it('leaves files out of a copy', () => {
    const fields = [WISH, field('plan', 'FILE'), field('face', 'IMAGE'), field('sign', 'SIGNATURE')];
    expect(withoutFiles(fields, { wish: 'x', plan: ['1'], face: ['2'], sign: ['3'] } as never)).toEqual({ wish: 'x' });
  });
});
