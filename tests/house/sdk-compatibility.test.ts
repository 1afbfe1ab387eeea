import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const CHANGELOG = read('CHANGELOG.md').split('## [0.1.0]')[0]!;
/** What authors of plugins of the last release find changed: each is told in the changelog. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  'tables are declared by `tenantEntity`, and types by the builder': [
    ...['bigint', 'boolean', 'bytewiseText', 'date', 'integer', 'json', 'oneOf', 'table', 'text', 'timestamptz', 'uuid'],
    ...['EntityFields', 'FieldSpec', 'FieldSpecs', 'RootFields', 'SchemaDoor', 'ModuleDefinition', 'MutationDefinition', 'refs'],
    ...['Filter', 'SubscriptionDefinition', 'Transaction', 'UseCase', 'way', 'wayAmong'],
  ],
  'sentences of refusals are texts in two languages': [
    'badRequest',
    'invalid',
    'Issue',
    'rateLimited',
    'refusalPayload',
    'RefusalType',
    'refusalType',
    'versionConflict',
  ],
  'A subscription names its topic': ['EmittedEvent'],
  'services and registrations are found by their tokens': ['provide', 'register', 'Switchboard'],
  '`submitForm(values:)` a list of `FieldValueInput`': ['FormField', 'SubmitRequest'],
  '`toEach` takes the rule': ['toEach'],
  '`WINDOW_MEMBER` and `WINDOW_SUSPENDED` are the window’s own': ['WINDOW_MEMBER', 'WINDOW_SUSPENDED'],
};

/** What a page of docs/reference/ says of each export, without comments. */
const declarations = (page: string): ReadonlyMap<string, string> =>
  new Map(
    [...page.matchAll(/^## (\w+)\n\n```ts\n([\s\S]*?)\n```$/gm)].map(([, name, text]) => [
      name!,
      text!
        .replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ]),
  );
const partsOf = (declaration: string): string[] =>
  declaration.split(/[;,{}()&<>]/).flatMap((part) => part.trim().replace(/^\| /, '') || []);
/** Exports that are gone, and those of which something is: what is only added to goes on. */
const broken = (before: string, now: string): string[] => {
  const here = declarations(now);
  return [...declarations(before)].flatMap(([name, declaration]) => {
    const parts = new Set(partsOf(here.get(name) ?? ''));
    return partsOf(declaration).every((part) => parts.has(part)) ? [] : [name];
  });
};
const page = (body: string): string => `# SDK\n\n## one\n\n\`\`\`ts\n/** What it is. */\n${body}\n\`\`\`\n`;

describe('plugins of the last release', () => {
  const changed = ['sdk', 'input', 'testing'].flatMap((name) =>
    broken(read(`tests/released/0.1.0/${name}.md`), read(`docs/reference/${name}.md`)),
  );

  it('go on, but for what the changelog tells', () => {
    expect(changed.length).toBeGreaterThan(0);
    const told = new Set(Object.values(TOLD).flat());
    expect(changed.filter((name) => !told.has(name))).toEqual([]);
  });
  it.each(Object.entries(TOLD))('are told that %s', (words, names) => {
    expect(names.filter((name) => !changed.includes(name))).toEqual([]);
    expect(CHANGELOG.includes(words)).toBe(true);
  });
});

describe('an export', () => {
  const before = page('export interface One { readonly a: string; b?(): void; }');
  it.each([
    ['is as it was', 'export interface One { readonly a: string; b?(): void; }', []],
    ['has a comment more', 'export interface One { /** First. */ readonly a: string; b?(): void; }', []],
    ['has a member more', 'export interface One { readonly a: string; b?(): void; readonly c?: number; }', []],
    ['has one less', 'export interface One { readonly a: string; }', ['one']],
    ['has another type', 'export interface One { readonly a: number; b?(): void; }', ['one']],
  ])('%s', (_, body, found) => {
    expect(broken(before, page(body))).toEqual(found);
  });
  it('is gone', () => {
    expect(broken(before, '# SDK\n')).toEqual(['one']);
  });
});
