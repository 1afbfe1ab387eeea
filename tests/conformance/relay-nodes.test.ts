import { type GraphQLField, type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { SURFACES, type SurfaceName } from '../rules/printed.rules.ts';
import { connectionsOf, isConnection, objectTypes } from './connections.fixture.ts';
import { makeLists } from './lists.fixture.ts';

// Relay's object identification, and the shape of connections, for both schemas as they are printed.

const BOTH = ['staff', 'portal'] as const;

const printed = (type: GraphQLObjectType, name: string): string | undefined => type.getFields()[name]?.type.toString();
const argumentsOf = ({ args }: GraphQLField<unknown, unknown>): string[] => args.map(({ name, type }) => `${name}: ${type}`);
const isNode = (type: GraphQLObjectType): boolean => type.getInterfaces().some(({ name }) => name === 'Node');
const named = (surface: SurfaceName, end: string): GraphQLObjectType[] => objectTypes(surface).filter(({ name }) => name.endsWith(end));

describe.each(BOTH)('the schema of the %s', (surface) => {
  const schema = SURFACES[surface];
  const query = schema.getQueryType()!;

  it('finds objects again by `node` and `nodes`, and every Node has an id that is never null', () => {
    const { node, nodes } = query.getFields();
    expect([node!.type.toString(), argumentsOf(node!)]).toEqual(['Node', ['id: ID!']]);
    expect([nodes!.type.toString(), argumentsOf(nodes!)]).toEqual(['[Node]!', ['ids: [ID!]!']]);
    const known = objectTypes(surface).filter(isNode);
    expect(known.length).toBeGreaterThan(8);
    expect(known.filter((type) => printed(type, 'id') !== 'ID!')).toEqual([]);
  });

  it('gives pages in connections of edges, with cursors and a PageInfo', () => {
    const connections = named(surface, 'Connection');
    expect(connections.map(({ name }) => name)).toEqual(
      [...new Set(connectionsOf(surface).map(({ field }) => String(field.type).replace('!', '')))].sort(),
    );
    for (const type of connections) {
      const of = type.name.replace(/Connection$/, '');
      const shape = ['edges', 'nodes', 'pageInfo', 'totalCount'].map((name) => printed(type, name));
      expect(shape).toEqual([`[${of}Edge!]!`, `[${of}!]!`, 'PageInfo!', 'Int!']);
      const edge = schema.getType(`${of}Edge`);
      expect(isObjectType(edge) && [printed(edge, 'node'), printed(edge, 'cursor')]).toEqual([`${of}!`, 'Cursor!']);
    }
    expect(named(surface, 'Edge')).toHaveLength(connections.length);
    const info = schema.getType('PageInfo') as GraphQLObjectType;
    expect(['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'].map((name) => printed(info, name))).toEqual([
      'Boolean!',
      'Boolean!',
      'Cursor',
      'Cursor',
    ]);
  });

  it('pages every connection forward and backward', () => {
    const paging = ['after: Cursor', 'before: Cursor', 'first: Int', 'last: Int'];
    const types = Object.values(schema.getTypeMap()).filter((type) => 'getFields' in type) as GraphQLObjectType[];
    const fields = types.flatMap((type) => Object.values(type.getFields()).filter((field) => 'args' in field && isConnection(field)));
    expect(fields.length).toBeGreaterThan(3);
    for (const field of fields) expect(argumentsOf(field), field.name).toEqual(expect.arrayContaining(paging));
  });
});

let server: TestServer;
let made: Awaited<ReturnType<typeof makeLists>>;
beforeAll(async () => {
  server = await startTestServer();
  made = await makeLists(server);
});
afterAll(() => server.stop());

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
type Found = { __typename: string; id: string } | null;
async function nodesOf(seat: TestSeat, ids: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (let from = 0; from < ids.length; from += 100) found.push(...(await seat.query(NODES, { ids: ids.slice(from, from + 100) })).nodes);
  return found;
}

describe('an id', () => {
  it.each(BOTH)('leads the %s to an object of its own type, for every type that is a Node there', async (surface) => {
    const seats = surface === 'staff' ? [made.own.admin, made.own.owner] : [made.own.customer]; // some are their own seat's alone
    const ids = made.things.map(({ globalId }) => globalId);
    expect(new Set(ids).size).toBe(ids.length);
    const seen = new Set<string>();
    for (const seat of seats)
      for (const [i, found] of (await nodesOf(seat, ids)).entries()) {
        if (!found) continue;
        expect(found).toEqual({ __typename: made.things[i]!.type, id: ids[i] });
        seen.add(found.__typename);
      }
    expect([...seen].sort()).toEqual(
      objectTypes(surface)
        .filter(isNode)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('is answered by `node` as by `nodes`, each in its place, as often as it is named', async () => {
    const { owner, customer } = made.own;
    const ids = [customer.id, owner.id, 'never issued', customer.id];
    const { nodes, node, none } = await owner.query(
      'query ($ids: [ID!]!, $id: ID!, $no: ID!) { nodes(ids: $ids) { __typename id } node(id: $id) { __typename id } none: node(id: $no) { id } }',
      { ids, id: customer.id, no: 'never issued' },
    );
    const contact = { __typename: 'Contact', id: customer.id };
    expect(nodes).toEqual([contact, { __typename: 'Employee', id: owner.id }, null, contact]);
    expect([node, none]).toEqual([contact, null]);
  });

  it('is one of a hundred at the most', async () => {
    const ids = Array.from({ length: 101 }, () => made.own.customer.id);
    expect((await made.own.owner.query(NODES, { ids: ids.slice(1) })).nodes).toHaveLength(100);
    const { errors } = await made.own.owner.ask(NODES, { ids });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['nodes'], 'BAD_REQUEST']]);
  });
});
