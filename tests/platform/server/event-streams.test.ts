import { once } from 'node:events';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { codesOf, serve, type TestServer } from './server.fixture.ts';

const follow = (server: TestServer, name: string, query = 'subscription { ticks }') =>
  server.post({ query }, { accept: 'text/event-stream', authorization: `Bearer ${name}` });

/** Reads until the text holds a part. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, part: string): Promise<string> {
  let text = '';
  while (!text.includes(part)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended before "${part}": ${text}`);
    text += new TextDecoder().decode(value);
  }
  return text;
}

describe('an event stream', () => {
  it('carries the events of a subscription until the client goes', async () => {
    const server = await serve();
    const response = await follow(server, 'ann');
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([
      200,
      'text/event-stream',
      'nosniff',
    ]);
    const reader = response.body!.getReader();
    server.world.events.emit('tick', 5);
    expect(await readUntil(reader, '"ticks"')).toContain('event: next\ndata: {"data":{"ticks":5}}');
    const left = once(server.world.events, 'left');
    await reader.cancel();
    expect(await left).toEqual([0]);
  });

  it('that its client has left before it began is not followed, and takes no place', async () => {
    const server = await serve({ subscriptions: 1 });
    const client = new AbortController();
    const started = once(server.world.events, 'started');
    const asked = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: 'Bearer ann' },
      body: '{"query":"subscription { late }"}',
      signal: client.signal,
    });
    await started;
    client.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => server.log.map(({ status }) => status)).toContain('unanswered');
    const left = once(server.world.events, 'left');
    server.world.events.emit('go');
    expect(await left).toEqual([0]);
    const next = await follow(server, 'ann');
    expect(next.headers.get('content-type')).toBe('text/event-stream');
    server.world.events.emit('tick', 7);
    expect(await readUntil(next.body!.getReader(), '7')).toContain('{"data":{"ticks":7}}');
  });

  it('ends with its seat', async () => {
    const server = await serve({ seatCheckMs: 10 });
    const [ann, bob] = [await follow(server, 'ann'), await follow(server, 'bob')];
    const left = once(server.world.events, 'left');
    server.ended.add('ann');
    await ann.text();
    expect(await left).toEqual([1]);
    await bob.body!.cancel();
  });

  it('is cut off where nobody reads it, and only there', async () => {
    const server = await serve({ pingMs: 300 });
    const idle = await follow(server, 'ann');
    const dead = await follow(server, 'bob', `subscription { ${'x'.repeat(15_000)}: ticks }`);
    const left = once(server.world.events, 'left');
    for (let tick = 0; tick < 2_000; tick++) server.world.events.emit('tick', tick);
    expect(await left).toEqual([1]);
    await expect(dead.text()).rejects.toThrow();
    const reader = idle.body!.getReader();
    expect(await readUntil(reader, '"ticks":1999')).toContain('"ticks":0');
    await reader.cancel();
  });

  it('tells why it breaks off, and ends', async () => {
    const server = await serve();
    const response = await follow(server, 'ann');
    server.world.events.emit('error', new GraphQLError('Read afresh.', { extensions: { code: 'RESYNC_REQUIRED' } }));
    expect(await response.text()).toMatch(/event: next\ndata: {"errors":.*"code":"RESYNC_REQUIRED".*\n\nevent: complete/);
  });

  it('is one of a bounded number for a seat', async () => {
    const server = await serve({ subscriptions: 2 });
    const open = [await follow(server, 'ann'), await follow(server, 'ann')];
    expect(await (await follow(server, 'ann')).text()).toContain('LIMIT_EXCEEDED');
    expect(server.world.sources).toBe(2);
    for (const response of open) await response.body!.cancel();
  });

  it('is refused as an event where the subscription is, and as JSON where no stream was asked for', async () => {
    const server = await serve();
    expect(await (await follow(server, 'ann', 'subscription { refused }')).text()).toContain('"code":"FORBIDDEN"');
    const plain = await server.post({ query: 'subscription { ticks }' });
    expect([plain.status, await codesOf(plain), server.world.sources]).toEqual([406, ['BAD_REQUEST'], 0]);
  });
});
