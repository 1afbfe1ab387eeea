import type { Transaction } from '../database/transaction.ts';
import { ConstantError } from '../log/constant.error.ts';
import type { Seat } from '../permissions/seat.ts';
import { classOf } from '../permissions/seat-class.ts';
import { versionOf } from '../permissions/seat-version.ts';

/**
 * Milliseconds from the beginning of a request after which what it knows of its seat is looked at again before it commits. It was looked at
 * 300 before, at the most: a right that is lost is lost within a second (promise 2).
 */
export const FACTS_LAST = 250;
/** Use cases that are begun again for as long as rights go on changing. */
export const MOST_BEGINNINGS = 4;

/** The rights of the seat may be others than those that a use case was decided by. */
export class FactsInDoubtError extends ConstantError {
  override readonly name = 'FactsInDoubtError';
  constructor() {
    super('The rights of the seat may have changed.');
  }
}

/**
 * Finds a seat with the facts that a transaction sees: those that are committed, and its own changes. Undefined where it has ended.
 * @throws where they cannot be found on it
 */
export type SeatWithin = (transaction: Transaction, seat: Seat) => Promise<Seat | undefined>;

const VERSION = `select version - (raised_by = coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0))::int as version
  from rights_versions where organization_id = $1`;

/**
 * Asked last, behind everything that has waited: what is committed by then is seen. It is asked on the transaction itself, so that nobody
 * who holds a connection waits for another.
 * @throws FactsInDoubtError where the facts are others, be it by what the use case itself has done, or cannot be found
 */
export async function sureOfFacts(seat: Seat, transaction: Transaction, within: SeatWithin): Promise<void> {
  const known = versionOf(seat);
  if (known === undefined) return; // the server's own work, which has no rights that could be lost
  await transaction.flush();
  const { rows } = await transaction.client.query<{ version: string }>({
    name: 'version_of_rights',
    text: VERSION,
    values: [seat.organizationId],
  } as never);
  if (Number(rows[0]?.version ?? 0) === known) return;
  const now = await within(transaction, seat).catch(() => undefined); // a plugin's fault: outside of the transaction it fails alone
  if (!now || classOf(now) !== classOf(seat)) throw new FactsInDoubtError();
}
