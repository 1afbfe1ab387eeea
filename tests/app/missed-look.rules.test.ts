import { expect, it } from 'vitest';
import { delayIn, missedLook } from '../../src/app/watchdog/missed-look.rules.ts';

it.each([
  ['in a loop, or in a call into the system', 0, 1],
  ['with half the time given to others', 500, 0.5],
  ['with nothing left by others', 1_000, 0],
  ['that began to wait before it', 3_000, 0],
  ['whose counter was set back', -5, 1],
])('a look at a thread %s counts as it was free to answer', (_, delayed, counted) => {
  expect(missedLook(delayed, 1_000)).toBe(counted);
});

it.each([
  ['192610 2625440 2\n', 2.62544],
  ['', 0],
  ['0', 0],
  ['a b c', 0],
])('what a thread has waited is read from what the system tells: %j', (text, milliseconds) => {
  expect(delayIn(text)).toBe(milliseconds);
});
