import type { UseCase } from '../../sdk/index.ts';
import { timeZoneOf } from '../organization/index.ts';
import { NotificationDelivery, notificationSettings } from './delivery.entity.ts';
import { dueAt } from './due.rules.ts';

/** All kinds that a seat has not chosen channels for one by one. */
export const ANY_KIND = '*';
/** Channels by kinds, as a seat has chosen them. */
export type Choices = Readonly<Record<string, readonly string[]>>;
export const channelsFor = (choices: Choices, kind: string): readonly string[] => choices[kind] ?? choices[ANY_KIND] ?? [];

export interface Made {
  readonly id: string;
  readonly seatId: string;
  readonly seatKind: 'EMPLOYEE' | 'CONTACT';
  readonly kind: string;
}

/** Notes what goes out through which channels, and when, as the seats have chosen. */
export async function planDeliveries(use: UseCase, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const rows = await use
    .on(notificationSettings)
    .selectFrom('notification_settings')
    .select(['seat_id', 'choices', 'digest', 'quiet_from', 'quiet_until'])
    .where('seat_id', 'in', [...new Set(made.map(({ seatId }) => seatId))])
    .execute();
  if (rows.length === 0) return;
  const zone = await timeZoneOf(use);
  const chosen = new Map(rows.map((row) => [row.seat_id, row]));
  const deliveries = made.flatMap(({ id, seatId, seatKind, kind }) => {
    const settings = chosen.get(seatId);
    if (!settings) return [];
    const due_at = dueAt(use.now, zone, { digest: settings.digest, quietFrom: settings.quiet_from, quietUntil: settings.quiet_until });
    return [...new Set(channelsFor(settings.choices as Choices, kind))].map((channel) => ({
      id: use.newId(),
      notification_id: id,
      seat_id: seatId,
      seat_kind: seatKind,
      channel,
      due_at,
    }));
  });
  if (deliveries.length) use.on(NotificationDelivery).add(deliveries);
}
