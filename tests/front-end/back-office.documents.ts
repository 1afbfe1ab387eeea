import { graphql } from './generated/back-office/index.ts';

// What an employee's app asks.

export const Inbox = graphql(`
  query Inbox {
    myTasks(first: 10) { liveCursor nodes { id version form { number contact { name } ... on Order { lines { name quantity } } } } }
  }
`);

export const InboxEvents = graphql(`
  subscription InboxEvents($after: EventCursor) {
    myTasks(after: $after) { kind cursor taskId task { form { number } } }
  }
`);

export const ApproveTask = graphql(`
  mutation ApproveTask($input: ApproveFormTaskInput!) {
    approveFormTask(input: $input) {
      __typename
      ... on ApproveFormTaskSuccess { task { id state } form { state customerState } }
      ... on TaskAlreadyDecided { task { decision } }
      ... on UserError { message }
    }
  }
`);

export const ContactCard = graphql(`
  query ContactCard($id: ID!) {
    contact(id: $id) { name phone owner { name } viewerRoles viewerCan { edit delete } }
  }
`);
