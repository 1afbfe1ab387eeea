import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Attendance } from '../database/attendance.ts';
import { languageOf, type Text } from '../language/language.ts';
import { toldError } from '../schema/told-error.ts';
import { refusal, type Shaping, shapeError } from './answer.errors.ts';
import { acceptedTypes, createAnswerWriter, type MediaType } from './answer.write.ts';
import { askedOrigin, type Reached } from './asked.origin.ts';
import { readBody } from './body.read.ts';
import { callerAddress } from './caller.address.ts';
import type { Census } from './connection.census.ts';
import { countedStream } from './counted.stream.ts';
import { type Params, paramsOfBody, paramsOfSearch } from './graphql.params.ts';
import { countOperation } from './operation.record.ts';
import type { OperationKind, Outcome, RunOperation } from './operation.run.ts';
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
  run: RunOperation;
  census: Census;
  metrics: TransportMetrics;
  openStreams: Set<() => void>;
}

export function createGraphqlRoute(options: ServerOptions, parts: Parts): GraphqlRoute {
  const write = createAnswerWriter();
  return async (exchange) => {
    const { request, response, requestId, attendance } = exchange;
    const started = options.now();
    const facts = { ...peerOf(request, options), requestId, attendance };
    const { language } = facts;
    const shaping: Shaping = { requestId, language, logger: options.logger, errors: options.limits.errors, hideSuggestions: true };
    const refuse = (status: number, fault: unknown): undefined => {
      parts.metrics.refused(status);
      return writeRefusal(response, status, [shapeError(fault, shaping, true)]);
    };
    const types = acceptedTypes(request.headers.accept);
    if (!types.length)
      return refuse(
        406,
        refusal('BAD_REQUEST', {
          en: 'Answers are application/json, application/graphql-response+json or text/event-stream.',
          'zh-CN': '回答的格式为 application/json、application/graphql-response+json 或 text/event-stream。',
        }),
      );
    const read = await readParams(exchange, options);
    if (read.fault) return refuse(read.status, read.fault);
    const caller = await signedIn(options, request.headers.authorization);
    const objection = (kind: OperationKind) => objectionTo(kind, request.method, types);
    const outcome: Outcome = caller.caller
      ? await parts.run({
          caller: caller.caller,
          params: read.params,
          facts,
          objection,
          traceparent: traceparentOf(request),
        })
      : { type: 'refused', errors: [shapeError(caller.fault, shaping, true)] };
    countOperation(parts.metrics, outcome, caller.caller, options.now() - started);
    if (outcome.type === 'stream' && response.closed) return leftBehind(outcome);
    const type = chosenType(types, outcome);
    const answer =
      outcome.type === 'stream'
        ? followed(outcome.stream, caller.caller as Caller, exchange, parts, shaping, options.limits.pingMs)
        : answerOf(outcome, type, request.method);
    await write(request, response, read.params, type, answer);
    return outcome.name;
  };
}

type ReadParams = { params: Params; fault?: undefined } | { params?: undefined; status: number; fault: GraphQLError };

async function readParams({ request, response, url }: Exchange, options: ServerOptions): Promise<ReadParams> {
  if (request.method === 'GET') return withStatus(paramsOfSearch(url.searchParams));
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'GET, POST');
    return { status: 405, fault: refusal('BAD_REQUEST', { en: 'Send GET or POST.', 'zh-CN': '请使用 GET 或 POST。' }) };
  }
  if (!isPlainJson(request)) return { status: 415, fault: refusal('BAD_REQUEST', NOT_JSON) };
  const body = await readBody(request, { bytes: options.limits.bodyBytes, ms: options.limits.bodyMs });
  if (!body.fault) return withStatus(paramsOfBody(body.text));
  // What is left of the body is not waited for.
  response.setHeader('Connection', 'close');
  return { status: body.fault.status, fault: refusal(body.fault.status === 413 ? 'LIMIT_EXCEEDED' : 'BAD_REQUEST', body.fault.message) };
}

const NOT_JSON = { en: 'Send application/json in UTF-8, not compressed.', 'zh-CN': '请发送未压缩的 UTF-8 编码 application/json。' };

const withStatus = (read: ReturnType<typeof paramsOfBody>): ReadParams => (read.fault ? { status: 400, fault: read.fault } : read);

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

const chosenType = (types: MediaType[], outcome: Outcome): MediaType =>
  outcome.kind === 'subscription' && types.includes('text/event-stream') ? 'text/event-stream' : types[0]!;

/** The answer with its status, which yoga reads from `extensions.http` and takes out. */
function answerOf(outcome: Exclude<Outcome, { type: 'stream' }>, type: MediaType, method: string | undefined): ExecutionResult | string {
  if (outcome.type === 'text') return outcome.text;
  if (outcome.type === 'result') return outcome.result;
  const first = outcome.errors[0]?.extensions;
  const http = { status: statusOf(first, type), ...(first?.status === 405 && method === 'GET' ? { headers: { Allow: 'POST' } } : {}) };
  const errors = outcome.errors.map((error) => {
    const { status: _, ...extensions } = error.extensions;
    return new GraphQLError(error.message, {
      nodes: error.nodes,
      source: error.source,
      positions: error.positions,
      path: error.path,
      extensions,
    });
  });
  return { errors, extensions: { http } };
}

const STATUS: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429, INTERNAL: 500 };

/** `application/json` answers 200 to whatever is a GraphQL request; the newer type says in the status what became of it. */
function statusOf(extensions: GraphQLError['extensions'] | undefined, type: MediaType): number {
  if (typeof extensions?.status === 'number') return extensions.status;
  return type === 'application/graphql-response+json' ? (STATUS[String(extensions?.code)] ?? 400) : 200;
}

/** An event stream counted for its seat, ended with the seat and with the server. */
function followed(
  stream: AsyncGenerator<ExecutionResult>,
  caller: Caller,
  { request, response }: Exchange,
  parts: Parts,
  shaping: Shaping,
  pingMs: number,
): AsyncGenerator<ExecutionResult> | ExecutionResult {
  const end = (): void => {
    void stream.return(undefined).catch(() => {});
    response.end();
  };
  const leave = parts.census.enter({ caller, type: 'stream', address: peerOf(request).address, end });
  if (!leave) {
    void stream.return(undefined).catch(() => {});
    return {
      errors: [shapeError(refusal('LIMIT_EXCEEDED', { en: 'Too many event streams are open.', 'zh-CN': '打开的事件流过多。' }), shaping)],
      extensions: { http: { status: 200 } },
    };
  }
  const counted = countedStream(stream, parts.metrics);
  parts.openStreams.add(end);
  // yoga writes a comment every 12 s, so a connection on which nothing has moved for longer is read by nobody. It takes every timeout away
  // as it begins to write.
  response.once('pipe', () => response.setTimeout(2 * pingMs, () => response.destroy()));
  response.once('close', () => {
    leave();
    parts.openStreams.delete(end);
    void counted.return(undefined).catch(() => {});
  });
  return withFaultAsEvent(counted);
}

/** What a stream throws becomes its last event: sockets have a message for it, event streams have not, and yoga would leave them open. */
function withFaultAsEvent(stream: AsyncGenerator<ExecutionResult>): AsyncGenerator<ExecutionResult> {
  const next = () => stream.next().catch((fault: GraphQLError) => ({ done: false as const, value: { errors: [fault] } }));
  return { ...stream, next };
}

/** The client has left before its subscription began: nobody would end it. */
function leftBehind({ stream, name }: Extract<Outcome, { type: 'stream' }>): string | undefined {
  void stream.return(undefined).catch(() => {});
  return name;
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
