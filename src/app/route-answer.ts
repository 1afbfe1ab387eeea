import { validateHeaderName, validateHeaderValue } from 'node:http';
import { UNREADABLE } from '@guichet/forms';
import { GraphQLError } from 'graphql';
import { isTimeout } from '../platform/database/pool.ts';
import type { Language } from '../platform/language/language.ts';
import { badRequest, tookTooLong } from '../platform/read/refusal.ts';
import { Refusal, refusalPayload } from '../platform/schema/refusal-type.ts';
import { wordsOf } from '../platform/schema/told-error.ts';
import type { HttpExchange } from '../platform/server/index.ts';
import type { RouteAnswer } from '../sdk/index.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** Of codes that say more than that it cannot be done. */
const STATUS: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  PLUGIN_DISABLED: 403,
  WINDOW_SUSPENDED: 403,
  NOT_FOUND: 404,
  VALIDATION_FAILED: 422,
  RATE_LIMITED: 429,
  LIMIT_EXCEEDED: 503,
};

/** PostgreSQL's code for text that it cannot hold: what a route reads by itself no schema has looked at. */
const isUnstorable = (error: unknown): boolean => (error as { readonly code?: unknown } | null)?.code === '22021';

/** Tells why a route was not answered, in the form of all errors. @throws what was not meant for whoever calls */
export function refuseFor(exchange: HttpExchange, error: unknown): void {
  if (error instanceof Refusal) {
    writeRefusal(exchange, error);
    return;
  }
  const told = isTimeout(error) ? tookTooLong() : isUnstorable(error) ? badRequest(UNREADABLE) : error;
  const code = told instanceof GraphQLError ? String(told.extensions.code) : '';
  if (!(told instanceof GraphQLError) || STATUS[code] === undefined) throw error;
  const { retryAfter } = told.extensions;
  if (typeof retryAfter === 'number') exchange.response.setHeader('Retry-After', retryAfter);
  const words = (language: Language): string => wordsOf(told, language) ?? told.message;
  exchange.refuse(STATUS[code], code, { en: words('en'), 'zh-CN': words('zh-CN') });
}

/** What mutations answer as an outcome of theirs; its code is none that an error at the top has. */
function writeRefusal({ response, language, requestId }: HttpExchange, refusal: Refusal): void {
  const { code, message, path } = refusalPayload(refusal, language);
  const errors = [{ message, extensions: { code, path, requestId } }];
  response.writeHead(STATUS[String(code)] ?? 409, { 'Content-Type': JSON_TYPE }).end(JSON.stringify({ errors }));
}

/** An answer as it is written. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: string | Buffer | undefined;
}
/** Cookies are never read (a request of another site carries them along), and what follows from the body or the connection is the server's own. */
const NOT_SAID = ['set-cookie', 'content-length', 'content-type', 'transfer-encoding', 'connection', 'trailer', 'upgrade'];

/**
 * What a route has answered, as it is written: looked at while all that the route did can still be undone.
 * @throws Error that says which part cannot be written
 */
export function writtenAnswer(address: string, { status = 200, body, type, headers = {} }: RouteAnswer): WrittenAnswer {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new Error(`${address} answered the status ${status}: give a whole number from 200 to 599.`);
  const [usual, sent] = encoded(body);
  const all = { ...headers, ...(sent === undefined ? {} : { 'Content-Type': type ?? usual }) };
  const odd = Object.keys(headers).find((name) => NOT_SAID.includes(name.toLowerCase()));
  if (odd) throw new Error(`${address} answered the header ${odd}, which no route writes; \`type\` says what the body is.`);
  for (const [name, value] of Object.entries(all)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  return { status, headers: all, sent };
}

export function writeAnswer({ response }: HttpExchange, { status, headers, sent }: WrittenAnswer): void {
  response.writeHead(status, headers).end(sent);
}

/** Of what is no JSON, such as a bigint, `JSON.stringify` throws. */
function encoded(body: unknown): [string, string | Buffer | undefined] {
  if (body === undefined) return ['', undefined];
  if (Buffer.isBuffer(body)) return ['application/octet-stream', body];
  return typeof body === 'string' ? ['text/plain; charset=utf-8', body] : [JSON_TYPE, JSON.stringify(body)];
}
