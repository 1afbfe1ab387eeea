import { describe, expect, it } from 'vitest';
import {
  type Arrow,
  arrowsOf,
  cycles,
  packageArrows,
  pastTheSdk,
  pluginArrows,
  reachesInside,
  specifiersOf,
  upwardArrows,
} from './import-graph.ts';
import { FILES, readText } from './repository.files.ts';

/** What a new plugin is made from is held to what plugins are. */
const placeOf = (path: string): string => path.replace(/^src\/app\/plugin-template\//, 'plugins/sample-plugin/');
const SOURCES = new Map(
  FILES.filter((path) => /^(src|plugins|packages)\/.*\.ts$/.test(path)).map((path) => [placeOf(path), readText(path)]),
);
const ARROWS = arrowsOf(SOURCES);

/**
 * The one arrow that goes up: a plugin's tests reach the testing kit through the SDK, which is all that they may import. The entry is a
 * door of its own, so nothing that runs in production comes by it.
 */
const isTestingDoor = ({ from, to }: Arrow): boolean => from === 'src/sdk/testing.ts' && to.startsWith('src/testing/');

describe('imports', () => {
  it('are seen, all of them', () => {
    expect(SOURCES.size).toBeGreaterThan(150);
    expect(ARROWS.length).toBeGreaterThan(SOURCES.size);
    const known = ARROWS.filter(({ specifier }) => specifier.startsWith('.'));
    expect(known.filter(({ to }) => !SOURCES.has(to)).map(({ from, to }) => `${from} names ${to}, which is no file`)).toEqual([]);
  });
  it('go down', () => {
    expect(upwardArrows(ARROWS, isTestingDoor)).toEqual([]);
  });
  it('go up by the one door that is named, which is used', () => {
    expect(ARROWS.filter(isTestingDoor).length).toBeGreaterThan(0);
    expect(upwardArrows(ARROWS).length).toBe(ARROWS.filter(isTestingDoor).length);
    expect(ARROWS.filter(({ from, to }) => to === 'src/sdk/testing.ts' && !/^plugins\/[^/]+\/tests\//.test(from))).toEqual([]);
  });
  it('come into a domain by its front door', () => {
    expect(reachesInside(ARROWS)).toEqual([]);
  });
  it('of domains are of the SDK, and of its part for the core', () => {
    expect(pastTheSdk(ARROWS)).toEqual([]);
    const core = ARROWS.filter(({ to }) => to === 'src/sdk/core.ts');
    expect(core.length).toBeGreaterThan(0);
    expect(core.filter(({ from }) => !from.startsWith('src/domains/'))).toEqual([]);
  });
  it('of plugins are of the SDK and of packages', () => {
    expect(pluginArrows(ARROWS)).toEqual([]);
  });
  it('of packages are of other people’s packages, and packages are known by their names', () => {
    expect(packageArrows(ARROWS)).toEqual([]);
  });
  it('never lead back', () => {
    expect(cycles(ARROWS)).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it.each([
    [`import { a } from './a.ts';`, ['./a.ts']],
    [`import type { A } from './a.ts';`, ['./a.ts']],
    [`import {\n  type A,\n  b as c,\n} from "./a.ts";`, ['./a.ts']],
    [`import a, * as b from './a.ts';`, ['./a.ts']],
    [`import './a.ts';`, ['./a.ts']],
    [`export { a } from './a.ts';`, ['./a.ts']],
    [`export type { A } from './a.ts';\nexport * from './b.ts';\nexport * as c from './c.ts';`, ['./a.ts', './b.ts', './c.ts']],
    [`const a = await import('./a.ts');`, ['./a.ts']],
    [`export const a = 'b';\nexport const from = './a.ts';`, []],
    [`const text = "import { a } from './a.ts'";`, []],
    [`const url = new URL('./a.ts', import.meta.url);`, []],
  ])('reads %j', (source, specifiers) => {
    expect(specifiersOf(source)).toEqual(specifiers);
  });

  it('misses no type that is imported where it stands', () => {
    const missed = [...SOURCES].flatMap(([path, source]) =>
      [...source.matchAll(/\bimport\(\s*['"]([^'"]+)/g)].filter(([, named]) => !specifiersOf(source).includes(named!)).map(() => path),
    );
    expect(missed).toEqual([]);
  });
});

describe('the checks', () => {
  const arrow = (from: string, specifier: string): Arrow[] => arrowsOf(new Map([[from, `import type { A } from '${specifier}';`]]));

  it.each([
    ['src/platform/a.ts', '../sdk/index.ts'],
    ['src/platform/a.ts', '@guichet/sdk'],
    ['src/platform/a.ts', '@guichet/backup'],
    ['src/domains/contacts/a.ts', '@guichet/backup'],
    ['src/sdk/a.ts', '../domains/contacts/index.ts'],
    ['src/domains/contacts/a.ts', '../../app/context.ts'],
    ['src/app/a.ts', '../testing/test-seat.ts'],
    ['src/app/a.ts', '../../plugins/ordering/index.ts'],
    ['src/testing/a.ts', '../main.ts'],
    ['src/main.ts', '../tests/support/a.ts'],
  ])('find that %s goes up to %s', (from, specifier) => {
    expect(upwardArrows(arrow(from, specifier))).toEqual([`${from} imports ${specifier}`]);
  });
  it.each([
    ['src/main.ts', './app/command-line.ts'],
    ['src/testing/a.ts', '../app/runtime.ts'],
    ['src/app/a.ts', '../domains/contacts/index.ts'],
    ['src/app/a.ts', '@guichet/backup'],
    ['src/domains/contacts/a.ts', '../../sdk/index.ts'],
    ['src/sdk/a.ts', '../platform/database/table.ts'],
    ['src/platform/a.ts', 'node:crypto'],
  ])('let %s go down to %s', (from, specifier) => {
    expect(upwardArrows(arrow(from, specifier))).toEqual([]);
  });

  it('find that a domain reaches past the SDK', () => {
    const past = arrow('src/domains/contacts/a.ts', '../../platform/phone/phone.ts');
    expect(pastTheSdk(past)).toEqual(['src/domains/contacts/a.ts imports ../../platform/phone/phone.ts']);
    expect(pastTheSdk(arrow('src/domains/contacts/a.ts', '../../sdk/core.ts'))).toEqual([]);
  });

  it.each([
    ['src/domains/forms/a.ts', '../contacts/contact.entity.ts'],
    ['src/app/a.ts', '../domains/contacts/contact.entity.ts'],
    ['src/testing/a.ts', '../domains/contacts/deep/index.ts'],
  ])('find that %s reaches into %s', (from, specifier) => {
    expect(reachesInside(arrow(from, specifier))).toEqual([`${from} imports ${specifier}`]);
  });
  it.each([
    ['src/domains/forms/a.ts', '../contacts/index.ts'],
    ['src/domains/contacts/a.ts', './contact.entity.ts'],
  ])('let %s read %s', (from, specifier) => {
    expect(reachesInside(arrow(from, specifier))).toEqual([]);
  });

  it.each([
    ['plugins/ordering/a.ts', '../../src/sdk/index.ts'],
    ['plugins/ordering/a.ts', '../repair/index.ts'],
    ['plugins/ordering/a.ts', '@guichet/sdk/testing'],
    ['plugins/ordering/a.ts', '@guichet/sdk/contracts/forms.ts'],
    ['plugins/ordering/a.ts', '@guichet/sdk/core.ts'],
    ['plugins/ordering/a.ts', 'vitest'],
    ['plugins/ordering/a.ts', './tests/a.ts'],
    ['plugins/ordering/tests/a.test.ts', '../../../src/testing/test-seat.ts'],
  ])('find that the plugin’s %s imports %s', (from, specifier) => {
    expect(pluginArrows(arrow(from, specifier))).toEqual([`${from} imports ${specifier}`]);
  });
  it.each([
    ['plugins/ordering/a.ts', '@guichet/sdk'],
    ['plugins/ordering/a.ts', '@guichet/plugin-repair'],
    ['plugins/ordering/a.ts', 'zod'],
    ['plugins/ordering/a.ts', './order.entity.ts'],
    ['plugins/ordering/tests/a.test.ts', '../index.ts'],
    ['plugins/ordering/tests/a.test.ts', '@guichet/sdk/testing'],
    ['plugins/ordering/tests/a.test.ts', 'vitest'],
  ])('let the plugin’s %s import %s', (from, specifier) => {
    expect(pluginArrows(arrow(from, specifier))).toEqual([]);
  });

  it.each([
    ['packages/backup/a.ts', '../../src/platform/a.ts'],
    ['packages/backup/a.ts', '../embedded-postgres/index.ts'],
    ['packages/backup/a.ts', '@guichet/sdk'],
    ['packages/backup/a.ts', 'vitest'],
    ['packages/backup/a.ts', './tests/a.ts'],
    ['packages/backup/tests/a.test.ts', '../../../src/testing/test-database.ts'],
    ['packages/backup/tests/a.test.ts', '@guichet/sdk/testing'],
    ['src/app/a.ts', '../../packages/backup/restore.ts'],
  ])('find that %s imports %s', (from, specifier) => {
    expect(packageArrows(arrow(from, specifier))).toEqual([`${from} imports ${specifier}`]);
  });
  it.each([
    ['packages/backup/a.ts', './b.ts'],
    ['packages/backup/a.ts', 'pg'],
    ['packages/backup/tests/a.test.ts', '../index.ts'],
    ['packages/backup/tests/a.test.ts', 'vitest'],
    ['src/app/a.ts', '@guichet/backup'],
  ])('let the package’s %s import %s', (from, specifier) => {
    expect(packageArrows(arrow(from, specifier))).toEqual([]);
  });

  it('find a cycle, of types too, and let a diamond be', () => {
    const file = (...to: string[]): string => to.map((path) => `import type { A } from '${path}';`).join('\n');
    const ring = arrowsOf(
      new Map([
        ['src/a.ts', file('./b.ts')],
        ['src/b.ts', file('./c.ts')],
        ['src/c.ts', file('./b.ts')],
      ]),
    );
    expect(cycles(ring)).toEqual(['src/b.ts → src/c.ts → src/b.ts']);
    expect(cycles(arrowsOf(new Map([['src/a.ts', file('./a.ts')]])))).toEqual(['src/a.ts → src/a.ts']);
    const diamond = arrowsOf(
      new Map([
        ['src/a.ts', file('./b.ts', './c.ts')],
        ['src/b.ts', file('./d.ts')],
        ['src/c.ts', file('./d.ts')],
      ]),
    );
    expect(cycles(diamond)).toEqual([]);
  });
});
