import { describe, expect, it } from 'vitest';
import { type GivenOption, keptOptions } from '../../../src/domains/fields/index.ts';

const BEFORE = [
  { id: 'n', label: 'North' },
  { id: 's', label: 'South' },
  { id: 'nd', label: 'Depot', parentId: 'n' },
  { id: 'sd', label: 'Depot', parentId: 's' },
  { id: 'ndy', label: 'Yard', parentId: 'nd' },
];
const kept = (...given: GivenOption[]): string[] => {
  let made = 0;
  return keptOptions(given, BEFORE, () => `new${++made}`).map(({ id, label, parentId }) => `${parentId ?? '-'} > ${id} ${label}`);
};

describe('ids of choices that are sent without (spec 6.1)', () => {
  const cases: [string, GivenOption[], string[]][] = [
    ['of one level, by what they say', [{ label: 'South' }, { label: 'West' }], ['- > s South', '- > new1 West']],
    [
      'of a cascade, whatever the level and the order',
      [{ label: 'Yard', parent: 'Depot' }, { label: 'Depot', parent: 'North' }, { label: 'North' }],
      ['nd > ndy Yard', 'n > nd Depot', '- > n North'],
    ],
    [
      'of two that say the same beneath others',
      [{ label: 'North' }, { label: 'South' }, { label: 'Depot', parent: 'South' }, { label: 'Depot', parent: 'North' }],
      ['- > n North', '- > s South', 's > sd Depot', 'n > nd Depot'],
    ],
    [
      'beneath one that has a new name and its id',
      [
        { id: 'n', label: 'Nord' },
        { label: 'Depot', parent: 'Nord' },
      ],
      ['- > n Nord', 'n > nd Depot'],
    ],
    [
      'beneath one that is named by its id and sent without',
      [{ label: 'North' }, { label: 'Depot', parent: 'n' }],
      ['- > n North', 'n > nd Depot'],
    ],
    ['moved elsewhere: another choice', [{ label: 'South' }, { label: 'Yard', parent: 'South' }], ['- > s South', 's > new1 Yard']],
    ['whose id another was given', [{ id: 'n', label: 'Nord' }, { label: 'North' }], ['- > n Nord', '- > new1 North']],
    ['twice the same: once', [{ label: 'North' }, { label: 'North' }], ['- > n North', '- > new1 North']],
    ['beneath nothing that is there', [{ label: 'Yard', parent: 'East' }], ['East > new1 Yard']],
    [
      'in a circle',
      [
        { label: 'A', parent: 'B' },
        { label: 'B', parent: 'A' },
      ],
      ['B > new1 A', 'A > new2 B'],
    ],
  ];
  it.each(cases)('%s', (_, given, expected) => expect(kept(...given)).toEqual(expected));
});
