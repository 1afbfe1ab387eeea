import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Shaping } from '../answer.errors.ts';
import type { MediaType } from '../answer.write.ts';
import type { Params } from '../graphql.params.ts';
import type { Admitted } from '../operation.admit.ts';
import type { Answer, Asked, OperationKind } from '../operation.asked.ts';

/** What a request over HTTP adds to its operation. */
export interface Posted {
  readonly method: string | undefined;
  /** Media types that the client takes, in its order; none where it takes none of ours. */
  readonly types: readonly MediaType[];
  /** What was read of it, or why it cannot be read: an error with `extensions.status`. */
  readonly read: { readonly params: Params; readonly fault?: undefined } | { readonly params?: undefined; readonly fault: GraphQLError };
  /** Why nobody knows who asks. */
  readonly stranger: unknown;
  /** Milliseconds of the server's clock. */
  readonly started: number;
  readonly shaping: Shaping;
}

/** What becomes of an operation on its way. */
export interface Trail {
  /** Its kind and name, where its document is sound. */
  kind?: OperationKind | undefined;
  name?: string | undefined;
  admitted?: Admitted;
  answer?: Answer;
}

/** The context of one operation on its way through the pipeline; resolvers get one of their own. */
export interface Piped {
  /** Undefined where nobody knows who asks. */
  readonly asked: Asked | undefined;
  /** Undefined on a socket. */
  readonly posted?: Posted;
  readonly params?: Pick<Params, 'operationName' | 'variables'>;
  readonly trail: Trail;
}
/** A plugin of the pipeline. */
export type Piping = Plugin<Piped, Piped>;
