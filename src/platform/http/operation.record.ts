import type { Logger } from 'pino';
import type { Outcome } from './operation.run.ts';
import { loggableName, type TransportMetrics } from './request.record.ts';

/** Counts an operation. */
export function countOperation(metrics: TransportMetrics, outcome: Outcome, ms: number): void {
  const failed = outcome.type === 'result' && outcome.result.errors !== undefined;
  metrics.operation(outcome.kind ?? 'unknown', outcome.type === 'refused' ? 'refused' : failed ? 'errors' : 'ok', ms / 1000);
}

/** The one line of a request: no bodies, variables, headers or searches. */
export function logRequest(
  logger: Logger,
  line: { requestId: string; method: string; path: string; status: number | string; durationMs: number; operation: string | undefined },
): void {
  logger.info({ ...line, durationMs: Math.round(line.durationMs * 10) / 10, operation: loggableName(line.operation) }, 'request');
}
