import { type GuichetBuilder, refs, type SeatSql, sql, valueFrom } from '../../sdk/index.ts';
import { Department, departmentClosure, departmentMembers, departments, Employee, employees, PortalEmployee } from '../directory/index.ts';
import { byValues } from '../fields/index.ts';
import { TransferItem, transfer } from '../transfers/index.ts';
import { companies } from './contact.entity.ts';
import { contactFields } from './contact.fields.ts';
import { foundBy, listCondition, mayUseList, withDeleted } from './contact.lists.ts';
import {
  Company,
  Contact,
  ContactChange,
  ContactListName,
  ContactShare,
  ContactSourceName,
  ContactViewerCan,
  PhoneKindName,
} from './contact.refs.ts';
import { contactRoles, ownedBy, rolesThroughContact } from './contact.roles.ts';
import { contactFieldTerms } from './contact-field.entity.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { lookedFor } from './contact-search.rules.ts';
import { contactShares } from './contact-share.entity.ts';
import { contact, insiders } from './permissions.ts';
import { contactTags, tagSearchTerms } from './tag.entity.ts';

const { seen } = contact;
export function contactTypes(builder: GuichetBuilder): void {
  declareCan(builder);
  declareContact(builder);
  declareCompany(builder);
  declareShare(builder);
  declareChange(builder);
  builder.contributeRole(PortalEmployee, ownedBy);
  builder.entityFields(TransferItem, (t) => ({
    contact: t.one(Contact, {
      on: (item, target) => sql`${target.id} = ${item.subject_id} and ${item.kind} = 'CONTACT'`,
      description: 'The contact, where it is one.',
      rule: transfer.read,
    }),
  }));
  declareQueries(builder);
}

function declareCan(builder: GuichetBuilder): void {
  builder.entityPart(ContactViewerCan, {
    description: 'What your seat may do with the contact: from the same rules that decide it (spec 2.6).',
    fields: (t) => ({
      edit: t.permission(contact.edit, { description: 'Edit it.', rule: seen }),
      delete: t.permission(contact.delete, { description: 'Delete it.', rule: seen }),
      share: t.permission(contact.edit, { description: 'Share it with a colleague.', rule: seen }),
      transfer: t.permission(contact.edit, { description: 'Give it to another owner.', rule: seen }),
      tag: t.permission(contact.edit, { description: 'Set its tags.', rule: seen }),
      message: t.permission(contact.message, { description: 'Send it a message.', rule: seen }),
      call: t.permission(contact.call, { description: 'Phone it, ding it, open a confidential chat, log a visit or a call.', rule: seen }),
      submitForms: t.permission(contact.actFor, { description: 'Hand forms in on its behalf.', rule: seen }),
      sendCard: t.permission(contact.insiders, { description: 'Send its name card to a colleague.', rule: seen }),
    }),
  });
}

function declareContact(builder: GuichetBuilder): void {
  const rule = contact.insiders;
  builder.words(ContactSourceName);
  builder.words(PhoneKindName);
  builder.entity(Contact, {
    description: 'A person outside the company: a customer, supplier or partner (spec 1).',
    interfaces: ['Seat'],
    roles: contactRoles,
    listedFor: insiders,
    reachableFor: seen.roles,
    present: (row) => sql`${row.deleted_at} is null`,
    orders: {
      NAME: { column: 'sort_name', rule: seen, description: 'By name; Chinese names as they sound.' },
      FOLLOW_UP: { column: 'follow_up_order', rule, description: 'By the day of the next follow-up; those without one stand last.' },
      VALUE: {
        values: { table: contactFieldTerms, key: 'contact_id' },
        rule,
        description:
          'By the value of an own field, named by `value`: texts by their letters, numbers, money and days by size, choices and employees those of one beside each other. Contacts without one stand last, whichever direction; all are without one of a field that is not there.',
      },
    },
    search: {
      table: contactSearchTerms,
      key: 'contact_id',
      rule,
      normalize: lookedFor,
      linked: { terms: tagSearchTerms, of: 'tag_id', links: contactTags, from: 'contact_id', to: 'tag_id' },
    },
    filters: {
      tags: { compares: 'links', type: 'Tag', table: contactTags, from: 'contact_id', to: 'tag_id', rule, description: 'By tags.' },
      owner: {
        compares: 'id',
        type: 'Employee',
        column: 'owner_id',
        rule,
        description: 'By owner; `isNull: true` for contacts that nobody answers for.',
      },
      department: {
        compares: 'links',
        type: 'Department',
        column: 'owner_id',
        table: departmentMembers,
        from: 'employee_id',
        to: 'department_id',
        via: { table: departmentClosure, from: 'descendant_id', to: 'ancestor_id' },
        rule,
        description: 'By the departments of the owner, and those above them.',
      },
      company: { compares: 'id', type: 'Company', column: 'company_id', rule, description: 'By company.' },
      source: { compares: 'enum', values: 'ContactSource', column: 'source', rule, description: 'By where they came from.' },
      values: byValues(contactFieldTerms, 'contact_id', rule),
      inWindow: {
        compares: 'boolean',
        table: refs.WindowMember,
        from: 'contact_id',
        rule,
        description: 'By whether they are let in at the service window.',
      },
      leftWindow: {
        compares: 'boolean',
        table: refs.WindowLeaving,
        from: 'contact_id',
        rule,
        description: 'By whether they were let in and have left the service window by themselves.',
      },
      createdAt: { compares: 'instant', column: 'created_at', rule: seen, description: 'By when they were added.' },
      followUpOn: { compares: 'date', column: 'follow_up_on', rule, description: 'By the day of the next follow-up.' },
      lastInteractionAt: { compares: 'instant', column: 'last_interaction_at', rule, description: 'By the last business with them.' },
    },
    fields: contactFields,
  });
}

function declareCompany(builder: GuichetBuilder): void {
  const rule = contact.company;
  builder.entity(Company, {
    description: 'An outside company that contacts belong to; made on the fly from its name.',
    roles: rolesThroughContact(companies, (row, of) => sql`${of.company_id} = ${row.id}`),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'Its name.', rule }),
    }),
  });
}

function declareShare(builder: GuichetBuilder): void {
  const rule = contact.insiders;
  builder.entity(ContactShare, {
    description: 'That a contact is shared with an employee, or with a department and those below it.',
    roles: rolesThroughContact(contactShares, (row, of) => sql`${of.id} = ${row.contact_id}`),
    listedFor: insiders,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.expression(
        'String',
        (row) => {
          const person = valueFrom(row, { sharee: employees }, ({ sharee }) => ({
            value: sharee.name,
            where: sql`${sharee.id} = ${row.employee_id}`,
          }));
          const unit = valueFrom(row, { unit: departments }, (all) => ({
            value: all.unit.name,
            where: sql`${all.unit.id} = ${row.department_id}`,
          }));
          return sql`coalesce(${person}, ${unit})`;
        },
        { description: 'Name of the employee or the department.', rule, nullable: false },
      ),
      employee: t.relation(Employee, 'employee_id', { description: 'The employee, where it is shared in person.', rule }),
      department: t.relation(Department, 'department_id', { description: 'The department, where it is shared with one.', rule }),
      grantedBy: t.relation(Employee, 'granted_by', { description: 'Who shared it.', rule }),
      reason: t.column('reason', { description: 'Why.', rule }),
      since: t.column('since', { description: 'Since when.', rule }),
      until: t.column('until', { description: 'When it ends by itself.', rule }),
    }),
  });
}

function declareChange(builder: GuichetBuilder): void {
  const rule = contact.insiders;
  const told = (column: 'old' | 'new') => (row: { old: SeatSql['me']; new: SeatSql['me'] }) => sql`${row[column]} #>> '{}'`;
  builder.entity(ContactChange, {
    description: 'One change of a contact: who, when, what from, what to (spec 3.16).',
    roles: rolesThroughContact(contactHistory, (row, of) => sql`${of.id} = ${row.contact_id}`),
    listedFor: insiders,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      at: t.column('at', { description: 'When.', rule }),
      actor: t.relation(Employee, 'actor_id', { description: 'The employee who did it; null where it was the contact.', rule }),
      field: t.column('field', { description: 'Name of the field, as in `contactFields`.', rule }),
      from: t.expression('String', told('old'), { description: 'What it was; a list as JSON. Null for nothing.', rule }),
      to: t.expression('String', told('new'), { description: 'What it became; a list as JSON. Null for nothing.', rule }),
    }),
  });
}

function declareQueries(builder: GuichetBuilder): void {
  builder.words(ContactListName);
  builder.queryFields((t) => ({
    contact: t.entity(Contact, {
      description: 'One contact. Null where your seat cannot see it.',
      rule: seen,
      args: { id: t.arg.globalId(Contact, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', Contact)}`,
    }),
    contacts: t.entityPages(Contact, {
      description: 'Contacts, newest first. A list that is not yours to use is null and FORBIDDEN.',
      rule: contact.lists,
      args: { list: t.arg.choice(ContactListName, { description: 'Which contacts.', required: false, defaultValue: 'VISIBLE' }) },
      check: mayUseList,
      listedBy: foundBy,
      absentToo: withDeleted,
      where: listCondition,
    }),
  }));
}
