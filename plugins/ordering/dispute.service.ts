import { contactAudience, filesService, invalid, type UseCase } from '@guichet/sdk';
import { type DISPUTE_STATES, Dispute, type DisputedLine, DisputePhoto } from './dispute.entity.ts';
import { DISPUTE_PHOTO } from './dispute-photo.purpose.ts';

/** Of one order: as many as are shown with it. */
export const MOST_DISPUTES = 50;
/** Of one dispute. */
export const MOST_PHOTOS = 9;

export interface NewDispute {
  readonly formId: string;
  readonly lines: readonly DisputedLine[];
  readonly reason: string;
  /** Uploads of the seat. */
  readonly photoIds: readonly string[];
}
/** Writes down what a contact says of goods, with its photos. The order is held. @throws NotFound for an upload that is not the seat’s, ValidationFailed past the most */
export async function openDispute(use: UseCase, { formId, lines, reason, photoIds }: NewDispute): Promise<void> {
  if ((await use.em.count(Dispute, { formId })) >= MOST_DISPUTES) throw tooMany();
  const contactId = use.seat.id;
  const { name } = await use.service(contactAudience).factsOf(use, contactId);
  const { id } = use.em.create(Dispute, { formId, lines, reason, raisedAt: use.now, contactId, raisedBy: name ?? null });
  for (const [at, uploadId] of photoIds.entries()) await keepPhoto(use, { formId, dispute: id, uploadId, at });
}
const tooMany = () =>
  invalid(['input', 'orderId'], 'TOO_MANY', {
    en: `Of an order goods are disputed at most ${MOST_DISPUTES} times.`,
    'zh-CN': `一张订单最多提出 ${MOST_DISPUTES} 次异议。`,
  });

interface SentPhoto {
  readonly formId: string;
  readonly dispute: string;
  readonly uploadId: string;
  readonly at: number;
}
async function keepPhoto(use: UseCase, { formId, dispute, uploadId, at }: SentPhoto): Promise<void> {
  const id = use.newId();
  const { fileId } = await use.service(filesService).attach(use, {
    ...{ uploadId, purpose: DISPUTE_PHOTO, to: { type: 'OrderDisputePhoto', id } },
    path: ['input', 'photoIds', String(at)],
  });
  use.em.create(DisputePhoto, { id, formId, dispute, fileId });
}

/** Nothing of an order is disputed any more, for one reason or another. It is held. */
export const closeDisputes = (use: UseCase, formId: string, state: Exclude<(typeof DISPUTE_STATES)[number], 'OPEN'>): Promise<unknown> =>
  use
    .on(Dispute)
    .updateTable('plg_ordering.disputes')
    .set({ state, settled_at: use.now })
    .where('form_id', '=', formId)
    .where('state', '=', 'OPEN')
    .execute();
