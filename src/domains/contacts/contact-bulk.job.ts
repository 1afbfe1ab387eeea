import { z } from 'zod';
import { defineJob, encodeGlobalId, itemFault, type JobFault, type JobWork, type UseCase } from '../../sdk/index.ts';
import { bulkActs } from './bulk-act.ts';
import { listedContacts } from './contact-bulk.input.ts';
import type { ItemPayload } from './contact-bulk.service.ts';
import { contact } from './permissions.ts';

/** Contacts of one step: their rows are locked while it lasts. */
const OF_A_STEP = 100;
/** Reasons that the job tells one by one; all are counted. */
const MOST_REASONS = 1_000;
export const BULK_RESULT = 'ContactBulkResult';

const input = z.object({
  act: z.string(),
  given: z.record(z.string(), z.unknown()),
  list: z.object({ list: z.string().optional(), search: z.string().optional(), where: z.record(z.string(), z.unknown()).optional() }),
});
const counted = z.object({ done: z.number(), refused: z.number() });
const checkpoint = counted.extend({ after: z.string().optional(), total: z.number() });
type Step = z.infer<typeof checkpoint>;
type Work = JobWork<z.infer<typeof input>, Step>;

/** Does something to every contact of a list, the newest first: each step looks at the list as the seat sees it then (spec 3.14). */
export const actOnList = defineJob({
  name: 'contacts.actOnList',
  description: 'Does something to all contacts of a list.',
  adminRight: 'CONTACTS',
  rule: contact.bulk,
  input,
  checkpoint,
  run: async (work: Work) => {
    let step: Step | undefined = work.checkpoint;
    for (let goesOn = true; goesOn; ) {
      const before: Step | undefined = step;
      [step, goesOn] = await work.perform(async (use, keep): Promise<[Step, boolean]> => {
        const { next, errors, isLast } = await actOnce(use, work.input, before);
        keep({ checkpoint: next, progress: next.done + next.refused, total: next.total, errors });
        return [next, !isLast];
      });
    }
    const { done, refused } = step!;
    return { type: BULK_RESULT, values: { done, refused } };
  },
});

async function actOnce(use: UseCase, { act: name, given, list }: z.infer<typeof input>, before: Step | undefined) {
  const act = use.registered(bulkActs).find((one) => one.name === name)!;
  const { ids, total } = await use.listed(listedContacts(list), { first: OF_A_STEP, after: before?.after });
  const results = ids.length ? await act.run(use, ids, given as never) : [];
  const isRefused = ({ '@type': type }: ItemPayload): boolean => !type.endsWith('ItemSuccess');
  const refused = (before?.refused ?? 0) + results.filter(isRefused).length;
  const errors = results.flatMap((result, i) => (isRefused(result) ? [faultOf(result, ids[i]!)] : []));
  return {
    next: {
      after: ids.at(-1) ?? before?.after,
      total: before?.total ?? total, // contacts may leave the list by what is done to them
      done: (before?.done ?? 0) + results.filter((result) => !isRefused(result)).length,
      refused,
    },
    errors: errors.slice(0, Math.max(0, MOST_REASONS - (before?.refused ?? 0))),
    isLast: ids.length < OF_A_STEP,
  };
}

const faultOf = (result: ItemPayload, contactId: string): JobFault => ({
  ...itemFault(result),
  path: [encodeGlobalId('Contact', contactId)],
});
