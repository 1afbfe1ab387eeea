import type { Belongings, UseCase } from '@guichet/sdk';
import { Contract } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';

const OVER: readonly ContractState[] = ['EXPIRED', 'TERMINATED', 'VOIDED', 'SUPERSEDED'];

const open = (use: UseCase, employeeId: string) =>
  use
    .on(Contract)
    .selectFrom('plg_contract.contracts')
    .select('id')
    .where('drafter_id', '=', employeeId)
    .where('state', 'not in', OVER)
    .orderBy('id')
    .forUpdate()
    .execute();

/** Contracts that are not over go on with whoever goes on. Without a successor they stay as they are: admins end them, or make them void. */
export const contractBelongings: Belongings = {
  kind: 'CONTRACT',
  hold: async (use, employeeId) => void (await open(use, employeeId)),
  leave: async (use, { employeeId, successorId }) => {
    if (!successorId) return [];
    const ids = (await open(use, employeeId)).map(({ id }) => id);
    for (const row of await use.em.find(Contract, { id: { $in: ids } })) row.drafterId = successorId;
    await use.em.flush();
    return ids;
  },
};
