import { z } from 'zod';
import { type Clock, defineJob, type GivenValue, itemFault, type JobFault, type JobWork } from '../../sdk/index.ts';
import { holdFields } from '../contacts/index.ts';
import { addEntries, asRead, type Choice, dropOldBooks, ENTRY_ADDED, holdBook, newEntries } from './book-adding.service.ts';
import { arePhotosWaiting, keepPhotos } from './book-photos.job.ts';
import { contactBook } from './permissions.ts';

const OF_A_STEP = 50;
const MOST_REASONS = 1_000;
export const BOOK_RESULT = 'ContactBookResult';

/** As they were given; jobs that an older server has begun have none. */
const values = z.array(z.looseObject({ field: z.string() })).default([]) as unknown as z.ZodType<GivenValue[]>;
const text = z.string().optional();
const inPlace = z.object({ name: text, phone: text, company: text, position: text, address: text, email: text, remark: text }).default({});
const input = z.object({
  bookId: z.string(),
  /** All that are new, where none are named. */
  choices: z.array(z.object({ index: z.number(), tagIds: z.array(z.string()), values, inPlace })).optional(),
  tagIds: z.array(z.string()),
  values,
});
const checkpoint = z.object({ at: z.number(), total: z.number(), added: z.number(), refused: z.number() });
type Step = z.infer<typeof checkpoint>;

/** Adds many entries of a phone book, each by itself. */
export const addBook = defineJob({
  name: 'contact-books.add',
  description: 'Adds contacts from a phone book.',
  adminRight: 'CONTACTS',
  rule: contactBook.add,
  input,
  checkpoint,
  run: async (work: JobWork<z.infer<typeof input>, Step>) => {
    let step = work.checkpoint;
    for (let goesOn = true; goesOn; ) {
      const before: Step | undefined = step;
      [step, goesOn] = await work.perform(async (use, keep): Promise<[Step, boolean]> => {
        const { bookId, choices, tagIds, values: given } = work.input;
        await holdFields(use);
        await holdBook(use, bookId);
        const total = before?.total ?? choices?.length ?? (await newEntries(use, bookId)).length;
        const next: readonly Choice[] = choices
          ? choices.slice(before?.at ?? 0, (before?.at ?? 0) + OF_A_STEP)
          : (await newEntries(use, bookId, before?.at, OF_A_STEP)).map(asRead);
        const first = choices && (before?.at ?? 0);
        const results = next.length ? await addEntries(use, bookId, next, { tagIds, values: given }, first) : [];
        const refused = results.filter((one) => one['@type'] !== ENTRY_ADDED);
        const now: Step = {
          at: choices ? (before?.at ?? 0) + next.length : (next.at(-1)?.index ?? before?.at ?? -1),
          total,
          added: (before?.added ?? 0) + results.length - refused.length,
          refused: (before?.refused ?? 0) + refused.length,
        };
        const errors = refused
          .slice(0, Math.max(0, MOST_REASONS - (before?.refused ?? 0)))
          .map((one): JobFault => ({ row: one.index as number, ...itemFault(one) }));
        keep({ checkpoint: now, progress: now.added + now.refused, total, errors });
        return [now, next.length === OF_A_STEP];
      });
    }
    await work.perform(async (use) => {
      if (await arePhotosWaiting(use, work.input.bookId)) use.startJob(keepPhotos, { bookId: work.input.bookId });
    });
    const { added, refused } = step!;
    return { type: BOOK_RESULT, values: { added, refused } };
  },
});

/** What nobody has decided within a week is not kept: it is about people outside. */
export const forgetBooks: Clock = {
  name: 'contact-books.forget',
  description: 'Drops phone books that were read a week ago.',
  cron: '20 3 * * *',
  run: async (work) => {
    await work.perform((use) => dropOldBooks(use));
    return undefined;
  },
};
