import type { ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import type { Tracer } from '../trace/tracer.ts';
import { type Answer, type Asked, isStream, type OperationKind } from './operation.asked.ts';
import { loggableName } from './request.record.ts';
import type { Caller } from './server.options.ts';
import type { TransportMetrics } from './transport.metrics.ts';

/** What is known of an operation: its kind and name where its document is sound. */
export interface Operated {
  readonly kind?: OperationKind | undefined;
  readonly name?: string | undefined;
  readonly answer: Answer;
}

/** Counts an operation. @param ms since its request came */
export function countOperation(metrics: TransportMetrics, { kind, name, answer }: Operated, caller: Caller | undefined, ms: number): void {
  metrics.operation(kind ?? 'unknown', name, wordFor(answer), ms / 1000, caller?.key !== undefined);
}

/** The code of what went wrong, our own faults before refusals; what is answered in part has gone wrong too. */
function wordFor(answer: Answer): string {
  const errors = typeof answer === 'string' || isStream(answer) ? [] : ((answer as ExecutionResult).errors ?? []);
  if (errors.length === 0) return 'ok';
  const codes = errors.map(({ extensions }) => String(extensions.code));
  return codes.includes('INTERNAL') ? 'INTERNAL' : codes[0]!;
}

/** Gives an operation a span, under that of whoever asked; without a tracer there is none. */
export function traced<Done extends Operated>(tracer: Tracer | undefined, asked: Asked, operate: () => Promise<Done>): Promise<Done> {
  if (!tracer) return operate();
  const known = { 'guichet.request_id': asked.facts.requestId, 'guichet.surface': asked.caller.surface };
  return tracer.within(
    'graphql',
    known,
    async (span) => {
      const done = await operate();
      const { kind = 'unknown' } = done;
      const name = loggableName(done.name);
      const word = wordFor(done.answer);
      span.rename(name ? `${kind} ${name}` : kind);
      span.add({ 'graphql.operation.type': kind, ...(name && { 'graphql.operation.name': name }), 'guichet.outcome': word });
      if (word === 'INTERNAL') span.fail(word);
      return done;
    },
    asked.traceparent ?? '',
  );
}

/** The one line of a request: no bodies, variables, headers or searches. */
export function logRequest(
  logger: Logger,
  line: { requestId: string; method: string; path: string; status: number | string; durationMs: number; operation: string | undefined },
): void {
  logger.info({ ...line, durationMs: Math.round(line.durationMs * 10) / 10, operation: loggableName(line.operation) }, 'request');
}
