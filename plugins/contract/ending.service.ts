import { formsService, invalid, type UseCase, workingDates } from '@guichet/sdk';
import { consent, forgetConsents } from './consent.service.ts';
import { Contract, Signer } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';
import { held, sideOf } from './holding.service.ts';
import { notifyAll } from './negotiating.service.ts';
import { type ContractRow, follow, notify, othersOf } from './telling.ts';

/**
 * Makes a contract void. As long as nobody has signed its own side may; afterwards every party has to say so that has signed.
 * @throws ValidationFailed for the counterparty of what nobody has signed: it declines
 */
export async function voidContract(use: UseCase, contractId: string, reason: string): Promise<void> {
  const row = await held(use, contractId);
  const side = sideOf(use);
  const isSigned = (await use.em.count(Signer, { contractId, round: row.round, state: 'SIGNED' })) > 0;
  if (!isSigned && side === 'COUNTERPARTY')
    throw invalid(['input', 'contractId'], 'NOT_SIGNED', {
      en: 'Nobody’s signature stands: there is nothing that you could make void.',
      'zh-CN': '目前没有有效签署，无需作废。',
    });
  if (isSigned && !(await consent(use, row, 'VOID'))) {
    Object.assign(row, { voidAskedBy: row.voidAskedBy ?? side, reason });
    await follow(use, row, 'MOVED');
    return notify(use, row, 'VOID_ASKED', await othersOf(use, row));
  }
  for (const signer of await use.em.find(Signer, { contractId, round: row.round })) if (signer.state === 'SIGNED') signer.state = 'VOIDED';
  if (row.isInReview && row.formId) await use.service(formsService).withdrawInside(use, row.formId);
  if (row.state === 'APPROVED_TO_SIGN') row.frozenSha256 = null; // nobody was sent it
  await forgetConsents(use, row, 'VOID');
  Object.assign(row, { state: 'VOIDED', voidAskedBy: null, isInReview: false, reason });
  await use.em.flush();
  await follow(use, row, 'MOVED');
  await notifyAll(use, row, 'VOIDED');
}

/**
 * Ends a contract before its time: one party names the day, and the others agree by naming the same. It is in force until that day is over.
 * @throws ValidationFailed where the day is nearer than the days of notice, or one is agreed already: that stands
 */
export async function terminateContract(
  use: UseCase,
  { contractId, endsOn, reason }: { readonly contractId: string; readonly endsOn: string; readonly reason: string },
): Promise<void> {
  const row = await held(use, contractId);
  refuseAgreed(row);
  const isAsked = row.terminationAskedBy !== null && row.endsEarlyOn === endsOn;
  if (!isAsked) {
    await checkNotice(use, row, endsOn);
    await forgetConsents(use, row, 'END');
    await use.em.flush();
  }
  const isAgreed = await consent(use, row, 'END');
  const askedBy = isAsked ? row.terminationAskedBy : sideOf(use);
  Object.assign(row, { endsEarlyOn: endsOn, reason, terminationAskedBy: isAgreed ? null : askedBy });
  await follow(use, row, 'MOVED');
  if (isAgreed) await notifyAll(use, row, 'TERMINATION_AGREED');
  else await notify(use, row, 'TERMINATION_ASKED', await othersOf(use, row));
}

function refuseAgreed({ endsEarlyOn, terminationAskedBy }: ContractRow): void {
  if (endsEarlyOn && terminationAskedBy === null)
    throw invalid(['input', 'endsOn'], 'AGREED', {
      en: `All have agreed that it ends on ${endsEarlyOn}.`,
      'zh-CN': `各方已同意合同于 ${endsEarlyOn} 终止。`,
    });
}

async function checkNotice(use: UseCase, { noticeDays, endsOn: last }: ContractRow, endsOn: string): Promise<void> {
  const dates = use.service(workingDates);
  const first = await dates.addWorkingDays(use, await dates.today(use), noticeDays);
  if (endsOn < first)
    throw invalid(['input', 'endsOn'], 'NOTICE', {
      en: `With ${noticeDays} working days of notice it can end on ${first} at the earliest.`,
      'zh-CN': `按 ${noticeDays} 个工作日的通知期，最早可于 ${first} 终止。`,
    });
  if (last && endsOn >= last)
    throw invalid(['input', 'endsOn'], 'ENDS_ANYWAY', {
      en: `It ends on ${last} by itself.`,
      'zh-CN': `合同将于 ${last} 自行到期。`,
    });
}

/** A side rescinds what all have signed, in days that it has for that; the other app has asked whether it may. */
export async function rescindContract(use: UseCase, contractId: string, reason: string): Promise<boolean> {
  const row = await lockLatest(use, contractId);
  if (!row || !SIGNED.has(row.state)) return false;
  Object.assign(row, { state: 'TERMINATED', endsEarlyOn: await use.service(workingDates).today(use), reason });
  await follow(use, row, 'MOVED');
  await notifyAll(use, row, 'ENDED');
  return true;
}
const SIGNED: ReadonlySet<ContractState> = new Set(['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED']);

/** The contract, or the amendment that has taken its place. */
async function lockLatest(use: UseCase, contractId: string): Promise<ContractRow | undefined> {
  await use.on(Contract).selectFrom('plg_contract.contracts').select('id').where('id', '=', contractId).forUpdate().execute();
  const row = await use.em.findOne(Contract, contractId, { refresh: true });
  if (row?.state !== 'SUPERSEDED') return row ?? undefined;
  const next = await use.em.findOne(Contract, { amendsId: row.id, state: { $in: [...SIGNED, 'SUPERSEDED'] } });
  return next ? lockLatest(use, next.id) : row;
}
