import { dateIn } from '../../sdk/core.ts';
import { invalid, RAISED, type Refusal, type Transaction, type UseCase, type WorkingDates, type WorkingHours } from '../../sdk/index.ts';
import { changeTimeZone, organizations } from '../organization/index.ts';
import { type DayGiven, daysOf, type WeekGiven, weekOf, zoneOf } from './calendar-input.rules.ts';
import { WorkingCalendar, workingCalendars } from './working-calendar.entity.ts';
import {
  addWorkingDays,
  addWorkingHours,
  type WorkingCalendar as Calendar,
  USUAL,
  workedBetween,
  workingSpans,
} from './working-hours.rules.ts';

const MOST_DAYS = 1_000;

export interface CalendarNow extends Calendar {
  /** 0: nobody has said anything, and it is as usual. */
  readonly version: number;
  readonly timeZone: string;
}
const tablesOf = (use: Pick<UseCase, 'on'>) => use.on(organizations, workingCalendars);
/** When people of the organization work. */
async function readCalendar(tables: Pick<ReturnType<typeof tablesOf>, 'selectFrom'>): Promise<CalendarNow> {
  const {
    time_zone: timeZone,
    version,
    week,
    days,
  } = await tables
    .selectFrom('organizations as own')
    .leftJoin('working_calendars as calendar', 'calendar.organization_id', 'own.organization_id')
    .select(['own.time_zone', 'calendar.version', 'calendar.week', 'calendar.days'])
    .executeTakeFirstOrThrow();
  return { timeZone, version: version ?? 0, week: week ?? USUAL.week, days: days ?? USUAL.days };
}
export const calendarOf = ({ on }: Pick<Transaction, 'on'>): Promise<CalendarNow> =>
  readCalendar(on({ organizations, working_calendars: workingCalendars }));

const HOUR = 3_600_000;
/** Working time as it is counted by a calendar; where that has none, hours of all days. */
export async function workingCount(
  use: UseCase,
): Promise<{ after(from: Date, hours: number): Date; between(from: Date, until: Date): number }> {
  const { timeZone, ...calendar } = await readCalendar(tablesOf(use));
  const isWorking = addWorkingHours(calendar, timeZone, use.now, 1) !== undefined;
  return {
    after: (from, hours) => addWorkingHours(calendar, timeZone, from, hours) ?? new Date(from.getTime() + hours * HOUR),
    between: (from, until) =>
      (isWorking ? workedBetween(calendar, timeZone, from, until) : Math.max(0, until.getTime() - from.getTime())) / HOUR,
  };
}
/** Working time as other modules count it. */
export const workingTimeOfOrganization: WorkingHours = {
  after: async (use, from, hours) => (await workingCount(use)).after(from, hours),
  between: async (use, from, until) => (await workingCount(use)).between(from, until),
  puttingOff: async (use) => {
    const { after, between } = await workingCount(use);
    return (deadline, stood, goesOn) => {
      const left = between(stood, deadline);
      return left > 0 ? after(goesOn, left) : deadline > stood ? goesOn : deadline;
    };
  },
  spansIn: async (transaction, from, until) => {
    const { timeZone, ...calendar } = await calendarOf(transaction);
    const counts = addWorkingHours(calendar, timeZone, from, 1) !== undefined;
    const spans = counts ? workingSpans(calendar, timeZone, from, until) : [[from.getTime(), until.getTime()] as const];
    return spans.map(([begins, ends]) => ({ from: new Date(begins), until: new Date(ends) }));
  },
};
const plain = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 'yyyy-mm-dd'.length);
const DAY = 86_400_000;

/** Days as the organization counts them, for other modules. */
export const theWorkingDates: WorkingDates = {
  today: async (use) => dateIn((await readCalendar(tablesOf(use))).timeZone, use.now),
  addWorkingDays: async (use, date, days) => addWorkingDays(await readCalendar(tablesOf(use)), date, days) ?? plain(date, days),
};

export interface CalendarEdit {
  readonly expectedVersion: number;
  readonly timeZone?: string;
  readonly week?: WeekGiven;
  readonly setDays?: readonly DayGiven[];
  readonly removeDays?: readonly string[];
}
/** What is left out stays as it is. @throws ValidationFailed; what `changed` makes where it was changed since it was read */
export async function updateCalendar(use: UseCase, edit: CalendarEdit, changed: (version: number) => Refusal): Promise<CalendarNow> {
  await use.takeTurn('working-time');
  const now = await readCalendar(tablesOf(use));
  if (now.version !== edit.expectedVersion) throw changed(now.version);
  const week = edit.week ? weekOf(edit.week) : now.week;
  const removed = new Set(edit.removeDays);
  const days = { ...Object.fromEntries(Object.entries(now.days).filter(([date]) => !removed.has(date))), ...daysOf(edit.setDays ?? []) };
  if (Object.keys(days).length > MOST_DAYS)
    throw invalid(['input', 'setDays'], 'TOO_MANY', {
      en: `A calendar has at most ${MOST_DAYS} days of its own: take away those that are over.`,
      'zh-CN': `日历最多包含 ${MOST_DAYS} 个特殊日期，请先删除已过去的日期。`,
    });
  const timeZone = edit.timeZone === undefined ? now.timeZone : zoneOf(edit.timeZone);
  if (timeZone !== now.timeZone) await changeTimeZone(use, timeZone);
  const found = await use.em.findOne(WorkingCalendar, { organizationId: use.organizationId });
  const kept = found ? use.em.assign(found, { week, days }) : use.em.create(WorkingCalendar, { week, days });
  await use.em.flush();
  // the zone stands with the organization: the calendar's own row may be as before
  const isZoneAlone = timeZone !== now.timeZone && kept.version === now.version;
  if (isZoneAlone) use.on(WorkingCalendar).change({}, { version: RAISED });
  return { week, days, timeZone, version: kept.version + (isZoneAlone ? 1 : 0) };
}
