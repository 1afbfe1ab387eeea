import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/platform/write/idempotency.ts';

const DAY = '2026-06-01T00:00:00.000Z';

describe('the hash of an input is the same', () => {
  it.each<[string, unknown, unknown]>([
    ['whatever the order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['at any depth', { a: { x: [{ p: 1, q: 2 }], y: 2 } }, { a: { y: 2, x: [{ q: 2, p: 1 }] } }],
    ['for a moment that was read or is text', { at: new Date(DAY) }, { at: DAY }],
    ['for one number, however it is written', { n: 1.0 }, { n: 1 }],
  ])('%s', (_, one, same) => expect(hashOf(one)).toBe(hashOf(same)));
});

describe('the hash of an input is another', () => {
  it.each<[string, unknown, unknown]>([
    ['for another value', { a: 1 }, { a: 2 }],
    ['for a number and its text', { a: 1 }, { a: '1' }],
    ['for another order in a list', { a: [1, 2] }, { a: [2, 1] }],
    ['for a list in a list', { a: [1, 2] }, { a: [[1], 2] }],
    ['for a list and its only item', { a: [1] }, { a: 1 }],
    ['for nothing and an empty list', { a: null }, { a: [] }],
    ['for an empty object and an empty list', { a: {} }, { a: [] }],
    ['for a name that holds what stands between fields', { 'a":1,"b': 2 }, { a: 1, b: 2 }],
    ['for a text that looks like an object', { a: '{"b":1}' }, { a: { b: 1 } }],
    ['for true and its text', { a: true }, { a: 'true' }],
    ['for another name', { a: 1 }, { b: 1 }],
  ])('%s', (_, one, other) => expect(hashOf(one)).not.toBe(hashOf(other)));
});
