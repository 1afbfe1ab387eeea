import { type GuichetBuilder, type PayloadFields, type RefusalType, type Rule, types, type UseCase } from '../../sdk/index.ts';
import type { chosenContacts } from './contact-bulk.input.ts';
import { actOnList, BULK_RESULT } from './contact-bulk.job.ts';
import type { ItemPayload } from './contact-bulk.service.ts';
import { contact } from './permissions.ts';

export type BulkDone = { readonly results: readonly ItemPayload[] };
/** What came of a bulk act: a result for each id, or the job that goes through a list. */
export type BulkBegun = BulkDone & { readonly job: string | null };

/** Declares what a bulk act answers for each contact: done, or why not (api 1). @returns the success fields of the mutation. */
export function itemResults(builder: GuichetBuilder, act: string, rule: Rule, refusals: readonly RefusalType<never>[]) {
  const mutation = `\`${act[0]!.toLowerCase()}${act.slice(1)}\``;
  const Done = builder.objectRef<{ readonly contactId: string }>(`${act}ItemSuccess`).implement({
    description: `${mutation} was done to this contact.`,
    fields: (t) => ({ contactId: t.exposeID('contactId', { description: 'Global id of the contact.', rule }) }),
  });
  const Result = builder.unionType(`${act}ItemResult`, {
    description: `Whether ${mutation} was done to one contact, or why not.`,
    types: [Done.name, 'NotFound', ...refusals.map(({ name }) => name)] as never,
  });
  return (t: PayloadFields<BulkDone>) => ({
    results: t.field({
      type: [Result],
      description: 'One result for each id, in their order.',
      rule,
      resolve: ({ results }) => [...results] as never[],
    }),
  });
}

/** The same of an act that a list can be given to. */
export function itemResultsOrJob(builder: GuichetBuilder, act: string, rule: Rule, refusals: readonly RefusalType<never>[]) {
  const results = itemResults(builder, act, rule, refusals);
  return (t: PayloadFields<BulkBegun>) => ({
    ...results(t as unknown as PayloadFields<BulkDone>),
    job: t.loaded(types.Job, 'job', { description: 'The work, where a list was named: its result counts, its errors say why not.', rule }),
  });
}

/** Does a bulk act to contacts that were named, or starts the job that does it to a list. */
export async function doOrBegin<Done extends BulkDone>(
  use: UseCase,
  chosen: Awaited<ReturnType<typeof chosenContacts>>,
  {
    act,
    given,
    run,
  }: { readonly act: string; readonly given: Readonly<Record<string, unknown>>; run(ids: readonly string[]): Promise<Done> },
): Promise<Done & { readonly job: string | null }> {
  if ('ids' in chosen) return { ...(await run(chosen.ids)), job: null };
  const list = JSON.parse(JSON.stringify(chosen.list));
  const nothing = { results: [] } as unknown as Done;
  return { ...nothing, job: use.startJob(actOnList, { act, given: { ...given }, list }) };
}

/** What a job that goes through a list has to show for itself. */
export function bulkResultType(builder: GuichetBuilder): void {
  const rule = contact.bulk;
  builder.objectRef<{ readonly done: number; readonly refused: number }>(BULK_RESULT).implement({
    description: 'What came of an act on all contacts of a list; why it was not done to some stands in `Job.errors`.',
    fields: (t) => ({
      done: t.exposeInt('done', { description: 'Contacts that it was done to.', rule }),
      refused: t.exposeInt('refused', { description: 'Contacts that it was not done to.', rule }),
    }),
  });
}
