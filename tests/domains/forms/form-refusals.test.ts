import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, orderFor, REJECT, taskOn } from '../../support/form-moves.ts';
import { FORM_TABLES, RawDatabase } from '../../support/raw-database.ts';

// The order of refusals of api 1, each with nothing changed.

const TOO_LONG = 'x'.repeat(2_001);
let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization({ name: 'Other Works' });
  database = await RawDatabase.open(server.databaseUrl);
  await database.rows(`update employees set left_at = now() where organization_id = $1 and name = 'The supervisor'`, [own.id]);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

interface Refused {
  readonly __typename?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly [fact: string]: unknown;
}
/** Asks for a decision and expects that nothing in the database is other than before. @returns the payload, or the code of the error. */
async function refused(seat: TestSeat, mutation: string, input: object): Promise<Refused> {
  const before = await database.contents(...FORM_TABLES);
  const { data, errors } = await seat.ask(mutation, { input });
  expect(await database.contents(...FORM_TABLES)).toEqual(before);
  return errors.length ? { code: errors[0]!.extensions.code } : (Object.values(data)[0] as Refused);
}

describe('an approval is refused (spec 6.7)', () => {
  it('in the order of the api, whatever else is wrong with it', async () => {
    const { owner, admin, colleague, sharee, customer, supervisor } = own;
    const { formId, task } = await orderFor(owner, customer);
    const faulty = { taskId: task.id, expectedVersion: 9, nextApproverId: owner.id, comment: TOO_LONG };

    const answered = { taskId: task.id, expectedVersion: task.version, nextApproverId: colleague.id, idempotencyKey: 'first' };
    // Not the holder: unseen is unknown; seen and not theirs is forbidden, unless something that they name is unknown.
    for (const seat of [sharee, colleague, other.admin])
      expect(await refused(seat, APPROVE, faulty)).toMatchObject({ __typename: 'NotFound' });
    expect(await refused(admin, APPROVE, { ...faulty, nextApproverId: other.owner.id })).toMatchObject({ __typename: 'NotFound' });
    expect(await refused(admin, APPROVE, faulty)).toEqual({ code: 'FORBIDDEN' });

    // The holder: changed, then faults of the input, then the approver.
    const open = { ...faulty, expectedVersion: task.version };
    expect(await refused(owner, APPROVE, { ...faulty, nextApproverId: 'never issued' })).toMatchObject({ __typename: 'NotFound' });
    expect(await refused(owner, APPROVE, faulty)).toMatchObject({
      __typename: 'VersionConflict',
      current: { id: task.id, version: task.version },
    });
    expect(await refused(owner, APPROVE, open)).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'comment'], code: 'TOO_LONG' }],
    });
    expect(await refused(owner, APPROVE, { ...open, comment: 'x' })).toMatchObject({ __typename: 'ApproverNotAllowed', reason: 'SELF' });
    expect(await refused(owner, APPROVE, { ...open, comment: 'x', nextApproverId: supervisor.id })).toMatchObject({ reason: 'GONE' });

    const done = await owner.does(APPROVE, { input: answered });
    // Decided: the key's earlier answer before all; else it is decided, also for a version that was never there.
    const replayed = await refused(owner, APPROVE, answered);
    expect(replayed).toMatchObject({ __typename: 'ApproveFormTaskSuccess', task: { id: task.id, version: done.task.version } });
    expect(await refused(owner, APPROVE, { ...answered, comment: 'other' })).toMatchObject({ __typename: 'IdempotencyMismatch' });
    expect(await refused(owner, REJECT, { taskId: task.id, idempotencyKey: 'first' })).toMatchObject({ __typename: 'IdempotencyMismatch' });
    expect(await refused(owner, APPROVE, { ...faulty, nextApproverId: 'never issued' })).toMatchObject({ __typename: 'NotFound' });
    expect(await refused(admin, APPROVE, faulty)).toEqual({ code: 'FORBIDDEN' });
    expect(await refused(owner, APPROVE, faulty)).toMatchObject({
      __typename: 'TaskAlreadyDecided',
      code: 'TASK_ALREADY_DECIDED',
      path: ['input', 'taskId'],
      task: { id: task.id, state: 'DECIDED', decision: 'APPROVED', version: 2 },
    });
    expect(await refused(owner, REJECT, { taskId: task.id, expectedVersion: 9, comment: TOO_LONG })).toMatchObject({
      __typename: 'TaskAlreadyDecided',
    });
    // The form goes on to one who could not see it before, and whose key of the same word is their own.
    expect((await taskOn(colleague, formId)).id).not.toBe(task.id);
    const last = await taskOn(colleague, formId);
    await colleague.does(APPROVE, { input: { taskId: last.id, idempotencyKey: 'first' } });
  });

  it.each<[string, (seats: TestOrganization) => string, Refused]>([
    ['an employee of another organization', () => other.owner.id, { __typename: 'NotFound', path: ['input', 'nextApproverId'] }],
    ['an id that was never issued', () => 'never issued', { __typename: 'NotFound', path: ['input', 'nextApproverId'] }],
    ['a contact', ({ customer }) => customer.id, { __typename: 'NotFound', path: ['input', 'nextApproverId'] }],
    ['oneself', ({ owner }) => owner.id, { __typename: 'ApproverNotAllowed', reason: 'SELF' }],
    ['one who has left', ({ supervisor }) => supervisor.id, { __typename: 'ApproverNotAllowed', reason: 'GONE' }],
  ])('where the next approver is %s', async (_, next, answer) => {
    const { owner, customer } = own;
    const { task } = await orderFor(owner, customer);
    expect(await refused(owner, APPROVE, { taskId: task.id, nextApproverId: next(own), idempotencyKey: `${answer.reason}` })).toMatchObject(
      answer,
    );
  });

  it('not where the next approver held the form before', async () => {
    const { owner, customer, colleague } = own;
    const { formId } = await orderFor(owner, customer);
    await approve(owner, formId, colleague);
    await approve(colleague, formId, owner);
    await approve(owner, formId);
  });

  it('of the customer, who does not know that there are tasks', async () => {
    const { task } = await orderFor(own.owner, own.customer);
    expect(await refused(own.customer, APPROVE, { taskId: task.id })).toEqual({ code: 'BAD_REQUEST' });
  });
});

describe('a rejection is refused', () => {
  it('in the same order', async () => {
    const { owner, admin, colleague, customer } = own;
    const { formId, task } = await orderFor(owner, customer);
    const faulty = { taskId: task.id, expectedVersion: 9, comment: TOO_LONG };
    expect(await refused(colleague, REJECT, faulty)).toMatchObject({ __typename: 'NotFound' });
    expect(await refused(admin, REJECT, faulty)).toEqual({ code: 'FORBIDDEN' });
    expect(await refused(owner, REJECT, faulty)).toMatchObject({ __typename: 'VersionConflict' });
    expect(await refused(owner, REJECT, { ...faulty, expectedVersion: 1 })).toMatchObject({ __typename: 'ValidationFailed' });
    await approve(owner, formId);
    expect(await refused(owner, REJECT, faulty)).toMatchObject({ __typename: 'TaskAlreadyDecided', task: { decision: 'APPROVED' } });
  });
});
