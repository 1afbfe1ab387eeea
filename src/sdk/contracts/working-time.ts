import type { Transaction } from '../../platform/database/transaction.ts';
import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** A stretch of working time. */
export interface WorkingSpan {
  readonly from: Date;
  readonly until: Date;
}
/** When the organization works (spec 6.11), for whatever falls due in working time. Where its calendar has no hours, those of all days count. */
export interface WorkingHours {
  /** The moment at which so many working hours have passed since `from`. @param hours more than 0, not only whole ones */
  after(use: UseCase, from: Date, hours: number): Promise<Date>;
  /** Working hours between two moments, such as those that a deadline has left when it stops; 0 where `until` is not later. */
  between(use: UseCase, from: Date, until: Date): Promise<number>;
  /**
   * Reads the calendar once, for many deadlines whose time has stood still.
   * @returns when a deadline falls due now: as many working hours after `goesOn` as it had left at `stood`. One that was over then stays.
   */
  puttingOff(use: UseCase): Promise<(deadline: Date, stood: Date, goesOn: Date) => Date>;
  /** When people work between two moments, for resolvers: spans in order, cut at both. @param transaction of `organizationData` */
  spansIn(transaction: Transaction, from: Date, until: Date): Promise<readonly WorkingSpan[]>;
}
/**
 * Counts working time by the organization's calendar: `use.service(workingHours)`, with `working-time` in the `needs`.
 *
 * @example
 * const due = await use.service(workingHours).after(use, use.now, 8);
 */
export const workingHours = service<WorkingHours>('working-time.hours');
/** Days as people of an organization count them. Dates are written `2026-06-01`. */
export interface WorkingDates {
  /** The date that it is now by the organization's clocks. */
  today(use: UseCase): Promise<string>;
  /**
   * The date that lies so many working days after another, or before it where `days` is negative: days on which nobody works, such as holidays,
   * do not count. Where the calendar has too few working days in the next years, all days count.
   */
  addWorkingDays(use: UseCase, date: string, days: number): Promise<string>;
}
/**
 * `use.service(workingDates)`; a module that calls it names `working-time` in its `needs`.
 *
 * @example
 * const notice = await use.service(workingDates).addWorkingDays(use, endsOn, -30);
 */
export const workingDates = service<WorkingDates>('working-time.dates');
