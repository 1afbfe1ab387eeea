import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ServerOptions } from '../../../src/platform/server/index.ts';
import { serve } from './server.fixture.ts';
import { connected } from './socket.fixture.ts';

describe('probes', () => {
  it('tell whether the server is alive and ready', async () => {
    let ready: () => Promise<boolean> = async () => false;
    const { url } = await serve({}, { isReady: () => ready() });
    const status = async (path: string) => (await fetch(url + path)).status;
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    ready = async () => true;
    expect(await status('/readyz')).toBe(200);
    ready = () => Promise.reject(new Error('no database'));
    expect(await status('/readyz')).toBe(503);
  });

  it('count operations', async () => {
    const { url, post } = await serve();
    for (const query of ['{ me }', '{ nope }', '{ broken }', 'mutation { note(text: "x") }']) await post({ query });
    const response = await fetch(`${url}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain');
    for (const labels of [
      'type="query",outcome="ok"',
      'type="unknown",outcome="BAD_REQUEST"',
      'type="query",outcome="INTERNAL"',
      'type="mutation",outcome="ok"',
    ])
      expect(text).toContain(`graphql_operations_total{operation="(unnamed)",${labels}} 1`);
    expect(text).toContain('graphql_operation_seconds_count{operation="(unnamed)",type="query"} 2');
  });
});

describe('the log', () => {
  it('has one line a request, and no secret in it', async () => {
    const routes: ServerOptions['routes'] = (_request, response, { pathname }) => {
      const mine = pathname.startsWith('/files');
      if (mine) response.end();
      return mine;
    };
    const { url, post, log } = await serve({}, { routes });
    await post(
      { query: 'query Mine { me }', variables: { phone: '+8613800000003' } },
      { authorization: 'Bearer s3cret', 'x-request-id': 'req-1a2b3c4d' },
    );
    await post({ query: 'query p13800000003 { me }' }, { 'x-request-id': '13800000003' });
    await fetch(`${url}/graphql?query={me}&variables={"a":"13800000003"}`);
    await fetch(`${url}/files/s3cret?x=s3cret`);
    await fetch(`${url}/13800000003`);
    const lines = log.filter(({ msg }) => msg === 'request');
    expect(lines).toMatchObject([
      { requestId: 'req-1a2b3c4d', method: 'POST', path: '/graphql', status: 200, durationMs: expect.any(Number), operation: 'Mine' },
      { path: '/graphql', status: 200 },
      { method: 'GET', path: '/graphql', status: 200 },
      { path: '/…' },
      { path: '/…', status: 404 },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/13800000003|s3cret/);
  });
});

describe('stopping', () => {
  it('lets requests under way end, closes sockets with 1001 and event streams, takes nothing new', async () => {
    const server = await serve({ stopMs: 60_000 });
    const socket = await connected(server.url, 'ann');
    const stream = await server.post({ query: 'subscription { ticks }' }, { accept: 'text/event-stream' });
    const started = once(server.world.events, 'started');
    const asked = server.post({ query: '{ waits }' });
    await started;
    const stopped = server.stop();
    expect(server.stop()).toBe(stopped);
    expect((await socket.closed).code).toBe(1001);
    await stream.text();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    server.world.events.emit('go');
    const answer = await asked;
    expect([answer.status, await answer.json()]).toEqual([200, { data: { waits: 'gone' } }]);
    await stopped;
    expect(server.world.sources).toBe(0);
  });

  it('still answers on a connection that is open, and closes it', async () => {
    const server = await serve({ idleGraceMs: 5_000, stopMs: 60_000 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (path: string) => {
      const [response] = await once(get(server.url + path, { agent }), 'response');
      response.resume();
      await once(response, 'end');
      return [response.statusCode, response.headers.connection];
    };
    expect(await ask('/readyz')).toEqual([200, 'keep-alive']);
    const stopped = server.stop();
    expect(await ask('/readyz')).toEqual([503, 'close']);
    await stopped;
    agent.destroy();
  });

  it('cuts off what does not end in time', async () => {
    const server = await serve({ stopMs: 50 });
    const started = once(server.world.events, 'started');
    const asked = server.post({ query: '{ never }' });
    const refused = expect(asked).rejects.toThrow();
    await started;
    await server.stop();
    await refused;
  });
});

describe('a browser that opens /graphql as a page', () => {
  const open = (url: string, accept: string) => fetch(url, { headers: { accept }, redirect: 'manual' });

  it('is sent on where there are pages; whoever asks for JSON is not', async () => {
    const { url } = await serve({}, { browsersGoTo: '/' });
    const sent = await open(`${url}/graphql`, 'text/html,*/*');
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/']);
    expect((await open(`${url}/graphql?query={me}`, '*/*')).headers.get('content-type')).toContain('application/json');
  });

  it('is told that there is none where there is none', async () => {
    const { url } = await serve();
    expect((await open(`${url}/graphql`, 'text/html')).status).toBe(406);
  });
});
