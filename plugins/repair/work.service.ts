import { formsService, invalid, type UseCase, validationFailed } from '@guichet/sdk';
import { runOn, standStill } from './deadline.service.ts';
import { minutesOf } from './labour.service.ts';
import { moveOrder, orderOf, workIsDone } from './order.service.ts';
import { giveBackParts, useUpParts } from './part.service.ts';
import { RepairPhoto } from './photo.entity.ts';
import { settingsOf } from './settings.ts';
import type { Check, HoldReason } from './visit.entity.ts';
import type { VisitState } from './visit.moves.ts';
import { noteStep, type Place, stepTo, type Visit, visitOf } from './visit.service.ts';
import { faultsOfFinish } from './work.rules.ts';

/** Sets out, arrives, begins: the repair is in progress from the first of them on. */
export async function goOn(use: UseCase, visitId: string, state: VisitState, place: Place): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  stepTo(use, visit, state, place);
  if (order.state === 'SCHEDULED') moveOrder(use, order, 'IN_PROGRESS');
}

export async function pause(use: UseCase, visitId: string, { reason, note }: { reason: HoldReason; note?: string }): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  use.em.assign(visit, { holdReason: reason, note: note ?? null });
  stepTo(use, visit, 'ON_HOLD');
  if ((await settingsOf(use)).slaStopsFor.includes(reason)) await standStill(use, order);
}

/** @throws ValidationFailed while the customer has a quote to answer */
export async function resume(use: UseCase, visitId: string): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  if (order.state !== 'IN_PROGRESS')
    throw invalid(['input', 'visitId'], 'QUOTE_NOT_TAKEN', { en: 'The customer has not taken the quote.', 'zh-CN': '客户尚未接受报价。' });
  visit.holdReason = null;
  stepTo(use, visit, 'IN_PROGRESS');
  await runOn(use, order);
}

export interface Finished extends Place {
  readonly visitId: string;
  readonly summary: string;
  readonly workedMinutes?: number;
  readonly checklist?: readonly Check[];
}
/** The work is done: what was reserved is used, and the core asks the customer. @throws ValidationFailed where something is left to be done */
export async function finish(use: UseCase, { visitId, summary, workedMinutes, checklist = [], ...place }: Finished): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  const photos = await use.em.find(RepairPhoto, { visit: visitId });
  const issues = faultsOfFinish(await settingsOf(use), { checklist, photos: photos.length });
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  use.em.assign(visit, {
    summary,
    workedMinutes: workedMinutes ?? (await minutesOf(use, visitId)),
    checklist,
    finishedAt: place.at ?? use.now,
    holdReason: null,
  });
  stepTo(use, visit, 'DONE', place);
  await useUpParts(use, visitId);
  await workIsDone(use, order);
  await use.em.flush();
  await use.service(formsService).askToConfirm(use, order.formId);
}

export interface NotCompleted {
  readonly visitId: string;
  readonly reason: string;
  readonly nextStartsAt?: Date;
  readonly nextEndsAt?: Date;
}
export async function giveUp(use: UseCase, { visitId, reason, nextStartsAt, nextEndsAt }: NotCompleted): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  use.em.assign(visit, { note: reason, nextStartsAt: nextStartsAt ?? null, nextEndsAt: nextEndsAt ?? null, holdReason: null });
  stepTo(use, visit, 'CANNOT_COMPLETE');
  await giveBackParts(use, visitId);
  await runOn(use, order);
  moveOrder(use, order, 'TRIAGED');
}

/** What comes late from a telephone without a network: the visit has gone on without it, and its time is kept. @returns whether it was such a step */
export function isLate(visit: Visit, step: VisitState, at: Date | undefined): boolean {
  if (!at || visit.state !== 'DONE' || !visit.finishedAt || at > visit.finishedAt) return false;
  return !visit.steps.some((one) => one.step === step);
}
export const keepLate = async (use: UseCase, visitId: string, step: VisitState, place: Place): Promise<void> =>
  noteStep(use, await visitOf(use, visitId), step, place);
