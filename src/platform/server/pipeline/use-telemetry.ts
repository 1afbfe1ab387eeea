import type { ExecutionResult } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { Answer } from '../operation.asked.ts';
import { countOperation, traced } from '../operation.record.ts';
import type { ServerOptions } from '../server.options.ts';
import type { TransportMetrics } from '../transport.metrics.ts';
import type { Piping } from './piped.ts';

/** Counts every operation that comes over HTTP, and gives it a span where there is a tracer. Those of sockets are counted there. */
export function useTelemetry({ tracer, now }: Pick<ServerOptions, 'tracer' | 'now'>, metrics: TransportMetrics): Piping {
  return {
    ...(tracer && {
      instrumentation: {
        async operation({ context: { asked, trail } }, wrapped) {
          if (!asked) return wrapped();
          const operate = async () => {
            await wrapped();
            return { ...trail, answer: trail.answer! };
          };
          await traced(tracer, asked, operate);
        },
      },
    }),
    onExecutionResult({ result, context: { trail } }) {
      trail.answer = result as Answer;
    },
    onResultProcess({ result, serverContext: { asked, posted, trail } }) {
      if (!posted) return;
      const { fault } = posted.read;
      if (fault) return metrics.refused(Number(fault.extensions.status));
      // what the last plugins have made of it is what is counted
      const answer = isAsyncIterable(result) ? trail.answer! : (result as ExecutionResult);
      countOperation(metrics, { ...trail, answer }, asked?.caller, now() - posted.started);
    },
  };
}
