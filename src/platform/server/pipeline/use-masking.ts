import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { isCommonCode, type Shaping, shapeError } from '../answer.errors.ts';
import type { Piping } from './piped.ts';

/** What was not shaped where it went wrong gets its request id here; what was not meant for the client is masked and logged. */
export const useMasking = (): Piping => ({
  onResultProcess({ result, setResult, serverContext: { posted } }) {
    if (!posted || isAsyncIterable(result) || Array.isArray(result)) return;
    const { errors, data } = result as ExecutionResult;
    if (errors?.some((error) => !isShaped(error)))
      setResult({
        ...result,
        errors: errors.map((error) => (isShaped(error) ? error : shaped(error, posted.shaping, data === undefined))),
      });
  },
});

const isShaped = (error: GraphQLError): boolean => typeof error.extensions?.requestId === 'string';

/** What an operator's plugin refuses keeps the code, and the status, that its clients know. */
function shaped(error: GraphQLError, shaping: Shaping, isEarly: boolean): GraphQLError {
  const { http, code } = (error.extensions ?? {}) as { http?: { status?: number }; code?: unknown };
  const isOperators = error instanceof GraphQLError && !error.originalError && typeof code === 'string' && !isCommonCode(code);
  const { message, nodes, source, positions, path, extensions } = isOperators ? error : shapeError(thrownOf(error), shaping, isEarly);
  const { http: _, ...kept } = extensions;
  const status = http?.status && { status: http.status };
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...kept, ...status, requestId: shaping.requestId } });
}

/** What was thrown is no promise about its message: yoga has made an error of GraphQL of it. */
const thrownOf = (error: GraphQLError): unknown => (error.originalError instanceof GraphQLError ? error : (error.originalError ?? error));
