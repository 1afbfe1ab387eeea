import { randomUUID } from 'node:crypto';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { Context, ServerOptions as ProtocolOptions, SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { Attendance } from '../database/attendance.ts';
import { isShaped, refusal, shapeError, shapeThrown } from './answer.errors.ts';
import type { Census } from './connection.census.ts';
import { countedStream } from './counted.stream.ts';
import { type Params, paramsOf } from './graphql.params.ts';
import type { Peer } from './graphql.route.ts';
import { type Answer, type Asked, isStream, type Stream } from './operation.asked.ts';
import { countOperation, logRequest, type Operated, traced } from './operation.record.ts';
import type { Trail } from './pipeline/piped.ts';
import type { Pipelines } from './pipeline/pipeline.ts';
import type { Caller, ServerOptions } from './server.options.ts';
import { authorizationOf } from './socket.authorization.ts';
import { BAD_MESSAGE, FAULT, SEAT_ENDED, TOO_MANY_SOCKETS } from './socket.codes.ts';
import type { TransportMetrics } from './transport.metrics.ts';

export interface SocketExtra {
  socket: WebSocket;
  /** Not the request itself: its headers would be kept for as long as the socket is open. */
  peer: Peer;
  /** As the first message had it. Whom it stands for is asked anew for each operation: rights change while a socket is open. */
  authorization?: string;
  caller?: Caller;
  /** Operations on their way to their first answer, counted here because graphql-ws forgets those that the client completes before. */
  starting: number;
  /** Subscriptions that have begun and not ended; graphql-ws tells what it has by a list of all names, which takes long where they are many. */
  following: number;
  leave?: () => void;
}

type SocketContext = Context<Record<string, unknown>, SocketExtra>;
interface Parts {
  pipelines: Pipelines;
  census: Census;
  metrics: TransportMetrics;
}

/**
 * What graphql-ws asks of the server. The operation goes through yoga's own steps in `onSubscribe`, so that all that can be wrong with it,
 * its execution too, becomes an `error` message for its id; what came of it is handed out where graphql-ws executes.
 */
export function socketProtocol(options: ServerOptions, parts: Parts): ProtocolOptions<Record<string, unknown>, SocketExtra> {
  const give = ({ contextValue }: ExecutionArgs): Promise<never> => Promise.resolve((contextValue as Done).trail.answer as never);
  return {
    connectionInitWaitTimeout: options.limits.initMs,
    onConnect: (context) => connect(context, options, parts.census),
    onSubscribe: (context, id, payload) => start(context, id, payload, options, parts),
    execute: give,
    subscribe: give,
    onNext: (_context, _id, _payload, _args, result) => result as ExecutionResult,
    onError: ({ extra }, _id, _payload, errors) => errors.map((error) => known(error, extra.peer, options).toJSON()),
    onClose: ({ extra }) => extra.leave?.(),
  };
}

/** Errors thrown by a stream come wrapped; they were shaped where they were thrown. */
function known(error: GraphQLError, { language }: Peer, options: ServerOptions): GraphQLError {
  const inner = error.originalError instanceof GraphQLError ? error.originalError : error;
  if (isShaped(inner)) return inner;
  return shapeError(inner, { requestId: randomUUID(), language, logger: options.logger, errors: 1, hideSuggestions: true });
}

async function connect({ connectionParams, extra }: SocketContext, options: ServerOptions, census: Census): Promise<boolean> {
  const { authorization, fault } = authorizationOf(connectionParams);
  if (fault) {
    extra.socket.close(BAD_MESSAGE, fault);
    return false;
  }
  try {
    extra.caller = await options.authenticate(authorization);
    extra.authorization = authorization;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    options.logger.error({ err: error }, 'could not authenticate a socket');
    extra.socket.close(FAULT, 'Unexpected error.');
    return false;
  }
  // The socket may have gone while its token was read: then nobody would take it out of the census again.
  if (extra.socket.readyState !== extra.socket.OPEN) return false;
  const end = (): void => extra.socket.close(SEAT_ENDED, 'The seat has ended');
  extra.leave = census.enter({ caller: extra.caller, type: 'socket', address: extra.peer.address, end });
  if (!extra.leave) extra.socket.close(TOO_MANY_SOCKETS, 'Too many sockets');
  return extra.leave !== undefined;
}

async function start(
  context: SocketContext,
  id: string,
  payload: SubscribePayload,
  options: ServerOptions,
  parts: Parts,
): Promise<readonly GraphQLError[] | ExecutionArgs> {
  const { extra } = context;
  const { subscriptions: most, errors } = options.limits;
  const requestId = randomUUID();
  const refuse = (fault: unknown): GraphQLError[] => [
    shapeError(fault, { requestId, language: extra.peer.language, logger: options.logger, errors, hideSuggestions: true }),
  ];
  if (extra.starting + extra.following >= most)
    return refuse(
      refusal('LIMIT_EXCEEDED', { en: `A socket carries ${most} operations at a time.`, 'zh-CN': `一个连接同时最多 ${most} 个操作。` }),
    );
  const read = paramsOf(payload);
  if (read.fault) return refuse(read.fault);
  extra.starting += 1;
  const attendance = new Attendance();
  context.subscriptions[id] = leavable(attendance);
  try {
    return await operate(extra, { params: read.params, requestId, attendance }, options, parts);
  } catch (fault) {
    return refuse(fault);
  } finally {
    extra.starting -= 1;
  }
}

/** Stands for an operation that is on its way to its answer: graphql-ws ends it where the client completes it, or the socket is closed. */
function leavable(attendance: Attendance): AsyncGenerator<never> {
  const leave = async (): Promise<IteratorReturnResult<undefined>> => {
    attendance.end();
    return { done: true, value: undefined };
  };
  return Object.assign((async function* () {})(), { return: leave });
}

type Done = { readonly trail: Trail };

/** @throws what `authenticate` throws where the token is not good any more */
async function operate(
  extra: SocketExtra,
  { params, requestId, attendance }: { params: Params; requestId: string; attendance: Attendance },
  options: ServerOptions,
  parts: Parts,
): Promise<readonly GraphQLError[] | ExecutionArgs> {
  const started = options.now();
  const caller = await options.authenticate(extra.authorization);
  const { limits, logger } = options;
  const facts = { ...extra.peer, requestId, attendance };
  const hideSuggestions = !options.mayIntrospect(caller);
  const asked: Asked = {
    caller,
    facts,
    shaping: { requestId, language: facts.language, logger, errors: limits.errors, hideSuggestions },
    traceparent: traceparentOf(params),
    follow: (stream) => followed(stream, extra, parts.metrics),
  };
  const done = await traced(options.tracer, asked, () => pipe(asked, params, parts.pipelines));
  record(done, caller, { requestId, started }, options, parts);
  if (isRefusal(done.answer)) return done.answer.errors ?? [];
  return done.args!;
}

/** What comes of it before it begins is an error message; so is what it was refused altogether. */
const isRefusal = (answer: Answer): answer is ExecutionResult =>
  typeof answer !== 'string' && !isStream(answer) && (answer as ExecutionResult).data === undefined;

/** The steps of a request over HTTP, as `getEnveloped` hands them out. */
async function pipe(asked: Asked, params: Params, pipelines: Pipelines): Promise<Operated & { readonly args?: ExecutionArgs }> {
  const trail: Trail = {};
  const { parse, validate, contextFactory, execute, subscribe, schema } = pipelines[asked.caller.surface]!.getEnveloped({
    asked,
    trail,
    params,
  });
  try {
    const document = parse(params.query);
    const errors = validate(schema, document);
    if (errors.length) return { ...trail, answer: { errors: errors.map((error: unknown) => shapeThrown(error, asked.shaping, true)) } };
    const { variables: variableValues, operationName } = params;
    const args = { schema, document, contextValue: await contextFactory(), variableValues, operationName };
    trail.answer = await (trail.kind === 'subscription' ? subscribe : execute)(args);
    return { ...trail, answer: trail.answer!, args };
  } catch (fault) {
    const errors: readonly unknown[] = fault instanceof AggregateError ? fault.errors : [fault];
    return { ...trail, answer: { errors: errors.map((error) => shapeThrown(error, asked.shaping, true)) } };
  }
}

/** A stream counted for its socket as well. */
function followed(stream: Stream, extra: SocketExtra, metrics: TransportMetrics): Stream {
  extra.following += 1;
  let isOpen = true;
  const end = metrics.subscriptionStarted();
  const ended = (outcome: string): void => {
    if (isOpen) extra.following -= 1;
    isOpen = false;
    end(outcome);
  };
  return countedStream(stream, { subscriptionStarted: () => ended });
}

/** Messages have no headers: a client puts it into the request's extensions. */
const traceparentOf = ({ extensions }: Params): string | undefined =>
  typeof extensions?.traceparent === 'string' ? extensions.traceparent : undefined;

function record(
  done: Operated,
  caller: Caller | undefined,
  { requestId, started }: { requestId: string; started: number },
  options: ServerOptions,
  parts: Parts,
): void {
  const durationMs = options.now() - started;
  countOperation(parts.metrics, done, caller, durationMs);
  const status = isRefusal(done.answer) ? 'refused' : isStream(done.answer) ? 'stream' : 'result';
  logRequest(options.logger, { requestId, method: 'SOCKET', path: '/graphql', status, durationMs, operation: done.name });
}
