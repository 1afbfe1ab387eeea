import { tenantEntity } from '../entities/entity.ts';
import type { UseCase } from '../write/use-case.ts';

/** Events, recorded in the transaction of what happened, numbered after its commit (architecture 4). Readers see numbered rows only. */
export const Event = tenantEntity(
  'events',
  (t) => ({
    stream: t.uuid(),
    /** Place in the stream; null until the stamper has numbered it. */
    seq: t.bigint().nullable(),
    topic: t.text(),
    kind: t.text(),
    seatId: t.uuid().nullable(),
    subjectId: t.uuid(),
    facts: t.json<Record<string, unknown>>(),
    at: t.timestamptz(),
  }),
  {
    indexes: {
      events_stream_seq: { columns: ['stream', 'seq'], unique: true, where: 'seq is not null' },
      events_unnumbered: { columns: ['stream', 'id'], where: 'seq is null' },
      events_age: { columns: ['at'] },
    },
    servesWorker: true,
    rootless: true,
  },
);

/** How far a stream has been numbered, and up to where its events are gone. */
export const EventStream = tenantEntity(
  'event_streams',
  (t) => ({ stream: t.uuid().primary(), lastSeq: t.bigint(), purgedSeq: t.bigint().default(0) }),
  { servesWorker: true },
);

/** Hours that events are kept; a subscriber that comes back later reads afresh (api 1). */
export const EVENTS_KEPT_HOURS = 72;

/** Writes what a use case emitted. @returns whether there was anything. */
export function recordEvents(use: UseCase): boolean {
  if (use.emitted.length === 0) return false;
  const rows = use.emitted.map(({ stream, topic, kind, seatId, subjectId, facts }) => ({
    id: use.newId(),
    stream,
    topic: topic.name,
    kind,
    seat_id: seatId ?? null,
    subject_id: subjectId,
    facts: facts ?? {},
    at: use.now,
  }));
  use.on(Event).add(rows);
  return true;
}
