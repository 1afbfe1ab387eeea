import { announcement, registrationPoint, service, type UseCase } from '@guichet/sdk';
import type { ContractState } from './contract.moves.ts';
import type { Draft, Wording } from './draft.terms.ts';

export type { ContractState } from './contract.moves.ts';
export type { Draft as ContractDraft, Wording as ContractWording } from './draft.terms.ts';
export { Contract, ContractTemplate } from './refs.ts';

/** Contracts, as other plugins use them, which name `contract` in their `needs`. Whether the seat may, their own rules say. Ids are UUIDs. */
export interface ContractsService {
  /**
   * Drafts a contract for which the employee who asks answers from now on; what follows is the app's own: review, sharing, signing.
   * @throws ValidationFailed, NotFound for a template that is none
   */
  draft(use: UseCase, draft: Draft, wording: Wording): Promise<{ readonly contractId: string }>;
  /**
   * Ends a contract that all have signed, as one of its sides may do by itself where law or the contract gives it days for that.
   * @returns false, and nothing has happened, unless it is signed and has not ended.
   */
  rescind(use: UseCase, contractId: string, reason: string): Promise<boolean>;
}
export const contractsService = service<ContractsService>('contract.contracts');

/** A contract stands elsewhere now, or somebody has signed it; told in the transaction of the move. */
export const contractMoved = announcement<{ readonly contractId: string; readonly state: ContractState }>('contract.moved');

/**
 * Asked before a code for a signature is sent and before one is given: `registrations: [register(signingGuards, { guard })]`. It runs with the
 * contract locked. @throws a refusal of every mutation, such as ValidationFailed (`invalid`), where it is too early
 */
export interface SigningGuard {
  guard(use: UseCase, contractId: string): Promise<void>;
}
export const signingGuards = registrationPoint<SigningGuard>('contract.signingGuards');
