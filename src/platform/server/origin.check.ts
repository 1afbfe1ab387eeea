import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Whether a request may be answered, and for which listed origin the browser must be told so (targets 2, cross-origin). */
export interface OriginVerdict {
  allowed: boolean;
  listed: string | undefined;
}

/** Whose pages may ask, beside the server's own. */
export interface TakenOrigins {
  readonly allowedOrigins: readonly string[];
  readonly allowsLocalOrigins?: boolean;
}

/**
 * An `Origin` must be the server's own or listed; `Sec-Fetch-Site: cross-site` is refused unless a listed origin comes with it.
 * Programs that are no browsers send neither and pass.
 */
export function checkOrigin(headers: IncomingHttpHeaders, { allowedOrigins, allowsLocalOrigins }: TakenOrigins): OriginVerdict {
  const origin = headers.origin;
  if (origin !== undefined && (allowedOrigins.includes(origin) || (allowsLocalOrigins && isLocal(origin))))
    return { allowed: true, listed: origin };
  if (headers['sec-fetch-site'] === 'cross-site') return { allowed: false, listed: undefined };
  return { allowed: origin === undefined || isOwn(origin, headers.host), listed: undefined };
}

/** A page that a program of the visitor's own machine has served, such as a front end that is being written. */
function isLocal(origin: string): boolean {
  const url = URL.parse(origin);
  return url?.origin === origin && /^https?:$/.test(url.protocol) && LOCAL.test(url.hostname);
}
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** The scheme is not compared: behind a proxy the server speaks http where the browser speaks https. */
function isOwn(origin: string, host: string | undefined): boolean {
  const url = URL.parse(origin);
  return url !== null && host !== undefined && url.host !== '' && url.host === hostOf(host, url.protocol);
}

const hostOf = (host: string, protocol: string): string | undefined => URL.parse(`${protocol}//${host}`)?.host;

/** A link that was followed from another site to a page; no script can read its answer. */
export const isNavigation = (request: IncomingMessage): boolean =>
  request.method === 'GET' &&
  request.headers.origin === undefined &&
  request.headers['sec-fetch-mode'] === 'navigate' &&
  request.headers['sec-fetch-dest'] === 'document';

/** CORS headers, for listed origins only and never with credentials. */
export function allowListedOrigin(response: ServerResponse, listed: string | undefined, told: readonly string[] = []): void {
  response.setHeader('Vary', 'Origin');
  if (!listed) return;
  response.setHeader('Access-Control-Allow-Origin', listed);
  response.setHeader('Access-Control-Expose-Headers', ['X-Request-Id', ...told].join(', '));
}

/** What pages of listed origins may send. */
export interface TakenRequests {
  readonly methods: readonly string[];
  /** Beside those that may always be sent. */
  readonly headers: readonly string[];
}
const ASKING: TakenRequests = { methods: ['GET', 'POST'], headers: ['authorization'] };

export function answerPreflight(response: ServerResponse, listed: string | undefined, { methods, headers }: TakenRequests = ASKING): void {
  if (listed) {
    response.setHeader('Access-Control-Allow-Methods', methods.join(', '));
    response.setHeader('Access-Control-Allow-Headers', ['accept-language', ...headers, 'content-type', 'x-request-id'].join(', '));
    response.setHeader('Access-Control-Max-Age', '600');
  }
  response.setHeader('Allow', methods.join(', '));
  response.writeHead(204).end();
}
