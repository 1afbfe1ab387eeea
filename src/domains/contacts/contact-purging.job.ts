import { type Clock, contactPurged, filesService, type UseCase } from '../../sdk/index.ts';
import { files } from '../files/index.ts';
import { contacts, NEVER } from './contact.entity.ts';
import { BIN_DAYS } from './contact.rules.ts';
import { contactFieldTerms } from './contact-field.entity.ts';
import { contactFile } from './contact-file.purpose.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { contactShares } from './contact-share.entity.ts';
import { contactShareRequests } from './share-request.entity.ts';
import { contactTags } from './tag.entity.ts';

const OF_A_STEP = 200;
const DAY = 86_400_000;

/** What was in the bin for as long as it can be restored is taken out for good (spec 3.8). */
export const purgeBin: Clock = {
  name: 'contacts.purgeBin',
  description: 'Takes out for good what has been in the bin for 30 days.',
  cron: '40 3 * * *',
  run: async (work) => {
    for (let purged = OF_A_STEP; purged === OF_A_STEP; ) purged = await work.perform((use) => purgeSome(use));
    return undefined;
  },
};

/** @returns how many it was */
async function purgeSome(use: UseCase): Promise<number> {
  const due = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('deleted_at', '<=', new Date(use.now.getTime() - BIN_DAYS * DAY))
    .where('purged_at', 'is', null)
    .orderBy('id')
    .limit(OF_A_STEP)
    .forNoKeyUpdate()
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await dropFiles(use, ids);
  await forget(use, ids);
  for (const contactId of ids) await use.announce(contactPurged({ contactId }));
  return ids.length;
}

/** Files of their own fields. */
async function dropFiles(use: UseCase, ids: readonly string[]): Promise<void> {
  const kept = await use
    .on(files)
    .selectFrom('files')
    .select(['id', 'attached_id'])
    .where((of) => of('attached_id', '=', of.fn.any(of.val([...ids]))))
    .where('attached_type', '=', 'Contact')
    .where('purpose', '=', contactFile.purpose)
    .execute();
  for (const [id, of] of Map.groupBy(kept, (file) => file.attached_id!))
    await use.service(filesService).detach(
      use,
      { type: 'Contact', id },
      of.map((file) => file.id),
    );
}

/** Forms, the timeline and who changed what when stay, and the row that they refer to: nothing in it tells of whom it was. */
async function forget(use: UseCase, ids: readonly string[]): Promise<void> {
  await use.on(contactTags).deleteFrom('contact_tags').where('contact_id', 'in', ids).execute();
  await use.on(contactShares).deleteFrom('contact_shares').where('contact_id', 'in', ids).execute();
  await use.on(contactShareRequests).deleteFrom('contact_share_requests').where('contact_id', 'in', ids).execute();
  await use.on(contactSearchTerms).deleteFrom('contact_search_terms').where('contact_id', 'in', ids).execute();
  await use.on(contactFieldTerms).deleteFrom('contact_field_terms').where('contact_id', 'in', ids).execute();
  await use.on(contactHistory).updateTable('contact_history').set({ old: null, new: null }).where('contact_id', 'in', ids).execute();
  await use
    .on(contacts)
    .updateTable('contacts')
    .set((of) => ({
      name: '',
      sort_name: '',
      phone: '',
      phone_extension: null,
      further_phones: [] as never,
      company_id: null,
      position: null,
      address: null,
      email: null,
      remark: null,
      custom_fields: {} as never,
      field_values: {} as never,
      follow_up_on: null,
      follow_up_note: null,
      follow_up_order: NEVER,
      purged_at: use.now,
      version: of('version', '+', 1),
    }))
    .where('id', 'in', ids)
    .execute();
}
