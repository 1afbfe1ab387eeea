import type pg from 'pg';
import { APP_ROLE, IDENTITY_ROLE } from '../../platform/database/server-roles.ts';
import { service, type UseCase } from '../../sdk/index.ts';
import type { SeatEntry } from './identity.door.ts';

/** What the index of seats works with: a use case, whose transaction and organization it keeps to. */
export type SeatIndexUse = Pick<UseCase, 'transaction' | 'organizationId' | 'now'>;

/**
 * The index of seats, kept by those who make and end them, in their own transactions. While a call runs, the transaction has another role:
 * await it before the next statement.
 */
export interface SeatIndex {
  /** Makes a seat known, or again known that had ended. @param seat.phone E.164 */
  add(use: SeatIndexUse, seat: { seatId: string; kind: SeatEntry['kind']; phone: string; isDemo: boolean }): Promise<void>;
  /** Ends seats and their sessions. Unknown ones are passed over. */
  end(use: SeatIndexUse, seatIds: readonly string[]): Promise<void>;
  /** The seat has another phone (E.164); its sessions, opened by the former one, end. */
  movePhone(use: SeatIndexUse, seatId: string, phone: string): Promise<void>;
  /** Whether somebody has proven the phone of a live seat: staff cannot change that phone (spec 3.7). */
  hasAccount(use: SeatIndexUse, seatId: string): Promise<boolean>;
}
export const seatIndex = service<SeatIndex>('accounts.seats');

export const theSeatIndex: SeatIndex = {
  add: (use, { seatId, kind, phone, isDemo }) =>
    asIdentity(use, async (client) => {
      await client.query(
        `insert into identity.seats as seat (organization_id, seat_id, kind, phone, is_demo, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (organization_id, seat_id) do update
         set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null`,
        [use.organizationId, seatId, kind, phone, isDemo, use.now],
      );
    }),
  end: (use, seatIds) =>
    asIdentity(use, async (client) => {
      await endSessionsOf(client, use, seatIds);
      await client.query(
        'update identity.seats set ended_at = $3 where organization_id = $1 and seat_id = any($2::uuid[]) and ended_at is null',
        parameters(use, seatIds),
      );
    }),
  movePhone: (use, seatId, phone) =>
    asIdentity(use, async (client) => {
      const { rowCount } = await client.query(
        'update identity.seats set phone = $3 where organization_id = $1 and seat_id = $2 and phone <> $3',
        [use.organizationId, seatId, phone],
      );
      if (rowCount) await endSessionsOf(client, use, [seatId]);
    }),
  hasAccount: (use, seatId) =>
    asIdentity(use, async (client) => {
      const { rowCount } = await client.query(
        `select 1 from identity.seats seat join identity.accounts account on account.phone = seat.phone
         where seat.organization_id = $1 and seat.seat_id = $2 and seat.ended_at is null`,
        [use.organizationId, seatId],
      );
      return rowCount === 1;
    }),
};

const parameters = ({ organizationId, now }: SeatIndexUse, seatIds: readonly string[]): unknown[] => [organizationId, seatIds, now];

const endSessionsOf = (client: pg.ClientBase, use: SeatIndexUse, seatIds: readonly string[]): Promise<unknown> =>
  client.query(
    'update identity.sessions set ended_at = $3 where organization_id = $1 and seat_id = any($2::uuid[]) and ended_at is null',
    parameters(use, seatIds),
  );

/** Runs `work` with the rights of the identity role, and nothing after it. */
async function asIdentity<T>({ transaction: { client } }: SeatIndexUse, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  await client.query(`set local role ${IDENTITY_ROLE}`);
  try {
    return await work(client);
  } finally {
    // After a failed statement PostgreSQL takes no other until the rollback, which gives the role back too.
    await client.query(`set local role ${APP_ROLE}`).catch(() => undefined);
  }
}

/** All organizations: each has seats, of its employees at the least. @param client of the login, which owns the schema */
export async function organizationsWithSeats(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select distinct organization_id as id from identity.seats order by 1');
  return rows.map(({ id }) => id);
}
