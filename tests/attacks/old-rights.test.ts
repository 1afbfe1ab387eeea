import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected, type TestSocket } from '../platform/server/socket.fixture.ts';
import { RawDatabase } from '../support/raw-database.ts';

// A socket that was opened with a right does not keep it: not for queries and mutations either (promise 2).

let server: TestServer;
let seats: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

const SWITCH = 'mutation { switchPlugin(input: { plugin: "nothing", enabled: false }) { __typename } }';
let asked = 0;
/** What a socket is answered: the type of the payload, or the code of the error. */
async function answerOn(socket: TestSocket, query: string): Promise<string> {
  socket.subscribe(String(++asked), query);
  const { type, payload } = await socket.next();
  if (type === 'next') await socket.next();
  return /"code":"(\w+)"|"__typename":"(\w+)"/.exec(JSON.stringify(payload))!.slice(1).join('');
}

describe('an operation on a socket that is open', () => {
  it('is held to the rights of now', async () => {
    const socket = await connected(server.url, seats.admin.token);
    expect(await answerOn(socket, SWITCH)).toBe('ValidationFailed');
    await database.rows(`delete from admin_rights where organization_id = $1 and admin_right = 'PLUGINS'`, [seats.id]);
    await expect.poll(() => answerOn(socket, SWITCH)).toBe('FORBIDDEN');
    socket.socket.terminate();
  });

  it('is refused once its session has ended, if the socket is not closed before', async () => {
    const socket = await connected(server.url, seats.owner.token);
    await seats.owner.does('mutation { signOut { __typename } }');
    const closed = socket.closed.then(({ code }) => String(code));
    expect(['UNAUTHENTICATED', '4403']).toContain(await Promise.race([answerOn(socket, SWITCH), closed]));
    expect(await closed).toBe('4403');
  });
});
