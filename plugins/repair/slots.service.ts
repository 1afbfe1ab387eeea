import { type FieldContext, organizationData, type Transaction, workingHours } from '@guichet/sdk';
import { orders } from './order.entity.ts';
import { type Stretch, slotsOf } from './slots.rules.ts';
import { technicians, visits } from './visit.entity.ts';
import { OPEN_VISITS } from './visit.moves.ts';
import { faultsOfTechnician } from './window.rules.ts';

export const MOST_SLOTS = 200;
const DAY = 86_400_000;
const TABLES = { 'plg_repair.orders': orders, 'plg_repair.technicians': technicians, 'plg_repair.visits': visits } as const;
const tablesIn = (transaction: Transaction) => transaction.on(TABLES);
type Tables = ReturnType<typeof tablesIn>;

export interface AskedSlots {
  readonly repairId?: string | null;
  readonly technicianId?: string | null;
  readonly from?: Date | null;
  readonly days?: number | null;
  readonly minutes?: number | null;
}
export interface Slot extends Stretch {
  /** UUID */
  readonly technicianId: string;
  readonly firstName: string;
}

/**
 * When technicians who can do a repair could come: working time in which they have no visit, the earliest first. It promises nothing. Whoever sends
 * technicians sees all repairs and all of their visits; to anybody else there is nobody to send.
 */
export const freeSlots = async ({ seat, now, switchboard }: FieldContext, asked: AskedSlots): Promise<Slot[]> => {
  if (seat.rights.get('REPAIR_DISPATCH') !== 'ALL') return [];
  const from = new Date(Math.max(asked.from?.getTime() ?? 0, now.getTime()));
  const until = new Date(from.getTime() + (asked.days ?? 7) * DAY);
  return switchboard.service(organizationData).read(seat.organizationId, async (transaction) => {
    const tables = tablesIn(transaction);
    const able = await ableOf(tables, asked);
    const taken = await visitsOf(tables, { from, until });
    const working = await switchboard.service(workingHours).spansIn(transaction, from, until);
    const slots = able.flatMap(({ id: technicianId, employee_id, first_name: firstName }) =>
      slotsOf(working, taken.get(employee_id) ?? [], asked.minutes ?? 120, MOST_SLOTS).map((slot) => ({
        ...slot,
        technicianId,
        firstName,
      })),
    );
    return slots.sort((a, b) => a.from.getTime() - b.from.getTime()).slice(0, MOST_SLOTS);
  });
};

/** Those who are sent out still, and can do what the repair takes, where it is; nobody for a repair that is not there. */
async function ableOf(tables: Tables, { repairId, technicianId }: AskedSlots) {
  const needs = repairId
    ? await tables.selectFrom('plg_repair.orders').select(['skill', 'area']).where('id', '=', repairId).executeTakeFirst()
    : {};
  if (!needs) return [];
  const found = await tables
    .selectFrom('plg_repair.technicians')
    .select(['id', 'employee_id', 'first_name', 'skills', 'areas', 'retired_at'])
    .$if(Boolean(technicianId), (query) => query.where('id', '=', technicianId!))
    .orderBy('id')
    .limit(100)
    .execute();
  return found.filter(({ retired_at: retiredAt, ...one }) => faultsOfTechnician({ ...one, retiredAt }, needs).length === 0);
}

/** By employees. One that was declined is nobody's. */
async function visitsOf(tables: Tables, { from, until }: Stretch): Promise<ReadonlyMap<string, readonly Stretch[]>> {
  const found = await tables
    .selectFrom('plg_repair.visits')
    .select(['technician_id', 'starts_at', 'ends_at'])
    .where(
      'state',
      'in',
      OPEN_VISITS.filter((state) => state !== 'DECLINED'),
    )
    .where('starts_at', '<', until)
    .where('ends_at', '>', from)
    .execute();
  const taken = new Map<string, Stretch[]>();
  for (const { technician_id, starts_at, ends_at } of found)
    taken.set(technician_id, [...(taken.get(technician_id) ?? []), { from: starts_at, until: ends_at }]);
  return taken;
}
