import { ADMIN, encodeGlobalId, type Filter, type SchemaDoor } from '../../sdk/index.ts';
import { type ActObject, auditEntries, auditObjects, type HashedField } from './audit-entry.entity.ts';
import { auditors } from './audit-entry.roles.ts';
import { audit } from './permissions.ts';

const rule = audit.read;

/** The audit record, for admins with the right AUDIT (spec 11.1). */
export function auditSchema(door: SchemaDoor): void {
  declareField(door);
  declareEntry(door);
  door.query((t) => ({
    auditEntries: t.connection('AuditEntry', auditEntries, {
      description: 'Everything that was done in the organization through a mutation, newest first.',
      rule,
      listedBy: () => [ADMIN],
    }),
  }));
}

const filters: Readonly<Record<string, Filter>> = {
  actor: { compares: 'id', column: 'actor_id', rule, description: 'By the employee or contact who did it.' },
  objects: {
    compares: 'links',
    table: auditObjects,
    from: 'entry_id',
    to: 'object_id',
    rule,
    description: 'By objects of any type that it was done to.',
  },
  act: { compares: 'text', column: 'act', rule, description: 'By the name of the mutation.' },
  module: { compares: 'text', column: 'module', rule, description: 'By the module whose mutation it is.' },
  at: { compares: 'moment', column: 'id', rule, description: 'By when it was done.' },
};

function declareEntry(door: SchemaDoor): void {
  door.entity('AuditEntry', {
    table: auditEntries,
    description: 'One mutation that was done: who, when, what to. Nobody changes or deletes it.',
    roles: [auditors],
    listedFor: [ADMIN],
    filters,
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule }),
      at: t.column('at', { description: 'When.', rule }),
      actor: t.relation('Employee', 'actor_id', { description: 'The employee who did it; null where it was a contact.', rule }),
      actorId: t.computed<{ actor_kind: string; actor_id: string }, unknown>('ID', {
        description: 'Global id of the employee or contact who did it.',
        rule,
        nullable: false,
        needs: ['actor_kind', 'actor_id'],
        resolve: ({ actor_kind, actor_id }) => encodeGlobalId(actor_kind === 'EMPLOYEE' ? 'Employee' : 'Contact', actor_id),
      }),
      sessionId: t.computed<{ session_id: string | null }, unknown>('ID', {
        description: 'Id of the session that it was done in, as its owner finds it in `sessions`; null where the server did it itself.',
        rule,
        needs: ['session_id'],
        resolve: ({ session_id }) => session_id && encodeGlobalId('Session', session_id),
      }),
      act: t.column('act', { description: 'Name of the mutation.', rule }),
      module: t.column('module', { description: 'The module whose mutation it is.', rule }),
      objectIds: t.computed<{ objects: readonly ActObject[] }, unknown>('[ID]', {
        description: 'Global ids of the objects that it named and made. `nodes(ids:)` reads those that you may see.',
        rule,
        nullable: false,
        needs: ['objects'],
        resolve: ({ objects }) => objects.map(([type, id]) => encodeGlobalId(type, id)),
      }),
      fields: t.computed<{ fields: readonly HashedField[] }, unknown>('[AuditField]', {
        description: 'What else it was given, as hashes.',
        rule,
        nullable: false,
        needs: ['fields'],
        resolve: ({ fields }) => fields.map(([path, hash]) => ({ path, hash })),
      }),
    }),
  });
}

function declareField(door: SchemaDoor): void {
  door.object('AuditField', 'A value that a mutation was given. The value itself is not kept (spec 11.3).', {
    path: door.root.plain('String', {
      description: 'Where it stood in the input, such as `name` or `lines.0.quantity`.',
      rule,
      nullable: false,
      resolve: ({ path }: { readonly path: string }) => path,
    }),
    hash: door.root.plain('String', {
      description: 'Hash of the value, salted: of equal values no two are equal.',
      rule,
      nullable: false,
      resolve: ({ hash }: { readonly hash: string }) => hash,
    }),
  });
}
