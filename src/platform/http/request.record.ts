import { randomUUID } from 'node:crypto';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** The client's own request id if it is a plain token with a letter in it (a phone number is not), else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^(?=.*[A-Za-z])[A-Za-z0-9_-]{8,64}$/.test(header) ? header : randomUUID();
}

/** An operation's name for logs: clients choose it, so nothing that could be a number of somebody passes. */
export function loggableName(name: string | undefined): string | undefined {
  return name !== undefined && /^[A-Za-z_]\w{0,63}$/.test(name) && !/\d{5}/.test(name) ? name : undefined;
}

const OWN_PATHS = new Set(['/', '/graphql', '/healthz', '/readyz', '/metrics']);

/** A path for logs. Other routes may carry tokens in their paths: only their first word is kept. */
export function loggablePath(path: string): string {
  if (OWN_PATHS.has(path)) return path;
  const first = /^\/([a-z-]{1,32})(?=\/|$)/.exec(path)?.[1];
  return first ? `/${first}/…` : '/…';
}

/** What the transport counts. */
export interface TransportMetrics {
  /** @param seconds from the request's head to its answer, or to the end of a subscription's start */
  operation(type: string, outcome: 'ok' | 'refused' | 'errors', seconds: number): void;
  sockets: Pick<Gauge, 'inc' | 'dec'>;
  subscriptions: Pick<Gauge, 'inc' | 'dec'>;
}

/** Registers the figures once in a registry; a second server on the same registry counts into the same ones. */
export function createTransportMetrics(registry: Registry): TransportMetrics {
  const registers = [registry];
  const known = <T>(name: string, make: () => T): T => (registry.getSingleMetric(name) as T | undefined) ?? make();
  const operations = known(
    'graphql_operations_total',
    () =>
      new Counter({
        name: 'graphql_operations_total',
        help: 'GraphQL operations by type and outcome.',
        labelNames: ['type', 'outcome'],
        registers,
      }),
  );
  const durations = known(
    'graphql_operation_seconds',
    () =>
      new Histogram({
        name: 'graphql_operation_seconds',
        help: 'Time to the answer of a GraphQL operation.',
        labelNames: ['type'],
        buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
        registers,
      }),
  );
  return {
    operation(type, outcome, seconds) {
      operations.inc({ type, outcome });
      durations.observe({ type }, seconds);
    },
    sockets: known('graphql_open_sockets', () => new Gauge({ name: 'graphql_open_sockets', help: 'Open GraphQL sockets.', registers })),
    subscriptions: known(
      'graphql_active_subscriptions',
      () =>
        new Gauge({ name: 'graphql_active_subscriptions', help: 'Subscriptions under way, over sockets and event streams.', registers }),
    ),
  };
}
