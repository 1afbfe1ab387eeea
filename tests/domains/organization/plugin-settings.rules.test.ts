import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { effective, faultsOf, merged } from '../../../src/domains/organization/plugin-settings.rules.ts';

describe('settings that are given over those that are stored', () => {
  it.each([
    [{}, {}, {}],
    [{ a: 1 }, {}, { a: 1 }],
    [{ a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
    [{ a: 1, b: 2 }, { a: null }, { b: 2 }],
    [{}, { a: null }, {}],
    [{ a: { x: 1, y: 2 } }, { a: { x: 3 } }, { a: { x: 3 } }],
    [{ a: 1 }, { a: false }, { a: false }],
  ])('%j and %j make %j', (stored, given, made) => {
    expect(merged(stored, given)).toEqual(made);
  });
});

describe('settings', () => {
  const schema = z.strictObject({ count: z.int().max(9).default(1), inner: z.strictObject({ on: z.boolean() }).optional() });
  it.each([
    [{}, []],
    [{ count: 9, inner: { on: true } }, []],
    [{ count: 10 }, ['count TOO_BIG']],
    [{ count: '1' }, ['count INVALID_TYPE']],
    [{ cuont: 1 }, ['cuont UNKNOWN_SETTING']],
    [{ inner: { on: true, off: true } }, ['inner.off UNKNOWN_SETTING']],
    [{ inner: {} }, ['inner.on INVALID_TYPE']],
  ])('%j have the faults %j', (settings, faults) => {
    const found = faultsOf(schema, settings);
    expect(found.map(({ path, code }) => `${path.slice(2).join('.')} ${code}`)).toEqual(faults);
    for (const { path, message } of found)
      expect([path.slice(0, 2), message]).toEqual([
        ['input', 'settings'],
        { en: expect.stringMatching(/./), 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) },
      ]);
  });
  it.each([
    [{}, { count: 1 }],
    [{ count: 2 }, { count: 2 }],
    [{ count: 'kept from an older version' }, { count: 'kept from an older version' }],
  ])('%j hold as %j', (stored, held) => {
    expect(effective(schema, stored)).toEqual(held);
  });
});
