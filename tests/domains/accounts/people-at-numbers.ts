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
  /** With which others of its number it goes on; null is those that the number had first. */
  group: number | null;
  phone: string;
  isLive: boolean;
  /** An admin has left it with the number that it has in the organization. */
  isKept: boolean;
}
interface Session {
  readonly name: string;
  readonly seatId: string;
  phone: string;
  /** Undefined where it was signed in to with the number. */
  group: number | undefined;
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

  signsIn({ id, phone }: Walked): Session {
    const session = { name: `session ${++this.#count}`, seatId: id, phone, group: undefined };
    this.sessions.push(session);
    return session;
  }
  moves(session: Session, to: string): void {
    const from = session.phone;
    if (from === to) return;
    const mover = session.group ?? this.seat(session.seatId).group;
    const isAlone = this.#at(from).every(({ group }) => group === mover);
    const come = ++this.#count;
    this.sessions = this.sessions.filter(({ phone }) => phone !== to);
    for (const one of this.#at(from)) if (one.group === mover) Object.assign(one, { phone: to, group: come });
    for (const one of this.sessions)
      if (one.phone === from && (one === session || (one.group === undefined ? isAlone : one.group === mover)))
        Object.assign(one, { phone: to, group: come });
    this.sessions = this.sessions.filter(({ seatId, phone }) => this.seat(seatId).phone === phone);
    this.#last.set(to, come);
    if ((this.#last.get(from) ?? null) === mover) this.#last.set(from, lastOf(this.#at(from)));
  }
  hires(seat: Pick<Walked, 'id' | 'of' | 'kind' | 'phone'>, person: number): void {
    this.seats.push({ ...seat, ...this.#whose(seat, person), isLive: true, isKept: false });
  }
  /** A seat comes to a number by what an organization says: it is of whoever has another seat of it there, else of whoever came last. */
  #whose({ id, of, phone }: Pick<Walked, 'id' | 'of' | 'phone'>, person: number): { group: number | null; owner: number } {
    const beside = this.live().filter((one) => one.of === of && one.phone === phone && one.id !== id);
    const [first] = beside.toSorted((a, b) => (a.group ?? -1) - (b.group ?? -1));
    const group = first ? first.group : (this.#last.get(phone) ?? null);
    return { group, owner: this.#at(phone).find((one) => one.id !== id && one.group === group)?.owner ?? person };
  }
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
    if (taker.kind !== holder.kind && taker.phone === holder.phone) Object.assign(holder, { group: taker.group, owner: taker.owner });
  }
  /** An admin has given a seat another number. */
  given(seat: Walked, phone: string): void {
    Object.assign(seat, { phone, ...this.#whose({ ...seat, phone }, seat.owner) });
    this.#signOut(seat);
  }
  /** Nobody goes on with a seat of somebody else's. */
  checkOwners(): void {
    for (const all of Map.groupBy(this.seats, ({ phone, group }) => `${phone} ${group}`).values())
      expect(new Set(all.map(({ owner }) => owner)).size).toBe(1);
  }
}
const lastOf = (seats: readonly Walked[]): number | null => {
  const groups = seats.flatMap(({ group }) => group ?? []);
  return groups.length ? Math.max(...groups) : null;
};
