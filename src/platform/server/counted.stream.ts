import { type ExecutionResult, GraphQLError } from 'graphql';
import type { TransportMetrics } from './transport.metrics.ts';

/** A subscription's stream, counted while somebody reads it. */
export function countedStream(
  stream: AsyncGenerator<ExecutionResult>,
  metrics: Pick<TransportMetrics, 'subscriptionStarted'>,
): AsyncGenerator<ExecutionResult> {
  const end = metrics.subscriptionStarted();
  return {
    ...stream,
    async next() {
      try {
        const step = await stream.next();
        if (step.done) end('completed');
        return step;
      } catch (error) {
        end(error instanceof GraphQLError ? String(error.extensions.code) : 'INTERNAL');
        throw error;
      }
    },
    return(value) {
      end('left');
      return stream.return(value);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
