import { notifiedAddresses, register, type Transaction } from '../../sdk/index.ts';
import { contacts } from './contact.entity.ts';

/** Where contacts are reached, as the organization knows it. */
export const addressesOfContacts = register(notifiedAddresses, {
  kind: 'CONTACT',
  find: async ({ on }: Transaction, ids: readonly string[]) => {
    const rows = await on({ contacts })
      .selectFrom('contacts')
      .select(['id', 'phone', 'email'])
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .execute();
    return new Map(rows.map(({ id, phone, email }) => [id, { phone, email }]));
  },
});
