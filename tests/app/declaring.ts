import { expect } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { buildSchemas } from '../../src/app/schemas.ts';
import {
  COLLEAGUE,
  defineModule,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  type ModuleDefinition,
  type Role,
  type Rule,
  refusalType,
  rule,
  type Topic,
  tenantEntity,
  topic,
} from '../../src/sdk/index.ts';

// Plugins that declare one thing each, and what is said of those that cannot be loaded.

export type Declares = (builder: GuichetBuilder, own: { rule: Rule; description: string }) => void;
export const ruleOf = (name: string, act = 'read'): Rule =>
  rule(`${name.replaceAll(/-[a-z]/g, (dash) => dash[1]!.toUpperCase())}.${act}`, { roles: [COLLEAGUE], description: 'Every employee.' });
export const plugin = (name: string, types: Declares, more: Partial<ModuleDefinition> = {}): ModuleDefinition =>
  defineModule({
    name,
    version: '1.0.0',
    description: 'Does something.',
    guichet: '^0.1.0',
    entities: name === 'lending' ? [LoanEntity] : [],
    types: (builder) => types(builder, { rule: ruleOf(name), description: 'Something.' }),
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

const LoanEntity = tenantEntity('plg_lending.loans', (t) => ({ tool: t.text() }));
export const loans = LoanEntity.table;
export const Loan = entityRef('Loan', loans);
export const everybody = [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')];
export const entity: Declares = (builder, own) =>
  builder.entity(Loan, {
    description: 'A loan.',
    roles: everybody,
    listedFor: [COLLEAGUE],
    fields: (t) => ({ id: t.globalId(own) }),
  });
export const typed: Declares = (builder, own) => {
  const Tool = builder.objectRef<{ name: string }>('Tool').implement({
    description: 'A tool.',
    fields: (t) => ({ name: t.exposeString('name', own) }),
  });
  builder.queryField('tool', (t) => t.field({ type: Tool, nullable: true, ...own, resolve: () => ({ name: 'Saw' }) }));
};
export const queried: Declares = (builder, own) => builder.queryField('tools', (t) => t.int({ nullable: true, ...own, resolve: () => 1 }));
export const listed =
  (name: string): Declares =>
  (builder) =>
    void builder.enumType(name, { description: 'Tools.', values: { SAW: { description: 'A saw.' } } });
export const mutated: Declares = (builder, own) =>
  builder.useCase('lendTool', {
    ...own,
    input: (t) => ({ tool: t.text({ description: 'The tool.' }) }),
    run: async () => ({}),
    success: (t) => ({ done: t.boolean({ nullable: true, ...own, resolve: () => true }) }),
  });
export const refusing =
  (type: ReturnType<typeof refusalType>, mutation: string): Declares =>
  (builder, own) =>
    builder.useCase(mutation, {
      ...own,
      refusals: [type],
      run: async () => ({}),
      success: (t) => ({ done: t.boolean({ nullable: true, ...own, resolve: () => true }) }),
    });
export const sentence = (name: string) =>
  refusalType(name, { description: 'It is not there.', message: { en: 'Gone.', 'zh-CN': '没有了。' } });
export const taking =
  (mutation: string): Declares =>
  (builder, own) => {
    const Line = builder.inputType('LoanLineInput', {
      description: 'One line.',
      fields: (t) => ({ tool: t.text({ description: 'The tool.' }) }),
    });
    builder.useCase(mutation, {
      ...own,
      input: (t) => ({ lines: t.listOf(Line, { description: 'Lines.' }) }),
      run: async () => ({}),
      success: (t) => ({ done: t.boolean({ nullable: true, ...own, resolve: () => true }) }),
    });
  };
export const loanEvents = topic('LENDING_LOAN', 'Paper');
export const livelyOf =
  (of: Topic, name = 'loans'): Declares =>
  (builder, own) =>
    builder.live(name, {
      ...own,
      topic: of,
      event: `${name[0]!.toUpperCase()}${name.slice(1)}Event`,
      eventDescription: 'Something happened.',
      stream: ({ organizationId }) => ({ stream: organizationId, payload: () => ({}) }),
      fields: () => ({}),
    });
export const live = livelyOf(loanEvents);
export const keeper = (name: string): Role => ({ name, bearer: 'EMPLOYEE', description: 'Who keeps it.' });
export const guardedBy =
  (of: Rule, field = 'keys'): Declares =>
  (builder) =>
    builder.queryField(field, (t) => t.int({ nullable: true, description: 'Keys.', rule: of, resolve: () => 1 }));
