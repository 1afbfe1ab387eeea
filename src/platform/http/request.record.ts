import { randomUUID } from 'node:crypto';

/** The client's own request id if it is a plain token with a letter in it (a phone number is not), else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^(?=.*[A-Za-z])[A-Za-z0-9_-]{8,64}$/.test(header) ? header : randomUUID();
}

/** An operation's name for logs: clients choose it, so nothing that could be a number of somebody passes. */
export function loggableName(name: string | undefined): string | undefined {
  return name !== undefined && /^[A-Za-z_]\w{0,63}$/.test(name) && !/\d{5}/.test(name) ? name : undefined;
}

const OWN_PATHS = new Set(['/', '/graphql', '/healthz', '/readyz', '/metrics']);

/** A path for logs. Other routes may carry tokens in their paths: only their first word is kept. */
export function loggablePath(path: string): string {
  if (OWN_PATHS.has(path)) return path;
  const first = /^\/([a-z-]{1,32})(?=\/|$)/.exec(path)?.[1];
  return first ? `/${first}/…` : '/…';
}
