import type { AudienceFacts, Transaction, UseCase } from '../../sdk/index.ts';
import { contacts } from './contact.entity.ts';
import { contactTags } from './tag.entity.ts';

const statementsOf = (use: UseCase) => use.on(contacts, contactTags);

/** What decides which audiences a contact is in. */
async function factsOf(statements: ReturnType<typeof statementsOf>, contactId: string): Promise<AudienceFacts> {
  const found = await statements
    .selectFrom('contacts as contact')
    .leftJoin('contact_tags as tagging', 'tagging.contact_id', 'contact.id')
    .select(['contact.name', 'contact.company_id', 'contact.owner_id', 'tagging.tag_id'])
    .where('contact.id', '=', contactId)
    .execute();
  const { name = null, company_id: companyId = null, owner_id: ownerId = null } = found[0] ?? {};
  return { name, companyId, ownerId, tagIds: found.flatMap(({ tag_id }) => tag_id ?? []) };
}

export const audienceOf = {
  factsOf: (use: UseCase, contactId: string): Promise<AudienceFacts> => factsOf(statementsOf(use), contactId),
  factsIn: (transaction: Transaction, contactId: string): Promise<AudienceFacts> =>
    factsOf(transaction.on({ contacts, contact_tags: contactTags }) as never, contactId),
};
