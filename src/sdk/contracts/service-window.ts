import type { Clock } from '../../platform/jobs/job-kind.ts';
import type { Message } from '../../platform/language/language.ts';
import { type Seat, WINDOW_MEMBER, WINDOW_SUSPENDED } from '../../platform/permissions/seat.ts';
import { windowIsSuspended } from '../../platform/read/refusal.ts';
import { announcement } from '../../platform/write/announcement.ts';
import { registrationPoint, service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';
import { windowSuspended } from './forms.ts';

export { WINDOW_MEMBER, WINDOW_SUSPENDED };
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

  /**
   * When time is over that was over at `deadline`: as much later as the window was suspended.
   * @param setAt when somebody named the moment, where that may have been in the suspension; what begins at `windowTime.clock` needs none
   */
  putOff(deadline: Date, setAt = this.suspendedAt): Date {
    return deadline <= this.suspendedAt ? deadline : new Date(deadline.getTime() + this.#of(setAt));
  }
  /** The same of a day, such as `2026-06-01`: later by the suspension in whole days, as it is rounded. */
  putOffDay(day: string, setAt = this.suspendedAt): string {
    const later = Math.round(this.#of(setAt) / DAY);
    return new Date(Date.parse(day) + later * DAY).toISOString().slice(0, day.length);
  }

  #of(setAt: Date): number {
    return Math.max(0, this.returnedAt.getTime() - Math.max(setAt.getTime(), this.suspendedAt.getTime()));
  }
}
/**
 * The window serves again after it was suspended; told in the transaction of the certification. Whoever keeps a time limit for customers puts it off.
 *
 * @example
 * listeners: [
 *   listen(windowReturned, async (use, rest) => {
 *     const open = use.on(Quote).selectFrom('plg_repair.quotes').select(['id', 'valid_until', 'created_at']).where('state', '=', 'OPEN');
 *     for (const { id, valid_until, created_at } of await open.orderBy('id').forNoKeyUpdate().execute())
 *       use.on(Quote).change({ id }, { valid_until: rest.putOff(valid_until, created_at) });
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
  /**
   * Where the clock of customers stands: now, or since when the window is suspended. A time limit of hours or days begins there, and what is over
   * is over by it; so all limits are put off alike when the window serves again.
   */
  clock(use: UseCase): Promise<Date>;
}
/** `use.service(windowTime)`; a module that calls it names `service-window` in its `needs`. */
export const windowTime = service<WindowTime>('service-window.time');
/**
 * For acts that give customers a moment until which they can answer: they wait until the window serves. The mutation lists `windowSuspended` among
 * its refusals. @throws WindowSuspended
 */
export async function expectServing(use: UseCase): Promise<void> {
  if (!(await use.service(windowTime).served(use))) throw windowSuspended({});
}

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
      return await run(Object.create(work, { perform: { value: perform } })); // what `work` says of now, it goes on saying
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
