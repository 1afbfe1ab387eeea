import type { AudienceFacts, UseCase } from '../../sdk/index.ts';
import { contacts } from './contact.entity.ts';
import { contactTags } from './tag.entity.ts';

/** What decides which audiences a contact is in. */
export async function audienceOf(use: UseCase, contactId: string): Promise<AudienceFacts> {
  const found = await use
    .on(contacts, contactTags)
    .selectFrom('contacts as contact')
    .leftJoin('contact_tags as tagging', 'tagging.contact_id', 'contact.id')
    .select(['contact.company_id', 'tagging.tag_id'])
    .where('contact.id', '=', contactId)
    .execute();
  return { companyId: found[0]?.company_id ?? null, tagIds: found.flatMap(({ tag_id }) => tag_id ?? []) };
}
