import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Documents } from '../documents/index.ts';
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

/** One operation's figures. Its outcomes are plain numbers until somebody asks for them: a request adds one, and looks up no label. */
interface Series {
  readonly operation: string;
  readonly type: string;
  readonly outcomes: Record<string, number>;
  observe(seconds: number): void;
}

/** Registers the figures once in a registry. */
export function createTransportMetrics(registry: Registry): TransportMetrics {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const series = new Map<string, Series>();
  new Counter({
    name: 'graphql_operations_total',
    help: 'GraphQL operations by name, type and outcome.',
    labelNames: ['operation', 'type', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { operation, type, outcomes } of series.values())
        for (const [outcome, count] of Object.entries(outcomes)) this.inc({ operation, type, outcome }, count);
    },
  });
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
  const seriesOf = (operation: string, type: string): Series => {
    const key = `${type} ${operation}`;
    const known = series.get(key);
    if (known) return known;
    const seconds = durations.labels(operation, type);
    const made: Series = { operation, type, outcomes: {}, observe: (value) => seconds.observe(value) };
    series.set(key, made);
    return made;
  };
  const nameOf = operationNames();
  return {
    operation(type, given, outcome, seconds, isTrusted) {
      const { outcomes, observe } = seriesOf(nameOf(given, isTrusted && outcome === 'ok'), type);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      observe(seconds);
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
