import type { Topic } from '../schema/subscription.ts';

/** An event to be told live once the transaction is committed and the event has got its number (spec 6.5). */
export interface EmittedEvent {
  /** The organization's id for staff; a contact's for that contact alone. */
  readonly stream: string;
  readonly topic: Topic;
  readonly kind: string;
  /**
   * The seat that it is addressed to: it alone is told, also where it can no longer come to the subject. Without one, those are told who can
   * come to the subject when they are told.
   */
  readonly seatId?: string;
  /** UUID of an object of the topic's type. */
  readonly subjectId: string;
  /** What matters as of the event. */
  readonly facts?: Readonly<Record<string, unknown>>;
}
