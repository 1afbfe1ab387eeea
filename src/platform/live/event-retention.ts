import type pg from 'pg';
import { organizationsIn } from '../database/organizations-in.ts';
import { inPlainTransaction } from '../database/transaction.ts';
import { EVENTS_KEPT_HOURS } from './event.entity.ts';
import { takeTurn } from './stamper.ts';

const BATCH = 1_000;
const FORGET = `
  with old as (
    select id from events where organization_id = $1 and at < $2 and seq is not null limit ${BATCH}
  ), gone as (
    delete from events using old where events.organization_id = $1 and events.id = old.id returning stream, seq
  ), noted as (
    update event_streams set purged_seq = greatest(purged_seq, far.seq) from (select stream, max(seq) as seq from gone group by stream) far
    where event_streams.organization_id = $1 and event_streams.stream = far.stream
  )
  select count(*)::int as gone from gone`;

/** Deletes events that are too old, and remembers how far each stream is gone: who comes back later than that reads afresh. */
export async function forgetOldEvents(pool: pg.Pool, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - EVENTS_KEPT_HOURS * 3_600_000);
  for (const organizationId of await organizationsIn(pool, 'event_streams')) {
    for (let gone = BATCH; gone === BATCH; ) gone = await forgetSome(pool, organizationId, oldest);
  }
}

/** Some at a time: stampers wait for it. */
const forgetSome = (pool: pg.Pool, organizationId: string, oldest: Date): Promise<number> =>
  inPlainTransaction(pool, async ({ client }) => {
    await takeTurn(client);
    const { rows } = await client.query<{ gone: number }>(FORGET, [organizationId, oldest]);
    return rows[0]!.gone;
  });
