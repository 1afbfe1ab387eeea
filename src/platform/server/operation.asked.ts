import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Shaping } from './answer.errors.ts';
import type { Caller, RequestFacts } from './server.options.ts';

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** One operation of one caller, whichever way it comes. */
export interface Asked {
  readonly caller: Caller;
  readonly facts: RequestFacts;
  /** How what goes wrong with it is told. */
  readonly shaping: Shaping;
  /** The caller's `traceparent`. */
  readonly traceparent: string | undefined;
  /** Why an operation of this kind may not come this way; undefined: it may. Asked before anything runs. */
  objection?(kind: OperationKind): GraphQLError | undefined;
  /** Takes a stream that has begun, or refuses it. */
  follow(stream: Stream): Stream | ExecutionResult;
}

export type Stream = AsyncGenerator<ExecutionResult, void, void>;
/** What comes of an operation; without `data` nothing of it was done. A text is the whole answer as JSON, of which nothing was refused. */
export type Answer = string | ExecutionResult | Stream;

export const isStream = (answer: Answer): answer is Stream => typeof answer !== 'string' && Symbol.asyncIterator in answer;
