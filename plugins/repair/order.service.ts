import { type FormKind, filesService, formsService, holdMove, notFound, timelineService, type UseCase } from '@guichet/sdk';
import { Asset } from './asset.entity.ts';
import { sumCharged } from './charge.service.ts';
import { endDeadline } from './deadline.service.ts';
import { tellBoard } from './live.topics.ts';
import { RepairOrder } from './order.entity.ts';
import { type RepairMove, repairMoves, type State } from './order.moves.ts';
import { RepairPhoto } from './photo.entity.ts';
import { settingsOf } from './settings.ts';
import { signatureNeeded } from './signature.rules.ts';
import { callOff } from './visit-ending.service.ts';

export const REPAIR = 'REPAIR';
export const REPAIR_PHOTO = 'REPAIR_PHOTO';
export const REPAIR_ENTRY = 'REPAIR_ORDER';

export type Order = Awaited<ReturnType<typeof orderOf>>;
export const orderOf = (use: UseCase, id: string) => use.em.findOneOrFail(RepairOrder, id);

/**
 * Holds a repair for a move; with its form, which the first act of anybody inside moves, and where the move reaches into the form. Forms are
 * locked before what the plugin keeps.
 * @throws NotFound, FORBIDDEN, InvalidTransition
 */
export async function holdOrder(use: UseCase, move: RepairMove, id: string, how: { withForm?: boolean } = {}): Promise<void> {
  if (how.withForm || use.seat.kind === 'EMPLOYEE') await holdFormOf(use, id);
  await holdMove(use, repairMoves, move, {
    type: 'RepairOrder',
    id,
    path: ['input', 'repairId'],
    stateOf: async () => (await orderOf(use, id)).state,
  });
}
/** Whose row is not there yet, or is another's, the guard behind it refuses. */
export async function holdFormOf(use: UseCase, orderId: string): Promise<void> {
  const found = await use.on(RepairOrder).selectFrom('plg_repair.orders').select('form_id').where('id', '=', orderId).executeTakeFirst();
  if (found) await use.service(formsService).begin(use, found.form_id);
}

/** Moves a repair that is held. Both sides are told that something has happened to it. */
export function moveOrder(use: UseCase, order: Order, state: State): void {
  order.state = state;
  tellBoard(use, state, order.id);
}

export interface Requested {
  readonly assetId?: string;
  readonly assetQr?: string;
  readonly contactId?: string;
  readonly problem: string;
  readonly siteName?: string;
  readonly siteAddress?: string;
  readonly siteContactName?: string;
  readonly siteContactPhone?: string;
  readonly photoIds?: readonly string[];
  /** By the machine's sticker, by somebody without an account. */
  readonly isReported?: boolean;
}
export interface Found {
  readonly asset:
    | { readonly id: string; readonly site?: string | null; readonly area?: string | null; readonly needsSignature: boolean }
    | undefined;
}
/** Lets the customer in, and finds what is to be repaired: their own, by its id or by what its sticker says. @throws NotFound, FORBIDDEN, WindowSuspended */
export async function findRequested(use: UseCase, { assetId, assetQr, contactId, photoIds = [] }: Requested): Promise<Found> {
  if (assetId !== undefined) await use.find('RepairAsset', assetId, ['input', 'assetId']);
  await use.findAll('File', photoIds, (place) => ['input', 'photoIds', String(place)]);
  await use.service(formsService).enterWindow(use, contactId);
  const owner = use.seat.kind === 'CONTACT' ? use.seat.id : contactId;
  const by = assetId === undefined ? { qr: assetQr } : { id: assetId };
  if (assetId === undefined && assetQr === undefined) return { asset: undefined };
  const found = await use.em.findOne(Asset, { ...by, contactId: owner });
  if (!found) throw notFound({}, ['input', assetId === undefined ? 'assetQr' : 'assetId']);
  return { asset: found };
}

/** Hands a repair in as a form, with its order and photos beside it; all of it or nothing. @returns the order's id */
export async function requestRepair(use: UseCase, given: Requested, { asset }: Found): Promise<string> {
  await ensureTemplate(use);
  const { signatureRequired } = await settingsOf(use);
  const id = use.newId();
  const { problem, contactId, photoIds = [], siteName, siteAddress, siteContactName, siteContactPhone } = given;
  const site = { siteName, siteAddress: siteAddress ?? asset?.site, siteContactName, siteContactPhone, area: asset?.area };
  const form = await use.service(formsService).submit(use, {
    kind: REPAIR,
    contactId,
    attach: async ({ formId, contactId: customer, number }) => {
      use.em.create(RepairOrder, {
        id,
        formId,
        contactId: customer,
        asset: asset?.id ?? null,
        number,
        problem,
        reported: given.isReported ?? false,
        needsSignature: signatureRequired || (asset?.needsSignature ?? false),
        state: 'SUBMITTED',
        createdAt: use.now,
        ...(Object.fromEntries(Object.entries(site).map(([name, value]) => [name, value ?? null])) as Record<
          keyof typeof site,
          string | null
        >),
      } as never);
    },
  });
  for (const [i, uploadId] of photoIds.entries())
    await keepPhoto(use, { orderId: id, uploadId, shown: true, path: ['input', 'photoIds', String(i)] });
  use.service(timelineService).note(use, { contactId: form.contactId, kind: REPAIR_ENTRY, formId: form.formId });
  tellBoard(use, 'SUBMITTED', id);
  return id;
}

interface NewPhoto {
  readonly orderId: string;
  readonly visitId?: string;
  readonly uploadId: string;
  readonly shown: boolean;
  readonly path: readonly string[];
}
/** @returns the photo's id. @throws NotFound for an upload that is not the seat's */
export async function keepPhoto(use: UseCase, { orderId, visitId, uploadId, shown, path }: NewPhoto): Promise<string> {
  const id = use.newId();
  const { fileId } = await use
    .service(filesService)
    .attach(use, { uploadId, purpose: REPAIR_PHOTO, to: { type: 'RepairPhoto', id }, as: `photo-${id}`, path });
  use.em.create(RepairPhoto, { id, order: orderId, visit: visitId ?? null, fileId, at: use.now, shown });
  return id;
}

/** The template that an organization has until it publishes one of its own. */
export const ensureTemplate = (use: UseCase): Promise<void> =>
  use.service(formsService).ensureTemplate(use, { kind: REPAIR, name: 'Repair', withConfirmation: true, fields: [] });

async function follow(use: UseCase, formId: string, step: (order: Order) => Promise<void> | void): Promise<void> {
  const order = await use.em.findOne(RepairOrder, { formId });
  if (order) await step(order);
}
const OVER: readonly State[] = ['CONFIRMED', 'CANCELLED', 'REOPENED'];

async function cancel(use: UseCase, order: Order): Promise<void> {
  if (OVER.includes(order.state)) return;
  await callOff(use, order.id);
  endDeadline(order);
  moveOrder(use, order, 'CANCELLED');
}

/** Whoever has the turn approves the form without a visit that was finished: it is solved. */
async function solve(use: UseCase, order: Order): Promise<void> {
  if (OVER.includes(order.state) || order.state === 'WORK_DONE') return;
  await callOff(use, order.id);
  await workIsDone(use, order);
}

/** Nothing is left to be done: what it costs is summed up, and the customer has the word. @throws ValidationFailed where it is more than an amount can say */
export async function workIsDone(use: UseCase, order: Order): Promise<void> {
  endDeadline(order);
  use.em.assign(order, { workDoneAt: use.now, confirmedBy: null, disputeReason: null, ...(await sumCharged(use, order.id)) });
  moveOrder(use, order, 'WORK_DONE');
}

/**
 * The core's confirmation, whichever mutation it came by: the customer's own, the plugin's, or a clock's. Where a signature is needed, a form
 * that nobody is asked to confirm is complete without it, and the repair waits for it.
 * @throws ValidationFailed where the customer confirms the form alone, and a signature is needed
 */
async function confirm(use: UseCase, order: Order): Promise<void> {
  if (OVER.includes(order.state)) return;
  if (order.needsSignature && !order.confirmedBy) {
    if (use.seat.kind === 'CONTACT') throw signatureNeeded(['input', 'formId']);
    return;
  }
  order.confirmedBy ??= use.seat.kind === 'CONTACT' ? 'CUSTOMER' : 'SILENCE';
  await confirmOrder(use, order);
}
export async function confirmOrder(use: UseCase, order: Order): Promise<void> {
  const { guaranteeDays } = await settingsOf(use);
  order.confirmedAt = use.now;
  order.guaranteeUntil = new Date(use.now.getTime() + guaranteeDays * 86_400_000);
  moveOrder(use, order, 'CONFIRMED');
}

/** Repairs as a kind of business form; the hooks run in the transaction of the core's step. */
export const repairKind: FormKind = {
  kind: REPAIR,
  type: 'Repair',
  numberPrefix: 'RP',
  hasOwnMutation: true,
  onApproved: (use, { formId }) => follow(use, formId, (order) => solve(use, order)),
  onCompleted: (use, { formId }) => follow(use, formId, (order) => confirm(use, order)),
  silenceConfirms: async (use, { formId }) => !(await use.em.findOne(RepairOrder, { formId }))?.needsSignature,
  onRejected: (use, { formId }) => follow(use, formId, (order) => cancel(use, order)),
  onEnded: (use, { formId }) => follow(use, formId, (order) => cancel(use, order)),
};
