import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COLLEAGUE, defineModule, rule } from '../../src/sdk/index.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

const UPDATE = `mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) {
  __typename ... on UpdatePluginSettingsSuccess { plugin { name enabled settings } } ... on UserError { code path } ... on ValidationFailed { issues { path code } } } }`;
const READ = '{ plugins { name settings } }';
const GREET = 'mutation { greet { ... on GreetSuccess { words } } }';

const settings = z.strictObject({
  greeting: z.string().min(1).default('Hello'),
  times: z.int().min(1).max(3).default(1),
  tone: z.object({ loud: z.boolean() }).default({ loud: false }),
});
const read = rule('greeter.greet', { roles: [COLLEAGUE], description: 'Every employee.' });
const greeter = defineModule({
  name: 'greeter',
  version: '1.0.0',
  description: 'Greets.',
  guichet: '^0.1.0',
  settings,
  rules: [read],
  types: (builder) =>
    builder.useCase('greet', {
      description: 'Greets as the organization has set it.',
      rule: read,
      run: async (use) => {
        const { greeting, times } = (await use.settings('greeter')) as z.infer<typeof settings>;
        return { words: greeting.repeat(times) };
      },
      success: (t) => ({ words: t.exposeString('words', { nullable: true, description: 'The words.', rule: read }) }),
    }),
});
const silent = defineModule({ name: 'silent', version: '1.0.0', description: 'Has no settings.', guichet: '^0.1.0' });

let ahead = 0;
let server: TestServer;
let here: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [greeter, silent], now: () => new Date(Date.now() + ahead) });
  here = await server.organization();
});
afterAll(() => server?.stop());

const update = async (given: unknown, plugin = 'greeter') =>
  (await here.admin.query(UPDATE, { input: { plugin, settings: given } })).updatePluginSettings;
const stored = async () => (await here.admin.query(READ)).plugins.find(({ name }: { name: string }) => name === 'greeter').settings;
const greeting = async (of = here) => (await of.colleague.query(GREET)).greet.words;
const DEFAULTS = { greeting: 'Hello', times: 1, tone: { loud: false } };

describe('settings of a plugin', () => {
  it('are the defaults where nothing was set; none where the plugin has none', async () => {
    expect((await here.admin.query(READ)).plugins).toEqual([
      { name: 'greeter', settings: DEFAULTS },
      { name: 'silent', settings: null },
    ]);
    expect(await greeting()).toBe('Hello');
  });
  it('are changed one by one, and the rest stays', async () => {
    expect(await update({ greeting: 'Hi' })).toEqual({
      __typename: 'UpdatePluginSettingsSuccess',
      plugin: { name: 'greeter', enabled: true, settings: { ...DEFAULTS, greeting: 'Hi' } },
    });
    expect((await update({ times: 2 })).plugin.settings).toEqual({ ...DEFAULTS, greeting: 'Hi', times: 2 });
    expect(await greeting()).toBe('HiHi');
    expect((await update({})).plugin.settings).toEqual({ ...DEFAULTS, greeting: 'Hi', times: 2 });
  });
  it('go back to their defaults by null', async () => {
    await update({ greeting: 'Hi', times: 2 });
    expect((await update({ greeting: null })).plugin.settings).toEqual({ ...DEFAULTS, times: 2 });
    await update({ times: null });
  });
  it('that are set at the same time are all kept', async () => {
    await Promise.all([update({ greeting: 'Hey' }), update({ times: 3 }), update({ tone: { loud: true } })]);
    expect(await stored()).toEqual({ greeting: 'Hey', times: 3, tone: { loud: true } });
    await update({ greeting: null, times: null, tone: null });
  });
  it('are those of one organization', async () => {
    const there = await server.organization();
    await update({ greeting: 'Ahoy' });
    expect([await greeting(), await greeting(there)]).toEqual(['Ahoy', 'Hello']);
    await update({ greeting: null });
  });
  it('are kept while the plugin is off', async () => {
    await update({ times: 2 });
    const turn = (enabled: boolean) =>
      here.admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
        input: { plugin: 'greeter', enabled },
      });
    await turn(false);
    expect((await update({ greeting: 'Hi' })).plugin).toEqual({
      name: 'greeter',
      enabled: false,
      settings: { ...DEFAULTS, greeting: 'Hi', times: 2 },
    });
    await turn(true);
    ahead += 61_000; // what is known of a seat may be remembered for a minute
    expect(await greeting()).toBe('HiHi');
    await update({ greeting: null, times: null });
  });
});

describe('what is no setting', () => {
  it.each<[string, unknown, [string, string][]]>([
    ['another type', { times: 'two' }, [['times', 'INVALID_TYPE']]],
    ['out of range', { times: 4 }, [['times', 'TOO_BIG']]],
    ['a fault within an object', { tone: { loud: 'very' } }, [['tone.loud', 'INVALID_TYPE']]],
    [
      'an unknown name',
      { volume: 11, speed: 1 },
      [
        ['volume', 'UNKNOWN_SETTING'],
        ['speed', 'UNKNOWN_SETTING'],
      ],
    ],
    [
      'several',
      { times: 0, greeting: '' },
      [
        ['greeting', 'TOO_SMALL'],
        ['times', 'TOO_SMALL'],
      ],
    ],
  ])('is told with its place: %s', async (_, given, issues) => {
    const answer = await update(given);
    expect(answer).toMatchObject({ __typename: 'ValidationFailed', code: 'VALIDATION_FAILED' });
    expect(answer.issues).toEqual(issues.map(([path, code]) => ({ path: ['input', 'settings', ...path.split('.')], code })));
    expect(answer.path).toEqual(answer.issues[0].path);
    expect(await stored()).toEqual(DEFAULTS);
  });
  it.each([['a word'], [7], [['greeting']]])('is no object: %j', async (given) => {
    expect((await update(given)).issues).toEqual([{ path: ['input', 'settings'], code: 'INVALID' }]);
  });
  it('is told where the plugin is not there, or has none', async () => {
    expect((await update({}, 'lending')).issues).toEqual([{ path: ['input', 'plugin'], code: 'UNKNOWN_PLUGIN' }]);
    expect((await update({}, 'silent')).issues).toEqual([{ path: ['input', 'plugin'], code: 'NO_SETTINGS' }]);
  });
});

describe('whoever is no admin of plugins', () => {
  it.each(['formsAdmin', 'scopedAdmin', 'owner', 'colleague'] as const)('neither reads nor changes settings: the %s', async (name) => {
    const changed = await here[name].ask(UPDATE, { input: { plugin: 'greeter', settings: { greeting: 'Mine' } } });
    expect(changed).toMatchObject({ data: { updatePluginSettings: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const { data, errors } = await here[name].ask(READ);
    expect(data.plugins).toEqual([
      { name: 'greeter', settings: null },
      { name: 'silent', settings: null },
    ]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await stored()).toEqual(DEFAULTS);
  });
  it('does not find them on the portal', async () => {
    expect((await here.customer.ask(READ)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});
