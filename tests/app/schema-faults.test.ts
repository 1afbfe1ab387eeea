import { describe, expect, it } from 'vitest';
import { COLLEAGUE, entityRef, OWNER, type Rule, rule, sql, type Topic, topic, types } from '../../src/sdk/index.ts';
import {
  type Declares,
  entity,
  everybody,
  guardedBy,
  Loan,
  listed,
  live,
  livelyOf,
  loans,
  mutated,
  plugin,
  queried,
  refusal,
  ruleOf,
  typed,
} from './declaring.ts';

// What a plugin declares in the schema and what does not hold: one sentence names the plugin, the fault and the mend.

describe('a plugin that declares what does not hold', () => {
  const none = undefined as unknown as Rule;
  it.each<[string, Declares, string]>([
    [
      'a field without a rule',
      (builder) => builder.queryField('tools', (t) => t.int({ description: 'Tools.', rule: none, resolve: () => 1 })),
      'Plugin "lending" cannot be loaded: the field Query.tools has no rule; name one: without it nobody is admitted, or start with --without lending.',
    ],
    [
      'a column without a rule',
      (builder, own) =>
        builder.entity(Loan, {
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          fields: (t) => ({ id: t.globalId(own), tool: t.column('tool', { description: 'The tool.', rule: none }) }),
        }),
      'the field Loan.tool has no rule; ',
    ],
    ['a mutation without a rule', (builder, own) => mutated(builder, { ...own, rule: none }), 'the mutation lendTool has no rule; '],
    [
      'a key of its own',
      (builder, own) =>
        builder.useCase('lendTool', {
          ...own,
          doesOnce: true,
          input: (t) => ({ idempotencyKey: t.text({ description: 'A key.' }) }),
          run: async () => ({}),
          success: (t) => ({ done: t.boolean({ nullable: true, ...own, resolve: () => true }) }),
        }),
      'the input of lendTool has a field idempotencyKey of its own; take it away; `doesOnce: true` gives it one, ',
    ],
    ['a subscription without a rule', (builder, own) => live(builder, { ...own, rule: none }), 'the subscription loans has no rule; '],
    [
      'a subscription without a topic',
      livelyOf(undefined as unknown as Topic),
      'the subscription loans has no topic, so nobody can be told; name one: `topic(name, type)`, ',
    ],
    [
      'a topic of what has no table',
      (builder, own) => {
        typed(builder, own);
        livelyOf(topic('LENDING_TOOL', 'Tool'))(builder, own);
      },
      'no module has declared a type Tool that is backed by a table; ',
    ],
    [
      'a type that nobody can come to',
      (builder, own) =>
        builder.entity(Loan, { description: 'A loan.', roles: [], listedFor: [], fields: (t) => ({ id: t.globalId(own) }) }),
      'the type Loan has no role, so nobody could come to a row; name `roles` and `listedFor`, ',
    ],
    [
      'a column that is not there',
      (builder, own) =>
        builder.entity(Loan, {
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          fields: (t) => ({ due: t.column('due' as 'tool', own) }),
        }),
      'the table plg_lending.loans has no column due; ',
    ],
    [
      'a column that a field needs and that is not there',
      (builder, own) =>
        builder.entity(Loan, {
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          fields: (t) => ({ id: t.globalId(own), label: t.string({ ...own, needs: ['tol' as 'tool'], resolve: () => '' }) }),
        }),
      'the table plg_lending.loans has no column tol; ',
    ],
    [
      'a filter by what its column is not',
      (builder, own) =>
        builder.entity(Loan, {
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          filters: { tool: { compares: 'number', column: 'tool', ...own } },
          fields: (t) => ({ id: t.globalId(own) }),
        }),
      "the filter tool of Loan compares 'number', and its column tool is of the type text; write 'text' or 'enum', ",
    ],
    [
      'SQL over a column that is not there',
      (builder, own) => {
        entity(builder, own);
        builder.queryField('loans', (t) => t.entityPages(Loan, { ...own, where: (loan) => sql`${loan['due' as 'tool']} is null` }));
      },
      'its SQL asks for due of plg_lending.loans, which no handle of that table has; use one of organization_id, id, tool, ',
    ],
    [
      'SQL made from a text',
      (builder, own) => {
        entity(builder, own);
        builder.queryField('loans', (t) => t.entityPages(Loan, { ...own, where: () => sql('tool is null' as never) }));
      },
      'its SQL is made from a text; write sql`…` as a tag, with columns of handles in it, ',
    ],
    [
      'a field of a type that is not there',
      (builder, own) => builder.queryField('tools', (t) => t.field({ ...own, type: 'Tools' as never, resolve: () => 1 as never })),
      'no module declares the type Tools; declare it, or name the module that does in `needs`, ',
    ],
    [
      'a relation to what has no table',
      (builder, own) => {
        typed(builder, own);
        builder.queryField('best', (t) => t.entity(entityRef('Tool', loans), { ...own, where: ({ id }) => id }));
      },
      'no module has declared a type Tool that is backed by a table; ',
    ],
    [
      'a field for a type that is not there',
      (builder, own) => builder.entityFields(types.Contact, (t) => ({ loans: t.globalId(own) })),
      'lending gives fields to Contact, which no module that it needs has declared; declare the type, or name the module that does in `needs`, ',
    ],
    [
      'an order by what not all may read',
      (builder, own) =>
        builder.entity(Loan, {
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          orders: {
            TOOL: { column: 'tool', description: 'By tool.', rule: rule('lending.own', { roles: [OWNER], description: 'Owners.' }) },
          },
          fields: (t) => ({ id: t.globalId(own) }),
        }),
      'Loan cannot be ordered by TOOL: COLLEAGUE may list it but not read the column; ',
    ],
    [
      'two fields of one name that do not say for which surface',
      (builder, own) =>
        builder.entity(Loan, {
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          fields: (t) => ({ id: t.globalId(own), tool: t.onEach({ staff: t.column('tool', own), portal: t.column('tool', own) }) }),
        }),
      'tool is declared twice; name the surface of each, ',
    ],
    ['a name that is no name', (builder) => listed('Tool-Kind')(builder, {} as never), 'Tool-Kind is no name of a GraphQL type; '],
    [
      'one name twice',
      (builder, own) => [entity(builder, own), entity(builder, own)],
      'lending declares the type Loan twice; take one of them away, ',
    ],
    [
      'nothing, and throws',
      () => {
        throw new Error('No tools today.');
      },
      'Plugin "lending" cannot be loaded: No tools today; mend ',
    ],
  ])('%s is refused', (_, declares, message) => {
    expect(refusal([], plugin('lending', declares))).toContain(message);
  });
  it('is named, and not those that are loaded after it', () => {
    const message = refusal([], plugin('lending', queried), plugin('broken', guardedBy(ruleOf('tools'))), plugin('repair', typed));
    expect(message).toContain('Plugin "broken" cannot be loaded: its rule tools.read ');
  });
});
