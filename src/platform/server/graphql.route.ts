import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Attendance } from '../database/attendance.ts';
import { languageOf, type Text } from '../language/language.ts';
import { toldError } from '../schema/told-error.ts';
import { type Shaping, shapeError } from './answer.errors.ts';
import { acceptedTypes, answerOf, type MediaType, writeAnswer, written } from './answer.write.ts';
import { askedOrigin, type Reached } from './asked.origin.ts';
import { readBody } from './body.read.ts';
import { callerAddress } from './caller.address.ts';
import type { Census } from './connection.census.ts';
import { countedStream } from './counted.stream.ts';
import { paramsOfBody, paramsOfSearch } from './graphql.params.ts';
import type { Asked, OperationKind, Stream } from './operation.asked.ts';
import type { Lane } from './operation.lane.ts';
import { countOperation, traced } from './operation.record.ts';
import type { Posted, Trail } from './pipeline/piped.ts';
import type { Pipelines } from './pipeline/pipeline.ts';
import type { Caller, RequestFacts, ServerOptions } from './server.options.ts';
import type { TransportMetrics } from './transport.metrics.ts';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  requestId: string;
  /** Ends when the client has gone. */
  attendance: Attendance;
}

/** Answers /graphql over HTTP; returns the operation's name for the log. */
export type GraphqlRoute = (exchange: Exchange) => Promise<string | undefined>;

interface Parts {
  readonly pipelines: Pipelines;
  readonly lane: Lane;
  readonly census: Census;
  readonly metrics: TransportMetrics;
  readonly openStreams: Set<() => void>;
}

export function createGraphqlRoute(options: ServerOptions, parts: Parts): GraphqlRoute {
  return async (exchange) => {
    const { posted, asked } = await ask(exchange, options, parts);
    const trail: Trail = {};
    const { params } = posted.read;
    const known = asked && params && posted.types[0] !== 'text/event-stream' ? parts.lane(asked, params) : undefined;
    if (asked && known) {
      const done = await traced(options.tracer, asked, known);
      countOperation(parts.metrics, done, asked.caller, options.now() - posted.started);
      const type = posted.types[0]!;
      const answer = typeof done.answer === 'string' ? done.answer : answerOf(done.answer as ExecutionResult, type, posted.method);
      writeAnswer(exchange.response, written(answer, type));
      return done.name;
    }
    // yoga prefers in its own order where several types are accepted; here the choice is made by what is asked for
    exchange.request.headers.accept = posted.types.includes('text/event-stream') ? 'text/event-stream' : 'application/json';
    await parts.pipelines[asked?.caller.surface ?? Object.keys(parts.pipelines)[0]!]!.handle(exchange.request, exchange.response, {
      asked,
      posted,
      trail,
    });
    return trail.name;
  };
}

/** What a request asks for and who asks, read under the limits. */
async function ask(exchange: Exchange, options: ServerOptions, parts: Parts): Promise<{ posted: Posted; asked: Asked | undefined }> {
  const { request, requestId, attendance } = exchange;
  const started = options.now();
  const facts = { ...peerOf(request, options), requestId, attendance };
  const shaping: Shaping = {
    requestId,
    language: facts.language,
    logger: options.logger,
    errors: options.limits.errors,
    hideSuggestions: true,
  };
  const types = acceptedTypes(request.headers.accept);
  const read = types.length ? await readParams(exchange, options) : { fault: refusedAs(406, 'BAD_REQUEST', NO_SUCH_TYPE) };
  const posted = { method: request.method, types, read, shaping, started };
  if (read.fault) return { posted: { ...posted, stranger: undefined }, asked: undefined };
  const { caller, fault } = await signedIn(options, request.headers.authorization);
  if (!caller) return { posted: { ...posted, stranger: fault }, asked: undefined };
  const asked: Asked = {
    caller,
    facts,
    shaping: { ...shaping, hideSuggestions: !options.mayIntrospect(caller) },
    traceparent: traceparentOf(request),
    objection: (kind) => objectionTo(kind, request.method, types),
    follow: (stream) => followed(stream, caller, exchange, parts, shaping, options.limits.pingMs),
  };
  return { posted: { ...posted, stranger: undefined }, asked };
}

type ReadParams = Posted['read'];

async function readParams({ request, response, url }: Exchange, options: ServerOptions): Promise<ReadParams> {
  if (request.method === 'GET') return withStatus(paramsOfSearch(url.searchParams));
  if (request.method !== 'POST')
    return { fault: refusedAs(405, 'BAD_REQUEST', { en: 'Send GET or POST.', 'zh-CN': '请使用 GET 或 POST。' }) };
  if (!isPlainJson(request)) return { fault: refusedAs(415, 'BAD_REQUEST', NOT_JSON) };
  const body = await readBody(request, { bytes: options.limits.bodyBytes, ms: options.limits.bodyMs });
  if (!body.fault) return withStatus(paramsOfBody(body.text));
  // What is left of the body is not waited for.
  response.setHeader('Connection', 'close');
  const { status, message } = body.fault;
  return { fault: refusedAs(status, status === 413 ? 'LIMIT_EXCEEDED' : 'BAD_REQUEST', message) };
}

const refusedAs = (status: number, code: string, message: Text): GraphQLError => toldError(code, message, { status });

const NO_SUCH_TYPE = {
  en: 'Answers are application/json, application/graphql-response+json or text/event-stream.',
  'zh-CN': '回答的格式为 application/json、application/graphql-response+json 或 text/event-stream。',
};
const NOT_JSON = { en: 'Send application/json in UTF-8, not compressed.', 'zh-CN': '请发送未压缩的 UTF-8 编码 application/json。' };

function withStatus(read: ReturnType<typeof paramsOfBody>): ReadParams {
  if (read.fault) Object.assign(read.fault.extensions, { status: 400 });
  return read;
}

function isPlainJson(request: IncomingMessage): boolean {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(request.headers['content-type'] ?? '');
}

async function signedIn(
  options: ServerOptions,
  authorization: string | undefined,
): Promise<{ caller: Caller; fault?: undefined } | { caller?: undefined; fault: unknown }> {
  try {
    return { caller: await options.authenticate(authorization) };
  } catch (fault) {
    return { fault };
  }
}

/** GET changes nothing and follows nothing; events need a client that can read them. */
function objectionTo(kind: OperationKind, method: string | undefined, types: MediaType[]): GraphQLError | undefined {
  const refused = (message: Text, status: number) => toldError('BAD_REQUEST', message, { status });
  if (method === 'GET' && kind !== 'query')
    return refused({ en: `GET is for queries: send the ${kind} by POST.`, 'zh-CN': `GET 只用于查询：请以 POST 发送 ${kind}。` }, 405);
  if (kind === 'subscription' && !types.includes('text/event-stream'))
    return refused(
      {
        en: 'Subscriptions over HTTP need "Accept: text/event-stream"; or use graphql-transport-ws.',
        'zh-CN': '通过 HTTP 订阅需要 "Accept: text/event-stream"；也可使用 graphql-transport-ws。',
      },
      406,
    );
  return undefined;
}

/** An event stream counted for its seat, ended with the seat and with the server. */
function followed(
  stream: Stream,
  caller: Caller,
  { request, response }: Exchange,
  parts: Parts,
  shaping: Shaping,
  pingMs: number,
): Stream | ExecutionResult {
  const refused = (message: Text): ExecutionResult => {
    void stream.return().catch(() => {});
    return { errors: [shapeError(toldError('LIMIT_EXCEEDED', message, { status: 200 }), shaping)] };
  };
  if (response.closed) return refused({ en: 'The client has gone.', 'zh-CN': '客户端已断开。' });
  const end = (): void => {
    void stream.return().catch(() => {});
    response.end();
  };
  const leave = parts.census.enter({ caller, type: 'stream', address: peerOf(request).address, end });
  if (!leave) return refused({ en: 'Too many event streams are open.', 'zh-CN': '打开的事件流过多。' });
  const counted = countedStream(stream, parts.metrics);
  parts.openStreams.add(end);
  // yoga writes a comment every 12 s, so a connection on which nothing has moved for longer is read by nobody. It takes every timeout away
  // as it begins to write.
  response.once('pipe', () => response.setTimeout(2 * pingMs, () => response.destroy()));
  response.once('close', () => {
    leave();
    parts.openStreams.delete(end);
    void counted.return().catch(() => {});
  });
  return counted;
}

const traceparentOf = ({ headers }: IncomingMessage): string | undefined => {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
};

const MOST_OF_USER_AGENT = 300;

/** What an operation may know of who asks, before it is known who that is. */
export type Peer = Pick<RequestFacts, 'address' | 'language' | 'origin' | 'userAgent'>;
export function peerOf(request: IncomingMessage, reached: Reached = {}): Peer {
  const { socket, headers } = request;
  return {
    address: callerAddress(socket.remoteAddress ?? '', forwardedFor(headers), reached.isTrustedProxy ?? (() => false)),
    origin: askedOrigin(request, reached),
    userAgent: (headers['user-agent'] ?? '').slice(0, MOST_OF_USER_AGENT),
    language: languageOf(headers['accept-language']),
  };
}
const forwardedFor = ({ 'x-forwarded-for': told }: IncomingHttpHeaders): string | undefined => (Array.isArray(told) ? told.join() : told);

/** Writes a refusal that came before GraphQL had a say. */
export function writeRefusal(response: ServerResponse, status: number, errors: GraphQLError[]): undefined {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify({ errors }));
}
