import type { ServerResponse } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { OperationKind } from './operation.asked.ts';

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

/** The type that an answer is written in. */
export const chosenType = (types: readonly MediaType[], kind: OperationKind | undefined): MediaType =>
  kind === 'subscription' && types.includes('text/event-stream') ? 'text/event-stream' : (types[0] ?? 'application/json');

const STATUS: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429, INTERNAL: 500 };

/** `application/json` answers 200 to whatever is a GraphQL request; the newer type says in the status what became of it. */
function statusOf(extensions: GraphQLError['extensions'] | undefined, type: MediaType): number {
  if (typeof extensions?.status === 'number') return extensions.status;
  return type === 'application/graphql-response+json' ? (STATUS[String(extensions?.code)] ?? 400) : 200;
}

interface HttpHints {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with its status in `extensions.http`, where yoga looks for it too. Without `data` it is a refusal, whose first error tells it. */
export function answerOf(result: ExecutionResult, type: MediaType, method: string | undefined): ExecutionResult {
  if (result.data !== undefined || !result.errors) return result;
  const first = result.errors[0]?.extensions;
  const allow = first?.status === 405 ? (method === 'GET' ? 'POST' : 'GET, POST') : undefined;
  const http: HttpHints = { status: statusOf(first, type), ...(allow && { headers: { Allow: allow } }) };
  const errors = result.errors.map((error) => {
    const { status: _, ...extensions } = error.extensions;
    const { nodes, source, positions, path } = error;
    return new GraphQLError(error.message, { nodes, source, positions, path, extensions });
  });
  return { errors, extensions: { http } };
}

export interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Status, headers and body of an answer, or of one that is its text already. */
export function written(answer: ExecutionResult | string, type: MediaType): Written {
  if (typeof answer === 'string') return { status: 200, headers: headersOf(answer, type), text: answer };
  const { extensions, ...rest } = answer;
  const { http, ...shown } = (extensions ?? {}) as Record<string, unknown> & { http?: HttpHints };
  const text = JSON.stringify(Object.keys(shown).length ? { ...rest, extensions: shown } : rest);
  return { status: http?.status ?? 200, headers: { ...http?.headers, ...headersOf(text, type) }, text };
}

const headersOf = (text: string, type: MediaType): Record<string, string> => ({
  'Content-Type': `${type}; charset=utf-8`,
  'Content-Length': String(Buffer.byteLength(text)),
});

export function writeAnswer(response: ServerResponse, { status, headers, text }: Written): void {
  response.writeHead(status, headers).end(text);
}
