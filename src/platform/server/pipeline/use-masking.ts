import type { ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { isShaped, shapeThrown } from '../answer.errors.ts';
import type { Piping } from './piped.ts';

/** What was not shaped where it went wrong gets its request id here; what was not meant for the client is masked and logged. */
export const useMasking = (): Piping => ({
  onResultProcess({ result, setResult, serverContext: { posted } }) {
    if (!posted || isAsyncIterable(result) || Array.isArray(result)) return;
    const { errors, data } = result as ExecutionResult;
    if (errors?.some((error) => !isShaped(error)))
      setResult({
        ...result,
        errors: errors.map((error) => withStatus(shapeThrown(error, posted.shaping, data === undefined), error)),
      });
  },
});

/** The status that a plugin asks for by yoga's `extensions.http`, where answers are looked at for it. */
function withStatus(shaped: GraphQLError, { extensions }: GraphQLError): GraphQLError {
  const { status } = (extensions?.http ?? {}) as { status?: number };
  if (status) shaped.extensions.status = status;
  return shaped;
}
