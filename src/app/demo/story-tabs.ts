import type { Fill } from './graphiql/graphiql.page.ts';
import { type DemoSeat, QINGHE } from './seats.ts';
import type { AppStory } from './stories/app-story.ts';
import {
  APPROVE,
  CATALOGUE,
  CLAIM,
  CONFIRM,
  CONTACT,
  DELETE,
  EVERYBODY,
  INBOX,
  MY_CONTACTS,
  MY_FORMS,
  MY_FORMS_LIVE,
  MYSELF,
  PLACE_ORDER,
  REMARK,
  signIn,
  TASKS_LIVE,
  TIMELINE,
} from './story-documents.ts';
import type { StoryFacts } from './story-facts.ts';
import { read, type StoryTab } from './story-tab.ts';

const MY_TASK = '<my newest open task>';
const MY_FORM = '<my form that awaits my confirmation>';
const AWAITING = '{ myForms(first: 1, where: { customerState: { in: [AWAITING_YOUR_CONFIRMATION] } }) { nodes { id } } }';
/** What the story's variables say in place of ids, which are known only once somebody else has played a part. */
export const STORY_FILLS: Readonly<Record<string, Fill>> = {
  [MY_TASK]: {
    query: '{ myTasks(first: 1) { nodes { id } } }',
    path: ['myTasks', 'nodes', 0, 'id'],
    none: 'No task is open for me yet. Once one has arrived, run this again.',
  },
  [MY_FORM]: {
    query: AWAITING,
    path: ['myForms', 'nodes', 0, 'id'],
    none: 'No form awaits my confirmation yet. Once one does, run this again.',
  },
};

/** The story as a seat plays it, a tab a step: that of orders, and then those of the other apps. */
export const storyTabs = (seat: DemoSeat, facts: StoryFacts, stories: readonly AppStory[]): StoryTab[] => [
  ...orderTabs(seat, facts),
  ...stories.flatMap(({ tabs }) => (hasStories(seat) ? (tabs[seat.key]?.(facts) ?? []) : [])),
];
const hasStories = ({ organization }: DemoSeat): boolean => organization === QINGHE;

function orderTabs(seat: DemoSeat, facts: StoryFacts): StoryTab[] {
  if (seat.kind === 'CONTACT') return seat.organization.hasWindow ? customerTabs(seat, facts) : [myself(seat)];
  return (PARTS[seat.key] ?? colleague)(facts);
}

type Part = (facts: StoryFacts) => StoryTab[];

const live = read('Start this and leave it open: tasks arrive live.', TASKS_LIVE);
const inbox = read('My open tasks. The next tab takes the newest, or the id of another.', INBOX);
const approve = (title: string, nextApproverId?: string): StoryTab =>
  read(title, APPROVE, { input: { taskId: MY_TASK, nextApproverId, comment: 'In order.' } });
const claim = read('Take a task that nobody holds: the first has it.', CLAIM, { input: { taskId: MY_TASK } });
const contact = (title: string, facts: StoryFacts): StoryTab => read(title, CONTACT, { id: facts.contact.id });
const remark = (title: string, { contact: { id, version } }: StoryFacts): StoryTab =>
  read(title, REMARK, { input: { contactId: id, expectedVersion: version, remark: 'Prefers mornings.' } });
const remove = (title: string, facts: StoryFacts): StoryTab => read(title, DELETE, { input: { contactIds: [facts.contact.id] } });
const everybody = (title: string): StoryTab => read(title, EVERYBODY);
const mine = read('The contacts that I may see, and as what.', MY_CONTACTS);

const AS_LAST = 'Approve as the last: without a next approver the customer is asked to confirm.';
const ELSEWHERE = 'Another organization’s contact: null, as if the id had never been issued.';
const NOT_YOURS = 'Edit the contact: a sharee reads, and may not.';

const colleague: Part = (facts) => [contact('A colleague with the id sees the name, and FORBIDDEN for the phone.', facts), mine, inbox];
const PARTS: Readonly<Record<string, Part>> = {
  lin: (facts) => [
    everybody('All contacts of the company.'),
    live,
    inbox,
    claim,
    approve(AS_LAST),
    contact('The contact, all of it.', facts),
    remove('Delete the contact: the admin’s alone, and it can be restored for 30 days.', facts),
  ],
  zhao: (facts) => [live, inbox, approve(AS_LAST), contact('A contact of one of my people.', facts), mine],
  wang: (facts) => [
    live,
    inbox,
    approve('Approve, and pick the supervisor Zhao Min as the next approver.', facts.supervisorId),
    contact('My contact.', facts),
    read('What has happened with the contact.', TIMELINE, { id: facts.contact.id }),
    remark('Edit the contact: its owner may.', facts),
    remove('Delete the contact: its owner may not.', facts),
  ],
  chen: (facts) => [live, inbox, approve(AS_LAST), ...colleague(facts).slice(0, 2)],
  sun: (facts) => [contact('The contact that is shared with me: I may read it.', facts), remark(NOT_YOURS, facts), mine],
  xu: (facts) => [
    live,
    inbox,
    claim,
    approve(AS_LAST),
    contact('My right is over forms, not over contacts: the name, and FORBIDDEN for the phone.', facts),
  ],
  tang: (facts) => [contact(ELSEWHERE, facts), everybody('All contacts of my own company.')],
  luo: (facts) => [contact(ELSEWHERE, facts), mine],
};

const myself = ({ organization }: DemoSeat): StoryTab =>
  read(`What ${organization.name} knows of me. It has no service window: there is nothing more for me.`, MYSELF);

function customerTabs({ phone }: DemoSeat, { productIds, key }: StoryFacts): StoryTab[] {
  const lines = productIds.map((productId, i) => ({ productId, quantity: i + 1 }));
  return [
    read('Start this and leave it open: my forms move live, without a word of who handles them.', MY_FORMS_LIVE),
    read('The catalogue.', CATALOGUE),
    read('Place an order. Sent twice with one key, it is placed once.', PLACE_ORDER, {
      input: { lines, note: 'Please deliver in the morning.', idempotencyKey: key },
    }),
    read('My forms. The next tab takes the one that awaits my confirmation.', MY_FORMS),
    read('Confirm, once the form awaits my confirmation. An order that is shipped is confirmed by the receipt of its goods.', CONFIRM, {
      input: { formId: MY_FORM },
    }),
    read('Sign in as a customer does: ask for a code (the demo takes 246810), then hand it in.', signIn(phone)),
  ];
}
