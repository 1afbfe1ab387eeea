import type { GuichetBuilder, InputMaker, PayloadFields, RefusalType, Rule } from '../../sdk/index.ts';
import { Contact } from './contact.refs.ts';
import type { ItemPayload } from './contact-bulk.service.ts';

/** The input of a bulk act. */
export const contactIds = (t: InputMaker) => t.globalIds(Contact, { description: 'The contacts, at most 250.', least: 1 });
export type BulkDone = { readonly results: readonly ItemPayload[] };

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
