import { describe, expect, it } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS } from '../../src/app/modules.ts';
import { buildSchemas } from '../../src/app/schemas.ts';
import { VERSION } from '../../src/app/version.ts';
import {
  COLLEAGUE,
  defineModule,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  type ModuleDefinition,
  type Rule,
  rule,
  tenantEntity,
  topic,
} from '../../src/sdk/index.ts';

describe('what has no rule', () => {
  const LentTool = tenantEntity('plg_lending.lent_tools', (t) => ({ name: t.text() }));
  const loans = LentTool.table;
  const Loan = entityRef('Loan', loans);
  const lend = rule('lending.lend', { roles: [COLLEAGUE], description: 'Every employee.' });
  const none = undefined as unknown as Rule;
  const build = (types: (builder: GuichetBuilder) => void, rules: readonly Rule[] = [lend]) => {
    const definition: ModuleDefinition = {
      name: 'lending',
      version: '1.0.0',
      description: 'Lends tools.',
      guichet: `^${VERSION}`,
      entities: [LentTool],
      rules,
      types,
    };
    return buildSchemas(loadModules(DOMAINS, [defineModule(definition)], VERSION));
  };
  const roles = [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')];
  const loan = (builder: GuichetBuilder, name: Rule, more: object = {}): void => {
    builder.entity(Loan, {
      description: 'A loan.',
      roles,
      listedFor: [COLLEAGUE],
      fields: (t) => ({
        id: t.globalId({ description: 'Global id.', rule: lend }),
        name: t.column('name', { description: 'Name.', rule: name }),
      }),
      ...more,
    });
    builder.queryField('loans', (t) => t.entityPages(Loan, { description: 'Loans.', rule: lend, listedBy: () => [COLLEAGUE] }));
  };
  const mutation = (builder: GuichetBuilder, act: Rule, told: Rule): void =>
    builder.useCase('lend', {
      description: 'Lends.',
      rule: act,
      run: async () => ({}),
      success: (t) => ({ word: t.string({ nullable: true, description: 'A word.', rule: told, resolve: () => 'lent' }) }),
    });
  const subscription = (builder: GuichetBuilder, act: Rule): void =>
    builder.live('lent', {
      description: 'Loans, live.',
      rule: act,
      topic: topic('LENDING_LOAN', 'Loan'),
      event: 'LentEvent',
      eventDescription: 'Something was lent.',
      stream: ({ organizationId }) => ({ stream: organizationId, payload: () => ({}) }),
      fields: () => ({}),
    });

  it('builds as soon as it has one', () => {
    const { staff, portal } = build((builder) => {
      loan(builder, lend);
      mutation(builder, lend, lend);
      subscription(builder, lend);
    });
    expect(staff.getType('Loan')).toBeDefined();
    expect(staff.getSubscriptionType()?.getFields().lent).toBeDefined();
    expect(portal.getType('Loan')).toBeUndefined();
  });
  it.each<[string, (builder: GuichetBuilder) => void, RegExp]>([
    ['a field of a type', (builder) => loan(builder, none), /lending.*Loan\.name/s],
    ['a type', (builder) => loan(builder, lend, { roles: [], listedFor: [] }), /lending.*Loan/s],
    [
      'a field of another module’s type',
      (builder) =>
        builder.entityFields(entityRef('Product', loans), (t) => ({ lent: t.column('name', { description: 'Name.', rule: none }) })),
      /lending.*Product/s,
    ],
    [
      'a query',
      (builder) => builder.queryField('lent', (t) => t.string({ description: 'A word.', rule: none, resolve: () => '' })),
      /lending.*Query\.lent/s,
    ],
    ['a mutation', (builder) => mutation(builder, none, lend), /lending.*the mutation lend/s],
    ['a field of a payload', (builder) => mutation(builder, lend, none), /lending.*LendSuccess\.word/s],
    ['a subscription', (builder) => subscription(builder, none), /lending.*the subscription lent/s],
    [
      'a filter',
      (builder) => loan(builder, lend, { filters: { name: { compares: 'text', column: 'name', description: 'By name.', rule: none } } }),
      /lending.*name of Loan/s,
    ],
    [
      'an order',
      (builder) => loan(builder, lend, { orders: { NAME: { column: 'name', description: 'By name.', rule: none } } }),
      /lending.*NAME of Loan/s,
    ],
    [
      'a search',
      (builder) => loan(builder, lend, { search: { table: loans, key: 'id', rule: none, normalize: (typed: string) => typed } }),
      /lending.*search of Loan/s,
    ],
  ])('does not build, and is named: %s', (_, types, message) => {
    expect(() => build(types)).toThrow(message);
  });
});
