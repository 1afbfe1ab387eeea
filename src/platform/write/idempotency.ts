import { createHash } from 'node:crypto';
import type pg from 'pg';
import { organizationsIn } from '../database/organizations-in.ts';
import { tenantEntity } from '../entities/entity.ts';
import type { Outcome } from '../schema/mutation.ts';
import { idempotencyMismatch } from '../schema/refusal-type.ts';
import { canonical } from './canonical-json.ts';
import type { UseCase } from './use-case.ts';

/** Keys of mutations that were done, for 72 hours (api 1). Kept in the transaction of what they did. */
export const IdempotencyKey = tenantEntity(
  'idempotency_keys',
  (t) => ({
    seatId: t.uuid().primary(),
    key: t.text().primary(),
    mutation: t.text(),
    inputHash: t.text(),
    outcome: t.json<Outcome | null>().nullable(),
    createdAt: t.timestamptz(),
  }),
  { indexes: { idempotency_keys_age: { columns: ['createdAt'] } }, servesWorker: true, rootless: true },
);
const KEPT_HOURS = 72;
const expiredBefore = (now: Date): Date => new Date(now.getTime() - KEPT_HOURS * 3_600_000);

/** The same input whatever the order of its fields. */
export const hashOf = (input: unknown): string => createHash('sha256').update(canonical(input)).digest('base64url');

/**
 * Takes a key for this transaction. A twin in flight is waited for, because both insert the same row.
 * @returns the outcome of an earlier call with the same key and input; undefined where this call is the first.
 * @throws IdempotencyMismatch where the key was used with other input or for another mutation.
 */
export async function takeKey(use: UseCase, mutation: string, key: string, inputHash: string): Promise<Outcome | undefined> {
  const row = {
    organization_id: use.organizationId,
    seat_id: use.seat.id,
    key,
    mutation,
    input_hash: inputHash,
    outcome: null,
    created_at: use.now,
  };
  const keys = use.on(IdempotencyKey);
  const taken = await keys
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'seat_id', 'key'])
        .doUpdateSet({ mutation, input_hash: inputHash, outcome: null, created_at: use.now })
        .where('idempotency_keys.created_at', '<', expiredBefore(use.now)),
    )
    .returning('key')
    .executeTakeFirst();
  if (taken) return undefined;
  const earlier = await keys
    .selectFrom('idempotency_keys')
    .select(['mutation', 'input_hash', 'outcome'])
    .where('seat_id', '=', use.seat.id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (earlier.mutation !== mutation || earlier.input_hash !== inputHash) throw idempotencyMismatch({}, ['input', 'idempotencyKey']);
  return earlier.outcome ?? {};
}

export const keepOutcome = (use: UseCase, key: string, outcome: Outcome): void =>
  use.on(IdempotencyKey).change({ seat_id: use.seat.id, key }, { outcome });

const BATCH = 1_000;
/** The age is asked twice: a key that is used again meanwhile stays. */
const FORGET = `
  delete from idempotency_keys where organization_id = $1 and created_at < $2
    and (seat_id, key) in (select seat_id, key from idempotency_keys where organization_id = $1 and created_at < $2 limit ${BATCH})`;

/** Deletes keys that may be used again anyway. */
export async function forgetOldKeys(pool: pg.Pool, now: Date): Promise<void> {
  for (const organizationId of await organizationsIn(pool, 'idempotency_keys')) {
    const forget = () => pool.query(FORGET, [organizationId, expiredBefore(now)]);
    for (let gone = BATCH; gone === BATCH; ) gone = (await forget()).rowCount ?? 0;
  }
}
