import { holdMove, invalid, type UseCase, workingDates } from '@guichet/sdk';
import { Application, type ApplicationRow } from './application.entity.ts';
import { type FranchiseMove, type FranchiseState, franchiseMoves } from './application.moves.ts';

export const PATH = ['input', 'franchiseId'];

/** Locks an application for a move. @throws NotFound, FORBIDDEN, InvalidTransition */
export const holdFor = (use: UseCase, move: FranchiseMove, franchiseId: string): Promise<FranchiseState> =>
  holdMove(use, franchiseMoves, move, {
    type: 'FranchiseApplication',
    id: franchiseId,
    path: PATH,
    stateOf: async () => (await held(use, franchiseId)).state,
  });
/** An application that the use case has locked. */
export const held = (use: UseCase, franchiseId: string): Promise<ApplicationRow> => use.em.findOneOrFail(Application, franchiseId);

/** Locks an application for what the server does by itself; undefined unless it stands in one of some states. */
export async function lockIn(use: UseCase, id: string, states: readonly FranchiseState[]): Promise<ApplicationRow | undefined> {
  const locked = await use
    .on(Application)
    .selectFrom('plg_franchise.applications')
    .select('id')
    .where('id', '=', id)
    .where('state', 'in', states)
    .forUpdate()
    .executeTakeFirst();
  return locked && use.em.findOneOrFail(Application, id);
}
/** The date that it is now by the organization’s clocks. */
export const today = (use: UseCase): Promise<string> => use.service(workingDates).today(use);

/** @throws ValidationFailed where a day is over */
export async function expectFuture(use: UseCase, day: string, path: readonly string[]): Promise<void> {
  if (day < (await today(use))) throw invalid(path, 'IN_THE_PAST', { en: 'This day is over.', 'zh-CN': '该日期已过。' });
}
