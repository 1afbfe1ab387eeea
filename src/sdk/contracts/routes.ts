import type { Rule } from '../../platform/permissions/rule.ts';
import { registrationPoint } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** A request of a plugin's route. */
export interface RouteRequest {
  /** As it was sent, byte for byte: what a signature is made over. Empty for `GET`. */
  readonly body: Buffer;
  /** By their names in lower case; without cookies, which no address of the server reads. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
}
/** What is answered. */
export interface RouteAnswer {
  /** From 200 to 599; 200 by default. */
  readonly status?: number;
  /** A text, bytes, or anything else as JSON; nothing by default. */
  readonly body?: unknown;
  /** By default `application/json` for what is sent as JSON, `text/plain` for a text, `application/octet-stream` for bytes. */
  readonly type?: string;
  /** Further ones. No `Set-Cookie`, and none that says what the body is or how it is sent. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An address of a plugin's own over HTTP: for what is no GraphQL, such as a webhook that another system calls, or a calendar.
 *
 * With a rule of roles, whoever calls sends the token of a seat, and the address is `/plugins/<plugin>/<path>`: `use` is of that seat. With
 * `publicRule` there is no seat, and the organization stands in the address, `/plugins/<plugin>/<organizationId>/<path>` (its UUID,
 * `use.organizationId`): `use` is the server's own there, and may do whatever the plugin may. So `run` first makes sure who calls, by a
 * signature over `body` for example, and throws `forbidden()` otherwise.
 *
 * A contact is admitted at the window alone: a member of it, while it is open; to others it is FORBIDDEN, or WINDOW_SUSPENDED.
 *
 * `run` is one transaction, like a use case: what it throws undoes it, and so does an answer that cannot be written. A `GET` may not write. Where the plugin is off, nothing is run. What
 * comes twice, as webhooks do, is told by what the plugin keeps of it, by a unique index.
 *
 * @example
 * register(httpRoutes, {
 *   method: 'POST', path: 'deliveries', rule: publicRule, description: 'The carrier tells that something has arrived.',
 *   run: async (use, { body, headers }) => {
 *     const { secret } = (await use.settings('visits')) as Settings;
 *     if (!isSigned(body, headers['x-signature'], secret)) throw forbidden();
 *     await noteDelivery(use, JSON.parse(body.toString()));
 *     return { status: 204 };
 *   },
 * })
 */
export interface PluginRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Lower case letters, digits and dashes, in parts divided by slashes: `deliveries`, `calendar/mine`. */
  readonly path: string;
  readonly description: string;
  /** Whom it admits; one of the manifest's `rules`, or `publicRule`. Roles toward an object are asked by `use.authorize`. */
  readonly rule: Rule;
  /** The longest body that is taken, in bytes: 262,144 by default, at most 4,194,304. */
  readonly bodyBytes?: number;
  run(use: UseCase, request: RouteRequest): Promise<RouteAnswer>;
}
/** Routes over HTTP that plugins add. */
export const httpRoutes = registrationPoint<PluginRoute>('server.httpRoutes');
