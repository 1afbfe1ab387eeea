import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeDeclarations, writeDeclarationsOf } from './declarations.ts';
import { filesIn } from './folder-files.ts';
import { javascriptOf } from './javascript.ts';

type Versions = Readonly<Record<string, string>>;
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly dependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly engines?: Versions;
}
const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const written = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const without = (versions: Versions | undefined, scope: string): Versions =>
  Object.fromEntries(Object.entries(versions ?? {}).filter(([name]) => !name.startsWith(scope)));

/** The folder that `plugin new` copies: what is in it is read as text, never run. */
const isTemplate = (path: string): boolean => path.startsWith('src/app/plugin-template/');

/** Copies a folder of the repository: what Node would run as JavaScript, everything else as it is. */
function compile(root: string, folder: string, to: string, inside = folder): void {
  for (const file of filesIn(join(root, folder))) {
    const [from, path] = [join(root, folder, file), `${folder}/${file}`];
    const target = join(to, inside, file);
    if (file.endsWith('.ts') && !isTemplate(path)) written(target.replace(/\.ts$/, '.js'), javascriptOf(readFileSync(from, 'utf8'), path));
    else if (!file.endsWith('package.json') || isTemplate(path)) cpSync(from, target, { recursive: true });
  }
}

const INNER = ['backup', 'embedded-postgres', 'forms'];

/** The core with the platform, the SDK and the test kit: one copy of each, which plugins reach through `@guichet/sdk`. */
export function makeCore(root: string, work: string, to: string): void {
  const own = manifestIn(root);
  const inner = INNER.map((name) => manifestIn(join(root, 'packages', name)));
  for (const folder of ['src', ...INNER.map((name) => `packages/${name}`)]) compile(root, folder, to);
  for (const file of ['guichet.mjs', 'README.md', 'CHANGELOG.md', 'LICENSE', 'docs'])
    cpSync(join(root, file), join(to, file), { recursive: true });
  writeDeclarations(root, work, to);
  const { name, version, description } = own;
  const door = (file: string) => ({ types: `./src/sdk/${file}.d.ts`, default: `./src/sdk/${file}.js` });
  written(
    join(to, 'package.json'),
    asText({
      name,
      version,
      description,
      license: 'MIT',
      type: 'module',
      engines: own.engines,
      bin: { guichet: 'guichet.mjs' },
      exports: { './sdk': door('index'), './sdk/testing': door('testing'), './package.json': './package.json' },
      dependencies: Object.assign({}, ...inner.map(({ dependencies }) => without(dependencies, '@guichet/')), own.dependencies),
      optionalDependencies: Object.assign({}, ...inner.map((one) => one.optionalDependencies), own.optionalDependencies),
      peerDependencies: { vitest: own.devDependencies?.vitest },
      peerDependenciesMeta: { vitest: { optional: true } },
    }),
  );
}

/** The SDK holds no code: whoever imports it gets the core's copy, so that two can never differ. */
export function makeSdk(root: string, to: string): void {
  const { name, version, description } = manifestIn(join(root, 'src/sdk'));
  const entry = (file: string) => ({ types: `./${file}.d.ts`, default: `./${file}.js` });
  for (const [file, door] of [
    ['index', 'guichet/sdk'],
    ['testing', 'guichet/sdk/testing'],
  ])
    for (const ending of ['js', 'd.ts']) written(join(to, `${file}.${ending}`), `export * from '${door}';\n`);
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  written(
    join(to, 'package.json'),
    asText({
      name,
      version,
      description,
      license: 'MIT',
      type: 'module',
      exports: { '.': entry('index'), './testing': entry('testing'), './package.json': './package.json' },
      peerDependencies: { guichet: manifestIn(root).version },
    }),
  );
}

/** A plugin of this repository, as one from npm. */
export function makePlugin(root: string, plugin: string, to: string): void {
  const { name, version, description, dependencies, optionalDependencies } = manifestIn(join(root, 'plugins', plugin));
  compile(root, `plugins/${plugin}`, to, '');
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  written(
    join(to, 'package.json'),
    asText({
      name,
      version,
      description,
      license: 'MIT',
      type: 'module',
      exports: { '.': './index.js', './package.json': './package.json' },
      dependencies: without(dependencies, '@guichet/'),
      optionalDependencies,
      peerDependencies: Object.fromEntries(Object.entries(dependencies ?? {}).filter(([one]) => one.startsWith('@guichet/'))),
    }),
  );
}

/** What front ends check forms with: JavaScript that imports nothing, for browsers as it is. */
export function makeForms(root: string, work: string, to: string): void {
  const folder = 'packages/forms';
  const { name, version, description } = manifestIn(join(root, folder));
  compile(root, folder, to, '');
  writeDeclarationsOf(folder, root, work, to);
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  const entry = { types: './index.d.ts', default: './index.js' };
  written(
    join(to, 'package.json'),
    asText({
      name,
      version,
      description,
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      exports: { '.': entry, './package.json': './package.json' },
    }),
  );
}
