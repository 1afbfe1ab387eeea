import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Params } from './graphql.params.ts';

export type MediaType = 'application/json' | 'application/graphql-response+json' | 'text/event-stream';

const MEDIA_TYPES: readonly MediaType[] = ['application/json', 'application/graphql-response+json', 'text/event-stream'];

/** The media types that an `Accept` header names, in its order; wildcards mean JSON. */
export function acceptedTypes(accept: string | undefined): MediaType[] {
  const asked = (accept || '*/*')
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';', 1)[0]!.trim());
  return asked.flatMap((type) => {
    if (type === '*/*' || type === 'application/*') return ['application/json' as const];
    return MEDIA_TYPES.filter((known) => known === type);
  });
}

/** A text is the whole answer as JSON. */
export type Answer = string | ExecutionResult | AsyncGenerator<ExecutionResult>;

type AnswerContext = { answer: Answer };

/**
 * Writes answers: JSON as it is, event streams by yoga's result processor. Everything before the answer is the server's own: yoga sees
 * parameters that were read and checked already, and its parse, validate and execute are never called.
 */
export function createAnswerWriter(): (
  request: IncomingMessage,
  response: ServerResponse,
  params: Params,
  type: MediaType,
  answer: Answer,
) => Promise<void> {
  const writeStream = createStreamWriter();
  return async (request, response, params, type, answer) => {
    if (typeof answer === 'string' && type !== 'text/event-stream') return writeText(response, 200, type, answer);
    const result = typeof answer === 'string' ? (JSON.parse(answer) as ExecutionResult) : answer;
    if (type === 'text/event-stream' || Symbol.asyncIterator in result) return writeStream(request, response, params, result);
    writeJson(response, type, result);
  };
}

interface HttpHints {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status and headers lie in `extensions.http`, which the client does not see. */
function writeJson(response: ServerResponse, type: MediaType, { extensions, ...answer }: ExecutionResult): void {
  const { http, ...shown } = (extensions ?? {}) as Record<string, unknown> & { http?: HttpHints };
  const text = JSON.stringify(Object.keys(shown).length ? { ...answer, extensions: shown } : answer);
  writeText(response, http?.status ?? 200, type, text, http?.headers);
}

function writeText(response: ServerResponse, status: number, type: MediaType, text: string, headers: HttpHints['headers'] = {}): void {
  response.writeHead(status, { ...headers, 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(text) }).end(text);
}

/** Loaded for the first stream: a start is quicker without it. */
async function loadYoga() {
  const { createYoga } = await import('graphql-yoga');
  return createYoga<AnswerContext>({
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    cors: false,
    maskedErrors: false,
    multipart: false,
    logging: false,
    batching: false,
    parserAndValidationCache: false,
    maxRequestBodySize: false,
    plugins: [
      { onParams: ({ setParamsHandler }) => setParamsHandler(({ context }) => (context as unknown as AnswerContext).answer as never) },
    ],
  });
}

function createStreamWriter(): (request: IncomingMessage, response: ServerResponse, params: Params, answer: Answer) => Promise<void> {
  let yoga: ReturnType<typeof loadYoga> | undefined;
  return async (request, response, params, answer) => {
    yoga ??= loadYoga();
    // yoga prefers in its own order where several types are accepted; here the choice is made.
    request.headers.accept = 'text/event-stream';
    Object.assign(request, { body: { query: params.query } });
    await (await yoga).handle(request, response, { answer });
  };
}
