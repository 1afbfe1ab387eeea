import type { Phone } from '../../sdk/core.ts';

/** What a source outside knows of one person, found again by the staff number. What is left out stays as it is. */
export interface StaffRecord {
  /** Where the source has it, counted as its readers count. */
  readonly row: number;
  readonly staffNumber: string;
  readonly name: string;
  readonly phone?: Phone;
  readonly nickname?: string;
  readonly position?: string;
  /** A day, as `2026-06-01`. */
  readonly seniorSince?: string;
  readonly nameVerified?: boolean;
  /** By path from the top, or as much of its end as is unmistakable: `Sales/East`, `East`. */
  readonly departments?: readonly string[];
  readonly mainDepartment?: string;
  /** Departments of theirs that they supervise. */
  readonly supervises?: readonly string[];
}
