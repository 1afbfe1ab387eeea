import { shapeError } from '../answer.errors.ts';
import type { Piping } from './piped.ts';

/** Nothing is asked by whoever comes with a token that is not good. */
export const useAsker = (): Piping => ({
  onParams({ context: { asked, posted }, setResult }) {
    if (!asked && posted) setResult({ errors: [shapeError(posted.stranger, posted.shaping, true)] });
  },
});
