import { describe, expect, it } from 'vitest';
import type { AddedAt, Facts, Stop } from '../../../../src/domains/forms/engine/flow.types.ts';
import { openStop } from '../../../../src/domains/forms/engine/stops.ts';
import { applied, BEGINNING, person } from './flow.fixture.ts';

// Who was added is asked again where they were added (spec 6.2).

type At = readonly [who: string, when: AddedAt['when'], slot: number];
const FACTS: Facts = { actor: { id: 'server', is: 'SERVER' } };
const stop = (slots: readonly string[], added: readonly At[]): Stop => ({
  key: 's',
  slots: slots.map((id) => [person(id)]),
  added: added.map(([id, when, slot]) => ({ people: [person(id)], to: { slot, when } })),
});
/** `WHO` at once, `WHO after WHOM` otherwise. */
function asked(of: Stop, first?: string): string[] {
  const { tasks } = applied(BEGINNING, openStop(of, FACTS, first === undefined ? undefined : { who: person(first), slot: 0 }));
  const holderOf = (id: string): string => tasks.find((one) => one.id === id)!.holder!;
  return tasks.map(({ holder, state, linked }) => (state === 'OPEN' ? holder! : `${holder} after ${holderOf(linked!)}`));
}
const BEFORE_AND_AFTER: readonly At[] = [
  ['b', 'BEFORE', 0],
  ['c', 'AFTER', 0],
];

describe('whoever was added to a turn is asked again', () => {
  it.each<[string, Stop, string | undefined, string[]]>([
    ['before it, and behind it', stop(['a'], BEFORE_AND_AFTER), undefined, ['b', 'a after b', 'c after a']],
    [
      'in the order in which they came: the first before, the last behind',
      stop(
        ['a'],
        [
          ['b', 'BEFORE', 0],
          ['c', 'BEFORE', 0],
          ['d', 'AFTER', 0],
          ['e', 'AFTER', 0],
        ],
      ),
      undefined,
      ['b', 'c after b', 'a after c', 'e after a', 'd after e'],
    ],
    [
      'before and behind whoever was added themself',
      stop(
        ['a'],
        [
          ['b', 'BEFORE', 0],
          ['c', 'BEFORE', 1000],
          ['d', 'AFTER', 1000],
        ],
      ),
      undefined,
      ['c', 'b after c', 'd after b', 'a after d'],
    ],
    ['beside the others of the step', stop(['a', 'x'], [['b', 'BEFORE', 1]]), undefined, ['a', 'b', 'x after b']],
    ['behind whom it is returned to', stop(['a'], BEFORE_AND_AFTER), 'a', ['a', 'b after a', 'c after b']],
    ['behind whom it is returned to, as the others are', stop(['a', 'x'], [['b', 'BEFORE', 1]]), 'a', ['a', 'b after a', 'x after b']],
    ['once, where they are asked anyway', stop(['a', 'b'], [['b', 'BEFORE', 0]]), undefined, ['a', 'b']],
  ])('%s', (_, of, first, expected) => expect(asked(of, first)).toEqual(expected));
  it('at once with the others, where it is not known to whose', () =>
    expect(asked({ ...stop(['a'], []), added: [{ people: [person('b')] }] })).toEqual(['a', 'b']));
});
