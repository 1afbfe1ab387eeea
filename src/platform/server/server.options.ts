import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Attendance } from '../database/attendance.ts';
import type { Persisted } from '../documents/index.ts';
import type { Language } from '../language/language.ts';
import type { Tracer } from '../trace/tracer.ts';
import type { IsTrustedProxy } from './caller.address.ts';
import type { HttpRoute } from './http.route.ts';
import type { Limits } from './server.limits.ts';

/** Who is asking, as the application read it from the `Authorization` header or the socket's `connectionParams.authorization`. */
export interface Caller {
  /** The name of the schema that this caller gets. */
  surface: string;
  /** Identifies the seat where connections are counted for each seat; undefined: nobody signed in. */
  key: string | undefined;
  /** The application's own; this floor never looks inside. */
  value: unknown;
}

/** What an operation may know about the request that carries it. */
export interface RequestFacts {
  requestId: string;
  /** The caller's network address: the peer's, or that which trusted proxies have passed on. */
  address: string;
  /** Where the server was asked, such as `https://guichet.example`; empty where nobody knows. */
  origin: string;
  /** What the caller says it is (`User-Agent`), cut short; empty where it says nothing. */
  userAgent: string;
  /** In which messages are told. */
  language: Language;
  /** Whether somebody waits for the answer: a query's client may go, and everybody's time is up some time. */
  attendance: Attendance;
}

/** A valid operation with the context of its request. */
export interface ValidOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  context: object;
  /** Variables as they were sent. */
  given: Record<string, unknown> | null | undefined;
}
export interface StraightQuery extends ValidOperation {
  /** Variables as fields get them. */
  variables: Readonly<Record<string, unknown>>;
}
/** JSON of the whole answer; or a result, where something was refused. */
export type StraightAnswer = { text: string; result?: undefined } | { text?: undefined; result: ExecutionResult };

export interface LiveQuery extends ValidOperation {
  operationName: string | null | undefined;
}

/** A plugin of yoga that an operator adds. */
export interface PipelinePlugin {
  readonly plugin: Plugin;
  /** Names of the operations that it has to see; without them it sees all, and none takes the short way. */
  readonly operations?: readonly string[];
}

export interface ServerOptions {
  surfaces: Record<string, GraphQLSchema>;
  /** @throws GraphQLError with `extensions.code` UNAUTHENTICATED for a bad token; without a header the public caller is answered */
  authenticate(authorization: string | undefined): Promise<Caller>;
  mayIntrospect(caller: Caller): boolean;
  /** The GraphQL context of one operation. */
  context(caller: Caller, request: RequestFacts): object;
  /** Answers a query without the executor; undefined where that takes one. The answer is the one that the executor would give. */
  answerStraight?(query: StraightQuery): Promise<StraightAnswer | undefined>;
  /** Begins a subscription; without it graphql-js does. The stream's `return` ends it at once. */
  follow?(query: LiveQuery): Promise<ExecutionResult | AsyncGenerator<ExecutionResult, void, void>>;
  /** Further plugins of the pipeline, the operator's own. */
  plugins?: readonly PipelinePlugin[];
  /** Documents that clients name instead of sending them; none by default. */
  persisted?: Persisted;
  /** false: documents that are known go through the pipeline as well. */
  lane?: boolean;
  limits: Limits;
  /** Origins other than the server's own that may ask, such as `https://app.example`. */
  allowedOrigins: readonly string[];
  /** Demo only: where a browser is sent that opens /graphql as a page. */
  browsersGoTo?: string;
  /** Demo only: pages of the visitor's own machine may ask, whatever their port. */
  allowsLocalOrigins?: boolean;
  /** Proxies whose `X-Forwarded-For`, and `X-Forwarded-Proto` and `-Host`, are believed; none without it. */
  isTrustedProxy?: IsTrustedProxy;
  /** The origin at which clients reach the server, where what they ask does not tell it. */
  publicOrigin?: string;
  /** Addresses that are the permission for what is done there. */
  httpRoutes?: readonly HttpRoute[];
  /** Further routes; true: the route answered. Headers such as `Cache-Control` are set already and may be replaced. */
  routes?(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> | boolean;
  isReady(): Promise<boolean>;
  logger: Logger;
  metrics: Registry;
  tracer?: Tracer;
  /** The clock, in milliseconds. */
  now(): number;
  /** Asked twice a second with the callers of open sockets and streams; those whose seat has ended are returned and closed with 4403. */
  endedCallers?(callers: Caller[]): Promise<Caller[]>;
}

export interface RunningServer {
  port: number;
  url: string;
  /** Stops taking requests, lets those under way end, closes sockets with 1001; at most `limits.stopMs`. Further calls wait for the first. */
  stop(): Promise<void>;
}
