import { once } from 'node:events';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationNames } from '../../../src/platform/server/operation.names.ts';
import { serve, type TestServer } from './server.fixture.ts';
import { connected, TestSocket } from './socket.fixture.ts';

const SIGNED_IN = { authorization: 'Bearer ann' };
/** Lines of one figure. */
const linesOf = async ({ metrics }: TestServer, name: string): Promise<string[]> =>
  (await metrics.metrics()).split('\n').filter((line) => line.startsWith(`${name}{`));

describe('names of operations in figures', () => {
  it('are those that seats were answered under, and (other) for all that strangers and failures bring', async () => {
    const server = await serve();
    const { post } = server;
    await post({ query: 'query Mine { me }' }, SIGNED_IN);
    await post({ query: 'query Mine { me }' });
    await post({ query: 'query Nobodys { me }' });
    await post({ query: 'query Failing { broken }' }, SIGNED_IN);
    await post({ query: 'query p13800000003 { me }' }, SIGNED_IN);
    const socket = await connected(server.url, 'ann');
    socket.subscribe('1', 'query OnASocket { me }');
    await socket.next();
    expect((await linesOf(server, 'graphql_operations_total')).sort()).toEqual([
      'graphql_operations_total{operation="(other)",type="query",outcome="INTERNAL"} 1',
      'graphql_operations_total{operation="(other)",type="query",outcome="ok"} 2',
      'graphql_operations_total{operation="Mine",type="query",outcome="ok"} 2',
      'graphql_operations_total{operation="OnASocket",type="query",outcome="ok"} 1',
    ]);
  });

  it('are a hundred at the most, whatever a seat sends', async () => {
    const server = await serve();
    for (let name = 0; name < 130; name++) await server.post({ query: `query Q${name} { me }` }, SIGNED_IN);
    const lines = await linesOf(server, 'graphql_operations_total');
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toBe('graphql_operations_total{operation="(other)",type="query",outcome="ok"} 30');
  });

  it.each<[string | undefined, boolean, string]>([
    [undefined, true, '(unnamed)'],
    ['Known', false, 'Known'],
    ['New', true, 'New'],
    ['Strange', false, '(other)'],
    ['With12345Digits', true, '(other)'],
    ['x'.repeat(65), true, '(other)'],
  ])('%s, trusted %s, is %s', (name, isTrusted, label) => {
    const nameOf = operationNames();
    nameOf('Known', true);
    expect(nameOf(name, isTrusted)).toBe(label);
  });
});

describe('refusals', () => {
  it.each<[string, string, (server: TestServer) => Promise<unknown>]>([
    ['a code', 'operation="(unnamed)",type="query",outcome="FORBIDDEN"', ({ post }) => post({ query: '{ forbidden }' }, SIGNED_IN)],
    [
      'our own fault before it',
      'operation="(unnamed)",type="query",outcome="INTERNAL"',
      ({ post }) => post({ query: '{ forbidden broken }' }),
    ],
    [
      'a bad token',
      'operation="(unnamed)",type="unknown",outcome="UNAUTHENTICATED"',
      ({ post }) => post({ query: '{ me }' }, { authorization: 'Bearer bad' }),
    ],
    ['no document', 'operation="(unnamed)",type="unknown",outcome="LIMIT_EXCEEDED"', ({ post }) => post({ query: '['.repeat(40_000) })],
  ])('are counted by %s', async (_, labels, ask) => {
    const server = await serve();
    await ask(server);
    expect(await linesOf(server, 'graphql_operations_total')).toEqual([`graphql_operations_total{${labels}} 1`]);
  });

  it('before GraphQL are counted by status, over HTTP and for sockets', async () => {
    const server = await serve();
    await server.post('{');
    await server.post({ query: '{ me }' }, { 'content-type': 'text/plain' });
    const foreign = new TestSocket(server.url, { headers: { origin: 'https://evil.example' } });
    await once(foreign.socket, 'unexpected-response');
    expect(await linesOf(server, 'graphql_refused_requests_total')).toEqual([
      'graphql_refused_requests_total{status="400"} 1',
      'graphql_refused_requests_total{status="415"} 1',
      'graphql_refused_requests_total{status="403"} 1',
    ]);
  });
});

describe('what is open', () => {
  it('is counted, and how it ended: sockets by close code, none of a client’s making', async () => {
    const server = await serve();
    const [one, other] = [await connected(server.url, 'ann'), await connected(server.url, 'ann')];
    expect(await server.metrics.metrics()).toContain('graphql_open_sockets 2');
    one.socket.close(4321);
    other.socket.send('{');
    await Promise.all([one.closed, other.closed]);
    await expect.poll(() => server.metrics.metrics()).toContain('graphql_open_sockets 0');
    expect((await linesOf(server, 'graphql_closed_sockets_total')).sort()).toEqual([
      'graphql_closed_sockets_total{code="4400"} 1',
      'graphql_closed_sockets_total{code="other"} 1',
    ]);
  });

  it('is counted for event streams too, with the error that broke them off', async () => {
    const server = await serve();
    const stream = await server.post({ query: 'subscription { ticks }' }, { accept: 'text/event-stream' });
    expect(await server.metrics.metrics()).toContain('graphql_active_subscriptions 1');
    server.world.events.emit('error', new GraphQLError('Read afresh.', { extensions: { code: 'RESYNC_REQUIRED' } }));
    await stream.text();
    await expect.poll(() => server.metrics.metrics()).toContain('graphql_active_subscriptions 0');
    expect(await linesOf(server, 'graphql_ended_subscriptions_total')).toEqual([
      'graphql_ended_subscriptions_total{outcome="RESYNC_REQUIRED"} 1',
    ]);
  });
});
