import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder } from '../../support/form-moves.ts';
import { done, doneOnTask, inside } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const read = (formId: string) => inside(own.admin, formId, own as unknown as Record<string, unknown>);

describe('the one who decided last has left (spec 6.7)', () => {
  it('the contact’s owner has the turn again, after a dispute and after a correction; without one it waits to be claimed', async () => {
    const { owner, colleague, customer, unowned, formsAdmin, admin } = own;
    const [disputed, returned, nobodys] = [await placeOrder(customer), await placeOrder(customer), await placeOrder(unowned)];
    await approve(owner, disputed, colleague);
    await approve(colleague, disputed);
    await approve(owner, returned, colleague);
    await doneOnTask(colleague, 'returnFormTask', returned, { to: 'SUBMITTER', reason: 'Which?' });
    await doneOnTask(formsAdmin, 'claimFormTask', nobodys);
    await approve(formsAdmin, nobodys, colleague);
    await approve(colleague, nobodys);
    await done(admin, 'offboardEmployee', { employeeId: colleague.id });
    await done(customer, 'disputeForm', { formId: disputed, reason: 'It never came.' });
    await done(customer, 'resubmitForm', { formId: returned, values: [] });
    await done(unowned, 'disputeForm', { formId: nobodys, reason: 'It never came.' });
    expect((await read(disputed)).turns).toEqual(['owner']);
    expect((await read(returned)).turns).toEqual(['owner']);
    expect((await read(nobodys)).turns).toEqual(['nobody']);
  });
});
