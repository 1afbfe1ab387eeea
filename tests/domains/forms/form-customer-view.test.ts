import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, CONFIRM, placeOrder, taskOn } from '../../support/form-moves.ts';
import { formsNow } from '../../support/live-places.ts';

// Spec 6.3: one approver or nine, the customer's transcript is the same, byte for byte but for dates.

const LIVE = 'subscription ($after: EventCursor) { myForms(after: $after) { cursor kind at customerState formId form { id number } } }';
const READ = `query ($id: ID!) { businessForm(id: $id) {
  id number kind customerState customerStateSince customerVersion submittedAt viewerRoles viewerCan { confirm readInside } answers { name value { text } }
} }`;
const SECRETS = ['The owner', 'The colleague', 'The supervisor', 'The admin', 'secret remark'];

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

interface Told {
  readonly cursor: string;
}
/**
 * All that the customer reads and is told of one order that goes through these hands. The form in an event is as it is when the event is
 * sent (api 1), so of what moves the state as of the event is compared.
 */
async function transcript(hands: readonly TestSeat[]): Promise<string> {
  const { customer } = own;
  const live = customer.follow<Told>(LIVE, { after: await formsNow(server, customer) });
  const formId = await placeOrder(customer);
  const seen: unknown[] = [await live.next(), await customer.query(READ, { id: formId })];
  for (const [i, hand] of hands.entries()) {
    const { id } = await taskOn(hand, formId);
    await hand.does(APPROVE, { input: { taskId: id, nextApproverId: hands[i + 1]?.id, comment: 'secret remark' } });
  }
  seen.push(await live.next(), await live.next(), await customer.query(READ, { id: formId }));
  await customer.does(CONFIRM, { input: { formId } });
  seen.push(await live.next(), await customer.query(READ, { id: formId }));
  await live.stop();
  return JSON.stringify(seen);
}

/** Dates, and what is random by nature, put into one form; lengths stay. */
const withoutDates = (text: string): string =>
  text
    .replaceAll(/"\d{4}-\d{2}-\d{2}T[\d:.]+Z"/g, '"date"')
    .replaceAll(/("(?:id|formId|cursor)":")([^"]+)/g, (_, field: string, value: string) => field + 'x'.repeat(value.length))
    .replaceAll(/SO-\d{4}-[0-9A-Z]{6}/g, 'number');

describe('the customer', () => {
  it('is told the same by one approver and by six, and nothing of them', async () => {
    const { owner, colleague, supervisor, admin } = own;
    const one = await transcript([owner]);
    const six = await transcript([owner, colleague, supervisor, colleague, owner, admin]);
    expect(withoutDates(six)).toBe(withoutDates(one));
    const states = [...six.matchAll(/"kind":"MOVED","at":"[^"]+","customerState":"(\w+)"/g)].map(([, state]) => state);
    expect(states).toEqual(['RECEIVED', 'IN_PROGRESS', 'AWAITING_YOUR_CONFIRMATION', 'COMPLETED']);
    for (const secret of SECRETS) expect(six).not.toContain(secret);
  });

  it('cannot name what is inside', () => {
    const portal = buildSchema(readFileSync(new URL('../../../schema.portal.graphql', import.meta.url), 'utf8'));
    const fields = portal.getType('BusinessForm')!.toConfig() as unknown as { fields: Record<string, unknown> };
    for (const inside of ['state', 'version', 'updatedAt', 'pausedReason', 'tasks', 'history'])
      expect(fields.fields).not.toHaveProperty(inside);
    for (const type of ['FormTask', 'FormHistoryEntry', 'BusinessFormState', 'MyTasksEvent']) expect(portal.getType(type)).toBeUndefined();
  });
});
