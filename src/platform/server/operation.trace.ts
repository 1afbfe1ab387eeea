import type { Tracer } from '../trace/tracer.ts';
import { wordFor } from './operation.record.ts';
import type { RunOperation } from './operation.run.ts';
import { loggableName } from './request.record.ts';

/** Gives each operation a span, under that of whoever asked; without a tracer the runner stays as it is. */
export function tracedRunner(run: RunOperation, tracer: Tracer | undefined): RunOperation {
  if (!tracer) return run;
  return (request) =>
    tracer.within(
      'graphql',
      { 'guichet.request_id': request.facts.requestId, 'guichet.surface': request.caller.surface },
      async (span) => {
        const outcome = await run(request);
        const { kind = 'unknown' } = outcome;
        const name = loggableName(outcome.name);
        const word = wordFor(outcome);
        span.rename(name ? `${kind} ${name}` : kind);
        span.add({ 'graphql.operation.type': kind, ...(name && { 'graphql.operation.name': name }), 'guichet.outcome': word });
        if (word === 'INTERNAL') span.fail(word);
        return outcome;
      },
      request.traceparent ?? '',
    );
}
