import { entityRef, type PhoneKind, words } from '../../sdk/index.ts';
import { type ContactSource, companies, contacts } from './contact.entity.ts';
import { CONTACT_LISTS } from './contact.lists.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactShares } from './contact-share.entity.ts';
import { contactShareRequests } from './share-request.entity.ts';

export const Contact = entityRef('Contact', contacts);
export const ContactViewerCan = entityRef('ContactViewerCan', contacts);
export const Company = entityRef('Company', companies);
export const ContactShare = entityRef('ContactShare', contactShares);
export const ContactChange = entityRef('ContactChange', contactHistory);
export const ContactShareRequest = entityRef('ContactShareRequest', contactShareRequests);
export const ContactShareRequestViewerCan = entityRef('ContactShareRequestViewerCan', contactShareRequests);
export const ContactListName = words('ContactList', 'A list of contacts.', CONTACT_LISTS);
const SOURCES: Readonly<Record<ContactSource, string>> = {
  MANUAL: 'Typed in by hand.',
  VCARD: 'From a phone book.',
  CARD: 'From a photographed business card.',
  IMPORT: 'From a workbook.',
  LINK: 'Applied at the service window.',
  API: 'By another program.',
  MERGE: 'Two contacts made one.',
};
export const ContactSourceName = words('ContactSource', 'Where a contact came from.', SOURCES);
const KINDS: Readonly<Record<PhoneKind, string>> = {
  MOBILE: 'A mobile.',
  WORK: 'At work.',
  HOME: 'At home.',
  FAX: 'A fax.',
  OTHER: 'Another one.',
};
export const PhoneKindName = words('PhoneKind', 'What a further number is.', KINDS);
