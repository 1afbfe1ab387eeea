import { json, oneOf, table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** The type of an object, as in its global id, and its UUID. */
export type ActObject = readonly [type: string, id: string];
/** Where a value stood in the input, and its hash. */
export type HashedField = readonly [path: string, hash: string];

/** Every mutation that was done: who, when, what to; of what was given no more than hashes (spec 11.1, 11.3). */
export const auditEntries = table('audit_entries', {
  appendOnly: true,
  rootless: true,
  columns: {
    /** The moment that is in the id, too. */
    at: timestamptz(),
    /** The seat that did it: an employee or a contact. */
    actor_id: uuid(),
    actor_kind: oneOf('EMPLOYEE', 'CONTACT'),
    session_id: uuid().nullable(),
    act: text(),
    module: text(),
    objects: json<readonly ActObject[]>(),
    fields: json<readonly HashedField[]>(),
  },
  indexes: { audit_entries_of_actor: { columns: ['actor_id', '-id'] } },
});

/** The entries of an object: what finds them. No key refers to the entry, which is written in the same statement and never goes. */
export const auditObjects = table('audit_objects', {
  appendOnly: true,
  rootless: true,
  columns: { object_id: uuid(), entry_id: uuid() },
  key: ['object_id', 'entry_id'],
});
