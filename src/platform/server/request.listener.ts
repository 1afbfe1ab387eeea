import type { IncomingMessage, ServerResponse } from 'node:http';
import { Attendance } from '../database/attendance.ts';
import { languageOf, type Text } from '../language/language.ts';
import { refusal, shapeError } from './answer.errors.ts';
import { type GraphqlRoute, peerOf, writeRefusal } from './graphql.route.ts';
import { type HttpExchange, type HttpRoute, readAway } from './http.route.ts';
import { logRequest } from './operation.record.ts';
import { allowListedOrigin, answerPreflight, checkOrigin, isNavigation } from './origin.check.ts';
import { loggablePath, requestIdOf } from './request.record.ts';
import type { ServerOptions } from './server.options.ts';

/** Nearly every request's: parsed once. */
const GRAPHQL = new URL('http://server/graphql');

/** Takes each HTTP request: headers of every answer, origin, then the route; one line in the log when it is answered. */
export function createRequestListener(
  options: ServerOptions,
  graphql: GraphqlRoute,
  state: { stopping: boolean },
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const started = options.now();
    const requestId = requestIdOf(request.headers['x-request-id']);
    const url = request.url === '/graphql' ? GRAPHQL : URL.parse(request.url ?? '/', 'http://server');
    const route = url && url !== GRAPHQL ? options.httpRoutes?.find(({ prefix }) => url.pathname.startsWith(prefix)) : undefined;
    const attendance = new Attendance();
    let operation: string | undefined;
    response.once('close', () => {
      attendance.end();
      const status = response.headersSent ? response.statusCode : 'unanswered';
      const line = { requestId, method: request.method ?? '', path: loggablePath(url?.pathname ?? '', route?.prefix), status };
      logRequest(options.logger, { ...line, durationMs: options.now() - started, operation });
    });
    setCommonHeaders(response, requestId, state.stopping);
    const language = languageOf(request.headers['accept-language']);
    const refuse = (status: number, code: string, message: Text): undefined =>
      writeRefusal(response, status, [
        shapeError(refusal(code, message), { requestId, language, logger: options.logger, errors: 1, hideSuggestions: true }),
      ]);
    if (!url || (!request.headers.host && request.httpVersion !== '1.0'))
      return refuse(400, 'BAD_REQUEST', { en: 'The address cannot be read.', 'zh-CN': '无法识别该地址。' });
    const isGraphql = url.pathname === '/graphql';
    const origin = checkOrigin(request.headers, options);
    if (!origin.allowed && !route && (isGraphql || !isNavigation(request)))
      return refuse(403, 'FORBIDDEN', { en: 'Requests from this origin are not taken.', 'zh-CN': '不接受来自此来源的请求。' });
    allowListedOrigin(response, origin.listed, route?.tellsHeaders);
    if (request.method === 'OPTIONS' && isGraphql) return answerPreflight(response, origin.listed);
    if (route) return answerRoute(route, { request, response, url, requestId, ...peerOf(request, options), refuse }, origin.listed);
    if (isGraphql && wantsPage(request) && options.browsersGoTo)
      return void response.writeHead(303, { Location: options.browsersGoTo }).end();
    if (isGraphql) {
      operation = await graphql({ request, response, url, requestId, attendance });
      return;
    }
    if (await answerProbe(options, url.pathname, response, state)) return;
    if (await options.routes?.(request, response, url)) return;
    return refuse(404, 'BAD_REQUEST', { en: 'There is nothing at this address.', 'zh-CN': '该地址没有内容。' });
  };
}

async function answerRoute(route: HttpRoute, exchange: HttpExchange, listed: string | undefined): Promise<void> {
  const { request, response } = exchange;
  const refuse: HttpExchange['refuse'] = (status, code, message) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') readAway(request);
    exchange.refuse(status, code, message);
  };
  const { methods, takesHeaders: headers } = route;
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method'])
    return answerPreflight(response, listed, { methods, headers });
  if (methods.includes(request.method ?? '')) return route.handle({ ...exchange, refuse });
  response.setHeader('Allow', methods.join(', '));
  refuse(405, 'BAD_REQUEST', { en: `Send ${methods.join(' or ')}.`, 'zh-CN': `请使用 ${methods.join(' 或 ')}。` });
}

function setCommonHeaders(response: ServerResponse, requestId: string, stopping: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Request-Id', requestId);
  if (stopping) response.setHeader('Connection', 'close');
}

const wantsPage = (request: IncomingMessage): boolean => request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');

/** Nothing may be loaded from elsewhere, and no script may stand in the page itself. The editor of GraphiQL writes styles of its own. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers with a page of HTML that needs nothing from the network. */
export function writePage(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_POLICY }).end(html);
}

async function answerProbe(options: ServerOptions, path: string, response: ServerResponse, state: { stopping: boolean }): Promise<boolean> {
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8'): true => {
    response.writeHead(status, { 'Content-Type': type }).end(body);
    return true;
  };
  if (path === '/healthz') return text(200, 'alive\n');
  if (path === '/metrics') return text(200, await options.metrics.metrics(), options.metrics.contentType);
  if (path !== '/readyz') return false;
  const ready = !state.stopping && (await options.isReady().catch(() => false));
  return ready ? text(200, 'ready\n') : text(503, 'not ready\n');
}
