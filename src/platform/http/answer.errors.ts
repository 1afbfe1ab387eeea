import { type ASTNode, type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { NobodyWaitsError } from '../database/shares.ts';
import { troubleOf } from '../database/trouble.ts';
import { withoutSuggestions } from '../graphql/limits/index.ts';
import { inTrouble } from '../graphql/read/refusal.ts';
import type { FaultPlace } from './fault.place.ts';

/** The codes that a top-level error may have (api 1). */
const CODES = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PLUGIN_DISABLED',
  'WINDOW_SUSPENDED',
  'RATE_LIMITED',
  'LIMIT_EXCEEDED',
  'BAD_REQUEST',
  'RESYNC_REQUIRED',
  'INTERNAL',
]);

export interface Shaping {
  requestId: string;
  logger: Logger;
  /** Errors written out; the rest are counted. */
  errors: number;
  hideSuggestions: boolean;
  /** Where in the schema the field of a node stands, once the document is known. */
  place?(node: ASTNode | undefined): FaultPlace;
}

/** An answer whose errors all carry a code and the request id; what was not meant for the client is masked and logged. */
export function shapeAnswer(result: ExecutionResult, shaping: Shaping): ExecutionResult {
  if (!result.errors?.length) return result;
  const kept = result.errors.slice(0, shaping.errors).map((error) => shapeError(error, shaping, result.data === undefined));
  const refusals = result.errors.length - kept.length;
  const extensions = refusals ? { ...result.extensions, refusals } : result.extensions;
  return { ...result, errors: kept, ...(extensions ? { extensions } : {}) };
}

/**
 * One error as the client may see it.
 * @param beforeExecution an error of graphql's own without a path is then about the document or its variables
 */
export function shapeError(error: unknown, shaping: Shaping, beforeExecution = false): GraphQLError {
  const shown = error instanceof GraphQLError ? error : undefined;
  const code = shown ? codeOf(shown, beforeExecution) : undefined;
  if (!shown || !code) return masked(error, shaping);
  const { http: _, ...extensions } = shown.extensions;
  return new GraphQLError(shaping.hideSuggestions ? withoutSuggestions(shown.message) : shown.message, {
    ...placeOf(shown),
    extensions: { ...extensions, code, requestId: shaping.requestId },
  });
}

function codeOf(error: GraphQLError, beforeExecution: boolean): string | undefined {
  const cause = error.originalError;
  // Extensions of a foreign error are copied by graphql when it adds the path: they are no promise about its message.
  if (cause && !(cause instanceof GraphQLError)) return aboutVariables(error, beforeExecution) ? 'BAD_REQUEST' : undefined;
  const code = error.extensions.code;
  if (typeof code === 'string') return CODES.has(code) ? code : undefined;
  return aboutVariables(error, beforeExecution) || /^Argument "/.test(error.message) ? 'BAD_REQUEST' : undefined;
}

const aboutVariables = (error: GraphQLError, beforeExecution: boolean): boolean => beforeExecution && !error.path;

const UNEXPECTED = { message: 'Unexpected error.', extensions: { code: 'INTERNAL' } };

function masked(error: unknown, shaping: Shaping): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const err = located?.originalError ?? error;
  const place = located && shaping.place?.(located.nodes?.[0]);
  const trouble = troubleOf(err);
  const isTheirs = trouble === 'yours' || err instanceof NobodyWaitsError;
  if (!isTheirs) shaping.logger.error({ requestId: shaping.requestId, ...place, err }, 'unexpected error');
  const { message, extensions } = trouble ? inTrouble(trouble) : UNEXPECTED;
  return new GraphQLError(message, { ...placeOf(located), extensions: { ...extensions, requestId: shaping.requestId } });
}

const placeOf = (error: GraphQLError | undefined) =>
  error ? { nodes: error.nodes, source: error.source, positions: error.positions, path: error.path } : {};

export const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } });
