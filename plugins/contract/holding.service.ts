import { holdMove, invalid, type UseCase, versionConflict } from '@guichet/sdk';
import { Contract, ContractVersion } from './contract.entity.ts';
import { type ContractMove, type ContractState, contractMoves } from './contract.moves.ts';
import { standingOutside } from './contract.standing.ts';
import type { ContractRow } from './telling.ts';

const PATH = ['input', 'contractId'];

/** Locks a contract for a move. @throws NotFound, FORBIDDEN, InvalidTransition */
export const holdContract = (use: UseCase, move: ContractMove, contractId: string): Promise<ContractState> =>
  holdMove(use, contractMoves, move, {
    type: 'Contract',
    id: contractId,
    path: PATH,
    stateOf: async () => {
      const { state } = await use.em.findOneOrFail(Contract, contractId);
      return sideOf(use) === 'OWN' ? state : standingOutside(state);
    },
  });

/** A contract that the use case has locked. */
export const held = (use: UseCase, contractId: string): Promise<ContractRow> => use.em.findOneOrFail(Contract, contractId);

/** @throws VersionConflict */
export function expectVersion(row: ContractRow, expected: number): void {
  if (row.version !== expected) throw versionConflict({ current: { type: 'Contract', uuid: row.id } }, ['input', 'expectedVersion']);
}

/** The version that is current. */
export const currentOf = (use: UseCase, row: ContractRow) => use.em.findOneOrFail(ContractVersion, row.currentVersionId as string);

export const sideOf = ({ seat }: UseCase): 'OWN' | 'COUNTERPARTY' => (seat.kind === 'CONTACT' ? 'COUNTERPARTY' : 'OWN');

/** @throws ValidationFailed where the last day comes before the first */
export function checkPeriod({ startsOn, endsOn, renewsMonths }: Period): void {
  if (endsOn !== undefined && endsOn < startsOn)
    throw invalid(['input', 'endsOn'], 'BEFORE_START', { en: 'It ends before it begins.', 'zh-CN': '结束日期早于开始日期。' });
  if (renewsMonths !== undefined && endsOn === undefined)
    throw invalid(['input', 'renewsMonths'], 'NO_END', {
      en: 'What has no last day is not renewed.',
      'zh-CN': '没有结束日期的合同无法续期。',
    });
}
interface Period {
  readonly startsOn: string;
  readonly endsOn?: string;
  readonly renewsMonths?: number;
}
