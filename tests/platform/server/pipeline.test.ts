import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import type { PipelinePlugin } from '../../../src/platform/server/index.ts';
import { codesOf, RESPONSE_JSON, serve } from './server.fixture.ts';
import { connected } from './socket.fixture.ts';

const NAMED = { query: 'query Named { me }' };
const OTHER = { query: 'query Other { me }' };

/** A plugin that notes the operations whose execution it sees. */
function noting(operations?: PipelinePlugin['operations']): { readonly yoga: PipelinePlugin; readonly seen: (string | undefined)[] } {
  const seen: (string | undefined)[] = [];
  const plugin: Plugin = {
    onExecute: ({ args: { document } }) => {
      const [operation] = document.definitions;
      seen.push(operation && 'name' in operation ? operation.name?.value : undefined);
    },
  };
  return { yoga: { plugin, ...(operations && { operations }) }, seen };
}

describe('an operator’s plugin of yoga', () => {
  it('sees what it names each time, and the rest only where its text is new', async () => {
    const { yoga, seen } = noting(['Named']);
    const { post } = await serve({}, { plugins: [yoga] });
    for (const asked of [NAMED, NAMED, OTHER, OTHER, OTHER]) expect(await (await post(asked)).json()).toEqual({ data: { me: 'public' } });
    expect(seen).toEqual(['Named', 'Named', 'Other']);
  });

  it('that names nothing sees everything', async () => {
    const { yoga, seen } = noting();
    const { post } = await serve({}, { plugins: [yoga] });
    for (const asked of [NAMED, NAMED, OTHER, OTHER]) await post(asked);
    expect(seen).toEqual(['Named', 'Named', 'Other', 'Other']);
  });

  it('sees operations of sockets', async () => {
    const { yoga, seen } = noting(['Named']);
    const { url } = await serve({}, { plugins: [yoga] });
    const socket = await connected(url, 'ann');
    socket.subscribe('1', NAMED.query);
    expect(await socket.next()).toMatchObject({ type: 'next', payload: { data: { me: 'ann' } } });
    socket.socket.close();
    expect(seen).toEqual(['Named']);
  });

  it('refuses with a code and a status of its own, or with ours in the caller’s language; what it throws is masked', async () => {
    const refusing = (error: unknown): PipelinePlugin => ({
      plugin: {
        onParams: () => {
          throw error;
        },
      },
    });
    const own = new GraphQLError('Too dear.', { extensions: { code: 'TOO_DEAR', http: { status: 402 } } });
    const dear = await (await serve({}, { plugins: [refusing(own)] })).post(NAMED);
    const requestId = dear.headers.get('x-request-id');
    expect([dear.status, await dear.json()]).toEqual([
      402,
      { errors: [{ message: 'Too dear.', extensions: { code: 'TOO_DEAR', requestId } }] },
    ]);
    const ours = new GraphQLError('Slowly.', { extensions: { code: 'RATE_LIMITED' } });
    const limited = await (await serve({}, { plugins: [refusing(ours)] })).post(NAMED, RESPONSE_JSON);
    expect([limited.status, await codesOf(limited)]).toEqual([429, ['RATE_LIMITED']]);
    const broken = await serve({}, { plugins: [refusing(new Error('secret +8613800000003'))] });
    const masked = await broken.post(NAMED, RESPONSE_JSON);
    expect(masked.status).toBe(500);
    expect(await masked.text()).not.toContain('secret');
    expect(broken.log.some(({ msg }) => msg === 'unexpected error')).toBe(true);
  });

  it('is told on sockets as it is over HTTP', async () => {
    const refusing = (error: unknown): PipelinePlugin => ({
      plugin: {
        onExecute: () => {
          throw error;
        },
      },
    });
    const told = async (error: unknown) => {
      const { url, log } = await serve({}, { plugins: [refusing(error)] });
      const socket = await connected(url, 'ann');
      socket.subscribe('1', NAMED.query);
      const message = await socket.next();
      socket.socket.close();
      return { message, log };
    };
    const own = await told(new GraphQLError('Too dear.', { extensions: { code: 'TOO_DEAR', http: { status: 402 } } }));
    const extensions = { code: 'TOO_DEAR', requestId: expect.any(String) };
    expect(own.message).toEqual({ id: '1', type: 'error', payload: [{ message: 'Too dear.', extensions }] });
    const broken = await told(new Error('secret +8613800000003'));
    expect(broken.message).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'INTERNAL' } }] });
    expect(JSON.stringify(broken.message)).not.toContain('secret');
    expect(broken.log.find(({ msg }) => msg === 'unexpected error')).toMatchObject({ err: { class: 'Error' } });
  });
});

describe('documents by their ids', () => {
  const known = new Map([['hello', NAMED.query]]);
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  const byHash = (hash: string, query?: string) => ({
    ...(query && { query }),
    extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
  });

  it('are answered like their texts, over HTTP, in an address and on sockets', async () => {
    const { post, url } = await serve({}, { persisted: { known, only: false, automatic: false } });
    for (const asked of [{ documentId: 'hello' }, { documentId: 'hello' }, byHash('hello')])
      expect(await (await post(asked)).json()).toEqual({ data: { me: 'public' } });
    expect(await (await fetch(`${url}/graphql?documentId=hello`)).json()).toEqual({ data: { me: 'public' } });
    const socket = await connected(url, 'ann');
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', extensions: byHash('hello').extensions } });
    expect(await socket.next()).toMatchObject({ type: 'next', payload: { data: { me: 'ann' } } });
    socket.socket.close();
  });

  it('that nobody knows are asked for, and an id is a text', async () => {
    const { post } = await serve({}, { persisted: { known, only: false, automatic: false } });
    const unknown = await post({ documentId: 'nope' });
    expect(await unknown.json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'BAD_REQUEST' } }] });
    for (const body of [{ documentId: 7 }, { documentId: '' }, {}, byHash('')]) expect((await post(body)).status).toBe(400);
  });

  it('can be all that is taken', async () => {
    const { post, url } = await serve({}, { persisted: { known, only: true, automatic: false } });
    expect(await (await post(NAMED)).json()).toEqual({ data: { me: 'public' } });
    expect(await (await post({ documentId: 'hello' })).json()).toEqual({ data: { me: 'public' } });
    for (const asked of [OTHER, { documentId: 'nope' }, byHash(hashOf(OTHER.query), OTHER.query)])
      expect(await codesOf(await post(asked, RESPONSE_JSON)), JSON.stringify(asked)).toEqual(['FORBIDDEN']);
    const socket = await connected(url, 'ann');
    socket.subscribe('1', OTHER.query);
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
    socket.socket.close();
  });

  it('are remembered once they came with their hash, where that is allowed', async () => {
    const hash = hashOf(OTHER.query);
    const { post } = await serve({}, { persisted: { known: new Map(), only: false, automatic: true } });
    expect(await (await post(byHash(hash))).json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    expect(await codesOf(await post(byHash(hash, NAMED.query)))).toEqual(['BAD_REQUEST']);
    expect(await (await post(byHash(hash))).json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    expect(await (await post(byHash(hash, OTHER.query))).json()).toEqual({ data: { me: 'public' } });
    for (let n = 0; n < 2; n++) expect(await (await post(byHash(hash))).json()).toEqual({ data: { me: 'public' } });
    const long = `{ me } #${'x'.repeat(100_000)}`;
    expect(await codesOf(await post(byHash(hashOf(long), long)))).toEqual(['LIMIT_EXCEEDED']);
    expect(await (await post(byHash(hashOf(long)))).json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    const plain = await serve();
    expect(await (await plain.post(byHash(hash, OTHER.query))).json()).toEqual({ data: { me: 'public' } });
    expect(await (await plain.post(byHash(hash))).json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
  });
});
