import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { SCHEMAS, SURFACES } from './built-schemas.ts';

type Described = readonly [name: string, description: string | null | undefined];
type Argued = { readonly name: string; readonly description?: string | null; readonly args?: readonly Argued[] };

const withArguments = (of: string, part: Argued): Described[] => [
  [`${of}${part.name}`, part.description],
  ...(part.args ?? []).map((arg): Described => [`${of}${part.name}(${arg.name}:)`, arg.description]),
];
const typesOf = (schema: GraphQLSchema) => Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));

/** Everything of a schema that is to be described, by name. */
const described = (schema: GraphQLSchema): Described[] => [
  ...schema.getDirectives().flatMap((directive) => withArguments('@', directive)),
  ...typesOf(schema).flatMap((type): Described[] => {
    const isObject = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    const parts: readonly Argued[] = isObject ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : [];
    return [[type.name, type.description], ...parts.flatMap((part) => withArguments(`${type.name}.`, part))];
  }),
];

/** Begins as a sentence does, or with a name in code; has a word; comes to an end. */
const isSentence = (text: string | null | undefined): boolean =>
  typeof text === 'string' && /^(\p{Lu}|`).*[.?!]$/su.test(text) && /\p{L}{3}/u.test(text) && !/\s{2}/.test(text);
const faults = (schema: GraphQLSchema): string[] => described(schema).flatMap(([name, text]) => (isSentence(text) ? [] : [name]));

/** Types that say the same: one of them was written by copying. */
const twins = (schema: GraphQLSchema): string[][] =>
  [...Map.groupBy(typesOf(schema), ({ description }) => description).values()]
    .filter((types) => types.length > 1)
    .map((types) => types.map(({ name }) => name));

describe.each(SURFACES)('the schema of the %s', (surface) => {
  it('describes every type, field, argument, value and directive in sentences', () => {
    expect(described(SCHEMAS[surface]).length).toBeGreaterThan(400);
    expect(faults(SCHEMAS[surface])).toEqual([]);
  });
  it('describes no two types alike', () => {
    expect(twins(SCHEMAS[surface])).toEqual([]);
  });
});

describe('the check', () => {
  const schema = buildSchema(`
    "Said twice." type Query { "A field." told("An argument." a: Int, b: Int): Word bare: Given }
    "Said twice." input Given { "no capital." a: Int, "No end" b: Int }
    enum Word { "A." A "One." B }
    "A directive." directive @done("Why." why: String, when: String) on FIELD_DEFINITION
    interface Thing { id: ID }
  `);
  it('finds whatever is bare, or no sentence', () => {
    const names = faults(schema).filter((name) => !/^(@(?!done)|(Int|String|ID|Boolean)$)/.test(name));
    expect(names).toEqual(['@done(when:)', 'Query.told(b:)', 'Query.bare', 'Given.a', 'Given.b', 'Word', 'Word.A', 'Thing', 'Thing.id']);
  });
  it('finds types that say the same', () => {
    expect(twins(schema)).toContainEqual(['Query', 'Given']);
  });
});
