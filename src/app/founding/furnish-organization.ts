import { employees } from '../../domains/directory/index.ts';
import { organizations } from '../../domains/organization/index.ts';
import { windowMembers } from '../../domains/service-window/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { decodeGlobalId } from '../../platform/schema/global-id.ts';
import { inUseCase } from '../../platform/write/in-use-case.ts';
import { type DemoPeople, encodeGlobalId, type Seat, type UseCase } from '../../sdk/index.ts';
import { actAs } from '../act-as.ts';
import type { LoadedModule } from '../loaded-module.ts';
import { moduleError } from '../module.errors.ts';
import type { Runtime } from '../runtime.ts';
import type { OrganizationPlan, PlannedContact } from './organization-plan.ts';

const ADD_GROUP =
  'mutation ($input: AddTagGroupInput!) { addTagGroup(input: $input) { __typename ... on AddTagGroupSuccess { tagGroup { id } } ... on UserError { message } } }';
const ADD_TAG =
  'mutation ($input: AddTagInput!) { addTag(input: $input) { __typename ... on AddTagSuccess { tag { id } } ... on UserError { message } } }';
const ADD_CONTACT =
  'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id } } ... on UserError { message } } }';
const SHARE = 'mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename ... on UserError { message } } }';

/** Contacts added at the same time: the newcomer waits for them. */
const AT_ONCE = 6;

/** The ids of what a plan has made, by the keys of the plan. */
export interface Furnished {
  /** UUIDs of employees. */
  readonly employees: ReadonlyMap<string, string>;
  /** UUIDs of contacts. */
  readonly contacts: ReadonlyMap<string, string>;
  /** Global ids, in the order of the plan. */
  readonly tagIds: readonly string[];
}

/**
 * Gives a founded organization its tags, contacts, shares, members of the window, and what its modules show in a demo; through the API
 * wherever that has the means. Begun again after a crash, it goes on where it was.
 */
export async function furnishOrganization(runtime: Runtime, plan: OrganizationPlan): Promise<Furnished> {
  const staff = await employeeIds(runtime, plan);
  const admin = adminOf(plan, staff);
  const tagIds = await addTags(runtime, admin, plan);
  const contacts = new Map<string, string>();
  for (let from = 0; from < plan.contacts.length; from += AT_ONCE) {
    const some = plan.contacts.slice(from, from + AT_ONCE).map(async (contact, i) => {
      const tag = tagIds[(from + i) % tagIds.length]!;
      contacts.set(contact.key, await addContact(runtime, admin, contact, tag, staff));
    });
    await Promise.all(some);
  }
  const customers = plan.contacts.flatMap(({ key, isMember }) => (isMember ? [contacts.get(key)!] : []));
  if (customers.length) await letIn(runtime, plan.id, customers);
  for (const module of runtime.modules) await showIn(runtime, admin, module, { customers });
  return { employees: staff, contacts, tagIds };
}

/** @throws ModuleError where a module cannot make what it shows. */
async function showIn(runtime: Runtime, admin: Seat, module: LoadedModule, people: DemoPeople): Promise<void> {
  const { demo } = module;
  if (!demo) return;
  try {
    await inOneUseCase(runtime, admin, (use) => demo(use, people));
  } catch (error) {
    throw module.isPlugin ? moduleError(module, error) : error;
  }
}

export async function employeeIds({ pools }: Runtime, plan: OrganizationPlan): Promise<ReadonlyMap<string, string>> {
  const rows = await inTransaction(pools.requests, plan.id, (transaction) =>
    transaction.on({ employees }).selectFrom('employees').select(['id', 'phone']).where('left_at', 'is', null).execute(),
  );
  const byPhone = new Map(rows.map(({ id, phone }) => [phone, id]));
  return new Map(plan.employees.flatMap(({ key, phone }) => (byPhone.has(phone) ? [[key, byPhone.get(phone)!] as const] : [])));
}

export function adminOf(plan: OrganizationPlan, staff: ReadonlyMap<string, string>): Seat {
  const [first] = plan.employees;
  const rights = new Map(first!.rights?.map((right) => [right, 'ALL' as const]));
  return { id: staff.get(first!.key)!, organizationId: plan.id, kind: 'EMPLOYEE', rights, traits: new Set(), pluginsOff: new Set() };
}

async function addTags(runtime: Runtime, admin: Seat, { tagGroups }: OrganizationPlan): Promise<string[]> {
  const ids: string[] = [];
  for (const { group, color, tags } of tagGroups) {
    const input = { name: group, color, idempotencyKey: `plan-group-${group}` };
    const made = await actAs<{ addTagGroup: { tagGroup: { id: string } } }>(runtime, admin, ADD_GROUP, { input });
    for (const name of tags) {
      const tag = { groupId: made.addTagGroup.tagGroup.id, name, idempotencyKey: `plan-tag-${group}-${name}` };
      ids.push((await actAs<{ addTag: { tag: { id: string } } }>(runtime, admin, ADD_TAG, { input: tag })).addTag.tag.id);
    }
  }
  return ids;
}

async function addContact(
  runtime: Runtime,
  admin: Seat,
  contact: PlannedContact,
  tagId: string,
  staff: ReadonlyMap<string, string>,
): Promise<string> {
  const { key, name, phone, company, owner, sharees = [] } = contact;
  const employeeId = (of: string): string => encodeGlobalId('Employee', staff.get(of)!);
  const input = { name, phone, company, tagIds: [tagId], ownerId: owner ? employeeId(owner) : null, idempotencyKey: `plan-contact-${key}` };
  const made = await actAs<{ addContact: { contact: { id: string } } }>(runtime, admin, ADD_CONTACT, { input });
  const { id } = made.addContact.contact;
  for (const sharee of sharees) {
    const share = {
      contactId: id,
      employeeId: employeeId(sharee),
      reason: 'Supports this customer',
      idempotencyKey: `plan-share-${key}-${sharee}`,
    };
    await actAs(runtime, admin, SHARE, { input: share });
  }
  return decodeGlobalId('Contact', id);
}

/** By the back door of the plan, which has members of suspended windows, too; nobody is invited to those. */
const letIn = ({ pools, now }: Runtime, organizationId: string, contactIds: readonly string[]): Promise<unknown> =>
  inTransaction(pools.requests, organizationId, (transaction) =>
    transaction
      .on({ window_members: windowMembers })
      .insertInto('window_members')
      .values(contactIds.map((contact_id) => ({ organization_id: organizationId, contact_id, joined_at: now() })))
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );

export const inOneUseCase = ({ pools, parts, now }: Runtime, seat: Seat, work: (use: UseCase) => Promise<void>): Promise<void> =>
  inTransaction(pools.requests, seat.organizationId, (transaction) =>
    inUseCase({ seat, now: now(), language: 'en' }, transaction, parts, work),
  );

/** Whether the plan of an organization has been carried out to its end. */
export async function isFurnished({ pools }: Runtime, organizationId: string): Promise<boolean> {
  const found = await inTransaction(pools.requests, organizationId, (transaction) =>
    transaction.on({ organizations }).selectFrom('organizations').select('furnished_at').executeTakeFirst(),
  );
  return found?.furnished_at != null;
}
export const noteFurnished = ({ pools, now }: Runtime, organizationId: string): Promise<unknown> =>
  inTransaction(pools.requests, organizationId, (transaction) =>
    transaction.on({ organizations }).updateTable('organizations').set({ furnished_at: now() }).execute(),
  );
