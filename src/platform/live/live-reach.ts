import type { Seat } from '../permissions/seat.ts';
import type { LiveEvent } from '../schema/subscription.ts';
import type { Following, LiveStream } from './live-stream.ts';

// Whom an event may be told: the seat that it is addressed to, or those who can come to its subject (spec 2.5). Decided here for every
// subscription, before its author is asked.

interface Reachable {
  readonly type: string;
  /** UUID */
  readonly id: string;
}
export interface ReachAsked extends Reachable {
  readonly seat: Seat;
}
/** Which of some seats can come to objects. */
export type Reaching = <Asked extends ReachAsked>(asked: readonly Asked[]) => Promise<ReadonlySet<Asked>>;
/** A stream whose seat has been looked up. */
export interface Present {
  readonly stream: LiveStream;
  readonly seat: Seat;
}

/** Those of whom nothing is asked, or who can come to the object that is. @param otherwise what becomes of the others */
export async function amongReaching(
  reaching: Reaching,
  all: readonly Present[],
  objectOf: (following: Following) => Reachable | undefined,
  otherwise: (stream: LiveStream) => void,
): Promise<Present[]> {
  const asked = new Map<Seat, Map<string, ReachAsked>>();
  const questions = all.map(({ stream, seat }) => {
    const object = objectOf(stream.following);
    if (!object) return undefined;
    const { type, id } = object;
    const ofSeat = asked.get(seat) ?? new Map<string, ReachAsked>();
    asked.set(seat, ofSeat);
    const question = ofSeat.get(`${type} ${id}`) ?? { seat, type, id };
    ofSeat.set(`${type} ${id}`, question);
    return question;
  });
  if (asked.size === 0) return [...all];
  const reached = await reaching([...asked.values()].flatMap((ofSeat) => [...ofSeat.values()]));
  return all.filter(({ stream }, i) => {
    const question = questions[i];
    const isIn = question === undefined || reached.has(question);
    if (!isIn) otherwise(stream);
    return isIn;
  });
}

/** Whether an event may be told to a seat at all, and its subscription wants it. */
export const isWanted =
  (event: LiveEvent) =>
  ({ stream, seat }: Present): boolean => {
    const { subscription, request } = stream.following;
    const isItsOwn = subscription.topic.name === event.topic && (event.seatId === null || event.seatId === seat.id);
    return isItsOwn && (request.wants?.(event, seat) ?? true);
  };
/** The others wait for the next event. */
export function keptOf(all: readonly Present[], isKept: (one: Present) => boolean): Present[] {
  return all.filter((one) => {
    const isIn = isKept(one);
    if (!isIn) one.stream.pass();
    return isIn;
  });
}
export const followed = ({ about, subscription }: Following): Reachable | undefined =>
  about === undefined ? undefined : { type: subscription.about!.type, id: about };
/** What is to be asked for an event: nothing where it is addressed to a seat, or where it is about the object that is followed. */
export const subjectOf =
  ({ seatId, subjectId }: LiveEvent) =>
  (following: Following): Reachable | undefined => {
    const { type } = following.subscription.topic;
    const own = followed(following);
    return seatId !== null || (own?.type === type && own.id === subjectId) ? undefined : { type, id: subjectId };
  };
