import { describe, expect, it } from 'vitest';
import { hasSomethingToSee, takeText } from '../../../src/platform/text/text-taken.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const KISS = '👩🏻‍❤️‍💋‍👨🏽';

describe('characters are counted as people count them', () => {
  it.each([
    ['letters', 'a'],
    ['Chinese', '王'],
    ['signs of two code units', '👍'],
    ['a family', FAMILY],
    ['two of one kiss', KISS],
    ['a flag', '🇨🇳'],
    ['a letter with its marks', 'ệ'],
    ['a syllable of Hindi', 'क्षि'],
    ['a syllable of Korean in its parts', '\u1112\u1161\u11ab'],
  ])('%s', (_, character) => {
    const written = character.normalize('NFC');
    expect(takeText(character.repeat(50), 50)).toEqual({ text: written.repeat(50) });
    expect(takeText(character.repeat(51), 50)).toEqual({ fault: 'TOO_LONG' });
  });
});

describe('a text', () => {
  it.each<[string, string, number, object]>([
    ['is trimmed before it is counted', `  ${'a'.repeat(5)} \n`, 5, { text: 'aaaaa' }],
    ['has one form', 'Jose\u0301', 4, { text: 'José' }],
    ['may be empty', '', 5, { text: '' }],
    ['is not measured further where it is far too long', `a${'\u0301\u0327'.repeat(60_000)}`, 100, { fault: 'TOO_LONG' }],
    ['has 16 code units a character at the most', FAMILY.repeat(2), 1, { fault: 'TOO_LONG' }],
    ['has letters of at most 31 marks', `a${'\u0301'.repeat(31)}`, 100, { text: `á${'\u0301'.repeat(30)}` }],
    ['has no letters of more', `a${'\u0301'.repeat(32)}`, 100, { fault: 'UNREADABLE' }],
    ['nor begins with more', '\u0301'.repeat(33), 100, { fault: 'UNREADABLE' }],
    ['holds no character zero', 'a\0', 5, { fault: 'UNREADABLE' }],
    ['nor half a character', '\ud83d', 5, { fault: 'UNREADABLE' }],
  ])('%s', (_, given, most, expected) => expect(takeText(given, most)).toEqual(expected));
});

describe('something to see', () => {
  it.each(['a', '王', '7', '!', '€', '👍', FAMILY, '❤️', '\u200ba', '\u3164王', '\u202ea'])('has %j', (text) =>
    expect(hasSomethingToSee(text)).toBe(true),
  );
  it.each([
    '',
    ' ',
    '\u00a0\u3000\u2003',
    '\u200b',
    '\u200b\u200d\u2060\ufeff',
    '\u2800',
    '\u3164',
    '\uffa0\u115f\u1160',
    '\u00ad',
    '\u0301',
    '\u202d\u202c',
    '\ufe0f',
    '\t\n\u0001',
    '\u{e0041}',
    '\u{1d159}',
  ])('has not %j', (text) => expect(hasSomethingToSee(text)).toBe(false));
});
