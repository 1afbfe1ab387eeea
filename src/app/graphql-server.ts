import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { fileRoute } from '../domains/files/index.ts';
import { printRoute } from '../domains/form-printing/index.ts';
import { joinRoute } from '../domains/joining/index.ts';
import { linkAppRoutes } from '../domains/window-apps/index.ts';
import { toldError } from '../platform/schema/told-error.ts';
import {
  type Caller,
  defaultLimits,
  type Limits,
  type Persisted,
  type RequestFacts,
  type RunningServer,
  type ServerOptions,
  startServer,
  trustedProxies,
} from '../platform/server/index.ts';
import { answerStraight } from '../platform/server/straight-answer.ts';
import { readingAs } from '../sdk/index.ts';
import { type GraphContext, requestContext, type SignedIn } from './context.ts';
import { type LiveSubscriptions, liveSubscriptions } from './live-subscriptions.ts';
import { pluginRoutes } from './plugin-routes.ts';
import type { Runtime } from './runtime.ts';

export interface GraphqlServerOptions {
  readonly runtime: Runtime;
  readonly host: string;
  readonly port: number;
  readonly demo: boolean;
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks of proxies whose word on the caller's address is taken; none by default. */
  readonly trustedProxies?: readonly string[];
  /** The origin at which clients reach the server; that of each request by default. */
  readonly publicOrigin?: string;
  /** Documents that clients name instead of sending them. */
  readonly persisted?: Persisted;
  /** Plugins of yoga that the operator adds. */
  readonly yoga?: ServerOptions['plugins'];
  /** false: documents that are known go through the pipeline as well. */
  readonly lane?: boolean;
  readonly limits?: Limits;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly browsersGoTo?: ServerOptions['browsersGoTo'];
  readonly routes?: ServerOptions['routes'];
  /** What answers queries that need no executor goes through it. */
  watchStraight?(answer: NonNullable<ServerOptions['answerStraight']>): NonNullable<ServerOptions['answerStraight']>;
}

/** The GraphQL server over a runtime: employees get the staff schema, contacts and the public the portal's (api 1). */
export function startGraphqlServer(options: GraphqlServerOptions): Promise<RunningServer> {
  const { runtime, demo, limits = defaultLimits, watchStraight = (answer) => answer } = options;
  const { staff, portal } = runtime.schemas;
  const live = liveSubscriptions(runtime, options.logger);
  return startServer(
    {
      surfaces: { staff, portal },
      authenticate: (authorization) => callerOf(runtime, authorization),
      mayIntrospect: ({ value }) => mayIntrospect(value as SignedIn | undefined, demo),
      context: (caller, facts) => contextOf(runtime, live, caller.value as SignedIn | undefined, { ...facts, logger: options.logger }),
      answerStraight: watchStraight(({ context, ...query }) => answerStraight({ ...query, context: context as GraphContext })),
      follow: ({ context, ...query }) => live.begin({ ...query, context: context as GraphContext }),
      limits,
      persisted: options.persisted,
      plugins: options.yoga,
      lane: options.lane,
      allowedOrigins: options.allowedOrigins,
      browsersGoTo: options.browsersGoTo,
      allowsLocalOrigins: demo,
      isTrustedProxy: trustedProxies(options.trustedProxies ?? []),
      publicOrigin: options.publicOrigin,
      httpRoutes: [
        fileRoute(runtime.files),
        printRoute({ files: runtime.files, reading: runtime.switchboard.service(readingAs) }),
        joinRoute(runtime.joins),
        ...linkAppRoutes({ ...runtime.files, seatNow: runtime.switchboard.service(readingAs).seat }),
        pluginRoutes({
          runtime,
          bodyMs: limits.bodyMs,
          signedIn: async (authorization) => (await callerOf(runtime, authorization)).value as SignedIn | undefined,
        }),
      ],
      routes: options.routes,
      isReady: runtime.isReady,
      logger: options.logger,
      metrics: options.metrics,
      tracer: runtime.tracer,
      now: () => runtime.now().getTime(),
      endedCallers: async (callers) => {
        const ended = await runtime.seats.ended(callers.flatMap(({ value }) => (value ? [value as SignedIn] : [])));
        return callers.filter(({ value }) => value && ended.has(value as SignedIn));
      },
    },
    { host: options.host, port: options.port },
  );
}

async function callerOf({ seats }: Runtime, authorization: string | undefined): Promise<Caller> {
  if (authorization === undefined) return { surface: 'portal', key: undefined, value: undefined };
  const token = /^Bearer +([\w-]{16,200})$/i.exec(authorization)?.[1];
  const signedIn = token && (await seats.signedIn(token));
  if (!signedIn) throw toldError('UNAUTHENTICATED', NOT_VALID);
  return {
    surface: signedIn.seat?.kind === 'EMPLOYEE' ? 'staff' : 'portal',
    key: signedIn.seat?.id ?? signedIn.accountId,
    value: signedIn,
  };
}

const NOT_VALID = { en: 'This token is not valid any more: sign in again.', 'zh-CN': '登录已失效，请重新登录。' };

const mayIntrospect = (signedIn: SignedIn | undefined, demo: boolean): boolean =>
  signedIn !== undefined && (demo || signedIn.seat?.kind === 'EMPLOYEE');

function contextOf(
  runtime: Runtime,
  live: LiveSubscriptions,
  signedIn: SignedIn | undefined,
  { address, userAgent, origin, language, requestId, attendance, logger }: RequestFacts & { readonly logger: Logger },
): GraphContext {
  return requestContext(
    {
      reads: runtime.reads,
      performer: runtime.performer,
      switchboard: runtime.switchboard,
      stopped: runtime.stopped,
      patience: runtime.patience,
      now: runtime.now,
      reportFault: (err, module) => logger.error({ requestId, module, err }, 'a plugin’s part of a statement failed'),
      forget: (token) => runtime.seats.forget(token),
      follow: live.follow,
    },
    { signedIn, language, address, userAgent, origin, attendance },
  );
}
