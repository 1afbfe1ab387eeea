import { z } from 'zod';
import { defineJob, type UseCase } from '../../sdk/index.ts';
import { findAnew, findNext, forget } from './employee-search.service.ts';

/** So many are findable with the transaction that writes them. */
const AT_ONCE = 100;

/**
 * Gives many who have come, or are called otherwise, what they are found by. It takes longer than all else that is written of them, so it is a
 * job of its own behind the transaction that holds the directory; a few at a time, and nobody who changes the staff waits for it.
 */
export const makeFindable = defineJob({
  name: 'directory.makeFindable',
  description: 'Makes employees findable by their names after many were written.',
  input: z.object({}),
  checkpoint: z.object({ after: z.string(), done: z.number() }),
  run: async (work): Promise<undefined> => {
    for (let isLeft = true; isLeft; )
      isLeft = await work.perform(async (use, keep) => {
        const found = await findNext(use, work.checkpoint?.after);
        if (!found) return false;
        const done = (work.checkpoint?.done ?? 0) + found.count;
        keep({ checkpoint: { after: found.last, done }, progress: done });
        return true;
      });
    return undefined;
  },
});

/** Some have come, others are called otherwise: they are found by it soon. */
export async function findSoon(use: UseCase, { hired, edited }: Readonly<Record<'hired' | 'edited', readonly string[]>>): Promise<void> {
  if (hired.length + edited.length <= AT_ONCE) for (const id of [...hired, ...edited]) findAnew(use, id);
  else {
    await forget(use, edited);
    use.startJob(makeFindable, {});
  }
}
