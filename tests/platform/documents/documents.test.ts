import { buildSchema, getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDocuments, defaultDocumentLimits } from '../../../src/platform/documents/index.ts';

const schema = buildSchema(`
  directive @mark(n: Int) repeatable on FIELD | QUERY | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION
  type Query { a: Query edges: Query node: Query nodes: Query n: Int name: String list(x: [Int]): Int }`);
const documents = createDocuments({ one: schema });
const employee = { mayIntrospect: true };
const stranger = { mayIntrospect: false };
const codes = (text: string, asker = employee) => documents.prepare('one', text, asker).errors?.map((error) => error.extensions.code);
const fields = (depth: number, name = 'a') => `${`${name} { `.repeat(depth - 1)} n ${'}'.repeat(depth - 1)}`;
const times = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(' ');

describe('a document at each limit is taken, and refused one past it', () => {
  const cases: [string, (figure: number) => string, number][] = [
    ['bytes', (size) => `{ n } #${'x'.repeat(size - 7)}`, defaultDocumentLimits.bytes],
    ['tokens', (count) => `{ list(x: [${'1 '.repeat(count - 9)}]) }`, 2000],
    ['depth', (depth) => `{ ${fields(depth)} }`, 12],
    ['root fields', (count) => `{ ${'n '.repeat(count)} }`, 10],
    ['root fields through fragments', (count) => `{ ...F } fragment F on Query { ${'n '.repeat(count)} }`, 10],
    ['aliases', (count) => `{ a { ${times(count, (i) => `x${i}: n`)} } }`, 15],
    ['directives', (count) => `{ a { n ${'@mark '.repeat(count)} } }`, 30],
    ['directives on the operation', (count) => `query ${'@mark '.repeat(count)} { n }`, 30],
    ['nesting', (depth) => `{ ${'... { '.repeat(depth - 1)} n ${'}'.repeat(depth - 1)} }`, 40],
  ];
  it.each(cases)('%s', (_name, make, limit) => {
    expect(codes(make(limit))).toBeUndefined();
    expect(codes(make(limit + 1))).toEqual(['LIMIT_EXCEEDED']);
  });

  it('aliases count once for each spread', () => {
    const spread = (count: number) => `{ ${times(count, () => 'a { ...F }')} } fragment F on Query { x: n y: n z: n }`;
    expect(codes(spread(5))).toBeUndefined();
    expect(codes(spread(6))).toEqual(['LIMIT_EXCEEDED']);
  });

  it('edges, node and nodes are no depth', () => {
    expect(codes(`{ ${'a { edges { node { '.repeat(11)} n ${'} } }'.repeat(11)} }`)).toBeUndefined();
  });

  it('gives five errors at most', () => {
    expect(codes(`{ a { ${times(30, (i) => `wrong${i}`)} } }`)).toHaveLength(5);
  });
});

describe('a document made to hurt', () => {
  it('with fragments that spread themselves is refused by validation', () => {
    expect(codes('{ ...A } fragment A on Query { a { ...B } } fragment B on Query { a { ...A } }')).toEqual(['BAD_REQUEST']);
  });

  it('with fragments that multiply is measured without writing them out', () => {
    const bomb = `{ a { ...F0 } } ${times(35, (i) => `fragment F${i} on Query { ${`...F${i + 1} `.repeat(12)} }`)} fragment F35 on Query { x: n }`;
    expect(codes(bomb)).toEqual(['LIMIT_EXCEEDED']);
  });

  it.each([
    ['40 kB of [', '['.repeat(40_000)],
    ['lists in a list', `{ list(x: ${'['.repeat(1900)}`],
    ['lists in a type', `query($a: ${'['.repeat(1900)}`],
    ['selection sets', `${'{a'.repeat(600)}${'}'.repeat(600)}`],
    ['fields to compare', `{ a { ${'a { n } '.repeat(470)} } }`],
  ])('%s', (_name, text) => expect(codes(text)).toEqual(['LIMIT_EXCEEDED']));

  it.each(['', '{', '\u0000', '"', '{ n(', 'fragment'])('%j is a fault of grammar', (text) => expect(codes(text)).toEqual(['BAD_REQUEST']));
});

describe('introspection', () => {
  it('is for those who may, remembered or not', () => {
    for (const _ of [1, 2]) {
      expect(codes(getIntrospectionQuery())).toBeUndefined();
      expect(codes(getIntrospectionQuery(), stranger)).toEqual(['FORBIDDEN']);
      expect(codes('{ ...F } fragment F on Query { __type(name: "Query") { name } }', stranger)).toEqual(['FORBIDDEN']);
      expect(codes('{ __typename }', stranger)).toBeUndefined();
    }
  });

  it('goes to its own depth, and each root name once', () => {
    const deep = (depth: number) => `{ __schema { queryType { ${'ofType { '.repeat(depth - 3)} name ${'}'.repeat(depth - 3)} } } }`;
    expect(codes(deep(20))).toBeUndefined();
    expect(codes(deep(21))).toEqual(['LIMIT_EXCEEDED']);
    const root = '__schema { queryType { name } }';
    expect(codes(`{ ${root} __type(name: "Query") { name } }`)).toBeUndefined();
    expect(codes(`{ ${root} ${root} }`)).toEqual(['LIMIT_EXCEEDED']);
  });

  it("keeps graphql's own rule", () => {
    expect(codes('{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }')).toEqual(['LIMIT_EXCEEDED']);
  });

  it('names are suggested to nobody else', () => {
    const message = (asker: typeof employee) => documents.prepare('one', '{ nam }', asker).errors?.[0]?.message;
    expect(message(employee)).toContain('Did you mean');
    expect(message(stranger)).toBe('Cannot query field "nam" on type "Query".');
    expect(documents.prepare('one', '{ a }', stranger).errors?.[0]?.message).not.toContain('Did you mean');
  });
});

describe('the memory', () => {
  it('gives the same document for the same text and surface, and another for another', () => {
    const both = createDocuments({ one: schema, two: buildSchema('type Query { n: Int }') });
    const first = both.prepare('one', '{ n }', employee).document;
    expect(both.prepare('one', '{ n }', stranger).document).toBe(first);
    expect(both.prepare('two', '{ n }', employee).document).not.toBe(first);
    expect(both.prepare('two', '{ name }', employee).errors).toHaveLength(1);
  });

  it('is bounded in documents and in characters, and forgets what was used longest ago', () => {
    const limits = { ...defaultDocumentLimits, remembered: { documents: 3, characters: 60 } };
    const few = createDocuments({ one: schema }, limits);
    const kept = few.prepare('one', '{ n }', employee).document;
    few.prepare('one', '{ a { n } }', employee);
    few.prepare('one', '{ name }', employee);
    expect(few.prepare('one', '{ n }', employee).document).toBe(kept);
    few.prepare('one', '{ n name }', employee);
    expect(few.remembered).toBe(3);
    expect(few.prepare('one', '{ n }', employee).document).toBe(kept);
    few.prepare('one', `{ n } # ${'x'.repeat(40)}`, employee);
    expect(few.remembered).toBe(1);
  });
});
