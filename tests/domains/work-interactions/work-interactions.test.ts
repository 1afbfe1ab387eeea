import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder } from '../../support/form-moves.ts';

const SHARED = `query ($employeeId: ID, $first: Int, $after: Cursor) { workInteractions(employeeId: $employeeId, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id kind at form { id number } } } }`;

let server: TestServer;
let own: TestOrganization;
const forms: string[] = [];
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  for (const next of [own.supervisor, own.colleague, own.supervisor]) {
    const formId = await placeOrder(own.customer);
    await approve(own.owner, formId, next);
    forms.push(formId);
  }
  await approve(own.supervisor, forms[2]!, own.colleague);
});
afterAll(() => server.stop());

const shared = async (seat: TestSeat, employeeId?: string): Promise<string[]> =>
  (await seat.query(SHARED, { employeeId })).workInteractions.nodes.map(({ form }: { form: { id: string } }) => form.id);

describe('what two colleagues share (spec 4.5)', () => {
  it('is the forms in which both take part, the newest first, from both sides', async () => {
    const [first, second, third] = forms as [string, string, string];
    for (const [one, other, both] of [
      [own.owner, own.supervisor, [third, first]],
      [own.owner, own.colleague, [third, second]],
      [own.supervisor, own.colleague, [third]],
    ] as const) {
      expect(await shared(one, other.id)).toEqual(both);
      expect(await shared(other, one.id)).toEqual(both);
    }
    expect(await shared(own.owner)).toEqual([third, second, first]);
  });
  it('comes page by page', async () => {
    const first = (await own.owner.query(SHARED, { employeeId: own.supervisor.id, first: 1 })).workInteractions;
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ kind: 'APPROVAL', form: { id: forms[2] } }] });
    const rest = await own.owner.query(SHARED, { employeeId: own.supervisor.id, first: 1, after: first.pageInfo.endCursor });
    expect(rest.workInteractions).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ form: { id: forms[0] } }] });
  });
  it('is for these two alone, whatever others may do', async () => {
    const { nodes } = (await own.owner.query(SHARED, { employeeId: own.supervisor.id })).workInteractions;
    for (const seat of [own.admin, own.formsAdmin, own.sharee]) {
      expect(await shared(seat, own.owner.id)).toEqual([]);
      expect((await seat.query('query ($id: ID!) { node(id: $id) { id } }', { id: nodes[0].id })).node).toBeNull();
    }
    expect(await shared(own.owner, own.admin.id)).toEqual([]);
    expect(await shared(own.owner, own.owner.id)).toEqual([]);
  });
  it('is nothing with somebody of another organization, or nobody', async () => {
    const other = await server.organization({ name: 'Other Works' });
    for (const id of [other.owner.id, 'never issued']) expect(await shared(own.owner, id)).toEqual([]);
  });
});
