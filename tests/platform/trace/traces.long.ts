import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOtlpTracer } from '../../../src/platform/trace/otlp-tracer.ts';
import type { Tracer } from '../../../src/platform/trace/tracer.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder } from '../../support/form-moves.ts';
import { tasksNow } from '../../support/live-places.ts';
import { type CollectedSpan, type SpanCollector, startCollector } from '../../support/span-collector.ts';
import { connected } from '../server/socket.fixture.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = `00-${TRACE}-b7ad6b7169203331-01`;

let collector: SpanCollector;
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  collector = await startCollector();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const tracer: Tracer = await openOtlpTracer({ name: 'guichet', version: '1.2.3' });
  server = await startTestServer({ tracer });
  own = await server.organization();
  await work();
  await server.stop();
  await tracer.stop();
});
afterAll(async () => {
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  await collector.stop();
});

/** What the traces below are of. All of it is exported when the tracer stops. */
async function work(): Promise<void> {
  const { owner, supervisor, customer } = own;
  const contact = 'query Contact($id: ID!) { contact(id: $id) { name phone } viewer { name } }';
  // new at first, known by its text afterwards
  for (let time = 0; time < 2; time++) await owner.ask(contact, { id: customer.id }, { traceparent: CALLER });
  await owner.ask('{ viewer { name } }', {}, { traceparent: 'nonsense' });
  await owner.ask('query { contacts(list: BIN) { totalCount } }');
  await owner.ask('query p13800000003 { viewer { name } }');
  const after = await tasksNow(server, owner);
  const formId = await placeOrder(customer);
  await approve(owner, formId, supervisor);
  const socket = await connected(server.url, owner.token);
  socket.send({
    id: '1',
    type: 'subscribe',
    payload: {
      query: 'subscription Tasks($after: EventCursor) { myTasks(after: $after) { kind } }',
      variables: { after },
      extensions: { traceparent: CALLER },
    },
  });
  await socket.next();
  await placeOrder(customer);
  while (JSON.stringify(await socket.next()).includes('DECIDED'));
  socket.socket.terminate();
}

const named = (name: string): CollectedSpan[] => collector.spans.filter((span) => span.name === name);
/** Names of the spans beneath one; of reads, with their root fields. */
const childrenOf = ({ spanId }: CollectedSpan): string[] =>
  collector.spans
    .filter(({ parentSpanId }) => parentSpanId === spanId)
    .map(({ name, attributes }) => [name, attributes['guichet.fields'] ?? []].flat().join(' '))
    .sort();

describe('a request', () => {
  it('goes on with the trace of its caller, and has a span for the one exchange that its statements are', () => {
    const spans = named('query Contact');
    expect(spans).toHaveLength(2);
    for (const span of spans) {
      expect(span).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331', failed: false });
      expect(span.attributes).toEqual({
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Contact',
        'guichet.outcome': 'ok',
        'guichet.surface': 'staff',
        'guichet.request_id': expect.any(String),
      });
      expect(childrenOf(span)).toEqual(['read contact, viewer']);
    }
  });

  it('begins a trace of its own where its caller’s cannot be read, and tells no name that could be a number', () => {
    const queries = named('query');
    expect(queries.length).toBeGreaterThanOrEqual(3);
    for (const { parentSpanId, traceId, attributes } of queries) {
      expect([parentSpanId ?? '', traceId === TRACE]).toEqual(['', false]);
      expect(attributes).not.toHaveProperty('graphql.operation.name');
    }
    expect(queries.map(({ attributes }) => attributes['guichet.outcome'])).toContain('FORBIDDEN');
  });

  it('on a socket goes on with the trace that its message names', () => {
    expect(named('subscription Tasks')).toMatchObject([{ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' }]);
  });
});

describe('a mutation', () => {
  it('has a span for its use case, in which its payload is read', () => {
    const [useCase] = named('use case approveFormTask');
    expect(useCase!.attributes).toEqual({ 'guichet.outcome': 'done' });
    const request = collector.spans.find(({ spanId }) => spanId === useCase!.parentSpanId);
    expect(request?.name).toBe('mutation');
    expect(childrenOf(request!)).toEqual(['use case approveFormTask']);
  });
});

describe('events', () => {
  it('have spans for numbering and handing out, with how many there were', () => {
    const events = named('events number').reduce((sum, { attributes }) => sum + Number(attributes['guichet.events']), 0);
    expect(events).toBeGreaterThan(2);
    expect(named('events deliver').map(({ attributes }) => attributes)).toContainEqual({
      'guichet.events': expect.any(Number),
      'guichet.subscribers': 1,
    });
  });
});

it('traces say which program they are of, and nothing of a person', () => {
  expect(collector.resource).toMatchObject({ 'service.name': 'guichet', 'service.version': '1.2.3' });
  const { owner, customer, plan } = own;
  const secrets = [owner.token!, customer.token!, customer.id, owner.id, own.id, '13800000003', 'Bearer', 'select ', 'The owner'];
  for (const { phone } of [...plan.employees, ...plan.contacts]) secrets.push(phone.slice(3));
  const all = collector.bodies.join('\n');
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
});

it('a start without an endpoint loads nothing of it', async () => {
  const hook = `import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { if (/opentelemetry.(sdk|exporter|resources)/.test(name)) console.log(name); return next(name, context); } });`;
  const command = new URL('../../../src/app/commands/start.command.ts', import.meta.url).href;
  const load = async (text: string): Promise<string> => {
    const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, '--input-type=module', '-e', text];
    return (await promisify(execFile)(process.execPath, args, { cwd: fileURLToPath(new URL('../../..', import.meta.url)) })).stdout;
  };
  expect(await load(`await import('${command}'); process.exit(0);`)).toBe('');
  expect(await load(`await import('@opentelemetry/resources'); process.exit(0);`)).toContain('@opentelemetry/resources');
});
