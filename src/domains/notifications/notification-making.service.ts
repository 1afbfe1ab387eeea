import { ConstantError, within } from '../../sdk/core.ts';
import { isFor, type NotifiedSeat, type UseCase, WINDOW_SUSPENDED } from '../../sdk/index.ts';
import type { Arrival } from './arrival.ts';
import type { LoadedNotificationKind, MakingParts } from './making.parts.ts';
import { Notice, type NoticePart } from './notice.entity.ts';
import { writeNotifications } from './notification-writing.service.ts';

/** Notices that one transaction makes notifications from. */
const BATCH = 20;
const NOT_FOR = 'A kind of notification goes to seats that its `for` does not name: they were not told.';
/** Seats that are told of one thing. */
const MOST_TOLD = 1_000;
const PLUGIN_MILLISECONDS = 5_000;

interface NoticeRow {
  readonly id: string;
  readonly actor_id: string | null;
  readonly actor_kind: NotifiedSeat['kind'] | null;
  readonly parts: readonly NoticePart[];
  readonly at: Date;
}
/**
 * Makes notifications from what has been committed, and lets go of it in the same transaction: whoever is killed in between has done nothing,
 * and nobody does it twice. One at a time in an organization, so that a burst is seen as one.
 * @param only this notice; by default the oldest that are due. @returns how many notices were taken
 */
export async function makeNotifications(use: UseCase, parts: MakingParts, only?: string): Promise<number> {
  await use.takeTurn('notifications.made');
  const taken = await takeNotices(use, only);
  const arrivals: Arrival[] = [];
  for (const notice of taken) for (const part of notice.parts) arrivals.push(...(await arrivalsOf(use, parts, notice, part)));
  await writeNotifications(use, await admitted(use, parts, arrivals));
  return taken.length;
}

async function takeNotices(use: UseCase, only: string | undefined): Promise<NoticeRow[]> {
  const tables = use.on(Notice);
  const rows = await tables
    .deleteFrom('notices')
    .where('id', 'in', (of) =>
      of
        .selectFrom('notices')
        .select('id')
        .where((one) => one.or([one('not_before', 'is', null), one('not_before', '<=', use.now)]))
        .$if(only !== undefined, (query) => query.where('id', '=', only as string))
        .orderBy('id')
        .limit(BATCH),
    )
    .returning(['id', 'actor_id', 'actor_kind', 'parts', 'at'])
    .execute();
  return rows.sort((one, other) => (one.id < other.id ? -1 : 1)) as NoticeRow[];
}

/** Whom one thing concerns, by each kind that is made from it. */
async function arrivalsOf(use: UseCase, parts: MakingParts, notice: NoticeRow, { id, name, payload }: NoticePart): Promise<Arrival[]> {
  const all: Arrival[] = [];
  for (const loaded of parts.kinds.filter(({ kind }) => kind.on.name === name)) {
    const { kind, isPlugin } = loaded;
    const find = async (): Promise<Arrival[]> => {
      const things = kind.each?.(payload) ?? [payload];
      const actorId = notice.actor_kind === 'EMPLOYEE' ? notice.actor_id : null;
      const found: Arrival[] = [];
      for (const [sourcePlace, thing] of things.entries()) {
        const meant = (await kind.to(use, thing)).filter((seat) => seat.id !== notice.actor_id);
        const seats = meant.filter((seat) => isFor(kind, seat)).slice(0, MOST_TOLD);
        if (seats.length < Math.min(meant.length, MOST_TOLD)) parts.failed(new ConstantError(NOT_FOR), { kind: kind.kind });
        if (seats.length === 0) continue;
        const subject = kind.about && { type: kind.about.type, id: kind.about.id(thing) };
        const common = { loaded, subject, facts: kind.facts?.(thing) ?? {}, actorId, sourceId: id, sourcePlace, at: notice.at };
        for (const seat of new Map(seats.map((one) => [one.id, one])).values()) found.push({ ...common, seat });
      }
      return found;
    };
    all.push(...(isPlugin ? await harmless(use, parts, loaded, find) : await find()));
  }
  return all;
}

/** A plugin that fails to say whom its kind is for takes nobody else's notifications with it. */
async function harmless(
  use: UseCase,
  { failed }: MakingParts,
  { kind, module }: LoadedNotificationKind,
  find: () => Promise<Arrival[]>,
): Promise<Arrival[]> {
  try {
    return await use.inSavepoint(() => within(find(), PLUGIN_MILLISECONDS));
  } catch (error) {
    failed(error, { plugin: module, kind: kind.kind });
    return [];
  }
}

/** Those whose seats are still there and who can come to the object now (spec 9.3). */
async function admitted(use: UseCase, parts: MakingParts, arrivals: readonly Arrival[]): Promise<Arrival[]> {
  if (arrivals.length === 0) return [];
  const seats = await parts.seats.of(
    use,
    arrivals.map(({ seat }) => seat),
  );
  const present = arrivals.filter(({ seat, loaded }) => {
    const found = seats.get(seat.id);
    return found !== undefined && !(loaded.isPlugin && found.pluginsOff.has(loaded.module));
  });
  const asked = present.flatMap((arrival) => {
    const seat = seats.get(arrival.seat.id)!;
    // what a suspended window keeps from its members waits for them
    return arrival.subject && !seat.traits.has(WINDOW_SUSPENDED) ? [{ seat, ...arrival.subject, arrival }] : [];
  });
  const reached = new Set([...(asked.length ? await parts.reached(use, asked) : [])].map(({ arrival }) => arrival));
  const blind = new Set(asked.filter(({ arrival }) => !reached.has(arrival)).map(({ arrival }) => arrival));
  return present.filter((arrival) => !blind.has(arrival));
}
