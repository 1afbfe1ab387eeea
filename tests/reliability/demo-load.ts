import { TestSeat } from '../../src/testing/test-seat.ts';
import { adder, approver, customer, type Reach, WriteLoad } from './write-load.ts';

/** People of the demo who write, by their phones. */
const PEOPLE = {
  lin: '+8613800000001',
  zhao: '+8613800000002',
  wang: '+8613800000003',
  chen: '+8613800000004',
  hu: '+8613900000001',
  he: '+8613900000003',
} as const;
const QINGHE = 'Qinghe Tools';
const REQUEST = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { __typename ... on SignInSuccess { token seats { id organization { name } } } } }`;
const SWITCH = 'mutation ($input: SwitchSeatInput!) { switchSeat(input: $input) { __typename ... on SwitchSeatSuccess { token } } }';

/** The demo's people, signed in on a program that runs; their sessions are good on every program of that database. */
export async function signInPeople(url: string): Promise<(name: string, at: string) => TestSeat> {
  const seats = new Map<string, { readonly id: string; readonly token: string }>();
  const as = (token?: string): TestSeat => new TestSeat({ id: '', name: 'signing in', token, url });
  for (const [name, phone] of Object.entries(PEOPLE)) {
    await as().does(REQUEST, { input: { phone } });
    const { token, seats: own } = await as().does(SIGN_IN, { input: { phone, code: '246810' } });
    const { id } = own.find(({ organization }: { organization: { name: string } }) => organization.name === QINGHE);
    seats.set(name, { id, token: (await as(token).does(SWITCH, { input: { seatId: id } })).token });
  }
  return (name, at) => new TestSeat({ name, ...seats.get(name)!, url: at });
}

/** Two who add contacts, two customers who order, and two who approve: the first hands each order on to the second, who is the last. */
export async function startLoad(reach: Reach): Promise<WriteLoad> {
  const { tagGroups } = await reach('lin').query('{ tagGroups { nodes { tags { nodes { id } } } } }');
  const tagIds = [tagGroups.nodes[0].tags.nodes[0].id];
  return new WriteLoad(reach, [
    adder('lin', '136000', tagIds),
    adder('zhao', '136001', tagIds),
    customer('hu'),
    customer('he'),
    approver('wang', reach('chen').id),
    approver('chen'),
  ]);
}
