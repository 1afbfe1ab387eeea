import type { NamedSeat } from './account-seat.service.ts';
import type { SeatEntry } from './identity.door.ts';

// Several people may be at one number. An id says who somebody is of them; null is whoever had the number first.

/** A seat at a number, and whose it is of those who are there. */
export interface SeatThere extends SeatEntry {
  readonly person: string | null;
  /** It was given to the number while several people were there: nobody's, until somebody takes it along. Its person is null. */
  readonly isUnclaimed: boolean;
  readonly isLive: boolean;
  /** The number had it when the session that asks proved the number. What it was given since may be of whoever has the number by now. */
  readonly isReached: boolean;
}
/** What is known of who goes on to another number. */
export interface Leaver {
  /** As whom their session came to the number by a change; null where it was signed in to with the number, and may be of anybody there. */
  readonly came: string | null;
  /** Who came last to the number. */
  readonly last: string | null;
  /** The seat that the session acts as. */
  readonly seatId: string | null;
}
export interface Leaving {
  /** Who goes; undefined where only seats go that were nobody's, by a session that may be of anybody. */
  readonly mover: string | null | undefined;
  readonly going: readonly SeatThere[];
  /** The number is left without a seat. */
  readonly isEmptied: boolean;
  /** Live ones that the number keeps, of those that the session reaches. */
  readonly staying: readonly SeatEntry[];
}
/**
 * What somebody has to decide who goes on from a number at which several people are, or which was given seats since they proved it. All are live, and
 * reached.
 */
export interface SeatsToName {
  /** Those of the person whose session it is, or of whoever the seat is of that it acts as. */
  readonly going: readonly SeatEntry[];
  readonly unclaimed: readonly SeatEntry[];
  readonly others: readonly SeatEntry[];
}

/**
 * Which seats go along with somebody who goes on to another number: those that they name, of one person and of nobody; unnamed, all, where it is
 * known who they are, all are theirs and all is reached. Seats that have ended go with the last of their person. What is not reached stays.
 * @param there all seats at the number @param named of live ones that are reached
 * @returns what is to be named, where nothing is named and not all is theirs, or what is another’s is named
 */
export function leaving(there: readonly SeatThere[], leaver: Leaver, named: readonly NamedSeat[] | undefined): Leaving | SeatsToName {
  const reached = there.filter(({ isReached }) => isReached);
  const live = reached.filter(({ isLive }) => isLive);
  const known = whoIs(reached, leaver);
  if (
    !named &&
    (reached.length < there.length || known.size === 0 || live.some(({ isUnclaimed, person }) => isUnclaimed || !known.has(person)))
  )
    return toName(live, leaver);
  const chosen = named ? live.filter((seat) => named.some((one) => isSame(one, seat))) : live;
  const owners = new Set([...ownersOf(chosen), ...known]);
  if (owners.size > 1) return toName(live, leaver);
  const [mover] = owners;
  const staying = live.filter((seat) => !chosen.includes(seat));
  const isWhole = mover !== undefined && !ownersOf(staying).has(mover);
  const ended = reached.filter((seat) => !seat.isLive && isWhole && !seat.isUnclaimed && seat.person === mover);
  const going = [...chosen, ...ended];
  return { mover, going, isEmptied: going.length === there.length, staying };
}

const isSame = (one: NamedSeat, { seatId, kind }: NamedSeat): boolean => one.seatId === seatId && one.kind === kind;
const ownersOf = (seats: readonly SeatThere[]): Set<string | null> =>
  new Set(seats.flatMap(({ isUnclaimed, person }) => (isUnclaimed ? [] : [person])));

/** Who asks, if that is known: whoever came, else whoever is alone at the number. */
function whoIs(there: readonly SeatThere[], { came, last }: Leaver): Set<string | null> {
  if (came !== null) return new Set([came]);
  const people = ownersOf(there).add(last);
  return people.size === 1 ? people : new Set();
}

function toName(live: readonly SeatThere[], { came, seatId }: Leaver): SeatsToName {
  const claimed = live.filter(({ isUnclaimed }) => !isUnclaimed);
  const own = came ?? claimed.find((seat) => seat.seatId === seatId)?.person;
  const isOwn = ({ person }: SeatThere) => own !== undefined && person === own;
  return {
    going: claimed.filter(isOwn),
    unclaimed: live.filter(({ isUnclaimed }) => isUnclaimed),
    others: claimed.filter((seat) => !isOwn(seat)),
  };
}
