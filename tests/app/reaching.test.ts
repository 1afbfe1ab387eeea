import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { OUT_OF_REACH, REACHED, reachingPlugin, shelfPlugin } from './reaching.plugin.ts';

// What a plugin holds in its hands is its own, what it needs, and nothing behind that; it changes none of it.

let server: TestServer;
let needy: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [shelfPlugin, reachingPlugin(['forms'])] });
  needy = await startTestServer({ plugins: [shelfPlugin, reachingPlugin(['forms', 'shelf'])], databaseUrl: server.databaseUrl });
  seats = await server.organization();
});
afterAll(async () => {
  await needy?.stop();
  await server?.stop();
});

const REACH = 'mutation ($what: String!) { reachFor(input: { what: $what }) { __typename } }';

describe('a plugin', () => {
  it.each(REACHED)('reaches %s', async (what) => {
    expect((await seats.owner.query(REACH, { what })).reachFor.__typename).toBe('ReachForSuccess');
  });
  it('reaches another plugin that it names in its needs', async () => {
    const owner = await needy.seat(seats.plan.employees.find(({ key }) => key === 'owner')!.phone);
    for (const what of ['neighbour', 'settingsOfNeighbour'])
      expect((await owner.query(REACH, { what })).reachFor.__typename).toBe('ReachForSuccess');
  });
  it.each(OUT_OF_REACH)('gets nothing of %s', async (what) => {
    const { data, errors } = await seats.owner.ask(REACH, { what });
    expect(data).toEqual({ reachFor: null });
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  });
  it('has left the remembered seat as it was', async () => {
    const { seat } = (await server.runtime.seats.signedIn(seats.owner.token!))!;
    expect([...seat!.rights]).toEqual([]);
    expect([seat!.traits.has('supervisor'), seat!.pluginsOff.size]).toEqual([false, 0]);
    expect((await seats.owner.ask('{ contacts(list: ORGANIZATION) { totalCount } }')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('the core', () => {
  it('reaches its own while a plugin is under way: a listener of it, and a service that the plugin calls', async () => {
    const added = await seats.owner.does(
      'mutation ($tags: [ID!]!) { addContact(input: { name: "Reach", phone: "+8613911112222", tagIds: $tags }) { __typename ... on AddContactSuccess { contact { id } } } }',
      { tags: [seats.tagIds[0]] },
    );
    expect(added).toMatchObject({ contact: { id: expect.any(String) } });
  });
  it('has seats whose facts can be read like any others', async () => {
    const { seat } = (await server.runtime.seats.signedIn(seats.scopedAdmin.token!))!;
    expect([...seat!.rights.keys()].sort()).toEqual(['CONTACTS', 'FORMS']);
    expect(seat!.rights.size).toBe(2);
    expect(() => (seat!.rights.get('FORMS') as string[]).push('another')).toThrow();
    const { seat: supervisor } = (await server.runtime.seats.signedIn(seats.supervisor.token!))!;
    expect([...supervisor!.traits]).toEqual([...supervisor!.traits.keys()]);
    expect(supervisor!.traits.size).toBeGreaterThan(0);
  });
});
