/** What a log may hold of an error: which, where, and what it says, but none of the values that it was about (targets 3.10). */
export interface LoggableError {
  readonly class: string;
  readonly message: string;
  /** Such as `ECONNREFUSED`, or PostgreSQL's `23505`. */
  readonly code?: string;
  /** The parts of the database that PostgreSQL names. Its `detail` and `where` quote rows, and are left out. */
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly frames: readonly string[];
  readonly cause?: LoggableError;
}

const NAMES = ['code', 'schema', 'table', 'column', 'constraint'] as const;
const NAME = /^\w[\w.-]{0,62}$/;
const MOST_CHARACTERS = 500;
const MOST_FRAMES = 12;
const MOST_CAUSES = 3;

/** @param error whatever was thrown. */
export function loggableError(error: unknown, causes = MOST_CAUSES): LoggableError {
  if (!(error instanceof Error)) return { class: typeof error, message: withoutValues(String(error)), frames: [] };
  const names = NAMES.flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' && NAME.test(value) ? [[key, value]] : [];
  });
  const cause = innerOf(error);
  return {
    class: error.name,
    message: withoutValues(error.message),
    ...Object.fromEntries(names),
    frames: framesOf(error),
    ...(cause !== undefined && causes > 0 ? { cause: loggableError(cause, causes - 1) } : {}),
  };
}

/** Errors of several attempts, as of a host with two addresses, tell the same story: the first is enough. */
const innerOf = (error: Error): unknown => error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);

/**
 * A message without what could be somebody's: what is quoted, numbers as long as a code or a phone, words as long as a token.
 * From the first quotation mark to the last, because a value may itself hold some.
 */
export const withoutValues = (message: string): string =>
  message
    .replace(/".*"|".*$/s, '"…"')
    .replace(/[\w-]{32,}/g, '…')
    .replace(/\p{Nd}(?:[\s()-]{0,2}\p{Nd}){4,}/gu, '…')
    .slice(0, MOST_CHARACTERS);

/** The stack without its head, which is the message, of however many lines. */
function framesOf({ stack = '', message }: Error): string[] {
  const head = stack.indexOf(message);
  if (head < 0) return [];
  const lines = stack.slice(head + message.length).split('\n');
  return lines.flatMap((line) => (/^ +at /.test(line) ? [line.trim()] : [])).slice(0, MOST_FRAMES);
}
