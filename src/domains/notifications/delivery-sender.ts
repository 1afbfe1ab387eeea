import type pg from 'pg';
import { within } from '../../sdk/core.ts';
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
  /** Told of each message: what became of it. */
  observe(channel: string, outcome: DeliveryOutcome): void;
  now(): Date;
  /** Milliseconds that one message has; 20,000. */
  readonly patience?: number;
}
export type DeliveryOutcome = 'sent' | 'put off' | 'given up';
interface Due {
  readonly organization: string;
  readonly id: string;
  readonly kind: NotifiedSeat['kind'];
  readonly channel: string;
}
/** Rows that are looked at for each channel: enough for as many messages as it sends at once. */
const MOST_LOOKED_AT = 200;
/** For each channel apart: what is due in one keeps nothing of another's from being found. */
const DUE = `select due.organization_id as organization, due.seat_id as id, due.seat_kind as kind, due.channel from unnest($2::text[]) as wanted(channel)
  cross join lateral (select organization_id, seat_id, seat_kind, channel from notification_deliveries
    where channel = wanted.channel and due_at <= $1 and (claimed_until is null or claimed_until <= $1) order by due_at, id limit ${MOST_LOOKED_AT}) due`;

/** Sends what is due, whichever server has noted it (spec 9.2): at least once, and each channel by itself. */
export class DeliverySender {
  readonly #options: SenderOptions;
  readonly #busy = new Map<string, Set<string>>();
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
    const free = notifiers.filter(({ name }) => (this.#busy.get(name)?.size ?? 0) < AT_ONCE).map(({ name }) => name);
    return free.length ? (await pool.query<Due>(DUE, [now(), free])).rows : [];
  }
  async #begin(): Promise<void> {
    if (this.#options.notifiers.length === 0 || this.#stop.signal.aborted) return;
    for (const due of await this.#due()) {
      const busy = this.#busy.get(due.channel) ?? new Set();
      this.#busy.set(due.channel, busy);
      const seat = `${due.organization}/${due.id}`;
      if (busy.size >= AT_ONCE || busy.has(seat)) continue;
      busy.add(seat);
      const doing: Promise<void> = this.#send(due)
        .catch((error: unknown) => void this.#options.failed(error, { channel: due.channel }))
        .then((isSent) => {
          busy.delete(seat);
          this.#underWay.delete(doing);
          if (isSent) this.#look(); // there may be more behind it
        });
      this.#underWay.add(doing);
    }
  }

  /** @returns whether something was handed over */
  async #send({ organization, id, kind, channel }: Due): Promise<boolean> {
    const { notifiers, inOrganization, observe } = this.#options;
    const notifier = notifiers.find(({ name }) => name === channel)!;
    const composed = await this.#composed(organization, { id, kind }, notifier);
    if (!composed) return false;
    try {
      if (composed.message) await this.#handOver(notifier, composed.message);
    } catch (error) {
      await this.#putOff(error, organization, composed, channel);
      return false;
    }
    await inOrganization(organization, (use) => forget(use, composed.ids));
    if (composed.message) observe(channel, 'sent');
    return true;
  }
  /** Tried again later, and given up in the end: it is in the inbox all the same. */
  async #putOff(error: unknown, organization: string, { id, ids, attempts, message }: Composed, channel: string): Promise<void> {
    const { inOrganization, failed, observe } = this.#options;
    const minutes = REST_MINUTES[attempts - 1];
    const kinds = message?.lines.map(({ kind }) => kind);
    failed(error, { channel, message: id, organization, kinds, attempts, status: statusOf(error), nextInMinutes: minutes ?? null });
    observe(channel, minutes === undefined ? 'given up' : 'put off');
    await inOrganization(organization, (use) => (minutes === undefined ? forget(use, ids) : rest(use, ids, minutes)));
  }
  async #composed(organization: string, seat: NotifiedSeat, notifier: Notifier): Promise<Composed | undefined> {
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

const rest = async (use: UseCase, ids: readonly string[], minutes: number): Promise<void> =>
  void (await use
    .on(NotificationDelivery)
    .updateTable('notification_deliveries')
    .set({ claimed_until: null, due_at: new Date(use.now.getTime() + minutes * 60_000) })
    .where('id', 'in', ids)
    .execute());

/** What the other side has answered, of SMTP or HTTP. */
const statusOf = (error: unknown): number | undefined => {
  const { responseCode, status } = error as { readonly responseCode?: unknown; readonly status?: unknown };
  return [responseCode, status].find((one) => typeof one === 'number') as number | undefined;
};
