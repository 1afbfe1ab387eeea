import type { Transaction, UseCase } from '@guichet/sdk';
import { Contract, Signer } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';

/** What is known of a document by its hash. */
export interface Verification {
  readonly sha256: string;
  readonly isSigned: boolean;
  readonly isInForce: boolean;
  readonly signatures: number;
  /** ISO 8601 */
  readonly lastSignedAt: string | null;
}
/** All have signed, and it was not made void. */
export const SIGNED: ReadonlySet<ContractState> = new Set([
  ...(['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED'] as const),
]);
const IN_FORCE: ReadonlySet<ContractState> = new Set(['ACTIVE', 'EXPIRING', 'RENEWED']);

interface Found {
  readonly state: ContractState;
  readonly signedAt: Date | null;
}
/** Whether a document is what was signed, by its hash alone. */
export async function verified(use: UseCase, given: string): Promise<Verification> {
  const sha256 = plain(given);
  const signed = await use.em.find(Signer, { sha256, state: 'SIGNED' }, { orderBy: { signedAt: 'asc' } });
  const ids = [...new Set(signed.map(({ contractId }) => contractId))];
  const states = new Map((await use.em.find(Contract, { id: { $in: ids }, frozenSha256: sha256 })).map(({ id, state }) => [id, state]));
  const found = signed.flatMap(({ contractId, signedAt = null }) => {
    const state = states.get(contractId);
    return state ? [{ state, signedAt }] : [];
  });
  return verificationOf(sha256, found);
}
/** The same in one statement, for resolvers. */
export async function verifiedIn(transaction: Transaction, given: string): Promise<Verification> {
  const sha256 = plain(given);
  const found = await transaction
    .on({ 'plg_contract.signers': Signer.table, 'plg_contract.contracts': Contract.table })
    .selectFrom('plg_contract.signers as signer')
    .innerJoin('plg_contract.contracts as of', 'of.id', 'signer.contract_id')
    .select(['of.state', 'signer.signed_at as signedAt'])
    .where('signer.sha256', '=', sha256)
    .where('of.frozen_sha256', '=', sha256)
    .where('signer.state', '=', 'SIGNED')
    .orderBy('signer.signed_at')
    .execute();
  return verificationOf(sha256, found);
}
const plain = (given: string): string => given.trim().toLowerCase();

const verificationOf = (sha256: string, found: readonly Found[]): Verification => ({
  sha256,
  isSigned: found.some(({ state }) => SIGNED.has(state)),
  isInForce: found.some(({ state }) => IN_FORCE.has(state)),
  signatures: found.length,
  lastSignedAt: found.at(-1)?.signedAt?.toISOString() ?? null,
});
