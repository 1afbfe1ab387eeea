import { tenantEntity } from '../../sdk/index.ts';

/** Something that was announced and that some kind of notification is made from. */
export interface NoticePart {
  /** UUID: the key under which each seat is told of it once. */
  readonly id: string;
  /** Name of the announcement. */
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What a use case announced and nobody has been notified of yet: written with it, gone in the transaction that makes the notifications. */
export const Notice = tenantEntity(
  'notices',
  (t) => ({
    /** UUID of the seat that did it; null where it was the server. */
    actorId: t.uuid().nullable(),
    actorKind: t.oneOf('EMPLOYEE', 'CONTACT').nullable(),
    parts: t.json<readonly NoticePart[]>(),
    at: t.timestamptz(),
    attempts: t.integer().default(0),
    /** After an attempt that failed. */
    notBefore: t.timestamptz().nullable(),
  }),
  { servesWorker: true, rootless: true },
);
export const notices = Notice.table;
