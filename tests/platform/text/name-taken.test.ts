import { describe, expect, it } from 'vitest';
import { asSeen, takeName } from '../../../src/platform/text/name-taken.ts';

describe('a name as it is seen', () => {
  it.each([
    ['T7\u200b', 'T7'],
    ['\ufeffT7', 'T7'],
    ['T\u200d7', 'T7'],
    ['T7 \u2060', 'T7'],
    ['T7\ufe0f', 'T7'],
    ['T\u{e0067}\u{e0062}7', 'T7'],
    ['a\u202eb', 'ab'],
    ['\u2067a\u2069', 'a'],
    ['Sales\u00adman', 'Salesman'],
    ['a\u0001b', 'ab'],
    ['e\u034f\u0301', 'é'],
    ['می\u200c', 'می'],
    ['👩\u200d', '👩'],
    ['\u200b\u2060', ''],
    ['\u3164', ''],
    ['\u2800', ''],
    ['', ''],
  ])('%j is %j', (given, seen) => {
    expect(asSeen(given)).toBe(seen);
  });
  it.each(['王伟', 'José', 'می\u200cخواهم', '👨\u200d👩\u200d👧', '❤\ufe0f x', '葛\u{e0100}城', '🏴\u{e0067}\u{e0062}\u{e007f}', 'a\nb'])(
    '%j stays',
    (name) => {
      expect(asSeen(name)).toBe(name);
    },
  );
});

describe('a name that is taken in', () => {
  it.each([
    ['x'.repeat(11), { fault: 'TOO_LONG' }],
    ['a\0b', { fault: 'UNREADABLE' }],
    ['a\ud800', { fault: 'UNREADABLE' }],
    [`e${'\u0301'.repeat(60)}`, { fault: 'UNREADABLE' }],
    [' T7\u200b ', { text: 'T7' }],
    ['Li\nLei', { text: 'Li Lei' }],
    ['Li \r\n\t Lei', { text: 'Li Lei' }],
    ['Li\u2028Lei', { text: 'Li Lei' }],
    ['Li  Lei', { text: 'Li  Lei' }],
  ])('%j is %j', (given, taken) => {
    expect(takeName(given, 10)).toEqual(taken);
  });
});
