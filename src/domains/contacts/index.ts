export { type BulkAct, bulkActs } from './bulk-act.ts';
export { companyKey, companyName } from './company.rules.ts';
export { CONTACT_SOURCES, type ContactSource, companies, contacts, type FurtherPhone } from './contact.entity.ts';
export { contactPhoneTaken, contactQuotaReached, notYours, phoneBelongsToEmployee } from './contact.errors.ts';
export { CONTACT_LISTS, mayUseList } from './contact.lists.ts';
export { Company, Contact, PhoneKindName } from './contact.refs.ts';
export { contactRoles, rolesThroughContact } from './contact.roles.ts';
export { ANSWERS_WITHIN, BIN_DAYS, isEmail, MOST_PHONE_ANSWERS, quotaOf } from './contact.rules.ts';
export { addContact, findOwner, type NewContact, type Owner } from './contact-adding.service.ts';
export { chosenContacts, contactIds, contactsGiven, ofList, refuseList } from './contact-bulk.input.ts';
export { type BulkDone, doOrBegin, itemResults, itemResultsOrJob } from './contact-bulk.results.ts';
export { toEachContact } from './contact-bulk.service.ts';
export { COLUMN_WORDS, isHeaderOfColumn, isNameOfColumn } from './contact-columns.rules.ts';
export { deleteContact } from './contact-deleting.service.ts';
export { contactDetails, customFields } from './contact-details.input.ts';
export {
  ContactField,
  ContactFieldTerm,
  contactFields,
  contactFieldTerms,
  FIELD_SETTINGS,
  type FieldSettings,
} from './contact-field.entity.ts';
export { BUILT_IN_FIELDS, builtInField, builtInFieldRows, definitionOf, missingBuiltIn, valuesWith } from './contact-field.rules.ts';
export { changeFields, type FieldsNow, holdFields } from './contact-field.service.ts';
export { contactHistory } from './contact-history.entity.ts';
export { type Change, forgiveChanges, recordOfEach } from './contact-history.service.ts';
export { holdKnownContacts, type KnownContact } from './contact-known.service.ts';
export { addContacts, type ReadyContact } from './contact-mass-adding.service.ts';
export { type ContactChangeTo, editContacts } from './contact-mass-editing.service.ts';
export { changeOwner } from './contact-moving.service.ts';
export { holdingPhone } from './contact-phone.service.ts';
export { contactQuotas } from './contact-quota.entity.ts';
export { placesLeft } from './contact-quota.service.ts';
export { contactSearchTerms } from './contact-search.entity.ts';
export { termRows } from './contact-search.service.ts';
export { contactShares } from './contact-share.entity.ts';
export { shareContact } from './contact-sharing.service.ts';
export { oneOfAGroup, type TagRow, tagsOf } from './contact-tagging.service.ts';
export { type NamesOfValues, namesIn, textOf } from './contact-value-text.service.ts';
export { furtherPhonesBeside } from './further-phones.rules.ts';
export { contactsModule } from './module.ts';
export { contact, insiders } from './permissions.ts';
export { countPhoneAnswers, mayTellOfPhones, phoneAnswersLeft } from './phone-answer.service.ts';
export { openRequest, sealRequest } from './share-request.token.ts';
export { contactTags, TAG_COLORS, type TagColor, tagGroups, tagSearchTerms, tags } from './tag.entity.ts';
export { Tag, TagGroup } from './tag.refs.ts';
export { addTag, addTagGroup } from './tag.service.ts';
export { moved } from './tag-places.service.ts';
export { tagTermRows } from './tag-search.service.ts';
