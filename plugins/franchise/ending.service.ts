import { formsService, type UseCase } from '@guichet/sdk';
import type { ApplicationRow } from './application.entity.ts';
import type { FranchiseState } from './application.moves.ts';
import { Deposit } from './closing.entity.ts';
import { Ballot } from './dossier.entity.ts';
import { monthsLater } from './franchise.rules.ts';
import { held, today } from './holding.service.ts';
import { settingsOf } from './settings.ts';
import { applicantsOf, moveTo, notify } from './telling.ts';
import { freeHold } from './territory.service.ts';

/** It ends without a store: its territory is free, its committee is asked no more, and a deposit is to go back. */
export async function endApplication(
  use: UseCase,
  row: ApplicationRow,
  state: Extract<FranchiseState, 'REJECTED' | 'WITHDRAWN' | 'LAPSED' | 'RESCINDED'>,
): Promise<void> {
  await freeHold(use, row);
  await endBallots(use, row);
  const deposit = await use.em.findOne(Deposit, { applicationId: row.id });
  if (deposit && !deposit.refundedOn) deposit.refundDueSince ??= await today(use);
  await moveTo(use, row, state);
  await use.em.flush();
}

/** Nobody is asked to decide any more. */
export async function endBallots(use: UseCase, row: ApplicationRow): Promise<void> {
  const open = await use.em.find(Ballot, { applicationId: row.id, round: row.round, state: 'OPEN' }, { orderBy: { formId: 'asc' } });
  for (const ballot of open) ballot.state = 'VOID';
  await use.em.flush();
  for (const { formId } of open) await use.service(formsService).end(use, formId, 'The application was decided.');
}

/** Rejects it, with a reason for those inside; what the applicant is told is a text of its own. */
export async function rejectApplication(
  use: UseCase,
  { franchiseId, reason, releasedReason }: { readonly franchiseId: string; readonly reason: string; readonly releasedReason?: string },
): Promise<void> {
  const row = await held(use, franchiseId);
  Object.assign(row, { innerReason: reason, releasedReason: releasedReason ?? null });
  await rejected(use, row);
}
/** By whomever it was. */
export async function rejected(use: UseCase, row: ApplicationRow): Promise<void> {
  row.reapplyFrom = monthsLater(await today(use), (await settingsOf(use)).reapplyMonths);
  await endApplication(use, row, 'REJECTED');
  await notify(use, row, 'ENDED', await applicantsOf(use, row));
}
/** Tells the applicant why, once it was rejected. */
export async function releaseReason(use: UseCase, franchiseId: string, text: string): Promise<void> {
  const row = await held(use, franchiseId);
  row.releasedReason = text;
  await notify(use, row, 'MOVED', await applicantsOf(use, row));
}
