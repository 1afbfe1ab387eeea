import { describe, expect, it } from 'vitest';
import { MOST_ALONE, MOST_AT_ONCE, placed } from '../../../src/domains/notifications/gathering.rules.ts';

const some = (count: number) => Array.from({ length: count }, (_, i) => i);
const NONE = undefined;

describe('what comes to a seat of one kind (spec 9.3)', () => {
  it.each([
    ['a few', some(MOST_AT_ONCE), { alone: 0, gathered: NONE }, { alone: MOST_AT_ONCE, together: 0, into: NONE }],
    ['more than a few at once', some(MOST_AT_ONCE + 1), { alone: 0, gathered: NONE }, { alone: 0, together: MOST_AT_ONCE + 1, into: NONE }],
    ['10,000 at once', some(10_000), { alone: 0, gathered: NONE }, { alone: 0, together: 10_000, into: NONE }],
    ['the last that is told alone', some(1), { alone: MOST_ALONE - 1, gathered: NONE }, { alone: 1, together: 0, into: NONE }],
    ['one after many', some(1), { alone: MOST_ALONE, gathered: NONE }, { alone: 0, together: 1, into: NONE }],
    ['one while a burst is unread', some(1), { alone: 3, gathered: 'burst' }, { alone: 0, together: 1, into: 'burst' }],
    ['nothing', [], { alone: MOST_ALONE, gathered: NONE }, { alone: 0, together: 0, into: NONE }],
  ])('%s', (_, arrived, recent, expected) => {
    const { alone, together, into } = placed(arrived, recent);
    expect({ alone: alone.length, together: together.length, into }).toEqual(expected);
    expect([...alone, ...together]).toEqual(arrived);
  });
});
