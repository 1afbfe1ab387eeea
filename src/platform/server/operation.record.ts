import type { Logger } from 'pino';
import type { Outcome } from './operation.run.ts';
import { loggableName } from './request.record.ts';
import type { Caller } from './server.options.ts';
import type { TransportMetrics } from './transport.metrics.ts';

/** Counts an operation. */
export function countOperation(metrics: TransportMetrics, outcome: Outcome, caller: Caller | undefined, ms: number): void {
  metrics.operation(outcome.kind ?? 'unknown', outcome.name, wordFor(outcome), ms / 1000, caller?.key !== undefined);
}

/** The code of what went wrong, our own faults before refusals; what is answered in part has gone wrong too. */
export function wordFor(outcome: Outcome): string {
  const errors = outcome.type === 'refused' ? outcome.errors : outcome.type === 'result' ? (outcome.result.errors ?? []) : [];
  if (errors.length === 0) return 'ok';
  const codes = errors.map(({ extensions }) => String(extensions.code));
  return codes.includes('INTERNAL') ? 'INTERNAL' : codes[0]!;
}

/** The one line of a request: no bodies, variables, headers or searches. */
export function logRequest(
  logger: Logger,
  line: { requestId: string; method: string; path: string; status: number | string; durationMs: number; operation: string | undefined },
): void {
  logger.info({ ...line, durationMs: Math.round(line.durationMs * 10) / 10, operation: loggableName(line.operation) }, 'request');
}
