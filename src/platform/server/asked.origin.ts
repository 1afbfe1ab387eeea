import type { IncomingMessage } from 'node:http';
import type { IsTrustedProxy } from './caller.address.ts';

const HOST = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;

/** What of the server's options says where clients reach it. */
export interface Reached {
  readonly isTrustedProxy?: IsTrustedProxy;
  readonly publicOrigin?: string;
}

/**
 * The origin under which the server was asked: the operator's word, else what the request says, and a trusted proxy before it. Whoever
 * writes another host into their own request is told that host, and nobody else is.
 */
export function askedOrigin({ socket, headers }: IncomingMessage, { isTrustedProxy, publicOrigin }: Reached): string {
  if (publicOrigin) return publicOrigin;
  const isProxied = isTrustedProxy?.(socket.remoteAddress ?? '') ?? false;
  const host = (isProxied && first(headers['x-forwarded-host'])) || headers.host;
  if (!host || !HOST.test(host)) return '';
  const isSecure = 'encrypted' in socket || (isProxied && first(headers['x-forwarded-proto']) === 'https');
  return `${isSecure ? 'https' : 'http'}://${host}`;
}

const first = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',', 1)[0]?.trim() || undefined;
