import { afterAll, beforeAll, expect, it } from 'vitest';
import { organizations } from '../../src/domains/organization/index.ts';
import { defineModule, entityRef, type FindSeatFacts, heldByAll, type Role, rule, sql } from '../../src/sdk/index.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { bare, says } from '../support/says.ts';

// Facts of seats are asked before anything is answered: a plugin that fails to tell them loses its own roles, and nobody else anything.

function plugin(name: string, seatFacts: FindSeatFacts) {
  const role: Role = { name: `${name.toUpperCase()}_KEEPER`, bearer: 'EMPLOYEE', description: 'Who keeps it.' };
  const keep = rule(`${name}.keep`, { roles: [role], description: 'Who keeps it.' });
  return defineModule({
    name,
    version: '1.0.0',
    description: 'Knows who keeps it.',
    guichet: '^0.1.0',
    rules: [keep],
    seatFacts,
    types: (builder) => {
      const Shelf = entityRef(`${name}Shelf`, organizations);
      builder.entity(Shelf, {
        description: `A shelf of ${name}.`,
        key: 'organization_id',
        roles: [heldByAll(role, ({ traits }) => traits.has(role.name))],
        listedFor: [role],
        fields: (t) => ({ id: t.globalId({ description: 'Its id.', rule: keep }) }),
      });
      builder.queryField(name, (t) =>
        t.entity(Shelf, {
          description: 'The shelf.',
          rule: keep,
          where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}`,
        }),
      );
    },
  });
}
const PLUGINS = [
  plugin('sound', async () => ({ traits: ['SOUND_KEEPER'] })),
  plugin('throwing', () => {
    throw new Error('Who?');
  }),
  plugin('failing', async ({ client }) => {
    await client.query('select 1 / 0');
    return { traits: ['FAILING_KEEPER'] };
  }),
  plugin('silent', () => new Promise(() => {})),
];
const SHELVES = '{ viewer { name } sound { id } throwing { id } failing { id } silent { id } }';

let server: TestServer;
let organization: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: PLUGINS, poolSize: 4 });
  organization = await server.organization();
});
afterAll(() => server?.stop());

it('a plugin that throws, fails or never answers has no roles; the others have theirs', async () => {
  const answers = await Promise.all(['owner', 'admin', 'colleague'].map((name) => organization[name as 'owner'].query(SHELVES)));
  for (const answer of answers) {
    expect(answer).toEqual({
      viewer: { name: expect.stringMatching(/^The /) },
      sound: { id: expect.any(String) },
      throwing: null,
      failing: null,
      silent: null,
    });
  }
});
it('customers are signed in all the same', async () => {
  expect(await organization.customer.query('{ viewer { name } }')).toEqual({ viewer: { name: 'The customer' } });
});
it('an act that comes late to its commit, while rights of others change, is done whatever plugins fail to tell', async () => {
  Object.assign(server.runtime.performer, { factsLast: 0 });
  const { admin, colleague, owner } = organization;
  await admin.query('{ viewer { name } }'); // it is known as it is now
  await owner.query('{ viewer { name } }');
  expect(await says(admin, bare('grantAdminRight'), { employeeId: colleague.id, right: 'WINDOW' })).toBe('GrantAdminRightSuccess');
  const edit = { contactId: organization.customer.id, expectedVersion: 1, remark: 'Seen.' };
  expect(await says(owner, bare('updateContact'), edit)).toBe('UpdateContactSuccess');
});
