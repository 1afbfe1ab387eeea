import pg from 'pg';
import { pluginBlamedFor } from '../plugin-call/plugin-call.ts';
import { ConstantError } from './constant.error.ts';

/**
 * What a log may hold of an error: what kind, where, and the names that the database gives (targets 3.10). Not what it says: a message is
 * made of values as often as not, and nobody can tell by looking at it. The place leads to the line that has the words. Only of our own
 * errors that are made of no value is the message kept.
 */
export interface LoggableError {
  readonly class: string;
  readonly message?: string;
  /** Whose code gave it. */
  readonly plugin?: string;
  /** Such as `ECONNREFUSED`, or PostgreSQL's `23505`. */
  readonly code?: string;
  /** Of an answer over HTTP, where one of our own errors tells it. */
  readonly status?: number;
  /** The parts of the database that PostgreSQL names. */
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  /** Files and lines, the innermost first. */
  readonly frames: readonly string[];
  readonly cause?: LoggableError;
}

const DATABASE_NAMES = ['code', 'schema', 'table', 'column', 'constraint'] as const;
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]{0,62}$/u;
const SYSTEM_CODE = /^[A-Z][A-Z_]{2,40}$/;
const PLACE = /(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]*:\d+:\d+(?=\)?$)/;
const MOST_FRAMES = 12;
const MOST_CAUSES = 3;

/** @param error whatever was thrown. */
export function loggableError(error: unknown, causes = MOST_CAUSES): LoggableError {
  if (!(error instanceof Error)) return { class: typeof error, frames: [] };
  const plugin = pluginBlamedFor(error);
  const cause = innerOf(error);
  return {
    class: classOf(error),
    ...(error instanceof ConstantError ? { message: error.message } : {}),
    ...(plugin === undefined ? {} : { plugin }),
    ...namesOf(error),
    ...statusOf(error),
    frames: placesOf(error),
    ...(cause !== undefined && causes > 0 ? { cause: loggableError(cause, causes - 1) } : {}),
  };
}

/** The name in the code: `name` may have been set to anything. */
function classOf(error: Error): string {
  const { name }: { name?: unknown } = error.constructor ?? {};
  return typeof name === 'string' && NAME.test(name) ? name : 'Error';
}

function namesOf(error: Error): Record<string, string> {
  const isDatabase = error instanceof pg.DatabaseError;
  const names = (isDatabase ? DATABASE_NAMES : (['code'] as const)).flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' && (isDatabase || SYSTEM_CODE.test(value)) ? [[key, value]] : [];
  });
  return Object.fromEntries(names);
}

function statusOf(error: Error): { readonly status?: number } {
  const { status } = error as { readonly status?: unknown };
  const isStatus = error instanceof ConstantError && Number.isInteger(status) && (status as number) >= 100 && (status as number) < 600;
  return isStatus ? { status: status as number } : {};
}

/** Errors of several attempts, as of a host with two addresses, tell the same story: the first is enough. */
const innerOf = (error: Error): unknown => error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);

/** Files and lines of a stack, the innermost first. Without its head, which is the message, of however many lines, and without names of functions, which may be computed. */
export function placesOf({ stack, message }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const head = stack.indexOf(message);
  if (head < 0) return [];
  const lines = stack.slice(head + message.length).split('\n');
  return lines.flatMap((line) => (/^ +at /.test(line) ? (PLACE.exec(line) ?? []) : [])).slice(0, MOST_FRAMES);
}
