import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, placeOrder, taskOn } from '../../support/form-moves.ts';
import { act, doneOnTask, inside } from './acts.fixture.ts';

// Of any number at once one is made, the others are told (spec 6.4): 50 of every act, over as many connections as there are requests.

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const TIMES = 50;
/** How many of 50 were done, and what the others were told. */
async function atOnce(ask: (i: number) => Promise<{ readonly __typename: string }>): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: TIMES }, (_, i) => ask(i)));
  return Object.fromEntries([...Map.groupBy(answers, ({ __typename }) => __typename)].map(([type, all]) => [type, all.length]));
}
const read = (formId: string) => inside(own.admin, formId, own as unknown as Record<string, unknown>);
interface Race {
  readonly name: string;
  readonly by: (own: TestOrganization) => TestSeat;
  prepare(own: TestOrganization): Promise<{ readonly formId: string; readonly input: object }>;
  readonly told: string;
  readonly after: object;
}
const ofTask =
  (more: (own: TestOrganization) => object): Race['prepare'] =>
  async (org) => {
    const formId = await placeOrder(org.customer);
    return { formId, input: { taskId: (await taskOn(org.owner, formId)).id, ...more(org) } };
  };
const asked = async ({ customer, owner }: TestOrganization): Promise<string> => {
  const formId = await placeOrder(customer);
  await approve(owner, formId);
  return formId;
};
const RACES: readonly Race[] = [
  {
    name: 'returnFormTask',
    by: ({ owner }) => owner,
    prepare: ofTask(() => ({ to: 'SUBMITTER', reason: 'Which?' })),
    told: 'TaskAlreadyDecided',
    after: { state: 'NEEDS_CORRECTION', turns: [] },
  },
  {
    name: 'handOverFormTask',
    by: ({ owner }) => owner,
    prepare: ofTask(({ colleague }) => ({ employeeId: colleague.id })),
    told: 'TaskAlreadyDecided',
    after: { turns: ['colleague'] },
  },
  {
    name: 'addFormApprover',
    by: ({ owner }) => owner,
    prepare: ofTask(({ colleague }) => ({ employeeId: colleague.id, when: 'BEFORE' })),
    told: 'FormMoveNotAllowed',
    after: { turns: ['owner WAITING', 'colleague'] },
  },
  {
    name: 'consultOnFormTask',
    by: ({ owner }) => owner,
    prepare: ofTask(({ colleague }) => ({ employeeId: colleague.id, question: 'Do we?' })),
    told: 'ApproverNotAllowed',
    after: { turns: ['owner', 'colleague OPINION'] },
  },
  {
    name: 'answerConsultation',
    by: ({ colleague }) => colleague,
    prepare: async (org) => {
      const formId = await placeOrder(org.customer);
      await doneOnTask(org.owner, 'consultOnFormTask', formId, { employeeId: org.colleague.id, question: 'Do we?' });
      return { formId, input: { taskId: (await taskOn(org.colleague, formId)).id, answer: 'Yes.' } };
    },
    told: 'TaskAlreadyDecided',
    after: { turns: ['owner'] },
  },
  {
    name: 'resubmitForm',
    by: ({ customer }) => customer,
    prepare: async (org) => {
      const formId = await placeOrder(org.customer);
      await doneOnTask(org.owner, 'returnFormTask', formId, { to: 'SUBMITTER', reason: 'Which?' });
      return { formId, input: { formId, values: [] } };
    },
    told: 'FormMoveNotAllowed',
    after: { state: 'IN_REVIEW', turns: ['owner'] },
  },
  {
    name: 'disputeForm',
    by: ({ customer }) => customer,
    prepare: async (org) => {
      const formId = await asked(org);
      return { formId, input: { formId, reason: 'No.' } };
    },
    told: 'FormMoveNotAllowed',
    after: { state: 'IN_REVIEW', turns: ['owner'] },
  },
  {
    name: 'withdrawForm',
    by: ({ customer }) => customer,
    prepare: async (org) => {
      const formId = await placeOrder(org.customer);
      return { formId, input: { formId } };
    },
    told: 'FormMoveNotAllowed',
    after: { state: 'WITHDRAWN', turns: [] },
  },
  {
    name: 'remindForm',
    by: ({ customer }) => customer,
    prepare: async (org) => {
      const formId = await placeOrder(org.customer);
      return { formId, input: { formId } };
    },
    told: 'RemindedLately',
    after: { history: ['SUBMITTED', 'REMINDED'] },
  },
  {
    name: 'endForm',
    by: ({ formsAdmin }) => formsAdmin,
    prepare: async (org) => {
      const formId = await placeOrder(org.customer);
      return { formId, input: { formId, reason: 'No.' } };
    },
    told: 'FormMoveNotAllowed',
    after: { state: 'ENDED', turns: [] },
  },
];

describe('one form (spec 6.4)', () => {
  it.each(RACES.map((race) => [race.name, race] as const))('50 of %s at once are one', async (name, { by, prepare, told, after }) => {
    const { formId, input } = await prepare(own);
    expect(await atOnce(() => act(by(own), name, input))).toEqual({
      [`${name[0]!.toUpperCase()}${name.slice(1)}Success`]: 1,
      [told]: TIMES - 1,
    });
    expect(await read(formId)).toMatchObject(after);
  });

  it('is returned, approved or handed over by 50 tabs at once, and one of it happens', async () => {
    const { owner, customer, colleague, supervisor } = own;
    const formId = await placeOrder(customer);
    const { id: taskId } = await taskOn(owner, formId);
    const acts = [
      () => act(owner, 'returnFormTask', { taskId, to: 'SUBMITTER', reason: 'Which?' }),
      () => act(owner, 'approveFormTask', { taskId, nextApproverId: colleague.id }),
      () => act(owner, 'handOverFormTask', { taskId, employeeId: supervisor.id }),
    ];
    const { TaskAlreadyDecided: late, ...first } = await atOnce((i) => acts[i % acts.length]!());
    expect(late).toBe(TIMES - 1);
    expect(Object.values(first)).toEqual([1]);
    expect((await read(formId)).history).toHaveLength(2);
  });

  it('is disputed or confirmed, not both', async () => {
    const formId = await asked(own);
    const { FormMoveNotAllowed: late } = await atOnce((i) =>
      i % 2 ? act(own.customer, 'confirmForm', { formId }) : act(own.customer, 'disputeForm', { formId, reason: 'No.' }),
    );
    expect(late).toBe(TIMES - 1);
  });

  it('is withdrawn by its customer or begun inside, not both', async () => {
    const { owner, customer, colleague } = own;
    const formId = await placeOrder(customer);
    const { id: taskId } = await taskOn(owner, formId);
    await atOnce((i) =>
      i % 2 ? act(customer, 'withdrawForm', { formId }) : act(owner, 'approveFormTask', { taskId, nextApproverId: colleague.id }),
    );
    const { state, turns, history } = await read(formId);
    expect([history.length, state === 'WITHDRAWN' ? turns : turns.length]).toEqual([2, state === 'WITHDRAWN' ? [] : 1]);
  });

  it('of a contact that is deleted meanwhile rests, or was decided before; 20 tasks are approved in bulk beside single ones', async () => {
    const { owner, customer, admin } = own;
    const formIds = await Promise.all(Array.from({ length: 10 }, () => placeOrder(customer)));
    const taskIds = await Promise.all(formIds.map(async (id) => (await taskOn(owner, id)).id));
    await Promise.all([
      ...taskIds.map((taskId) => act(owner, 'approveFormTask', { taskId })),
      act(owner, 'approveFormTasks', { taskIds: [...taskIds].reverse() }),
      act(owner, 'approveFormTasks', { taskIds }),
      act(admin, 'deleteContacts', { contactIds: [customer.id] }),
    ]);
    for (const formId of formIds) {
      const { state, turns, pausedReason } = await read(formId);
      expect(pausedReason).toBe('CONTACT_DELETED');
      expect([state, turns]).toEqual(state === 'IN_REVIEW' ? ['IN_REVIEW', ['owner']] : ['AWAITING_CONFIRMATION', []]);
    }
  });
});
