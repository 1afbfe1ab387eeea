import {
  ADMIN,
  type EntityRole,
  EXTERNAL,
  exists,
  heldToward,
  inheritedWay,
  OWNER,
  OWNERS_SUPERVISOR,
  PARTICIPANT,
  type Role,
  SHAREE,
  sql,
  way,
} from '../../sdk/index.ts';
import { companies, contactRoles, contacts } from '../contacts/index.ts';
import { departmentClosure, departmentMembers, SUPERVISES_MANY } from '../directory/index.ts';
import { companyReaders } from './company-access/company-access.roles.ts';
import { businessForms, formParticipants, formTasks } from './form.entity.ts';
import { isAtWindow } from './form-window.ts';
import { FORM_ASSIGNEE, FORM_AUTHOR, FORM_CLAIMANT, FORM_COMPANY_READER } from './permissions.ts';

type Way = EntityRole['ways'][number];

/** ADMIN of forms: for the whole organization, or for contacts whose owners sit in the departments of the right. */
const formAdmin = (ways: readonly Way[]): EntityRole => ({
  role: ADMIN,
  held: ({ rights }) => (rights.get('FORMS') === 'ALL' ? 'ALL' : rights.has('FORMS') ? 'SOME' : 'NONE'),
  ways,
});

const ownersInScope = way(contacts, {}, ({ row, seat }) =>
  exists(
    row,
    { member: departmentMembers, tree: departmentClosure },
    ({ member, tree }) =>
      sql`${tree.descendant_id} = ${member.department_id} and ${member.employee_id} = ${row.owner_id} and ${tree.ancestor_id} = any(${seat.scope('FORMS')})`,
  ),
);

const ofContact = (of: Way): Way => inheritedWay(of, 'customer', contacts, 'contact_id');
const fromContact = (role: Role): EntityRole => {
  const of = contactRoles.find((one) => one.role === role)!;
  return { ...of, ways: of.ways.map(ofContact) };
};

const participates = way(
  businessForms,
  { participant: formParticipants },
  ({ row, seat, participant }) => sql`${participant.form_id} = ${row.id} and ${participant.employee_id} = ${seat.me}`,
);

export const formRoles: readonly EntityRole[] = [
  formAdmin([ofContact(ownersInScope)]),
  fromContact(OWNER),
  { ...fromContact(OWNERS_SUPERVISOR), towardMany: ({ traits }) => traits.has(SUPERVISES_MANY) },
  heldToward(PARTICIPANT, [participates]),
  fromContact(SHAREE),
  heldToward(EXTERNAL, [way(businessForms, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`)], isAtWindow),
  companyReaders,
  heldToward(FORM_AUTHOR, [
    way(businessForms, {}, ({ row, seat }) => sql`${row.contact_id} is null and ${row.submitted_by_id} = ${seat.me}`),
  ]),
];

const ofForm = (of: Way): Way => inheritedWay(of, 'form', businessForms, 'form_id');
const toForm = (role: Role): EntityRole => {
  const of = formRoles.find((one) => one.role === role)!;
  return { ...of, ways: of.ways.map(ofForm) };
};

/** What belongs to a form and only those inside may read. */
export const insideRoles: readonly EntityRole[] = [toForm(ADMIN), toForm(OWNER), toForm(OWNERS_SUPERVISOR), toForm(PARTICIPANT)];

/** What is said across the border, the customer's side reads too. */
export const commentRoles: readonly EntityRole[] = [...insideRoles, toForm(EXTERNAL), toForm(FORM_COMPANY_READER)];

export const taskRoles: readonly EntityRole[] = [
  ...insideRoles,
  heldToward(FORM_ASSIGNEE, [way(formTasks, {}, ({ row, seat }) => sql`${row.assignee_id} = ${seat.me}`)]),
  heldToward(
    FORM_CLAIMANT,
    [way(formTasks, {}, ({ row }) => sql`${row.assignee_id} is null`)],
    ({ rights }) => rights.get('FORMS') === 'ALL',
  ),
];

/** A form's participants may see its contact's name and company, on every path (spec 2.2). */
export const contactParticipants: EntityRole = heldToward(PARTICIPANT, [
  way(
    contacts,
    { form: businessForms, participant: formParticipants },
    ({ row, seat, form, participant }) =>
      sql`${form.contact_id} = ${row.id} and ${participant.form_id} = ${form.id} and ${participant.employee_id} = ${seat.me}`,
  ),
]);

export const companyParticipants: EntityRole = heldToward(PARTICIPANT, [
  way(
    companies,
    { contact: contacts, form: businessForms, participant: formParticipants },
    ({ row, seat, contact, form, participant }) =>
      sql`${contact.company_id} = ${row.id} and ${contact.deleted_at} is null and ${form.contact_id} = ${contact.id} and ${participant.form_id} = ${form.id} and ${participant.employee_id} = ${seat.me}`,
  ),
]);
