import { LONGEST_WINDOW } from './code-limit.service.ts';
import type { IdentityDoor } from './identity.door.ts';

/** Deletes codes that are no longer good, counts of requests that no longer limit anybody, and sessions past their last day. A chore of the server. */
export async function forgetExpired({ pool }: IdentityDoor, now: Date): Promise<void> {
  await pool.query('delete from identity.asked_codes where expires_at <= $1', [now]);
  await pool.query('delete from identity.signing_codes where expires_at <= $1', [now]);
  await pool.query('delete from identity.sign_in_codes where expires_at <= $1', [now]);
  await pool.query('delete from identity.code_requests where requested_at <= $1', [new Date(now.getTime() - LONGEST_WINDOW)]);
  // those who end sessions lock them in this order; what they hold is left for the next time
  await pool.query(
    'delete from identity.sessions where id in (select id from identity.sessions where expires_at <= $1 order by id for update skip locked)',
    [now],
  );
}
