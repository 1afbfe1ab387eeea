import { describe, expect, it } from 'vitest';
import { DOMAINS } from '../../src/app/modules.ts';
import {
  ADMIN,
  COLLEAGUE,
  defineModule,
  entityRef,
  type ModuleDefinition,
  type Rule,
  refs,
  rule,
  tenantEntity,
  topic,
  types,
} from '../../src/sdk/index.ts';
import {
  build,
  type Declares,
  entity,
  everybody,
  guardedBy,
  keeper,
  listed,
  live,
  livelyOf,
  mutated,
  plugin,
  queried,
  refusal,
  refusing,
  ruleOf,
  sentence,
  taking,
  typed,
} from './declaring.ts';

// Names that plugins claim in the schema: a clash names both, and what all modules share is named with a prefix (spec 8.3).

const Papers = tenantEntity('papers', (t) => ({ kind: t.text() }));
const papersTable = Papers.table;
const Paper = entityRef('Paper', papersTable);

describe('two plugins that claim one name', () => {
  it.each<[string, Declares, Declares]>([
    ['the type Loan', entity, entity],
    ['the type Tool', typed, listed('Tool')],
    ['the type Tools', listed('Tools'), (builder) => void builder.unionType('Tools', { description: 'Tools.', types: ['Tool'] as never })],
    ['the field Query.tools', queried, queried],
    ['the mutation lendTool', mutated, mutated],
    ['the type LoanLineInput', taking('lendTool'), taking('repairTool')],
    ['the type LendToolInput', mutated, listed('LendToolInput')],
    ['the subscription loans', live, live],
    ['the topic LENDING_LOAN', live, livelyOf(topic('LENDING_LOAN', 'Paper'), 'repairs')],
    [
      'the kind LOAN of Paper',
      (builder) => void builder.entityKind(entityRef('Loan', papersTable), Paper, { value: 'LOAN', description: 'A loan.' }),
      (builder) => void builder.entityKind(entityRef('RepairLoan', papersTable), Paper, { value: 'LOAN', description: 'A loan.' }),
    ],
    ['the refusal LendingGone', refusing(sentence('LendingGone'), 'lendTool'), refusing(sentence('LendingGone'), 'repairTool')],
    [
      'the rule lending.keys',
      guardedBy(ruleOf('lending', 'keys')),
      guardedBy(rule('lending.keys', { roles: [ADMIN], description: 'Admins.' }), 'locks'),
    ],
  ])('%s: the error names both', (what, first, second) => {
    const papers = defineModule({
      name: 'papers',
      version: '1.0.0',
      description: 'Papers.',
      entities: [Papers],
      types: (builder) =>
        void builder.entityInterface(Paper, {
          description: 'A paper.',
          roles: everybody,
          listedFor: [COLLEAGUE],
          kindColumn: 'kind',
          otherwise: 'OtherPaper',
          fields: (t) => ({ id: t.globalId({ description: 'Its id.', rule: ruleOf('papers') }) }),
        }),
    });
    const message = refusal([papers], plugin('lending', first), plugin('repair', second));
    expect(message.replace('repair and lending', 'lending and repair')).toBe(
      `Plugin "repair" cannot be loaded: lending and repair both declare ${what}; rename it in one of them, or start with --without repair.`,
    );
  });
  it('a role: the error names both', () => {
    const roleOf = (act: string): Rule => rule(act, { roles: [keeper('LENDING_KEEPER')], description: 'Who keeps it.' });
    expect(
      refusal([], plugin('lending', guardedBy(roleOf('lending.keys'))), plugin('repair', guardedBy(roleOf('repair.keys'), 'locks'))),
    ).toContain('Plugin "repair" cannot be loaded: lending and repair both declare the role LENDING_KEEPER; ');
  });
});

describe('a plugin that claims what is the core’s', () => {
  it.each<[string, Declares, string]>([
    ['a type', listed('Contact'), 'contacts and lending both declare the type Contact; '],
    ['a scalar', listed('DateTime'), 'core and lending both declare the type DateTime; '],
    [
      'a field of Query',
      (builder, own) => builder.queryField('contacts', (t) => t.int({ ...own, resolve: () => 1 })),
      'contacts and lending both declare the field Query.contacts; ',
    ],
    [
      'a field of a type',
      (builder, own) => builder.entityFields(types.Contact, (t) => ({ phone: t.expression('String', ({ id }) => id, own) })),
      'contacts and lending both declare the field Contact.phone; ',
    ],
    [
      'a role',
      guardedBy(rule('lending.keys', { roles: [keeper('OWNER')], description: 'Own.' })),
      'core and lending both declare the role OWNER; ',
    ],
    [
      'a rule',
      guardedBy(rule('contact.edit', { roles: [COLLEAGUE], description: 'Everybody.' })),
      'contacts and lending both declare the rule contact.edit; ',
    ],
    ['a topic', livelyOf(topic('FORM', 'BusinessForm')), 'forms and lending both declare the topic FORM; '],
    [
      'a kind of form',
      (builder) =>
        void builder.entityKind(entityRef('Loan', refs.BusinessForm), types.BusinessForm, { value: 'GENERAL', description: 'A loan.' }),
      'forms and lending both declare the kind GENERAL of BusinessForm; ',
    ],
  ])('%s is refused', (_, declares, message) => {
    expect(refusal(DOMAINS, plugin('lending', declares))).toContain(message);
  });
});

describe('a plugin whose names lack its prefix', () => {
  it.each<[string, ModuleDefinition, string]>([
    ['a rule', plugin('lending', guardedBy(ruleOf('tools'))), 'its rule tools.read does not carry its prefix; call it lending.…, '],
    [
      'a rule of a field of a type',
      plugin('lending', (builder) => {
        const Tool = builder.objectRef<{ name: string }>('Tool');
        builder.objectType(Tool, { description: 'A tool.' }, (t) => ({
          name: t.exposeString('name', { rule: ruleOf('tools'), description: 'Its name.' }),
        }));
        builder.queryField('tool', (t) =>
          t.field({ type: Tool, rule: ruleOf('lending'), description: 'A tool.', resolve: () => ({ name: 'Saw' }) }),
        );
      }),
      'its rule tools.read does not carry its prefix; call it lending.…, ',
    ],
    [
      'a rule of the manifest',
      plugin('lending', () => {}, { rules: [ruleOf('tools')] }),
      'its rule tools.read does not carry its prefix; ',
    ],
    ['a rule of a name with dashes', plugin('tool-lending', guardedBy(ruleOf('tool'))), 'call it toolLending.…, '],
    [
      'a role',
      plugin('lending', guardedBy(rule('lending.keys', { roles: [keeper('KEEPER')], description: 'Keep.' }))),
      'its role KEEPER does not carry its prefix; call it LENDING_…, ',
    ],
    [
      'a refusal',
      plugin('lending', refusing(sentence('ToolGone'), 'lendTool')),
      'its refusal ToolGone does not carry its prefix; call it Lending…, ',
    ],
  ])('%s is refused', (_, definition, message) => {
    expect(refusal([], definition)).toContain(message);
  });
  it('is none where they carry it', () => {
    const roles = [keeper('TOOL_LENDING_KEEPER')];
    const own = rule('toolLending.keys', { roles, description: 'Keep.' });
    const built = build([], plugin('tool-lending', guardedBy(own)), plugin('lending', refusing(sentence('LendingGone'), 'lendTool')));
    expect(built.staff.getType('Role')).toMatchObject({ name: 'Role' });
    expect(built.permissions.map(({ name }) => name)).toEqual(expect.arrayContaining(['toolLending.keys', 'lending.read']));
  });
});
