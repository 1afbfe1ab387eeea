import type pg from 'pg';
import { organizationsIn } from '../database/organizations-in.ts';
import { NO_RIGHT } from '../permissions/held-right.ts';
import { serverSeat } from '../permissions/seat.ts';
import type { UseCase } from '../write/use-case.ts';
import { ClockTurn } from './clock-turn.entity.ts';
import type { Clock } from './job-kind.ts';
import { inStep, type JobParts } from './job-row.ts';
import { writeJob } from './job-start.ts';
import { nextStrike } from './next-strike.ts';

/** How often it is looked whether a clock strikes. */
const LOOK_MILLISECONDS = 20_000;
/** One in so many looks winds up the clocks of organizations that are new, and clocks that are. */
const WOUND_EVERY = 30;
const BATCH = 200;
const DUE = `select organization_id as organization, clock, due_at as "dueAt" from clock_turns where due_at <= $1 and clock = any($2) order by due_at limit ${BATCH}`;
const WOUND = 'select clock from clock_turns where organization_id = $1';

export interface ClockOptions extends JobParts {
  /** Of all loaded modules. */
  readonly clocks: readonly Clock[];
  /** Sessions of the worker's role. */
  readonly pool: pg.Pool;
  /** Name of an organization's time zone. */
  zoneOf(use: UseCase): Promise<string>;
  failed: (error: unknown, about: object) => void;
}
type Due = { readonly organization: string; readonly clock: string; readonly dueAt: Date };

/** Starts a job where a clock of an organization strikes; of several servers one does. What was missed is done once. */
export class ClockKeeper {
  readonly #options: ClockOptions;
  readonly #clocks: ReadonlyMap<string, Clock>;
  #looks: NodeJS.Timeout | undefined;
  #count = 0;
  #working: Promise<void> = Promise.resolve();
  constructor(options: ClockOptions) {
    this.#options = options;
    this.#clocks = new Map(options.clocks.map((clock) => [clock.name, clock]));
  }

  start(): void {
    if (this.#clocks.size === 0) return;
    const look = (): void => {
      this.#working = this.#working
        .then(() => this.look(this.#count++ % WOUND_EVERY === 0))
        .catch((error: unknown) => this.#options.failed(error, {}));
    };
    look();
    this.#looks = setInterval(look, LOOK_MILLISECONDS).unref();
  }
  async stop(): Promise<void> {
    clearInterval(this.#looks);
    await this.#working;
  }

  /**
   * Starts what is due now.
   * @param winds whether clocks that are not wound up yet are: they strike for the first time after now
   * @param names of the clocks that are looked at; all by default
   */
  async look(winds: boolean, names: readonly string[] = [...this.#clocks.keys()]): Promise<void> {
    const { pool, now } = this.#options;
    if (winds) for (const organization of await organizationsIn(pool, 'rights_versions')) await this.#wind(organization, names);
    const { rows } = await pool.query<Due>(DUE, [now(), names]);
    for (const due of rows) await this.#strike(due);
  }

  async #wind(organization: string, names: readonly string[]): Promise<void> {
    const { rows } = await this.#options.pool.query<{ clock: string }>(WOUND, [organization]);
    const missing = names.filter((name) => !rows.some(({ clock }) => clock === name)).map((name) => this.#clockOf(name));
    if (missing.length === 0) return;
    await inStep(this.#options, { seat: serverSeat(organization), language: 'en' }, async (use) => {
      const zone = await this.#options.zoneOf(use);
      const turns = await Promise.all(
        missing.map(async ({ name, cron }) => ({ clock: name, due_at: await nextStrike(cron, zone, use.now) })),
      );
      use.on(ClockTurn).add(turns, 'kept');
    });
  }

  #clockOf(name: string): Clock {
    const clock = this.#clocks.get(name);
    if (!clock) throw new Error(`No module has a clock ${name}.`);
    return clock;
  }
  /** Whoever puts the turn forward starts the job, in one transaction. */
  async #strike({ organization, clock: name, dueAt }: Due): Promise<void> {
    const clock = this.#clockOf(name);
    await inStep(this.#options, { seat: serverSeat(organization), language: 'en' }, async (use) => {
      const next = await nextStrike(clock.cron, await this.#options.zoneOf(use), use.now);
      const { numUpdatedRows: isOurs } = await use
        .on(ClockTurn)
        .updateTable('clock_turns')
        .set({ due_at: next })
        .where('clock', '=', name)
        .where('due_at', '=', dueAt)
        .executeTakeFirst();
      if (!isOurs) return;
      use.begun.push(writeJob(use, clock, { input: {}, startedBy: null, startedByKind: null, ...NO_RIGHT }));
    });
  }
}
