import { setTimeout } from 'node:timers/promises';
import type { Context, Span as RecordedSpan } from '@opentelemetry/api';
import type { Span, Tracer } from './tracer.ts';

const STOP_MS = 2_000;

/**
 * Sends spans to the collector that the standard's variables name (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME`,
 * `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`). The packages are loaded here, and only when this is called. The tracer is the process's:
 * a plugin that uses the standard's API adds to the same traces.
 */
export async function openOtlpTracer(service: { name: string; version: string }): Promise<Tracer> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
  const provider = new sdk.NodeTracerProvider({
    resource: resources
      .resourceFromAttributes({ 'service.name': service.name, 'service.version': service.version })
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = provider.getTracer(service.name, service.version);
  const parentOf = (caller: string | undefined): Context =>
    caller === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: caller });
  const spanOn = (span: RecordedSpan): Span => ({
    rename: (name) => void span.updateName(name),
    add: (facts) => void span.setAttributes(facts),
    // no message and no stack: they may quote a value
    fail: (code) => void span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code),
  });
  return {
    async within(name, attributes, work, caller) {
      const parent = parentOf(caller);
      const kind = caller === undefined ? SpanKind.INTERNAL : SpanKind.SERVER;
      const span = tracer.startSpan(name, { kind, attributes }, parent);
      try {
        return await context.with(trace.setSpan(parent, span), () => work(spanOn(span)));
      } catch (error) {
        spanOn(span).fail('thrown');
        throw error;
      } finally {
        span.end();
      }
    },
    note(name, attributes, seconds) {
      tracer.startSpan(name, { attributes, startTime: Date.now() - seconds * 1000 }).end();
    },
    async stop() {
      // a collector that does not answer keeps nobody: what it has not taken by then is lost
      await Promise.race([provider.shutdown().catch(() => {}), setTimeout(STOP_MS, undefined, { ref: false })]);
      for (const global of [trace, context, propagation]) global.disable();
    },
  };
}
