import { createHash } from 'node:crypto';
import { filesService, formsService, type UseCase, windowTime } from '@guichet/sdk';
import { chargedOf } from './charge.service.ts';
import { confirmOrder, type Order, orderOf } from './order.service.ts';
import { settingsOf } from './settings.ts';
import { RepairSignature, type SIGNERS } from './signature.entity.ts';
import { REPAIR_SIGNATURE } from './signature.purpose.ts';
import { signatureNeeded } from './signature.rules.ts';
import { RepairVisit } from './visit.entity.ts';

/** What whoever signs is shown, word for word: the hash of it is kept with the signature. */
export async function shownToSigner(use: UseCase, order: Order): Promise<string> {
  const done = await use.em.find(RepairVisit, { order: order.id, state: 'DONE' }, { orderBy: { id: 'asc' } });
  return JSON.stringify({
    number: order.number,
    problem: order.problem,
    charged: await chargedOf(use, order.id),
    done: done.map(({ summary, finishedAt }) => ({ summary, finishedAt })),
  });
}
export const hashOf = (shown: string): string => createHash('sha256').update(shown).digest('hex');

export interface Signed {
  readonly signerName?: string;
  /** UUID of the upload that is the signature as it was drawn. */
  readonly signatureId?: string;
}
/**
 * Somebody signs for the work; the evidence stays when the repair is opened again.
 * @throws ValidationFailed where the customer has to sign, and has not: whoever is at the site signs by the code. NotFound for an upload that is not the seat's
 */
export async function signOff(
  use: UseCase,
  order: Order,
  by: (typeof SIGNERS)[number],
  { signerName, signatureId }: Signed,
): Promise<void> {
  if (by === 'CUSTOMER' && order.needsSignature && signatureId === undefined) throw signatureNeeded(['input', 'signatureId']);
  const id = use.newId();
  const sha256 = hashOf(await shownToSigner(use, order));
  const imageId = signatureId === undefined ? null : await keepImage(use, id, signatureId);
  use.em.create(RepairSignature, { id, order: order.id, by, signerName: signerName ?? null, at: use.now, sha256, imageId });
  use.em.assign(order, { signerName: signerName ?? null, signedHash: sha256, confirmedBy: by });
  await close(use, order);
}
async function keepImage(use: UseCase, id: string, uploadId: string): Promise<string> {
  const to = { type: 'RepairSignature', id };
  const kept = { uploadId, purpose: REPAIR_SIGNATURE, to, as: `signature-${id}`, path: ['input', 'signatureId'] };
  return (await use.service(filesService).attach(use, kept)).fileId;
}
/** The last word about the work: in the core too, where it waits for it. One that was opened again has a form that is complete already. */
async function close(use: UseCase, order: Order): Promise<void> {
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
  use.em.assign(order, { signerName: null, signedHash: null, confirmedBy: 'SILENCE' });
  await close(use, order);
}
