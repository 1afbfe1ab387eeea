import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DOMAINS } from '../../src/app/modules.ts';
import {
  COLLEAGUE,
  entityRef,
  exists,
  heldByAll,
  heldToward,
  OWNER,
  refs,
  rule,
  type Sql,
  sql,
  tenantEntity,
  types,
  valueFrom,
  way,
} from '../../src/sdk/index.ts';
import { build, type Declares, everybody, keeper, Loan, loans, plugin, refusal } from './declaring.ts';

// SQL of a plugin reads what its handles give, and nothing else: told when it is loaded (spec 8.2).

/** The core's table, made up by somebody who would read all of it. */
const forged = tenantEntity('contacts', (t) => ({ phone: t.text() })).table;
const MADE_UP = 'no module that is loaded declares the table contacts as it is used; ';
const SELECT = 'its SQL may not hold "select"; use columns of the handles that you were given';
const phoneOf = (row: object): Sql => (row as { phone: Sql }).phone;
const subSelect = (row: object): Sql => sql`(select other.phone from contacts other where other.id = ${(row as { id: Sql }).id})`;
const every = rule('lending.every', { roles: [COLLEAGUE], description: 'Every employee.' });
type Options = Parameters<Parameters<Declares>[0]['entity']>[1];
const loan =
  (more: object = {}, ref: object = Loan): Declares =>
  (builder, own) => {
    const plain = {
      description: 'A loan.',
      roles: everybody,
      listedFor: [COLLEAGUE],
      fields: (t: { globalId(of: object): object }) => ({ id: t.globalId(own) }),
    };
    builder.entity(ref as typeof Loan, { ...plain, ...more } as unknown as Options);
  };
const loads = (declares: Declares) => plugin('lending', declares, { needs: ['contacts', 'forms'] });

describe('a plugin that would read past the rules', () => {
  it.each<[string, Declares, string]>([
    [
      'in an expression',
      (builder, own) => builder.entityFields(types.Contact, (t) => ({ number: t.expression('String', subSelect, own) })),
      SELECT,
    ],
    [
      'in what JavaScript needs',
      (builder, own) =>
        builder.entityFields(types.Contact, (t) => ({
          number: t.string({ ...own, nullable: true, also: { phone: subSelect }, resolve: () => null }),
        })),
      SELECT,
    ],
    [
      'in what ties two rows',
      (builder, own) => {
        loan()(builder, own);
        builder.entityFields(types.Contact, (t) => ({ loans: t.pages(Loan, { ...own, on: (row) => sql`${subSelect(row)} = 'x'` }) }));
      },
      SELECT,
    ],
    [
      'in the condition of a list',
      (builder, own) => {
        loan()(builder, own);
        builder.queryField('loans', (t) => t.entityPages(Loan, { ...own, where: (row) => sql`${subSelect(row)} is null` }));
      },
      SELECT,
    ],
    [
      'where an argument is not given',
      (builder, own) => {
        loan()(builder, own);
        builder.queryField('loans', (t) =>
          t.entityPages(Loan, { ...own, where: (row, { given }) => (given('x' as never) ? sql`true` : sql`${subSelect(row)} is null`) }),
        );
      },
      SELECT,
    ],
    ['in what is present', loan({ present: (row: object) => sql`${subSelect(row)} is null` }), SELECT],
    [
      'in a way to hold a role',
      loan({ roles: [heldToward(COLLEAGUE, [way(loans, {}, ({ row }) => sql`${subSelect(row)} is null`)])] }),
      SELECT,
    ],
    [
      'by a column of a contact',
      (builder, own) => builder.entityFields(types.Contact, (t) => ({ number: t.expression('String', phoneOf, own) })),
      'its SQL asks for phone of contacts, which no handle of that table has; use one of organization_id, id, ',
    ],
    ['by a table of its own making, as a type', loan({}, entityRef('Loan', forged)), MADE_UP],
    [
      'by a table of its own making, of another’s type',
      (builder, own) => builder.entityFields(entityRef('Contact', forged), (t) => ({ number: t.column('phone', own) })),
      MADE_UP,
    ],
    [
      'by a table of its own making, between seat and row',
      loan({ roles: [heldToward(COLLEAGUE, [way(loans, { contact: forged }, ({ contact }) => sql`${contact.phone} = '1'`)])] }),
      MADE_UP,
    ],
    [
      'by a table of its own making, beside a row',
      (builder, own) =>
        builder.entityFields(types.Contact, (t) => ({
          number: t.expression(
            'String',
            (row) => valueFrom(row, { other: forged }, ({ other }) => ({ value: other.phone, where: sql`${other.id} = ${row.id}` })),
            own,
          ),
        })),
      MADE_UP,
    ],
    [
      'by a table of its own making, of links',
      loan({ filters: { tags: { compares: 'links', table: forged, from: 'id', to: 'phone', rule: every, description: 'Tags.' } } }),
      MADE_UP,
    ],
    [
      'by a table of its own making, of terms',
      loan({ search: { table: forged, key: 'id', rule: every, normalize: () => undefined } }),
      MADE_UP,
    ],
    [
      'by what stands in the place of a column',
      loan({ filters: { tags: { compares: 'links', table: loans, from: 'id', to: '1 or true', rule: every, description: 'Tags.' } } }),
      'the table plg_lending.loans has no column 1 or true; ',
    ],
  ])('%s is refused', (_, declares, message) => {
    expect(refusal(DOMAINS, loads(declares))).toContain(message);
  });

  it('is not one that reads its own rows beside a row', () => {
    const contact = build(
      DOMAINS,
      loads((builder, own) =>
        builder.entityFields(types.Contact, (t) => ({
          owes: t.expression('Boolean', (row) => exists(row, { loan: loans }, (all) => sql`${all.loan.id} = ${row.id}`), own),
        })),
      ),
    ).staff.getType('Contact') as GraphQLObjectType;
    expect(Object.keys(contact.getFields())).toContain('owes');
  });
});

describe('a plugin that would say who bears a role', () => {
  const own = keeper('LENDING_KEEPER');
  const mine = way(refs.Contact, {}, ({ row, seat }) => sql`${row.id} = ${seat.me}`);
  it.each<[string, Declares, string]>([
    [
      'of the core, toward all rows',
      (builder) =>
        builder.contributeRole(
          types.Contact,
          heldByAll(OWNER, () => true),
        ),
      'its role OWNER does not carry its prefix; call it LENDING_…, ',
    ],
    [
      'of the core, by a way',
      (builder) => builder.contributeRole(types.Contact, heldToward(OWNER, [mine])),
      'its role OWNER does not carry its prefix; ',
    ],
    [
      'a second time, toward all rows',
      (builder) => {
        builder.contributeRole(types.Contact, heldToward(own, [mine]));
        builder.contributeRole(
          types.Contact,
          heldByAll(own, () => true),
        );
      },
      'lending adds no way to hold LENDING_KEEPER toward Contact; ',
    ],
    [
      'by a sub-select',
      (builder) =>
        builder.contributeRole(types.Contact, heldToward(own, [way(refs.Contact, {}, ({ row }) => sql`${subSelect(row)} is null`)])),
      SELECT,
    ],
  ])('%s is refused', (_, declares, message) => {
    expect(refusal(DOMAINS, loads(declares))).toContain(message);
  });
  it('of its own adds ways, and leaves what is known without asking', () => {
    const schemas = build(
      DOMAINS,
      loads((builder) => {
        builder.contributeRole(
          types.Contact,
          heldToward(own, [mine], ({ rights }) => rights.has('ONE')),
        );
        builder.contributeRole(types.Contact, { ...heldToward(own, [mine]), held: ({ rights }) => (rights.has('TWO') ? 'ALL' : 'NONE') });
      }),
    );
    const { held, ways } = schemas.entity('Contact').roles.find(({ role }) => role === own)!;
    const heldWith = (...rights: string[]) => held({ rights: new Map(rights.map((right) => [right, 'ALL'])) } as never);
    expect(ways).toEqual([mine, mine]);
    expect([heldWith(), heldWith('ONE'), heldWith('TWO'), heldWith('ONE', 'TWO')]).toEqual(['NONE', 'SOME', 'SOME', 'SOME']);
  });
});
