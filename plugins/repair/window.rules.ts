import type { Issue } from '@guichet/sdk';

export interface Window {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
}
export interface Sent {
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  readonly retiredAt?: Date | null;
}
const LONGEST = 24 * 3_600_000;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
const fault = (field: string, code: string, en: string, zh: string): Issue => ({
  path: ['input', field],
  code,
  message: { en, 'zh-CN': zh },
});

/** What is wrong with a window: hours are those that pass, so a night in which clocks change is as long as it is. */
export function faultsOfWindow({ startsAt, endsAt, zone }: Window, now: Date): Issue[] {
  const length = endsAt.getTime() - startsAt.getTime();
  return [
    ...(length > 0 ? [] : [fault('endsAt', 'NOT_AFTER_START', 'The end has to be after the beginning.', '结束时间必须晚于开始时间。')]),
    ...(length > LONGEST ? [fault('endsAt', 'TOO_LONG', 'A visit lasts at most 24 hours.', '一次上门最长 24 小时。')] : []),
    ...(endsAt > now ? [] : [fault('startsAt', 'PAST', 'The window is over already.', '该时间段已经过去。')]),
    ...(isZone(zone) ? [] : [fault('zone', 'NO_ZONE', 'This is no time zone, such as Asia/Shanghai.', '时区无效，例如 Asia/Shanghai。')]),
  ];
}

/** Why a technician cannot be sent to a repair. */
export function faultsOfTechnician(
  { skills, areas, retiredAt }: Sent,
  { skill, area }: { readonly skill?: string | null; readonly area?: string | null },
): Issue[] {
  const lacks = skill && !skills.includes(skill);
  const isElsewhere = area && areas.length > 0 && !areas.includes(area);
  return [
    ...(retiredAt ? [fault('technicianId', 'RETIRED', 'They are sent out no more.', '该技师已停止派单。')] : []),
    ...(lacks ? [fault('technicianId', 'SKILL', `They cannot do this: ${skill}.`, `该技师不具备此技能：${skill}。`)] : []),
    ...(isElsewhere ? [fault('technicianId', 'AREA', `They do not go there: ${area}.`, `该技师不负责此区域：${area}。`)] : []),
  ];
}
