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
    "\n  query Inbox {\n    myTasks(first: 10) { liveCursor nodes { id version form { number contact { name } ... on Order { lines { name quantity } } } } }\n  }\n": typeof types.InboxDocument,
    "\n  subscription InboxEvents($after: EventCursor) {\n    myTasks(after: $after) { kind cursor taskId task { form { number } } }\n  }\n": typeof types.InboxEventsDocument,
    "\n  mutation ApproveTask($input: ApproveFormTaskInput!) {\n    approveFormTask(input: $input) {\n      __typename\n      ... on ApproveFormTaskSuccess { task { id state } form { state customerState } }\n      ... on TaskAlreadyDecided { task { decision } }\n      ... on UserError { message }\n    }\n  }\n": typeof types.ApproveTaskDocument,
    "\n  query ContactCard($id: ID!) {\n    contact(id: $id) { name phone owner { name } viewerRoles viewerCan { edit delete } }\n  }\n": typeof types.ContactCardDocument,
};
const documents: Documents = {
    "\n  query Inbox {\n    myTasks(first: 10) { liveCursor nodes { id version form { number contact { name } ... on Order { lines { name quantity } } } } }\n  }\n": types.InboxDocument,
    "\n  subscription InboxEvents($after: EventCursor) {\n    myTasks(after: $after) { kind cursor taskId task { form { number } } }\n  }\n": types.InboxEventsDocument,
    "\n  mutation ApproveTask($input: ApproveFormTaskInput!) {\n    approveFormTask(input: $input) {\n      __typename\n      ... on ApproveFormTaskSuccess { task { id state } form { state customerState } }\n      ... on TaskAlreadyDecided { task { decision } }\n      ... on UserError { message }\n    }\n  }\n": types.ApproveTaskDocument,
    "\n  query ContactCard($id: ID!) {\n    contact(id: $id) { name phone owner { name } viewerRoles viewerCan { edit delete } }\n  }\n": types.ContactCardDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Inbox {\n    myTasks(first: 10) { liveCursor nodes { id version form { number contact { name } ... on Order { lines { name quantity } } } } }\n  }\n"): typeof import('./graphql.ts').InboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription InboxEvents($after: EventCursor) {\n    myTasks(after: $after) { kind cursor taskId task { form { number } } }\n  }\n"): typeof import('./graphql.ts').InboxEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApproveTask($input: ApproveFormTaskInput!) {\n    approveFormTask(input: $input) {\n      __typename\n      ... on ApproveFormTaskSuccess { task { id state } form { state customerState } }\n      ... on TaskAlreadyDecided { task { decision } }\n      ... on UserError { message }\n    }\n  }\n"): typeof import('./graphql.ts').ApproveTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ContactCard($id: ID!) {\n    contact(id: $id) { name phone owner { name } viewerRoles viewerCan { edit delete } }\n  }\n"): typeof import('./graphql.ts').ContactCardDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
