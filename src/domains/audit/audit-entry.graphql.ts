import { ADMIN, encodeGlobalId, type Filter, type GuichetBuilder, types, words } from '../../sdk/index.ts';
import { auditObjects, type HashedField } from './audit-entry.entity.ts';
import { AuditEntry } from './audit-entry.refs.ts';
import { auditors } from './audit-entry.roles.ts';
import { audit } from './permissions.ts';

const rule = audit.read;
const AuditActorKind = words('AuditActorKind', 'Who did something. More kinds may come: have a default branch.', {
  EMPLOYEE: 'An employee of the organization.',
  CONTACT: 'A contact of the organization.',
  OPERATOR: 'Who runs the server, by a command: founding, certification, quota.',
});
/** The type of what `actor_id` names. */
const ACTORS = { EMPLOYEE: 'Employee', CONTACT: 'Contact', OPERATOR: 'Organization' } as const;

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

/** The audit record, for admins with the right AUDIT (spec 11.1). */
export function auditTypes(builder: GuichetBuilder): void {
  builder.words(AuditActorKind);
  const AuditField = builder.objectRef<{ path: string; hash: string }>('AuditField').implement({
    description: 'A value that a mutation was given. The value itself is not kept (spec 11.3).',
    fields: (t) => ({
      path: t.exposeString('path', { description: 'Where it stood in the input, such as `name` or `lines.0.quantity`.', rule }),
      hash: t.exposeString('hash', { description: 'Hash of the value, salted: of equal values no two are equal.', rule }),
    }),
  });
  builder.entity(AuditEntry, {
    description: 'One act that was done, by a mutation or a command: who, when, what to. Nobody changes or deletes it.',
    roles: [auditors],
    listedFor: [ADMIN],
    filters,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      at: t.column('at', { description: 'When.', rule }),
      actor: t.relation(types.Employee, 'actor_id', {
        description: 'The employee who did it; null where it was a contact or the operator.',
        rule,
      }),
      actorKind: t.column('actor_kind', { type: AuditActorKind, description: 'Who did it.', rule }),
      actorId: t.id({
        description: 'Global id of the employee or contact who did it; of the organization where the operator did it.',
        rule,
        needs: ['actor_kind', 'actor_id'],
        resolve: ({ actor_kind, actor_id }) => encodeGlobalId(ACTORS[actor_kind], actor_id),
      }),
      sessionId: t.id({
        nullable: true,
        description: 'Id of the session that it was done in, as its owner finds it in `sessions`; null where the server did it itself.',
        rule,
        needs: ['session_id'],
        resolve: ({ session_id }) => session_id && encodeGlobalId('Session', session_id),
      }),
      act: t.column('act', { description: 'Name of the mutation, or of the operator’s command.', rule }),
      module: t.column('module', { description: 'The module whose mutation it is.', rule }),
      objectIds: t.idList({
        description: 'Global ids of the objects that it named and made. `nodes(ids:)` reads those that you may see.',
        rule,
        needs: ['objects'],
        resolve: ({ objects }) => objects.map(([type, id]) => encodeGlobalId(type, id)),
      }),
      fields: t.field({
        type: [AuditField],
        description: 'What else it was given, as hashes.',
        rule,
        needs: ['fields'],
        resolve: ({ fields }) => fields.map(([path, hash]: HashedField) => ({ path, hash })),
      }),
    }),
  });
  builder.queryField('auditEntries', (t) =>
    t.entityPages(AuditEntry, {
      description: 'Everything that was done in the organization through a mutation, newest first.',
      rule,
      listedBy: () => [ADMIN],
    }),
  );
}
