/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation SignIn($phone: PhoneNumber!, $code: String!) {\n    signIn(input: { phone: $phone, code: $code }) {\n      __typename\n      ... on SignInSuccess { token seat { id name } }\n      ... on UserError { message }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  query Catalogue($first: Int!) {\n    products(first: $first) { nodes { id name price { amount currency } } }\n  }\n": typeof types.CatalogueDocument,
    "\n  mutation PlaceOrder($input: PlaceOrderInput!) {\n    placeOrder(input: $input) {\n      __typename\n      ... on PlaceOrderSuccess { order { id number customerState total { amount currency } } }\n      ... on ValidationFailed { issues { path message } }\n      ... on UserError { message }\n    }\n  }\n": typeof types.PlaceOrderDocument,
    "\n  query MyForms {\n    myForms(first: 10) { liveCursor nodes { id number customerState } }\n  }\n": typeof types.MyFormsDocument,
};
const documents: Documents = {
    "\n  mutation SignIn($phone: PhoneNumber!, $code: String!) {\n    signIn(input: { phone: $phone, code: $code }) {\n      __typename\n      ... on SignInSuccess { token seat { id name } }\n      ... on UserError { message }\n    }\n  }\n": types.SignInDocument,
    "\n  query Catalogue($first: Int!) {\n    products(first: $first) { nodes { id name price { amount currency } } }\n  }\n": types.CatalogueDocument,
    "\n  mutation PlaceOrder($input: PlaceOrderInput!) {\n    placeOrder(input: $input) {\n      __typename\n      ... on PlaceOrderSuccess { order { id number customerState total { amount currency } } }\n      ... on ValidationFailed { issues { path message } }\n      ... on UserError { message }\n    }\n  }\n": types.PlaceOrderDocument,
    "\n  query MyForms {\n    myForms(first: 10) { liveCursor nodes { id number customerState } }\n  }\n": types.MyFormsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($phone: PhoneNumber!, $code: String!) {\n    signIn(input: { phone: $phone, code: $code }) {\n      __typename\n      ... on SignInSuccess { token seat { id name } }\n      ... on UserError { message }\n    }\n  }\n"): typeof import('./graphql.ts').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Catalogue($first: Int!) {\n    products(first: $first) { nodes { id name price { amount currency } } }\n  }\n"): typeof import('./graphql.ts').CatalogueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PlaceOrder($input: PlaceOrderInput!) {\n    placeOrder(input: $input) {\n      __typename\n      ... on PlaceOrderSuccess { order { id number customerState total { amount currency } } }\n      ... on ValidationFailed { issues { path message } }\n      ... on UserError { message }\n    }\n  }\n"): typeof import('./graphql.ts').PlaceOrderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyForms {\n    myForms(first: 10) { liveCursor nodes { id number customerState } }\n  }\n"): typeof import('./graphql.ts').MyFormsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
