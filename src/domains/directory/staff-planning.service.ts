import { setImmediate } from 'node:timers/promises';
import type { UseCase } from '../../sdk/index.ts';
import { beginPlan, type StaffPlan } from './staff-import.rules.ts';
import { staffNow } from './staff-now.service.ts';
import type { StaffRecord } from './staff-record.ts';

/** Records that are held against the staff at a stretch: some milliseconds, after which others are answered. */
const AT_A_STRETCH = 100;

/** Holds records against the staff as it is; the directory is held. */
export async function planRecords(use: UseCase, records: readonly StaffRecord[]): Promise<StaffPlan> {
  const planning = beginPlan(await staffNow(use, records));
  for (const [i, record] of records.entries()) {
    if (i % AT_A_STRETCH === 0) await setImmediate();
    planning.hold(record);
  }
  return planning.plan();
}
