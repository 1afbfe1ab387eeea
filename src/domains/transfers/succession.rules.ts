import type { TransferReason } from './transfer.entity.ts';

/** Somebody who supervises a department and is employed. */
export interface Supervisor {
  readonly id: string;
  /** The day from which their seniority counts, as `2026-06-01`. */
  readonly seniorSince: string;
}
export interface SupervisedDepartment {
  readonly id: string;
  readonly supervisors: readonly Supervisor[];
  /** Somebody supervises it, or once did, the leaver included. */
  readonly everSupervised: boolean;
}
/** Where a leaver sits. */
export interface Seatings {
  readonly leaverId: string;
  /** The main department and those above it, from it to the root; empty where there is none. */
  readonly main: readonly SupervisedDepartment[];
  /** The other departments, by when the leaver joined them. */
  readonly others: readonly SupervisedDepartment[];
}
export interface Succession {
  readonly successorId: string | null;
  readonly reason: TransferReason;
}

/**
 * Who goes on when somebody leaves (spec 3.15): the supervisor of the main department; where that never had one, of the other departments; else
 * of the departments above the main one; else nobody.
 */
export function successionOf({ leaverId, main, others }: Seatings): Succession {
  const [own, ...above] = main;
  const ways: readonly [TransferReason, readonly SupervisedDepartment[]][] = [
    ['SUPERVISOR', own ? [own] : []],
    ['OTHER_DEPARTMENT', own?.everSupervised ? [] : others],
    ['DEPARTMENT_ABOVE', above],
  ];
  for (const [reason, departments] of ways)
    for (const { supervisors } of departments) {
      const [first] = supervisors.filter(({ id }) => id !== leaverId).toSorted(bySeniority);
      if (first) return { successorId: first.id, reason };
    }
  return { successorId: null, reason: 'NOBODY' };
}

/** Of two who are senior since the same day, the one who was entered first: ids grow with time. */
const bySeniority = (one: Supervisor, other: Supervisor): number =>
  compare(one.seniorSince, other.seniorSince) || compare(one.id, other.id);
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
