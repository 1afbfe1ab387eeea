import { input, type RootFields, type SchemaDoor, type SeatSql, sql } from '../../sdk/index.ts';
import { companies, contacts } from './contact.entity.ts';
import { contactFields } from './contact.fields.ts';
import { CONTACT_LISTS, foundBy, LIST_NAMES, listCondition, mayUseList, withDeleted } from './contact.lists.ts';
import { contactRoles, ownedBy, rolesThroughContact } from './contact.roles.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { normalize } from './contact-search.rules.ts';
import { contactShares } from './contact-share.entity.ts';
import { contact, insiders } from './permissions.ts';
import { contactTags } from './tag.entity.ts';

const SOURCES = {
  MANUAL: 'Typed in by hand.',
  VCARD: 'From a phone book.',
  CARD: 'From a photographed business card.',
  IMPORT: 'From a workbook.',
  LINK: 'Applied at the service window.',
  API: 'By another program.',
  MERGE: 'Two contacts made one.',
};

export function contactSchema(door: SchemaDoor): void {
  door.enum('ContactSource', 'Where a contact came from.', SOURCES);
  door.enum('ContactList', 'A list of contacts.', CONTACT_LISTS);
  declareCan(door);
  declareContact(door);
  declareCompany(door);
  declareShare(door);
  declareChange(door);
  door.contributeRole('PortalEmployee', ownedBy);
  door.query(queries);
}

function declareCan(door: SchemaDoor): void {
  door.part(
    'ContactViewerCan',
    'What your seat may do with the contact: from the same rules that decide it (spec 2.6).',
    contacts,
    (t) => ({
      edit: t.permission(contact.edit, { description: 'Edit it.', rule: contact.seen }),
      delete: t.permission(contact.delete, { description: 'Delete it.', rule: contact.seen }),
      share: t.permission(contact.edit, { description: 'Share it with a colleague.', rule: contact.seen }),
      transfer: t.permission(contact.edit, { description: 'Give it to another owner.', rule: contact.seen }),
      tag: t.permission(contact.edit, { description: 'Set its tags.', rule: contact.seen }),
      message: t.permission(contact.message, { description: 'Send it a message.', rule: contact.seen }),
      call: t.permission(contact.call, {
        description: 'Phone it, ding it, open a confidential chat, log a visit or a call.',
        rule: contact.seen,
      }),
      sendCard: t.permission(contact.insiders, { description: 'Send its name card to a colleague.', rule: contact.seen }),
    }),
  );
}

function declareContact(door: SchemaDoor): void {
  door.entity('Contact', {
    table: contacts,
    description: 'A person outside the company: a customer, supplier or partner (spec 1).',
    interfaces: ['Seat'],
    roles: contactRoles,
    listedFor: insiders,
    reachableFor: contact.seen.roles,
    present: (row) => sql`${row.deleted_at} is null`,
    orders: { NAME: { column: 'sort_name', rule: contact.insiders, description: 'By name; Chinese names as they sound.' } },
    search: { table: contactSearchTerms, key: 'contact_id', rule: contact.insiders, normalize },
    filters: {
      tags: {
        compares: 'links',
        type: 'Tag',
        table: contactTags,
        from: 'contact_id',
        to: 'tag_id',
        rule: contact.insiders,
        description: 'By tags.',
      },
      owner: {
        compares: 'id',
        type: 'Employee',
        column: 'owner_id',
        rule: contact.insiders,
        description: 'By owner; `isNull: true` for contacts that nobody answers for.',
      },
      company: { compares: 'id', type: 'Company', column: 'company_id', rule: contact.insiders, description: 'By company.' },
      source: {
        compares: 'enum',
        values: 'ContactSource',
        column: 'source',
        rule: contact.insiders,
        description: 'By where they came from.',
      },
      createdAt: { compares: 'instant', column: 'created_at', rule: contact.insiders, description: 'By when they were added.' },
      lastInteractionAt: {
        compares: 'instant',
        column: 'last_interaction_at',
        rule: contact.insiders,
        description: 'By the last business with them.',
      },
    },
    fields: contactFields,
  });
}

function declareCompany(door: SchemaDoor): void {
  door.entity('Company', {
    table: companies,
    description: 'An outside company that contacts belong to; made on the fly from its name.',
    roles: rolesThroughContact(companies, (row, of) => sql`${of.company_id} = ${row.id}`),
    listedFor: contact.company.roles,
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: contact.company }),
      name: t.column('name', { description: 'Its name.', rule: contact.company }),
    }),
  });
}

function declareShare(door: SchemaDoor): void {
  door.entity('ContactShare', {
    table: contactShares,
    description: 'That a contact is shared with an employee, or with a department and those below it.',
    roles: rolesThroughContact(contactShares, (row, of) => sql`${of.id} = ${row.contact_id}`),
    listedFor: insiders,
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: contact.insiders }),
      name: t.expression(
        'String',
        (
          row,
        ) => sql`coalesce((select sharee.name from employees sharee where sharee.organization_id = ${row.organization_id} and sharee.id = ${row.employee_id}),
          (select unit.name from departments unit where unit.organization_id = ${row.organization_id} and unit.id = ${row.department_id}))`,
        { description: 'Name of the employee or the department.', rule: contact.insiders, nullable: false },
      ),
      employee: t.relation('Employee', 'employee_id', {
        description: 'The employee, where it is shared in person.',
        rule: contact.insiders,
      }),
      department: t.relation('Department', 'department_id', {
        description: 'The department, where it is shared with one.',
        rule: contact.insiders,
      }),
      grantedBy: t.relation('Employee', 'granted_by', { description: 'Who shared it.', rule: contact.insiders }),
      reason: t.column('reason', { description: 'Why.', rule: contact.insiders }),
      since: t.column('since', { description: 'Since when.', rule: contact.insiders }),
      until: t.column('until', { description: 'When it ends by itself.', rule: contact.insiders }),
    }),
  });
}

function declareChange(door: SchemaDoor): void {
  const told = (column: 'old' | 'new') => (row: { old: SeatSql['me']; new: SeatSql['me'] }) => sql`${row[column]} #>> '{}'`;
  door.entity('ContactChange', {
    table: contactHistory,
    description: 'One change of a contact: who, when, what from, what to (spec 3.16).',
    roles: rolesThroughContact(contactHistory, (row, of) => sql`${of.id} = ${row.contact_id}`),
    listedFor: insiders,
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: contact.insiders }),
      at: t.column('at', { description: 'When.', rule: contact.insiders }),
      actor: t.relation('Employee', 'actor_id', {
        description: 'The employee who did it; null where it was the contact.',
        rule: contact.insiders,
      }),
      field: t.column('field', { description: 'Name of the field, as in Contact.', rule: contact.insiders }),
      from: t.expression('String', told('old'), { description: 'What it was; a list as JSON. Null for nothing.', rule: contact.insiders }),
      to: t.expression('String', told('new'), { description: 'What it became; a list as JSON. Null for nothing.', rule: contact.insiders }),
    }),
  });
}

const queries = (t: RootFields) => ({
  contact: t.one('Contact', contacts, {
    description: 'One contact. Null where your seat cannot see it.',
    rule: contact.seen,
    args: { id: input.id('Contact', 'Its global id.') },
    where: (row, { id }) => sql`${row.id} = ${id('id', 'Contact')}`,
  }),
  contacts: t.connection('Contact', contacts, {
    description: 'Contacts, newest first. A list that is not yours to use is null and FORBIDDEN.',
    rule: contact.lists,
    args: { list: input.optional(input.enumValue('ContactList', LIST_NAMES, 'Which contacts.')) },
    argDefaults: { list: 'VISIBLE' },
    check: mayUseList,
    listedBy: foundBy,
    absentToo: withDeleted,
    where: listCondition,
  }),
});
