import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';

const REFUSED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
export const OFFBOARD = `mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { __typename ${REFUSED}
  ... on EmployeeAlreadyLeft { employee { id leftAt } } ... on LastAdmin { right }
  ... on OffboardEmployeeSuccess {
    report { contacts { moved unowned inBin toEmployees { employee { id } count } } tasks shares sessions unsupervised rights { right departments unheld } kinds { kind count } }
    transfer { id } employee { id leftAt }
  } } }`;
export const UNDO = `mutation ($input: UndoTransferInput!) { undoTransfer(input: $input) { __typename ${REFUSED}
  ... on TransferNotUndoable { reason transfer { id undoneAt } } ... on UndoTransferSuccess { returned kept rights { right departments returned } lostDepartments transfer { id undoneAt undoneBy { id } } } } }`;
export const TRANSFERS = `query ($first: Int) { transfers(first: $first) { nodes {
  id kind from { id } by { id } createdAt undoneAt undoableUntil viewerCan { undo }
  items(first: 100) { totalCount nodes { kind contact { id } task { id } from { id } to { id } state reason } }
} } }`;
export const TRANSFER = `mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename
  ... on TransferContactsSuccess { transfer { id } results { __typename } } } }`;
export const OWNER = 'query ($id: ID!) { contact(id: $id) { owner { id } } }';

/** The outcome of one mutation, whatever it is. */
export async function outcome(seat: TestSeat, mutation: string, input: Readonly<Record<string, unknown>>) {
  const data = await seat.query(mutation, { input });
  return data[Object.keys(data)[0]!];
}
export const ownerOf = async ({ admin }: TestOrganization, contactId: string): Promise<string | null> =>
  (await admin.query(OWNER, { id: contactId })).contact.owner?.id ?? null;
/** The newest transfer, as an admin sees it. */
export const newest = async ({ admin }: TestOrganization) => (await admin.query(TRANSFERS, { first: 1 })).transfers.nodes[0];
