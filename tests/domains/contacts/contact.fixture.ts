import { inTransaction } from '../../../src/platform/database/transaction.ts';
import { globalId, newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';

const REFUSED = `... on UserError { code path } ... on ValidationFailed { issues { path code } } ... on ContactPhoneTaken { askToShare { name } requestToken existingContact { id name } } ... on ContactQuotaReached { limit }`;
const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const ITEMS = (act: string): string =>
  `results { __typename ... on ${act}ItemSuccess { contactId } ... on UserError { code } ... on ContactPhoneTaken { askToShare { name } } ... on ContactQuotaReached { limit } }`;

export const ADD = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ${REFUSED}
  ... on AddContactSuccess { contact { id name } } } }`;
export const UPDATE = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename ${NAMED}
  ... on VersionConflict { current { ... on Contact { id version name remark } } }
  ... on UpdateContactSuccess { contact { id version name company { id name } position address email remark tags { id } updatedAt } } } }`;
export const CHANGE_PHONE = `mutation ($input: ChangeContactPhoneInput!) { changeContactPhone(input: $input) { __typename
  ... on UserError { code path } ... on ValidationFailed { issues { path code } } ... on ContactPhoneTaken { askToShare { name } requestToken existingContact { id } }
  ... on ChangeContactPhoneSuccess { contact { id version phone phoneExtension } } } }`;
export const DELETE = `mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename ${NAMED}
  ... on DeleteContactsSuccess { results { __typename ... on DeleteContactsItemSuccess { contactId } ... on UserError { code } } } } }`;
export const RESTORE = `mutation ($input: RestoreContactsInput!) { restoreContacts(input: $input) { __typename ${NAMED}
  ... on RestoreContactsSuccess { ${ITEMS('RestoreContacts')} } } }`;
export const TRANSFER = `mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename ${NAMED}
  ... on TransferContactsSuccess { results { __typename ... on TransferContactsItemSuccess { contactId } ... on UserError { code } } } } }`;
export const SHARE = `mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename ${NAMED}
  ... on ShareContactSuccess { contact { id } share { id name since until reason grantedBy { id } } } } }`;
export const UNSHARE = `mutation ($input: UnshareContactInput!) { unshareContact(input: $input) { __typename ${NAMED}
  ... on UnshareContactSuccess { contact { id } } } }`;
export const TAG = `mutation ($input: TagContactInput!) { tagContact(input: $input) { __typename ${NAMED}
  ... on TagContactSuccess { contact { version tags { id } } } } }`;
export const UNTAG = `mutation ($input: UntagContactInput!) { untagContact(input: $input) { __typename ${NAMED}
  ... on UntagContactSuccess { contact { version tags { id } } } } }`;
export const READ = `query ($id: ID!) { contact(id: $id) { id version name phone phoneExtension phoneFormatted company { id name } position address email remark
  source owner { id } createdBy { id } createdAt updatedAt deletedAt tags { id } viewerRoles
  sharedWith { nodes { name since until reason employee { id } department { name } grantedBy { id } } } } }`;

/** Adds a contact with a phone of its own, by a seat, which owns it unless `given` says otherwise. */
export async function added(
  seat: TestSeat,
  { tagIds }: TestOrganization,
  given: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly id: string; readonly name: string; readonly phone: string }> {
  const input = { name: 'Zhu Ming', phone: newPhone(), tagIds: [tagIds[0]], ...given };
  return { ...(await seat.does(ADD, { input })).contact, phone: input.phone };
}

/** The outcome of one mutation, whatever it is. */
export async function outcome(seat: TestSeat, mutation: string, input: Readonly<Record<string, unknown>>) {
  const data = await seat.query(mutation, { input });
  return data[Object.keys(data)[0]!];
}

/** Codes of the top-level errors of one mutation, which did nothing. */
export async function codes(seat: TestSeat, mutation: string, input: unknown): Promise<string[]> {
  const { errors } = await seat.ask(mutation, { input });
  return errors.map(({ extensions }) => extensions.code);
}

/** Rows of an organization, asked past the API. */
export const rowsOf = <Row extends object>(
  { runtime }: TestServer,
  { id }: { readonly id: string },
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => inTransaction(runtime.pools.requests, id, async ({ client }) => (await client.query<Row>(text, [...values])).rows);

/** An employee who has left. @returns the global id */
export async function leaver(server: TestServer, { id }: { readonly id: string }, phone = newPhone()): Promise<string> {
  const [made] = await rowsOf<{ id: string }>(
    server,
    { id },
    `insert into employees (organization_id, id, name, phone, seniority_date, portal_id, left_at)
     values ($1, gen_random_uuid(), 'The leaver', $2, now(), gen_random_uuid(), now()) returning id`,
    [id, phone],
  );
  return globalId('Employee', made!.id);
}

const KEPT = [
  'contacts',
  'contact_tags',
  'contact_shares',
  'contact_search_terms',
  'contact_history',
  'contact_quotas',
  'companies',
  'interactions',
];
/** All that an organization keeps about contacts, as one text: equal where nothing has changed. */
export async function kept(server: TestServer, organization: { readonly id: string }): Promise<string> {
  const parts = KEPT.map((table) => `(select coalesce(json_agg(kept order by kept::text), '[]') from ${table} kept)`);
  const [row] = await rowsOf<{ all: unknown }>(server, organization, `select json_build_array(${parts.join(', ')}) as all`);
  return JSON.stringify(row!.all);
}
