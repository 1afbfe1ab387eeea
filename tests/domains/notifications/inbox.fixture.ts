import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';

export const INBOX = `query ($unread: Boolean, $where: NotificationFilter, $first: Int) {
  notifications(unread: $unread, where: $where, first: $first) { nodes {
    id kind text count readAt from { id } task { id form { number } } form { id number } contact { id name } shareRequest { id } job { id } employee { id }
  } }
  unreadNotifications
}`;
/** As a contact asks: the portal names nothing of what is inside. */
export const MY_INBOX = `query ($unread: Boolean) {
  notifications(unread: $unread, first: 100) { nodes { id kind text count readAt form { id number } } } unreadNotifications
}`;
export const MARK = `mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { __typename
  ... on MarkNotificationsReadSuccess { marked unread } ... on UserError { code path } ... on ValidationFailed { issues { path code } } } }`;

export interface Notified {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly count: number;
  readonly readAt: string | null;
  readonly from: { readonly id: string } | null;
  readonly task: { readonly id: string } | null;
  readonly form: { readonly id: string; readonly number: string } | null;
  readonly contact: { readonly id: string; readonly name: string } | null;
  readonly shareRequest: { readonly id: string } | null;
  readonly job: { readonly id: string } | null;
  readonly employee: { readonly id: string } | null;
}

/** What is in an inbox once everything that was committed is told. */
export async function inboxOf(server: TestServer, seat: TestSeat, variables: object = {}, language = 'en'): Promise<Notified[]> {
  await server.runtime.notifications.settled();
  const query = isContact(seat) ? MY_INBOX : INBOX;
  const { data, errors } = await seat.ask(query, { first: 100, ...variables }, { 'accept-language': language });
  if (errors.length) throw new Error(JSON.stringify(errors));
  return data.notifications.nodes;
}
const CONTACTS = ['customer', 'unowned', 'rival'];
const isContact = ({ name }: TestSeat): boolean => CONTACTS.includes(name);

export const kindsIn = async (server: TestServer, seat: TestSeat): Promise<string[]> =>
  (await inboxOf(server, seat)).map(({ kind }) => kind);
