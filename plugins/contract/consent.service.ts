import type { UseCase } from '@guichet/sdk';
import { Signer } from './contract.entity.ts';
import { Consent } from './counterparty.entity.ts';
import { type ContractRow, counterpartiesOf } from './telling.ts';

type Matter = 'VOID' | 'END';

/**
 * Writes down that the party of the seat agrees.
 * @returns whether all agree whose word it takes: the own side, and every counterparty for whom somebody has signed; all of them where nobody outside has.
 */
export async function consent(use: UseCase, row: ContractRow, matter: Matter): Promise<boolean> {
  const partyId = use.seat.kind === 'CONTACT' ? use.seat.id : use.organizationId;
  const given = new Set((await use.em.find(Consent, { contractId: row.id, matter })).map((one) => one.partyId));
  if (!given.has(partyId)) use.em.create(Consent, { contractId: row.id, matter, partyId, at: use.now });
  given.add(partyId);
  return (await partiesAsked(use, row)).every((one) => given.has(one));
}

async function partiesAsked(use: UseCase, row: ContractRow): Promise<string[]> {
  const further = await counterpartiesOf(use, row.id);
  const signed = await use.em.find(Signer, { contractId: row.id, round: row.round, side: 'COUNTERPARTY', state: 'SIGNED' });
  const has = (counterpartyId: string | null): boolean => signed.some((one) => (one.counterpartyId ?? null) === counterpartyId);
  const bound = [...(has(null) ? [row.contactId] : []), ...further.filter(({ id }) => has(id)).map(({ contactId }) => contactId)];
  const outside = bound.length ? bound : [row.contactId, ...further.map(({ contactId }) => contactId)];
  return [use.organizationId, ...outside];
}

/** What was agreed to counts no more. */
export async function forgetConsents(use: UseCase, { id: contractId }: ContractRow, matter: Matter): Promise<void> {
  for (const one of await use.em.find(Consent, { contractId, matter })) use.em.remove(one);
}
