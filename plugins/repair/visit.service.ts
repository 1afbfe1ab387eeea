import { holdMove, invalid, notFound, type UseCase, validationFailed } from '@guichet/sdk';
import { tellBoard, tellCustomer } from './live.topics.ts';
import { MOST, refusePast } from './most.rules.ts';
import { visitDispatched } from './notifications.ts';
import { orders } from './order.entity.ts';
import { holdFormOf, moveOrder, type Order, orderOf } from './order.service.ts';
import { RepairVisit, Technician } from './visit.entity.ts';
import { type VisitMove, type VisitState, visitMoves } from './visit.moves.ts';
import { faultsOfTechnician, faultsOfWindow, type Window } from './window.rules.ts';

export type Visit = Awaited<ReturnType<typeof visitOf>>;
export const visitOf = (use: UseCase, id: string) => use.em.findOneOrFail(RepairVisit, id);

/** Holds a visit for a move: with its repair, and with the form where the move reaches so far. @throws NotFound, FORBIDDEN, InvalidTransition */
export async function holdVisit(use: UseCase, move: VisitMove, id: string, how: { withForm?: boolean } = {}): Promise<void> {
  await holdAbove(use, id, how);
  await holdMove(use, visitMoves, move, {
    type: 'RepairVisit',
    id,
    path: ['input', 'visitId'],
    stateOf: async () => (await visitOf(use, id)).state,
  });
}
/** Repairs are locked before their visits, as by whoever cancels one. */
async function holdAbove(use: UseCase, visitId: string, { withForm = false }: { withForm?: boolean }): Promise<void> {
  const found = await use.on(RepairVisit).selectFrom('plg_repair.visits').select('order_id').where('id', '=', visitId).executeTakeFirst();
  if (!found) return;
  if (withForm) await holdFormOf(use, found.order_id);
  await lockOrder(use, found.order_id);
}
export async function lockOrder(use: UseCase, orderId: string): Promise<void> {
  await use.on(orders).selectFrom('plg_repair.orders').select('id').where('id', '=', orderId).forNoKeyUpdate().execute();
}

export interface Planned extends Window {
  readonly technicianId: string;
}
/** Two visits of one technician that would overlap, and a second open visit of a repair: the database refuses both. */
function refuseOverlap(use: UseCase): void {
  use.refuseTaken('visits_one_at_a_time', () =>
    invalid(['input', 'startsAt'], 'OVERLAPS', {
      en: 'The technician has another visit at this time.',
      'zh-CN': '该技师此时段已有上门安排。',
    }),
  );
  use.refuseTaken('visits_open', () =>
    invalid(['input', 'repairId'], 'HAS_A_VISIT', {
      en: 'The repair has an open visit: move that one.',
      'zh-CN': '该工单已有未完成的上门，请改期。',
    }),
  );
}

/** @throws NotFound, ValidationFailed */
async function checkPlan(use: UseCase, plan: Planned, order: Order): Promise<Awaited<ReturnType<typeof technicianOf>>> {
  const technician = await technicianOf(use, plan.technicianId);
  const issues = [...faultsOfWindow(plan, use.now), ...faultsOfTechnician(technician, order)];
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  return technician;
}
async function technicianOf(use: UseCase, id: string) {
  const found = await use.em.findOne(Technician, id);
  if (!found) throw notFound({}, ['input', 'technicianId']);
  return found;
}

export async function scheduleVisit(use: UseCase, { repairId, ...plan }: Planned & { readonly repairId: string }): Promise<string> {
  const order = await orderOf(use, repairId);
  const { employeeId, firstName } = await checkPlan(use, plan, order);
  refusePast(MOST.visits, await use.em.count(RepairVisit, { order: repairId }), 'repairId');
  refuseOverlap(use);
  const { startsAt, endsAt, zone } = plan;
  const { id } = use.em.create(RepairVisit, {
    order: repairId,
    technicianId: employeeId,
    firstName,
    state: 'SCHEDULED',
    startsAt,
    endsAt,
    zone,
  });
  moveOrder(use, order, 'SCHEDULED');
  return id;
}

/** Another window or another technician. Whoever had it does not see it any more, and is sent nowhere. */
export async function moveVisit(use: UseCase, { visitId, ...plan }: Planned & { readonly visitId: string }): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  const { employeeId, firstName } = await checkPlan(use, plan, order);
  refuseOverlap(use);
  const { startsAt, endsAt, zone } = plan;
  use.em.assign(visit, { technicianId: employeeId, firstName, startsAt, endsAt, zone, state: 'SCHEDULED', note: null });
  tellBoard(use, 'SCHEDULED', order.id);
  if (visit.told) tellCustomer(use, 'MOVED', { visitId, contactId: order.contactId });
}

export async function dispatchVisit(use: UseCase, visitId: string): Promise<void> {
  const visit = await visitOf(use, visitId);
  const order = await orderOf(use, visit.order.id);
  visit.told = true;
  stepTo(use, visit, 'DISPATCHED');
  tellCustomer(use, 'DISPATCHED', { visitId, contactId: order.contactId });
  await use.announce(visitDispatched({ visitId, technicianId: visit.technicianId }));
}

/** When somebody was sent to a visit, by the server's clock. */
export const sentAt = ({ steps }: Pick<Visit, 'steps'>): Date => new Date(steps.find(({ step }) => step === 'DISPATCHED')?.at ?? 0);

export interface Place {
  /** What the technician's own clock says. */
  readonly at?: Date;
  readonly latitude?: string;
  readonly longitude?: string;
}
/** Moves a visit that is held, and writes down when, by both clocks, and where. */
export function stepTo(use: UseCase, visit: Visit, state: VisitState, place: Place = {}): void {
  visit.state = state;
  noteStep(use, visit, state, place);
  tellBoard(use, state, visit.order.id);
}
export function noteStep(use: UseCase, visit: Visit, step: VisitState, { at, latitude, longitude }: Place): void {
  const kept = { step, at: use.now.toISOString(), clientAt: at?.toISOString(), latitude, longitude };
  visit.steps = [...visit.steps, JSON.parse(JSON.stringify(kept))];
}
