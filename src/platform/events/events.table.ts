import { bigint, json, text, timestamptz, uuid } from '../database/column.ts';
import { table } from '../database/table.ts';
import type { UseCase } from '../use-case/use-case.ts';

/** Events, recorded in the transaction of what happened, numbered after its commit (architecture 4). Readers see numbered rows only. */
export const events = table('events', {
  columns: {
    stream: uuid(),
    /** Place in the stream; null until the stamper has numbered it. */
    seq: bigint().nullable(),
    topic: text(),
    kind: text(),
    seat_id: uuid().nullable(),
    subject_id: uuid(),
    facts: json<Record<string, unknown>>(),
    at: timestamptz(),
  },
  indexes: {
    events_stream_seq: { columns: ['stream', 'seq'], unique: true, where: 'seq is not null' },
    events_unnumbered: { columns: ['stream', 'id'], where: 'seq is null' },
    events_age: { columns: ['at'] },
  },
  servesWorker: true,
  rootless: true,
});

/** How far a stream has been numbered, and up to where its events are gone. */
export const eventStreams = table('event_streams', {
  columns: { stream: uuid(), last_seq: bigint(), purged_seq: bigint().default('0') },
  key: ['stream'],
  servesWorker: true,
});

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
  use.insert(events, rows);
  return true;
}
