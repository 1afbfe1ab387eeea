import { randomUUID } from 'node:crypto';
import { isUuid } from '../database/uuid.ts';

const TRACE_ID = /^[0-9a-f]{32}$/;
const PLAIN_WORD = /^(?=.*[A-Za-z])(?!.*\d(?:[_-]?\d){4})[A-Za-z0-9_-]{8,31}$/;

/** The client's own request id if it is a UUID, a trace's id, or a short word that holds no number of somebody, else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  const isPlain = typeof header === 'string' && (isUuid(header) || TRACE_ID.test(header) || PLAIN_WORD.test(header));
  return isPlain ? header : randomUUID();
}

/** An operation's name for logs: clients choose it, so nothing that could be a number of somebody passes. */
export function loggableName(name: string | undefined): string | undefined {
  return name !== undefined && /^[A-Za-z_]\w{0,63}$/.test(name) && !/\d{5}/.test(name) ? name : undefined;
}

const OWN_PATHS = new Set(['/', '/graphql', '/healthz', '/readyz', '/metrics']);

/** A path for logs. Others may be made of anything; what comes behind the prefix of a route may be a permission. */
export const loggablePath = (path: string, prefix = '/'): string => (OWN_PATHS.has(path) ? path : `${prefix}…`);
