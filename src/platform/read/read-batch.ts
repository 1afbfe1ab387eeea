import type { BoundStatement, ReadDatabase } from '../database/read-database.ts';
import type { Asker } from '../database/shares.ts';
import type { Seat } from '../permissions/seat.ts';
import type { Crowd } from './crowd.ts';
import { assertFew } from './fan-out.ts';

/** What a read needs of a request. */
export interface ReadContext {
  readonly seat: Seat | undefined;
  /** Where one execution answers several seats: `seat` stands for them. */
  readonly crowd?: Crowd;
  readonly now: Date;
  /** Plugins that are off for everybody; a seat has them among those that are off for it. */
  readonly stopped: ReadonlySet<string>;
  readonly reads: ReadBatch;
  /** Told of what a plugin made fail, where that was found out. */
  reportFault(error: unknown, plugin: string): void;
}

/** Root fields of one operation run side by side in the executor: their statements are gathered and share one connection and snapshot. */
export class ReadBatch {
  readonly #database: ReadDatabase;
  readonly #asker: Omit<Asker, 'organization'>;
  #waiting: { bound: BoundStatement; rows: number; resolve(text: string): void; reject(error: unknown): void }[] = [];
  /** @param asker whose shares of the connections it takes from. */
  constructor(database: ReadDatabase, asker: Omit<Asker, 'organization'>) {
    this.#database = database;
    this.#asker = asker;
  }
  /** @param rows that the statement may read. @throws LIMIT_EXCEEDED where those of all root fields together are too many. */
  read(organization: string, bound: BoundStatement, rows: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bound, rows, resolve, reject });
      if (this.#waiting.length === 1) queueMicrotask(() => queueMicrotask(() => void this.#flush(organization)));
    });
  }
  async #flush(organization: string): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      assertFew(batch.reduce((sum, { rows }) => sum + rows, 0));
      const results = await this.#database.read(
        { ...this.#asker, organization },
        batch.map(({ bound }) => bound),
      );
      for (const [i, result] of results.entries()) {
        if (result.status === 'fulfilled') batch[i]!.resolve(result.value);
        else batch[i]!.reject(result.reason);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
