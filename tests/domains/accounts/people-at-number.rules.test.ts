import { expect, it } from 'vitest';
import { type Leaver, leaving, type SeatThere } from '../../../src/domains/accounts/people-at-number.rules.ts';

// Seats by letters: of the first (f, g), of somebody who came (a, b), of another who came (c), of nobody (u), of the first by what it was given since
// the session proved it (s). A capital has ended.
const OWNERS: Readonly<Record<string, string | null>> = { f: null, g: null, a: 'A', b: 'A', c: 'C', u: null, s: null };
const seat = (letter: string): SeatThere => {
  const name = letter.toLowerCase();
  const isUnclaimed = name === 'u';
  return {
    organizationId: 'o',
    seatId: letter,
    kind: 'CONTACT',
    person: OWNERS[name]!,
    isUnclaimed,
    isLive: letter === name,
    isReached: name !== 's',
  };
};
const seats = (letters: string): SeatThere[] => [...letters].map(seat);
const letters = (all: readonly { seatId: string }[]): string => all.map(({ seatId }) => seatId).join('');
const outcome = (there: string, leaver: Partial<Leaver>, named: string | undefined) => {
  const found = leaving(seats(there), { came: null, last: null, seatId: null, ...leaver }, named === undefined ? undefined : seats(named));
  if ('unclaimed' in found) return `name: ${[found.going, found.unclaimed, found.others].map(letters).join(' | ')}`;
  return [letters(found.going), letters(found.staying), found.mover, found.isEmptied];
};

it.each([
  ['whoever is alone, with all, and what has ended', 'fgF', {}, undefined, ['fgF', '', null, true]],
  ['whoever came and is alone by now', 'abA', { came: 'A', last: 'A' }, undefined, ['abA', '', 'A', true]],
  ['the same, signed in with the number', 'ab', { last: 'A' }, undefined, ['ab', '', 'A', true]],
  ['whoever is alone beside what of nobody’s has ended', 'fU', {}, undefined, ['f', '', null, false]],
  ['whoever is alone, with some', 'fgF', {}, 'f', ['f', 'g', null, false]],
  ['whoever is alone, with nothing', 'fF', {}, '', ['', 'f', null, false]],
  ['one of two, unnamed', 'fab', { came: 'A', last: 'A' }, undefined, 'name: ab |  | f'],
  ['the other, unnamed, who acts as theirs', 'fab', { last: 'A', seatId: 'f' }, undefined, 'name: f |  | ab'],
  ['one of two, who signed in and acts as none', 'fa', { last: 'A' }, undefined, 'name:  |  | fa'],
  ['one alone beside what nobody has claimed', 'fu', { seatId: 'f' }, undefined, 'name: f | u | '],
  ['whoever acts as what nobody has claimed', 'fu', { seatId: 'u' }, undefined, 'name:  | u | f'],
  ['whoever came without a seat, where another is', 'f', { came: 'A', last: 'A' }, undefined, 'name:  |  | f'],
  ['another beside whoever came without a seat', 'f', { last: 'A', seatId: 'f' }, undefined, 'name: f |  | '],
  ['one of two, who ended there', 'fA', { seatId: 'f', last: 'A' }, undefined, 'name: f |  | '],
  ['whoever came, beside what of another has ended', 'aAF', { came: 'A', last: 'A' }, undefined, ['aA', '', 'A', false]],
  ['whoever came without a seat', 'F', { came: 'A', last: 'A' }, undefined, ['', '', 'A', false]],
  ['one of two by name, and what of theirs has ended', 'fabAF', { came: 'A', last: 'A' }, 'ab', ['abA', 'f', 'A', false]],
  ['one of two by name, with some', 'fabA', { came: 'A', last: 'A' }, 'b', ['b', 'fa', 'A', false]],
  ['one of two by name, and what nobody has claimed', 'fauU', { came: 'A', last: 'A' }, 'au', ['au', 'f', 'A', false]],
  ['one of two, with what nobody has claimed alone', 'fau', { came: 'A', last: 'A' }, 'u', ['u', 'fa', 'A', false]],
  ['anybody, with what nobody has claimed alone', 'fau', { last: 'A', seatId: 'f' }, 'u', ['u', 'fa', undefined, false]],
  ['anybody, by what they name', 'fac', { last: 'C', seatId: 'f' }, 'a', ['a', 'fc', 'A', false]],
  ['whoever was given something since, unnamed', 'fgs', { seatId: 'f' }, undefined, 'name: fg |  | '],
  ['whoever was given something since that has ended, unnamed', 'fS', { seatId: 'f' }, undefined, 'name: f |  | '],
  ['whoever was given something since, and came', 'fas', { came: 'A', last: 'A' }, undefined, 'name: a |  | f'],
  ['whoever was given all since', 's', {}, undefined, 'name:  |  | '],
  ['whoever was given something since, by name, and what of theirs had ended', 'fFsS', { seatId: 'f' }, 'f', ['fF', '', null, false]],
  ['never anybody with what was given since', 'fs', { seatId: 'f' }, 'fs', ['f', '', null, false]],
  ['never whoever came, with another’s', 'fac', { came: 'A', last: 'C' }, 'c', 'name: a |  | fc'],
  ['never whoever came, with the first one’s', 'fa', { came: 'A', last: 'A' }, 'f', 'name: a |  | f'],
  ['never anybody with those of two', 'fac', { last: 'C', seatId: 'f' }, 'fa', 'name: f |  | ac'],
] as const)('goes on: %s (spec 3.7)', (_, there, leaver, named, expected) => {
  expect(outcome(there, leaver, named)).toEqual(expected);
});
