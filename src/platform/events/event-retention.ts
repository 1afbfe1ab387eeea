import type pg from 'pg';
import { inPlainTransaction } from '../database/transaction.ts';
import { EVENTS_KEPT_HOURS } from './events.table.ts';

/** Deletes events that are too old, and remembers how far each stream is gone: who comes back later than that reads afresh. */
export async function forgetOldEvents(pool: pg.Pool, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - EVENTS_KEPT_HOURS * 3_600_000);
  await inPlainTransaction(pool, ({ client }) =>
    client.query(
      `with gone as (delete from events where at < $1 and seq is not null returning organization_id, stream, seq),
         far as (select organization_id, stream, max(seq) as seq from gone group by organization_id, stream)
       update event_streams set purged_seq = greatest(purged_seq, far.seq) from far
       where event_streams.organization_id = far.organization_id and event_streams.stream = far.stream`,
      [oldest],
    ),
  );
}
