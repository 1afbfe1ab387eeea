import { describe, expect, it } from 'vitest';
import { askedAgain, earlierOf, stopFrom } from '../../../../src/domains/forms/engine/asked-again.ts';
import type { Flow, Step } from '../../../../src/domains/forms/template-body.ts';

// Which steps of a fixed route are asked again because values have changed behind them (spec 6.2).

const step = (id: string, field?: string): Step => ({
  id,
  name: id,
  approvers: [{ by: 'OWNER' }],
  mode: 'ALL',
  ...(field && { when: { field, op: 'FILLED' } }),
});
const FLOW: Pick<Flow, 'route'> = { route: [step('first', 'a'), step('second'), step('third', 'b'), step('last', 'a')] };
const filled = (...fields: string[]) => new Set(fields);
const holds = (when: object, values: ReadonlySet<string>): boolean => values.has((when as { field: string }).field);

describe('the first step before a stop that is asked again', () => {
  it.each<[what: string, at: string, values: string[], changed: string[], isOpen: boolean, step: string | null]>([
    ['looks at what has changed, and holds now', 'last:0', ['a'], ['a'], false, 'first'],
    ['does not where its condition does not hold now', 'last:0', [], ['a'], false, null],
    ['does not where it looks at something else', 'last:0', ['a', 'b'], ['c'], false, null],
    ['may be a later one', 'last:0', ['a', 'b'], ['b'], false, 'third'],
    ['is none at the stop itself', 'third:0', ['b'], ['b'], false, null],
    ['is none behind it', 'second:0', ['a', 'b'], ['b'], false, null],
    ['is any that is on the way where all might have changed', 'last:0', ['b'], ['c'], true, 'second'],
    ['is none where nothing has changed', 'last:0', ['a', 'b'], [], true, null],
  ])('%s', (_, at, values, changed, isOpen, expected) => {
    expect(askedAgain(FLOW, at, { values: filled(...values), changed: filled(...changed), isOpen }, holds)).toBe(expected);
  });
  it('is none where each picks the next by hand', () => {
    expect(askedAgain({ route: 'BY_HAND' }, 'x', { values: filled('a'), changed: filled('a'), isOpen: true }, holds)).toBeNull();
  });
});

it('is the earlier of two', () => {
  expect(earlierOf(FLOW, 'third', 'second')).toBe('second');
  expect(earlierOf(FLOW, 'second', 'third')).toBe('second');
  expect([earlierOf(FLOW, null, 'third'), earlierOf(FLOW, 'third', null), earlierOf(FLOW, null, null)]).toEqual(['third', 'third', null]);
});

it('begins at the first stop of the way at it or behind it, and before the stop where it was', () => {
  const stops = ['first:0', 'third:0', 'last:0'].map((key) => ({ key }) as never);
  expect(stopFrom(FLOW, stops, 'second', 'last:0')).toEqual({ key: 'third:0' });
  expect(stopFrom(FLOW, stops, 'third', 'last:0')).toEqual({ key: 'third:0' });
  expect(stopFrom(FLOW, stops, 'second', 'third:0')).toBeNull();
});
