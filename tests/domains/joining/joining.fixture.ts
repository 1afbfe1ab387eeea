import type { SmsSender, TextMessage } from '../../../src/sdk/index.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';

const FAULTS = '... on UserError { code message path } ... on ValidationFailed { issues { path code } }';
export const CREATE = `mutation ($input: CreateWindowLinkInput!) { createWindowLink(input: $input) { __typename ${FAULTS}
  ... on CreateWindowLinkSuccess { link { id version label code url qrSvg qrPngUrl visits applications ownerRule expiresAt maxApplications sharer { id } owner { id } department { id } tags { id } } } } }`;
export const REVOKE = `mutation ($input: RevokeWindowLinkInput!) { revokeWindowLink(input: $input) { __typename ${FAULTS}
  ... on RevokeWindowLinkSuccess { link { id revokedAt revokedBy { id } } } } }`;
export const UPDATE = `mutation ($input: UpdateWindowLinkInput!) { updateWindowLink(input: $input) { __typename ${FAULTS}
  ... on UpdateWindowLinkSuccess { link { id version label expiresAt maxApplications ownerRule owner { id } department { id } tags { id } } } } }`;
export const LINKS = '{ windowLinks { totalCount nodes { id label visits applications placesTaken waiting accepted refused } } }';
export const PAGE = 'query ($code: String!) { windowLink(code: $code) { state organizationName welcome } }';
export const ASK_CODE = `mutation ($input: RequestJoinCodeInput!) { requestJoinCode(input: $input) { __typename ${FAULTS} ... on RequestJoinCodeSuccess { expiresAt } } }`;
export const APPLY = `mutation ($input: ApplyToWindowInput!) { applyToWindow(input: $input) { __typename ${FAULTS} ... on ApplyToWindowSuccess { phoneProven } } }`;
export const APPLICATIONS = `query ($state: JoinApplicationState) { joinApplications(state: $state) { liveCursor totalCount
  nodes { id name phone phoneProven message state reason decidedBy { id } contact { id } link { id sharer { id } } } } }`;
export const ACCEPT = `mutation ($input: AcceptJoinApplicationsInput!) { acceptJoinApplications(input: $input) { __typename ${FAULTS}
  ... on AcceptJoinApplicationsSuccess { results { __typename ... on UserError { code path } ... on ValidationFailed { issues { path code } }
    ... on ContactQuotaReached { limit } ... on AcceptJoinApplicationsItemSuccess { applicationId contactId wasKnown } } } } }`;
export const REFUSE = `mutation ($input: RefuseJoinApplicationsInput!) { refuseJoinApplications(input: $input) { __typename ${FAULTS}
  ... on RefuseJoinApplicationsSuccess { results { __typename ... on UserError { code } ... on RefuseJoinApplicationsItemSuccess { applicationId } } } } }`;

/** The payload of one mutation; the code of the error where there is none. */
export async function outcomeOf(seat: TestSeat, mutation: string, input: object, headers: Record<string, string> = {}) {
  const { data, errors } = await seat.ask(mutation, { input }, headers);
  const [root] = Object.keys(data ?? {});
  return (root && data[root]) ?? errors[0]!.extensions.code;
}
export const makeLink = async (seat: TestSeat, input: object = {}) => (await seat.does(CREATE, { input })).link;

/** Takes text messages, and has those of a phone. */
export class Messages implements SmsSender {
  readonly name = 'kept';
  readonly sent: TextMessage[] = [];
  async send(message: TextMessage): Promise<void> {
    this.sent.push(message);
  }
  to(phone: string): readonly TextMessage[] {
    return this.sent.filter((message) => message.phone === phone);
  }
  /** The last code that a phone was sent. */
  code(phone: string): string | undefined {
    return this.to(phone).findLast(({ kind }) => kind === 'JOIN_CODE')?.parameters.code;
  }
}
