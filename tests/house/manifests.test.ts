import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS, importPlugins } from '../../src/app/modules.ts';
import { VERSION } from '../../src/app/version.ts';
import { Table } from '../../src/platform/database/table.ts';
import { ADMIN, type DeclaredEntity, defineModule, type ModuleDefinition, type Rule, rule, tenantEntity } from '../../src/sdk/index.ts';
import { absolutePath, FILES, readText } from './repository.files.ts';

const PLUGINS = await importPlugins();
const MODULES = loadModules(DOMAINS, PLUGINS, VERSION);

type Exports = Readonly<Record<string, unknown>>;
const importFile = async (path: string): Promise<Exports> => (await import(absolutePath(path))) as Exports;
const isModule = (value: unknown): value is ModuleDefinition => MODULES.some(({ name }) => name === (value as ModuleDefinition)?.name);
const isRule = (value: unknown): value is Rule => Array.isArray((value as Rule)?.roles) && typeof (value as Rule).name === 'string';

/** Files of a room that may hold entities: named by their role, or the platform's own, wherever they stand. */
const declaresEntities = (path: string): boolean => path.endsWith('.entity.ts') || /= tenantEntity\(/.test(readText(path));
const isEntity = (value: unknown): value is DeclaredEntity => (value as Partial<DeclaredEntity> | undefined)?.table instanceof Table;
const entitiesIn = async (paths: readonly string[]): Promise<DeclaredEntity[]> =>
  (await Promise.all(paths.filter(declaresEntities).map(importFile))).flatMap((exported) => Object.values(exported).filter(isEntity));
/** Rules that stand in a file, alone or gathered in an object. */
const rulesIn = (exported: Exports): Rule[] =>
  Object.values(exported).flatMap((value) => (isRule(value) ? [value] : Object.values(value as object).filter(isRule)));

const lacking = <T extends { readonly name: string }>(declared: readonly T[], listed: readonly T[] = []): string[] =>
  declared.filter((one) => !listed.includes(one)).map(({ name }) => name);

/** Each module with its room: the folder of its manifest. */
const ROOMS = await Promise.all(
  FILES.filter((path) => /^(src\/domains\/[^/]+\/module|src\/app\/core-module|plugins\/[^/]+\/index)\.ts$/.test(path)).map(async (path) => {
    const manifest = Object.values(await importFile(path)).find(isModule);
    const room = path.startsWith('src/app/') ? 'src/platform/' : `${posix.dirname(path)}/`;
    return { path, manifest: manifest!, files: FILES.filter((file) => file.startsWith(room) && /(?<!\.test)\.ts$/.test(file)) };
  }),
);

describe('every module', () => {
  it('has one manifest and one room', () => {
    expect(ROOMS.length).toBeGreaterThan(7);
    expect(ROOMS.map(({ manifest }) => manifest?.name).sort()).toEqual(MODULES.map(({ name }) => name).sort());
    expect(new Set(MODULES.map(({ name }) => name)).size).toBe(MODULES.length);
  });
  it.each(ROOMS)('says in $path what it is', ({ manifest }) => {
    expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.description).toMatch(/^[A-Z].{10,}\.$/);
  });
  it.each(ROOMS)('lists in $path all its entities, and each once', async ({ manifest, files }) => {
    const declared = await entitiesIn(files);
    expect(lacking(declared, manifest.entities)).toEqual([]);
    expect(manifest.entities?.length ?? 0).toBe(new Set(declared).size);
  });
  it.each(ROOMS)('lists in $path all its rules', async ({ manifest, files }) => {
    const permissions = files.filter((file) => posix.basename(file) === 'permissions.ts');
    const declared = (await Promise.all(permissions.map(importFile))).flatMap(rulesIn);
    expect(declared.length > 0).toBe(permissions.length > 0);
    expect(lacking(declared, manifest.rules)).toEqual([]);
  });
  it('keeps its tables where they belong: plugins in a schema of their own, the core in none', () => {
    for (const { name, isPlugin, tables = [] } of MODULES)
      for (const { name: of } of tables)
        expect(of).toMatch(isPlugin ? new RegExp(`^plg_${name.replaceAll('-', '_')}\\.[a-z_]+$`) : /^[a-z_]+$/);
    const names = MODULES.flatMap(({ tables = [] }) => tables.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(30);
  });
});

describe('a manifest', () => {
  const plugin = (overrides: Partial<ModuleDefinition>): ModuleDefinition =>
    defineModule({ name: 'lending', version: '1.0.0', description: 'Lends tools.', guichet: `^${VERSION}`, ...overrides });
  const load = (...plugins: ModuleDefinition[]) => loadModules(DOMAINS, plugins, VERSION);

  it('is taken as it should be', () => {
    expect(load(plugin({ entities: [tenantEntity('plg_lending.loans', () => ({}))] })).map(({ name }) => name)).toContain('lending');
  });
  it.each<[string, ModuleDefinition[], string]>([
    ['a table outside the plugin’s schema', [plugin({ entities: [tenantEntity('loans', () => ({}))] })], 'call it plg_lending.loans'],
    ['a name of another module', [plugin({}), plugin({})], 'another module has the same name'],
    ['the name of a domain', [plugin({ name: 'contacts' })], 'another module has the same name'],
    ['no version', [plugin({ version: undefined })], 'no semantic version'],
  ])('with %s is refused', (_, plugins, message) => {
    expect(() => load(...plugins)).toThrow(message);
  });
  it('that leaves a table or a rule out is noticed', () => {
    const Loan = tenantEntity('plg_lending.loans', () => ({}));
    const lend = rule('lending.lend', { roles: [ADMIN], description: 'Admins.' });
    expect(lacking([Loan], [])).toEqual(['PlgLendingLoans']);
    expect(lacking([Loan], undefined)).toEqual(['PlgLendingLoans']);
    expect(lacking([Loan], [Loan])).toEqual([]);
    expect(rulesIn({ lending: { lend }, lend, MOST: 3, NAME: 'lend', ADMIN })).toEqual([lend, lend]);
  });
});
