import type { Sending } from '../database/sending.ts';

/** What MikroORM calls the transaction's context: ours, begun and ended by `inTransaction`, with its connection, pipelining and writes. */
export class Work {
  readonly sending: Sending;
  readonly organization: string;
  /** While the unit of work is written: nobody waits for what a statement gives. */
  flushing = false;
  constructor(sending: Sending, organization: string) {
    this.sending = sending;
    this.organization = organization;
  }
}
export const workOf = (ctx: unknown): Work => {
  if (ctx instanceof Work) return ctx;
  throw new Error('Entities are read and written in the transaction of a use case.');
};
