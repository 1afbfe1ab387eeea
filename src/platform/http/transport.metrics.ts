import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Documents } from '../graphql/limits/index.ts';
import { readAtScrape } from '../metrics/read-at-scrape.ts';
import { operationNames } from './operation.names.ts';

/** What the transport counts. */
export interface TransportMetrics {
  /**
   * @param outcome `ok`, or the code of the error
   * @param seconds from the request's head to its answer, or to the end of a subscription's start
   */
  operation(type: string, name: string | undefined, outcome: string, seconds: number, isTrusted: boolean): void;
  /** A request that was refused by its status before GraphQL had a say. */
  refused(status: number): void;
  /** @returns to be called with the close code. */
  socketOpened(): (code: number) => void;
  /** @returns to be called with how it ended: `completed`, `left`, or the code of the error. */
  subscriptionStarted(): (outcome: string) => void;
}

/** Codes that this server and its clients close with; clients may send any other. */
const CLOSE_CODES = new Set([1000, 1001, 1005, 1006, 1009, 4400, 4401, 4403, 4406, 4408, 4409, 4413, 4429, 4500]);
const SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Keeps what is made for a key: labels are looked up once, not for each request. */
function kept<Value>(make: (...key: string[]) => Value): (...key: string[]) => Value {
  const known = new Map<string, Value>();
  return (...key) => {
    const name = key.join(' ');
    let value = known.get(name);
    if (value === undefined) {
      value = make(...key);
      known.set(name, value);
    }
    return value;
  };
}

/** Registers the figures once in a registry. */
export function createTransportMetrics(registry: Registry): TransportMetrics {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const operations = counter('graphql_operations_total', 'GraphQL operations by name, type and outcome.', ['operation', 'type', 'outcome']);
  const refusals = counter('graphql_refused_requests_total', 'Requests refused by status before GraphQL had a say.', ['status']);
  const sockets = new Gauge({ name: 'graphql_open_sockets', help: 'Open GraphQL sockets.', registers });
  const closed = counter('graphql_closed_sockets_total', 'Sockets that were closed, by close code.', ['code']);
  const subscriptions = new Gauge({
    name: 'graphql_active_subscriptions',
    help: 'Subscriptions under way, over sockets and event streams.',
    registers,
  });
  const ended = counter('graphql_ended_subscriptions_total', 'Subscriptions that ended: completed, left by the client, or an error.', [
    'outcome',
  ]);
  const durations = new Histogram({
    name: 'graphql_operation_seconds',
    help: 'Time to the answer of a GraphQL operation.',
    labelNames: ['operation', 'type'],
    buckets: SECONDS,
    registers,
  });
  const counted = kept((operation, type, outcome) => operations.labels(operation!, type!, outcome!));
  const timed = kept((operation, type) => durations.labels(operation!, type!));
  const nameOf = operationNames();
  return {
    operation(type, given, outcome, seconds, isTrusted) {
      const name = nameOf(given, isTrusted && outcome === 'ok');
      counted(name, type, outcome).inc();
      timed(name, type).observe(seconds);
    },
    refused: (status) => refusals.labels(String(status)).inc(),
    socketOpened() {
      sockets.inc();
      return (code) => {
        sockets.dec();
        closed.labels(CLOSE_CODES.has(code) ? String(code) : 'other').inc();
      };
    },
    subscriptionStarted() {
      subscriptions.inc();
      let isOpen = true;
      return (outcome) => {
        if (!isOpen) return;
        isOpen = false;
        subscriptions.dec();
        ended.labels(outcome).inc();
      };
    },
  };
}

/** How well documents are remembered. */
export function countDocuments(registry: Registry, documents: Documents): void {
  readAtScrape(
    registry,
    'counter',
    'graphql_documents_total',
    'Documents that came: known, examined afresh, or refused.',
    'result',
    () => documents.counts,
  );
  readAtScrape(registry, 'gauge', 'graphql_remembered_documents', 'Documents that are remembered.', undefined, () => ({
    '': documents.remembered,
  }));
}
