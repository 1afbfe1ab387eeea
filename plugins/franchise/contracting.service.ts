import { type ContractDraft, type ContractState, type ContractWording, contractsService } from '@guichet/plugin-contract';
import { invalid, type UseCase } from '@guichet/sdk';
import { Application, type ApplicationRow } from './application.entity.ts';
import type { FranchiseState } from './application.moves.ts';
import { Deposit, OpeningTask } from './closing.entity.ts';
import { countryOf } from './disclosing.service.ts';
import { expectVerified } from './document.service.ts';
import { endApplication } from './ending.service.ts';
import { franchiseTerritoryNotAvailable, franchiseTooEarly } from './franchise.errors.ts';
import { daysLater } from './franchise.rules.ts';
import { held, lockIn, PATH, today } from './holding.service.ts';
import { settingsOf } from './settings.ts';
import { moveTo, notify, notifyBoth, recruiterOf } from './telling.ts';
import { isKept, keepForGood } from './territory.service.ts';

type Terms = Omit<ContractDraft, 'contactId' | 'kind' | 'counterpartyName'>;

/** @throws FranchiseTooEarly before the first lawful day, by the organization's clocks */
async function expectLawful(use: UseCase, { earliestSigningOn }: ApplicationRow): Promise<void> {
  const earliestOn = earliestSigningOn as string;
  if ((await today(use)) < earliestOn) throw franchiseTooEarly({ earliestOn }, PATH);
}

/** Drafts the contract in the app of contracts, for whoever asks. @throws FranchiseTooEarly, FranchiseTerritoryNotAvailable, ValidationFailed */
export async function startContract(use: UseCase, franchiseId: string, terms: Terms, wording: ContractWording): Promise<void> {
  const row = await held(use, franchiseId);
  await expectLawful(use, row);
  if (!(await isKept(use, row))) throw franchiseTerritoryNotAvailable({}, PATH);
  const deposit = await use.em.findOne(Deposit, { applicationId: row.id, refundedOn: null });
  if (!deposit) throw invalid(PATH, 'NO_DEPOSIT', { en: 'The deposit has not come.', 'zh-CN': '尚未收到保证金。' });
  await expectVerified(use, row);
  if (!row.contractId) {
    const draft = { ...terms, contactId: row.contactId, kind: 'FRANCHISE', counterpartyName: row.legalName ?? row.number };
    row.contractId = (await use.service(contractsService).draft(use, draft, wording)).contractId;
  }
  await moveTo(use, row, 'CONTRACTING');
  await notifyBoth(use, row, 'MOVED');
}

const ofContract = (use: UseCase, contractId: string): Promise<ApplicationRow | null> => use.em.findOne(Application, { contractId });

/** Whether the contract of an application may be signed now: asked by the app of contracts, whichever way it is signed. @throws ValidationFailed */
export async function guardSigning(use: UseCase, contractId: string): Promise<void> {
  const row = await ofContract(use, contractId);
  if (!row) return;
  const { earliestSigningOn: earliest } = row;
  if (earliest && (await today(use)) < earliest)
    throw invalid(['input', 'contractId'], 'TOO_EARLY', {
      en: `The law lets this be signed from ${earliest} on.`,
      'zh-CN': `依法最早可于 ${earliest} 签署。`,
    });
  if (row.state !== 'CONTRACTING' || !(await isKept(use, row)))
    throw invalid(['input', 'contractId'], 'NOT_READY', {
      en: 'The application that this contract is for is not ready to be signed.',
      'zh-CN': '该合同对应的加盟申请尚不能签约。',
    });
}

/** A contract has moved, in the app of contracts: its application follows, in the same transaction. */
export async function contractHasMoved(use: UseCase, { contractId, state }: { contractId: string; state: ContractState }): Promise<void> {
  if (state !== 'SIGNED' && state !== 'VOIDED') return;
  const known = await ofContract(use, contractId);
  const row = known && (await lockIn(use, known.id, [...BEFORE_SIGNED, ...SIGNED]));
  if (!row) return;
  if (state === 'VOIDED') await lost(use, row);
  else if (row.state === 'CONTRACTING') await signed(use, row);
}
const BEFORE_SIGNED = ['CONTRACTING', 'DISCLOSED', 'DISCLOSURE_ACKNOWLEDGED'] as const;
const SIGNED: readonly FranchiseState[] = ['COOLING_OFF', 'OPENING'];

/** Void before all had signed, it can be drafted anew; afterwards both sides have said that there is to be no store. */
async function lost(use: UseCase, row: ApplicationRow): Promise<void> {
  if (SIGNED.includes(row.state)) {
    await endApplication(use, row, 'RESCINDED');
    await notifyBoth(use, row, 'ENDED');
    return notify(use, row, 'REFUND_DUE', await recruiterOf(use, row));
  }
  row.contractId = null;
  if (row.state === 'CONTRACTING') await moveTo(use, row, 'DISCLOSURE_ACKNOWLEDGED');
}
async function signed(use: UseCase, row: ApplicationRow): Promise<void> {
  row.signedOn = await today(use);
  await keepForGood(use, row);
  const days = (await settingsOf(use)).coolingOffDays[await countryOf(use, row)] ?? 0;
  row.coolingOffUntil = daysLater(row.signedOn, days);
  await notifyBoth(use, row, 'SIGNED');
  if (days === 0) return beginOpening(use, row);
  await moveTo(use, row, 'COOLING_OFF');
}

/** What the opening needs, by the settings; the first contract of a brand is filed, where the law of the country asks for it. */
export async function beginOpening(use: UseCase, row: ApplicationRow): Promise<void> {
  const { openingTasks, filingDays } = await settingsOf(use);
  const from = row.coolingOffUntil as string;
  const filing = filingDays[await countryOf(use, row)];
  const tasks = openingTasks.map(({ title, days }) => ({ title, dueOn: daysLater(from, days) }));
  if (filing !== undefined && (await isFirst(use, row)))
    tasks.unshift({ title: 'File the first contract of the brand', dueOn: daysLater(row.signedOn as string, filing) });
  for (const [i, task] of tasks.entries())
    use.em.create(OpeningTask, { ...task, applicationId: row.id, position: i + 1, doneAt: null, toldAt: null });
  await moveTo(use, row, 'OPENING');
  await use.em.flush();
  await notifyBoth(use, row, 'MOVED');
}
const isFirst = async (use: UseCase, { brandId, id }: ApplicationRow): Promise<boolean> =>
  (await use.em.count(Application, { brandId, id: { $ne: id }, signedOn: { $ne: null } })) === 0;

/** Ticks a task off; the last one opens the store. */
export async function completeOpeningTask(use: UseCase, franchiseId: string, task: InstanceType<typeof OpeningTask.class>): Promise<void> {
  const row = await held(use, franchiseId);
  task.doneAt ??= use.now;
  await use.em.flush();
  if ((await use.em.count(OpeningTask, { applicationId: row.id, doneAt: null })) > 0) return;
  await moveTo(use, row, 'OPEN');
  await notifyBoth(use, row, 'OPEN');
}

/** The applicant rescinds in the days that they have for it. @throws ValidationFailed where these are over, though no clock has noted it yet */
export async function rescindFranchise(use: UseCase, franchiseId: string, reason: string): Promise<void> {
  const row = await held(use, franchiseId);
  if ((row.coolingOffUntil as string) < (await today(use)))
    throw invalid(PATH, 'OVER', { en: 'The days in which it could be rescinded are over.', 'zh-CN': '冷静期已过。' });
  await use.service(contractsService).rescind(use, row.contractId as string, reason); // where it has ended already, there is nothing to end
  await endApplication(use, row, 'RESCINDED');
  await notify(use, row, 'REFUND_DUE', await recruiterOf(use, row));
}
