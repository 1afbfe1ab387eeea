import { expect } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';

export type SeatKind = 'EMPLOYEE' | 'CONTACT';
/** A seat, and whose it is. */
export interface Walked {
  readonly id: string;
  readonly of: number;
  readonly kind: SeatKind;
  /** Whose it is in truth: this changes by what an admin decides, and by nothing else. */
  owner: number;
  /** With which others of its number it goes on; null is those that the number had first, and those that nobody has claimed. */
  group: number | null;
  isUnclaimed: boolean;
  phone: string;
  /** When it was given its number; moments are counted. */
  given: number;
  isLive: boolean;
  /** An admin has left it with the number that it has in the organization. */
  isKept: boolean;
}
export interface Session {
  readonly name: string;
  readonly seatId: string;
  /** Who has opened it, in truth. */
  readonly owner: number;
  phone: string;
  /** Undefined where it was signed in to with the number. */
  group: number | undefined;
  /** When it proved its number. */
  proven: number;
}

/** What should come of it when people move from number to number (docs/decisions/phones-that-change.md), kept in plain lists. */
export class PeopleAtNumbers {
  readonly seats: Walked[] = [];
  sessions: Session[] = [];
  readonly #last = new Map<string, number | null>();
  #count = 0;

  live = (): Walked[] => this.seats.filter(({ isLive }) => isLive);
  ended = (): Walked[] => this.seats.filter(({ isLive }) => !isLive);
  /** @param id global, or a UUID */
  seat = (id: string): Walked => this.seats.find((one) => one.id === id || decodeAnyId(one.id) === id)!;
  #at = (phone: string): Walked[] => this.seats.filter((one) => one.phone === phone);
  #reached = ({ phone, proven }: Session): Walked[] => this.#at(phone).filter(({ given }) => given <= proven);
  reached = (session: Session): Walked[] => this.#reached(session).filter(({ isLive }) => isLive);

  signsIn({ id, phone, owner }: Walked): Session {
    const proven = ++this.#count;
    const session = { name: `session ${proven}`, seatId: id, owner, phone, group: undefined, proven };
    this.sessions.push(session);
    return session;
  }
  #lastAt = (phone: string): number | null => this.#last.get(phone) ?? null;
  /** Nobody knows who a session is of those at its number, or not all is theirs or was there when it proved it: seats have to be named. */
  mustName(session: Session): boolean {
    const group = this.#groupOf(session);
    const isMore = this.#at(session.phone).some(({ given }) => given > session.proven);
    return isMore || group === undefined || this.reached(session).some((one) => one.isUnclaimed || one.group !== group);
  }
  #groupOf(session: Session): number | null | undefined {
    if (session.group !== undefined) return session.group;
    const groups = groupsOf(this.#reached(session), [this.#lastAt(session.phone)]);
    return groups.size === 1 ? [...groups][0] : undefined;
  }
  /** What the session is told that it has to name. */
  toName(session: Session): Record<'going' | 'unclaimed' | 'others', Walked[]> {
    const here = this.reached(session);
    const acting = this.seat(session.seatId);
    const own = session.group ?? (acting.isUnclaimed ? undefined : acting.group);
    const isOwn = (one: Walked) => !one.isUnclaimed && one.group === own;
    return {
      going: here.filter(isOwn),
      unclaimed: here.filter(({ isUnclaimed }) => isUnclaimed),
      others: here.filter((one) => !one.isUnclaimed && !isOwn(one)),
    };
  }
  moves(session: Session, to: string, named?: readonly Walked[]): void {
    const from = session.phone;
    const come = ++this.#count;
    if (from === to) session.proven = come;
    if (from === to) return;
    const here = this.#reached(session);
    const chosen = named ?? here.filter(({ isLive }) => isLive);
    const [mover] = groupsOf(chosen, [this.#groupOf(session)]);
    const isMovers = (one: Walked) => !one.isUnclaimed && one.group === mover;
    const isWhole = here.every((one) => !one.isLive || !isMovers(one) || chosen.includes(one));
    const going = here.filter((one) => chosen.includes(one) || (!one.isLive && isMovers(one) && isWhole));
    const isEmptied = going.length === this.#at(from).length;
    this.sessions = this.sessions.filter(({ phone }) => phone !== to);
    for (const one of going) Object.assign(one, { phone: to, group: come, isUnclaimed: false, given: come });
    Object.assign(session, { phone: to, group: come, proven: come });
    const stays = ({ seatId }: Session) => here.some((one) => one.id === seatId && one.phone === from && isMovers(one));
    const cameAlong = (one: Session) => one.group !== undefined && one.group === mover && !stays(one);
    const isOver = (one: Session) => this.seat(one.seatId).phone !== one.phone || (one.phone === from && (isEmptied || cameAlong(one)));
    this.sessions = this.sessions.filter((one) => !isOver(one));
    this.#last.set(to, come);
    if (mover !== undefined && this.#lastAt(from) === mover) this.#last.set(from, lastOf(this.#at(from)));
  }
  /** @param beside the contact as whose person somebody is employed */
  hires(seat: Pick<Walked, 'id' | 'of' | 'kind' | 'phone'>, person: number, beside?: Walked): void {
    const hired = { ...seat, ...this.#whose(seat, person), given: ++this.#count, isLive: true, isKept: false };
    this.seats.push(hired);
    if (beside?.phone === seat.phone) this.#join(hired, beside);
  }
  /** A seat comes to a number by what an organization says: it is of whoever has its other seats there, else of whoever is alone there, else nobody's. */
  #whose({ id, of, phone }: Pick<Walked, 'id' | 'of' | 'phone'>, owner: number): Pick<Walked, 'group' | 'isUnclaimed' | 'owner'> {
    const others = this.#at(phone).filter((one) => one.id !== id);
    const beside = others.filter((one) => one.isLive && one.of === of);
    const those = beside.length ? beside : others;
    const groups = groupsOf(those, beside.length ? [] : [this.#lastAt(phone)]);
    if (groups.size > 1 || those.some(({ isUnclaimed }) => isUnclaimed))
      return { group: null, isUnclaimed: true, owner: others[owner % others.length]!.owner }; // somebody who is there is meant
    const [group] = groups;
    const known = others.find((one) => !one.isUnclaimed && one.group === group);
    return { group: group!, isUnclaimed: false, owner: known?.owner ?? owner };
  }
  #join = (one: Walked, { group, isUnclaimed, owner }: Walked): void => void Object.assign(one, { group, isUnclaimed, owner });
  ends(seat: Walked): void {
    seat.isLive = false;
    this.#signOut(seat);
  }
  #signOut = ({ id }: Walked): void => {
    this.sessions = this.sessions.filter(({ seatId }) => seatId !== id);
  };
  /** An admin has said that the two are one person, or that each keeps what they have. */
  keeps(taker: Walked, holder: Walked): void {
    taker.isKept = true;
    if (taker.kind !== holder.kind && taker.phone === holder.phone) this.#join(holder, taker);
  }
  /** An admin has given a seat another number. */
  given(seat: Walked, phone: string): void {
    Object.assign(seat, { phone, ...this.#whose({ ...seat, phone }, seat.owner), given: ++this.#count });
    this.#signOut(seat);
  }
  /** Nobody goes on with a seat of somebody else's. */
  checkOwners(): void {
    const claimed = this.seats.filter(({ isUnclaimed }) => !isUnclaimed);
    for (const all of Map.groupBy(claimed, ({ phone, group }) => `${phone} ${group}`).values())
      expect(new Set(all.map(({ owner }) => owner)).size).toBe(1);
  }
}
const lastOf = (seats: readonly Walked[]): number | null => {
  const groups = seats.flatMap(({ group }) => group ?? []);
  return groups.length ? Math.max(...groups) : null;
};
const groupsOf = (seats: readonly Walked[], more: readonly (number | null | undefined)[]): Set<number | null> =>
  new Set([...more.filter((one) => one !== undefined), ...seats.flatMap(({ isUnclaimed, group }) => (isUnclaimed ? [] : [group]))]);
