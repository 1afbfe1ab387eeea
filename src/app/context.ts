import type pg from 'pg';
import type { ReadDatabase } from '../platform/database/read-database.ts';
import { ReadBatch, type ReadContext } from '../platform/graphql/read/reader.ts';
import type { NamedMutation } from '../platform/graphql/schema/mutation.ts';
import type { MutationContext } from '../platform/graphql/schema/mutation-types.ts';
import type { Language } from '../platform/graphql/schema/refusal-type.ts';
import type { NamedSubscription } from '../platform/graphql/schema/subscription.ts';
import type { SubscriptionContext } from '../platform/graphql/schema/subscription-types.ts';
import { type Performer, perform } from '../platform/use-case/perform.ts';
import type { Switchboard } from '../platform/use-case/service.ts';
import type { Seat } from '../sdk/index.ts';

/** Who signed in, beside the seat: what `signOut` and `switchSeat` need. */
export interface SignedIn {
  readonly sessionId: string;
  readonly accountId: string;
  /** None for an account without a seat. */
  readonly seat: Seat | undefined;
}
/** The context of one request. */
export interface GraphContext extends ReadContext, MutationContext, SubscriptionContext {
  readonly signedIn: SignedIn | undefined;
  readonly language: Language;
  /** Address of the caller, for limits of signing in. */
  readonly address: string;
  readonly switchboard: Switchboard;
  /** One loader a request and name: values that do not come from a statement, one batch a level. */
  loader<T>(name: string, make: () => T): T;
}
export interface ContextParts {
  readonly reads: ReadDatabase;
  readonly performer: Performer;
  readonly switchboard: Switchboard;
  readonly identity: pg.Pool;
  now(): Date;
  follow(subscription: NamedSubscription, args: Readonly<Record<string, unknown>>, seat: Seat | undefined): Promise<AsyncIterable<unknown>>;
}
export interface ContextRequest {
  readonly signedIn: SignedIn | undefined;
  readonly language: Language;
  readonly address: string;
}

export function requestContext(parts: ContextParts, request: ContextRequest): GraphContext {
  const loaders = new Map<string, unknown>();
  const context: GraphContext = {
    ...request,
    seat: request.signedIn?.seat,
    now: parts.now(),
    switchboard: parts.switchboard,
    reads: new ReadBatch(parts.reads),
    perform: (mutation: NamedMutation, input) => perform(parts.performer, mutation, input, context),
    follow: (subscription, args) => parts.follow(subscription, args, context.seat),
    loader: <T>(name: string, make: () => T): T => {
      if (!loaders.has(name)) loaders.set(name, make());
      return loaders.get(name) as T;
    },
  };
  return context;
}

/** The first of the languages that messages are written in which the caller accepts; English otherwise. */
export const languageOf = (acceptLanguage: string | undefined): Language => (/^\s*zh\b|,\s*zh\b/i.test(acceptLanguage ?? '') && !/^\s*en\b/i.test(acceptLanguage ?? '') ? 'zh-CN' : 'en');
