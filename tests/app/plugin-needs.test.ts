import { describe, expect, it } from 'vitest';
import { DOMAINS } from '../../src/app/modules.ts';
import { openings } from '../../src/app/plugin-openings.ts';
import { checkTables } from '../../src/app/plugin-tables.rules.ts';
import {
  type FormKind,
  formKinds,
  heldToward,
  type ModuleDefinition,
  refs,
  register,
  rule,
  sql,
  tenantEntity,
  types,
  way,
} from '../../src/sdk/index.ts';
import { build, type Declares, entity, keeper, Loan, loans, plugin, refusal } from './declaring.ts';

// What `plugin check` refuses beside what cannot be built, and what it tells that a plugin opens.

const kind = (numberPrefix: string, word = 'LOAN'): FormKind => ({ kind: word, type: 'GeneralForm', numberPrefix, hasOwnMutation: false });
const registering = (name: string, numberPrefix: string, needs = ['forms'], word?: string) =>
  plugin(name, () => {}, { needs, registrations: [register(formKinds, kind(numberPrefix, word))] });

describe('a prefix of numbers', () => {
  it('that the core has is refused', () => {
    expect(refusal(DOMAINS, registering('lending', 'BF'))).toContain('forms and lending both declare the prefix BF of numbers; ');
  });
  it('that another plugin has is refused', () => {
    const both = [registering('lending', 'LN'), registering('repair', 'LN', ['forms'], 'REPAIR')] as const;
    expect(refusal(DOMAINS, ...both)).toContain('lending and repair both declare the prefix LN of numbers; ');
  });
  it('of its own is none', () => {
    expect(build(DOMAINS, registering('lending', 'LN'))).toBeDefined();
  });
});

describe('a plugin that uses what it does not need', () => {
  const extending: Declares = (builder, own) =>
    builder.entityFields(types.Contact, (t) => ({ number: t.expression('String', ({ id }) => id, own) }));
  const leading: Declares = (builder, own) => {
    entity(builder, own);
    builder.entityFields(Loan, (t) => ({ keeper: t.relation(types.Employee, 'id', own) }));
    builder.queryField('loans', (t) => t.entityPages(Loan, own));
  };
  const entities = [tenantEntity('plg_lending.loans', (t) => ({ contactId: t.idOf(() => refs.Contact) }))];
  it.each<[string, ModuleDefinition, string]>([
    [
      'a type that it gives fields to',
      plugin('lending', extending),
      "lending uses the type Contact of the module contacts, which its `needs` do not name; add 'contacts' to `needs`, ",
    ],
    [
      'a type that its fields lead to',
      plugin('lending', leading),
      'lending uses the type Employee of the module directory, which its `needs` do not name; ',
    ],
    [
      'a table that its own refer to',
      plugin('lending', () => {}, { entities }),
      'lending uses the table contacts of the module contacts, which its `needs` do not name; ',
    ],
    [
      'a list that it adds to',
      registering('lending', 'LN', []),
      'lending uses the list forms.kinds of the module forms, which its `needs` do not name; ',
    ],
  ])('%s is refused', (_, definition, message) => {
    expect(refusal(DOMAINS, definition)).toContain(message);
  });
  it('is none where a module that it needs needs it', () => {
    expect(build(DOMAINS, plugin('lending', extending, { needs: ['forms'] }))).toBeDefined();
    expect(build(DOMAINS, plugin('lending', leading, { needs: ['contacts'] }))).toBeDefined();
  });
});

describe('a plugin whose tables requests may not use, or use past their organization', () => {
  const made = (text: string) => ({ name: 'lending', isPlugin: true, tables: [loans], migrations: [{ name: '0001', sql: text }] });
  const usage = 'create schema plg_lending; grant usage on schema plg_lending to guichet_app;';
  const walls = ['enable', 'force'].map((act) => `alter table plg_lending.loans ${act} row level security;`);
  const table = `create table plg_lending.loans (id uuid); ${walls.join(' ')}`;
  const grant = 'grant select, insert, update, delete on plg_lending.loans to guichet_app;';
  it.each([
    [
      'no grant on the schema',
      `create schema plg_lending; ${table} ${grant}`,
      'lets requests use its schema plg_lending; add one with `grant usage on schema plg_lending to guichet_app;`',
    ],
    ['no grant on a table', `${usage} ${table}`, `lets requests use its table plg_lending.loans; add one with \`${grant}\``],
    [
      'a grant to somebody else',
      `${usage} ${table} ${grant.replace('guichet_app', 'public')}`,
      'lets requests use its table plg_lending.loans; ',
    ],
    ...walls.map((wall): [string, string, string] => [
      `no \`${wall}\``,
      `${usage} ${table.replace(wall, '')} ${grant}`,
      `none of its migrations holds the rows of a table in their organization; add one with \`${wall}\``,
    ]),
    ['no table', usage, 'no migration makes its table plg_lending.loans; '],
  ])('%s is refused', (_, text, message) => {
    expect(() => checkTables(made(text))).toThrow(message);
  });
  it('is none with all of them', () => {
    expect(() => checkTables(made(`${usage} ${table} ${grant}`))).not.toThrow();
    expect(() => checkTables({ ...made(''), tables: [] })).not.toThrow();
  });
});

describe('what a plugin opens', () => {
  it('is told by rule, with the roles that it gives toward types of others', () => {
    const own = keeper('LENDING_KEEPER');
    const definition = plugin(
      'lending',
      (builder, described) => {
        entity(builder, described);
        builder.queryField('loans', (t) => t.entityPages(Loan, described));
        const keys = rule('lending.keys', { roles: [own], description: 'Who keeps it.' });
        builder.entityFields(types.Contact, (t) => ({
          keys: t.expression('String', ({ id }) => id, { description: 'Keys.', rule: keys }),
        }));
        builder.contributeRole(types.Contact, heldToward(own, [way(refs.Contact, {}, ({ row, seat }) => sql`${row.id} = ${seat.me}`)]));
      },
      { needs: ['contacts'] },
    );
    expect(openings({ ...definition, isPlugin: true, tables: [loans] }, build(DOMAINS, definition))).toEqual([
      'to LENDING_KEEPER (lending.keys): Contact.keys',
      'to COLLEAGUE (lending.read): Query.loans, Loan.id',
      'the role LENDING_KEEPER toward Contact: Who keeps it.',
    ]);
  });
});
