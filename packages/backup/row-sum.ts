import { createHash } from 'node:crypto';
import type { TableSum } from './backup.format.ts';

const NEWLINE = 0x0a;

/** Counts and hashes rows while they pass. */
export class RowSum {
  readonly #hash = createHash('sha256');
  #rows = 0;
  add(chunk: Buffer): void {
    this.#hash.update(chunk);
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) this.#rows++;
  }
  get rows(): number {
    return this.#rows;
  }
  /** Ends it. */
  sum(): TableSum {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}
