import { randomUUID } from 'node:crypto';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { Context, ServerOptions as ProtocolOptions, SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { Attendance } from '../database/attendance.ts';
import { refusal, shapeError } from './answer.errors.ts';
import type { Census } from './connection.census.ts';
import { countedStream } from './counted.stream.ts';
import { type Params, paramsOf } from './graphql.params.ts';
import type { Peer } from './graphql.route.ts';
import { countOperation, logRequest } from './operation.record.ts';
import type { Outcome, RunOperation } from './operation.run.ts';
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
  run: RunOperation;
  census: Census;
  metrics: TransportMetrics;
}

/**
 * What graphql-ws asks of the server. The operation is run in `onSubscribe`, so that all that can be wrong with it becomes an `error`
 * message for its id; its outcome then passes through graphql-ws's `execute`, which hands it out.
 */
export function socketProtocol(options: ServerOptions, parts: Parts): ProtocolOptions<Record<string, unknown>, SocketExtra> {
  const give = (args: ExecutionArgs): Promise<never> => Promise.resolve((args.contextValue as { outcome: unknown }).outcome as never);
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
  if (typeof inner.extensions.requestId === 'string') return inner;
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

/** @throws what `authenticate` throws where the token is not good any more */
async function operate(
  extra: SocketExtra,
  { params, requestId, attendance }: { params: Params; requestId: string; attendance: Attendance },
  options: ServerOptions,
  parts: Parts,
): Promise<readonly GraphQLError[] | ExecutionArgs> {
  const started = options.now();
  const caller = await options.authenticate(extra.authorization);
  const facts = { ...extra.peer, requestId, attendance };
  const outcome = await parts.run({ caller, params, facts, traceparent: traceparentOf(params) });
  record(outcome, caller, { requestId, started }, options, parts);
  if (outcome.type === 'refused') return outcome.errors;
  if (outcome.type === 'text') return handedOut(JSON.parse(outcome.text), options, caller);
  return handedOut(outcome.type === 'result' ? outcome.result : followed(outcome.stream, extra, parts.metrics), options, caller);
}

/** A stream counted for its socket as well. */
function followed(stream: Extract<Outcome, { type: 'stream' }>['stream'], extra: SocketExtra, metrics: TransportMetrics): typeof stream {
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
  outcome: Outcome,
  caller: Caller | undefined,
  { requestId, started }: { requestId: string; started: number },
  options: ServerOptions,
  parts: Parts,
): void {
  const durationMs = options.now() - started;
  countOperation(parts.metrics, outcome, caller, durationMs);
  logRequest(options.logger, { requestId, method: 'SOCKET', path: '/graphql', status: outcome.type, durationMs, operation: outcome.name });
}

const ANY_OPERATION = {
  kind: Kind.DOCUMENT,
  definitions: [
    { kind: Kind.OPERATION_DEFINITION, operation: OperationTypeNode.QUERY, selectionSet: { kind: Kind.SELECTION_SET, selections: [] } },
  ],
} as const;

/** graphql-ws wants an operation to execute: `execute` above takes the outcome out of its context again. */
const handedOut = (outcome: unknown, options: ServerOptions, { surface }: Caller): ExecutionArgs => ({
  schema: options.surfaces[surface]!,
  document: ANY_OPERATION,
  contextValue: { outcome },
});
