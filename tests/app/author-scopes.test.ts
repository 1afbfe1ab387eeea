import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN, COLLEAGUE, defineModule, entityRef, heldByAll, rule, sql, tenantEntity } from '../../src/sdk/index.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

// What an author asks by `authScopes` stands beside the field's rule, and never for it: both admit, or nobody is told.

const staff = rule('keys.staff', { roles: [COLLEAGUE], description: 'Every employee.' });
const admins = rule('keys.admins', { roles: [ADMIN], right: 'PLUGINS', whole: true, description: 'Admins of plugins.' });
/** A table of the core that has one row an organization. */
const organizations = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() })).table;
const Cabinet = entityRef('Cabinet', organizations);
const said = { description: 'Keys.', nullable: true, resolve: () => 1 } as const;
const keys = defineModule({
  name: 'keys',
  version: '1.0.0',
  description: 'Keeps keys.',
  guichet: '^0.1.0',
  rules: [staff, admins],
  types: (builder) => {
    builder.queryFields((t) => ({
      asked: t.int({ ...said, rule: staff, authScopes: { rule: admins } }),
      ruled: t.int({ ...said, rule: admins, authScopes: { rule: staff } }),
      askedByWork: t.int({ ...said, rule: staff, authScopes: () => ({ rule: admins }) }),
      ruledByWork: t.int({ ...said, rule: admins, authScopes: () => true }),
      refusedByWork: t.int({ ...said, rule: staff, authScopes: () => false }),
      open: t.int({ ...said, rule: staff, authScopes: { rule: staff } }),
    }));
    builder.entity(Cabinet, {
      description: 'A cabinet.',
      key: 'organization_id',
      roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
      listedFor: [COLLEAGUE],
      fields: (t) => ({
        id: t.globalId({ description: 'Its id.', rule: staff }),
        lock: t.field({ type: 'Int', ...said, rule: staff, authScopes: { rule: admins } }),
      }),
    });
    builder.queryField('cabinet', (t) =>
      t.entity(Cabinet, { description: 'One.', rule: staff, where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}` }),
    );
  },
});

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [keys] });
  own = await server.organization();
});
afterAll(() => server?.stop());

it.each([
  ['asked', null, 1],
  ['ruled', null, 1],
  ['askedByWork', null, 1],
  ['ruledByWork', null, 1],
  ['refusedByWork', null, null],
  ['open', 1, 1],
])('%s', async (field, colleague, admin) => {
  for (const [seat, told] of [
    [own.colleague, colleague],
    [own.admin, admin],
  ] as const) {
    const { data, errors } = await seat.ask(`{ ${field} }`);
    expect(data).toEqual({ [field]: told });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(told === null ? ['FORBIDDEN'] : []);
  }
});

it('a field of an object', async () => {
  expect((await own.admin.query('{ cabinet { lock } }')).cabinet).toEqual({ lock: 1 });
  const { data, errors } = await own.colleague.ask('{ cabinet { lock } }');
  expect([data.cabinet, errors.map(({ extensions }) => extensions.code)]).toEqual([{ lock: null }, ['FORBIDDEN']]);
});

it('all of it is refused where the plugin is switched off, and told again where it is on', async () => {
  const switched = (enabled: boolean) =>
    own.admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
      input: { plugin: 'keys', enabled },
    });
  const codesOf = async (document: string) => (await own.admin.ask(document)).errors.map(({ extensions }) => extensions.code);
  const asked = ['{ asked }', '{ ruled }', '{ open }', '{ ruledByWork }', '{ cabinet { lock } }'];
  await switched(false);
  for (const document of asked) await expect.poll(() => codesOf(document)).toEqual(['PLUGIN_DISABLED']);
  await switched(true);
  for (const document of asked) await expect.poll(() => codesOf(document)).toEqual([]);
});
