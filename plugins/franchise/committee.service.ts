import { type FormKind, type FormMoved, formsService, invalid, Refusal, type TemplateRequest, type UseCase } from '@guichet/sdk';
import type { ApplicationRow } from './application.entity.ts';
import { answersFor } from './applying.service.ts';
import { Brand, CommitteeMember } from './brand.entity.ts';
import { Ballot, Recusal } from './dossier.entity.ts';
import { endBallots, rejected } from './ending.service.ts';
import { franchiseDecidedAlready } from './franchise.errors.ts';
import { verdictOf } from './franchise.rules.ts';
import { held, lockIn, PATH } from './holding.service.ts';
import { applicantsOf, moveTo, notify, notifyBoth, recruiterOf } from './telling.ts';
import { keepForProvisional } from './territory.service.ts';

export const COMMITTEE = 'FRANCHISE_COMMITTEE';
/** What each member of a committee decides is a form of the core among colleagues: a task that is decided once. */
export const committeeKind: FormKind = { kind: COMMITTEE, type: 'FranchiseBallot', numberPrefix: 'FC', hasOwnMutation: true };

const TEMPLATE: TemplateRequest = {
  kind: COMMITTEE,
  name: 'Franchise committee',
  withConfirmation: false,
  isInside: true,
  fields: [
    { name: 'application', label: 'Application', type: 'TEXT', required: true },
    { name: 'brand', label: 'Brand', type: 'TEXT', required: true },
    { name: 'score', label: 'Score', type: 'TEXT', required: true },
  ],
};
const HUNDREDTHS = 100;

/** Each member of the brand's committee is asked, but for whoever answers for the applicant, asks, or takes no part. @throws ValidationFailed */
export async function callCommittee(use: UseCase, franchiseId: string): Promise<void> {
  const row = await held(use, franchiseId);
  expectReady(row);
  const asked = await membersFor(use, row);
  if (asked.length === 0) throw invalid(PATH, 'NO_COMMITTEE', { en: 'Nobody is left to decide.', 'zh-CN': '没有可以评审的成员。' });
  const { name } = await use.em.findOneOrFail(Brand, row.brandId);
  row.round++;
  await use.em.flush();
  const forms = use.service(formsService);
  await forms.ensureTemplate(use, TEMPLATE);
  const values = [
    { field: 'application', text: row.number },
    { field: 'brand', text: name },
    { field: 'score', text: ((row.score as number) / HUNDREDTHS).toFixed(2) },
  ];
  for (const memberId of asked) await ask(use, row, memberId, values);
  await moveTo(use, row, 'COMMITTEE');
}
function expectReady(row: ApplicationRow): void {
  if (row.isKnockedOut)
    throw invalid(PATH, 'KNOCKED_OUT', {
      en: 'A criterion knocks this application out: it is to be rejected.',
      'zh-CN': '该申请触发否决项，应予拒绝。',
    });
  if (!row.territoryId) throw invalid(PATH, 'NO_TERRITORY', { en: 'It is for no territory yet.', 'zh-CN': '尚未确定区域。' });
}
async function membersFor(use: UseCase, row: ApplicationRow): Promise<string[]> {
  const all = await use.em.find(CommitteeMember, { brandId: row.brandId }, { orderBy: { employeeId: 'asc' } });
  const ids: string[] = [];
  for (const { employeeId: id } of all) if (id !== use.seat.id && !(await takesNoPart(use, row, id))) ids.push(id);
  return ids;
}
async function ask(
  use: UseCase,
  { id, round }: ApplicationRow,
  memberId: string,
  values: { field: string; text: string }[],
): Promise<void> {
  const attach = async ({ formId }: { readonly formId: string }): Promise<void> => {
    use.em.create(Ballot, { formId, applicationId: id, round, memberId, state: 'OPEN' });
    await use.em.flush();
  };
  try {
    await use.service(formsService).submitInside(use, { kind: COMMITTEE, approverId: memberId, values, attach });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw invalid(PATH, 'MEMBER_GONE', {
      en: 'A member of the committee cannot be asked: they have left. Name another one.',
      'zh-CN': '评审会成员已离职，请另行指定。',
    });
  }
}

/** Locks the forms of a committee that is asked: forms are locked before what plugins keep. */
export async function holdBallots(use: UseCase, franchiseId: string): Promise<void> {
  const open = await use.em.find(Ballot, { applicationId: franchiseId, state: 'OPEN' }, { orderBy: { formId: 'asc' } });
  for (const { formId } of open) await use.service(formsService).hold(use, formId);
  for (const one of open) await use.em.refresh(one);
}
/** The form by which the seat decides. @throws FranchiseDecidedAlready */
export async function ownBallot(use: UseCase, franchiseId: string): Promise<string> {
  const { round } = await held(use, franchiseId);
  const found = await use.em.findOne(Ballot, { applicationId: franchiseId, round, memberId: use.seat.id, state: 'OPEN' });
  if (!found) throw franchiseDecidedAlready({}, PATH);
  return found.formId;
}
/** Decides, as `approveFormTask` and `rejectFormTask` of the core do: what follows hangs on the form. @throws FranchiseDecidedAlready */
export async function decideCommittee(use: UseCase, formId: string, given: { approves: boolean; comment?: string }): Promise<void> {
  if (!(await use.service(formsService).decide(use, formId, given))) throw franchiseDecidedAlready({}, PATH);
}

const VOTES: Readonly<Partial<Record<FormMoved['move'], 'FOR' | 'AGAINST' | 'VOID'>>> = {
  COMPLETED: 'FOR',
  REJECTED: 'AGAINST',
  WITHDRAWN: 'VOID',
  ENDED: 'VOID',
};
/** A form of a committee has moved: its word counts, in the transaction of the step. @throws ValidationFailed where it was handed to somebody who takes no part */
export async function ballotMoved(use: UseCase, { formId, kind, move, actorId }: FormMoved): Promise<void> {
  const vote = VOTES[move];
  if (kind !== COMMITTEE || !vote) return;
  const known = await use.em.findOne(Ballot, { formId });
  const row = known && (await lockIn(use, known.applicationId, ['COMMITTEE']));
  if (!row) return;
  const ballot = await use.em.refresh(known);
  if (ballot?.state !== 'OPEN' || ballot.round !== row.round) return;
  if (vote !== 'VOID' && actorId && (await takesNoPart(use, row, actorId)))
    throw invalid(['input'], 'RECUSED', { en: 'You take no part in this application.', 'zh-CN': '您已回避该申请。' });
  ballot.state = vote;
  await use.em.flush();
  await (vote === 'VOID' ? loose(use, row) : recount(use, row));
}

/** Whoever has said so, and whoever answers for the applicant by now: a form can be handed to them, and a contact too. */
const takesNoPart = async (use: UseCase, row: ApplicationRow, employeeId: string): Promise<boolean> =>
  !!(await use.em.findOne(Recusal, { applicationId: row.id, employeeId })) || answersFor(use, row, employeeId);

/** What the committee has decided, once that is sure. */
export async function recount(use: UseCase, row: ApplicationRow): Promise<void> {
  const { committeeMode } = await use.em.findOneOrFail(Brand, row.brandId);
  const all = await use.em.find(Ballot, { applicationId: row.id, round: row.round });
  const verdict = verdictOf(
    committeeMode,
    all.map(({ state }) => state),
  );
  if (!verdict) return;
  if (verdict === 'NOBODY') return loose(use, row);
  await notify(use, row, 'DECIDED', await recruiterOf(use, row));
  if (verdict === 'AGAINST') return rejected(use, row);
  await endBallots(use, row);
  if (!(await keepForProvisional(use, row))) {
    await moveTo(use, row, 'SCORED');
    return notifyBoth(use, row, 'TERRITORY_GONE');
  }
  await moveTo(use, row, 'PROVISIONAL');
  await notify(use, row, 'MOVED', await applicantsOf(use, row));
}
/** The committee came to nothing: it is to be called once more. */
async function loose(use: UseCase, row: ApplicationRow): Promise<void> {
  await endBallots(use, row);
  await moveTo(use, row, 'SCORED');
}
