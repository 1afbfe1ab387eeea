import { describe, expect, it } from 'vitest';
import { COLLEAGUE, OWNER, type Rule, refs, rule, type Topic, topic } from '../../src/sdk/index.ts';
import {
  type Door,
  entity,
  everybody,
  guardedBy,
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
  it.each<[string, Door, string]>([
    [
      'a field without a rule',
      (door) => door.query((t) => ({ tools: t.plain('Int', { description: 'Tools.', rule: none, resolve: () => 1 }) })),
      'Plugin "lending" cannot be loaded: the field Query.tools has no rule; name one: without it nobody is admitted, or start with --without lending.',
    ],
    [
      'a column without a rule',
      (door, own) =>
        door.entity('Loan', {
          table: loans,
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          fields: (t) => ({ id: t.id(own), tool: t.column('tool', { description: 'The tool.', rule: none }) }),
        }),
      'the field Loan.tool has no rule; ',
    ],
    ['a mutation without a rule', (door, own) => mutated(door, { ...own, rule: none }), 'the mutation lendTool has no rule; '],
    ['a subscription without a rule', (door, own) => live(door, { ...own, rule: none }), 'the subscription loans has no rule; '],
    [
      'a subscription without a topic',
      livelyOf(undefined as unknown as Topic),
      'the subscription loans has no topic, so nobody can be told; name one: `topic(name, type)`, ',
    ],
    [
      'a topic of what has no table',
      (door, own) => {
        typed(door, own);
        livelyOf(topic('LENDING_TOOL', 'Tool'))(door, own);
      },
      'no module has declared a type Tool that is backed by a table; ',
    ],
    [
      'a type that nobody can come to',
      (door, own) =>
        door.entity('Loan', { table: loans, description: 'A loan.', roles: [], listedFor: [], fields: (t) => ({ id: t.id(own) }) }),
      'the type Loan has no role, so nobody could come to a row; name `roles` and `listedFor`, ',
    ],
    [
      'a column that is not there',
      (door, own) =>
        door.entity('Loan', {
          table: loans,
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          fields: (t) => ({ due: t.column('due' as 'tool', own) }),
        }),
      'the table plg_lending.loans has no column due; ',
    ],
    [
      'a field of a type that is not there',
      (door, own) => door.query((t) => ({ tools: t.plain('Tools', { ...own, resolve: () => 1 }) })),
      'no module declares the type Tools; declare it, or name the module that does in `needs`, ',
    ],
    [
      'a relation to what has no table',
      (door, own) => {
        typed(door, own);
        door.query((t) => ({ best: t.one('Tool', loans, { ...own, where: ({ id }) => id }) }));
      },
      'no module has declared a type Tool that is backed by a table; ',
    ],
    [
      'a field for a type that is not there',
      (door, own) => door.extend('Contact', refs.Contact, (t) => ({ loans: t.id(own) })),
      'lending gives fields to Contact, which no module that it needs has declared; declare the type, or name the module that does in `needs`, ',
    ],
    [
      'an order by what not all may read',
      (door, own) =>
        door.entity('Loan', {
          table: loans,
          description: 'A loan.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          orders: {
            TOOL: { column: 'tool', description: 'By tool.', rule: rule('lending.own', { roles: [OWNER], description: 'Owners.' }) },
          },
          fields: (t) => ({ id: t.id(own) }),
        }),
      'Loan cannot be ordered by TOOL: COLLEAGUE may list it but not read the column; ',
    ],
    ['a name that is no name', (door) => door.enum('Tool-Kind', 'Tools.', { SAW: 'A saw.' }), 'Tool-Kind is no name of a GraphQL type; '],
    [
      'one name twice',
      (door, own) => [entity(door, own), entity(door, own)],
      'lending declares the type Loan twice; take one of them away, ',
    ],
    [
      'nothing, and throws',
      () => {
        throw new Error('No tools today.');
      },
      'Plugin "lending" cannot be loaded: No tools today; mend ',
    ],
  ])('%s is refused', (_, schema, message) => {
    expect(refusal([], plugin('lending', schema))).toContain(message);
  });
  it('is named, and not those that are loaded after it', () => {
    const message = refusal([], plugin('lending', queried), plugin('broken', guardedBy(ruleOf('tools'))), plugin('repair', typed));
    expect(message).toContain('Plugin "broken" cannot be loaded: its rule tools.read ');
  });
});
