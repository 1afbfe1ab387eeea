import type { Message } from '../../platform/language/language.ts';
import type { Seat } from '../../platform/permissions/seat.ts';
import { windowIsSuspended } from '../../platform/read/refusal.ts';
import { announcement } from '../../platform/write/announcement.ts';
import { registrationPoint } from '../../platform/write/service.ts';

/** Trait of a contact's seat: a member of the organization's window, which is open. Toward apps, forms and articles it has no role without it. */
export const WINDOW_MEMBER = 'WINDOW_MEMBER';
/** Trait of a contact's seat: a member of a window that is suspended. It sees the notice and nothing else (spec 5.2). */
export const WINDOW_SUSPENDED = 'WINDOW_SUSPENDED';
/**
 * For `check` of pages and `allows` of subscriptions that contacts read at the window: nothing is told as if there were nothing.
 * @throws WINDOW_SUSPENDED for a contact whose window is suspended
 */
export function refuseSuspended({ traits }: Pick<Seat, 'traits'>): void {
  if (traits.has(WINDOW_SUSPENDED)) throw windowIsSuspended();
}

/** A contact was let in at the window; told in the transaction of the inviting. `contactId`: UUID. */
export const contactInvited = announcement<{ contactId: string }>('window.contactInvited');
/** A contact has taken the window off its own list; told in the transaction of the leaving. `contactId`: UUID. */
export const contactLeftWindow = announcement<{ contactId: string }>('window.contactLeft');

/** The organization has opened its window; told in the transaction of the opening. */
export const windowOpened = announcement<Record<never, never>>('window.opened');

/** A tile that a plugin has in the window. Admins give it its place, and say who is shown it; it is gone while the plugin is switched off. */
export interface WindowTile {
  /** In capitals, with the plugin's prefix: `LENDING_TOOLS`. */
  readonly tile: string;
  /** Name of the plugin. */
  readonly plugin: string;
  readonly name: Message;
  /** Name of its picture, for front ends. */
  readonly icon: string;
  /** What a front end shows when it is touched: `lending.tools`. */
  readonly opens: string;
}
/**
 * Tiles of the service window.
 *
 * @example
 * registrations: [register(windowTiles, { tile: 'LENDING_TOOLS', plugin: 'lending', name: { en: 'Tools', 'zh-CN': '工具' }, icon: 'wrench', opens: 'lending.tools' })]
 */
export const windowTiles = registrationPoint<WindowTile>('window-apps.tiles');
/** Somebody has asked to be let in at the window; told in the transaction of the asking. `applicationId`: UUID. */
export const joinApplicationCame = announcement<{ applicationId: string }>('joining.applicationCame');
