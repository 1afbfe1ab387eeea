import type { Transaction } from '../database/transaction.ts';
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

/** The seat's rights are others than those that a use case was decided by. */
export class FactsChangedError extends Error {
  override readonly name = 'FactsChangedError';
  readonly seat: Seat;
  constructor(seat: Seat) {
    super('The rights of the seat have changed.');
    this.seat = seat;
  }
}

const VERSION = `select version - (raised_by = coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0))::int as version
  from rights_versions where organization_id = $1`;

/**
 * Asked last, behind everything that has waited: what is committed by then is seen.
 * @param again the seat with the facts of now. @throws FactsChangedError where they are others; what `again` throws
 */
export async function sureOfFacts(seat: Seat, transaction: Transaction, again: () => Promise<Seat>): Promise<void> {
  const known = versionOf(seat);
  if (known === undefined) return; // the server's own work, which has no rights that could be lost
  await transaction.flush();
  const { rows } = await transaction.client.query<{ version: string }>({
    name: 'version_of_rights',
    text: VERSION,
    values: [seat.organizationId],
  } as never);
  if (Number(rows[0]?.version ?? 0) === known) return;
  const fresh = await again();
  if (classOf(fresh) !== classOf(seat)) throw new FactsChangedError(fresh);
}
