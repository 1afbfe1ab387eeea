import { beforeEach, describe, onTestFailed } from 'vitest';

/**
 * A story, told in tests that each go on where the one before stopped: they keep their order where tests are shuffled, and what comes after a
 * step that failed is passed over. For what cannot be set up in one go; whatever can, is no story.
 */
export function inSteps(story: string, steps: () => void): void {
  describe(story, { shuffle: false }, () => {
    let failed = false;
    beforeEach(({ skip }) => {
      skip(failed, 'a step before it failed');
      onTestFailed(() => {
        failed = true;
      });
    });
    steps();
  });
}
