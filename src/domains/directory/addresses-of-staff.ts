import { notifiedAddresses, register, type Transaction } from '../../sdk/index.ts';
import { employees } from './directory.entity.ts';

/** Where employees are reached; mail goes to what they name themselves. */
export const addressesOfStaff = register(notifiedAddresses, {
  kind: 'EMPLOYEE',
  find: async ({ on }: Transaction, ids: readonly string[]) => {
    const rows = await on({ employees })
      .selectFrom('employees')
      .select(['id', 'phone'])
      .where('id', 'in', ids)
      .where('left_at', 'is', null)
      .execute();
    return new Map(rows.map(({ id, phone }) => [id, { phone, email: null }]));
  },
});
