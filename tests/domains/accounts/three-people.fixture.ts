import { expect } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';
import { bare } from '../../support/says.ts';
import { ADD, DELETE, outcome, RESTORE, rowsOf } from '../contacts/contact.fixture.ts';
import { ADD_EMPLOYEE } from '../directory/directory.fixture.ts';
import { OFFBOARD, UNDO } from '../transfers/transfer.fixture.ts';
import { PeopleAtNumbers, type SeatKind, type Session, type Walked } from './people-at-numbers.ts';
import { seatsOf, type Telephones } from './phone-change.fixture.ts';

export type Deed =
  | { readonly deed: 'MOVES'; readonly seat: number; readonly to: number; readonly isNew: boolean; readonly isWhole: boolean }
  | { readonly deed: 'HIRES'; readonly person: number; readonly at: number; readonly of: number; readonly kind: SeatKind }
  | { readonly deed: 'LEAVES'; readonly seat: number }
  | { readonly deed: 'RETURNS'; readonly seat: number }
  | { readonly deed: 'SETTLES'; readonly which: number; readonly choice: number };

const OPEN = `{ directoryConflicts(first: 50, where: { settledAt: { isNull: true } }) { nodes { id phone choices } } }`;
const ROW = 'query ($id: ID!) { node(id: $id) { ... on Contact { phone } ... on Employee { phone } } }';

const ids = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id).toSorted();

/** What three people do with three numbers in some organizations, and beside it what should come of it. */
export class Walk {
  readonly world: PeopleAtNumbers;
  readonly numbers = [newPhone(), newPhone(), newPhone()] as const;
  readonly done: string[] = [];
  readonly #server: TestServer;
  readonly #telephones: Telephones;
  readonly #organizations: readonly TestOrganization[];
  readonly #sessions = new Map<string, TestSeat>();
  readonly #transfers = new Map<string, string>();
  constructor(server: TestServer, telephones: Telephones, organizations: readonly TestOrganization[]) {
    this.#server = server;
    this.#telephones = telephones;
    this.#organizations = organizations;
    this.world = new PeopleAtNumbers();
  }
  #among<T>(all: readonly T[], at: number): T | undefined {
    return all[at % all.length];
  }
  async does(deed: Deed): Promise<void> {
    switch (deed.deed) {
      case 'MOVES':
        await this.#moves(deed);
        break;
      case 'HIRES':
        await this.hires(deed);
        break;
      case 'LEAVES':
        await this.#leaves(this.#among(this.world.live(), deed.seat));
        break;
      case 'RETURNS':
        await this.#returns(this.#among(this.world.ended(), deed.seat));
        break;
      case 'SETTLES':
        await this.#settles(deed);
        break;
    }
    await this.check();
  }
  async #moves({ seat: at, to, isNew, isWhole }: Extract<Deed, { deed: 'MOVES' }>): Promise<void> {
    const seat = this.#among(this.world.live(), at);
    if (!seat) return;
    const known = isNew ? undefined : this.world.sessions.find((one) => one.seatId === seat.id);
    const session = known ?? this.world.signsIn(seat);
    if (!known) this.#sessions.set(session.name, await this.#telephones.signsIn(seat.phone, seat.id));
    const [from, phone] = [seat.phone, this.numbers[to]!];
    const named = from !== phone && this.world.mustName(session) ? this.#names(session, isWhole) : undefined;
    const reached = this.world.reached(session);
    expect(await seatsOf(this.#sessions.get(session.name)!)).toEqual(ids(reached));
    if (reached.length < this.world.live().filter((one) => one.phone === from).length) this.done.push('REACHES LESS');
    const answer = await this.#asks(session, phone, named);
    const isLeftBehind = named && !named.some(({ id }) => id === session.seatId); // an admin has joined the seat to others since
    if (isLeftBehind) return expect(answer.issues).toMatchObject([{ code: named.length ? 'OWN_SEAT_STAYS' : 'TOO_FEW' }]);
    this.world.moves(session, phone, named);
    this.done.push(from === phone ? 'STAYS' : 'MOVES');
    if (from === phone) return;
    if (this.world.sessions.includes(session))
      expect(ids(answer.seats)).toEqual(ids(this.world.live().filter((one) => one.phone === phone)));
    expect(ids(answer.staying)).toEqual(ids(reached.filter((one) => one.phone === from)));
  }
  /** What is theirs of what they may name, or one seat of it. */
  #names(session: Session, isWhole: boolean): Walked[] {
    const { going, unclaimed, others } = this.world.toName(session);
    const theirs = [...going, ...unclaimed, ...(session.group === undefined && going.length === 0 ? others : [])].filter(
      ({ owner }) => owner === session.owner,
    );
    const [first] = theirs.filter(({ isUnclaimed }) => !isUnclaimed);
    const one = theirs.filter(({ isUnclaimed, group }) => isUnclaimed || group === first?.group);
    if (one.some(({ isUnclaimed }) => isUnclaimed)) this.done.push('CLAIMS');
    return isWhole ? one : one.filter(({ id }) => id === session.seatId);
  }
  /** Unnamed it moves nothing, nor by a name that is another's; the code stays good. */
  async #asks(session: Session, phone: string, named: readonly Walked[] | undefined) {
    const seat = this.#sessions.get(session.name)!;
    const code = await this.#telephones.codeFor(seat, phone);
    const asks = (of?: readonly Walked[]) => this.#telephones.asks(seat, { phone, code, seatIds: of?.map(({ id }) => id) });
    if (!named) return asks();
    const { going, unclaimed, others } = this.world.toName(session);
    const refused = [undefined, ...(going[0] && others[0] ? [[going[0], others[0]]] : [])];
    for (const of of refused) {
      const answer = await asks(of);
      expect([answer.__typename, ids(answer.going), ids(answer.unclaimed), ids(answer.others)]).toEqual([
        'PhoneOfSeveral',
        ids(going),
        ids(unclaimed),
        ids(others),
      ]);
    }
    return asks(named);
  }
  async hires({ person, at, of, kind }: Omit<Extract<Deed, { deed: 'HIRES' }>, 'deed'>): Promise<void> {
    const organization = this.#organizations[of]!;
    const phone = this.numbers[at]!;
    const beside = kind === 'EMPLOYEE' ? await this.#contactAt(of, phone) : undefined;
    const given = { name: `Person ${person}`, phone };
    const answer =
      kind === 'EMPLOYEE'
        ? await outcome(organization.admin, ADD_EMPLOYEE, { ...given, departmentIds: [], onContact: 'KEEP' })
        : await outcome(organization.admin, ADD, { ...given, tagIds: [organization.tagIds[0]] });
    if (!answer.__typename.endsWith('Success')) return;
    this.done.push('HIRES');
    this.world.hires({ id: (answer.employee ?? answer.contact).id, of, kind, phone }, person, beside);
  }
  async #leaves(seat: Walked | undefined): Promise<void> {
    if (!seat) return;
    const { admin } = this.#organizations[seat.of]!;
    if (seat.kind === 'EMPLOYEE') this.#transfers.set(seat.id, (await outcome(admin, OFFBOARD, { employeeId: seat.id })).transfer.id);
    else await outcome(admin, DELETE, { contactIds: [seat.id] });
    this.world.ends(seat);
    this.done.push('LEAVES');
  }
  async #returns(seat: Walked | undefined): Promise<void> {
    if (!seat) return;
    const { admin } = this.#organizations[seat.of]!;
    const answer =
      seat.kind === 'CONTACT'
        ? (await outcome(admin, RESTORE, { contactIds: [seat.id] })).results[0]
        : await outcome(admin, UNDO, { transferId: this.#transfers.get(seat.id), onContact: 'KEEP' });
    if (!answer.__typename.endsWith('Success')) return;
    seat.isLive = true;
    this.done.push('RETURNS');
  }
  async #conflicts(): Promise<{ id: string; phone: string; choices: string[]; taker: Walked; holder: Walked; of: number }[]> {
    const all = [];
    for (const [of, organization] of this.#organizations.entries()) {
      const rows = await rowsOf<{ id: string; seat_id: string; holder_id: string }>(
        this.#server,
        organization,
        'select id, seat_id, holder_id from directory_conflicts where settled_at is null and phone = any($1)',
        [this.numbers],
      );
      for (const one of (await organization.admin.query(OPEN)).directoryConflicts.nodes) {
        const row = rows.find(({ id }) => id === decodeAnyId(one.id));
        if (row) all.push({ ...one, taker: this.world.seat(row.seat_id), holder: this.world.seat(row.holder_id), of });
      }
    }
    return all;
  }
  async #rowOf(seat: Walked): Promise<string> {
    return (await this.#organizations[seat.of]!.admin.query(ROW, { id: seat.id })).node.phone;
  }
  /** The contact that has a number by its row, else by its account. */
  async #contactAt(of: number, phone: string): Promise<Walked | undefined> {
    const contacts = this.world.live().filter((one) => one.of === of && one.kind === 'CONTACT');
    for (const one of contacts) if ((await this.#rowOf(one)) === phone) return one;
    return contacts.find((one) => one.phone === phone);
  }
  /** The number that each has by the row of their organization, employees first. */
  async #rowsOf(of: number): Promise<ReadonlyMap<Walked, string>> {
    const rows = new Map<Walked, string>();
    const here = this.world.live().filter((one) => one.of === of);
    for (const seat of here.toSorted((a, b) => (a.kind < b.kind ? 1 : -1))) rows.set(seat, await this.#rowOf(seat));
    return rows;
  }
  async #settles({ which, choice: picked }: Omit<Extract<Deed, { deed: 'SETTLES' }>, 'deed'>): Promise<boolean> {
    const found = this.#among(await this.#conflicts(), which);
    if (!found) return false;
    const { taker, holder, phone, of } = found;
    const choice = this.#among(found.choices, picked)!;
    const rows = await this.#rowsOf(of);
    const answer = await outcome(this.#organizations[of]!.admin, bare('settleDirectoryConflict'), { conflictId: found.id, choice });
    if (choice === 'EXCHANGE' && answer.__typename === 'ValidationFailed') return false; // a third has the number that would be left
    expect(answer.__typename).toBe('SettleDirectoryConflictSuccess');
    this.done.push(choice);
    if (choice === 'KEEP') this.world.keeps(taker, holder);
    if (choice === 'CONVERT') this.world.ends(taker.kind === 'CONTACT' ? taker : holder);
    const left = rows.get(taker);
    if (choice === 'EXCHANGE' && left !== phone)
      for (const [one, row] of rows) if (row === phone && one.phone === phone) this.world.given(one, left!);
    return true;
  }
  /**
   * An admin gives each of two their own until nothing is left that can be decided: then the rows say what the accounts say, but of those who wait
   * for a number at which somebody else is by now.
   */
  async isPutRight(): Promise<void> {
    for (let settled = 0; await this.#settlesAny(); settled++) expect(settled).toBeLessThan(20);
    await this.check();
    const waiting = new Set((await this.#conflicts()).map(({ taker }) => taker));
    for (const seat of this.world.live())
      if (!seat.isKept && !waiting.has(seat)) expect([seat.id, await this.#rowOf(seat)]).toEqual([seat.id, seat.phone]);
  }
  async #settlesAny(): Promise<boolean> {
    const count = (await this.#conflicts()).length;
    for (let which = 0; which < count; which++) if (await this.#settles({ which, choice: 2 })) return true;
    return false;
  }
  /** The index has each seat where it should be, and each person's sessions are open where they should be. */
  async check(): Promise<void> {
    const { seats, sessions } = this.world;
    const { rows } = await this.#server.runtime.pools.identity.query<{ id: string; phone: string; live: boolean; open: number }>(
      `select seat_id as id, phone, ended_at is null as live, (
         select count(*)::int from identity.sessions session join identity.accounts account on account.id = session.account_id
         where session.seat_id = seat.seat_id and session.ended_at is null and account.phone = seat.phone) as open
       from identity.seats seat where seat_id = any($1::uuid[])`,
      [seats.map(({ id }) => decodeAnyId(id))],
    );
    const found = new Map(rows.map(({ id, ...one }) => [id, one]));
    for (const { id, phone, isLive } of seats)
      expect([id, found.get(decodeAnyId(id))]).toEqual([
        id,
        { phone, live: isLive, open: sessions.filter(({ seatId }) => seatId === id).length },
      ]);
    this.world.checkOwners();
  }
}
