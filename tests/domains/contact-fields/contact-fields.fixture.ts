import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { outcome } from '../contacts/contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code message } }';
const FIELD =
  'id version name label kind builtIn required visibleToContact position usage options { id label parentId } min max currency maxLength decimals most';
export const FIELDS = `{ contactFields { ${FIELD} } }`;
export const ADD_FIELD = `mutation ($input: AddContactFieldInput!) { addContactField(input: $input) { __typename ${NAMED}
  ... on AddContactFieldSuccess { field { ${FIELD} } } } }`;
export const UPDATE_FIELD = `mutation ($input: UpdateContactFieldInput!) { updateContactField(input: $input) { __typename ${NAMED}
  ... on ContactFieldValuesDoNotFit { usage misfits } ... on ContactFieldValuesRewritten { rewritten from to } ... on UpdateContactFieldSuccess { field { ${FIELD} } } } }`;
export const MOVE_FIELD = `mutation ($input: MoveContactFieldInput!) { moveContactField(input: $input) { __typename ${NAMED}
  ... on MoveContactFieldSuccess { field { ${FIELD} } } } }`;
export const DELETE_FIELD = `mutation ($input: DeleteContactFieldInput!) { deleteContactField(input: $input) { __typename ${NAMED}
  ... on ContactFieldInUse { usage } ... on DeleteContactFieldSuccess { changed fieldId } } }`;

export const VALUES = `customFields { __typename field { id name label kind } text ... on NumberValue { number } ... on MoneyValue { money { amount currency } }
  ... on DateValue { date } ... on YesNoValue { yes } ... on ChoiceValue { option { id label } } ... on ChoicesValue { options { id label } }
  ... on PhoneValue { phone extension } ... on EmployeeValue { employee { name } } ... on FileValue { files { id name } } }`;
export const READ = `query ($id: ID!) { contact(id: $id) { id version ${VALUES} history(first: 10) { nodes { field from to } } } }`;

interface Field {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly position: number;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}
/** Adds a field of contacts. */
export async function field(own: TestOrganization, name: string, kind: string, more: object = {}): Promise<Field> {
  return (await outcome(own.admin, ADD_FIELD, { name, kind, ...more })).field;
}
export const fieldNamed = async (own: TestOrganization, name: string): Promise<Field> =>
  (await own.admin.query(FIELDS)).contactFields.find((one: Field) => one.name === name);
/** Text of the values of a contact, by the names of fields. */
export async function textsOf(own: TestOrganization, id: string, seat = own.admin): Promise<Record<string, string>> {
  const { contact } = await seat.query(READ, { id });
  return Object.fromEntries(contact.customFields.map((one: { field: Field; text: string }) => [one.field.name, one.text]));
}
