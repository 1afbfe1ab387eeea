import type { Rule } from '../permissions/rule.ts';
import { isForbidden } from '../read/refusal.ts';
import { Refusal } from '../schema/refusal-type.ts';
import type { UseCase } from './use-case.ts';

/** What a bulk act is to be done to. */
export interface Each {
  /** GraphQL type of the objects. */
  readonly type: string;
  /** UUIDs; each is taken once. */
  readonly ids: readonly string[];
  /** What the seat needs toward each. */
  readonly rule: Rule;
  /** Finds rows as well that are not present, such as deleted ones. */
  readonly absentToo?: boolean;
  /**
   * Called once, when all objects are locked: locks what the work takes besides.
   * @returns the order of the work, where it takes something with each object: what everybody takes in one order does not cross.
   */
  whenHeld?(ids: readonly string[]): Promise<readonly string[] | undefined>;
}

/**
 * Does one thing to many objects, each by itself: where one is refused, the others are done all the same, and only these are in the audit
 * record. All of them are locked before anything is done, in the order of their ids, so that no two acts wait for each other; what all
 * objects share, such as a counter, belongs into `shared` work, which is done once at the end.
 * @returns why not, for those that were refused: a `Refusal`, or an error that is FORBIDDEN.
 * @throws whatever else `work` throws.
 *
 * @example
 * const refused = await toEach(use, { type: 'Loan', ids: loanIds, rule: lending.lend }, (id) => endLoan(use, id));
 */
export async function toEach(
  use: UseCase,
  { type, ids, rule, absentToo, whenHeld }: Each,
  work: (id: string) => Promise<void>,
): Promise<ReadonlyMap<string, unknown>> {
  const asked = [...new Set(ids)].sort();
  const refused = new Map<string, unknown>(await use.authorizeEach(type, asked, rule, { absentToo }));
  const held = asked.filter((id) => !refused.has(id));
  for (const id of (await whenHeld?.(held)) ?? held) {
    const refusal = await refusalOf(use, () => work(id));
    if (refusal !== undefined) refused.set(id, refusal);
  }
  for (const id of asked) use.tried.set(id, !refused.has(id));
  return refused;
}

/** What was written is undone by the savepoint, what waits for the end by being forgotten. */
async function refusalOf(use: UseCase, work: () => Promise<void>): Promise<unknown> {
  const kept = use.waiting();
  try {
    await use.inSavepoint(work);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal || isForbidden(error))) throw error;
    use.keepOnly(kept);
    return error;
  }
}
