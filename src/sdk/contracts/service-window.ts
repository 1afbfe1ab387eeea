import type { Clock } from '../../platform/jobs/job-kind.ts';
import type { Message } from '../../platform/language/language.ts';
import type { Seat } from '../../platform/permissions/seat.ts';
import { windowIsSuspended } from '../../platform/read/refusal.ts';
import { announcement } from '../../platform/write/announcement.ts';
import { registrationPoint, service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

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

const DAY = 86_400_000;
/** A time in which the window was suspended, and that counts for nobody (spec 6.11). */
export class WindowRest {
  readonly suspendedAt: Date;
  readonly returnedAt: Date;
  constructor(suspendedAt: Date, returnedAt: Date) {
    this.suspendedAt = suspendedAt;
    this.returnedAt = returnedAt;
  }

  /** When it came to stand still for what has been running since a moment. */
  stood(since: Date): Date {
    return new Date(Math.max(since.getTime(), this.suspendedAt.getTime()));
  }
  /** When time is over that began to run at `since`, before all by default: as much later as the window was suspended of it. */
  putOff(deadline: Date, since = this.suspendedAt): Date {
    return deadline <= this.suspendedAt ? deadline : new Date(deadline.getTime() + this.#of(since));
  }
  /** The same of a day, such as `2026-06-01`: later by whole days, a part of one counts as one. */
  putOffDay(day: string, since = this.suspendedAt): string {
    const suspendedOn = this.suspendedAt.toISOString().slice(0, day.length);
    if (day < suspendedOn) return day;
    return new Date(Date.parse(day) + Math.ceil(this.#of(since) / DAY) * DAY).toISOString().slice(0, day.length);
  }

  #of(since: Date): number {
    return Math.max(0, this.returnedAt.getTime() - this.stood(since).getTime());
  }
}
/**
 * The window serves again after it was suspended; told in the transaction of the certification. Whoever keeps a time limit for customers puts it off.
 *
 * @example
 * listeners: [
 *   listen(windowReturned, async (use, rest) => {
 *     for (const quote of await use.em.find(Quote, { state: 'OPEN' })) quote.validUntil = rest.putOff(quote.validUntil, quote.createdAt);
 *   }),
 * ]
 */
export const windowReturned = announcement<WindowRest>('window.returned');

/** How long the window has served: the time in which a customer could act. */
export interface ServedTime {
  /** For how many milliseconds since a moment, until now. */
  since(moment: Date): number;
  /** The latest moment since which it has served for so many milliseconds: whoever was silent since before then was silent for longer. */
  ago(milliseconds: number): Date;
}
/** What time is at the window. */
export interface WindowTime {
  /** Keeps the window as it is until the use case ends. @returns undefined while it is suspended */
  served(use: UseCase): Promise<ServedTime | undefined>;
}
/** `use.service(windowTime)`; a module that calls it names `service-window` in its `needs`. */
export const windowTime = service<WindowTime>('service-window.time');

class StandsStill extends Error {}
/**
 * Makes a clock of what waits for customers stand still while the window is suspended (spec 6.11): it is not suspended between the beginning and
 * the end of any of its steps. The module names `service-window` in its `needs`.
 *
 * @example
 * run: whileWindowServes(async (work) => { await work.perform(expireSome); return undefined; }),
 */
export const whileWindowServes =
  (run: Clock['run']): Clock['run'] =>
  async (work) => {
    const perform: typeof work.perform = (step) =>
      work.perform(async (use, keep) => {
        if (!(await use.service(windowTime).served(use))) throw new StandsStill();
        return step(use, keep);
      });
    try {
      return await run({ ...work, perform });
    } catch (error) {
      if (error instanceof StandsStill) return undefined;
      throw error;
    }
  };

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
