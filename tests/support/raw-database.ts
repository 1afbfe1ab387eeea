import pg from 'pg';

/** The database as its owner sees it, past row level security: for what no mutation does yet, and to compare what is kept. */
export class RawDatabase {
  readonly #client: pg.Client;
  private constructor(client: pg.Client) {
    this.#client = client;
  }
  static async open(url: string): Promise<RawDatabase> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new RawDatabase(client);
  }
  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(text, [...values])).rows;
  }
  /**
   * All that some tables hold, but for what is made after the commit, in its own time: the numbers of events, and that inboxes are told of
   * what was done before.
   */
  async contents(...tables: string[]): Promise<Record<string, unknown>> {
    const found: [string, unknown][] = [];
    for (const table of tables) {
      const text = `select coalesce(jsonb_agg(to_jsonb(one) - 'seq' order by one::text), '[]') as held from ${table} one where to_jsonb(one) ->> 'topic' is distinct from 'NOTIFICATION'`;
      found.push([table, (await this.rows<{ held: unknown }>(text))[0]!.held]);
    }
    return Object.fromEntries(found);
  }
  close(): Promise<void> {
    return this.#client.end();
  }
}

/** Tables that a move of a form may write. */
export const FORM_TABLES = ['business_forms', 'form_tasks', 'form_participants', 'form_history', 'events', 'idempotency_keys'] as const;
