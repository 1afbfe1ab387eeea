import { describe, expect, it } from 'vitest';
import type { FormNow, Task } from '../../../../src/domains/forms/engine/flow.types.ts';
import { passTo } from '../../../../src/domains/forms/engine/passing.ts';
import { task } from './flow.fixture.ts';

const at = (...tasks: Task[]): FormNow => ({ state: 'IN_REVIEW', customerState: 'IN_PROGRESS', isPaused: false, tasks });
const passed = (...tasks: Task[]) => passTo(at(...tasks), tasks[0]!, { holder: 't', for: 'a' });
const GIVEN = { do: 'GIVE', task: '1', kind: 'APPROVAL', state: 'OPEN', holder: 't', for: 'a' };
const [ENDED, OWN_ENDED] = [
  { do: 'CLOSE', task: '1', decision: 'CANCELLED' },
  { do: 'CLOSE', task: '2', decision: 'CANCELLED' },
];
const STOOD = { do: 'STAND', task: '2', for: null, alsoFor: ['a'] };

describe('a turn goes to somebody else (spec 6.10)', () => {
  it.each([
    ['who has none', [task('1', 'a'), task('2', 'b', { slot: 1 })], [GIVEN]],
    ['who has one at the same place: theirs is for both', [task('1', 'a'), task('2', 't')], [ENDED, STOOD]],
    ['who has one at a place of their own: theirs is for both', [task('1', 'a'), task('2', 't', { slot: 1 })], [ENDED, STOOD]],
    ['and others are at its place: they decide there', [task('1', 'a'), task('2', 't', { slot: 1 }), task('3', 'c')], [ENDED]],
    [
      'and others are at the place of theirs: they decide there, and it is given',
      [task('1', 'a'), task('2', 't', { slot: 1 }), task('3', 'c', { slot: 1 })],
      [OWN_ENDED, GIVEN],
    ],
    [
      'and whoever waited behind it waits behind theirs',
      [task('1', 'a'), task('2', 't', { slot: 1 }), task('3', 'd', { slot: 2, state: 'WAITING', linked: '1' })],
      [ENDED, { do: 'LINK', task: '3', to: '2' }, STOOD],
    ],
    [
      'whose turn is to come behind it: the front one is for both, and whoever waited behind the other waits behind it',
      [
        task('1', 'a'),
        task('2', 't', { slot: 1, state: 'WAITING', linked: '1' }),
        task('3', 'd', { slot: 2, state: 'WAITING', linked: '2' }),
      ],
      [OWN_ENDED, { do: 'LINK', task: '3', to: '1' }, { ...GIVEN, for: null, alsoFor: ['a'] }],
    ],
    [
      'who has one, where it waits for somebody: the one that waits is for both',
      [task('1', 'a', { state: 'WAITING', linked: '3' }), task('2', 't', { slot: 1 }), task('3', 'c', { slot: 2 })],
      [OWN_ENDED, { ...GIVEN, state: 'WAITING', for: null, alsoFor: ['a'] }],
    ],
    [
      'who comes before it: theirs is for both, and whoever is between is asked',
      [
        task('1', 'a', { state: 'WAITING', linked: '3' }),
        task('2', 't', { slot: 1 }),
        task('3', 'c', { slot: 2, state: 'WAITING', linked: '2' }),
      ],
      [ENDED, STOOD],
    ],
    [
      'who waits as well',
      [
        task('1', 'a', { state: 'WAITING', linked: '3' }),
        task('2', 't', { slot: 1, state: 'WAITING', linked: '3' }),
        task('3', 'c', { slot: 2 }),
      ],
      [ENDED, STOOD],
    ],
    ['who is asked for an opinion', [task('1', 'a'), task('2', 't', { kind: 'OPINION', linked: '1' })], [GIVEN]],
    ['who has a turn of another stop', [task('1', 'a', { stop: 's' }), task('2', 't', { slot: 1, stop: 'r' })], [GIVEN]],
    [
      'who stands in for another already',
      [task('1', 'a'), task('2', 't', { for: 'b', alsoFor: ['c'] })],
      [ENDED, { ...STOOD, for: 'b', alsoFor: ['c', 'a'] }],
    ],
  ])('%s', (_, tasks, changes) => {
    expect(passed(...tasks)).toEqual(changes);
  });
  it('for nobody, where its holder has left', () => {
    const tasks = [task('1', 'a'), task('2', 't')];
    expect(passTo(at(...tasks), tasks[0]!, { holder: 't', for: null, takenFrom: 'a' })).toEqual([ENDED]);
  });
});
