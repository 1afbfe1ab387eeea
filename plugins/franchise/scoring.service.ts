import { formsService, invalid, type UseCase } from '@guichet/sdk';
import type { ApplicationRow } from './application.entity.ts';
import { answersFor } from './applying.service.ts';
import { Brand, ScoreSheet } from './brand.entity.ts';
import { recount } from './committee.service.ts';
import { expectVerified } from './document.service.ts';
import { Ballot, Recusal, Score, SiteVisit } from './dossier.entity.ts';
import { franchiseDecidedAlready } from './franchise.errors.ts';
import { faultOfPoints, mean, type Points, scored } from './franchise.rules.ts';
import { held, PATH } from './holding.service.ts';
import { applicantsOf, employee, moveTo, notify, recruiterOf } from './telling.ts';

type ScoreRow = InstanceType<typeof Score.class>;

/** Invites the applicant, or names another time. @throws ValidationFailed unless all documents are accepted */
export async function scheduleInterview(use: UseCase, franchiseId: string, { at, place }: { at: Date; place: string }): Promise<void> {
  const row = await held(use, franchiseId);
  expectLater(use, at);
  await expectVerified(use, row);
  Object.assign(row, { interviewAt: at, interviewPlace: place });
  await moveTo(use, row, 'INTERVIEW');
  await notify(use, row, 'MOVED', await applicantsOf(use, row));
}
function expectLater(use: UseCase, at: Date): void {
  if (at <= use.now) throw invalid(['input', 'at'], 'IN_THE_PAST', { en: 'This moment is over.', 'zh-CN': '该时间已过。' });
}

export interface Visit {
  readonly inspectorId: string;
  readonly at: Date;
  readonly address: string;
  readonly scorerIds: readonly string[];
}
/** Sends an inspector and names who scores, by the sheet of the brand as it is now. @throws ValidationFailed */
export async function scheduleSiteVisit(use: UseCase, franchiseId: string, { scorerIds, ...visit }: Visit): Promise<void> {
  const row = await held(use, franchiseId);
  expectLater(use, visit.at);
  await expectScorers(use, row, scorerIds);
  const before = await use.em.findOne(SiteVisit, { applicationId: row.id });
  if (before) Object.assign(before, visit);
  else use.em.create(SiteVisit, { ...visit, applicationId: row.id, findings: null, isSuitable: null, recordedAt: null });
  row.sheetId ??= await currentSheet(use, row);
  await nameScorers(use, row, scorerIds);
  await moveTo(use, row, 'SITE_CHECK');
  await notify(use, row, 'MOVED', await applicantsOf(use, row));
  await notify(use, row, 'INSPECTION', [employee(visit.inspectorId)]);
  await notify(use, row, 'SCORE_ASKED', scorerIds.map(employee));
  await bringOn(use, row); // where only those are named who have scored
}
async function currentSheet(use: UseCase, { brandId }: ApplicationRow): Promise<string> {
  const { sheetId } = await use.em.findOneOrFail(Brand, brandId);
  if (!sheetId) throw invalid(PATH, 'NO_SHEET', { en: 'The brand has no score sheet.', 'zh-CN': '该品牌没有评分表。' });
  return sheetId;
}
const SCORERS = ['input', 'scorerIds'];
/** Nobody scores twice, nor whose own applicant it is, nor after they have said that they take no part. */
async function expectScorers(use: UseCase, row: ApplicationRow, ids: readonly string[]): Promise<void> {
  if (new Set(ids).size !== ids.length) throw invalid(SCORERS, 'TWICE', { en: 'Somebody is named twice.', 'zh-CN': '评分人重复。' });
  const recused = new Set((await use.em.find(Recusal, { applicationId: row.id })).map(({ employeeId }) => employeeId));
  for (const [i, id] of ids.entries())
    if (recused.has(id) || (await answersFor(use, row, id)))
      throw invalid([...SCORERS, String(i)], 'RECUSED', {
        en: 'They answer for the applicant, or take no part in it.',
        'zh-CN': '该员工为申请人的负责人，或已回避。',
      });
}
/** Whoever has scored stays; whoever has not and is not named any more is asked no more. */
async function nameScorers(use: UseCase, row: ApplicationRow, ids: readonly string[]): Promise<void> {
  const all = await use.em.find(Score, { applicationId: row.id });
  for (const one of all) if (one.state === 'WAITING' && !ids.includes(one.scorerId)) use.em.remove(one);
  for (const scorerId of ids)
    if (!all.some((one) => one.scorerId === scorerId)) use.em.create(Score, { ...UNSCORED, applicationId: row.id, scorerId });
  await use.em.flush();
}
const UNSCORED = {
  state: 'WAITING',
  points: null,
  total: null,
  isKnockOut: null,
  note: null,
  at: null,
  openedId: null,
} as const;

/** What the site is like. It may be mended until the scores are in. */
export async function recordSiteVisit(use: UseCase, franchiseId: string, said: { findings: string; isSuitable: boolean }): Promise<void> {
  const visit = await use.em.findOneOrFail(SiteVisit, { applicationId: franchiseId });
  Object.assign(visit, { ...said, recordedAt: use.now });
  await use.em.flush();
}

/** The score that the seat is to give. @throws FranchiseDecidedAlready */
export async function ownScore(use: UseCase, franchiseId: string): Promise<ScoreRow> {
  const found = await use.em.findOneOrFail(Score, { applicationId: franchiseId, scorerId: use.seat.id });
  if (found.state !== 'WAITING') throw franchiseDecidedAlready({}, PATH);
  return found;
}
/** Scores an application by its sheet; the last one brings it on. @throws ValidationFailed */
export async function submitScore(
  use: UseCase,
  { franchiseId, points, note }: { readonly franchiseId: string; readonly points: readonly Points[]; readonly note?: string },
  score: ScoreRow,
): Promise<void> {
  const row = await held(use, franchiseId);
  if (await answersFor(use, row, use.seat.id))
    throw invalid(PATH, 'RECUSED', {
      en: 'You answer for the applicant by now: recuse yourself.',
      'zh-CN': '您现为申请人的负责人，请回避。',
    });
  const visit = await use.em.findOneOrFail(SiteVisit, { applicationId: franchiseId });
  if (!visit.recordedAt) throw invalid(PATH, 'NO_VISIT', { en: 'Nobody has looked at the site yet.', 'zh-CN': '尚未完成选址考察。' });
  const { criteria } = await use.em.findOneOrFail(ScoreSheet, row.sheetId as string);
  const fault = faultOfPoints(criteria, points);
  if (fault)
    throw invalid(['input', 'points'], fault, {
      en: `Give points for each of ${criteria.map(({ key }) => key).join(', ')}, once.`,
      'zh-CN': `请为每项各评一次分：${criteria.map(({ key }) => key).join('、')}。`,
    });
  Object.assign(score, { ...scored(criteria, points), points, note: note ?? null, state: 'SCORED', at: use.now });
  await use.em.flush();
  await bringOn(use, row);
}

/** All who score have: from now on they see what the others say. Where nobody is left, others are to be named. */
async function bringOn(use: UseCase, row: ApplicationRow): Promise<void> {
  const all = await use.em.find(Score, { applicationId: row.id, state: { $ne: 'RECUSED' } });
  if (all.length === 0 || all.some(({ state }) => state === 'WAITING')) return;
  for (const one of all) one.openedId = row.id;
  Object.assign(row, {
    scoredAt: use.now,
    score: mean(all.map(({ total }) => total as number)),
    isKnockedOut: all.some(({ isKnockOut }) => isKnockOut === true),
  });
  await moveTo(use, row, 'SCORED');
  await use.em.flush();
  await notify(use, row, 'SCORED', await recruiterOf(use, row));
}

/** Takes no part in it, as somebody related does: neither the score nor the vote counts. @throws FranchiseDecidedAlready */
export async function recuse(use: UseCase, franchiseId: string, reason: string): Promise<void> {
  const row = await held(use, franchiseId);
  const employeeId = use.seat.id;
  if (await use.em.findOne(Recusal, { applicationId: row.id, employeeId })) throw franchiseDecidedAlready({}, PATH);
  use.em.create(Recusal, { applicationId: row.id, employeeId, reason, at: use.now });
  await use.em.flush();
  if (row.state === 'COMMITTEE') return recuseVote(use, row);
  const score = await use.em.findOne(Score, { applicationId: row.id, scorerId: employeeId });
  if (score) Object.assign(score, { ...UNSCORED, state: 'RECUSED' });
  await use.em.flush();
  await bringOn(use, row);
}
async function recuseVote(use: UseCase, row: ApplicationRow): Promise<void> {
  const ballot = await use.em.findOne(Ballot, { applicationId: row.id, round: row.round, memberId: use.seat.id });
  if (!ballot) return;
  if (ballot.state !== 'OPEN') throw franchiseDecidedAlready({}, PATH);
  ballot.state = 'RECUSED';
  await use.em.flush();
  await use.service(formsService).end(use, ballot.formId, 'Its holder takes no part.');
  await recount(use, row);
}
