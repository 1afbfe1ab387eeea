import { describe, expect, it } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS } from '../../src/app/modules.ts';
import { buildSchemas } from '../../src/app/schemas.ts';
import { VERSION } from '../../src/app/version.ts';
import {
  COLLEAGUE,
  defineModule,
  heldByAll,
  type ModuleDefinition,
  type Rule,
  rule,
  type SchemaDoor,
  table,
  text,
  topic,
} from '../../src/sdk/index.ts';

describe('what has no rule', () => {
  const loans = table('plg_lending.loans', { columns: { name: text() } });
  const lend = rule('lending.lend', { roles: [COLLEAGUE], description: 'Every employee.' });
  const none = undefined as unknown as Rule;
  const build = (schema: (door: SchemaDoor) => void, rules: readonly Rule[] = [lend]) => {
    const definition: ModuleDefinition = {
      name: 'lending',
      version: '1.0.0',
      description: 'Lends tools.',
      guichet: `^${VERSION}`,
      rules,
      schema,
    };
    return buildSchemas(loadModules(DOMAINS, [defineModule(definition)], VERSION));
  };
  const roles = [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')];
  const loan = (door: SchemaDoor, name: Rule, more: object = {}): void => {
    door.entity('Loan', {
      table: loans,
      description: 'A loan.',
      roles,
      listedFor: [COLLEAGUE],
      fields: (t) => ({
        id: t.id({ description: 'Global id.', rule: lend }),
        name: t.column('name', { description: 'Name.', rule: name }),
      }),
      ...more,
    });
    door.query((t) => ({ loans: t.connection('Loan', loans, { description: 'Loans.', rule: lend, listedBy: () => [COLLEAGUE] }) }));
  };
  const mutation = (door: SchemaDoor, act: Rule, told: Rule): void =>
    door.mutation('lend', {
      description: 'Lends.',
      rule: act,
      input: {},
      success: (t) => ({ word: t.plain('String', { description: 'A word.', rule: told, resolve: () => 'lent' }) }),
      run: async () => ({}),
    });
  const subscription = (door: SchemaDoor, act: Rule): void =>
    door.subscription('lent', {
      description: 'Loans, live.',
      rule: act,
      topic: topic('LENDING_LOAN', 'Loan'),
      event: 'LentEvent',
      eventDescription: 'Something was lent.',
      fields: () => ({}),
      stream: ({ organizationId }) => ({ stream: organizationId, payload: () => ({}) }),
    });

  it('builds as soon as it has one', () => {
    const { staff, portal } = build((door) => {
      loan(door, lend);
      mutation(door, lend, lend);
      subscription(door, lend);
    });
    expect(staff.getType('Loan')).toBeDefined();
    expect(staff.getSubscriptionType()?.getFields().lent).toBeDefined();
    expect(portal.getType('Loan')).toBeUndefined();
  });
  it.each<[string, (door: SchemaDoor) => void, RegExp]>([
    ['a field of a type', (door) => loan(door, none), /lending.*Loan\.name/s],
    ['a type', (door) => loan(door, lend, { roles: [], listedFor: [] }), /lending.*Loan/s],
    [
      'a field of another module’s type',
      (door) => door.extend('Product', loans, (t) => ({ lent: t.column('name', { description: 'Name.', rule: none }) })),
      /lending.*Product/s,
    ],
    [
      'a query',
      (door) => door.query((t) => ({ lent: t.plain('String', { description: 'A word.', rule: none, resolve: () => '' }) })),
      /lending.*Query\.lent/s,
    ],
    ['a mutation', (door) => mutation(door, none, lend), /lending.*the mutation lend/s],
    ['a field of a payload', (door) => mutation(door, lend, none), /lending.*LendSuccess\.word/s],
    ['a subscription', (door) => subscription(door, none), /lending.*the subscription lent/s],
    [
      'a filter',
      (door) => loan(door, lend, { filters: { name: { compares: 'text', column: 'name', description: 'By name.', rule: none } } }),
      /lending.*name of Loan/s,
    ],
    [
      'an order',
      (door) => loan(door, lend, { orders: { NAME: { column: 'name', description: 'By name.', rule: none } } }),
      /lending.*NAME of Loan/s,
    ],
    [
      'a search',
      (door) => loan(door, lend, { search: { table: loans, key: 'id', rule: none, normalize: (typed: string) => typed } }),
      /lending.*search of Loan/s,
    ],
  ])('does not build, and is named: %s', (_, schema, message) => {
    expect(() => build(schema)).toThrow(message);
  });
});
