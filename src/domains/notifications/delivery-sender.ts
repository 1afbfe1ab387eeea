import type pg from 'pg';
import { within } from '../../platform/database/time-limit.ts';
import type { NotifiedSeat, Notifier, OutgoingNotification, UseCase } from '../../sdk/index.ts';
import { NotificationDelivery } from './delivery.entity.ts';
import { type Composed, type ComposingParts, composeDue } from './delivery-composing.service.ts';
import { SeatsUnknown } from './known-seats.ts';

const LOOK_MILLISECONDS = 1_000;
/** Messages of one channel that are on their way at once: a channel that hangs holds up itself alone. */
const AT_ONCE = 4;
const PATIENCE = 20_000;
/** Minutes until the next attempt, after so many; then it is given up. */
const REST_MINUTES = [1, 5, 30, 120, 720];

export interface SenderOptions extends ComposingParts {
  /** Sessions of the worker's role. */
  readonly pool: pg.Pool;
  readonly notifiers: readonly Notifier[];
  inOrganization<T>(organizationId: string, work: (use: UseCase) => Promise<T>): Promise<T>;
  /** Told of what was not handed over, with its channel and nothing of what it says. */
  failed(error: unknown, about: object): void;
  now(): Date;
  /** Milliseconds that one message has; 20,000. */
  readonly patience?: number;
}
interface Due {
  readonly organization: string;
  readonly id: string;
  readonly kind: NotifiedSeat['kind'];
  readonly channel: string;
}
const DUE = `select distinct organization_id as organization, seat_id as id, seat_kind as kind, channel from notification_deliveries
  where due_at <= $1 and (claimed_until is null or claimed_until <= $1) and channel = any($2) limit 100`;

/** Sends what is due, whichever server has noted it (spec 9.2): at least once, and each channel by itself. */
export class DeliverySender {
  readonly #options: SenderOptions;
  readonly #busy = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #looks: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  constructor(options: SenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#looks = setInterval(() => this.#look(), LOOK_MILLISECONDS).unref();
  }
  async stop(): Promise<void> {
    clearInterval(this.#looks);
    await this.#looking;
    this.#stop.abort();
    await Promise.all(this.#underWay);
  }
  /** Resolves when nothing is due that could be sent now. */
  async settled(): Promise<void> {
    do {
      this.#look();
      await this.#looking;
      await Promise.all(this.#underWay);
    } while ((await this.#due()).length);
  }

  #look(): void {
    this.#looking = this.#looking.then(() => this.#begin()).catch((error: unknown) => this.#options.failed(error, {}));
  }
  async #due(): Promise<Due[]> {
    const { pool, notifiers, now } = this.#options;
    return (await pool.query<Due>(DUE, [now(), notifiers.map(({ name }) => name)])).rows;
  }
  async #begin(): Promise<void> {
    if (this.#options.notifiers.length === 0 || this.#stop.signal.aborted) return;
    for (const due of await this.#due()) {
      const busy = this.#busy.get(due.channel) ?? 0;
      if (busy >= AT_ONCE) continue;
      this.#busy.set(due.channel, busy + 1);
      const doing: Promise<void> = this.#send(due)
        .catch((error: unknown) => this.#options.failed(error, { channel: due.channel }))
        .finally(() => {
          this.#busy.set(due.channel, this.#busy.get(due.channel)! - 1);
          this.#underWay.delete(doing);
        });
      this.#underWay.add(doing);
    }
  }

  async #send({ organization, id, kind, channel }: Due): Promise<void> {
    const { notifiers, inOrganization, failed } = this.#options;
    const notifier = notifiers.find(({ name }) => name === channel)!;
    const composed = await this.#composed(organization, { id, kind }, notifier);
    if (composed.ids.length === 0) return;
    try {
      if (composed.message) await this.#handOver(notifier, composed.message);
    } catch (error) {
      failed(error, { channel, attempts: composed.attempts });
      return inOrganization(organization, (use) => putOff(use, composed));
    }
    await inOrganization(organization, (use) => forget(use, composed.ids));
  }
  async #composed(organization: string, seat: NotifiedSeat, notifier: Notifier): Promise<Composed> {
    const { inOrganization, seats } = this.#options;
    for (;;) {
      try {
        return await inOrganization(organization, (use) => composeDue(use, this.#options, seat, notifier));
      } catch (error) {
        if (!(error instanceof SeatsUnknown)) throw error;
        await seats.learn(organization, error.seats);
      }
    }
  }
  /** A notifier may not look at the signal. */
  async #handOver(notifier: Notifier, message: OutgoingNotification): Promise<void> {
    const { patience = PATIENCE } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(patience)]);
    const sending = notifier.send(message, signal);
    sending.catch(() => {}); // told by whichever ends first
    await within(Promise.race([sending, aborted(this.#stop.signal)]), patience);
  }
}

/** A server that stops waits for nobody. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const forget = async (use: UseCase, ids: readonly string[]): Promise<void> =>
  void (await use.on(NotificationDelivery).deleteFrom('notification_deliveries').where('id', 'in', ids).execute());

/** Tried again later, and given up in the end: it is in the inbox all the same. */
async function putOff(use: UseCase, { ids, attempts }: Composed): Promise<void> {
  const minutes = REST_MINUTES[attempts - 1];
  if (minutes === undefined) return forget(use, ids);
  await use
    .on(NotificationDelivery)
    .updateTable('notification_deliveries')
    .set({ claimed_until: null, due_at: new Date(use.now.getTime() + minutes * 60_000) })
    .where('id', 'in', ids)
    .execute();
}
