import { type EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}
export interface SpanCollector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** All that was received, as it came. */
  readonly bodies: readonly string[];
  /** What the spans say of where they come from. */
  readonly resource: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Received {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<CollectedSpan, 'attributes' | 'failed'> & {
        attributes: readonly Attribute[];
        status: { code?: number };
      })[];
    }[];
  }[];
}
const ERROR = 2;
const valuesOf = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** A collector of traces as OTLP over HTTP has it, in this process. */
export async function startCollector(): Promise<SpanCollector> {
  const spans: CollectedSpan[] = [];
  const bodies: string[] = [];
  const resource: Record<string, unknown> = {};
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    if (request.url !== '/v1/traces') return response.writeHead(404).end();
    bodies.push(body);
    for (const { resource: from, scopeSpans } of (JSON.parse(body) as Received).resourceSpans) {
      Object.assign(resource, valuesOf(from.attributes));
      for (const { attributes, status, ...span } of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...span, attributes: valuesOf(attributes), failed: status.code === ERROR });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server as EventEmitter, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, bodies, resource, stop };
}
