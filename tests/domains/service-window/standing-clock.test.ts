import { describe, expect, it } from 'vitest';
import { type JobWork, whileWindowServes } from '../../../src/sdk/index.ts';

/** Work whose checkpoint grows with each step, at a window that serves for so many of them. */
function workFor(steps: number): JobWork {
  let done = 0;
  const use = { service: () => ({ served: async () => (done < steps ? {} : undefined) }) };
  return {
    perform: async (step: (of: typeof use) => Promise<unknown>) => {
      await step(use);
      done++;
    },
    get checkpoint() {
      return done;
    },
  } as never;
}

describe('a clock of what waits for customers (spec 6.11)', () => {
  it.each([0, 2])('does %i steps before the window is suspended, and sees after each what its work has come to', async (steps) => {
    const seen: unknown[] = [];
    const run = whileWindowServes(async (work) => {
      for (;;) {
        seen.push(work.checkpoint);
        await work.perform(async () => undefined);
      }
    });
    expect(await run(workFor(steps))).toBeUndefined();
    expect(seen).toEqual(Array.from({ length: steps + 1 }, (_, i) => i));
  });
  it('fails as its work does', async () => {
    const run = whileWindowServes((work) => work.perform(() => Promise.reject(new Error('No.'))));
    await expect(run(workFor(1))).rejects.toThrow('No.');
  });
});
