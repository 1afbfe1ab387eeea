import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';

let server: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  await placeOrder(seats.customer);
});
afterAll(() => server?.stop());

describe('a document', () => {
  it('may ask one field several times with other arguments', async () => {
    const { all, a, b, c, d } = await seats.admin.query(
      '{ all: contacts { nodes { name } } a: contacts(first: 1) { nodes { name } } b: contacts(last: 1) { nodes { name } } c: contacts(list: UNOWNED) { nodes { name } } d: contacts { nodes { x: timeline(first: 1) { totalCount } y: timeline(kinds: []) { totalCount } } } }',
    );
    expect([a.nodes, b.nodes]).toEqual([[all.nodes[0]], [all.nodes[2]]]);
    expect(c.nodes).toEqual([{ name: 'The unowned' }]);
    const counts = d.nodes.map(({ x, y }: Record<string, { totalCount: number }>) => [x!.totalCount, y!.totalCount]);
    expect(Math.max(...counts.map(([all]: number[]) => all!))).toBeGreaterThan(0);
    expect(counts.map(([, none]: number[]) => none)).toEqual([0, 0, 0]);
  });

  it('may use one response key for other fields in other types', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Contact { it: name of: company { name } } ... on Employee { it: name of: mainDepartment { name } } ... on Tag { it: name of: group { name } } } }`;
    const { nodes } = await seats.admin.query(query, { ids: [seats.customer.id, seats.owner.id, seats.tagIds[0]] });
    expect(nodes).toEqual([
      { it: 'The customer', of: { name: 'Riverside' } },
      { it: 'The owner', of: { name: 'Sales East' } },
      { it: 'Key account', of: { name: 'Level' } },
    ]);
  });

  it('may select the same of all kinds, or of each its own', async () => {
    const kinds = `{ contacts(where: { owner: { isNull: false } }) { nodes { timeline { nodes { __typename kind ...Any ... on FormInteraction { id } ... on TagInteraction { tag { name } } } } } } }
      fragment Any on Interaction { contact { name } ... on Node { id } }`;
    const { contacts } = await seats.admin.query(kinds);
    const entries = contacts.nodes.flatMap(({ timeline }: { timeline: { nodes: object[] } }) => timeline.nodes);
    const expected: Record<string, string> = {
      FORM: 'FormInteraction',
      TAG: 'TagInteraction',
      SHARE: 'ShareInteraction',
      OWNER: 'OwnerInteraction',
    };
    expect(new Set(entries.map(({ kind }: { kind: string }) => kind)).size).toBeGreaterThan(1);
    for (const entry of entries) {
      expect(entry.__typename).toBe(expected[entry.kind]);
      expect(entry.id).toMatch(/^.{24}$/);
      expect(entry.contact.name).toMatch(/^The /);
      expect('tag' in entry).toBe(entry.kind === 'TAG');
    }
  });

  it('may name types everywhere, and look at the schema beside data', async () => {
    const answer = await seats.admin.query(
      '{ __typename contacts(first: 1, where: { owner: { isNull: false } }) { __typename pageInfo { __typename } edges { __typename node { __typename owner { __typename } viewerCan { __typename edit } viewerAccess { __typename role } } } } __type(name: "Tag") { name fields { name } } __schema { queryType { name } } }',
    );
    expect(answer).toMatchObject({
      __typename: 'Query',
      contacts: {
        __typename: 'ContactConnection',
        pageInfo: { __typename: 'PageInfo' },
        edges: [
          {
            __typename: 'ContactEdge',
            node: {
              __typename: 'Contact',
              owner: { __typename: 'Employee' },
              viewerCan: { __typename: 'ContactViewerCan', edit: true },
              viewerAccess: [
                { __typename: 'AccessReason', role: 'ADMIN' },
                { __typename: 'AccessReason', role: 'COLLEAGUE' },
              ],
            },
          },
        ],
      },
      __type: { name: 'Tag', fields: expect.arrayContaining([{ name: 'group' }]) },
      __schema: { queryType: { name: 'Query' } },
    });
  });

  it('of several operations has plans of its own for each', async () => {
    const both = 'query A { it: employees(first: 1) { nodes { name } } } query B { it: departments(first: 1) { nodes { name } } }';
    const ask = async (operationName: string): Promise<string> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${seats.admin.token}` };
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query: both, operationName }),
      });
      return ((await response.json()) as { data: { it: { nodes: { name: string }[] } } }).data.it.nodes[0]!.name;
    };
    expect([await ask('A'), await ask('B'), await ask('A'), await ask('B')]).toEqual([
      'The colleague',
      'Warehouse',
      'The colleague',
      'Warehouse',
    ]);
  });

  it('whose shapes have no end starts afresh after 32 plans, and stays right', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const definitions = names.map((name) => `$${name}: Boolean!`).join(', ');
    const fields = ['name', 'position', 'leftAt', 'id', 'phone', 'staffNumber'];
    const query = `query (${definitions}) { employees(first: 1) { nodes { __typename ${fields.map((field, i) => `${field} @include(if: $${names[i]})`).join(' ')} } } }`;
    for (let round = 0; round < 2; round++) {
      for (let shape = 0; shape < 64; shape++) {
        const variables = Object.fromEntries(names.map((name, i) => [name, Boolean(shape & (1 << i))]));
        const { employees } = await seats.admin.query(query, variables);
        expect(Object.keys(employees.nodes[0])).toEqual(['__typename', ...fields.filter((_, i) => shape & (1 << i))]);
      }
    }
  });
});
