import { describe, expect, it } from 'vitest';
import { hadLast, type TurnBefore } from '../../../../src/domains/forms/engine/had-last.ts';

const turn = (holder: string | null, more: Partial<TurnBefore> = {}): TurnBefore => ({
  ...{ stop: 's', slot: 0, holder, for: null, takenFrom: null, isHandedOver: false },
  ...more,
});
const named = (...slots: string[][]) => ({ key: 's', step: null, slots: slots.map((people) => ({ by: [], people })) });
const asked = (stop: ReturnType<typeof named>, turns: readonly TurnBefore[], gone: readonly string[] = []): (readonly string[])[] =>
  hadLast(stop, turns, { isThere: (one) => !gone.includes(one), mayHave: () => true }).slots.map(({ people }) => people);

describe('whoever has a turn when a form comes to a stop once more (spec 6.2)', () => {
  it.each([
    ['as it was named', [['a']], [turn('a')], [], [['a']]],
    ['before it came there', [['a'], ['b', 'c']], [], [], [['a'], ['b', 'c']]],
    ['who had it handed over', [['a']], [turn('a', { isHandedOver: true }), turn('b', { takenFrom: 'a' })], [], [['b']]],
    ['to whom it was reassigned', [['a']], [turn('b', { takenFrom: 'a' })], [], [['b']]],
    [
      'the last of those whom it went by',
      [['a']],
      [turn('b', { takenFrom: 'a', isHandedOver: true }), turn('c', { takenFrom: 'b' })],
      [],
      [['c']],
    ],
    ['who got it back', [['a']], [turn('b', { takenFrom: 'a', isHandedOver: true }), turn('a', { takenFrom: 'b' })], [], [['a']]],
    ['in a later round', [['a']], [turn('b', { takenFrom: 'a' }), turn('c', { takenFrom: 'b' })], [], [['c']]],
    ['beside the others of the place', [['a', 'd']], [turn('b', { takenFrom: 'a' }), turn('d')], [], [['b', 'd']]],
    ['not those above who were asked too', [['a']], [turn('a'), turn('boss')], [], [['a']]],
    ['who claimed it, where nobody is named', [[]], [turn('admin')], [], [['admin']]],
    ['who claimed it, where whoever is named is gone', [['a']], [turn('admin')], ['a'], [['admin']]],
    ['nobody, where it was not claimed', [[]], [turn(null)], [], [[]]],
    ['whom the route names, where the other is gone', [['a']], [turn('b', { takenFrom: 'a' })], ['b'], [['a']]],
    ['not what was another place’s', [['a'], ['a']], [turn('b', { takenFrom: 'a', slot: 1 })], [], [['a'], ['b']]],
    ['not what was another stop’s', [['a']], [turn('b', { takenFrom: 'a', stop: 't' })], [], [['a']]],
    ['once, where both are named', [['a', 'b']], [turn('b', { takenFrom: 'a' })], [], [['b']]],
  ] as const)('%s', (_, slots, turns, gone, expected) => {
    expect(asked(named(...slots.map((people) => [...people])), turns, gone)).toEqual(expected);
  });
});
