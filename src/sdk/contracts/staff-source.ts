import { registrationPoint } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** One person as a source knows them. What is left out stays as it is. */
export interface DeliveredPerson {
  /** By which they are found again: no two have the same. */
  readonly staffNumber: string;
  /** Real name. */
  readonly name: string;
  /** As the source writes it; needed for whoever is new. */
  readonly phone?: string;
  readonly nickname?: string;
  readonly position?: string;
  /** A day, as `2026-06-01`. */
  readonly seniorSince?: string;
  readonly nameVerified?: boolean;
  /** Each by the names from the top: `[['Sales', 'East']]`. The first is the main one, unless another is named. */
  readonly departments?: readonly DepartmentPath[];
  readonly mainDepartment?: DepartmentPath;
  /** Of their departments those that they supervise: said, they are these and no others. */
  readonly supervises?: readonly DepartmentPath[];
}
/** Names of departments from the top down. */
export type DepartmentPath = readonly string[];

/** Everything that a source knows: whoever is not in it has gone from it. */
export interface StaffDelivery {
  /** Departments that are to be there, also those without people. Those above and those of people come with them. */
  readonly departments?: readonly DepartmentPath[];
  readonly people: readonly DeliveredPerson[];
}

/** How an organization has set up a source, as its plugin's settings say. */
export interface StaffSourceSetup<Asked = unknown> {
  /** What `read` needs to know, such as a key. */
  readonly asked: Asked;
  /** What becomes of whoever has gone from the source: they are told of (the default), or let go as by `offboardEmployee`. */
  readonly whoHasGone?: 'REPORT' | 'LET_GO';
}

/**
 * Brings the staff of an organization from elsewhere: a directory of a chat program, a system of human resources (spec 10.4). The core asks it
 * each night and whenever an admin does, holds what it delivers against the staff as an import does, and tells what came of it.
 *
 * @example
 * export const dingtalk: StaffSource<{ key: string }> = {
 *   name: 'dingtalk',
 *   prepare: async (use) => {
 *     const { key, letGo } = await settingsOf(use);
 *     return key ? { asked: { key }, whoHasGone: letGo ? 'LET_GO' : 'REPORT' } : undefined;
 *   },
 *   read: async ({ key }, signal) => ({ people: await askDingTalk(key, signal) }),
 * };
 */
export interface StaffSource<Asked = never> {
  /** The plugin's own name: a plugin has one source. */
  readonly name: string;
  /** In a transaction, before anything is asked: reads the settings. @returns undefined where the organization has not set it up */
  prepare(use: UseCase): Promise<StaffSourceSetup<Asked> | undefined>;
  /**
   * Asks the other side, without a transaction. What it throws is logged, and it is asked again some minutes later.
   * @param signal aborted where no more time is left, or the server stops
   */
  read(asked: Asked, signal: AbortSignal): Promise<StaffDelivery>;
}
/** Where the staff comes from: `registrations: [register(staffSources, source)]`. */
export const staffSources = registrationPoint<StaffSource>('staff-sync.sources');
