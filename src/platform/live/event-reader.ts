import type pg from 'pg';
import type { LiveEvent } from '../schema/subscription.ts';

interface EventRow {
  seq: number;
  topic: string;
  kind: string;
  at: Date;
  seat_id: string | null;
  subject_id: string;
  facts: Record<string, unknown>;
}
export interface StreamState {
  /** The last place that has a number. */
  readonly last: number;
  /** Events up to here are gone. */
  readonly purged: number;
}
/** Events read at once. */
export const EVENT_PAGE = 500;

export async function readEvents(pool: pg.Pool, organizationId: string, stream: string, after: number): Promise<LiveEvent[]> {
  const { rows } = await pool.query<EventRow>({
    name: 'read_events',
    text: `select seq, topic, kind, at, seat_id, subject_id, facts from events
      where organization_id = $1 and stream = $2 and seq > $3 order by seq limit ${EVENT_PAGE}`,
    values: [organizationId, stream, after],
  });
  return rows.map(({ seq, topic, kind, at, seat_id, subject_id, facts }) => ({
    seq,
    topic,
    kind,
    at,
    seatId: seat_id,
    subjectId: subject_id,
    facts,
  }));
}

export async function streamState(pool: pg.Pool, organizationId: string, stream: string): Promise<StreamState> {
  const { rows } = await pool.query<{ last_seq: number; purged_seq: number }>({
    name: 'stream_state',
    text: 'select last_seq, purged_seq from event_streams where organization_id = $1 and stream = $2',
    values: [organizationId, stream],
  });
  return { last: rows[0]?.last_seq ?? 0, purged: rows[0]?.purged_seq ?? 0 };
}

/** How far a stream has got. */
export interface StreamPlace {
  readonly stream: string;
  readonly seq: number;
}

/** How far the streams have got, of all that are followed in this process: one statement. */
export async function lastPlaces(
  pool: pg.Pool,
  followed: readonly { readonly organizationId: string; readonly stream: string }[],
): Promise<readonly StreamPlace[]> {
  if (followed.length === 0) return [];
  const { rows } = await pool.query<StreamPlace>(
    `select stream, last_seq as seq from event_streams
      where (organization_id, stream) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [followed.map(({ organizationId }) => organizationId), followed.map(({ stream }) => stream)],
  );
  return rows;
}
