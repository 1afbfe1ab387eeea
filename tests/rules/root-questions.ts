import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql';
import { newPhone } from '../../src/testing/test-organization.ts';
import { SURFACES, type SurfaceName, shapeOf } from './printed.rules.ts';

// Questions to every root field, made from the schema: their arguments filled in, and each id that they take named by its place.

const ROLES_OF_CONTACTS = new Set([
  ...['EXTERNAL', 'FRANCHISE_APPLICANT', 'ORDERING_COMPANY', 'ORDERING_APPROVER', 'ORDERING_BUYER', 'ORDERING_RECEIVER'],
  ...['CONTRACT_VIEWER', 'CONTRACT_COUNTERSIGNER'],
]);
/** Whether only contacts bear the roles of a rule. */
export const isOfContacts = (roles: readonly string[]): boolean => roles.every((role) => ROLES_OF_CONTACTS.has(role));

export type Operation = 'query' | 'mutation' | 'subscription';
type Field = ReturnType<GraphQLObjectType['getFields']>[string];
export interface RootField {
  readonly surface: SurfaceName;
  readonly operation: Operation;
  readonly field: Field;
}
/** Where a value stands in the arguments: `['input', 'tagIds']`. */
export type Place = readonly string[];
export type ChooseId = (type: string, place: Place) => string;
/** A place, and what is put there in place of what a well-meaning caller would send. */
export interface Put {
  readonly place: Place;
  readonly value?: unknown;
}

const roots = (schema: GraphQLSchema, operation: Operation): readonly Field[] =>
  Object.values(
    { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[
      operation
    ]!.getFields(),
  );
export const rootFields = (surface: SurfaceName, operation: Operation): readonly RootField[] =>
  roots(SURFACES[surface], operation).map((field) => ({ surface, operation, field }));

/** Of what type the object is that an id names, where its name does not say so. Where root fields differ, it stands with the field's. */
const ID_TYPES: Readonly<Record<string, string>> = {
  'node.id': 'Contact',
  'nodes.ids': 'BusinessForm',
  'markNotificationsRead.ids': 'Notification',
  'removeStandIn.id': 'StandIn',
  standInId: 'Employee',
  ownerId: 'Employee',
  successorId: 'Employee',
  from: 'Employee',
  owner: 'Employee',
  actor: 'Employee',
  objects: 'Contact',
  nextApproverId: 'Employee',
  fieldId: 'ContactField',
  groupId: 'TagGroup',
  replacementId: 'Tag',
  bookId: 'ContactBook',
  cardId: 'ContactCard',
  parentId: 'Department',
  mainDepartmentId: 'Department',
  taskId: 'FormTask',
  taskIds: 'FormTask',
  holderId: 'Employee',
  handler: 'Employee',
  submittedBy: 'Employee',
  approverId: 'Employee',
  formId: 'BusinessForm',
  templateId: 'FormTemplate',
  templateIds: 'FormTemplate',
  draftId: 'FormDraft',
  template: 'FormTemplate',
  supervisorsOfDepartmentId: 'Department',
  optionIds: 'FormTemplate', // options stand in it, and are no objects
  seatId: 'Contact',
  requestId: 'ContactShareRequest',
  conflictId: 'DirectoryConflict',
  appId: 'WindowApp',
  afterId: 'WindowApp',
  'moveArticle.afterId': 'Article',
  categoryId: 'ArticleCategory',
  uploadId: 'File',
  linkId: 'WindowLink',
  applicationIds: 'JoinApplication',
  importId: 'ContactImport',
  repairId: 'RepairOrder',
  visitId: 'RepairVisit',
  technicianId: 'RepairTechnician',
  technician: 'Employee',
  assetId: 'RepairAsset',
  asset: 'RepairAsset',
  partId: 'RepairPart',
  partUseId: 'RepairPartUse',
  labourId: 'RepairLabour',
  photoId: 'File',
  photoIds: 'File',
  signatureId: 'File',
  variantId: 'ProductVariant',
  orderId: 'OrderShipping',
  'recordPayment.orderId': 'OrderAccount',
  returnId: 'OrderReturn',
  shipmentId: 'Shipment',
  'createShipment.lineId': 'ShippingLine',
  'proposeOrderChange.lineId': 'ShippingLine',
  'requestReturn.lineId': 'ShippingLine',
  'approveOrderRequest.requestId': 'OrderRequest',
  'refuseOrderRequest.requestId': 'OrderRequest',
  'takeBackOrderRequest.requestId': 'OrderRequest',
  'reorder.orderId': 'BusinessForm',
  lineId: 'ShipmentLine',
  signerId: 'ContractSigner',
  obligationId: 'ContractObligation',
  counterpartyId: 'ContractCounterparty',
  'draftContract.templateId': 'ContractTemplate',
  'startContract.templateId': 'ContractTemplate',
  franchiseId: 'FranchiseApplication',
  brandId: 'FranchiseBrand',
  brand: 'FranchiseBrand',
  territoryId: 'FranchiseTerritory',
  territory: 'FranchiseTerritory',
  memberIds: 'Employee',
  scorerIds: 'Employee',
  inspectorId: 'Employee',
  documentId: 'FranchiseDocument',
  openingTaskId: 'FranchiseOpeningTask',
  'addContractVersion.templateId': 'ContractTemplate',
  'amendContract.templateId': 'ContractTemplate',
};
const typeNamed = (word: string): string | undefined => {
  const name = word[0]!.toUpperCase() + word.slice(1);
  return [name, name.replace(/s$/, '')].find((one) => SURFACES.staff.getType(one));
};
/** `contactIds` are of Contact, as are `contact(id:)` and `contact: { in: [] }`. */
export function idType(root: string, place: Place): string {
  const words = [place.at(-1)!, place.at(-2) ?? ''];
  const known = [`${root}.${words[0]}`, ...words].map((word) => ID_TYPES[word]).find((type) => type);
  const found = known ?? [...words, root].map((word) => word.replace(/Ids?$/, '')).flatMap((word) => (word && typeNamed(word)) || [])[0];
  if (!found) throw new Error(`Say in ID_TYPES of which type ${root}(${place.join('.')}) is.`);
  return found;
}

/** A filter that a mutation takes is that of a list, which is asked for itself: there an id that is none finds nothing, and is not refused. */
export const idPlaces = (root: RootField): Place[] =>
  placesOf(root, ['ID']).filter((place) => root.operation !== 'mutation' || !place.includes('where'));

/** Every place in the arguments of a field that takes values of these scalars; filters inside filters are left out. */
export function placesOf({ field }: RootField, scalars: readonly string[]): Place[] {
  const within = (type: GraphQLInputType, place: Place, above: readonly string[]): Place[] => {
    const named = getNamedType(type);
    if (scalars.includes(named.name)) return [place];
    if (!isInputObjectType(named) || above.includes(named.name)) return [];
    return Object.values(named.getFields()).flatMap((inner) => within(inner.type, [...place, inner.name], [...above, named.name]));
  };
  return field.args.flatMap((argument) => within(argument.type, [argument.name], []));
}

const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Int53: 1,
  Boolean: true,
  JSON: {},
  DateTime: '2099-01-01T00:00:00Z',
  Date: '2026-06-01',
};
const TEXTS: Readonly<Record<string, string>> = { currency: 'CNY', plugin: 'ordering', code: '246810' };

/** Arguments of a root field: those that it needs, and what lies on the way to `asked`. */
export function variablesFor(root: RootField, choose: ChooseId, asked: Place = []): Record<string, unknown> {
  return variablesWith(root, choose, { place: asked });
}

export function variablesWith({ field }: RootField, choose: ChooseId, put: Put): Record<string, unknown> {
  const isAsked = (place: Place): boolean => place.every((step, i) => put.place[i] === step);
  const isPut = (place: Place): boolean => 'value' in put && place.length === put.place.length && isAsked(place);
  const value = (type: GraphQLInputType, place: Place): unknown => {
    const nullable = getNullableType(type);
    if (isPut(place)) return isListType(nullable) && !Array.isArray(put.value) ? [put.value] : put.value;
    if (isListType(nullable)) return [value(nullable.ofType, place)];
    if (isEnumType(nullable)) return nullable.getValues()[0]!.name;
    if (isInputObjectType(nullable)) return object(Object.values(nullable.getFields()), place);
    const { name } = getNamedType(nullable);
    if (name === 'ID') return choose(idType(field.name, place), place);
    if (name === 'PhoneNumber') return newPhone();
    return SCALARS[name] ?? TEXTS[place.at(-1)!] ?? 'x';
  };
  const isNeeded = (of: GraphQLArgument | GraphQLInputField): boolean =>
    'args' in of ? false : isRequiredInputField(of as GraphQLInputField) || isRequiredArgument(of as GraphQLArgument);
  const object = (fields: readonly (GraphQLArgument | GraphQLInputField)[], place: Place): Record<string, unknown> =>
    Object.fromEntries(
      fields.flatMap((of) => {
        const at = [...place, of.name];
        return isNeeded(of) || isAsked(at) ? [[of.name, value(of.type, at)]] : [];
      }),
    );
  return object(field.args, []);
}

/** The document: everything that tells whether something was found or done. */
export function documentFor({ surface, operation, field }: RootField, variables: Readonly<Record<string, unknown>>): string {
  const used = field.args.filter(({ name }) => name in variables);
  const declared = used.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = used.map(({ name }) => `${name}: $${name}`).join(', ');
  return `${operation} ${declared && `(${declared})`} { ${field.name}${given && `(${given})`} ${selectionOf(SURFACES[surface], field)} }`;
}

function selectionOf(schema: GraphQLSchema, field: Field): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (isUnionType(type)) {
    const refuses = type.getTypes().some((member) => member.getInterfaces().some(({ name }) => name === 'UserError'));
    return `{ __typename ${refuses ? '... on UserError { code path }' : ''} ${resultsOf(schema, field.name)} }`;
  }
  if (!isObjectType(type)) return '{ __typename id }';
  if (type.getFields().nodes) return '{ totalCount nodes { __typename id } }';
  return shapeOf(field) === 'PART' ? '{ __typename }' : '{ __typename id }';
}
/** A bulk act answers for each object. */
function resultsOf(schema: GraphQLSchema, mutation: string): string {
  const success = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Success`;
  const type = schema.getType(success);
  return isObjectType(type) && type.getFields().results
    ? `... on ${success} { results { __typename ... on UserError { code path } } }`
    : '';
}
