import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder } from '../../support/form-moves.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { done, doneOnTask } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const INBOX = '{ notifications(first: 100) { nodes { kind text form { id } } } }';
/** What a seat is told of a form, of some kinds. */
async function told(seat: TestSeat, formId: string, kind: string): Promise<number> {
  await server.runtime.notifications.settled();
  const { nodes } = (await seat.query(INBOX)).notifications;
  return nodes.filter((one: { kind: string; form: { id: string } | null }) => one.kind === kind && one.form?.id === formId).length;
}

describe('what those inside are told of a form (spec 6.5, 9.1)', () => {
  it('the customer wrote: whoever has the turn hears it, also live, and nobody else; not by what is said to the customer', async () => {
    const { owner, colleague, customer } = own;
    const formId = await placeOrder(customer);
    const { liveCursor } = (await owner.query('{ myTasks { liveCursor } }')).myTasks;
    const live = owner.follow<{ readonly kind: string }>('subscription ($after: EventCursor) { myTasks(after: $after) { kind cursor } }', {
      after: liveCursor,
    });
    await done(customer, 'commentOnForm', { formId, text: 'In green, please.' });
    expect(await live.next()).toMatchObject({ kind: 'COMMENTED' });
    await live.stop();
    await expect.poll(() => told(owner, formId, 'CUSTOMER_COMMENTED')).toBe(1);
    await done(owner, 'commentOnForm', { formId, text: 'Green it is.', toCustomer: true });
    await approve(owner, formId, colleague);
    await done(customer, 'commentOnForm', { formId, text: 'Light green.' });
    await expect.poll(() => told(colleague, formId, 'CUSTOMER_COMMENTED')).toBe(1);
    expect(await told(owner, formId, 'CUSTOMER_COMMENTED')).toBe(1);
    expect(await told(customer, formId, 'CUSTOMER_COMMENTED')).toBe(0);
  });

  const TURNS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind cursor task { state form { id } } } }';
  interface Turn {
    readonly kind: string;
    readonly task: { readonly state: string; readonly form: { readonly id: string } };
  }
  const following = async (seat: TestSeat) => {
    const { liveCursor } = (await seat.query('{ myTasks { liveCursor } }')).myTasks;
    return seat.follow<Turn>(TURNS, { after: liveCursor });
  };
  it('a turn that waited has come: its holder hears it live when it has, and not when it is to come', async () => {
    const { owner, colleague, customer } = own;
    const formId = await placeOrder(customer);
    const [live, other] = [await following(colleague), await following(own.supervisor)];
    await doneOnTask(owner, 'addFormApprover', formId, { employeeId: colleague.id, when: 'AFTER' });
    const marker = await placeOrder(customer);
    await approve(owner, marker, colleague);
    expect(await live.next()).toMatchObject({ kind: 'OPENED', task: { form: { id: marker } } }); // of the turn that waits nothing was told
    await approve(owner, formId);
    expect(await live.next()).toMatchObject({ kind: 'OPENED', task: { state: 'OPEN', form: { id: formId } } });
    await approve(colleague, marker, own.supervisor);
    expect(await other.next()).toMatchObject({ kind: 'OPENED', task: { form: { id: marker } } }); // nobody else was told of it
    await Promise.all([live.stop(), other.stop()]);
  });
  it('the next of a step in order has the turn: they hear it live, one after the other', async () => {
    const { colleague, sharee, customer, formsAdmin } = own;
    const approvers = [{ employeeId: colleague.id }, { employeeId: sharee.id }];
    const { id: templateId } = await published(formsAdmin, {
      fields: [WISH],
      flow: { steps: [{ name: 'In order', mode: 'IN_ORDER', approvers }] },
    });
    const live = await following(sharee);
    const submit = async (): Promise<string> => {
      const input = { templateId, values: [{ field: 'wish', text: 'Bolts' }] };
      return ((await done(customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }')).form as { readonly id: string }).id;
    };
    const [waits, goesOn] = [await submit(), await submit()];
    await approve(colleague, goesOn);
    expect(await live.next()).toMatchObject({ kind: 'OPENED', task: { state: 'OPEN', form: { id: goesOn } } });
    await approve(colleague, waits);
    expect(await live.next()).toMatchObject({ kind: 'OPENED', task: { state: 'OPEN', form: { id: waits } } });
    await live.stop();
  });

  it('an opinion came: whoever asked hears it, and not who gave it', async () => {
    const { owner, colleague, customer } = own;
    const formId = await placeOrder(customer);
    await doneOnTask(owner, 'consultOnFormTask', formId, { employeeId: colleague.id, question: 'Well?' });
    await doneOnTask(colleague, 'answerConsultation', formId, { answer: 'Yes.' });
    await expect.poll(() => told(owner, formId, 'OPINION_GIVEN')).toBe(1);
    expect(await told(colleague, formId, 'OPINION_GIVEN')).toBe(0);
  });

  it.each([
    ['rejectFormTask', 'rejected'],
    ['approveFormTask', 'completed'],
  ])('it ended, by %s: the contact’s owner hears it, unless they did it', async (how, word) => {
    const { owner, colleague, customer } = own;
    const formId = await placeOrder(customer);
    await approve(owner, formId, colleague);
    await doneOnTask(colleague, how, formId);
    if (how === 'approveFormTask') await done(customer, 'confirmForm', { formId });
    await expect.poll(() => told(owner, formId, 'CONTACTS_FORM_ENDED')).toBe(1);
    const { nodes } = (await owner.query(INBOX)).notifications;
    expect(nodes.find(({ kind }: { kind: string }) => kind === 'CONTACTS_FORM_ENDED').text).toContain(word);
    const other = await placeOrder(customer);
    await doneOnTask(owner, 'rejectFormTask', other);
    expect(await told(owner, other, 'CONTACTS_FORM_ENDED')).toBe(0);
    expect(await told(customer, formId, 'CONTACTS_FORM_ENDED')).toBe(0);
  });
});
