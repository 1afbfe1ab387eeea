import { describe, expect, it } from 'vitest';
import { StatementNames } from '../../../src/platform/database/statement-names.ts';

describe('the name of a statement', () => {
  it('is given on second sight, and is one for one text', () => {
    const names = new StatementNames(10);
    const [first, second, third] = ['select 1', 'select 1', 'select 1'].map((text) => names.nameOf(text));
    expect(first).toBeUndefined();
    expect(second).toMatch(/^\w[\w-]+$/);
    expect(third).toBe(second);
    names.nameOf('select 2');
    expect(names.nameOf('select 2')).not.toBe(second);
  });
  it('fits into PostgreSQL, which cuts longer ones in silence', () => {
    const names = new StatementNames(1);
    names.nameOf('select 1');
    expect(names.nameOf('select 1')!.length).toBeLessThan(64);
  });
  it('is given to a few; the others are sent without one', () => {
    const names = new StatementNames(2);
    const texts = ['a', 'b', 'c'];
    for (const text of texts) names.nameOf(text);
    const given = texts.map((text) => names.nameOf(text));
    expect(given.map((name) => typeof name)).toEqual(['string', 'string', 'undefined']);
    expect(texts.map((text) => names.nameOf(text))).toEqual(given);
  });
  it('is not given to one that is very long', () => {
    const names = new StatementNames(10);
    const text = `select ${'1 + '.repeat(20_000)} 1`;
    expect([names.nameOf(text), names.nameOf(text), names.nameOf(text)]).toEqual([undefined, undefined, undefined]);
  });
  it('is given late where thousands of others came between', () => {
    const names = new StatementNames(10);
    names.nameOf('select 1');
    for (let i = 0; i < 3_000; i++) names.nameOf(`select ${i} as other`);
    expect(names.nameOf('select 1')).toBeUndefined();
    expect(names.nameOf('select 1')).toEqual(expect.any(String));
  });
});
