import { tenantEntity } from '../../sdk/index.ts';

/** The type of an object, as in its global id, and its UUID. */
export type ActObject = readonly [type: string, id: string];
/** Where a value stood in the input, and its hash. */
export type HashedField = readonly [path: string, hash: string];

/** Every mutation that was done: who, when, what to; of what was given no more than hashes (spec 11.1, 11.3). */
export const AuditEntry = tenantEntity(
  'audit_entries',
  (t) => ({
    /** The moment that is in the id, too. */
    at: t.timestamptz(),
    /** The seat that did it: an employee or a contact. OPERATOR: the organization that it was done to. */
    actorId: t.uuid(),
    actorKind: t.oneOf('EMPLOYEE', 'CONTACT', 'OPERATOR'),
    sessionId: t.uuid().nullable(),
    act: t.text(),
    module: t.text(),
    objects: t.json<readonly ActObject[]>(),
    fields: t.json<readonly HashedField[]>(),
  }),
  { appendOnly: true, rootless: true, indexes: { audit_entries_of_actor: { columns: ['actorId', '-id'] } } },
);

/** The entries of an object: what finds them. No key refers to the entry, which is written in the same statement and never goes. */
export const AuditObject = tenantEntity('audit_objects', (t) => ({ objectId: t.uuid().primary(), entryId: t.uuid().primary() }), {
  appendOnly: true,
  rootless: true,
});

export const auditEntries = AuditEntry.table;
export const auditObjects = AuditObject.table;
