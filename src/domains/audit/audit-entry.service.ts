import { uuidv7At } from '../../platform/database/uuid.ts';
import type { RecordAct } from '../../platform/write/act.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import { distinct, givenIn, objectsOf } from './act.rules.ts';
import { AuditEntry, AuditObject } from './audit-entry.entity.ts';
import { hashOfValue } from './audit-hash.rules.ts';

/** Puts the acts of one moment, such as the mutations of one document, in their order. */
let acts = 0;

/** Writes down a mutation that was done. A bulk act that was refused for each of its objects was not. */
export const recordAct: RecordAct = (use, { mutation, values, outcome, sessionId }) => {
  const { tried } = use;
  if (tried.size > 0 && ![...tried.values()].includes(true)) return;
  const given = givenIn(mutation.input, values);
  const objects = distinct([...given.objects, ...objectsOf(mutation, outcome)], tried);
  const id = uuidv7At(use.now.getTime(), acts++);
  const secret = use.service(serverSecret);
  use.on(AuditEntry).add({
    id,
    at: use.now,
    actor_id: use.seat.id,
    actor_kind: use.seat.kind,
    session_id: sessionId ?? null,
    act: mutation.name,
    module: mutation.module,
    objects,
    fields: given.fields.map(({ path, value }) => [path, hashOfValue(secret, id, path, value)] as const),
  });
  use.on(AuditObject).add(objects.map(([, object]) => ({ object_id: object, entry_id: id })));
};
