import { GraphQLError } from 'graphql';
import type { Stream } from './operation.asked.ts';
import type { TransportMetrics } from './transport.metrics.ts';

/** A subscription's stream, counted while somebody reads it. */
export function countedStream(stream: Stream, metrics: Pick<TransportMetrics, 'subscriptionStarted'>): Stream {
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
    return() {
      end('left');
      return stream.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
