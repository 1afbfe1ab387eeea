import type pg from 'pg';
import { atOnce, inPlainTransaction, type TransactionClient } from '../database/transaction.ts';
import type { EventObserver } from './event.metrics.ts';
import type { StreamPlace } from './event-reader.ts';

const LOCK = 718_203_965;
/** One at a time numbers events or deletes them. A statement of its own: the next one must see what the former did. */
export const takeTurn = (client: TransactionClient): Promise<unknown> =>
  client.query({ name: 'take_turn', text: 'select pg_advisory_xact_lock($1)', values: [LOCK] });

const BATCH = 1_000;
/** The plan is kept while the table grows: it must not be one for few events. */
const OTHER_WAYS = ['bitmapscan', 'seqscan', 'hashjoin', 'mergejoin'].map((kind) => `set_config('enable_${kind}', 'off', true)`);
export const BY_INDEX = { name: 'by_index', text: `select ${OTHER_WAYS.join(', ')}` };
/**
 * In the order of the index of what waits, which is walked then: that passes over the many entries that were numbered since the last vacuum.
 * Events are changed by their places in the table: for keys, a plan that was made while there were few would read all there are, for each.
 */
export const NUMBERING = `
  with due as (
    select organization_id, stream, place,
      row_number() over (partition by organization_id, stream order by id) as n,
      count(*) over (partition by organization_id, stream) as total
    from (select organization_id, stream, id, ctid as place from events where seq is null order by organization_id, stream, id limit ${BATCH}) waiting
  ), counted as (
    insert into event_streams as known (organization_id, stream, last_seq)
    select distinct organization_id, stream, total from due
    on conflict (organization_id, stream) do update set last_seq = known.last_seq + excluded.last_seq
    returning organization_id, stream, last_seq
  )
  update events set seq = counted.last_seq - due.total + due.n
  from due join counted on counted.organization_id = due.organization_id and counted.stream = due.stream
  where events.organization_id = due.organization_id and events.ctid = due.place
  returning events.stream, events.seq, events.at`;

/**
 * Numbers events whose transactions are committed. A sequence taken inside the transaction would not be the order of commits, and a reader
 * that has passed number 8 would never see a 7 that came later; so one stamper at a time numbers what it can see.
 * @returns the streams that went on, and how far.
 */
export async function stampEvents(pool: pg.Pool, observe?: EventObserver): Promise<StreamPlace[]> {
  const places = new Map<string, number>();
  for (let count = BATCH; count === BATCH; ) {
    const begun = performance.now();
    const numbering = atOnce(async ({ client }) => {
      void client.query(BY_INDEX);
      void takeTurn(client);
      return (await client.query<StreamPlace & { at: Date }>({ name: 'number_events', text: NUMBERING })).rows;
    });
    const rows = await (await inPlainTransaction(pool, numbering)).answer;
    for (const { stream, seq } of rows) places.set(stream, Math.max(seq, places.get(stream) ?? 0));
    count = rows.length;
    if (count)
      observe?.numbered(
        rows.map(({ at }) => at),
        (performance.now() - begun) / 1000,
      );
  }
  return [...places].map(([stream, seq]) => ({ stream, seq }));
}
