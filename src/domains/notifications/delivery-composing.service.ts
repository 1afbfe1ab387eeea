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
import { organizations } from '../organization/index.ts';
import { NotificationDelivery, notificationDeliveries, notificationSettings } from './delivery.entity.ts';
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
  /** Taken up, whether they are sent or not. */
  readonly ids: readonly string[];
  readonly attempts: number;
  /** Undefined where nothing is left to say: read meanwhile, or nobody may be told. */
  readonly message: OutgoingNotification | undefined;
}

/** Takes up what is due for a seat through a channel, and makes one message of it, under the rights of this moment. */
export async function composeDue(use: UseCase, parts: ComposingParts, seat: NotifiedSeat, notifier: Notifier): Promise<Composed> {
  const taken = await claim(use, seat, notifier.name);
  const ids = taken.map(({ id }) => id);
  const attempts = Math.max(0, ...taken.map((one) => one.attempts));
  if (ids.length === 0) return { ids, attempts, message: undefined };
  const found = (await parts.seats.of(use, [seat])).get(seat.id);
  // a suspended window sends nothing but its notice
  const message = found && !found.traits.has(WINDOW_SUSPENDED) ? await messageTo(use, parts, found, notifier, ids) : undefined;
  return { ids, attempts, message };
}

const claim = (use: UseCase, { id }: NotifiedSeat, channel: string) =>
  use
    .on(NotificationDelivery)
    .updateTable('notification_deliveries')
    .set((row) => ({ attempts: row('attempts', '+', 1), claimed_until: new Date(use.now.getTime() + CLAIM_MILLISECONDS) }))
    .where('id', 'in', (of) =>
      of
        .selectFrom('notification_deliveries')
        .select('id')
        .where('seat_id', '=', id)
        .where('channel', '=', channel)
        .where('due_at', '<=', use.now)
        .where((one) => one.or([one('claimed_until', 'is', null), one('claimed_until', '<=', use.now)]))
        .orderBy('id')
        .limit(MOST_LINES)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'attempts'])
    .execute();

async function messageTo(
  use: UseCase,
  parts: ComposingParts,
  seat: Seat,
  { needs }: Notifier,
  ids: readonly string[],
): Promise<OutgoingNotification | undefined> {
  const settings = await use
    .on(notificationSettings)
    .selectFrom('notification_settings')
    .select(['email', 'language'])
    .where('seat_id', '=', seat.id)
    .executeTakeFirst();
  const known = use.registered(notifiedAddresses).find(({ kind }) => kind === seat.kind);
  const address = (await known?.find(parts.transactionOf(use), [seat.id]))?.get(seat.id);
  const reached = { email: settings?.email ?? address?.email ?? null, phone: address?.phone ?? null };
  if (!settings || (needs && !reached[needs])) return undefined;
  const language = settings.language as Language;
  const lines = await linesOf(use, parts, seat, ids, language);
  if (lines.length === 0) return undefined;
  const { name } = await use.on(organizations).selectFrom('organizations').select('name').executeTakeFirstOrThrow();
  const { id, kind } = seat;
  const common = { id: ids[0]!, organizationId: use.organizationId, organizationName: name, seat: { id, kind } };
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
