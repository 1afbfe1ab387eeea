import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';

const PLUGINS = '{ plugins { name version description enabled } }';
const SWITCH = `mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename ... on SwitchPluginSuccess { enabled } ... on ValidationFailed { issues { path code } } } }`;
let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization();
});
afterAll(() => server.stop());

const ordering = async (of = own) => (await of.colleague.query(PLUGINS)).plugins.find(({ name }: { name: string }) => name === 'ordering');

describe('the organization', () => {
  it.each(['admin', 'colleague'] as const)('is told to employees: %s', async (name) => {
    const { organization } = await own[name].query('{ organization { name certification country timeZone createdAt } }');
    expect(organization).toEqual({
      name: 'Test Works',
      certification: 'ADVANCED',
      country: 'CN',
      timeZone: 'Asia/Shanghai',
      createdAt: expect.any(String),
    });
  });

  it('is a name and where its clocks are to contacts, and nothing to nobody', async () => {
    expect(await own.customer.query('{ organization { name timeZone } }')).toEqual({
      organization: { name: 'Test Works', timeZone: 'Asia/Shanghai' },
    });
    expect((await own.customer.ask('{ organization { certification } }')).errors[0]!.extensions.code).toBe('BAD_REQUEST');
    expect((await own.customer.ask('{ organization { country } }')).errors[0]!.extensions.code).toBe('BAD_REQUEST');
    expect((await server.nobody.ask('{ organization { name } }')).data?.organization ?? null).toBeNull();
  });

  it('is one’s own: another is not there by its id', async () => {
    const { organization } = await other.admin.query('{ organization { id } }');
    expect((await own.admin.query('query ($id: ID!) { node(id: $id) { id } }', { id: organization.id })).node).toBeNull();
  });
});

describe('plugins (spec 8.4)', () => {
  it('are listed for every employee, and on where nothing was decided', async () => {
    expect(await ordering()).toEqual({
      name: 'ordering',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.any(String),
      enabled: true,
    });
    expect((await own.customer.ask(PLUGINS)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });

  it('are switched off and on by an admin with PLUGINS, in one organization alone; the list knows at once', async () => {
    expect(await own.admin.does(SWITCH, { input: { plugin: 'ordering', enabled: false } })).toMatchObject({ enabled: false });
    expect((await ordering()).enabled).toBe(false);
    expect((await ordering(other)).enabled).toBe(true);
    expect(await own.admin.does(SWITCH, { input: { plugin: 'ordering', enabled: true } })).toMatchObject({ enabled: true });
    expect((await ordering()).enabled).toBe(true);
  });

  it('answer PLUGIN_DISABLED once they are switched off, and their data is there again afterwards', async () => {
    const products = '{ products { totalCount } }';
    const before = (await own.customer.query(products)).products.totalCount;
    await own.admin.does(SWITCH, { input: { plugin: 'ordering', enabled: false } });
    const code = async (): Promise<string | undefined> => (await own.customer.ask(products)).errors[0]?.extensions.code;
    await expect.poll(code).toBe('PLUGIN_DISABLED');
    expect((await other.customer.query(products)).products.totalCount).toBeGreaterThan(0);
    await own.admin.does(SWITCH, { input: { plugin: 'ordering', enabled: true } });
    await expect.poll(code).toBeUndefined();
    expect((await own.customer.query(products)).products.totalCount).toBe(before);
  });

  it('that are not there are refused', async () => {
    expect((await own.admin.query(SWITCH, { input: { plugin: 'contacts', enabled: false } })).switchPlugin).toEqual({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'plugin'], code: 'UNKNOWN_PLUGIN' }],
    });
  });

  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'colleague'] as const)('are not switched by %s', async (name) => {
    const refused = await own[name].ask(SWITCH, { input: { plugin: 'ordering', enabled: false } });
    expect(refused).toMatchObject({ data: { switchPlugin: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect((await ordering()).enabled).toBe(true);
  });
});
