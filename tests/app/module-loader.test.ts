import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS } from '../../src/app/modules.ts';
import { accepts } from '../../src/app/version-range.rules.ts';
import {
  cursorSealer,
  defineModule,
  type FormKind,
  formKinds,
  formsService,
  type ModuleDefinition,
  provide,
  register,
  tenantEntity,
} from '../../src/sdk/index.ts';

// What keeps a plugin from being loaded: each error says in one sentence which plugin, what, and how to mend it (spec 8.3).

const VERSION = '0.3.1';
const plugin = (overrides: Record<string, unknown> = {}): ModuleDefinition =>
  defineModule({ name: 'lending', version: '1.0.0', description: 'Lends tools.', guichet: '^0.3.0', ...overrides } as ModuleDefinition);
const load = (...plugins: ModuleDefinition[]) => loadModules(DOMAINS, plugins, VERSION);
const refusal = (...plugins: ModuleDefinition[]): string => {
  try {
    load(...plugins);
  } catch (error) {
    expect((error as Error).name).toBe('ModuleError');
    return (error as Error).message;
  }
  throw new Error('These were loaded.');
};
const kind = (word: string): FormKind => ({ kind: word, type: 'Loan', numberPrefix: 'LN', hasOwnMutation: true });
const registering = (...words: string[]) => ({ registrations: words.map((word) => register(formKinds, kind(word))) });

describe('a plugin', () => {
  it('is loaded after all that it needs, whatever the order', () => {
    const names = load(plugin({ needs: ['repair', 'forms'] }), plugin({ name: 'repair' })).map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['repair', 'lending']);
    expect(names).toEqual(expect.arrayContaining(DOMAINS.map(({ name }) => name)));
  });

  const leave = 'or start with --without lending.';
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a name in capitals',
      { name: 'Lending' },
      'Plugin "Lending" cannot be loaded: its name is not made of lower case letters, digits and single dashes; rename it, or start with --without Lending.',
    ],
    ['no name', { name: undefined }, 'Plugin "undefined" cannot be loaded: its name is not made of lower case letters, '],
    ['a version in words', { version: 'one' }, `its version "one" is no semantic version; write it like 1.0.0, ${leave}`],
    ['no version', { version: undefined }, `its version "undefined" is no semantic version; write it like 1.0.0, ${leave}`],
    [
      'no description',
      { description: undefined },
      'Plugin "lending" cannot be loaded: its definition is not right at `description`: Invalid input: expected string, received undefined; ',
    ],
    ['needs that are no list', { needs: 'forms' }, 'its definition is not right at `needs`: Invalid input: expected array'],
    ['types that are no function', { types: {} }, 'its definition is not right at `types`: a function is expected; '],
    [
      'no range of Guichet',
      { guichet: undefined },
      `it does not say which versions of Guichet it works with; add \`guichet: '^${VERSION}'\`, ${leave}`,
    ],
    [
      'a range that cannot be read',
      { guichet: '>=0.3.0' },
      `its range ">=0.3.0" cannot be read; write a caret range or one version, such as ^${VERSION}, ${leave}`,
    ],
    [
      'a range for other versions',
      { guichet: '^0.2.0' },
      `it works with Guichet ^0.2.0, and this is ${VERSION}; install a version of the plugin for this server, ${leave}`,
    ],
    [
      'a need that is not there',
      { needs: ['repair'] },
      `Plugin "lending" cannot be loaded: it needs "repair", which is not there; install repair, ${leave}`,
    ],
    ['itself as a need', { needs: ['lending'] }, `it needs itself: lending → lending; take one of these needs away, ${leave}`],
    [
      'a table outside its schema',
      { entities: [tenantEntity('loans', () => ({}))] },
      `its table loans lies outside its own database schema; call it plg_lending.loans, ${leave}`,
    ],
    [
      'a table in the schema of another plugin',
      { name: 'lend', entities: [tenantEntity('plg_lending.loans', () => ({}))] },
      'Plugin "lend" cannot be loaded: its table plg_lending.loans lies outside its own database schema; call it plg_lend.loans, ',
    ],
    [
      'a migration that leaves its schema',
      { migrations: [{ name: '0001-initial', sql: 'create schema plg_lending; drop table contacts' }] },
      `its migration 0001-initial holds what a plugin’s may not hold: "drop table contacts"; let it create, alter, drop and grant tables and indexes of plg_lending alone, ${leave}`,
    ],
    [
      'settings without defaults',
      { settings: z.object({ tone: z.string() }) },
      'its settings have no default at `tone`: Invalid input: expected string',
    ],
    [
      'settings that are no zod type',
      { settings: { tone: 'loud' } },
      'its settings are no zod type; write them as a zod object whose every setting has a default, ',
    ],
    ['two form kinds without its prefix', registering('LENDING_TOOL', 'LOAN'), 'its form kind LOAN does not carry its prefix'],
  ])('with %s is refused', (_, overrides, message) => {
    expect(refusal(plugin(overrides))).toContain(message);
  });
  it('may have one form kind of any name, and several with its prefix', () => {
    expect(load(plugin(registering('LOAN')))).toHaveLength(DOMAINS.length + 1);
    expect(load(plugin(registering('LENDING_LOAN', 'LENDING_RETURN')))).toHaveLength(DOMAINS.length + 1);
  });
  it('with dashes in its name has a schema with underscores', () => {
    expect(load(plugin({ name: 'tool-lending', entities: [tenantEntity('plg_tool_lending.loans', () => ({}))] }))).toBeDefined();
  });
});

describe('two plugins', () => {
  it.each<[string, ModuleDefinition[], string]>([
    ['one name', [plugin(), plugin()], 'Plugin "lending" cannot be loaded: another module has the same name; rename one of them, '],
    ['the name of a domain', [plugin({ name: 'contacts' })], 'Plugin "contacts" cannot be loaded: another module has the same name; '],
    [
      'a circle of needs',
      [plugin({ needs: ['repair'] }), plugin({ name: 'repair', needs: ['lending'] })],
      'Plugin "lending" cannot be loaded: it needs itself: lending → repair → lending; take one of these needs away, ',
    ],
    [
      'one form kind',
      [plugin(registering('LOAN')), plugin({ name: 'repair', ...registering('LOAN') })],
      'Plugin "repair" cannot be loaded: lending and repair both declare the form kind LOAN; rename it in one of them, or start with --without repair.',
    ],
    [
      'one service',
      [
        plugin({ services: [provide({ name: 'lending.shelf' }, 1)] }),
        plugin({ name: 'repair', services: [provide({ name: 'lending.shelf' }, 2)] }),
      ],
      'Plugin "repair" cannot be loaded: lending and repair both declare the service lending.shelf; ',
    ],
  ])('with %s are refused, and both are named', (_, plugins, message) => {
    expect(refusal(...plugins)).toContain(message);
  });
  it.each([
    [formsService, 'forms and lending both declare the service forms; '],
    [cursorSealer, 'core and lending both declare the service core.cursorSealer; '],
  ])('cannot take the place of the core: $name', (token, message) => {
    expect(refusal(plugin({ services: [provide(token as { name: string }, {})] }))).toContain(message);
  });
});

describe('a range of versions', () => {
  it.each([
    ['^1.2.3', '1.2.3', true],
    ['^1.2.3', '1.9.0', true],
    ['^1.2.3', '1.2.2', false],
    ['^1.2.3', '2.0.0', false],
    ['^0.2.3', '0.2.4', true],
    ['^0.2.3', '0.3.0', false],
    ['^0.2.3', '0.2.2', false],
    ['0.2.3', '0.2.3', true],
    ['0.2.3', '0.2.4', false],
    ['*', '0.2.3', false],
  ])('%s admits %s: %s', (range, version, admitted) => {
    expect(accepts(range, version)).toBe(admitted);
  });
});
