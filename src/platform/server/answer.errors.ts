import { type ASTNode, type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { NobodyWaitsError } from '../database/shares.ts';
import { troubleOf } from '../database/trouble.ts';
import { withoutSuggestions } from '../documents/index.ts';
import type { Language, Text } from '../language/language.ts';
import { inTrouble, UNEXPECTED } from '../read/refusal.ts';
import { toldError, wordsOf } from '../schema/told-error.ts';
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
  language: Language;
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
  return new GraphQLError(messageOf(shown, shaping), {
    ...placeOf(shown),
    extensions: { ...extensions, code, requestId: shaping.requestId },
  });
}

/** Whether it has been made what the client may see. */
export const isShaped = (error: unknown): boolean => error instanceof GraphQLError && typeof error.extensions.requestId === 'string';

/**
 * What was thrown on the way of an operation, beside its execution, as the client may see it: what an operator's plugin refuses keeps the code
 * that its clients know.
 */
export function shapeThrown(thrown: unknown, shaping: Shaping, beforeExecution = false): GraphQLError {
  if (isShaped(thrown)) return thrown as GraphQLError;
  const error = thrown instanceof GraphQLError ? thrown : undefined;
  const code = error?.extensions.code;
  const isOperators = error && !error.originalError && typeof code === 'string' && !CODES.has(code);
  const cause = error?.originalError;
  // yoga makes errors of GraphQL of whatever is thrown: its message is no promise
  const shown = isOperators ? error : shapeError(cause && !(cause instanceof GraphQLError) ? cause : thrown, shaping, beforeExecution);
  const { http: _, ...kept } = shown.extensions;
  return new GraphQLError(shown.message, { ...placeOf(shown), extensions: { ...kept, requestId: shaping.requestId } });
}

function codeOf(error: GraphQLError, beforeExecution: boolean): string | undefined {
  const cause = error.originalError;
  // Extensions of a foreign error are copied by graphql when it adds the path: they are no promise about its message.
  if (cause && !(cause instanceof GraphQLError)) return aboutVariables(error, beforeExecution) ? 'BAD_REQUEST' : undefined;
  const code = error.extensions.code;
  if (typeof code === 'string') return CODES.has(code) ? code : undefined;
  return aboutVariables(error, beforeExecution) || /^Argument "/.test(error.message) ? 'BAD_REQUEST' : undefined;
}

/** graphql's own messages repeat what was sent, however long. */
const MOST_CHARACTERS = 1_000;
const BEFORE: Readonly<Record<Language, string>> = { en: '', 'zh-CN': '请求有误：' };

/** What graphql itself says, about documents and values of a wrong type, is said to developers: after a word in the caller's language. */
function messageOf(error: GraphQLError, { language, hideSuggestions }: Shaping): string {
  const words = wordsOf(error, language);
  if (words !== undefined) return valueAt(error) + words;
  const said = error.message.length > MOST_CHARACTERS ? `${error.message.slice(0, MOST_CHARACTERS).toWellFormed()}…` : error.message;
  return BEFORE[language] + (hideSuggestions ? withoutSuggestions(said) : said);
}

/** graphql says where in the variables a value is, before what is wrong with it, of which only our words are kept. */
const PLACE = /^Variable "\$(\w+)" got invalid value .*?(?: at "([\w.[\]]+)")?; $/s;
function valueAt({ message, originalError }: GraphQLError): string {
  const said = originalError?.message;
  if (!said || !message.endsWith(said)) return '';
  const [, variable, place] = PLACE.exec(message.slice(0, -said.length)) ?? [];
  return variable ? `${place ?? variable}: ` : '';
}

const aboutVariables = (error: GraphQLError, beforeExecution: boolean): boolean => beforeExecution && !error.path;

function masked(error: unknown, shaping: Shaping): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const err = located?.originalError ?? error;
  const place = located && shaping.place?.(located.nodes?.[0]);
  const trouble = troubleOf(err);
  const isTheirs = trouble === 'yours' || err instanceof NobodyWaitsError;
  if (!isTheirs) shaping.logger.error({ requestId: shaping.requestId, ...place, err }, 'unexpected error');
  const told = trouble ? inTrouble(trouble) : toldError('INTERNAL', UNEXPECTED);
  const { extensions } = told;
  return new GraphQLError(messageOf(told, shaping), { ...placeOf(located), extensions: { ...extensions, requestId: shaping.requestId } });
}

const placeOf = (error: GraphQLError | undefined) =>
  error ? { nodes: error.nodes, source: error.source, positions: error.positions, path: error.path } : {};

export const refusal = (code: string, message: Text): GraphQLError => toldError(code, message);
