import type { UseCase } from '../../sdk/index.ts';
import type { Arrival } from './arrival.ts';
import { type Made, planDeliveries } from './delivery-planning.service.ts';
import { GATHERING_MINUTES, placed, type Recent } from './gathering.rules.ts';
import { Notification } from './notification.entity.ts';
import { notificationTopic, streamOf } from './notification-stream.ts';

const MINUTE = 60_000;
const NONE: Recent = { alone: 0, gathered: undefined };

/** Writes what seats are told, and tells them live; bursts as one. */
export async function writeNotifications(use: UseCase, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  const recent = await recentOf(use, arrivals);
  const made: Made[] = [];
  for (const [key, of] of Map.groupBy(arrivals, keyOf)) {
    const { alone, together, into } = placed(of, recent.get(key) ?? NONE);
    if (together.length && !(into && (await addTo(use, into, together)))) made.push(writeOne(use, together, true));
    for (const arrival of alone) made.push(writeOne(use, [arrival], false));
  }
  await planDeliveries(use, made);
}

const keyOf = ({ seat, loaded }: Arrival): string => `${seat.id} ${loaded.kind.kind}`;

/** What these seats have unread from the last minutes, by seat and kind. */
async function recentOf(use: UseCase, arrivals: readonly Arrival[]): Promise<ReadonlyMap<string, Recent>> {
  const rows = await use
    .on(Notification)
    .selectFrom('notifications')
    .select(['id', 'seat_id', 'kind', 'gathers'])
    .where('seat_id', 'in', [...new Set(arrivals.map(({ seat }) => seat.id))])
    .where('read_at', 'is', null)
    .where('at', '>=', new Date(use.now.getTime() - GATHERING_MINUTES * MINUTE))
    .execute();
  const recent = new Map<string, Recent>();
  for (const { id, seat_id, kind, gathers } of rows) {
    const key = `${seat_id} ${kind}`;
    const { alone, gathered } = recent.get(key) ?? NONE;
    recent.set(key, gathers ? { alone, gathered: id } : { alone: alone + 1, gathered });
  }
  return recent;
}

function writeOne(use: UseCase, of: readonly Arrival[], gathers: boolean): Made {
  const last = of.at(-1)!;
  const { seat, loaded, subject, actorId, facts, sourceId, sourcePlace, at } = last;
  const id = use.newId();
  const isOne = of.length === 1;
  use.on(Notification).add({
    id,
    seat_id: seat.id,
    seat_kind: seat.kind,
    kind: loaded.kind.kind,
    subject_type: (isOne && subject?.type) || null,
    subject_id: (isOne && subject?.id) || null,
    actor_id: of.every((one) => one.actorId === actorId) ? actorId : null,
    facts: isOne ? facts : {},
    count: of.length,
    gathers,
    source_id: sourceId,
    source_place: sourcePlace,
    at,
  });
  tell(use, seat, 'CAME', id);
  return { id, seatId: seat.id, seatKind: seat.kind, kind: loaded.kind.kind };
}

/** @returns false where its seat has read it meanwhile */
async function addTo(use: UseCase, id: string, of: readonly Arrival[]): Promise<boolean> {
  const { seat, at } = of.at(-1)!;
  const { numUpdatedRows } = await use
    .on(Notification)
    .updateTable('notifications')
    .set((row) => ({ count: row('count', '+', of.length), at, subject_type: null, subject_id: null, actor_id: null, facts: '{}' as never }))
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  tell(use, seat, 'MORE', id);
  return true;
}

const tell = (use: UseCase, seat: Arrival['seat'], kind: string, subjectId: string): void =>
  use.emit({ stream: streamOf(seat.id), topic: notificationTopic, kind, seatId: seat.id, subjectId });
