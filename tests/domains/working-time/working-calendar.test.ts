import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';

const CALENDAR = '{ version timeZone week { weekday hours { from until } } days { date name hours { from until } } }';
const READ = `{ workingCalendar ${CALENDAR} }`;
const UPDATE = `mutation ($input: UpdateWorkingCalendarInput!) { updateWorkingCalendar(input: $input) { __typename
  ... on UpdateWorkingCalendarSuccess { calendar ${CALENDAR} } ... on WorkingCalendarChanged { version }
  ... on ValidationFailed { issues { path code } } } }`;

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const read = async (seat: TestSeat) => (await seat.query(READ)).workingCalendar;
const update = async (input: object, seat = own.formsAdmin) =>
  (await seat.ask(UPDATE, { input: { expectedVersion: 0, ...input } })).data.updateWorkingCalendar;
const hours = (from: string, until: string) => ({ from, until });

describe('the working calendar (spec 6.11)', () => {
  it('is Monday to Friday, 9 to 18, until somebody says otherwise; every employee reads it, no contact', async () => {
    const { week, ...rest } = await read(own.colleague);
    expect(rest).toEqual({ version: 0, timeZone: 'Asia/Shanghai', days: [] });
    expect(week.map((day: { hours: object[] }) => day.hours)).toEqual([...Array(5).fill([hours('09:00', '18:00')]), [], []]);
    expect((await own.customer.ask(READ)).errors).toHaveLength(1);
  });

  it('is changed by admins with FORMS, part by part, with the version that they read', async () => {
    const week = [
      { weekday: 'SATURDAY', ...hours('22:00', '24:00') },
      { weekday: 'MONDAY', ...hours('13:00', '17:30') },
      { weekday: 'MONDAY', ...hours('08:30', '12:00') },
    ];
    const { calendar } = await update({ timeZone: 'europe/berlin', week });
    expect(calendar).toMatchObject({ version: 1, timeZone: 'Europe/Berlin' });
    expect(calendar.week[0].hours).toEqual([hours('08:30', '12:00'), hours('13:00', '17:30')]);
    expect(calendar.week[5].hours).toEqual([hours('22:00', '24:00')]);
    const days = [
      { date: '2026-10-02', name: 'National Day', hours: [] },
      { date: '2026-10-01', name: 'National Day', hours: [] },
      { date: '2026-10-10', name: 'Make-up day', hours: [hours('09:00', '12:00')] },
    ];
    expect(await update({ setDays: days })).toEqual({ __typename: 'WorkingCalendarChanged', version: 1 });
    await update({ expectedVersion: 1, setDays: days });
    await update({ expectedVersion: 2, removeDays: ['2026-10-02'], setDays: [{ date: '2026-10-01', name: 'Off', hours: [] }] });
    const now = await read(own.owner);
    expect(now).toMatchObject({ version: 3, timeZone: 'Europe/Berlin', days: [{ date: '2026-10-01', name: 'Off', hours: [] }, days[2]] });
    expect(now.week).toEqual(calendar.week);
    expect((await own.owner.query('{ organization { timeZone } }')).organization.timeZone).toBe('Europe/Berlin');
    expect((await update({ expectedVersion: 3, timeZone: 'Europe/Paris' })).calendar.version).toBe(4);
    for (let i = 0; i < 2; i++) expect((await update({ expectedVersion: 4, timeZone: 'Europe/Paris' })).calendar.version).toBe(4);
    for (const seat of [own.owner, own.colleague])
      expect((await seat.ask(UPDATE, { input: { expectedVersion: 4 } })).errors[0]!.extensions.code).toBe('FORBIDDEN');
    const other = await server.organization();
    expect(await read(other.owner)).toMatchObject({ version: 0, days: [] });
  });

  it.each([
    ['no hour at all', { week: [] }, ['input.week NO_HOURS']],
    [
      'no time',
      { week: [{ weekday: 'MONDAY', ...hours('9:00', '24:01') }] },
      ['input.week.0.from NOT_A_TIME', 'input.week.0.until NOT_A_TIME'],
    ],
    ['an end before the beginning', { week: [{ weekday: 'MONDAY', ...hours('18:00', '09:00') }] }, ['input.week.0.until NOT_AFTER']],
    [
      'hours that overlap',
      {
        week: [
          { weekday: 'MONDAY', ...hours('12:00', '18:00') },
          { weekday: 'TUESDAY', ...hours('09:00', '18:00') },
          { weekday: 'MONDAY', ...hours('09:00', '12:30') },
        ],
      },
      ['input.week.0 OVERLAPS'],
    ],
    ['no day', { setDays: [{ date: '2026-02-30', name: 'Never', hours: [] }] }, ['input.setDays.0.date NOT_A_DATE']],
    [
      'a day twice, with hours that are none',
      {
        setDays: [
          { date: '2026-02-03', name: 'A', hours: [] },
          { date: '2026-02-03', name: 'B', hours: [hours('x', '12:00')] },
        ],
      },
      ['input.setDays.1.hours.0.from NOT_A_TIME', 'input.setDays.1.date TWICE'],
    ],
    ['no zone', { timeZone: 'Mars/Olympus' }, ['input.timeZone NO_ZONE']],
  ])('refuses %s, and says where', async (_, input, expected) => {
    const { issues } = await update(input);
    expect(issues.map(({ path, code }: { path: string[]; code: string }) => `${path.join('.')} ${code}`)).toEqual(expected);
    expect((await read(own.owner)).version).toBe(0);
  });

  it('of any number of edits of one version one is done', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => update({ setDays: [{ date: `2026-03-${10 + i}`, name: 'Off', hours: [] }] })),
    );
    expect(answers.filter(({ __typename }) => __typename === 'UpdateWorkingCalendarSuccess')).toHaveLength(1);
    expect((await read(own.owner)).days).toHaveLength(1);
  });
});
