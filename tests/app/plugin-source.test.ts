import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS, importPlugin } from '../../src/app/modules.ts';
import { sourcesOf } from '../../src/app/plugin-source.ts';
import { VERSION } from '../../src/app/version.ts';

// An installation elsewhere: its plugins lie in `plugins/`, in other folders and in packages.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let root: string;
let installation: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'guichet-sources-')));
  installation = join(root, 'company');
  await mkdir(installation);
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
const plugin = (name: string, guichet = `^${VERSION}`, more = '') =>
  `export default { name: '${name}', version: '1.0.0', description: 'Of a test.', guichet: '${guichet}', ${more} };`;
const named = (manifest: object): string => JSON.stringify({ type: 'module', version: '1.0.0', ...manifest });

const sources = (given: readonly string[], without: readonly string[] = []) =>
  sourcesOf(given, { from: installation, plugins: join(installation, 'plugins'), without });
const source = (given: string) => sources([given]).find(({ label }) => label === given)!;
const refusal = (given: string): Promise<string> =>
  importPlugin(source(given)).then(
    () => 'It was imported.',
    (error: Error) => error.message,
  );

describe('plugins of an installation (spec 8.1)', () => {
  it('are those in plugins/, in folders and in packages that are named, by their names', async () => {
    await write('company/plugins/visits/index.ts', plugin('visits'));
    await write('company/plugins/notes.txt', 'no plugin');
    await write('ours/badges/index.js', plugin('badges'));
    await write('company/node_modules/@acme/plugin-rooms/package.json', named({ exports: { '.': { default: './dist/rooms.js' } } }));
    await write('company/node_modules/@acme/plugin-rooms/dist/rooms.js', plugin('rooms'));
    await write('company/node_modules/guichet-plugin-keys/package.json', named({ main: 'keys.js' }));
    await write('company/node_modules/guichet-plugin-keys/keys.js', plugin('keys'));
    const found = sources(['../ours/badges', '@acme/plugin-rooms', 'guichet-plugin-keys', './plugins/visits']);
    expect(found.map(({ name, label }) => [name, label])).toEqual([
      ['badges', '../ours/badges'],
      ['keys', 'guichet-plugin-keys'],
      ['rooms', '@acme/plugin-rooms'],
      ['visits', 'plugins/visits'],
    ]);
    const modules = await Promise.all(found.map(importPlugin));
    const loaded = loadModules(DOMAINS, modules, VERSION).filter(({ isPlugin }) => isPlugin);
    expect(loaded.map(({ name, source }) => [name, source?.folder])).toEqual([
      ['badges', join(root, 'ours/badges/')],
      ['keys', join(installation, 'node_modules/guichet-plugin-keys/')],
      ['rooms', join(installation, 'node_modules/@acme/plugin-rooms/')],
      ['visits', join(installation, 'plugins/visits/')],
    ]);
  });

  it('are none where there is no folder', () => {
    expect(sourcesOf([], { from: root, plugins: join(root, 'nowhere') })).toEqual([]);
  });

  it.each([
    ['../ours/nothing', 'The plugin ../ours/nothing: there is no such folder.'],
    [
      '@acme/nothing',
      'The plugin @acme/nothing: there is no such package; npm install @acme/nothing, or write a folder as ./@acme/nothing.',
    ],
  ])('that are named have to be there: %s', (given, message) => {
    expect(() => sources([given])).toThrow(message);
  });

  it('of one name are told with both places, unless they are left out', async () => {
    await write('elsewhere/visits/index.ts', plugin('visits'));
    expect(() => sources(['../elsewhere/visits'])).toThrow(
      'Plugin "visits" cannot be loaded: plugins/visits and ../elsewhere/visits are both called so; rename one, or take one out, or start with --without visits.',
    );
    expect(sources(['../elsewhere/visits'], ['visits'])).toHaveLength(1);
  });
});

describe('a plugin that does not fit (spec 8.3)', () => {
  it('calls itself otherwise than its package', async () => {
    await write('company/node_modules/@acme/plugin-halls/package.json', named({ exports: './index.js' }));
    await write('company/node_modules/@acme/plugin-halls/index.js', plugin('rooms'));
    expect(await refusal('@acme/plugin-halls')).toBe(
      'Plugin "halls" cannot be loaded: it calls itself "rooms" and lies in the package "plugin-halls"; give both one name, or start with --without halls.',
    );
  });

  it('throws at import: the line is told as people know the place', async () => {
    await write('ours/throwing/index.ts', '\nthrow new Error("No tools today.");');
    expect(await refusal('../ours/throwing')).toBe(
      'Plugin "throwing" cannot be loaded: No tools today; mend ../ours/throwing/index.ts:2, or start with --without throwing.',
    );
  });

  it('works with an older Guichet', async () => {
    await write('ours/older/index.ts', plugin('older', '^0.0.9'));
    const older = await importPlugin(source('../ours/older'));
    expect(() => loadModules(DOMAINS, [older], VERSION)).toThrow(
      `Plugin "older" cannot be loaded: it works with Guichet ^0.0.9, and this is ${VERSION}; install a version of the plugin for this server, or start with --without older.`,
    );
  });

  it('and another need each other', async () => {
    await write('ours/hen/index.ts', plugin('hen', undefined, "needs: ['egg']"));
    await write('ours/egg/index.ts', plugin('egg', undefined, "needs: ['hen']"));
    const both = await Promise.all([importPlugin(source('../ours/hen')), importPlugin(source('../ours/egg'))]);
    expect(() => loadModules(DOMAINS, both, VERSION)).toThrow(
      'it needs itself: hen (../ours/hen) → egg (../ours/egg) → hen (../ours/hen); take one of these needs away',
    );
  });

  it('brings a Guichet of its own', async () => {
    await write('strange/lodger/index.ts', plugin('lodger'));
    await write('strange/node_modules/@guichet/sdk/package.json', named({ name: '@guichet/sdk', exports: './index.js' }));
    await write('strange/node_modules/@guichet/sdk/index.js', '');
    await write('strange/node_modules/guichet/package.json', named({ name: 'guichet', exports: { './sdk': './sdk.js' } }));
    expect(await refusal('../strange/lodger')).toBe(
      `Plugin "lodger" cannot be loaded: its @guichet/sdk is of the Guichet in ${join(root, 'strange/node_modules/guichet')}, and this is ${ROOT.slice(0, -1)}; make it a peer dependency of the plugin, and install once more, or start with --without lodger.`,
    );
  });

  it('brings a second copy of what it shares with the core', async () => {
    await write('stranger/guest/index.ts', plugin('guest'));
    await mkdir(join(root, 'stranger/node_modules/@guichet'), { recursive: true });
    await symlink(join(ROOT, 'src/sdk'), join(root, 'stranger/node_modules/@guichet/sdk'));
    expect(await refusal('../stranger/guest')).toBe('It was imported.');
    await write('stranger/node_modules/kysely/package.json', named({ name: 'kysely', main: 'index.js' }));
    expect(await refusal('../stranger/guest')).toMatch(
      /^Plugin "guest" cannot be loaded: it brings a second kysely: \S+stranger\/node_modules\/kysely beside \S+\/node_modules\/kysely; make it a peer/,
    );
  });
});
