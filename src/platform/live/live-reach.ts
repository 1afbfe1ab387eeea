import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import type { LiveEvent } from '../schema/subscription.ts';
import type { Following, LiveStream } from './live-stream.ts';

// Whom an event may be told: the seat that it is addressed to, or those who can come to its subject (spec 2.5). Decided here for every
// subscription, before its author is asked.

interface Reachable {
  readonly type: string;
  /** UUID */
  readonly id: string;
  /** Of which the seat must hold a role toward it; by default any by which one comes to it. */
  readonly rule?: Rule;
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
    const key = `${object.type} ${object.id} ${object.rule?.name}`;
    const ofSeat = asked.get(seat) ?? new Map<string, ReachAsked>();
    asked.set(seat, ofSeat);
    const question = ofSeat.get(key) ?? { seat, ...object };
    ofSeat.set(key, question);
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
    const { request } = stream.following;
    return (event.seatId === null || event.seatId === seat.id) && (request.wants?.(event, seat) ?? true);
  };
/** The others wait for the next event. */
export function keptOf(all: readonly Present[], isKept: (one: Present) => boolean): Present[] {
  return all.filter((one) => {
    const isIn = isKept(one);
    if (!isIn) one.stream.pass();
    return isIn;
  });
}
/** What the subscription is about: its rule decides who may follow it, for there are objects that more people can come to. */
export const followed = ({ about, subscription: { about: of, rule } }: Pick<Following, 'about' | 'subscription'>): Reachable | undefined =>
  about === undefined ? undefined : { type: of!.type, id: about, rule };
/** What is to be asked for an event: nothing where it is addressed to a seat, or where it is about the object that is followed. */
export const subjectOf =
  ({ seatId, subjectId }: LiveEvent) =>
  (following: Following): Reachable | undefined => {
    const { type } = following.subscription.topic;
    const own = followed(following);
    return seatId !== null || (own?.type === type && own.id === subjectId) ? undefined : { type, id: subjectId };
  };
