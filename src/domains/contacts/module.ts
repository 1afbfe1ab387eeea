import { defineModule, readMigrations } from '../../sdk/index.ts';
import { companies, contacts } from './contact.entity.ts';
import { contactTypes } from './contact.graphql.ts';
import { contactMutations } from './contact.mutations.ts';
import { bulkMutations } from './contact-bulk.mutations.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactQuotas } from './contact-quota.entity.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { contactShares } from './contact-share.entity.ts';
import { sharingMutations } from './contact-sharing.mutations.ts';
import { contact } from './permissions.ts';
import { phoneAnswers } from './phone-answer.entity.ts';
import { contactFacts } from './seat-facts.ts';
import { contactTags, tagGroups, tags } from './tag.entity.ts';
import { tagTypes } from './tag.graphql.ts';

export const contactsModule = defineModule({
  name: 'contacts',
  version: '0.1.0',
  description: 'People outside the company: contacts, tags, shares, quotas and their history.',
  needs: ['organization', 'accounts', 'directory'],
  tables: [
    companies,
    contacts,
    tagGroups,
    tags,
    contactTags,
    contactShares,
    contactSearchTerms,
    contactHistory,
    contactQuotas,
    phoneAnswers,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(contact),
  types: (builder) => {
    tagTypes(builder);
    contactTypes(builder);
    contactMutations(builder);
    sharingMutations(builder);
    bulkMutations(builder);
  },
  seatFacts: contactFacts,
});
