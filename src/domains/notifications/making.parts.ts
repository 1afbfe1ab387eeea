import { type AnyNotificationKind, type NotificationKind, type Notifier, type Seat, service, type UseCase } from '../../sdk/index.ts';
import type { KnownSeats } from './known-seats.ts';

type Payload = Readonly<Record<string, unknown>>;
/** A kind with the module that it belongs to. */
export interface LoadedNotificationKind {
  readonly kind: NotificationKind<Payload, Payload>;
  readonly module: string;
  readonly isPlugin: boolean;
}
export const loadedKind = (kind: AnyNotificationKind, module: string, isPlugin: boolean): LoadedNotificationKind => ({
  kind: kind as unknown as LoadedNotificationKind['kind'],
  module,
  isPlugin,
});

export interface SightAsked {
  readonly seat: Seat;
  readonly type: string;
  /** UUID */
  readonly id: string;
}
/** What making notifications takes of the server. */
export interface MakingParts {
  readonly kinds: readonly LoadedNotificationKind[];
  /** Seats with the rights that they have now. */
  readonly seats: KnownSeats;
  /** Those of some objects that the seats can come to. */
  reached<Asked extends SightAsked>(use: UseCase, asked: readonly Asked[]): Promise<ReadonlySet<Asked>>;
  failed(error: unknown, about: object): void;
}

/** The channels that this server has; the app provides it. */
export const notifierList = service<readonly Notifier[]>('notifications.notifierList');

/** Which objects a seat can come to now, for texts that are made outside a use case; the app provides it. */
export const subjectSight = service<{
  reached<Asked extends SightAsked>(asked: readonly Asked[]): Promise<ReadonlySet<Asked>>;
}>('notifications.sight');
