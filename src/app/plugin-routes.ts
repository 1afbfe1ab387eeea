import { organizationIsThere } from '../domains/organization/index.ts';
import { isUuid } from '../platform/database/uuid.ts';
import { inStep } from '../platform/jobs/job-row.ts';
import { mayEverHold, serverSeat } from '../platform/permissions/seat.ts';
import { isInside } from '../platform/read/inside.ts';
import { forbidden, inTrouble, pluginDisabled, unauthenticated } from '../platform/read/refusal.ts';
import { type HttpExchange, type HttpRoute, readBytes } from '../platform/server/index.ts';
import { refuseUnasked } from '../platform/write/asked.ts';
import type { PluginRoute, RouteRequest, Seat, UseCase } from '../sdk/index.ts';
import type { SignedIn } from './context.ts';
import { addressOf, BODY_BYTES, isOpen, PLUGIN_ROUTES, routesOf } from './plugin-routes.rules.ts';
import { refuseFor, type WrittenAnswer, writeAnswer, writtenAnswer } from './route-answer.ts';
import type { Runtime } from './runtime.ts';

interface Declared {
  readonly plugin: string;
  readonly route: PluginRoute;
}
interface Called extends Declared {
  readonly exchange: HttpExchange;
  /** Of an open route. */
  readonly organizationId: string | undefined;
}
export interface PluginRoutesParts {
  readonly runtime: Runtime;
  /** Milliseconds that a body has. */
  readonly bodyMs: number;
  /** @throws UNAUTHENTICATED for a token that is none. @returns undefined for nobody */
  signedIn(authorization: string | undefined): Promise<SignedIn | undefined>;
}

const NOTHING = { en: 'There is nothing at this address.', 'zh-CN': '该地址没有内容。' };

/** Addresses that plugins answer over HTTP. */
export function pluginRoutes(parts: PluginRoutesParts): HttpRoute {
  const declared = parts.runtime.modules.flatMap((module) => routesOf(module).map((route): Declared => ({ plugin: module.name, route })));
  return {
    prefix: PLUGIN_ROUTES,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    takesHeaders: ['authorization', 'content-type'],
    tellsHeaders: [],
    async handle(exchange) {
      try {
        const called = calledOf(declared, exchange);
        if (!called) return exchange.refuse(404, 'BAD_REQUEST', NOTHING);
        const seat = await seatOf(parts, called);
        const { bytes, fault } = await readBytes(exchange.request, { bytes: called.route.bodyBytes ?? BODY_BYTES, ms: parts.bodyMs });
        if (fault) return exchange.refuse(fault.status, 'BAD_REQUEST', fault.message);
        writeAnswer(exchange, await done(parts, called, seat, bytes));
      } catch (error) {
        refuseFor(exchange, error);
      }
    },
  };
}

function calledOf(declared: readonly Declared[], exchange: HttpExchange): Called | undefined {
  const [plugin = '', ...parts] = exchange.url.pathname.slice(PLUGIN_ROUTES.length).split('/');
  const [first = '', ...rest] = parts;
  const organizationId = isUuid(first) ? first : undefined;
  const path = (organizationId ? rest : parts).join('/');
  const found = declared.find(
    (one) =>
      one.plugin === plugin &&
      one.route.method === exchange.request.method &&
      one.route.path === path &&
      isOpen(one.route) === (organizationId !== undefined),
  );
  return found && { ...found, exchange, organizationId };
}

/** Who calls, as the rule admits them; the server itself where nobody has to. */
async function seatOf({ runtime, signedIn }: PluginRoutesParts, { plugin, route, exchange, organizationId }: Called): Promise<Seat> {
  if (organizationId !== undefined) {
    await runtime.performer.limit({ ...serverSeat(organizationId), id: `${plugin} ${exchange.address}` });
    return serverSeat(organizationId);
  }
  const seat = (await signedIn(exchange.request.headers.authorization))?.seat;
  if (!seat) throw unauthenticated();
  if (seat.pluginsOff.has(plugin)) throw pluginDisabled();
  admit(route, seat);
  if (route.method !== 'GET') await runtime.performer.limit(seat);
  return seat;
}

/** @throws FORBIDDEN; WINDOW_SUSPENDED for a contact whose window is suspended */
function admit({ rule }: PluginRoute, seat: Seat): void {
  if (!mayEverHold(rule, seat) || !isInside(seat)) throw forbidden(rule);
}

async function done({ runtime }: PluginRoutesParts, called: Called, seat: Seat, body: Buffer): Promise<WrittenAnswer> {
  const { plugin, route, exchange, organizationId } = called;
  const request: RouteRequest = { body, headers: headersOf(exchange), query: exchange.url.searchParams };
  const address = addressOf(plugin, route);
  const run = async (use: UseCase): Promise<WrittenAnswer> => {
    if (organizationId !== undefined && !(await organizationIsThere(use))) throw forbidden();
    await use.holdPlugin(plugin);
    const answer = await route.run(use, request);
    refuseUnasked(`The route ${address}`, route.rule, use);
    return writtenAnswer(`The route ${address}`, answer);
  };
  const { performer, files } = runtime;
  if (route.method === 'GET') return files.look(seat, run, exchange.language);
  if (!performer.hasRoom()) throw inTrouble('full');
  const again = organizationId === undefined ? () => seatAgain(runtime, route, seat) : undefined;
  return inStep(runtime.jobParts, { seat, language: exchange.language, plugin, patience: performer.patience, again }, async (use) => {
    const answer = await run(use);
    const mutation = { name: address, module: plugin, input: {}, outcomeIds: {} };
    if (organizationId === undefined) performer.record(use, { mutation, values: {}, outcome: {}, sessionId: undefined });
    return answer;
  });
}

async function seatAgain({ performer }: Runtime, route: PluginRoute, { organizationId, id, kind }: Seat): Promise<Seat> {
  const seat = await performer.seatNow(organizationId, id, kind);
  if (!seat) throw unauthenticated();
  admit(route, seat);
  return seat;
}

/** Without cookies, which a request from a page of another site would carry along. */
const headersOf = ({ request: { headers } }: HttpExchange): RouteRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name === 'cookie' ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
