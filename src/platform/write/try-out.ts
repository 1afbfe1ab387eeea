import { ConstantError } from '../log/constant.error.ts';
import type { UseCase } from './use-case.ts';

/**
 * Does something and takes it back: what it tells is what doing it would have told, and nothing of it stays. For `dryRun`.
 * @param about id of the object that it was tried on: the audit record keeps what was done, and this was not.
 * @throws what `work` throws.
 *
 * @example
 * run: (use, { loanId, dryRun }) => (dryRun ? tryOut(use, loanId, () => endLoan(use, loanId)) : endLoan(use, loanId))
 */
export async function tryOut<T>(use: UseCase, about: string, work: () => Promise<T>): Promise<T> {
  const kept = use.waiting();
  let done: { readonly value: T } | undefined;
  try {
    await use.inSavepoint(async () => {
      done = { value: await use.inSavepoint(work) }; // with all that nobody waits for
      throw new ConstantError('It was tried out, and is taken back.');
    });
  } catch (error) {
    if (!done) throw error;
  }
  use.keepOnly(kept);
  use.tried.set(about, false);
  return done!.value;
}
