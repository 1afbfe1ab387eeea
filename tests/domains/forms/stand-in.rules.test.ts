import { describe, expect, it } from 'vitest';
import { closesCycle, type Naming, overlaps, standInOf } from '../../../src/domains/forms/stand-ins/stand-in.rules.ts';

/** `a>b 1-5 xy`: b stands in for a from the first to the fifth, for the templates x and y. */
function naming(text: string): Naming {
  const [who, days, templates = ''] = text.split(' ');
  const [employeeId, standInId] = who!.split('>');
  const [from, until] = days!.split('-').map((day) => new Date(Date.UTC(2026, 5, Number(day))));
  return { employeeId: employeeId!, standInId: standInId!, from: from!, until: until!, templateIds: [...templates] };
}

describe('a turn never comes back to whoever it was for (spec 6.10)', () => {
  it.each([
    [['b>a 1-5'], 'a>b 1-5', true],
    [['b>a 1-5'], 'a>b 4-9', true],
    [['b>a 1-5'], 'a>b 5-9', false],
    [['b>c 1-5', 'c>a 1-5'], 'a>b 2-3', true],
    [['b>c 1-3', 'c>a 3-5'], 'a>b 1-5', false],
    [['b>c 1-4', 'c>a 3-5'], 'a>b 1-3', false],
    [['b>c 1-4', 'c>a 3-5'], 'a>b 1-5', true],
    [['b>a 1-5 x'], 'a>b 1-5 y', false],
    [['b>a 1-5 xy'], 'a>b 1-5 yz', true],
    [['b>a 1-5 x'], 'a>b 1-5', true],
    [['b>c 1-5 x', 'c>a 1-5 y'], 'a>b 1-5', false],
    [['b>c 1-5 x', 'b>d 1-5 y', 'd>a 1-5'], 'a>b 1-5', true],
    [['b>c 1-5', 'c>d 1-5'], 'a>b 1-5', false],
    [['c>b 1-5', 'b>d 1-5'], 'a>b 1-5', false],
    [[], 'a>b 1-5', false],
  ])('%j, then %s: closes %s', (known, added, closes) => {
    expect(closesCycle(known.map(naming), naming(added))).toBe(closes ? 'CYCLE' : undefined);
  });
  it('looks where the turn goes: whoever is named for the template goes before whoever is named for all', () => {
    const known = ['z>a 1-9', 'z>b 1-9 t'].map(naming);
    expect(closesCycle(known, naming('a>z 1-9 t'))).toBeUndefined();
    expect(closesCycle(known, naming('a>z 1-9 u'))).toBe('CYCLE');
    expect(closesCycle(['z>a 1-9', 'z>b 3-5 t'].map(naming), naming('a>z 2-6 t'))).toBe('CYCLE');
    expect(closesCycle(known, naming('a>z 1-9'))).toBe('CYCLE');
  });
  it('ends soon, however many ways lead through the namings', () => {
    const known = Array.from({ length: 200 }, (_, i) => [
      `z${i}>x${i} 1-9`,
      `z${i}>y${i} 1-9 t`,
      `x${i}>z${i + 1} 1-9`,
      `y${i}>z${i + 1} 1-9`,
    ]);
    expect(closesCycle(known.slice(0, 9).flat().map(naming), naming('new>z0 1-9'))).toBeUndefined();
    expect(closesCycle(known.flat().map(naming), naming('new>z0 1-9'))).toBe('TOO_LONG');
    const days = Array.from({ length: 9 }, (_, i) => `m>p${i} ${i + 1}-${i + 2}`);
    expect(closesCycle([...days, ...days.map((_, i) => `p${i}>m2 1-20`), 'm2>a 4-5'].map(naming), naming('a>m 1-20'))).toBe('CYCLE');
  });
});

describe('who is named twice (spec 6.10)', () => {
  it.each([
    ['a>b 1-5', 'a>c 4-9', true],
    ['a>b 1-5', 'a>c 5-9', false],
    ['a>b 1-5', 'd>c 1-5', false],
    ['a>b 1-5', 'a>c 1-5 x', false],
    ['a>b 1-5 x', 'a>c 1-5 y', false],
    ['a>b 1-5 xy', 'a>c 1-5 y', true],
    ['a>b 1-5 x', 'a>c 1-5', false],
  ])('%s beside %s: %s', (known, added, twice) => {
    expect(overlaps([naming(known)], naming(added))).toBe(twice);
  });
});

describe('who has a turn in the end (spec 6.10)', () => {
  it.each([
    [[], undefined],
    [['a>b 1-5'], 'b'],
    [['a>b 1-5', 'b>c 1-5'], 'c'],
    [['a>b 1-5', 'b>c 1-5 y'], 'b'],
    [['a>b 1-5', 'a>c 1-5 x'], 'c'],
    [['a>c 1-5 y', 'a>b 1-5'], 'b'],
    [['a>b 1-5 y'], undefined],
    [['c>a 1-5'], undefined],
    [['a>b 1-5', 'b>a 1-5'], 'b'],
  ])('%j: %s', (live, expected) => {
    expect(standInOf(live.map(naming), 'a', 'x')).toBe(expected);
  });
});
