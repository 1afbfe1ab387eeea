import {
  COLLEAGUE,
  type ConditionInputs,
  exists,
  type GuichetBuilder,
  type RowHandle,
  type Sql,
  sql,
  versionConflict,
} from '../../sdk/index.ts';
import { Contact, contact, type contacts } from '../contacts/index.ts';
import { adminsOf, colleagues, Department, departmentClosure, departmentMembers } from '../directory/index.ts';
import { claimDepartments, contactClaiming } from './claiming.entity.ts';
import { claimQuotaReached, contactAlreadyOwned } from './claiming.errors.ts';
import { ContactClaiming } from './claiming.refs.ts';
import { claimContact, updateClaiming } from './claiming.service.ts';
import { claiming } from './permissions.ts';

const MOST_DEPARTMENTS = 100;

/** Claiming contacts that nobody answers for (spec 3.18). */
export function claimingTypes(builder: GuichetBuilder): void {
  declareSettings(builder);
  builder.queryField('claimableContacts', (t) =>
    t.entityPages(Contact, {
      description: 'Contacts that nobody answers for, where your departments may claim them: their names, the newest first.',
      rule: claiming.claim,
      listedBy: () => [COLLEAGUE],
      where: isClaimable,
      narrows: false,
    }),
  );
  builder.useCase('claimContact', {
    description: 'Makes you the owner of a contact that nobody answers for. The first who claims it has it (spec 3.18).',
    rule: claiming.claim,
    doesOnce: true,
    input: (t) => ({ contactId: t.globalId(Contact, { description: 'The contact.' }) }),
    refusals: [contactAlreadyOwned, claimQuotaReached],
    guard: (use, { contactId }) => use.authorize('Contact', contactId, claiming.claim, { path: ['input', 'contactId'] }),
    run: async (use, { contactId }) => {
      await claimContact(use, contactId);
      return { contact: contactId };
    },
    success: (t) => ({ contact: t.loaded(Contact, 'contact', { description: 'The contact, yours now.', rule: contact.seen }) }),
  });
}

/** Asked of the seat once, not of each row. */
const mayClaim = ({ organization, me }: ConditionInputs['seat']): Sql =>
  exists(
    { organization_id: organization },
    { settings: contactClaiming, allowed: claimDepartments, tree: departmentClosure, mine: departmentMembers },
    ({ settings, allowed, tree, mine }) =>
      sql`${settings.most} > 0 and ${tree.ancestor_id} = ${allowed.department_id} and ${mine.department_id} = ${tree.descendant_id} and ${mine.employee_id} = ${me}`,
  );
const isClaimable = (row: RowHandle<typeof contacts>, { seat }: Pick<ConditionInputs, 'seat'>): Sql =>
  sql`${row.owner_id} is null and ${mayClaim(seat)}`;

function declareSettings(builder: GuichetBuilder): void {
  const rule = claiming.read;
  builder.entity(ContactClaiming, {
    description: 'Who may claim contacts that nobody answers for, and how many.',
    key: 'organization_id',
    roles: [colleagues, adminsOf('CONTACTS')],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateContactClaiming` asks for it.', rule }),
      most: t.column('most', { description: 'How many an employee may hold by claiming them; 0: nobody claims.', rule }),
      departments: t.list(Department, {
        through: { allowed: claimDepartments },
        on: (_, department, { allowed }) => sql`${department.id} = ${allowed.department_id}`,
        description: 'The departments whose members may, with those below them.',
        rule,
        atMost: MOST_DEPARTMENTS,
        order: { by: 'CREATED_AT', direction: 'ASC' },
      }),
    }),
  });
  builder.queryField('contactClaiming', (t) =>
    t.entity(ContactClaiming, {
      description: 'Who may claim contacts; null while nobody has said so, and nobody may.',
      rule,
      where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}`,
    }),
  );
  builder.useCase('updateContactClaiming', {
    description: 'Says which departments may claim contacts that nobody answers for, and how many each of their members (spec 3.18).',
    rule: claiming.settings,
    input: (t) => ({
      expectedVersion: t.integer({ description: 'The `version` that you read; 0 while there is none.' }),
      departmentIds: t.globalIds(Department, {
        description: 'The departments, with those below them; none: nobody claims.',
        most: MOST_DEPARTMENTS,
      }),
      most: t.integer({ description: 'How many an employee may hold by claiming them.', min: 0, max: 1_000_000 }),
    }),
    refusals: [versionConflict],
    guard: (use, { departmentIds }) => use.findAll('Department', departmentIds, (at) => ['input', 'departmentIds', String(at)]),
    run: async (use, given) => {
      await updateClaiming(use, given);
      return { claiming: use.organizationId };
    },
    success: (t) => ({ claiming: t.loaded(ContactClaiming, 'claiming', { description: 'The settings as they are now.', rule }) }),
  });
}
