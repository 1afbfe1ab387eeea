import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, CONFIRM, placeOrder } from '../../support/form-moves.ts';
import { FORM_TABLES, RawDatabase } from '../../support/raw-database.ts';

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

async function refused(seat: TestSeat, formId: string): Promise<unknown> {
  const before = await database.contents(...FORM_TABLES);
  const { data, errors } = await seat.ask(CONFIRM, { input: { formId } });
  expect(await database.contents(...FORM_TABLES)).toEqual(before);
  return errors[0]?.extensions.code ?? data.confirmForm;
}

describe('a confirmation', () => {
  it('is the customer’s, once, when it is asked for', async () => {
    const { customer, rival, owner, admin } = own;
    const formId = await placeOrder(customer);
    expect(await refused(customer, formId)).toMatchObject({ __typename: 'FormMoveNotAllowed', customerState: 'RECEIVED' });
    await approve(owner, formId);
    expect(await refused(rival, formId)).toMatchObject({ __typename: 'NotFound' });
    for (const seat of [owner, admin]) expect(await refused(seat, formId)).toBe('FORBIDDEN');
    const input = { formId, idempotencyKey: 'once' };
    const { form } = await customer.does(CONFIRM, { input });
    // received, in progress, to be confirmed, completed
    expect(form).toEqual({ id: formId, customerState: 'COMPLETED', customerVersion: 4 });
    expect((await customer.does(CONFIRM, { input })).form).toEqual(form);
    expect(await refused(customer, formId)).toMatchObject({ __typename: 'FormMoveNotAllowed', customerState: 'COMPLETED' });
    const inside = await admin.query(
      'query ($id: ID!) { businessForm(id: $id) { state history { nodes { kind actor { id } } } ... on Order { receivedAt } } }',
      { id: formId },
    );
    expect(inside.businessForm).toEqual({
      state: 'COMPLETED',
      receivedAt: expect.any(String),
      history: {
        nodes: [
          { kind: 'SUBMITTED', actor: null },
          { kind: 'APPROVED', actor: { id: owner.id } },
          { kind: 'CONFIRMATION_ASKED', actor: { id: owner.id } },
          { kind: 'CONFIRMED', actor: null },
          { kind: 'COMPLETED', actor: null },
        ],
      },
    });
  });

  it('of what is no form of the organization finds nothing', async () => {
    const other = await server.organization({ name: 'Other Works' });
    const foreign = await placeOrder(other.customer);
    for (const formId of [foreign, own.customer.id, 'never issued'])
      expect(await refused(own.customer, formId)).toMatchObject({ __typename: 'NotFound' });
  });
});
