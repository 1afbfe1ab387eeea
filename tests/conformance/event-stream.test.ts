import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { placeOrder } from '../support/form-moves.ts';
import { tasksNow } from '../support/live-places.ts';

// The distinct connections mode of GraphQL over Server-Sent Events, as bytes on the wire.

const MY_TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const stream = (body: object, token = own.owner.token, accept = 'text/event-stream'): Promise<Response> =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

interface StreamEvent {
  readonly event: string;
  readonly data: string;
}
/** Events as the HTML standard reads them; comments, which keep a connection open, are none. */
const eventsIn = (text: string): StreamEvent[] =>
  text.split('\n\n').flatMap((block) => {
    const lines = block.split('\n').filter((line) => line && !line.startsWith(':'));
    const of = (name: string) => lines.flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1).trim()] : []));
    return lines.length ? [{ event: of('event').join(), data: of('data').join('\n') }] : [];
  });

describe('an answer as an event stream', () => {
  it.each<[string, string, object]>([
    ['a query', '{ viewer { name } }', { data: { viewer: { name: 'The owner' } } }],
    ['a mutation', 'mutation { signOut { __typename } }', { data: { signOut: { __typename: 'SignOutSuccess' } } }],
    ['a fault of grammar', '{', { errors: [{ extensions: { code: 'BAD_REQUEST' } }] }],
    ['an unknown field', '{ nope }', { errors: [{ extensions: { code: 'BAD_REQUEST' } }] }],
    ['variables that are missing', 'query ($id: ID!) { node(id: $id) { id } }', { errors: [{ extensions: { code: 'BAD_REQUEST' } }] }],
    ['a subscription that is refused', 'subscription { myForms { kind } }', { errors: [{ extensions: { code: 'FORBIDDEN' } }] }],
    ['a refusal in part', '{ viewer { name } contacts(list: BIN) { totalCount } }', { data: { contacts: null } }],
  ])('of %s is 200, one next, then complete', async (what, query, answer) => {
    const { owner } = what === 'a mutation' ? await server.organization() : own;
    const response = await stream({ query }, owner.token);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const events = eventsIn(await response.text());
    expect(events.map(({ event }) => event)).toEqual(['next', 'complete']);
    expect(JSON.parse(events[0]!.data)).toMatchObject(answer);
    expect(events[1]!.data).toBe('');
  });

  it('of a token that is none says so as an event', async () => {
    const [next] = eventsIn(await (await stream({ query: '{ viewer { name } }' }, 'never-issued-0123456789')).text());
    expect(JSON.parse(next!.data)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it.each<[string, number, () => Promise<Response>]>([
    ['no query', 400, () => stream({})],
    ['a batch', 400, () => stream([{ query: '{ viewer { name } }' }])],
    ['a type that is not offered', 406, () => stream({ query: '{ viewer { name } }' }, undefined, 'text/html;q=0.9')],
  ])('is none where the request is none: %s, %i as JSON', async (_, status, ask) => {
    const response = await ask();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

describe('a subscription as an event stream', () => {
  it('sends a next for each event, and ends where the client closes it', async () => {
    const after = await tasksNow(server, own.owner);
    await placeOrder(own.customer);
    await placeOrder(own.customer);
    const response = await stream({ query: MY_TASKS, variables: { after } });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (eventsIn(text).length < 2 || !text.endsWith('\n\n')) text += (await reader.read()).value;
    const next = { event: 'next', data: '{"data":{"myTasks":{"kind":"OPENED"}}}' };
    expect(eventsIn(text)).toEqual([next, next]);
    await reader.cancel();
  });

  it('is not given to GET', async () => {
    const search = new URLSearchParams({ query: MY_TASKS });
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${own.owner.token}` };
    const response = await fetch(`${server.url}/graphql?${search}`, { headers });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
