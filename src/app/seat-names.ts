import type { SeatEntry, SeatNames } from '../domains/accounts/index.ts';
import { contacts } from '../domains/contacts/index.ts';
import { employees } from '../domains/directory/index.ts';
import { organizations } from '../domains/organization/index.ts';
import type { Connections } from '../platform/database/connections.ts';
import { inTransaction } from '../platform/database/transaction.ts';

/**
 * Names of an account's seats. Each organization is asked in a transaction of its own: nothing reads across. Each seat is asked for once, and
 * from its own share of the connections: an account may have a hundred sessions of it.
 */
export const seatNamesFrom = (connections: Connections): SeatNames => ({
  names: async (seats) => {
    const entries = new Map(seats.map((seat) => [`${seat.organizationId} ${seat.seatId}`, seat]));
    const asked = [...entries].map(async ([key, seat]) => [key, await nameOf(connections, seat)] as const);
    const names = new Map(await Promise.all(asked));
    return seats.map(({ organizationId, seatId }) => names.get(`${organizationId} ${seatId}`)!);
  },
});

const nameOf = (
  connections: Connections,
  { organizationId, seatId, kind }: SeatEntry,
): Promise<{ organizationName: string; name: string }> =>
  inTransaction(connections.for({ organization: organizationId, seat: seatId }), organizationId, async (transaction) => {
    const db = transaction.on({ organizations, employees, contacts });
    const { name: organizationName } = await db.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
    const { name } = await db
      .selectFrom(kind === 'EMPLOYEE' ? 'employees' : 'contacts')
      .select('name')
      .where('id', '=', seatId)
      .executeTakeFirstOrThrow();
    return { organizationName, name };
  });
