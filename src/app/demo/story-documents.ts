// The documents of the story's tabs, each for the surface of the seats that play it.

export const TASKS_LIVE = `subscription TasksLive {
  myTasks { kind at taskId task { id version state form { number customerState contact { name } } } }
}`;

export const INBOX = `query Inbox {
  myTasks {
    liveCursor
    nodes {
      id version state createdAt assignee { name }
      form {
        id number contact { name company { name } }
        ... on Order { total { amount currency } lines { name quantity } }
      }
    }
  }
}`;

export const APPROVE = `mutation Approve($input: ApproveFormTaskInput!) {
  approveFormTask(input: $input) {
    __typename
    ... on ApproveFormTaskSuccess { task { state decision } form { number state customerState } }
    ... on UserError { code message }
  }
}`;

export const CLAIM = `mutation Claim($input: ClaimFormTaskInput!) {
  claimFormTask(input: $input) {
    __typename
    ... on ClaimFormTaskSuccess { task { id assignee { name } } }
    ... on UserError { code message }
  }
}`;

export const CONTACT = `query Contact($id: ID!) {
  contact(id: $id) {
    name phone company { name } owner { name } tags { name group { name color } }
    viewerRoles viewerAccess { role through since }
    viewerCan { edit delete share message call }
  }
}`;

export const TIMELINE = `query Timeline($id: ID!) {
  contact(id: $id) { name timeline(first: 10) { nodes { kind at actor { name } } } }
}`;

export const REMARK = `mutation Remark($input: UpdateContactInput!) {
  updateContact(input: $input) {
    __typename
    ... on UpdateContactSuccess { contact { remark version } }
    ... on UserError { code message }
  }
}`;

export const DELETE = `mutation Delete($input: DeleteContactsInput!) {
  deleteContacts(input: $input) {
    __typename
    ... on DeleteContactsSuccess { results { __typename } }
    ... on UserError { code message }
  }
}`;

export const MY_CONTACTS = `query MyContacts {
  contacts(list: VISIBLE, first: 10) { totalCount nodes { name company { name } viewerRoles } }
}`;

export const EVERYBODY = `query Everybody {
  contacts(list: ORGANIZATION, first: 20) { totalCount nodes { name phone owner { name } viewerRoles } }
}`;

export const MYSELF = `query Myself {
  organization { name }
  viewer { name ... on Contact { phone company { name } owner { name } } }
}`;

export const CATALOGUE = `query Catalogue {
  products(first: 10) { nodes { id name unit price { amount currency } availability } }
}`;

export const MY_FORMS_LIVE = `subscription MyFormsLive {
  myForms { kind at customerState form { id number customerState } }
}`;

export const PLACE_ORDER = `mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on PlaceOrderSuccess { order { id number customerState total { amount currency } lines { name quantity } } }
    ... on UserError { code message path }
  }
}`;

export const MY_FORMS = `query MyForms {
  myForms { liveCursor nodes { id number kind customerState customerStateSince } }
}`;

export const CONFIRM = `mutation Confirm($input: ConfirmFormInput!) {
  confirmForm(input: $input) {
    __typename
    ... on ConfirmFormSuccess { form { number customerState } }
    ... on UserError { code message }
    ... on ValidationFailed { issues { path code message } }
  }
}`;

/** Signing in as a customer does; the demo takes one code. */
export const signIn = (phone: string): string => `mutation AskForCode {
  requestSignInCode(input: { phone: "${phone}" }) { __typename }
}

mutation SignIn {
  signIn(input: { phone: "${phone}", code: "246810" }) {
    __typename
    ... on SignInSuccess { token seat { name } }
  }
}`;
