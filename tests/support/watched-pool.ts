import type pg from 'pg';
import { Exchange } from '../../src/platform/database/exchange.ts';

interface Query {
  readonly text: string;
  readonly name?: string | undefined;
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
      client.query = ((sent: string | Query | Exchange, ...rest: unknown[]) => {
        current.get(client)!.push(...queriesOf(sent));
        return query(sent, ...rest);
      }) as typeof client.query;
    });
  }
  /** Checkouts that read in one snapshot, without what opens and closes it. @throws where one is not closed by a commit. */
  reads(): Checkout[] {
    return this.#checkouts
      .filter(([first]) => first?.text === 'begin isolation level repeatable read read only')
      .map((checkout) => {
        if (checkout.at(-1)!.text !== 'commit') throw new Error(`A read ended with ${checkout.at(-1)!.text}`);
        return checkout.slice(2, -1); // between what names the organization and the commit
      });
  }
  /** The texts of all that was sent, in order. */
  get statements(): string[] {
    return this.#checkouts.flat().map(({ text }) => text);
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

function queriesOf(sent: string | Query | Exchange): Query[] {
  if (typeof sent === 'string') return [{ text: sent }];
  return sent instanceof Exchange ? [...sent.sent] : [{ text: sent.text, name: sent.name }];
}
