import { expect } from 'vitest';
import type { TestServer } from '../../src/testing/test-server.ts';
import { RawDatabase } from './raw-database.ts';

/** Why somebody waits: for the test, for a row that another act holds, or for a turn that another act has. */
export type WaitsFor = 'the test' | 'a row' | 'a turn';

const WAITING = `
  select case waited.locktype when 'relation' then 'the test' when 'advisory' then 'a turn' else 'a row' end as for
  from pg_stat_activity someone join pg_locks waited on waited.pid = someone.pid and not waited.granted
  where someone.datname = current_database() order by 1`;

/** Acts of a server that meet on real connections, in an order that the test decides: by locks of its own, never by time. */
export class Crossing {
  readonly #holding: RawDatabase;
  readonly #looking: RawDatabase;
  readonly #url: string;
  private constructor(holding: RawDatabase, looking: RawDatabase, url: string) {
    this.#holding = holding;
    this.#looking = looking;
    this.#url = url;
  }
  /** @param server whose `patience` is long: acts wait for as long as the machine needs */
  static async open({ databaseUrl, runtime }: Pick<TestServer, 'databaseUrl' | 'runtime'>): Promise<Crossing> {
    // past the shares acts wait for a lock as long as it takes, and do not begin again meanwhile
    Object.assign(runtime.performer, { connections: { for: () => runtime.pools.requests }, factsLast: 0 });
    Object.assign(runtime.parts.authorizer, { askedAgainAfter: 0 }); // how long somebody has waited is nobody's luck
    const patient = new WeakSet<object>();
    runtime.pools.requests.on('acquire', (client) => {
      if (!patient.has(client)) client.query('set statement_timeout = 0');
      patient.add(client);
    });
    return new Crossing(await RawDatabase.open(databaseUrl), await RawDatabase.open(databaseUrl), databaseUrl);
  }
  async close(): Promise<void> {
    await Promise.all([this.#holding.close(), this.#looking.close()]);
  }

  /** Stops whoever comes to these rows. */
  async hold(text: string, values: readonly unknown[] = []): Promise<void> {
    await this.#holding.rows('begin');
    await this.#holding.rows(text, values).catch(async (error: unknown) => {
      await this.letGo();
      throw error;
    });
  }
  /** Stops every act where it has done everything but its commit: each writes the audit record last. */
  holdCommits(): Promise<void> {
    return this.hold('lock table audit_entries in share row exclusive mode');
  }
  /** Lets all go on; what the test has changed stands, or does not. */
  async letGo(how: 'commit' | 'rollback' = 'rollback'): Promise<void> {
    await this.#holding.rows(how);
  }
  /** Resolves when somebody waits for each of these things, and nobody for anything else. */
  async until(...waiting: WaitsFor[]): Promise<void> {
    await expect
      .poll(async () => (await this.#looking.rows<{ for: WaitsFor }>(WAITING)).map((one) => one.for), { timeout: 60_000, interval: 10 })
      .toEqual(waiting.toSorted());
  }
  /** Does by hand what no mutation does yet, on a connection of its own. */
  async byHand(text: string, values: readonly unknown[] = []): Promise<string> {
    const database = await RawDatabase.open(this.#url);
    await database.rows(text, values).finally(() => database.close());
    return 'done';
  }
  /** Does something by hand that an act takes for given; the act comes before the commit. @returns what became of the act */
  async meetByHand(text: string, values: readonly unknown[], act: () => Promise<string>, waitsFor: WaitsFor = 'a row'): Promise<string> {
    await this.hold(text, values);
    const done = act();
    await this.until(waitsFor).finally(() => this.letGo('commit'));
    return done;
  }
  /**
   * Stops one act before its commit, lets another come, and both go on when it stands where it is expected.
   * @param second does what `first` takes for given, or the other way round
   * @returns what became of both
   */
  async meet<First, Second>(
    first: () => Promise<First>,
    second: () => Promise<Second>,
    secondWaitsFor: WaitsFor,
  ): Promise<[First, Second]> {
    await this.holdCommits();
    const done = first();
    try {
      await this.until('the test');
      const met = second();
      await this.until('the test', secondWaitsFor).finally(() => this.letGo());
      return await Promise.all([done, met]);
    } catch (error) {
      await this.letGo();
      await done.catch(() => {});
      throw error;
    }
  }
}
