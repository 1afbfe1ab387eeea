import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN, COLLEAGUE, defineModule, rule } from '../../src/sdk/index.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

// What an author asks by `authScopes` stands beside the field's rule, and never for it: both admit, or nobody is told.

const staff = rule('keys.staff', { roles: [COLLEAGUE], description: 'Every employee.' });
const admins = rule('keys.admins', { roles: [ADMIN], right: 'PLUGINS', whole: true, description: 'Admins of plugins.' });
const said = { description: 'Keys.', nullable: true, resolve: () => 1 } as const;
const keys = defineModule({
  name: 'keys',
  version: '1.0.0',
  description: 'Keeps keys.',
  guichet: '^0.1.0',
  rules: [staff, admins],
  types: (builder) => {
    builder.queryFields((t) => ({
      asked: t.int({ ...said, rule: staff, authScopes: { admin: admins } }),
      ruled: t.int({ ...said, rule: admins, authScopes: { colleague: staff } }),
      askedByWork: t.int({ ...said, rule: staff, authScopes: () => ({ admin: admins }) }),
      ruledByWork: t.int({ ...said, rule: admins, authScopes: () => true }),
      refusedByWork: t.int({ ...said, rule: staff, authScopes: () => false }),
      open: t.int({ ...said, rule: staff, authScopes: { colleague: staff } }),
    }));
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

it('all of it is refused where the plugin is switched off, and told again where it is on', async () => {
  const switched = (enabled: boolean) =>
    own.admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
      input: { plugin: 'keys', enabled },
    });
  const codesOf = async (document: string) => (await own.admin.ask(document)).errors.map(({ extensions }) => extensions.code);
  const asked = ['{ asked }', '{ ruled }', '{ open }', '{ ruledByWork }'];
  await switched(false);
  for (const document of asked) await expect.poll(() => codesOf(document)).toEqual(['PLUGIN_DISABLED']);
  await switched(true);
  for (const document of asked) await expect.poll(() => codesOf(document)).toEqual([]);
});
