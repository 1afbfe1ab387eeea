import { readPhone } from '../../sdk/core.ts';
import { type EntityFields, sql } from '../../sdk/index.ts';
import { Employee, PortalEmployee } from '../directory/index.ts';
import { Organization } from '../organization/index.ts';
import type { contacts, FurtherPhone } from './contact.entity.ts';
import { Company, ContactChange, ContactShare, ContactSourceName, ContactViewerCan } from './contact.refs.ts';
import { customFieldsOf } from './contact-values.graphql.ts';
import { contact } from './permissions.ts';
import { contactTags } from './tag.entity.ts';
import { Tag } from './tag.refs.ts';

type Fields = EntityFields<typeof contacts>;
const { seen, own, insiders } = contact;

/** The fields of Contact, each with its rule (spec 2.3). */
export const contactFields = (t: Fields) => ({
  ...seenFields(t),
  ...ownFields(t),
  ...insideFields(t),
  customFields: customFieldsOf(t),
  ...people(t),
  ...lists(t),
});

const seenFields = (t: Fields) => ({
  id: t.globalId({ description: 'Global id.', rule: seen }),
  name: t.column('name', { description: 'Name.', rule: seen }),
  organization: t.one(Organization, {
    on: (row, target) => sql`${target.organization_id} = ${row.organization_id}`,
    description: 'The organization whose contact this is.',
    rule: seen,
  }),
  // its id tells it anyway
  createdAt: t.column('created_at', { description: 'When it was added.', rule: seen }),
  viewerRoles: t.viewerRoles({ description: 'The roles that your seat has toward the contact.', rule: seen }),
  viewerAccess: t.viewerAccess({ description: 'Where these roles come from.', rule: seen }),
  viewerCan: t.sameRow(ContactViewerCan, { description: 'What your seat may do with the contact.', rule: seen }),
});

const ownFields = (t: Fields) => ({
  phone: t.column('phone', { type: 'PhoneNumber', description: 'Main phone, E.164.', rule: own }),
  phoneExtension: t.column('phone_extension', { description: 'Extension of the main phone.', rule: own }),
  phoneFormatted: t.string({
    description: 'Main phone as people write it, with its extension.',
    rule: own,
    needs: ['phone', 'phone_extension'],
    resolve: ({ phone, phone_extension: extension }) => `${readPhone(phone)?.formatted ?? phone}${extension ? ` ext. ${extension}` : ''}`,
  }),
  furtherPhones: t.field({
    type: ['ContactPhone'] as never,
    description: 'Further numbers: others may have them too.',
    rule: own,
    needs: ['further_phones'],
    resolve: (({ further_phones: phones }: { further_phones: readonly FurtherPhone[] }) => phones) as never,
  }),
  address: t.column('address', { description: 'Address.', rule: own }),
  company: t.one(Company, {
    on: (row, company) => sql`${company.id} = ${row.company_id}`,
    description: 'The company that the contact belongs to.',
    rule: contact.company,
    proves: contact.company.roles,
  }),
});

const insideFields = (t: Fields) => ({
  version: t.column('version', { description: 'Raised by every edit: `updateContact` asks for it.', rule: insiders }),
  position: t.column('position', { description: 'What the contact does in the company.', rule: insiders }),
  email: t.column('email', { description: 'Email address.', rule: insiders }),
  remark: t.column('remark', { description: 'What those who answer for the contact noted.', rule: insiders }),
  source: t.column('source', { type: ContactSourceName, description: 'Where the contact came from.', rule: insiders }),
  updatedAt: t.column('updated_at', { description: 'When it was last edited.', rule: insiders }),
  lastInteractionAt: t.column('last_interaction_at', { description: 'When there was last business with the contact.', rule: insiders }),
  followUpOn: t.column('follow_up_on', { description: 'The day of the next follow-up; null for none.', rule: insiders }),
  followUpNote: t.column('follow_up_note', { description: 'What it is about.', rule: insiders }),
  deletedAt: t.column('deleted_at', { description: 'When it was put into the bin; null for all others.', rule: insiders }),
});

const people = (t: Fields) => ({
  owner: t.onEach({
    staff: t.relation(Employee, 'owner_id', {
      description: 'The one employee answerable for the contact; null where nobody is.',
      rule: insiders,
      surface: 'staff',
    }),
    portal: t.relation(PortalEmployee, 'owner_id', { description: 'The employee who answers for you.', rule: own, surface: 'portal' }),
  }),
  createdBy: t.relation(Employee, 'created_by', { description: 'Who added it.', rule: insiders }),
});

const lists = (t: Fields) => ({
  tags: t.list(Tag, {
    through: { tagging: contactTags },
    on: (row, tag, { tagging }) => sql`${tagging.contact_id} = ${row.id} and ${tag.id} = ${tagging.tag_id}`,
    description: 'Its tags: at most one of each group.',
    rule: insiders,
    atMost: 100,
    order: { by: 'CREATED_AT', direction: 'ASC' },
  }),
  sharedWith: t.pages(ContactShare, {
    on: (row, share) => sql`${share.contact_id} = ${row.id}`,
    description: 'With whom it is shared now.',
    rule: insiders,
    proves: insiders.roles,
    where: (share, { seat }) => sql`(${share.until} is null or ${share.until} > ${seat.now})`,
  }),
  history: t.pages(ContactChange, {
    on: (row, change) => sql`${change.contact_id} = ${row.id}`,
    description: 'Every change of it, newest first.',
    rule: insiders,
    proves: insiders.roles,
  }),
});
