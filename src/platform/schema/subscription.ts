import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';

/**
 * What events are about. An event that is addressed to no seat is told to those who can come to its subject at that moment, so a topic says
 * what its subjects are (spec 2.5).
 */
export interface Topic {
  /** As it is kept with each event; one module alone can have it. */
  readonly name: string;
  /** GraphQL type of the objects that its events are about: one that is backed by a table. */
  readonly type: string;
}
/**
 * Names a topic, for `use.emit` and `builder.live`.
 *
 * @example
 * const loanEvents = topic('LENDING_LOAN', 'Loan');
 */
export const topic = (name: string, type: string): Topic => ({ name, type });

/** An event as its subscribers get it. */
export interface LiveEvent {
  readonly seq: number;
  readonly topic: string;
  readonly kind: string;
  readonly at: Date;
  /** The seat that it is addressed to: nobody else is told. */
  readonly seatId: string | null;
  readonly subjectId: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
/** A numbered sequence of events: of an organization, or of one contact, who must not learn how many there were inside. */
export interface StreamRequest {
  /** The organization's id, or the contact's. */
  readonly stream: string;
  /** UUID of the one object that all wanted events are about, where there is one: of others the subscriber is not even asked. */
  readonly subject?: string;
  /** Of the events that the seat may be told, those that it wants; all by default. */
  wants?(event: LiveEvent, seat: Seat): boolean;
  /** Turns an event into the payload that the event type's fields read; with a `kind` where that of the event is not for every follower. */
  payload(event: LiveEvent): Record<string, unknown>;
}
/**
 * A field of `Subscription`: whose events, which of them, and what is read for each. Events are emitted by use cases (`use.emit`). Each goes
 * to the seat that it is addressed to, or to those who can come to its subject, and is read under the rights of the moment of sending.
 */
export interface SubscriptionDefinition {
  readonly description: string;
  readonly rule: Rule;
  /** What its events are about. */
  readonly topic: Topic;
  /** Name of the event type: `<Field>Event`. Fields cursor, kind and at are added. */
  readonly event: string;
  readonly eventDescription: string;
  /** Asked at the start and before each sending: where not, the subscription is refused, or ends. By default contacts follow at the window alone. */
  allows?(seat: Seat): boolean;
  stream(seat: Seat, args: Readonly<Record<string, unknown>>): StreamRequest;
  /**
   * The id of the object that the subscription is about, if one: the seat must hold a role of the rule toward it at the start, and the
   * subscription ends when it holds none any more.
   */
  readonly about?: { readonly type: string; readonly arg: string };
}
export interface NamedSubscription extends SubscriptionDefinition {
  readonly name: string;
  readonly module: string;
}
/** What resolvers of subscriptions call; the app provides it in the request's context. */
export interface SubscriptionContext {
  follow(subscription: NamedSubscription, args: Readonly<Record<string, unknown>>): Promise<AsyncIterable<unknown>>;
}
