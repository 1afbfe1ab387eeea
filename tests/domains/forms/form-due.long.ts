import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import type { CertificationLevel } from '../../../src/domains/organization/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, taskOn } from '../../support/form-moves.ts';
import { published, WISH } from '../form-designer/designer.fixture.ts';
import { act, done, doneOnTask, inside } from './acts.fixture.ts';

const HOUR = 3_600_000;
/** A Monday, 10 o'clock in Shanghai; each test has a week of its own. */
let monday = Date.parse('2026-06-01T02:00:00Z');
let now = monday;
let server: TestServer;
let own: TestOrganization;
beforeEach(() => {
  monday += 7 * 24 * HOUR;
  now = monday;
});
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0, now: () => new Date(now) });
  own = await server.organization();
  await strike(); // winds the clocks up
});
afterAll(() => server.stop());

const strike = (): Promise<void> => server.strike('forms.keepTime');
async function at(hours: number): Promise<void> {
  now = monday + hours * HOUR;
  await strike();
}
const read = (formId: string) => inside(own.admin, formId, own as unknown as Record<string, unknown>);
const DUE = 'query ($id: ID!) { businessForm(id: $id) { tasks(first: 20) { nodes { state dueAt } } } }';
/** Of each task, its state and the days and hours from that Monday, 10 o'clock, until it is due. */
const dueOf = async (formId: string) =>
  (await own.admin.query(DUE, { id: formId })).businessForm.tasks.nodes.map(({ state, dueAt }: { state: string; dueAt: string | null }) => [
    state,
    (Date.parse(dueAt!) - monday) / HOUR,
  ]);
const told = async (seat: TestSeat, formId: string): Promise<string[]> =>
  (await seat.query('{ notifications(first: 100) { nodes { kind task { form { id } } } } }')).notifications.nodes
    .filter(({ task }: { task: { form: { id: string } } | null }) => task?.form.id === formId)
    .map(({ kind }: { kind: string }) => kind)
    .reverse();

let count = 0;
async function submitted(by: TestSeat, dueHours = 8, customer = own.customer): Promise<string> {
  const steps = [
    { name: 'First', approvers: [{ employeeId: by.id }], dueHours },
    { name: 'Last', approvers: [{ employeeId: own.colleague.id }], dueHours: 2 },
  ];
  const { id: templateId } = await published(own.formsAdmin, { fields: [WISH], flow: { steps } });
  const input = { templateId, values: [{ field: 'wish', text: 'Bolts' }], idempotencyKey: `due-${++count}` };
  const payload = await done(customer, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  return (payload.form as { readonly id: string }).id;
}

const certify = (level: CertificationLevel) => certifyOrganization(server.runtime, own.id, { level, reason: 'Looked at' });
async function amongColleagues(): Promise<string> {
  const steps = [{ name: 'First', approvers: [{ employeeId: own.owner.id }], dueHours: 8 }];
  const { id: templateId } = await published(own.formsAdmin, {
    fields: [WISH],
    flow: { steps },
    audience: { contacts: 'NONE', employees: true },
  });
  const input = { templateId, values: [{ field: 'wish', text: 'Bolts' }], idempotencyKey: `due-${++count}` };
  const payload = await done(own.admin, 'submitForm', input, '... on SubmitFormSuccess { form { id } }');
  return (payload.form as { readonly id: string }).id;
}

describe('a step that has a due time (spec 6.11)', () => {
  it('falls due in working hours; its holder is reminded before, told when it is overdue, and the supervisor has a turn', async () => {
    const { owner, supervisor } = own;
    const formId = await submitted(owner);
    expect(await dueOf(formId)).toEqual([['OPEN', 8]]);
    await at(5.5);
    expect(await told(owner, formId)).toEqual(['TASK_CAME']);
    await at(6.3);
    await expect.poll(() => told(owner, formId)).toEqual(['TASK_CAME', 'TASK_DUE']);
    await at(7);
    expect((await read(formId)).history).toEqual(['SUBMITTED']);
    await at(8.3);
    await expect.poll(() => told(owner, formId)).toEqual(['TASK_CAME', 'TASK_DUE', 'TASK_DUE']);
    await expect.poll(() => told(supervisor, formId)).toEqual(['TASK_ESCALATED']);
    expect(await read(formId)).toMatchObject({
      turns: ['owner', 'supervisor'],
      history: ['SUBMITTED', 'ESCALATED'],
      customerState: 'RECEIVED',
      customerVersion: 1,
    });
    await at(40);
    expect((await read(formId)).history).toEqual(['SUBMITTED', 'ESCALATED']);
    const ownersTask = (await taskOn(owner, formId)).id;
    await approve(supervisor, formId);
    expect((await read(formId)).turns).toEqual(['colleague']);
    expect(await act(owner, 'approveFormTask', { taskId: ownersTask })).toMatchObject({ __typename: 'TaskAlreadyDecided' });
    expect(await told(own.formsAdmin, formId)).toEqual([]); // somebody is above the holder
  });

  it('by the organization’s calendar; whoever hands a turn over gains no time, a turn that begins has its own', async () => {
    const { owner, sharee, formsAdmin } = own;
    const tuesday = new Date(monday + 24 * HOUR).toISOString().slice(0, 10);
    await done(formsAdmin, 'updateWorkingCalendar', {
      expectedVersion: 0,
      setDays: [{ date: tuesday, name: 'Off', hours: [] }],
    });
    const formId = await submitted(owner, 12);
    const due = 2 * 24 + 3; // Wednesday, 13 o'clock
    expect(await dueOf(formId)).toEqual([['OPEN', due]]);
    now = monday + 3 * HOUR;
    await doneOnTask(owner, 'handOverFormTask', formId, { employeeId: sharee.id });
    expect(await dueOf(formId)).toEqual([
      ['HANDED_OVER', due],
      ['OPEN', due],
    ]);
    await approve(sharee, formId);
    expect((await dueOf(formId)).at(-1)).toEqual(['OPEN', 5]);
    await done(formsAdmin, 'updateWorkingCalendar', { expectedVersion: 1, removeDays: [tuesday] });
  });

  it('is told to the admins where nobody is above its holder', async () => {
    const formId = await submitted(own.supervisor);
    await at(9);
    expect((await read(formId)).turns).toEqual(['supervisor']);
    await expect.poll(() => told(own.formsAdmin, formId)).toEqual(['TASK_OVERDUE']);
    expect(await told(own.owner, formId)).toEqual([]);
  });

  it('rests with its form, and is asked for nothing once it is decided', async () => {
    const { admin, owner, rival } = own;
    const [rests, decided] = [await submitted(owner, 8, rival), await submitted(owner, 8, rival)];
    await approve(owner, decided);
    await done(admin, 'deleteContacts', { contactIds: [rival.id] });
    now = monday + 20 * HOUR;
    await certify('TEAM');
    now = monday + 29 * HOUR;
    await certify('ADVANCED');
    await at(30);
    expect((await read(rests)).history).toEqual(['SUBMITTED', 'PAUSED']);
    expect((await read(decided)).history).toEqual(['SUBMITTED', 'APPROVED', 'PAUSED']);
    await done(admin, 'restoreContacts', { contactIds: [rival.id] }); // on Tuesday, 16 o'clock, with all its eight hours left
    expect(await dueOf(rests)).toEqual([['OPEN', 2 * 24 + 5]]);
    await at(52);
    expect((await read(rests)).turns).toEqual(['owner']);
    await at(54);
    expect((await read(rests)).turns).toEqual(['owner', 'supervisor']);
    expect(await told(owner, decided)).toEqual(['TASK_CAME']);
  });

  it('is decided by its holder in the second in which it is escalated: it goes on once', async () => {
    const formIds = await Promise.all(Array.from({ length: 6 }, () => submitted(own.owner)));
    const taskIds = await Promise.all(formIds.map(async (id) => (await taskOn(own.owner, id)).id));
    now = monday + 9 * HOUR;
    const answers = await Promise.all([...taskIds.map((taskId) => act(own.owner, 'approveFormTask', { taskId })), strike()]);
    for (const [i, formId] of formIds.entries()) {
      expect(answers[i]).toMatchObject({ __typename: 'ApproveFormTaskSuccess' });
      expect((await read(formId)).turns).toEqual(['colleague']);
    }
  });
});

describe('while the window is suspended (spec 6.11)', () => {
  it('no turn of a contact’s form escalates; when it serves again, each has the working hours that it had left', async () => {
    const { owner } = own;
    const [over, late, reminded] = [await submitted(owner, 2), await submitted(owner, 12), await submitted(owner, 4)];
    const among = await amongColleagues();
    await at(3);
    expect((await read(over)).turns).toEqual(['owner', 'supervisor']);
    await certify('TEAM');
    now = monday + 4 * HOUR;
    await certify('BASIC');
    now = monday + 5 * HOUR;
    await approve(owner, late); // those inside go on, and a turn of two hours begins
    await at(30);
    expect((await read(reminded)).turns).toEqual(['owner']);
    expect((await read(among)).turns).toEqual(['owner', 'supervisor']);
    const before = await dueOf(among);
    await certify('ADVANCED'); // on Tuesday, 16 o'clock
    expect(await dueOf(over)).toEqual([
      ['OPEN', 2],
      ['OPEN', 2],
    ]);
    expect((await dueOf(late)).at(-1)).toEqual(['OPEN', 32]);
    expect(await dueOf(reminded)).toEqual([['OPEN', 31]]);
    expect(await dueOf(among)).toEqual(before);
    await at(30.9);
    expect((await read(reminded)).turns).toEqual(['owner']);
    expect(await told(owner, reminded)).toEqual(['TASK_CAME', 'TASK_DUE']);
    await at(31.5);
    expect([...(await read(reminded)).turns].sort()).toEqual(['owner', 'supervisor']);
    expect((await read(late)).turns).toEqual(['colleague']);
  });

  it('a turn that is handed over meanwhile has what it had left, as what stayed', async () => {
    const [handed, stayed] = [await submitted(own.owner), await submitted(own.owner)];
    now = monday + HOUR;
    await certify('ADVANCED'); // it was never suspended, and nothing is put off
    expect(await dueOf(stayed)).toEqual([['OPEN', 8]]);
    await certify('TEAM');
    now = monday + 3 * HOUR;
    await doneOnTask(own.owner, 'handOverFormTask', handed, { employeeId: own.supervisor.id });
    now = monday + 24 * HOUR;
    await certify('ADVANCED');
    expect((await dueOf(handed)).at(-1)).toEqual(['OPEN', 24 + 7]);
    expect(await dueOf(stayed)).toEqual([['OPEN', 24 + 7]]);
  });

  it.each([
    ['rests, and the window within it', { pause: 1, suspend: 2, back: 24, restore: 48 }, 55],
    ['rests, and the window beyond it', { pause: 1, suspend: 2, restore: 24, back: 48 }, 55],
    ['rests within the window’s time', { suspend: 1, pause: 2, restore: 24, back: 48 }, 55],
    ['rests beyond the window’s time', { suspend: 1, pause: 24, back: 48, restore: 72 }, 79],
    ['rests after it', { suspend: 1, back: 2, pause: 3, restore: 25 }, 31],
  ] as const)('a form that %s counts each hour once', async (_, times, due) => {
    const { contact } = await own.admin.query('query ($id: ID!) { contact(id: $id) { phone } }', { id: own.unowned.id });
    const formId = await submitted(own.owner, 8, await server.seat(contact.phone, own.id)); // the bin has ended its session
    const given = { contactIds: [own.unowned.id] };
    const acts = {
      pause: () => done(own.admin, 'deleteContacts', given),
      restore: () => done(own.admin, 'restoreContacts', given),
      suspend: () => certify('TEAM'),
      back: () => certify('ADVANCED'),
    };
    for (const [act, at] of Object.entries(times).sort(([, one], [, other]) => one - other)) {
      now = monday + at * HOUR;
      await acts[act as keyof typeof acts]();
    }
    expect(await dueOf(formId)).toEqual([['OPEN', due]]);
  });
});
