import type { Clock, UseCase } from '../../sdk/index.ts';
import { BIN_DAYS, contacts } from '../contacts/index.ts';
import { isOnItsWay, ON_THEIR_WAY } from './engine/may-act.ts';
import { BusinessForm } from './form.entity.ts';
import { actOnForm, holdForServer } from './form-acts.service.ts';
import { type FormRow, lockForm } from './form-step.service.ts';

const BATCH = 20;
const DAY = 86_400_000;

/** Forms on their way end when nobody can restore their contact any more (spec 3.8). The forms, their history and the audit record stay. */
export const endingOfForms: Clock = {
  name: 'forms.endThoseOfTheBin',
  description: 'Ends forms on their way of contacts that have been in the bin for 30 days.',
  cron: '20 3 * * *',
  run: async (work) => {
    for (let ended = BATCH; ended === BATCH; ) ended = await work.perform((use) => endSome(use));
    return undefined;
  },
};

/** @returns how many were found */
async function endSome(use: UseCase): Promise<number> {
  const due = await use
    .on(BusinessForm, contacts)
    .selectFrom('business_forms as form')
    .innerJoin('contacts as contact', 'contact.id', 'form.contact_id')
    .select(['form.id', 'form.contact_id'])
    .where('form.state', 'in', ON_THEIR_WAY)
    .where('contact.deleted_at', '<=', new Date(use.now.getTime() - BIN_DAYS * DAY))
    .orderBy('form.contact_id')
    .orderBy('form.id')
    .limit(BATCH)
    .execute();
  await holdContacts(use, [...new Set(due.flatMap(({ contact_id }) => contact_id ?? []))]);
  for (const { id } of due) await endForm(use, await lockForm(use, id));
  return due.length;
}

/** Contacts come before forms, as for everybody. */
async function holdContacts(use: UseCase, ids: readonly string[]): Promise<void> {
  if (ids.length)
    await use.on(contacts).selectFrom('contacts').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
}

async function endForm(use: UseCase, form: FormRow): Promise<void> {
  if (!isOnItsWay(form)) return;
  await actOnForm(use, await holdForServer(use, form, 'END'), { kind: 'END' });
}
