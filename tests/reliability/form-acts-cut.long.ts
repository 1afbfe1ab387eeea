import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { published } from '../domains/form-designer/designer.fixture.ts';
import { act, doneOnTask } from '../domains/forms/acts.fixture.ts';
import { approve, taskOn } from '../support/form-moves.ts';
import { FORM_TABLES, RawDatabase } from '../support/raw-database.ts';
import { type Cutting, cuttingOf, hangUpAtCommit } from './cutting.ts';

// Every act on a form, with its connection to the database cut at each statement that writes, and around its commit: all of it is there or
// nothing, and whoever sends it once more under the same key has it once.

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
let cutting: Cutting;
let templateId: string;
const TABLES = [...FORM_TABLES, 'form_values', 'form_comments', 'form_drafts', 'audit_entries', 'audit_objects'] as const;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0, jobsAtOnce: 0 });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
  ({ id: templateId } = await published(own.formsAdmin, {
    fields: [{ name: 'wish', label: 'What do you wish?', kind: 'TEXT', required: true }],
    flow: { withConfirmation: true, withdrawal: 'WHILE_RUNNING' },
  }));
  cutting = await cuttingOf(database);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

const values = [{ field: 'wish', text: 'A pump' }];
const submitted = async (): Promise<string> => {
  const { form } = await act(
    own.customer,
    'submitForm',
    { templateId, values, idempotencyKey: randomUUID() },
    '... on SubmitFormSuccess { form { id } }',
  );
  return (form as { id: string }).id;
};
const taskOf = async (seat: TestSeat, formId: string): Promise<{ taskId: string }> => ({ taskId: (await taskOn(seat, formId)).id });
interface Act {
  readonly name: string;
  by(org: TestOrganization): TestSeat;
  /** Makes what it is done to. @returns its input */
  prepare(org: TestOrganization): Promise<object>;
}
const onTurn = (name: string, more: (org: TestOrganization) => object = () => ({})): Act => ({
  name,
  by: ({ owner }) => owner,
  prepare: async (org) => ({ ...(await taskOf(org.owner, await submitted())), ...more(org) }),
});
const onForm = (
  name: string,
  by: Act['by'],
  more: (org: TestOrganization) => object = () => ({}),
  before?: (formId: string) => Promise<unknown>,
): Act => ({
  name,
  by,
  prepare: async (org) => {
    const formId = await submitted();
    await before?.(formId);
    return { formId, ...more(org) };
  },
});
const customer: Act['by'] = (org) => org.customer;
const admin: Act['by'] = (org) => org.formsAdmin;
const approved = (formId: string): Promise<void> => approve(own.owner, formId);
const returned = (formId: string) => doneOnTask(own.owner, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
const ACTS: readonly Act[] = [
  { name: 'submitForm', by: customer, prepare: async () => ({ templateId, values }) },
  { name: 'saveFormDraft', by: customer, prepare: async () => ({ templateId, values }) },
  onTurn('approveFormTask', ({ colleague }) => ({ nextApproverId: colleague.id, comment: 'Yes.' })),
  { ...onTurn('approveFormTask'), name: 'approveFormTask' },
  onTurn('rejectFormTask', () => ({ reason: 'Not any more.' })),
  onTurn('returnFormTask', () => ({ to: 'SUBMITTER', reason: 'Which?', fields: ['wish'] })),
  onTurn('handOverFormTask', ({ colleague }) => ({ employeeId: colleague.id })),
  onTurn('addFormApprover', ({ colleague }) => ({ employeeId: colleague.id, when: 'BEFORE' })),
  onTurn('addFormApprover', ({ colleague }) => ({ employeeId: colleague.id, when: 'AFTER' })),
  onTurn('consultOnFormTask', ({ colleague }) => ({ employeeId: colleague.id, question: 'Do we?' })),
  {
    name: 'answerConsultation',
    by: ({ colleague }) => colleague,
    prepare: async (org) => {
      const formId = await submitted();
      await doneOnTask(org.owner, 'consultOnFormTask', formId, { employeeId: org.colleague.id, question: 'Do we?' });
      return { ...(await taskOf(org.colleague, formId)), answer: 'Yes.' };
    },
  },
  {
    name: 'approveFormTasks',
    by: ({ owner }) => owner,
    prepare: async (org) => {
      const ids = [];
      for (let i = 0; i < 2; i++) ids.push((await taskOf(org.owner, await submitted())).taskId);
      return { taskIds: ids };
    },
  },
  onForm(
    'commentOnForm',
    ({ owner }) => owner,
    () => ({ text: 'Soon.', toCustomer: true }),
  ),
  onForm('remindForm', customer),
  onForm('confirmForm', customer, undefined, approved),
  onForm('disputeForm', customer, () => ({ reason: 'No.' }), approved),
  onForm('withdrawForm', customer, () => ({ reason: 'Not needed.' })),
  onForm('resubmitForm', customer, () => ({ values: [{ field: 'wish', text: 'Two pumps' }] }), returned),
  onForm('jumpForm', admin, ({ colleague }) => ({ employeeId: colleague.id, reason: 'Quicker.' })),
  onForm('endForm', admin, () => ({ reason: 'No.' })),
  {
    name: 'reassignFormTask',
    by: admin,
    prepare: async (org) => ({ ...(await taskOf(org.owner, await submitted())), employeeId: org.colleague.id, reason: 'Away.' }),
  },
];

/** An act writes itself, its key, its event and its entry in the audit record at the least. */
const LEAST_STATEMENTS = 3;
/** Whoever hung up may still be at work in the database. */
const AT_WORK = `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
  and (state = 'active' or state like 'idle in transaction%')`;
/** Of each table how many rows it holds, and what they are; but for what is made after the commit, in its own time. */
type Held = Readonly<Record<string, { readonly count: number; readonly sum: string }>>;
const held = async (): Promise<Held> => {
  await settled();
  const found: [string, Held[string]][] = [];
  for (const table of TABLES) {
    const text = `select count(*)::int as count, md5(string_agg((to_jsonb(one) - 'seq')::text, '' order by one::text)) as sum
      from ${table} one where to_jsonb(one) ->> 'topic' is distinct from 'NOTIFICATION'`;
    found.push([table, (await database.rows<Held[string]>(text))[0]!]);
  }
  return Object.fromEntries(found);
};
/** Nothing is written beside the act. */
async function settled(): Promise<void> {
  await server.runtime.notifications.settled();
  await server.runtime.deliveries.settled();
}
const grown = (before: Held, after: Held): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(after).map(([table, { count }]) => [table, count - before[table]!.count]));

describe.each(ACTS.map((one, i) => [`${one.name} (${i + 1})`, one] as const))('%s, cut off (spec 6.4)', (_, { name, by, prepare }) => {
  const does = (input: object) => act(by(own), name, input);
  const success = `${name[0]!.toUpperCase()}${name.slice(1)}Success`;
  const keyed = async () => ({ ...(await prepare(own)), idempotencyKey: randomUUID() });
  let whole: Readonly<Record<string, number>>;

  it('is done, undisturbed', async () => {
    const input = await keyed();
    const before = await held();
    expect((await does(input)).__typename).toBe(success);
    whole = grown(before, await held());
    expect(Object.values(whole).reduce((sum, rows) => sum + rows)).toBeGreaterThan(1);
  });

  it('at each statement that writes: nothing is there, and once more it is done once', async () => {
    for (let at = 1; ; at++) {
      const input = await keyed();
      const before = await held();
      await cutting.at(at);
      const { __typename } = await does(input);
      await cutting.end();
      if (__typename === success) {
        expect(at).toBeGreaterThan(LEAST_STATEMENTS);
        return;
      }
      expect(await held(), `cut at ${at}`).toEqual(before);
      expect((await does(input)).__typename, `again after ${at}`).toBe(success);
      expect(grown(before, await held()), `again after ${at}`).toEqual(whole);
    }
  });

  it('with its commit on the way: all or nothing, and once more it is done once', async () => {
    const input = await keyed();
    const before = await held();
    const mend = hangUpAtCommit(server.runtime.pools.requests);
    expect((await does(input)).__typename).not.toBe(success);
    mend();
    await expect.poll(() => database.rows(AT_WORK)).toEqual([]);
    const nothing = Object.fromEntries(Object.keys(whole).map((table) => [table, 0]));
    expect([whole, nothing]).toContainEqual(grown(before, await held()));
    expect((await does(input)).__typename).toBe(success);
    expect(grown(before, await held())).toEqual(whole);
  });
});
