import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inSteps } from '../support/in-steps.ts';
import { type RanProgram, runProgram } from '../support/run-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// Guichet as a dependency: packed, installed into an empty folder outside the repository, and used there as docs/installations.md says.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_MINUTES = 10;

let home: string;
let packages: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  const folder = await dataFolder();
  [home, packages, remove] = [join(folder.path, 'company'), join(folder.path, 'dist'), folder.remove];
});
afterAll(() => remove?.());

const npm = (...[word, ...words]: string[]): Promise<RanProgram> => runProgram(words, kept(), { node: 'npm', program: word, cwd: home });
/** Where npm keeps what it has fetched, so that nothing is fetched again. */
const kept = (): Record<string, string> => (process.env.npm_config_cache ? { npm_config_cache: process.env.npm_config_cache } : {});
const program = (): string => join(home, 'node_modules/guichet/guichet.mjs');
const guichet = (...words: string[]): Promise<RanProgram> => runProgram(words, { NO_COLOR: '1' }, { program: program(), cwd: home });

async function served<T>(work: (server: StartedProgram) => Promise<T>): Promise<T> {
  const server = await startProgram({ DEMO: '1' }, { program: program(), cwd: home });
  try {
    return await work(server);
  } finally {
    expect(await server.stop()).toBe(0);
  }
}
async function asked(url: string, query: string): Promise<unknown> {
  const { stdout } = await guichet('token', '--phone', '+8613800000003');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${stdout.trim()}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

inSteps('an empty folder (spec 8.1, 8.6)', () => {
  const begun = performance.now();

  it('takes the core and the SDK from packages', async () => {
    const packed = await runProgram([packages], {}, { program: join(ROOT, 'build/pack.ts') });
    expect(packed).toMatchObject({ code: 0 });
    await mkdir(home);
    for (const words of [
      ['init', '-y'],
      ['pkg', 'set', 'type=module'],
    ])
      expect(await npm(...words)).toMatchObject({ code: 0 });
    const files = ['guichet-0.1.0.tgz', 'guichet-sdk-0.1.0.tgz', 'guichet-plugin-ordering-0.1.0.tgz'].map((file) => join(packages, file));
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: { vitest: string } };
    const all = [...files, `vitest@${devDependencies.vitest}`];
    expect(await npm('install', '--prefer-offline', '--no-audit', '--no-fund', ...all)).toMatchObject({ code: 0 });
  });

  it('serves the core without any plugin', async () => {
    await served(async ({ url }) =>
      expect(await asked(url, '{ viewer { name } plugins { name } }')).toEqual({ data: { viewer: { name: 'Wang Lei' }, plugins: [] } }),
    );
  });

  it('gets a plugin that can be loaded and passes its own test', async () => {
    const made = await guichet('plugin', 'new', 'hello');
    expect(made.stdout).toMatch(/^plugins\/hello\/README\.md\n[\s\S]*\nNext: npx guichet plugin test hello, and npx guichet schema\.\n$/);
    expect(await guichet('plugin', 'check', 'hello')).toMatchObject({ code: 0, stderr: '' });
    const tested = await guichet('plugin', 'test', 'hello');
    expect(tested.stdout + tested.stderr).toMatch(/Tests {2}2 passed \(2\)/);
    expect(tested.code).toBe(0);
  });

  it('checks its types', async () => {
    const tutorial = await readFile(join(ROOT, 'docs/installations.md'), 'utf8');
    await writeFile(join(home, 'tsconfig.json'), /```json\n([\s\S]*?)```/.exec(tutorial)![1]!);
    const types = ['--typeRoots', join(ROOT, 'node_modules/@types')];
    const check = () => runProgram(['-p', home, ...types], {}, { program: join(ROOT, 'node_modules/typescript/bin/tsc'), cwd: home });
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' });
    const file = join(home, 'plugins/hello/note.graphql.ts');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace("t.column('text'", "t.column('texts'"));
    expect((await check()).stdout).toMatch(/^plugins\/hello\/note\.graphql\.ts\(\d+,\d+\): error TS2345: .*"texts"/);
    await writeFile(file, text);
  });

  it('serves the plugin, within minutes of the first command', async () => {
    await served(async ({ url }) =>
      expect(await asked(url, '{ helloNotes { nodes { text } } }')).toEqual({ data: { helloNotes: { nodes: [] } } }),
    );
    expect((performance.now() - begun) / 60_000).toBeLessThan(MOST_MINUTES);
  });

  it('writes schemas, permissions and what it is made of, there and nowhere else', async () => {
    const core = await readdir(join(home, 'node_modules/guichet'));
    expect(await guichet('schema')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await guichet('schema', '--check')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readFile(join(home, 'schema.graphql'), 'utf8')).toContain('type HelloNote ');
    expect(await readFile(join(home, 'docs/permissions.md'), 'utf8')).toContain('`hello.write`');
    expect(JSON.parse(await readFile(join(home, 'guichet.lock.json'), 'utf8'))).toEqual({
      guichet: '0.1.0',
      plugins: {
        hello: { version: '0.1.0', from: 'plugins/hello', migrations: { '0001-initial': expect.stringMatching(/^sha256-.{44}$/) } },
      },
    });
    expect(await readdir(join(home, 'node_modules/guichet'))).toEqual(core);
    expect(await readdir(join(home, 'node_modules/guichet/plugins')).catch(() => 'none')).toBe('none');
  });

  it('finds what is stale: an edited migration, a plugin that has come', async () => {
    const file = join(home, 'plugins/hello/migrations/0001-initial.sql');
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}-- edited\n`);
    expect(await guichet('schema', '--check')).toMatchObject({ code: 1, stdout: 'guichet.lock.json is stale: run npx guichet schema.\n' });
    await writeFile(file, text);
    await writeFile(join(home, 'guichet.config.ts'), "export default { plugins: ['@guichet/plugin-ordering' as string] };\n");
    expect((await guichet('schema', '--check')).stdout).toMatch(/^schema\.graphql is stale: [\s\S]*guichet\.lock\.json is stale: /);
    expect(await guichet('schema')).toMatchObject({ code: 0 });
    const lock = JSON.parse(await readFile(join(home, 'guichet.lock.json'), 'utf8'));
    expect(lock.plugins.ordering.from).toBe('@guichet/plugin-ordering');
  });

  it('leaves migrations of packages, and of the core, to those who make them', async () => {
    expect(await guichet('plugin', 'plan', 'ordering', '--write', 'more')).toMatchObject({
      code: 1,
      stderr: 'guichet: ordering is installed as a package: whoever makes it writes its migrations.\n',
    });
    expect(await guichet('migrate', '--write', 'contacts', 'more')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^guichet: Modules of the core are written where Guichet is/),
    });
  });

  it('is told of a package of TypeScript, and of a second Guichet', async () => {
    const typed = join(home, 'node_modules/plugin-typed');
    await cp(join(home, 'plugins/hello'), typed, { recursive: true });
    expect((await runWith('plugin-typed')).stderr).toBe(
      'guichet: Plugin "typed" cannot be loaded: plugin-typed is TypeScript, of which Node strips no types below node_modules; publish it as JavaScript, or name its folder instead of the package, or start with --without typed.\n',
    );
    await rm(typed, { recursive: true });
    const strange = join(home, '../strange');
    await mkdir(join(strange, 'node_modules/@guichet'), { recursive: true });
    await cp(join(home, 'plugins/hello'), join(strange, 'howdy'), { recursive: true });
    for (const name of ['guichet', '@guichet/sdk'])
      await cp(join(home, 'node_modules', name), join(strange, 'node_modules', name), { recursive: true });
    expect((await runWith('../strange/howdy')).stderr).toMatch(
      /^guichet: Plugin "howdy" cannot be loaded: its @guichet\/sdk is of the Guichet in \S+\/strange\/node_modules\/guichet, and this is \S+\/company\/node_modules\/guichet; make it a peer dependency/,
    );
  });
  const runWith = (plugin: string) => runProgram(['plugin', 'check', 'hello'], { PLUGINS: plugin }, { program: program(), cwd: home });
});
