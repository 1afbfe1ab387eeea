import { createSourceEventStream, type ExecutionResult, execute } from 'graphql';
import type { Logger } from 'pino';
import type { Language } from '../platform/language/language.ts';
import { Audience, type AudienceParts } from '../platform/live/audience.ts';
import { follow } from '../platform/live/follow.ts';
import { LiveStream } from '../platform/live/live-stream.ts';
import { answerAlike, type Crowd } from '../platform/read/crowd.ts';
import { unauthenticated } from '../platform/read/refusal.ts';
import type { LiveQuery } from '../platform/server/index.ts';
import type { Seat } from '../sdk/index.ts';
import { type ContextParts, type GraphContext, requestContext, type SignedIn } from './context.ts';
import { reachAmong, reachLoader } from './reach.ts';
import type { Runtime } from './runtime.ts';

export interface LiveSubscriptions {
  /** Begins a subscription: its stream, or why it was refused. */
  begin(query: Omit<LiveQuery, 'context'> & { readonly context: GraphContext }): Promise<ExecutionResult | LiveStream>;
  /** What the resolvers of subscriptions call. */
  readonly follow: ContextParts['follow'];
}

/** The subscriptions of one server: who follows, and how an event is answered. */
export function liveSubscriptions(runtime: Runtime, logger: Logger): LiveSubscriptions {
  const { hub, cursors, seats } = runtime;
  const reaching = reachAmong(runtime);
  const reach = reachLoader(reaching);
  const sessions = new WeakMap<Seat, SignedIn>();
  const parts: AudienceParts = {
    hub,
    cursors,
    async seatOf(token) {
      const found = await seats.signedIn(token);
      if (found?.seat) sessions.set(found.seat, found);
      return found?.seat;
    },
    reaching,
    reaches: (asked) => reach.load(asked),
    answer: ({ schema, document, operation, variables, language }, payload, members) =>
      answerAlike(members, async (crowd) =>
        execute({
          schema,
          document,
          operationName: operation.name?.value,
          variableValues: variables,
          rootValue: payload,
          contextValue: contextOf(runtime, logger, sessions, crowd, language as Language),
        }),
      ),
    onError: (error) => logger.error({ err: error }, 'rights of subscriptions'),
  };
  const audience = new Audience(parts);
  return {
    async begin({ schema, document, operation, operationName, given: variables, context }) {
      const source = await createSourceEventStream({ schema, document, operationName, variableValues: variables, contextValue: context });
      if (source instanceof LiveStream)
        source.question = audience.questions.take({ schema, document, operation, variables, language: context.language });
      return source as LiveStream | ExecutionResult;
    },
    follow: async (subscription, args, { seat, signedIn }) => {
      if (!seat || !signedIn) throw unauthenticated();
      return follow(audience, parts, subscription, args, { token: signedIn.token, seat });
    },
  };
}

/** Of the moment of sending: rights, clock and loaders are new for each event. */
function contextOf(runtime: Runtime, logger: Logger, sessions: WeakMap<Seat, SignedIn>, crowd: Crowd, language: Language): GraphContext {
  const { reads, performer, switchboard, stopped, patience, now, seats } = runtime;
  const follow = async (): Promise<never> => {
    throw new Error('Nothing is followed while an event is answered.');
  };
  return requestContext(
    {
      reads,
      performer,
      switchboard,
      stopped,
      patience,
      now,
      reportFault: (err, module) => logger.error({ module, err }, 'a plugin’s part of a statement failed'),
      forget: (token) => seats.forget(token),
      follow,
    },
    {
      crowd,
      language,
      address: '',
      get signedIn() {
        return sessions.get(crowd.alone());
      },
    },
  );
}
