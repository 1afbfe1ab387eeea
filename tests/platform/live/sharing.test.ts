import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Crowd } from '../../../src/platform/read/crowd.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, approve, placeOrder, taskOn } from '../../support/form-moves.ts';
import { formNow } from '../../support/live-places.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { connected, type TestSocket } from '../server/socket.fixture.ts';

// One execution for subscribers whose document, variables and rights are equal; never one for two whose rights are not.

const FORM = `subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) {
  cursor kind form { id state tasks { nodes { state } } } } }`;
const PERSONAL = `subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) {
  place: cursor kind form { id viewerRoles liveCursor } } }`;

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
const sockets: TestSocket[] = [];
beforeAll(async () => {
  server = await startTestServer();
  database = await RawDatabase.open(server.databaseUrl);
  own = await server.organization();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const { socket } of sockets.splice(0)) socket.terminate();
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** A form that its owner has handed on to a colleague; the contact's sharee may see that it is there. */
async function formOnItsWay(): Promise<string> {
  const formId = await placeOrder(own.customer);
  await approve(own.owner, formId, own.colleague);
  return formId;
}
/** A socket that follows from a place on, by default the present one. */
async function follows(seat: TestSeat, formId: string, query = FORM, place?: string): Promise<TestSocket> {
  const after = place ?? (await formNow(server, seat, formId));
  const socket = await connected(server.url, seat.token);
  sockets.push(socket);
  socket.subscribe('live', query, { id: formId, after });
  return socket;
}
/** The next move of a form that some follow: what each is told of it, and how many statements and executions that takes. */
async function moved(formId: string, [from, to]: readonly [TestSeat, TestSeat], followers: readonly TestSocket[]) {
  const { id } = await taskOn(from, formId);
  const executions = vi.spyOn(Crowd.prototype, 'agree');
  const before = server.runtime.reads.statements;
  await from.does(APPROVE, { input: { taskId: id, nextApproverId: to.id } });
  const told = await Promise.all(followers.map(async (socket) => (await socket.next()).payload as Told));
  const counted = { statements: server.runtime.reads.statements - before, executions: executions.mock.calls.length };
  executions.mockRestore();
  return { told, ...counted };
}
interface Told {
  readonly data: { readonly businessForm: Record<string, unknown> & { readonly form: Record<string, unknown> } };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}
const formOf = ({ data }: Told) => data.businessForm.form;

describe('subscribers of one form with the same document', () => {
  it('are told by one statement and one execution, whoever they are, where their answers are the same', async () => {
    const { owner, colleague, supervisor } = own;
    const alone = await moved(await formOnItsWay(), [colleague, supervisor], []);
    const formId = await formOnItsWay();
    const followers = await Promise.all([owner, owner, colleague, colleague, owner].map((seat) => follows(seat, formId)));
    await moved(formId, [colleague, owner], followers);
    const { told, statements, executions } = await moved(formId, [owner, colleague], followers);
    expect([statements - alone.statements, executions]).toEqual([1, 1]);
    for (const answer of told) expect(formOf(answer)).toEqual(formOf(told[0]!));
    const cursors = told.map(({ data }) => data.businessForm.cursor);
    expect(new Set(cursors).size).toBe(2);
    expect([cursors[1], cursors[4], cursors[3]]).toEqual([cursors[0], cursors[0], cursors[2]]);
  });

  it('are each told what they may read, however alike their seats are', async () => {
    const { owner, colleague, sharee, formsAdmin } = own;
    const formId = await formOnItsWay();
    const followers = await Promise.all([owner, sharee, colleague, sharee, formsAdmin].map((seat) => follows(seat, formId)));
    const first = await moved(formId, [colleague, owner], followers);
    const { told, executions } = await moved(formId, [owner, colleague], followers);
    expect(executions).toBe(3);
    for (const answers of [first.told, told]) {
      const codes = answers.map(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));
      expect(codes).toEqual([[], ['FORBIDDEN'], [], ['FORBIDDEN'], []]);
      const tasks = answers.map((answer) => formOf(answer).tasks);
      expect(tasks[0]).toMatchObject({ nodes: expect.arrayContaining([{ state: 'OPEN' }]) });
      expect(tasks).toEqual([tasks[0], null, tasks[0], null, tasks[0]]);
    }
  });

  it('are each told what is their own alone', async () => {
    const { owner, colleague, sharee } = own;
    const formId = await formOnItsWay();
    const seats = [owner, colleague, sharee, owner];
    const followers = await Promise.all(seats.map((seat) => follows(seat, formId, PERSONAL)));
    const { told } = await moved(formId, [colleague, owner], followers);
    expect(told.map((answer) => formOf(answer).viewerRoles)).toEqual([
      ['OWNER', 'PARTICIPANT'],
      ['PARTICIPANT'],
      ['SHAREE'],
      ['OWNER', 'PARTICIPANT'],
    ]);
    expect(new Set(told.map((answer) => formOf(answer).liveCursor)).size).toBe(3);
    expect(new Set(told.map(({ data }) => data.businessForm.place)).size).toBe(3);
    const again = await Promise.all(
      seats.map((seat, i) => follows(seat, formId, FORM, [formOf(told[i]!).liveCursor, told[i]!.data.businessForm.place][i % 2] as string)),
    );
    const next = await moved(formId, [owner, colleague], again);
    for (const answer of next.told) expect(answer.data.businessForm).toMatchObject({ kind: 'MOVED', form: { id: formId } });
  });

  it('that lose their right are told nothing of what the others are told', async () => {
    const { owner, sharee, colleague } = own;
    const formId = await formOnItsWay();
    const [lost, kept] = await Promise.all([follows(sharee, formId), follows(owner, formId)]);
    await moved(formId, [colleague, owner], [lost, kept]);
    const { id } = await taskOn(owner, formId);
    await database.rows('delete from contact_shares where organization_id = $1', [own.id]);
    await owner.does(APPROVE, { input: { taskId: id, nextApproverId: colleague.id } });
    expect(await lost.next()).toEqual({ id: 'live', type: 'complete' });
    expect(await kept.next()).toMatchObject({ type: 'next', payload: { data: { businessForm: { form: { id: formId } } } } });
  });
});
