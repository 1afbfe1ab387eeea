import type pg from 'pg';

interface Query {
  readonly text: string;
  readonly name?: string;
}
/** What PostgreSQL is sent, from the taking of a connection to its release. */
export type Checkout = readonly Query[];

/** Listens to all that a pool sends, without changing it. */
export class WatchedPool {
  #checkouts: Query[][] = [];
  constructor(pool: pg.Pool) {
    const current = new WeakMap<pg.PoolClient, Query[]>();
    pool.on('acquire', (client) => {
      const known = current.has(client);
      const checkout: Query[] = [];
      current.set(client, checkout);
      this.#checkouts.push(checkout);
      if (known) return;
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((sent: string | Query, ...rest: unknown[]) => {
        current.get(client)!.push(typeof sent === 'string' ? { text: sent } : { text: sent.text, name: sent.name });
        return query(sent, ...rest);
      }) as typeof client.query;
    });
  }
  /** Checkouts that read in one snapshot, without what opens and closes it. @throws where one is not closed by a commit. */
  reads(): Checkout[] {
    return this.#checkouts
      .filter(([first]) => first?.text.startsWith('begin isolation level repeatable read read only;'))
      .map((checkout) => {
        if (checkout.at(-1)!.text !== 'commit') throw new Error(`A read ended with ${checkout.at(-1)!.text}`);
        return checkout.slice(1, -1);
      });
  }
  get checkouts(): readonly Checkout[] {
    return this.#checkouts;
  }
  get connections(): number {
    return this.#checkouts.length;
  }
  forget(): void {
    this.#checkouts = [];
  }
}
