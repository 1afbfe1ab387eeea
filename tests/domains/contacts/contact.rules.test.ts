import { describe, expect, it } from 'vitest';
import { crowdedGroups, edited, isEmail, isRestorable, quotaOf, retryAfter } from '../../../src/domains/contacts/contact.rules.ts';

const DAY = 86_400_000;
const at = (milliseconds: number): Date => new Date(Date.UTC(2026, 5, 1) + milliseconds);

describe('the quota of a certification (spec 3.5)', () => {
  it.each([
    ['TEAM', 2_000],
    ['BASIC', 2_000],
    ['INTERMEDIATE', 10_000],
    ['ADVANCED', 20_000],
  ] as const)('%s: %i', (certification, quota) => expect(quotaOf(certification)).toBe(quota));
});

describe('whether a deleted contact can be restored (spec 3.8)', () => {
  it.each([
    [0, true],
    [30 * DAY - 1, true],
    [30 * DAY, false],
    [31 * DAY, false],
  ])('%i milliseconds after it was deleted: %s', (later, may) => expect(isRestorable(at(0), at(later))).toBe(may));
});

describe('seconds until the next answer about a phone (spec 3.4)', () => {
  it.each([
    [0, 86_400],
    [DAY - 1_000, 1],
    [DAY - 1, 1],
    [DAY, 1],
    [DAY - 1_001, 2],
  ])('%i milliseconds after the oldest that counts: %i', (later, seconds) => expect(retryAfter(at(0), at(later))).toBe(seconds));
});

describe('an email address', () => {
  it.each(['zhu@example.com', 'zhu.ming+a@mail.example.co', 'z@b.cn', '朱@例子.中国'])('is %s', (text) => expect(isEmail(text)).toBe(true));
  it.each([
    'zhu',
    'zhu@',
    '@example.com',
    'zhu@example',
    'zhu@example..com',
    'zhu@.com',
    'zhu ming@example.com',
    'a@b@c.com',
    'a,b@c.com',
    '<z@b.cn>',
  ])('is not %s', (text) => expect(isEmail(text)).toBe(false));
});

describe('groups of which several tags are named (spec 3.9)', () => {
  it.each([
    [[], []],
    [['a'], []],
    [['a', 'b', 'c'], []],
    [['a', 'b', 'a'], ['a']],
    [
      ['a', 'b', 'a', 'b', 'c', 'a'],
      ['a', 'b'],
    ],
  ])('of %j: %j', (groups, crowded) => expect(crowdedGroups(groups.map((group_id) => ({ group_id })))).toEqual(crowded));
});

describe('what an edit makes of a field (spec 3.7)', () => {
  it.each([
    [undefined, 'before', 'before'],
    [undefined, null, null],
    ['', 'before', null],
    ['', null, null],
    ['after', 'before', 'after'],
    ['after', null, 'after'],
  ])('%j over %j: %j', (given, now, then) => expect(edited(given, now)).toBe(then));
});
