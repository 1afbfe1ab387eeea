import type { Backfill } from '@guichet/sdk';

/** Writes down what those are called who were named before their names were: another module's rows, which no migration of this one reads. */
export const nameViewers: Backfill = {
  name: 'names of who looks on at contracts',
  async batch({ client }, organizationId) {
    await client.query(
      `update plg_contract.viewers viewer set name = contact.name from contacts contact
       where viewer.organization_id = $1 and viewer.name = '' and contact.organization_id = $1 and contact.id = viewer.contact_id`,
      [organizationId],
    );
    return undefined;
  },
};
