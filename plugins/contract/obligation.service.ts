import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { Obligation } from './contract.entity.ts';
import { held } from './holding.service.ts';

const OVER = new Set(['EXPIRED', 'TERMINATED', 'VOIDED', 'SUPERSEDED']);

/** Writes down what one side has to do by a day. @throws ValidationFailed where the contract is over */
export async function addObligation(
  use: UseCase,
  given: { readonly contractId: string; readonly title: string; readonly side: 'OWN' | 'COUNTERPARTY'; readonly dueOn: string },
): Promise<{ obligation: string }> {
  const { state } = await held(use, given.contractId);
  if (OVER.has(state)) throw invalid(['input', 'contractId'], 'OVER', { en: 'This contract is over.', 'zh-CN': '该合同已结束。' });
  return { obligation: use.em.create(Obligation, { ...given, doneAt: null, toldDays: null }).id };
}

/** Finds an obligation of a contract. @throws NotFound */
export async function findObligation(use: UseCase, contractId: string, obligationId: string): Promise<void> {
  const found = await use.em.findOne(Obligation, { id: obligationId, contractId });
  if (!found) throw notFound({}, ['input', 'obligationId']);
}
/** It is done; once done it keeps its moment. */
export async function completeObligation(use: UseCase, obligationId: string): Promise<{ obligation: string }> {
  const found = await use.em.findOneOrFail(Obligation, obligationId);
  found.doneAt ??= use.now;
  return { obligation: obligationId };
}
