import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/platform/read/filters.ts';

const codeOf = (filter: unknown): unknown => {
  try {
    shapeOf(filter);
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
  return undefined;
};
const one = { source: { equals: 'MANUAL' } };
const nested = (levels: number): object => (levels === 1 ? one : { not: nested(levels - 1) });
const many = (count: number): object => ({ and: Array.from({ length: count }, () => one) });
const empty = (count: number): object[] => Array.from({ length: count }, () => ({}));
const long = (count: number, of = 'any'): object => ({ tags: { [of]: Array.from({ length: count }, () => 'x') } });

describe('the shape of a filter', () => {
  it('is nothing where there is no filter', () => {
    expect([shapeOf(undefined), shapeOf(null)]).toEqual(['', '']);
    expect(shapeOf({})).toBe('{}');
  });
  it('is the same whatever the values, and another for other comparisons', () => {
    expect(shapeOf({ name: { equals: 'a' } })).toBe(shapeOf({ name: { equals: 'b' } }));
    expect(shapeOf({ tags: { any: ['a'] } })).toBe(shapeOf({ tags: { any: ['a', 'b'] } }));
    const shapes = [
      { name: { equals: 'a' } },
      { name: { in: ['a'] } },
      { not: { name: { equals: 'a' } } },
      { and: [{ name: { equals: 'a' } }] },
      { name: {} },
      { or: [] },
    ];
    expect(new Set(shapes.map(shapeOf)).size).toBe(shapes.length);
  });
  it('leaves out what is null, and that every one of no links is there', () => {
    expect(shapeOf({ name: null, tags: { any: null }, not: null })).toBe(shapeOf({ tags: {} }));
    expect(shapeOf({ tags: { all: [] } })).toBe(shapeOf({ tags: {} }));
    expect(shapeOf({ tags: { any: [] } })).not.toBe(shapeOf({ tags: {} }));
  });
  it('holds no value, so that none comes into the statement’s text', () => {
    expect(shapeOf({ name: { equals: 'secret', in: ['secret'] }, or: [{ not: { name: { startsWith: 'secret' } } }] })).not.toContain(
      'secret',
    );
  });
});

describe('the limits of a filter', () => {
  it.each<[string, object, string | undefined]>([
    ['3 levels', nested(3), undefined],
    ['4 levels', nested(4), 'LIMIT_EXCEEDED'],
    ['levels of and', { and: [{ or: [{ and: [{ or: [] }] }] }] }, 'LIMIT_EXCEEDED'],
    ['20 comparisons', many(20), undefined],
    ['21 comparisons', many(21), 'LIMIT_EXCEEDED'],
    ['comparisons in different places', { ...many(10), or: [many(9), one, one] }, 'LIMIT_EXCEEDED'],
    ['several comparisons of one field', { createdAt: { before: 1, after: 2 }, and: [many(18)] }, undefined],
    ['50 parts, and nothing in them', { and: empty(50) }, undefined],
    ['51 parts', { and: empty(51) }, 'LIMIT_EXCEEDED'],
    ['60,000 parts', { or: empty(60_000) }, 'LIMIT_EXCEEDED'],
    ['parts in different places', { and: empty(20), or: [{ and: empty(20) }, ...empty(8)], not: { and: [] } }, undefined],
    ['one more than that', { and: empty(20), or: [{ and: empty(20) }, ...empty(8)], not: { and: [{}] } }, 'LIMIT_EXCEEDED'],
    ['250 items', long(250), undefined],
    ['251 items', long(251), 'BAD_REQUEST'],
    ['251 items of another comparison', long(251, 'none'), 'BAD_REQUEST'],
  ])('%s', (_, filter, code) => {
    expect(codeOf(filter)).toBe(code);
  });
});
