import type { DemoSeat } from './seats.ts';

/** Ids that the story's variables need; found when the page is made. */
export interface StoryIds {
  readonly contact: string;
  readonly supervisor: string;
  readonly products: readonly string[];
}
export interface StoryTab {
  readonly title: string;
  readonly query: string;
  readonly variables?: unknown;
}

const MY_INBOX: StoryTab = {
  title: 'My open tasks. Copy an id of a task into the next tabs.',
  query: `query Inbox {
  myTasks {
    liveCursor
    nodes { id version state assignee { name } form { id number contact { name company { name } } ... on Order { total { amount currency } lines { name quantity } } } }
  }
}`,
};
const TASKS_LIVE: StoryTab = {
  title: 'Start this and leave it open: tasks arrive live.',
  query: `subscription TasksLive {
  myTasks { kind at taskId task { id version state form { number customerState contact { name } } } }
}`,
};
const approve = (title: string, nextApproverId?: string): StoryTab => ({
  title,
  query: `mutation Approve($input: ApproveFormTaskInput!) {
  approveFormTask(input: $input) {
    __typename
    ... on ApproveFormTaskSuccess { task { state decision } form { number state customerState } }
    ... on UserError { code message }
  }
}`,
  variables: {
    input: { taskId: 'the id of a task', ...(nextApproverId ? { nextApproverId } : {}), comment: 'In order.', idempotencyKey: 'approve-1' },
  },
});
const contact = (title: string, id: string): StoryTab => ({
  title,
  query: `query Contact($id: ID!) {
  contact(id: $id) {
    name phone company { name } owner { name } tags { name group { name color } }
    viewerRoles viewerAccess { role through since }
    viewerCan { edit delete share message call }
  }
}`,
  variables: { id },
});
const REMARK = (id: string): StoryTab => ({
  title: 'Edit the contact. Who may not is told so.',
  query: `mutation Remark($input: UpdateContactInput!) {
  updateContact(input: $input) { __typename ... on UpdateContactSuccess { contact { remark version } } ... on UserError { code message } }
}`,
  variables: { input: { contactId: id, expectedVersion: 1, remark: 'Prefers mornings.' } },
});

function customerTabs({ phone }: DemoSeat, { products }: StoryIds): StoryTab[] {
  return [
    {
      title: 'Sign in as a customer does: ask for a code (the demo takes 246810), then hand it in.',
      query: `mutation AskForCode { requestSignInCode(input: { phone: "${phone}" }) { __typename } }

mutation SignIn { signIn(input: { phone: "${phone}", code: "246810" }) { __typename ... on SignInSuccess { token seat { name } } } }`,
    },
    {
      title: 'The catalogue.',
      query: 'query Catalogue {\n  products(first: 10) { nodes { id name unit price { amount currency } availability } }\n}',
    },
    {
      title: 'Start this and leave it open: your forms move live, without a word of who handles them.',
      query: 'subscription MyFormsLive {\n  myForms { kind at customerState form { id number customerState } }\n}',
    },
    {
      title: 'Place an order.',
      query: `mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on PlaceOrderSuccess { order { id number customerState total { amount currency } lines { name quantity } } }
    ... on UserError { code message path }
  }
}`,
      variables: {
        input: {
          lines: products.slice(0, 2).map((productId, i) => ({ productId, quantity: i + 1 })),
          note: 'Please deliver in the morning.',
          idempotencyKey: 'order-1',
        },
      },
    },
    {
      title: 'My forms. Copy an id for the next tab.',
      query: 'query MyForms {\n  myForms { liveCursor nodes { id number kind customerState customerStateSince } }\n}',
    },
    {
      title: 'Confirm receipt, once the form awaits your confirmation.',
      query: `mutation Confirm($input: ConfirmFormInput!) {
  confirmForm(input: $input) { __typename ... on ConfirmFormSuccess { form { number customerState } } ... on UserError { code message } }
}`,
      variables: { input: { formId: 'the id of a form', idempotencyKey: 'confirm-1' } },
    },
  ];
}

const DELETE = (id: string): StoryTab => ({
  title: 'Delete the contact: the admin’s alone, and it can be restored for 30 days.',
  query: `mutation Delete($input: DeleteContactsInput!) {
  deleteContacts(input: $input) { __typename ... on DeleteContactsSuccess { results { __typename } } ... on UserError { code message } }
}`,
  variables: { input: { contactIds: [id] } },
});
const WHOLE_COMPANY: StoryTab = {
  title: 'All contacts of the company.',
  query: 'query Everybody {\n  contacts(list: ORGANIZATION, first: 20) { totalCount nodes { name phone owner { name } viewerRoles } }\n}',
};
const CLAIM: StoryTab = {
  title: 'Take a task that nobody holds: the first has it.',
  query: `mutation Claim($input: ClaimFormTaskInput!) {
  claimFormTask(input: $input) { __typename ... on ClaimFormTaskSuccess { task { assignee { name } } } ... on UserError { code message } }
}`,
  variables: { input: { taskId: 'the id of a task', idempotencyKey: 'claim-1' } },
};

/** The story as a seat plays it: a tab a step. */
export function storyTabs(seat: DemoSeat, ids: StoryIds): StoryTab[] {
  if (seat.kind === 'CONTACT') return customerTabs(seat, ids);
  const hu = (title: string): StoryTab => contact(title, ids.contact);
  const tabs: Record<string, StoryTab[]> = {
    lin: [WHOLE_COMPANY, TASKS_LIVE, MY_INBOX, CLAIM, approve('Approve as the last.'), hu('The contact, all of it.'), DELETE(ids.contact)],
    zhao: [
      TASKS_LIVE,
      MY_INBOX,
      approve('Approve as the last: without a next approver the customer is asked to confirm.'),
      hu('A contact of one of my people.'),
    ],
    wang: [
      TASKS_LIVE,
      MY_INBOX,
      approve('Approve, and pick the supervisor Zhao Min as the next approver.', ids.supervisor),
      hu('My contact.'),
      REMARK(ids.contact),
    ],
    sun: [hu('The contact that is shared with me: I may read it …'), REMARK(ids.contact)],
    xu: [TASKS_LIVE, MY_INBOX, CLAIM, approve('Approve as the last.'), hu('My right is over forms, not over contacts.')],
    tang: [hu('Another organization’s contact: null, as if the id had never been issued.'), WHOLE_COMPANY],
    luo: [hu('Another organization’s contact: null, as if the id had never been issued.')],
  };
  return tabs[seat.key] ?? [hu('A colleague with the id sees the name, and FORBIDDEN for the phone.'), MY_INBOX];
}
