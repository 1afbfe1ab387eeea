import {
  encodeGlobalId,
  type Language,
  type NotifiedFacts,
  type NotifiedSeat,
  type Notifier,
  notificationKinds,
  notificationSubjects,
  notifiedAddresses,
  type OutgoingNotification,
  type Seat,
  type Transaction,
  type UseCase,
  WINDOW_SUSPENDED,
} from '../../sdk/index.ts';
import { organizations, timeZoneOf } from '../organization/index.ts';
import { NotificationDelivery, notificationDeliveries, notificationSettings } from './delivery.entity.ts';
import { type Choices, channelsFor } from './delivery-planning.service.ts';
import { waitForWindow } from './delivery-waiting.service.ts';
import { freeAt } from './due.rules.ts';
import type { MakingParts } from './making.parts.ts';
import { notifications } from './notification.entity.ts';
import { saidOf } from './notification-text.ts';

/** Lines of one message. */
const MOST_LINES = 50;
/** So long a server has what it has taken up; one that dies loses it to another. */
const CLAIM_MILLISECONDS = 120_000;

export interface ComposingParts extends Pick<MakingParts, 'seats' | 'reached'> {
  /** The address of an inbox, where the operator has named one. */
  readonly inboxUrl: string | null;
  /** Reads on the use case's own transaction, for modules that name objects and addresses. */
  transactionOf(use: UseCase): Transaction;
}
export interface Composed {
  /** Of the message, the same at each attempt. */
  readonly id: string;
  /** Taken up, whether they are sent or not. */
  readonly ids: readonly string[];
  readonly attempts: number;
  /** Undefined where nothing is left to say: read meanwhile, not wanted any more, or nobody may be told. */
  readonly message: OutgoingNotification | undefined;
}

/**
 * Takes up what is due for a seat through a channel, and makes one message of it, under the rights and the wishes of this moment.
 * @returns undefined where there is nothing to take up, or the seat does not want to be disturbed now, or its window is suspended: then it is put off.
 */
export async function composeDue(
  use: UseCase,
  parts: ComposingParts,
  seat: NotifiedSeat,
  notifier: Notifier,
): Promise<Composed | undefined> {
  const wishes = await wishesOf(use, seat.id);
  const free = wishes?.quietFrom ? freeAt(use.now, await timeZoneOf(use), wishes) : use.now;
  if (free > use.now) return void (await putOffUntil(use, free, seat, notifier.name));
  const found = (await parts.seats.of(use, [seat])).get(seat.id);
  if (found?.traits.has(WINDOW_SUSPENDED)) return void (await waitForWindow(use));
  const taken = await claim(use, seat, notifier.name);
  if (!taken) return undefined;
  return { ...taken, message: found && wishes ? await messageTo(use, parts, found, notifier, { ...taken, wishes }) : undefined };
}

interface Wishes {
  readonly email: string | null;
  readonly language: Language;
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
  readonly choices: Choices;
}
async function wishesOf(use: UseCase, seatId: string): Promise<Wishes | undefined> {
  const row = await use
    .on(notificationSettings)
    .selectFrom('notification_settings')
    .select(['email', 'language', 'quiet_from as quietFrom', 'quiet_until as quietUntil', 'choices'])
    .where('seat_id', '=', seatId)
    .executeTakeFirst();
  return row as Wishes | undefined;
}

const dueThrough = (use: UseCase, { id }: NotifiedSeat, channel: string) =>
  use
    .on(NotificationDelivery)
    .selectFrom('notification_deliveries')
    .where('seat_id', '=', id)
    .where('channel', '=', channel)
    .where('due_at', '<=', use.now)
    .where((one) => one.or([one('claimed_until', 'is', null), one('claimed_until', '<=', use.now)]))
    .orderBy('id')
    .forUpdate()
    .skipLocked();

/** The oldest message that was tried before, or a new one of all that was in none. */
async function claim(use: UseCase, seat: NotifiedSeat, channel: string): Promise<Omit<Composed, 'message'> | undefined> {
  const first = await dueThrough(use, seat, channel).select(['id', 'message_id']).limit(1).executeTakeFirst();
  if (!first) return undefined;
  const id = first.message_id ?? first.id;
  const rows = await use
    .on(NotificationDelivery)
    .updateTable('notification_deliveries')
    .set((row) => ({
      attempts: row('attempts', '+', 1),
      message_id: id,
      claimed_until: new Date(use.now.getTime() + CLAIM_MILLISECONDS),
    }))
    .where('id', 'in', () =>
      dueThrough(use, seat, channel).select('id').where('message_id', 'is not distinct from', first.message_id).limit(MOST_LINES),
    )
    .returning(['id', 'attempts'])
    .execute();
  return { id, ids: rows.map((row) => row.id), attempts: Math.max(...rows.map(({ attempts }) => attempts)) };
}

/** Quiet hours are asked for when a message would go out: they may have been chosen since it was planned, or begun while it was tried again. */
async function putOffUntil(use: UseCase, free: Date, seat: NotifiedSeat, channel: string): Promise<void> {
  await use
    .on(NotificationDelivery)
    .updateTable('notification_deliveries')
    .set({ due_at: free })
    .where('id', 'in', () => dueThrough(use, seat, channel).select('id'))
    .execute();
}

async function messageTo(
  use: UseCase,
  parts: ComposingParts,
  seat: Seat,
  { name: channel, needs }: Notifier,
  { id: messageId, ids, wishes }: { readonly id: string; readonly ids: readonly string[]; readonly wishes: Wishes },
): Promise<OutgoingNotification | undefined> {
  const known = use.registered(notifiedAddresses).find(({ kind }) => kind === seat.kind);
  const address = (await known?.find(parts.transactionOf(use), [seat.id]))?.get(seat.id);
  const reached = { email: wishes.email ?? address?.email ?? null, phone: address?.phone ?? null };
  if (needs && !reached[needs]) return undefined;
  const { language, choices } = wishes;
  const lines = (await linesOf(use, parts, seat, ids, language)).filter(({ kind }) => channelsFor(choices, kind).includes(channel));
  if (lines.length === 0) return undefined;
  const { name } = await use.on(organizations).selectFrom('organizations').select('name').executeTakeFirstOrThrow();
  const { id, kind } = seat;
  const common = { id: messageId, organizationId: use.organizationId, organizationName: name, seat: { id, kind } };
  return { ...common, ...reached, language, lines, link: parts.inboxUrl };
}

async function linesOf(
  use: UseCase,
  parts: ComposingParts,
  seat: Seat,
  ids: readonly string[],
  language: Language,
): Promise<OutgoingNotification['lines']> {
  const rows = await use
    .on(notificationDeliveries, notifications)
    .selectFrom('notification_deliveries as delivery')
    .innerJoin('notifications as of', 'of.id', 'delivery.notification_id')
    .select(['of.id', 'of.kind', 'of.at', 'of.count', 'of.facts', 'of.subject_type', 'of.subject_id'])
    .where('delivery.id', 'in', ids)
    .where('of.read_at', 'is', null)
    .orderBy('of.id')
    .execute();
  const about = rows.flatMap(({ subject_type: type, subject_id: id }) => (type && id ? [{ seat, type, id }] : []));
  const reached = about.length ? [...(await parts.reached(use, about))] : [];
  const names = await namesOf(use, parts, reached);
  const kinds = use.registered(notificationKinds);
  return rows.flatMap(({ id, kind, at, count, facts, subject_type, subject_id }) => {
    if (subject_id && !names.has(subject_id)) return []; // out of sight: in the inbox, and nowhere else
    const subject = (subject_id && names.get(subject_id)) || undefined;
    const text = saidOf(kinds, kind, { count, subject: subject_type ? subject : undefined, facts: facts as NotifiedFacts })[language];
    return [{ id: encodeGlobalId('Notification', id), kind, text, at }];
  });
}

async function namesOf(
  use: UseCase,
  { transactionOf }: ComposingParts,
  reached: readonly { readonly type: string; readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map(reached.map(({ id }) => [id, '']));
  const subjects = use.registered(notificationSubjects);
  for (const [type, of] of Map.groupBy(reached, (one) => one.type)) {
    const ids = of.map(({ id }) => id);
    const found = await subjects.find((one) => one.type === type)?.names?.(transactionOf(use), ids);
    for (const id of ids) names.set(id, found?.get(id) ?? '');
  }
  return names;
}
