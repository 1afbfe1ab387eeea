import type pg from 'pg';
import type { Db, PgBoss } from 'pg-boss';
import { inPlainTransaction } from '../database/transaction.ts';

/** Database schema that the queue keeps its tables in. */
export const QUEUE_SCHEMA = 'pgboss';
const JOBS = 'jobs';
const LOST = 'lost_jobs';
const BATCH = 100;
/** Seconds between looks for servers that have stopped showing themselves. */
const SUPERVISED = 3;

/** A job that the queue has handed out, until it is done with or whoever has it shows itself no more. */
export interface HandedOut {
  readonly queue: string;
  readonly message: string;
  readonly attempt: number;
  readonly jobId: string;
  /** Which sending of the job it is, in milliseconds. */
  readonly sentAt: number;
}
interface Sent {
  readonly job: string;
  readonly sent: number;
}

const WAITING = `select count(*) filter (where sent_at is null and (not_before is null or not_before <= $1))::int as unsent, count(sent_at)::int as sent, count(*)::int as unfinished
  from jobs where finished_at is null`;
/**
 * Seconds that a job goes behind for each that its organization has before it, and again for each of whoever started it. Jobs go in the order of
 * their beginning so put off: an organization's first goes before another's twentieth, and none is passed by what began later than that.
 */
const BEHIND = 60;
/** Jobs with a greater number go first; it is an integer, so seconds are counted from a moment of our time. */
const TURN = `(1700000000 - extract(epoch from jobs.created_at) - ${BEHIND} * ahead.count)::int`;
const SEND = `
  with due as (
    select organization_id, id from jobs where sent_at is null and finished_at is null and (not_before is null or not_before <= $1)
    order by organization_id, id limit ${BATCH} for update skip locked)
  , ahead as (
    select organization_id, id, row_number() over (partition by organization_id order by id)
      + row_number() over (partition by organization_id, started_by order by id) - 2 as count
    from jobs where finished_at is null)
  update jobs set sent_at = $1 from due join ahead using (organization_id, id)
  where jobs.organization_id = due.organization_id and jobs.id = due.id returning jobs.id, ${TURN} as priority`;

/**
 * What carries the ids of jobs to workers: pg-boss, in a schema of its own that the worker's role alone reaches. A job is handed to it from
 * its row, in the transaction that says so in the row: requests need no right on it, and a job is sent once.
 */
export class JobQueue {
  readonly #pool: pg.Pool;
  readonly #onError: (error: unknown) => void;
  #boss: Promise<PgBoss> | undefined;
  constructor(pool: pg.Pool, onError: (error: unknown) => void) {
    this.#pool = pool;
    this.#onError = onError;
  }

  /** How many jobs are to be sent, how many were, and how many there are that have not ended. */
  async waiting(now: Date): Promise<{ readonly unsent: number; readonly sent: number; readonly unfinished: number }> {
    return (await this.#pool.query<{ unsent: number; sent: number; unfinished: number }>(WAITING, [now])).rows[0]!;
  }
  /** Hands over the jobs that wait for it. */
  async send(now: Date): Promise<void> {
    const boss = await this.#opened();
    const sent = (): Promise<number> =>
      inPlainTransaction(this.#pool, async ({ client }) => {
        const { rows } = await client.query<{ id: string; priority: number }>(SEND, [now]);
        const all = rows.map(({ id, priority }) => ({ data: { job: id, sent: now.getTime() } satisfies Sent, priority }));
        if (all.length) await boss.insert(JOBS, all, { db: databaseOf(client) });
        return rows.length;
      });
    for (let count = BATCH; count === BATCH; ) count = await sent();
  }
  async take(most: number): Promise<HandedOut[]> {
    return this.#fetched(JOBS, most);
  }
  /** Jobs that servers took up again and again, and never were done with. */
  async takeLost(): Promise<HandedOut[]> {
    return this.#fetched(LOST, 1);
  }
  /** Shows that this server is still at them. */
  async touch(all: readonly HandedOut[]): Promise<void> {
    const boss = await this.#opened();
    for (const { queue, message: id, attempt: retryCount } of all) await boss.touch(queue, { id, retryCount });
  }
  async done({ queue, message: id, attempt: retryCount }: HandedOut): Promise<void> {
    await (await this.#opened()).complete(queue, { id, retryCount });
  }
  /** The organization of a job; undefined where it has ended. */
  async organizationOf(jobId: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ id: string }>(
      'select organization_id as id from jobs where id = $1 and finished_at is null',
      [jobId],
    );
    return rows[0]?.id;
  }
  /** Those of some jobs that are to go no further. */
  async cancelled(jobIds: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      'select id from jobs where id = any($1) and finished_at is null and cancel_requested_at is not null',
      [jobIds],
    );
    return rows.map(({ id }) => id);
  }
  async close(): Promise<void> {
    const boss = await this.#boss?.catch(() => undefined);
    await boss?.stop({ graceful: false });
  }

  async #fetched(queue: string, most: number): Promise<HandedOut[]> {
    const boss = await this.#opened();
    const found = await boss.fetch<Sent>(queue, { batchSize: most, includeMetadata: true });
    return found.map((one) => {
      const { id: message, data, retryCount: attempt } = one as typeof one & { readonly retryCount: number };
      return { queue, message, attempt, jobId: data.job, sentAt: data.sent };
    });
  }
  /** It is read when the first job comes: most commands and tests have none. */
  #opened(): Promise<PgBoss> {
    this.#boss ??= this.#open().catch((error: unknown) => {
      this.#boss = undefined;
      throw error;
    });
    return this.#boss;
  }
  async #open(): Promise<PgBoss> {
    const { PgBoss: Boss } = await import('pg-boss');
    const boss = new Boss({
      db: databaseOf(this.#pool),
      schema: QUEUE_SCHEMA,
      // its tables are made by migrations, and clocks are kept by the organizations
      ...{ migrate: false, createSchema: false, schedule: false, reindex: false, monitorVacuum: false },
      ...{ superviseIntervalSeconds: SUPERVISED, monitorIntervalSeconds: SUPERVISED },
    });
    boss.on('error', this.#onError);
    return boss.start();
  }
}

/** In a database whose queue knows nothing of its jobs: all that have not ended are handed over anew. */
export async function sendAgain(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ known: string | null }>(`select to_regclass('jobs')::text as known`);
  if (rows[0]?.known) await client.query('update jobs set sent_at = null where finished_at is null');
}

const databaseOf = (on: Pick<pg.ClientBase, 'query'> | pg.Pool): Db => ({
  executeSql: (text, values) => (on as pg.Pool).query(text, values),
});
