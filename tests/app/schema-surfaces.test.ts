import type { GraphQLObjectType, GraphQLSchema, GraphQLUnionType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { COLLEAGUE, EXTERNAL, heldByAll, type ModuleDefinition, publicRule, type Role, type Rule, rule, sql } from '../../src/sdk/index.ts';
import { build, type Declares, everybody, Loan, plugin, refusal } from './declaring.ts';

// What each surface shows of what a plugin declares: one condition at a time, so that each is seen to be asked.

const ruleFor = (act: string, ...roles: Role[]): Rule => rule(`lending.${act}`, { roles, description: 'For a test.' });
const inside = ruleFor('inside', COLLEAGUE);
const both = ruleFor('both', COLLEAGUE, EXTERNAL);
const said = (of: Rule) => ({ rule: of, description: 'Something.' });
const whoever: Declares = (builder) =>
  builder.entity(Loan, {
    description: 'A loan, that customers come to and read nothing of.',
    roles: [...everybody, heldByAll(EXTERNAL, ({ kind }) => kind === 'CONTACT')],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({ id: t.globalId(said(inside)) }),
  });
const lending = (declares: Declares, more: Partial<ModuleDefinition> = {}) => plugin('lending', declares, more);
const fieldsOf = (schema: GraphQLSchema, type: string): string[] =>
  Object.keys((schema.getType(type) as GraphQLObjectType | undefined)?.getFields() ?? {});
const typeOf = (schema: GraphQLSchema, type: string, field: string): string =>
  String((schema.getType(type) as GraphQLObjectType).getFields()[field]!.type);

describe('a field that is declared for one surface', () => {
  it('stands on that alone, whomever its rule admits', () => {
    const { staff, portal } = build(
      [],
      lending((builder) => {
        builder.queryField('staffKeys', (t) => t.int({ ...said(both), surface: 'staff', nullable: true, resolve: () => 1 }));
        builder.queryField('portalKeys', (t) => t.int({ ...said(both), surface: 'portal', nullable: true, resolve: () => 1 }));
        builder.queryField('keys', (t) => t.int({ ...said(both), nullable: true, resolve: () => 1 }));
      }),
    );
    const keys = (schema: GraphQLSchema) =>
      fieldsOf(schema, 'Query')
        .filter((name) => name.toLowerCase().endsWith('keys'))
        .sort();
    expect([keys(staff), keys(portal)]).toEqual([
      ['keys', 'staffKeys'],
      ['keys', 'portalKeys'],
    ]);
  });
});

describe('what leads to a type with nothing to show', () => {
  const leads: [string, Declares][] = [
    [
      'pages',
      (builder, own) => {
        whoever(builder, own);
        builder.queryField('leads', (t) => t.entityPages(Loan, { ...said(both), listedBy: () => [COLLEAGUE, EXTERNAL] }));
      },
    ],
    [
      'one object',
      (builder, own) => {
        whoever(builder, own);
        builder.queryField('leads', (t) => t.entity(Loan, { ...said(both), where: (row) => sql`${row.tool} = 'saw'` }));
      },
    ],
    [
      'an interface',
      (builder) => {
        const Thing = builder.interfaceRef<{ name: string }>('Thing').implement({
          description: 'A thing.',
          fields: (t) => ({ name: t.exposeString('name', said(inside)) }),
        });
        builder
          .objectRef<{ name: string }>('Tool')
          .implement({ description: 'A tool.', interfaces: [Thing], fields: (t) => ({ name: t.exposeString('name', said(inside)) }) });
        builder.queryField('leads', (t) => t.field({ type: Thing, ...said(both), nullable: true, resolve: () => null }));
      },
    ],
  ];
  it.each(leads)('stands where there is something, and nowhere else: %s', (_, declares) => {
    const { staff, portal } = build([], lending(declares));
    expect([fieldsOf(staff, 'Query').includes('leads'), fieldsOf(portal, 'Query').includes('leads')]).toEqual([true, false]);
  });

  const named =
    (name: string, of: Rule): Declares =>
    (builder) =>
      void builder.objectRef<{ name: string }>(name).implement({
        description: 'A tool.',
        fields: (t) => ({ [name.toLowerCase()]: t.exposeString('name', said(of)) }),
      });
  it('is no member of a union', () => {
    const { staff, portal } = build(
      [],
      lending((builder, own) => {
        named('Saw', both)(builder, own);
        named('Drill', inside)(builder, own);
        const Tool = builder.unionType('Tool', { description: 'A tool.', types: ['Saw', 'Drill'] as never });
        builder.queryField('tool', (t) => t.field({ type: Tool as never, ...said(both), nullable: true, resolve: () => null as never }));
      }),
    );
    const members = (schema: GraphQLSchema) => (schema.getType('Tool') as GraphQLUnionType).getTypes().map(({ name }) => name);
    expect([members(staff).sort(), members(portal)]).toEqual([['Drill', 'Saw'], ['Saw']]);
  });
  it('is no interface of a type that has more to show', () => {
    const { staff, portal } = build(
      [],
      lending((builder) => {
        const Priced = builder.interfaceRef<{ price: number }>('Priced').implement({
          description: 'What has a price.',
          fields: (t) => ({ price: t.exposeInt('price', { ...said(inside), nullable: true }) }),
        });
        const Tool = builder.objectRef<{ name: string; price: number }>('Tool').implement({
          description: 'A tool.',
          interfaces: [Priced],
          fields: (t) => ({
            name: t.exposeString('name', said(both)),
            price: t.exposeInt('price', { ...said(inside), nullable: true }),
          }),
        });
        builder.queryField('tool', (t) => t.field({ type: Tool, ...said(both), nullable: true, resolve: () => null }));
      }),
    );
    const interfacesOf = (schema: GraphQLSchema) => (schema.getType('Tool') as GraphQLObjectType).getInterfaces().map(({ name }) => name);
    expect([interfacesOf(staff), interfacesOf(portal)]).toEqual([['Priced'], []]);
    expect([fieldsOf(staff, 'Tool').sort(), fieldsOf(portal, 'Tool')]).toEqual([['name', 'price'], ['name']]);
  });
});

describe('a field of an interface without a table', () => {
  it('is declared where the type is, with a rule of its own', () => {
    const message = refusal(
      [],
      lending((builder) => {
        const Priced = builder.interfaceRef<{ price: number }>('Priced').implement({
          description: 'What has a price.',
          fields: (t) => ({ price: t.exposeInt('price', { ...said(inside), nullable: true }) }),
        });
        const Tool = builder
          .objectRef<{ name: string; price: number }>('Tool')
          .implement({ description: 'A tool.', interfaces: [Priced], fields: (t) => ({ name: t.exposeString('name', said(inside)) }) });
        builder.queryField('tool', (t) => t.field({ type: Tool, ...said(inside), nullable: true, resolve: () => null }));
      }),
    );
    expect(message).toContain('Tool has price of Priced by inheritance alone; declare it there, with a rule');
  });
});

describe('a field that its author says is never null', () => {
  const ANYBODY: Role = { name: 'LENDING_ANYBODY', bearer: 'ANYBODY', description: 'Whoever comes.' };
  const loan =
    (guard: Rule, ...more: Role[]): Declares =>
    (builder) => {
      builder.entity(Loan, {
        description: 'A loan.',
        roles: [...everybody, ...more.map((role) => heldByAll(role, () => true))],
        listedFor: [COLLEAGUE],
        reachableFor: [COLLEAGUE, ...more],
        fields: (t) => ({
          id: t.globalId(said(guard === publicRule ? publicRule : inside)),
          cost: t.expression('Int', () => sql`1`, { ...said(guard), nullable: false }),
        }),
      });
      builder.queryField('loans', (t) => t.entityPages(Loan, { ...said(inside), listedBy: () => [COLLEAGUE] }));
    };
  it.each<[string, string, Declares]>([
    ['none is refused: it is not', 'Int!', loan(inside)],
    ['somebody of the surface may come to the object and is refused it: it is null for them', 'Int', loan(inside, ANYBODY)],
    ['only somebody of another surface may: it is not', 'Int!', loan(inside, EXTERNAL)],
    ['everybody may read it: it is not', 'Int!', loan(publicRule, ANYBODY)],
  ])('where %s', (_, type, declares) => {
    expect(typeOf(build([], lending(declares)).staff, 'Loan', 'cost')).toBe(type);
  });
  it('is null where it is a plugin’s on a type of another module, which stays when the plugin is off', () => {
    const repair = plugin(
      'repair',
      (builder) =>
        builder.entityFields(Loan, (t) => ({ repairs: t.expression('Int', () => sql`1`, { ...said(repairs), nullable: false }) })),
      { needs: ['lending'] },
    );
    const repairs = rule('repair.read', { roles: [COLLEAGUE], description: 'For a test.' });
    expect(typeOf(build([], lending(loan(inside)), repair).staff, 'Loan', 'repairs')).toBe('Int');
  });
});
