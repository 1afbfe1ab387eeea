import { announcement } from '../../platform/write/announcement.ts';
import { registrationPoint } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** Somebody leaves the organization; ids are UUIDs. */
export interface Leaving {
  readonly employeeId: string;
  /** Who goes on with what the leaver has; null for nobody. The row is locked: whoever it is stays until the use case ends. */
  readonly successorId: string | null;
}
/** One thing that changed hands, as a transfer keeps it. */
export interface HandedOver {
  readonly id: string;
  readonly from: string | null;
  readonly to: string | null;
}
/** Why something is not given back: somebody has changed it since; whom it came from has left; whoever takes the transfer back could not give it. */
export type KeptReason = 'CHANGED_SINCE' | 'FORMER_LEFT' | 'NOT_YOURS';
/** What brought things to others: a leaving, which is the staff’s matter, or a transfer of itself. */
export type HandingOver = 'LEAVING' | 'TRANSFER';

/**
 * What employees have, and what becomes of it when one leaves (spec 3.15). A module registers each kind of its own; all run in the one
 * transaction of the leaving, in the order in which modules are loaded, and so they do where it is only tried (`dryRun`), which is rolled back.
 *
 * @example
 * registrations: [register(belongings, { kind: 'LENDING_LOAN', leave: (use, { employeeId, successorId }) => handLoans(use, employeeId, successorId) })]
 */
export interface Belongings {
  /** In capitals; a plugin's with its prefix. */
  readonly kind: string;
  /** Locks what the leaver has, in the order that everybody keeps. What comes to them before their own row is locked, `leave` finds. */
  hold?(use: UseCase, employeeId: string): Promise<void>;
  /** Hands over what the leaver has, or ends it. @returns the ids of what it was. */
  leave(use: UseCase, leaving: Leaving): Promise<readonly string[]>;
  /** How many of what was handed over lie in a bin, so that whoever gets them does not find them as yet; none by default. */
  inBin?(use: UseCase, ids: readonly string[]): Promise<number>;
  /**
   * Takes a transfer back as far as nobody has changed it since; without it, what was done to this kind stays done and is no item of a transfer.
   * @param at when it was handed over. @returns why not, for those that were kept where they are.
   */
  giveBack?(use: UseCase, items: readonly HandedOver[], at: Date): Promise<ReadonlyMap<string, KeptReason>>;
  /**
   * Which of some things the seat could not bring back by an act of its own, as they are now. It is asked where a seat takes back what another one
   * did, before `giveBack`, which then gets the rest. Without it, a leaving is taken back by whoever may bring the leaver back, and nothing else is.
   */
  notYours?(use: UseCase, items: readonly HandedOver[], by: HandingOver): Promise<ReadonlySet<string>>;
}
/** What employees have. One module alone can register a kind. */
export const belongings = registrationPoint<Belongings>('transfers.belongings');

/** An employee has left, and what they had has changed hands. Ids are UUIDs; nobody goes on where `successorId` is null. */
export const employeeLeft = announcement<{ employeeId: string; successorId: string | null }>('employee.left');
/** An employee who had left by mistake is back, in the seat that they had. */
export const employeeReturned = announcement<{ employeeId: string }>('employee.returned');
