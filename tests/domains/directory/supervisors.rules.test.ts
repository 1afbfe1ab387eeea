import { describe, expect, it } from 'vitest';
import { beyondMostSupervisors, MOST_SUPERVISORS } from '../../../src/domains/directory/supervisors.rules.ts';

interface Change {
  readonly row: number;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}
const change = (row: number, before: string, after: string): Change => ({
  row,
  before: new Set(before.split(' ').filter(Boolean)),
  after: new Set(after.split(' ').filter(Boolean)),
});
const full = (...ids: string[]): Map<string, number> => new Map(ids.map((id) => [id, MOST_SUPERVISORS]));

describe('changes that leave a department with too many supervisors (spec 10.1)', () => {
  it.each<[string, Map<string, number>, Change[], [number, string][]]>([
    ['none where there is room', new Map(), [change(1, '', 'a')], []],
    ['whoever comes to a full one', full('a'), [change(1, '', 'a')], [[1, 'a']]],
    ['nobody where as many leave', full('a'), [change(1, 'a', ''), change(2, '', 'a')], []],
    ['nobody who stays', full('a'), [change(1, 'a', 'a b')], []],
    [
      'the last ones',
      new Map([['a', MOST_SUPERVISORS - 1]]),
      [1, 2, 3].map((row) => change(row, '', 'a')),
      [
        [3, 'a'],
        [2, 'a'],
      ],
    ],
    [
      'who comes in place of one who does not leave after all',
      full('a', 'b'),
      [change(1, 'a', 'b'), change(2, '', 'a')],
      [
        [1, 'b'],
        [2, 'a'],
      ],
    ],
    ['one who comes to two, once', full('a', 'b'), [change(1, '', 'a b')], [[1, 'b']]],
    [
      'nobody else where one of two has made room',
      new Map([
        ['a', MOST_SUPERVISORS - 1],
        ['b', MOST_SUPERVISORS],
      ]),
      [change(1, '', 'a'), change(2, '', 'a b')],
      [[2, 'b']],
    ],
  ])('are those of %s', (_, now, changes, beyond) => {
    expect([...beyondMostSupervisors(now, changes)].map(([{ row }, id]) => [row, id])).toEqual(beyond);
  });

  it('are found by looking at each a few times, however many there are', () => {
    let looks = 0;
    class Watched extends Set<string> {
      override [Symbol.iterator](): SetIterator<string> {
        looks += 1;
        return super[Symbol.iterator]();
      }
    }
    const changes = Array.from({ length: 10_000 }, () => ({ before: new Watched(['b']), after: new Watched(['a']) }));
    expect(beyondMostSupervisors(new Map([['b', 10_000]]), changes).size).toBe(10_000 - MOST_SUPERVISORS);
    expect(looks).toBeLessThan(5 * changes.length);
  });
});
