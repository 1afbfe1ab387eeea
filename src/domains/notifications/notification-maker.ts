import type pg from 'pg';
import type { UseCase } from '../../sdk/index.ts';
import { SeatsUnknown } from './known-seats.ts';
import type { MakingParts } from './making.parts.ts';
import { Notice } from './notice.entity.ts';
import { makeNotifications } from './notification-making.service.ts';

/** How often what another server has left, or could not do, is looked for. */
const LOOK_MILLISECONDS = 1_000;
/** While commits go on, so much time passes between two rounds: many are done by one. */
const REST_MILLISECONDS = 50;
const AT_ONCE = 4;
/** Minutes until the next attempt at a notice that failed, after so many. */
const REST_MINUTES = [1, 5, 30, 120];

export interface MakerOptions extends MakingParts {
  /** Sessions of the worker's role. */
  readonly pool: pg.Pool;
  /** Runs a use case of the server itself in an organization. */
  inOrganization<T>(organizationId: string, work: (use: UseCase) => Promise<T>): Promise<T>;
  now(): Date;
}
const DUE = `select distinct organization_id as id from notices where not_before is null or not_before <= $1 limit 100`;
const WAITING = 'select id from notices where organization_id = $1 and (not_before is null or not_before <= $2) order by id limit 20';

/** Makes notifications of what has been committed, whoever has committed it: nobody who acts waits for it (spec 9.3). */
export class NotificationMaker {
  readonly #options: MakerOptions;
  #looks: NodeJS.Timeout | undefined;
  #waking: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #isStarted = false;
  constructor(options: MakerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    this.#looks = setInterval(this.wake, LOOK_MILLISECONDS).unref();
  }
  /** Something was committed. */
  wake = (): void => {
    if (!this.#isStarted || this.#waking) return;
    this.#waking = setTimeout(() => {
      this.#waking = undefined;
      this.#round();
    }, REST_MILLISECONDS);
  };
  async stop(): Promise<void> {
    this.#isStarted = false;
    clearInterval(this.#looks);
    clearTimeout(this.#waking);
    this.#waking = undefined;
    await this.#working;
  }
  /** Resolves when nothing is left that could be made now. */
  async settled(): Promise<void> {
    const { pool, now } = this.#options;
    do {
      this.#round();
      await this.#working;
    } while ((await pool.query(DUE, [now()])).rows.length);
  }

  #round(): void {
    this.#working = this.#working.then(() => this.#make()).catch((error: unknown) => this.#options.failed(error, {}));
  }
  async #make(): Promise<void> {
    const { pool, now } = this.#options;
    const { rows } = await pool.query<{ id: string }>(DUE, [now()]);
    const left = rows.map(({ id }) => id);
    const some = async (): Promise<void> => {
      for (let id = left.pop(); id; id = left.pop()) await this.#ofOrganization(id);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, some));
  }

  async #ofOrganization(id: string): Promise<void> {
    try {
      while (await this.#batch(id));
    } catch {
      await this.#oneByOne(id); // one that fails keeps nobody else's back
    }
  }
  /** @returns how many notices were taken */
  async #batch(organizationId: string, only?: string): Promise<number> {
    const { inOrganization, seats } = this.#options;
    for (;;) {
      try {
        return await inOrganization(organizationId, (use) => makeNotifications(use, this.#options, only));
      } catch (error) {
        if (!(error instanceof SeatsUnknown)) throw error;
        await seats.learn(organizationId, error.seats);
      }
    }
  }
  async #oneByOne(organizationId: string): Promise<void> {
    const { pool, now, inOrganization, failed } = this.#options;
    const { rows } = await pool.query<{ id: string }>(WAITING, [organizationId, now()]);
    for (const { id } of rows)
      try {
        await this.#batch(organizationId, id);
      } catch (error) {
        failed(error, { notice: id });
        await inOrganization(organizationId, (use) => putOff(use, id));
      }
  }
}

/** Tried again later, and given up in the end. */
async function putOff(use: UseCase, id: string): Promise<void> {
  const tables = use.on(Notice);
  const found = await tables.selectFrom('notices').select('attempts').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  if (!found) return;
  const minutes = REST_MINUTES[found.attempts];
  if (minutes === undefined) await tables.deleteFrom('notices').where('id', '=', id).execute();
  else tables.change({ id }, { attempts: found.attempts + 1, not_before: new Date(use.now.getTime() + minutes * 60_000) });
}
