import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { tasksNow } from '../../support/live-places.ts';
import { connected } from '../server/socket.fixture.ts';

const MY_TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind taskId task { id form { id } } } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

describe('a socket that breaks off while nothing happens', () => {
  it('leaves nothing behind: its place is free for another', async () => {
    const { owner, customer } = own;
    const after = await tasksNow(server, owner);
    await placeOrder(customer);
    for (let opened = 0; opened < 12; opened++) {
      const socket = await connected(server.url, owner.token);
      socket.subscribe('1', MY_TASKS, { after });
      expect(await socket.next()).toMatchObject({ type: 'next' });
      socket.socket.terminate();
    }
  });
});

describe('an event stream over HTTP', () => {
  it('tells the same as a socket', async () => {
    const { owner, customer } = own;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${owner.token}` },
      body: JSON.stringify({ query: MY_TASKS, variables: { after: await tasksNow(server, owner) } }),
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const formId = await placeOrder(customer);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\n\n') || !text.includes('data:')) text += (await reader.read()).value ?? '';
    const told = JSON.parse(/data: (\{.*\})/.exec(text)![1]!);
    expect(told.data.myTasks).toMatchObject({ kind: 'OPENED', task: { form: { id: formId } } });
    await reader.cancel();
  });
});
