import { inSavepoint } from '../database/transaction.ts';
import { isForbidden } from '../graphql/read/refusal.ts';
import { Refusal } from '../graphql/schema/refusal-type.ts';
import type { UseCase } from './use-case.ts';

/**
 * Does one thing to many objects, each by itself: where one is refused, the others are done all the same, and only these are in the audit
 * record.
 * @param ids UUIDs; each is taken once, in an order that is the same for everybody, so that locks do not cross.
 * @returns why not, for those that were refused: a `Refusal`, or an error that is FORBIDDEN.
 * @throws whatever else `work` throws.
 *
 * @example
 * const refused = await toEach(use, loanIds, (id) => endLoan(use, id));
 */
export async function toEach(
  use: UseCase,
  ids: readonly string[],
  work: (id: string) => Promise<void>,
): Promise<ReadonlyMap<string, unknown>> {
  const refused = new Map<string, unknown>();
  for (const id of [...new Set(ids)].sort()) {
    const refusal = await refusalOf(use, () => work(id));
    if (refusal !== undefined) refused.set(id, refusal);
    use.tried.set(id, refusal === undefined);
  }
  return refused;
}

async function refusalOf(use: UseCase, work: () => Promise<void>): Promise<unknown> {
  try {
    await inSavepoint(use.transaction, work);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal || isForbidden(error)) return error;
    throw error;
  }
}
