import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backfill } from '../../../src/app/backfills.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, CLAIM, CONFIRM, placeOrder, taskOn } from '../../support/form-moves.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { doneOnTask } from './acts.fixture.ts';

const FIND = `query ($where: BusinessFormFilter, $orderBy: [BusinessFormOrder!], $after: Cursor, $first: Int = 100) {
  businessForms(where: $where, orderBy: $orderBy, after: $after, first: $first) {
    totalCount pageInfo { endCursor hasNextPage } nodes { id number endedAt submittedAt template { id } } } }`;

let server: TestServer;
let own: TestOrganization;
/** By what became of them: on its way, approved by several, of a contact that nobody answers for, ended. */
const forms: Record<string, string> = {};
let numbers: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const { customer, rival, unowned, owner, supervisor, colleague, admin } = own;
  forms.begun = await placeOrder(customer);
  forms.travelled = await placeOrder(customer);
  await approve(owner, forms.travelled, colleague);
  await doneOnTask(colleague, 'handOverFormTask', forms.travelled, { employeeId: supervisor.id });
  forms.rivals = await placeOrder(rival);
  forms.claimed = await placeOrder(unowned);
  const { id: taskId } = await taskOn(admin, forms.claimed);
  await admin.does(CLAIM, { input: { taskId } });
  forms.completed = await placeOrder(customer);
  await approve(owner, forms.completed);
  await customer.does(CONFIRM, { input: { formId: forms.completed } });
  forms.rejected = await placeOrder(customer);
  await doneOnTask(owner, 'rejectFormTask', forms.rejected, { comment: 'No.' });
  const { nodes } = (await admin.query(FIND)).businessForms;
  numbers = Object.fromEntries(nodes.map(({ id, number }: { id: string; number: string }) => [nameOf(id), number]));
});
afterAll(() => server?.stop());

const nameOf = (id: string): string => Object.keys(forms).find((name) => forms[name] === id) ?? '?';
const found = async (seat: TestSeat, where: object): Promise<string[]> => {
  const { nodes, totalCount } = (await seat.query(FIND, { where })).businessForms;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ id }: { id: string }) => nameOf(id)).sort();
};
const ENDED = ['completed', 'rejected'];

describe('searching records of forms (spec 6.6)', () => {
  it('by contact, each those that they may read', async () => {
    const where = { contact: { equals: own.customer.id } };
    expect(await found(own.admin, where)).toEqual(['begun', 'completed', 'rejected', 'travelled']);
    expect(await found(own.admin, { contact: { in: [own.rival.id, own.unowned.id] } })).toEqual(['claimed', 'rivals']);
    expect(await found(own.colleague, where)).toEqual(['travelled']); // who took part in it
    expect(await found(own.sharee, where)).toEqual([]);
  });
  it('by number', async () => {
    expect(await found(own.admin, { number: { equals: numbers.travelled } })).toEqual(['travelled']);
    expect(await found(own.admin, { number: { in: [numbers.begun, numbers.rivals, 'N-0'] } })).toEqual(['begun', 'rivals']);
    expect(await found(own.admin, { number: { startsWith: numbers.begun!.slice(0, 5) } })).toHaveLength(6);
    expect(await found(own.owner, { number: { equals: numbers.rivals } })).toEqual([]);
  });
  it('by who holds or held a task, once for each form', async () => {
    const handler = (...seats: TestSeat[]) => ({ handler: { any: seats.map(({ id }) => id) } });
    expect(await found(own.admin, handler(own.owner))).toEqual(['begun', 'completed', 'rejected', 'travelled']);
    expect(await found(own.admin, handler(own.supervisor, own.admin))).toEqual(['claimed', 'travelled']);
    expect(await found(own.admin, { handler: { all: [own.owner.id, own.supervisor.id, own.colleague.id] } })).toEqual(['travelled']);
    expect(await found(own.admin, { handler: { none: [own.owner.id] } })).toEqual(['claimed', 'rivals']);
    expect(await found(own.owner, handler(own.colleague))).toEqual(['travelled']);
    expect(await found(own.sharee, handler(own.owner))).toEqual([]);
  });
  it('by all who handled it, also where one had it twice', async () => {
    const again = await placeOrder(own.customer);
    await approve(own.owner, again, own.supervisor);
    await approve(own.supervisor, again, own.owner);
    expect((await own.admin.query(FIND, { where: { handler: { all: [own.owner.id, own.supervisor.id] } } })).businessForms.totalCount).toBe(
      2,
    );
    await doneOnTask(own.owner, 'rejectFormTask', again, { comment: 'No.' });
    forms.again = again;
  });
  it('by template', async () => {
    const { nodes } = (await own.admin.query(FIND)).businessForms;
    const template = nodes[0].template.id;
    expect(await found(own.admin, { template: { equals: template } })).toHaveLength(nodes.length);
    expect(await found(own.admin, { template: { equals: own.customer.id } })).toEqual([]);
  });
  it('by the moment of their end', async () => {
    expect(await found(own.admin, { endedAt: { isNull: false } })).toEqual(['again', ...ENDED]);
    expect(await found(own.admin, { endedAt: { isNull: true } })).toEqual(['begun', 'claimed', 'rivals', 'travelled']);
    const { nodes } = (await own.admin.query(FIND, { where: { number: { equals: numbers.completed } } })).businessForms;
    const at = new Date(nodes[0].endedAt).getTime();
    const second = (by: number) => new Date(at + by * 1_000).toISOString();
    expect(await found(own.admin, { endedAt: { after: second(-1), before: second(1) }, state: { equals: 'COMPLETED' } })).toEqual([
      'completed',
    ]);
    expect(await found(own.admin, { endedAt: { before: second(-600) } })).toEqual([]);
  });
  it('also of forms that a server ended which did not write it down', async () => {
    const database = await RawDatabase.open(server.databaseUrl);
    await database.rows('update business_forms set ended_at = null where organization_id = $1', [own.id]);
    expect(await found(own.admin, { endedAt: { isNull: false } })).toEqual([]);
    await backfill(server.runtime);
    const late = await database.rows(
      'select id from business_forms where organization_id = $1 and ended_at is distinct from customer_state_since and state = any($2)',
      [own.id, ['COMPLETED', 'REJECTED']],
    );
    await database.close();
    expect(late).toEqual([]);
    expect(await found(own.admin, { endedAt: { isNull: false } })).toEqual(['again', ...ENDED]);
  });
  it('by all of it together', async () => {
    const where = {
      contact: { equals: own.customer.id },
      handler: { any: [own.colleague.id] },
      state: { equals: 'IN_REVIEW' },
      submittedAt: { after: '2020-01-01T00:00:00Z' },
      not: { number: { equals: numbers.begun } },
    };
    expect(await found(own.admin, where)).toEqual(['travelled']);
    expect(await found(own.admin, { ...where, state: { equals: 'COMPLETED' } })).toEqual([]);
  });
  it('in the order of their submission, page by page', async () => {
    const orderBy = [{ field: 'SUBMITTED_AT', direction: 'ASC' }];
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo }: { nodes: { submittedAt: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } = (
        await own.admin.query(FIND, { orderBy, first: 2, after })
      ).businessForms;
      seen.push(...nodes.map(({ submittedAt }) => submittedAt));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(7);
    expect(seen).toEqual(seen.toSorted());
  });
  it('a customer looks for none by who handled it', async () => {
    const document = 'query ($id: ID!) { myForms(where: { handler: { any: [$id] } }) { nodes { id } } }';
    const { errors } = await own.customer.ask(document, { id: own.owner.id });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });
});
