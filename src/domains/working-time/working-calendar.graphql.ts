import { type GuichetBuilder, input, organizationData, refusalType, words } from '../../sdk/index.ts';
import { timeOf } from './calendar-input.rules.ts';
import { workingTime } from './permissions.ts';
import { type CalendarNow, calendarOf, updateCalendar } from './working-calendar.service.ts';
import { type DayHours, WEEKDAYS, type Weekday as WeekdayWord } from './working-hours.rules.ts';

const rule = workingTime.read;
const Weekday = words('Weekday', 'A day of the week.', {
  MONDAY: 'Monday.',
  TUESDAY: 'Tuesday.',
  WEDNESDAY: 'Wednesday.',
  THURSDAY: 'Thursday.',
  FRIDAY: 'Friday.',
  SATURDAY: 'Saturday.',
  SUNDAY: 'Sunday.',
});
export const calendarChanged = refusalType<{ version: number }>('WorkingCalendarChanged', {
  description: 'The calendar has been changed since it was read; nothing was changed.',
  message: { en: 'The calendar has changed meanwhile: read it again.', 'zh-CN': '工作日历已变更，请重新读取。' },
  fields: { version: { type: 'Int', description: 'Its version as it is now.' } },
});

/** The organization's working calendar (spec 6.11). */
export function workingTimeTypes(builder: GuichetBuilder): void {
  builder.words(Weekday);
  const Calendar = declareCalendar(builder);
  builder.queryField('workingCalendar', (t) =>
    t.field({
      type: Calendar,
      nullable: true,
      description: 'When people of the organization work: due times of forms are counted in these hours.',
      rule,
      resolve: (_, __, { seat, switchboard }) => switchboard.service(organizationData).read(seat.organizationId, calendarOf),
    }),
  );
  const { WeekInput, DayInput } = declareInputs(builder);
  builder.useCase('updateWorkingCalendar', {
    description: 'Says when people of the organization work. What is left out stays as it is; what is due already stays due.',
    rule: workingTime.edit,
    input: (t) => ({
      expectedVersion: t.integer({ description: 'The `version` that you read; 0 while nobody has said anything.', min: 0 }),
      timeZone: t.text({
        description: 'IANA name such as `Asia/Shanghai`: all hours and days of the organization are read as of it.',
        required: false,
        max: 60,
      }),
      week: t.listOf(WeekInput, { description: 'The hours of the week, instead of those that there are.', required: false, most: 50 }),
      setDays: t.listOf(DayInput, {
        description:
          'Days that are not as their weekday: holidays, and days on which people work all the same. Those that are there already are replaced.',
        required: false,
        most: 250,
      }),
      removeDays: t.parsed(input.listOf(input.text('A day.', { max: 10 }), 'Days that are as their weekday again.', { most: 250 }), {
        required: false,
      }),
    }),
    refusals: [calendarChanged],
    run: async (use, given) => ({ calendar: await updateCalendar(use, given, (version) => calendarChanged({ version })) }),
    success: (t) => ({
      calendar: t.field({
        type: Calendar,
        nullable: true,
        description: 'The calendar as it is now.',
        rule,
        resolve: ({ calendar }) => calendar,
      }),
    }),
  });
}

type Shown = { readonly from: string; readonly until: string };
const shown = ({ from, until }: DayHours): Shown => ({ from: timeOf(from), until: timeOf(until) });

function declareCalendar(builder: GuichetBuilder) {
  const Hours = builder.objectRef<Shown>('WorkingHours').implement({
    description: 'Hours of a day, by the clocks of the organization’s zone.',
    fields: (t) => ({
      from: t.exposeString('from', { description: 'When they begin, as `09:00`.', rule }),
      until: t.exposeString('until', { description: 'When they end, up to `24:00`.', rule }),
    }),
  });
  const Weekly = builder.objectRef<{ readonly weekday: WeekdayWord; readonly hours: readonly Shown[] }>('WorkingWeekday').implement({
    description: 'What a day of the week is like.',
    fields: (t) => ({
      weekday: t.field({ type: Weekday, description: 'Which day.', rule, resolve: ({ weekday }) => weekday }),
      hours: t.field({ type: [Hours], description: 'When people work; empty: they do not.', rule, resolve: ({ hours }) => [...hours] }),
    }),
  });
  const Day = builder
    .objectRef<{ readonly date: string; readonly name: string; readonly hours: readonly Shown[] }>('CalendarDay')
    .implement({
      description: 'A day that is not as its weekday.',
      fields: (t) => ({
        date: t.exposeString('date', { description: 'The day, as `2026-10-01`.', rule }),
        name: t.exposeString('name', { description: 'What it is called.', rule }),
        hours: t.field({
          type: [Hours],
          description: 'When people work; empty: it is a holiday.',
          rule,
          resolve: ({ hours }) => [...hours],
        }),
      }),
    });
  return builder.objectRef<CalendarNow>('WorkingCalendar').implement({
    description: 'When people of the organization work. As long as nobody has said anything: Monday to Friday, 9 to 18.',
    fields: (t) => ({
      version: t.exposeInt('version', { description: 'Raised by every change; 0 as long as nobody has said anything.', rule }),
      timeZone: t.exposeString('timeZone', { description: 'IANA name of the zone by whose clocks it is read.', rule }),
      week: t.field({
        type: [Weekly],
        description: 'The week, from Monday to Sunday.',
        rule,
        resolve: ({ week }) => WEEKDAYS.map((weekday) => ({ weekday, hours: (week[weekday] ?? []).map(shown) })),
      }),
      days: t.field({
        type: [Day],
        description: 'Days that are not as their weekday, the earliest first; at most 1,000.',
        rule,
        resolve: ({ days }) =>
          Object.keys(days)
            .sort()
            .map((date) => ({ date, name: days[date]!.name, hours: days[date]!.hours.map(shown) })),
      }),
    }),
  });
}

function declareInputs(builder: GuichetBuilder) {
  const HoursInput = builder.inputType('WorkingHoursInput', {
    description: 'Hours of a day.',
    fields: (t) => ({
      from: t.text({ description: 'When they begin, as `09:00`.', max: 5 }),
      until: t.text({ description: 'When they end, up to `24:00`.', max: 5 }),
    }),
  });
  const WeekInput = builder.inputType('WeekdayHoursInput', {
    description: 'Hours of a day of the week; a day may have several.',
    fields: (t) => ({
      weekday: t.choice(Weekday, { description: 'Which day.' }),
      from: t.text({ description: 'When they begin, as `09:00`.', max: 5 }),
      until: t.text({ description: 'When they end, up to `24:00`.', max: 5 }),
    }),
  });
  const DayInput = builder.inputType('CalendarDayInput', {
    description: 'A day that is to differ from its weekday.',
    fields: (t) => ({
      date: t.text({ description: 'The day, as `2026-10-01`.', max: 10 }),
      name: t.name({ description: 'What it is called.', max: 100 }),
      hours: t.listOf(HoursInput, { description: 'When people work; empty: it is a holiday.', most: 10 }),
    }),
  });
  return { WeekInput, DayInput };
}
