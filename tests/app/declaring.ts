import { expect } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { buildSchemas } from '../../src/app/schemas.ts';
import {
  COLLEAGUE,
  defineModule,
  heldByAll,
  input,
  type ModuleDefinition,
  type Role,
  type Rule,
  refusalType,
  rule,
  type SchemaDoor,
  type Topic,
  table,
  text,
  topic,
} from '../../src/sdk/index.ts';

// Plugins that declare one thing each, and what is said of those that cannot be loaded.

export type Door = (door: SchemaDoor, own: { rule: Rule; description: string }) => void;
export const ruleOf = (name: string, act = 'read'): Rule =>
  rule(`${name.replaceAll(/-[a-z]/g, (dash) => dash[1]!.toUpperCase())}.${act}`, { roles: [COLLEAGUE], description: 'Every employee.' });
export const plugin = (name: string, schema: Door, more: Partial<ModuleDefinition> = {}): ModuleDefinition =>
  defineModule({
    name,
    version: '1.0.0',
    description: 'Does something.',
    guichet: '^0.1.0',
    schema: (door) => schema(door, { rule: ruleOf(name), description: 'Something.' }),
    ...more,
  });
export const build = (domains: readonly ModuleDefinition[], ...plugins: ModuleDefinition[]) =>
  buildSchemas(loadModules(domains, plugins, '0.1.0'));
export const refusal = (domains: readonly ModuleDefinition[], ...plugins: ModuleDefinition[]): string => {
  try {
    build(domains, ...plugins);
  } catch (error) {
    expect((error as Error).name).toBe('ModuleError');
    return (error as Error).message;
  }
  throw new Error('The schemas were built.');
};

export const loans = table('plg_lending.loans', { columns: { tool: text() } });
export const everybody = [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')];
export const entity: Door = (door, own) =>
  door.entity('Loan', {
    table: loans,
    description: 'A loan.',
    roles: everybody,
    listedFor: [COLLEAGUE],
    fields: (t) => ({ id: t.id(own) }),
  });
export const typed: Door = (door, own) => {
  door.object('Tool', 'A tool.', { name: door.root.plain('String', { ...own, resolve: () => 'Saw' }) });
  door.query((t) => ({ tool: t.plain('Tool', { ...own, resolve: () => ({}) }) }));
};
export const queried: Door = (door, own) => door.query((t) => ({ tools: t.plain('Int', { ...own, resolve: () => 1 }) }));
export const mutated: Door = (door, own) =>
  door.mutation('lendTool', {
    ...own,
    input: { tool: input.text('The tool.') },
    success: (t) => ({ done: t.plain('Boolean', { ...own, resolve: () => true }) }),
    run: async () => ({}),
  });
export const refusing =
  (type: ReturnType<typeof refusalType>, mutation: string): Door =>
  (door, own) =>
    door.mutation(mutation, {
      ...own,
      input: {},
      refusals: [type],
      success: (t) => ({ done: t.plain('Boolean', { ...own, resolve: () => true }) }),
      run: async () => ({}),
    });
export const sentence = (name: string) =>
  refusalType(name, { description: 'It is not there.', message: { en: 'Gone.', 'zh-CN': '没有了。' } });
export const taking =
  (mutation: string): Door =>
  (door, own) =>
    door.mutation(mutation, {
      ...own,
      input: { line: input.inputObject('LoanLineInput', 'One line.', { tool: input.text('The tool.') }) },
      success: (t) => ({ done: t.plain('Boolean', { ...own, resolve: () => true }) }),
      run: async () => ({}),
    });
export const loanEvents = topic('LENDING_LOAN', 'Paper');
export const livelyOf =
  (of: Topic, name = 'loans'): Door =>
  (door, own) =>
    door.subscription(name, {
      ...own,
      topic: of,
      event: `${name[0]!.toUpperCase()}${name.slice(1)}Event`,
      eventDescription: 'Something happened.',
      fields: () => ({}),
      stream: ({ organizationId }) => ({ stream: organizationId, payload: () => ({}) }),
    });
export const live = livelyOf(loanEvents);
export const keeper = (name: string): Role => ({ name, bearer: 'EMPLOYEE', description: 'Who keeps it.' });
export const guardedBy =
  (of: Rule, field = 'keys'): Door =>
  (door) =>
    door.query((t) => ({ [field]: t.plain('Int', { description: 'Keys.', rule: of, resolve: () => 1 }) }));
