import { Temporal } from 'temporal-polyfill';
import { type Issue, invalid, type Message, validationFailed } from '../../sdk/index.ts';
import { type DayHours, WEEKDAYS, type WorkingCalendar } from './working-hours.rules.ts';

export interface HoursGiven {
  readonly from: string;
  readonly until: string;
}
export interface DayGiven {
  readonly date: string;
  readonly name: string;
  readonly hours: readonly HoursGiven[];
}
export type WeekGiven = readonly (HoursGiven & { readonly weekday: (typeof WEEKDAYS)[number] })[];

type Path = readonly string[];
const issue = (path: Path, code: string, message: Message): Issue => ({ path, code, message });

/** `09:30`, up to `24:00`, in minutes. */
export function minutesOf(text: string): number | undefined {
  const found = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  const minutes = found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN;
  return minutes <= 1440 ? minutes : undefined;
}
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Hours of one day, in order, with what is wrong with them. */
function hoursOf(given: readonly (HoursGiven & { readonly path: Path })[]): { hours: DayHours[]; issues: Issue[] } {
  const issues: Issue[] = [];
  const read = given.flatMap(({ path, ...one }) => {
    const [from, until] = [minutesOf(one.from), minutesOf(one.until)];
    if (from === undefined) issues.push(issue([...path, 'from'], 'NOT_A_TIME', NOT_A_TIME));
    if (until === undefined) issues.push(issue([...path, 'until'], 'NOT_A_TIME', NOT_A_TIME));
    if (from === undefined || until === undefined) return [];
    if (until <= from) issues.push(issue([...path, 'until'], 'NOT_AFTER', NOT_AFTER));
    return [{ from, until, path }];
  });
  const hours = read.sort((a, b) => a.from - b.from);
  for (const [i, { from, path }] of hours.entries()) if (i && from < hours[i - 1]!.until) issues.push(issue(path, 'OVERLAPS', OVERLAPS));
  return { hours: hours.map(({ from, until }) => ({ from, until })), issues };
}
const NOT_A_TIME = { en: 'Write a time of day such as 09:00, up to 24:00.', 'zh-CN': '请填写时间，如 09:00，最晚 24:00。' };
const NOT_AFTER = { en: 'The end comes after the beginning.', 'zh-CN': '结束时间必须晚于开始时间。' };
const OVERLAPS = { en: 'These hours overlap others of the day.', 'zh-CN': '与当天其他时段重叠。' };

/** @throws ValidationFailed */
export function weekOf(given: WeekGiven): WorkingCalendar['week'] {
  const path = ['input', 'week'];
  if (given.length === 0)
    throw invalid(path, 'NO_HOURS', { en: 'A week has at least one working hour.', 'zh-CN': '一周至少要有一个工作时段。' });
  const placed = given.map((one, i) => ({ ...one, path: [...path, String(i)] }));
  const days = WEEKDAYS.map((day) => [day, hoursOf(placed.filter(({ weekday }) => weekday === day))] as const);
  refuse(days.flatMap(([, { issues }]) => issues));
  return Object.fromEntries(days.filter(([, { hours }]) => hours.length).map(([day, { hours }]) => [day, hours]));
}

/** @throws ValidationFailed */
export function daysOf(given: readonly DayGiven[]): WorkingCalendar['days'] {
  const path = ['input', 'setDays'];
  const read = given.map(({ date, name, hours }, i) => {
    const at = [...path, String(i)];
    const { issues, ...of } = hoursOf(hours.map((one, j) => ({ ...one, path: [...at, 'hours', String(j)] })));
    if (!isDate(date)) issues.push(issue([...at, 'date'], 'NOT_A_DATE', NOT_A_DATE));
    if (given.findIndex((one) => one.date === date) < i) issues.push(issue([...at, 'date'], 'TWICE', TWICE));
    return { date, name, issues, ...of };
  });
  refuse(read.flatMap(({ issues }) => issues));
  return Object.fromEntries(read.map(({ date, name, hours }) => [date, { name, hours }]));
}
const NOT_A_DATE = { en: 'Write a day such as 2026-10-01.', 'zh-CN': '请填写日期，如 2026-10-01。' };
const TWICE = { en: 'This day is named twice.', 'zh-CN': '该日期重复。' };

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** The zone as the database of zones spells it. @throws ValidationFailed */
export function zoneOf(typed: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone.toLowerCase() === typed.toLowerCase()
      ? new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone
      : typed;
  } catch {
    throw invalid(['input', 'timeZone'], 'NO_ZONE', {
      en: 'This is no zone of the IANA database, such as Asia/Shanghai.',
      'zh-CN': '不是 IANA 时区名称，例如 Asia/Shanghai。',
    });
  }
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length) throw validationFailed({ issues: [...issues] }, issues[0]!.path);
}
