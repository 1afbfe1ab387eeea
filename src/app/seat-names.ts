import type pg from 'pg';
import type { SeatEntry, SeatNames } from '../domains/accounts/index.ts';
import { contacts } from '../domains/contacts/index.ts';
import { employees } from '../domains/directory/index.ts';
import { organizations } from '../domains/organization/index.ts';
import { inTransaction } from '../platform/database/transaction.ts';

/** Names of an account's seats. Each organization is asked in a transaction of its own: nothing reads across. */
export const seatNamesFrom = (pool: pg.Pool): SeatNames => ({
  names: (seats) => Promise.all(seats.map((seat) => nameOf(pool, seat))),
});

const nameOf = (pool: pg.Pool, { organizationId, seatId, kind }: SeatEntry): Promise<{ organizationName: string; name: string }> =>
  inTransaction(pool, organizationId, async (transaction) => {
    const db = transaction.on({ organizations, employees, contacts });
    const { name: organizationName } = await db.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
    const { name } = await db
      .selectFrom(kind === 'EMPLOYEE' ? 'employees' : 'contacts')
      .select('name')
      .where('id', '=', seatId)
      .executeTakeFirstOrThrow();
    return { organizationName, name };
  });
