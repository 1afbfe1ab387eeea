import {
  belongings,
  contactAudience,
  contactsOfStaff,
  defineModule,
  departmentUses,
  jobResults,
  provide,
  readMigrations,
  register,
  seenThroughStaff,
} from '../../sdk/index.ts';
import { phoneHolders } from '../directory/index.ts';
import { addressesOfContacts } from './addresses-of-contacts.ts';
import { bulkActs } from './bulk-act.ts';
import { contactBackfills } from './contact.backfills.ts';
import { Company, Contact } from './contact.entity.ts';
import { contactTypes } from './contact.graphql.ts';
import { contactMutations } from './contact.mutations.ts';
import { contactNotifications, contactsOfNotifications } from './contact.notifications.ts';
import { audienceOf } from './contact-audience.service.ts';
import { heldShares, ownedContacts } from './contact-belongings.ts';
import { actOnList, BULK_RESULT } from './contact-bulk.job.ts';
import { bulkMutations, ownBulkActs } from './contact-bulk.mutations.ts';
import { bulkResultType } from './contact-bulk.results.ts';
import { bulkGivingMutations, givingBulkActs } from './contact-bulk-giving.mutations.ts';
import { conflictFields } from './contact-conflict.fields.ts';
import { facetTypes } from './contact-facets.graphql.ts';
import { ContactField, ContactFieldTerm } from './contact-field.entity.ts';
import { contactFiles } from './contact-file.purpose.ts';
import { followUpMutations } from './contact-follow-up.ts';
import { convertContact, expectNone, settleHiring, whoFinds } from './contact-hiring.service.ts';
import { ContactHistory } from './contact-history.entity.ts';
import { contactHolders } from './contact-phone-following.ts';
import { purgeBin } from './contact-purging.job.ts';
import { ContactQuota } from './contact-quota.entity.ts';
import { ContactSearchTerm } from './contact-search.entity.ts';
import { ContactShare } from './contact-share.entity.ts';
import { sharingMutations } from './contact-sharing.mutations.ts';
import { sharesWithDepartments } from './department-shares.service.ts';
import { contact, shareRequest } from './permissions.ts';
import { PhoneAnswer } from './phone-answer.entity.ts';
import { countPhoneAnswer, mayAskAboutPhones, mayTellOfPhones } from './phone-answer.service.ts';
import { contactFacts } from './seat-facts.ts';
import { ContactShareRequest } from './share-request.entity.ts';
import { shareRequestTypes } from './share-request.graphql.ts';
import { askedShares, shareRequestListeners } from './share-request-ending.service.ts';
import { ContactTag, Tag, TagGroup, TagSearchTerm } from './tag.entity.ts';
import { tagTypes } from './tag.graphql.ts';
import { tagMutations } from './tag.mutations.ts';

export const contactsModule = defineModule({
  name: 'contacts',
  version: '0.1.0',
  description: 'People outside the company: contacts, tags, shares, quotas and their history.',
  needs: ['organization', 'accounts', 'directory', 'transfers', 'notifications', 'fields', 'files'],
  entities: [
    Company,
    Contact,
    TagGroup,
    Tag,
    TagSearchTerm,
    ContactTag,
    ContactShare,
    ContactSearchTerm,
    ContactHistory,
    ContactQuota,
    PhoneAnswer,
    ContactShareRequest,
    ContactField,
    ContactFieldTerm,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  backfills: contactBackfills,
  rules: [...Object.values(contact), ...Object.values(shareRequest)],
  types: (builder) => {
    tagTypes(builder);
    tagMutations(builder);
    contactTypes(builder);
    contactMutations(builder);
    sharingMutations(builder);
    facetTypes(builder);
    followUpMutations(builder);
    bulkResultType(builder);
    bulkMutations(builder);
    bulkGivingMutations(builder);
    shareRequestTypes(builder);
    conflictFields(builder);
    contactsOfNotifications(builder);
  },
  listeners: shareRequestListeners,
  jobs: [actOnList],
  clocks: [purgeBin],
  services: [
    provide(contactAudience, audienceOf),
    provide(contactsOfStaff, {
      settleHiring,
      whoFinds,
      expectNone,
      convert: convertContact,
      mayAskAboutPhones,
      countPhoneAnswer,
      mayTellOfPhones,
    }),
  ],
  registrations: [
    register(seenThroughStaff, { type: 'Contact' }),
    register(belongings, ownedContacts),
    register(belongings, heldShares),
    register(belongings, askedShares),
    register(departmentUses, sharesWithDepartments),
    register(phoneHolders, contactHolders),
    ...contactNotifications,
    addressesOfContacts,
    contactFiles,
    register(jobResults, { type: BULK_RESULT }),
    ...[...ownBulkActs, ...givingBulkActs].map((act) => register(bulkActs, act)),
  ],
  seatFacts: contactFacts,
});
