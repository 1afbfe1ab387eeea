/** More of one kind for one seat at once are told as one. */
export const MOST_AT_ONCE = 5;
/** So many of one kind within these minutes; what comes then is told as one. */
export const MOST_ALONE = 20;
export const GATHERING_MINUTES = 10;

/** What a seat has unread of one kind from the last minutes. */
export interface Recent {
  /** How many that stand for one thing each. */
  readonly alone: number;
  /** Id of the one that stands for several. */
  readonly gathered: string | undefined;
}
export interface Placed<One> {
  readonly alone: readonly One[];
  /** Told as one: with what is gathered already (`into`), or as a new one. */
  readonly together: readonly One[];
  readonly into: string | undefined;
}

/** Which of what has come to a seat, all of one kind, is told one by one: an import of 10,000 is not 10,000 notifications. */
export function placed<One>(arrived: readonly One[], { alone, gathered }: Recent): Placed<One> {
  if (gathered !== undefined) return { alone: [], together: arrived, into: gathered };
  const isBurst = arrived.length > MOST_AT_ONCE || (alone + arrived.length > MOST_ALONE && arrived.length > 0);
  return isBurst ? { alone: [], together: arrived, into: undefined } : { alone: arrived, together: [], into: undefined };
}
