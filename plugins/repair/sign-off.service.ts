import { createHash } from 'node:crypto';
import { formsService, type UseCase, windowTime } from '@guichet/sdk';
import type { CONFIRMERS } from './order.entity.ts';
import { confirmOrder, type Order, orderOf } from './order.service.ts';
import { settingsOf } from './settings.ts';
import { RepairVisit } from './visit.entity.ts';

/** What whoever signs is shown, word for word: the hash of it is kept with the signature. */
export async function shownToSigner(use: UseCase, order: Order): Promise<string> {
  const done = await use.em.find(RepairVisit, { order: order.id, state: 'DONE' }, { orderBy: { id: 'asc' } });
  return JSON.stringify({
    number: order.number,
    problem: order.problem,
    done: done.map(({ summary, finishedAt }) => ({ summary, finishedAt })),
  });
}
export const hashOf = (shown: string): string => createHash('sha256').update(shown).digest('hex');

/** The last word about the work: in the core too, where it waits for it. One that was opened again has a form that is complete already. */
export async function confirmBy(use: UseCase, order: Order, by: (typeof CONFIRMERS)[number], signerName?: string): Promise<void> {
  const signedHash = by === 'SILENCE' ? null : hashOf(await shownToSigner(use, order));
  use.em.assign(order, { signerName: signerName ?? null, signedHash, confirmedBy: by });
  await use.em.flush();
  if (!(await use.service(formsService).confirm(use, order.formId))) await confirmOrder(use, order);
}

/** Work that is done and that the customer says nothing about confirms itself, and is marked so. */
export async function confirmIfSilent(use: UseCase, id: string): Promise<void> {
  const { confirmsItselfAfterDays: days } = await settingsOf(use);
  const order = await orderOf(use, id);
  if (days === 0 || order.state !== 'WORK_DONE' || !order.workDoneAt) return;
  const served = await use.service(windowTime).served(use);
  if (!served || served.since(order.workDoneAt) < days * 86_400_000) return;
  await confirmBy(use, order, 'SILENCE');
}
