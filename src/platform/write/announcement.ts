import type { Announced } from './begun.ts';
import type { Listener, UseCase } from './use-case.ts';

/** Something that happened in a domain, told to whoever listens, in the same transaction. */
export interface Announcement<Payload> {
  readonly name: string;
  /** Makes what `announce` takes. */
  (payload: Payload): Announced;
}

/**
 * Declares an announcement: `use.announce(loanEnded({ loanId }))` tells it to whoever listens.
 * @param name `contact.shared`: domain, then what happened.
 */
export function announcement<Payload>(name: string): Announcement<Payload> {
  const make = (payload: Payload): Announced => ({ name, payload });
  Object.defineProperty(make, 'name', { value: name });
  return make as Announcement<Payload>;
}

/**
 * Work that is done in the transaction of what was announced; where it throws, nothing of both happens.
 *
 * @example
 * listeners: [listen(contactDeleted, (use, { contactId }) => endLoans(use, contactId))]
 */
export const listen = <Payload>(to: Announcement<Payload>, handle: (use: UseCase, payload: Payload) => Promise<void>): Listener => ({
  to: to.name,
  handle: handle as Listener['handle'],
});
