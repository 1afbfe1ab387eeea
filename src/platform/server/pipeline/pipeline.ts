import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Documents } from '../../documents/index.ts';
import type { ServerOptions } from '../server.options.ts';
import type { TransportMetrics } from '../transport.metrics.ts';
import type { Piped } from './piped.ts';
import { useAnswers } from './use-answers.ts';
import { useAsker } from './use-asker.ts';
import { useDocuments } from './use-documents.ts';
import { useExecution } from './use-execution.ts';
import { useMasking } from './use-masking.ts';
import { useReading } from './use-reading.ts';
import { useTelemetry } from './use-telemetry.ts';

export type Pipeline = YogaServerInstance<Piped, Piped>;
/** One pipeline for each surface, by its name: envelop has one schema at a time, and requests of two surfaces would meet in it. */
export type Pipelines = Readonly<Record<string, Pipeline>>;

/** The way of every operation, over HTTP and sockets: yoga with what Guichet makes of each of its steps, and the operator's own plugins. */
export function createPipelines(options: ServerOptions, documents: Documents, metrics: TransportMetrics): Pipelines {
  return Object.fromEntries(
    Object.entries(options.surfaces).map(([surface, schema]) => [
      surface,
      createYoga<Piped, Piped>({
        id: surface,
        schema,
        graphqlEndpoint: '/graphql',
        // what follows is done by the plugins below, or by the listener before them
        landingPage: false,
        graphiql: false,
        cors: false,
        maskedErrors: false,
        multipart: false,
        batching: false,
        parserAndValidationCache: false,
        maxRequestBodySize: false,
        logging: false,
        extraParamNames: ['documentId'],
        plugins: [
          useReading(),
          useAsker(),
          ...(options.plugins ?? []).map(({ plugin }) => plugin),
          useDocuments(options, documents),
          useExecution(options),
          useMasking(),
          useTelemetry(options, metrics),
          useAnswers(),
        ],
      }),
    ]),
  );
}
