import { type RecordAct, serverSecret, uuidv7At } from '../../sdk/core.ts';
import { type AuditRecord, isServer, type Seat, type Transaction } from '../../sdk/index.ts';
import { distinct, givenIn, objectsOf } from './act.rules.ts';
import { type ActObject, AuditEntry, AuditObject, auditEntries, auditObjects } from './audit-entry.entity.ts';
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

/** What jobs did, each with the seat behind it. Of a clock's job nobody is: its organization did it. */
export const recordJobActs: AuditRecord['record'] = (use, given) => {
  const secret = use.service(serverSecret);
  const rows = given.map(({ act, module, objects, given: values = {} }) => {
    const id = uuidv7At(use.now.getTime(), acts++);
    const fields = Object.entries(values).map(([path, value]) => [path, hashOfValue(secret, id, path, value)] as const);
    return { ...actorOf(use.seat), id, at: use.now, session_id: null, act, module, objects, fields };
  });
  use.on(AuditEntry).add(rows);
  use.on(AuditObject).add(rows.flatMap(({ id, objects }) => objects.map(([, object]) => ({ object_id: object, entry_id: id }))));
};
const actorOf = (seat: Seat) =>
  isServer(seat)
    ? ({ actor_id: seat.organizationId, actor_kind: 'OPERATOR' } as const)
    : ({ actor_id: seat.id, actor_kind: seat.kind } as const);

/** What the operator of the server did to an organization by a command. */
export interface OperatorAct {
  /** The command: `organization certify`. */
  readonly command: string;
  /** Of the command. */
  readonly module: string;
  readonly objects: readonly ActObject[];
  /** What it was given besides, by the names of its options. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Writes down what the operator did, in the transaction of the doing. @param secret the server's */
export function recordOperatorAct(
  { transaction, secret, organizationId, now }: { transaction: Transaction; secret: Buffer; organizationId: string; now: Date },
  { command, module, objects, given }: OperatorAct,
): void {
  const id = uuidv7At(now.getTime(), acts++);
  transaction.insert(auditEntries, {
    id,
    at: now,
    actor_id: organizationId,
    actor_kind: 'OPERATOR',
    session_id: null,
    act: command,
    module,
    objects: objects,
    fields: Object.entries(given).map(([path, value]) => [path, hashOfValue(secret, id, path, value)] as const),
  });
  transaction.insert(
    auditObjects,
    objects.map(([, object]) => ({ object_id: object, entry_id: id })),
  );
}
