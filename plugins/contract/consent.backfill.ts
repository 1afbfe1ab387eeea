import type { Backfill } from '@guichet/sdk';

const MATTERS = [
  ['VOID', 'void_asked_by'],
  ['END', 'termination_asked_by'],
] as const;

/**
 * Writes down who has asked that a contract be void, or end, before each party's word was kept: the others need but agree. Of several
 * counterparties nobody knows which it was.
 */
export const keepConsents: Backfill = {
  name: 'who has asked to make contracts void, or to end them',
  async batch({ client }, organizationId) {
    for (const [matter, askedBy] of MATTERS)
      await client.query(
        // locked, and asked again under the lock: what is agreed or forgotten meanwhile is not asked any more
        `with asked as (
           select contract.id, case contract.${askedBy} when 'OWN' then contract.organization_id else contract.contact_id end as party_id
           from plg_contract.contracts contract
           where contract.organization_id = $1 and contract.${askedBy} is not null
             and (contract.${askedBy} = 'OWN' or not exists (
               select from plg_contract.counterparties further where further.organization_id = $1 and further.contract_id = contract.id))
             and not exists (
               select from plg_contract.consents given where given.organization_id = $1 and given.contract_id = contract.id and given.matter = $2
                 and given.party_id = case contract.${askedBy} when 'OWN' then contract.organization_id else contract.contact_id end)
           for no key update of contract skip locked)
         insert into plg_contract.consents (organization_id, contract_id, matter, party_id, at)
         select $1, id, $2, party_id, now() from asked on conflict do nothing`,
        [organizationId, matter],
      );
    return undefined;
  },
};
