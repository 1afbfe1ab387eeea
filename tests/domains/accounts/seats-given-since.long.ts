import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveSeatPhone } from '../../../src/app/founding/seat-phone.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { ADD } from '../contacts/contact.fixture.ts';
import { isWho, seatsOf, Telephones } from './phone-change.fixture.ts';

// A number passes on from one person to another, and is given seats then: a session of whoever had it is no proof that its holder has it still (spec 3.7).

const SESSIONS = '{ sessions { id current seat { id } } }';
const END = 'mutation ($input: EndSessionsInput!) { endSessions(input: $input) { __typename ... on EndSessionsSuccess { endedCount } } }';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let telephones: Telephones;
/** Of the customer, who had the number first. */
let phone: string;
/** A session of theirs, from before. */
let former: TestSeat;
beforeAll(async () => {
  server = await startTestServer();
  telephones = new Telephones(server);
});
beforeEach(async () => {
  own = await server.organization();
  other = await server.organization();
  phone = own.plan.contacts.find(({ key }) => key === 'customer')!.phone;
  former = await telephones.signsIn(phone);
});
afterAll(() => server.stop());

/** Ways by which an organization gives the number to somebody. @returns the seat */
const GIVES = {
  'added as a contact': async (): Promise<string> =>
    (await other.admin.does(ADD, { input: { name: 'Lu Min', phone, tagIds: [other.tagIds[0]] } })).contact.id,
  'given by the operator': async (): Promise<string> => {
    const { id } = other.colleague;
    await moveSeatPhone(server.runtime, other.id, { seatId: decodeAnyId(id), phone, reason: 'Number lost' });
    return id;
  },
} as const;
const asksToGo = async (seat: TestSeat, seatIds?: readonly string[]) => {
  const next = newPhone();
  const code = await telephones.codeFor(seat, next);
  return { next, answer: await telephones.asks(seat, { phone: next, code, seatIds }) };
};
const phoneIn = async (id: string): Promise<string> =>
  (await server.runtime.pools.identity.query<{ phone: string }>('select phone from identity.seats where seat_id = $1', [decodeAnyId(id)]))
    .rows[0]!.phone;

describe.each(Object.keys(GIVES) as (keyof typeof GIVES)[])('a seat that a number was given since, %s (spec 3.7)', (way) => {
  let given: string;
  beforeEach(async () => {
    given = await GIVES[way]();
  });
  const unreached = () => expect(seatsOf(former)).resolves.not.toContain(given);

  it('is neither told to a session of before, nor acted as by it', async () => {
    await unreached();
    expect(await telephones.switches(former, given)).toBe('NotFound');
    const again = (await telephones.switches(former, own.customer.id)) as TestSeat;
    expect([await isWho(again), await seatsOf(again)]).toEqual([own.customer.id, await seatsOf(former)]);
  });
  it('is not carried off by it, named or not, and the refusal tells nothing of it', async () => {
    const { answer } = await asksToGo(former);
    expect(answer).toMatchObject({ __typename: 'PhoneOfSeveral', message: expect.stringContaining('anew'), unclaimed: [] });
    expect(JSON.stringify(answer)).not.toContain(given);
    expect((await asksToGo(former, [own.customer.id, given])).answer.code).toBe('NOT_FOUND');
    const { next, answer: gone } = await asksToGo(former, [own.customer.id]);
    expect(gone).toMatchObject({ phone: next, seats: [{ id: own.customer.id }] });
    expect(JSON.stringify(gone)).not.toContain(given);
    expect([await phoneIn(own.customer.id), await phoneIn(given)]).toEqual([next, phone]);
    expect(await isWho(former)).toBe(own.customer.id);
    expect(await seatsOf(await telephones.signsIn(phone))).toContain(given);
  });
  it('is reached by whoever signs in anew, and by whoever proves the number that they have', async () => {
    expect(await seatsOf(await telephones.signsIn(phone))).toContain(given);
    await unreached();
    await telephones.changes(former, phone);
    expect(await seatsOf(former)).toContain(given);
    expect(await isWho((await telephones.switches(former, given)) as TestSeat)).toBe(given);
  });
  it('has sessions that those of before neither see nor end, and that see and end them', async () => {
    const anew = await telephones.signsIn(phone, given);
    const told = JSON.stringify(await former.query(SESSIONS));
    const { sessions } = await anew.query(SESSIONS);
    const { id } = sessions.find(({ current }: { current: boolean }) => current);
    expect([told.includes(id), told.includes(given)]).toEqual([false, false]);
    expect((await former.query(END, { input: { sessionIds: [id] } })).endSessions.__typename).toBe('NotFound');
    await former.query(END, { input: {} });
    await expect.poll(() => isWho(former)).toBe('UNAUTHENTICATED');
    expect(await isWho(anew)).toBe(given);
    const late = await telephones.signsIn(phone);
    await anew.query(END, { input: {} });
    await expect.poll(() => isWho(late)).toBe('UNAUTHENTICATED');
  });
});

it('goes along with whoever has signed in anew, and no session of before comes with it', async () => {
  const aside = (await telephones.switches(former, own.customer.id)) as TestSeat;
  const given = await GIVES['added as a contact']();
  const anew = await telephones.signsIn(phone);
  const { next, answer } = await asksToGo(anew);
  expect(answer).toMatchObject({ phone: next, staying: [] });
  expect(await seatsOf(anew)).toEqual([own.customer.id, given].toSorted());
  for (const session of [former, aside]) await expect.poll(() => isWho(session)).toBe('UNAUTHENTICATED');
});

describe('a session of before, when whoever has the number goes on to another (spec 3.7)', () => {
  /** A number at which somebody is who has a seat at another organization. */
  const elsewhere = (): string => other.plan.contacts.find(({ key }) => key === 'rival')!.phone;
  const isOver = (seat: TestSeat): Promise<void> => expect.poll(() => isWho(seat)).toBe('UNAUTHENTICATED');
  it('does not come along to what they have there', async () => {
    const anew = await telephones.signsIn(phone);
    await telephones.changes(anew, elsewhere());
    expect(await seatsOf(anew)).toEqual([own.customer.id, other.rival.id].toSorted());
    await isOver(former);
  });
  it('does not come along where the number has no seat at all', async () => {
    phone = newPhone();
    const [before, anew] = [await telephones.signsIn(phone), await telephones.signsIn(phone)];
    await telephones.changes(anew, elsewhere());
    expect(await seatsOf(anew)).toEqual([other.rival.id]);
    await isOver(before);
  });
  it('does not come along with the one who goes last, of two who shared the telephone', async () => {
    const shared = (await other.admin.does(ADD, { input: { name: 'Lu Min', phone, tagIds: [other.tagIds[0]] } })).contact.id;
    const [first, second] = [await telephones.signsIn(phone, shared), await telephones.signsIn(phone, own.customer.id)];
    const aside = await telephones.signsIn(phone, own.customer.id);
    expect((await asksToGo(first, [shared])).answer).toMatchObject({ seats: [{ id: shared }] });
    await telephones.changes(second, elsewhere());
    expect(await seatsOf(second)).toEqual([own.customer.id, other.rival.id].toSorted());
    for (const one of [aside, former]) await isOver(one);
  });
});

it('names no organization to a session of before, in the text of a code', async () => {
  const sent = () => telephones.text(asked);
  const asked = newPhone();
  await telephones.codeFor(former, asked);
  const before = await sent();
  await GIVES['added as a contact']();
  await telephones.codeFor(former, asked);
  expect((await sent()).replace(/\d{6}/, '')).toBe(before.replace(/\d{6}/, ''));
});

describe('at the same moment, on connections of their own', () => {
  it('what is given while a session of before goes stays with the number', async () => {
    const next = newPhone();
    const code = await telephones.codeFor(former, next);
    const crossing = await Crossing.open(server);
    await crossing.holdCommits();
    const giving = GIVES['added as a contact']();
    await crossing.until('the test');
    const going = telephones.asks(former, { phone: next, code });
    await crossing.letGo();
    await crossing.close();
    const given = await giving;
    const { __typename } = await going;
    expect(['ChangeMyPhoneSuccess', 'PhoneOfSeveral']).toContain(__typename);
    expect(await phoneIn(given)).toBe(phone);
    expect(await seatsOf(former)).toEqual([own.customer.id]);
    expect(await seatsOf(await telephones.signsIn(phone))).toContain(given);
  });
  it('whoever signs in while it is given reaches it, or signed in before', async () => {
    for (let round = 0; round < 4; round++) {
      const [given, session] = await Promise.all([GIVES['given by the operator'](), telephones.signsIn(phone)]);
      const reached = await seatsOf(session);
      const { answer } = await asksToGo(session);
      expect(answer.__typename).toBe(reached.includes(given) ? 'ChangeMyPhoneSuccess' : 'PhoneOfSeveral');
      if (answer.__typename === 'ChangeMyPhoneSuccess') phone = await phoneIn(given);
      else expect(await phoneIn(given)).toBe(phone);
      other = await server.organization();
    }
  });
});
