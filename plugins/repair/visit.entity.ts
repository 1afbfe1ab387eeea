import { refs, tenantEntity } from '@guichet/sdk';
import { RepairOrder } from './order.entity.ts';
import { OPEN_VISITS, type VisitState, visitMoves } from './visit.moves.ts';

export const HOLD_REASONS = ['PARTS', 'CUSTOMER', 'ESCALATED'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** One step of a visit, by both clocks. */
export interface VisitStep {
  readonly step: VisitState;
  /** When the server heard of it. */
  readonly at: string;
  /** What the technician's telephone said, where it had been without a network. */
  readonly clientAt?: string;
  readonly latitude?: string;
  readonly longitude?: string;
}
/** One answer to the checklist. */
export interface Check {
  readonly item: string;
  readonly done: boolean;
  readonly remark?: string | null;
}
const open = `state in (${OPEN_VISITS.map((state) => `'${state}'`).join(', ')})`;

/** A visit of a technician. Two open visits of one technician do not overlap, and a repair has one open visit: the database sees to both. */
export const RepairVisit = tenantEntity(
  'plg_repair.visits',
  (t) => ({
    version: t.version(),
    order: () => t.to(RepairOrder).ref(),
    technicianId: t.idOf(() => refs.Employee),
    /** What the customer is told of the technician. */
    firstName: t.text(),
    state: t.oneOf(...(Object.keys(visitMoves.states) as VisitState[])),
    startsAt: t.timestamptz(),
    endsAt: t.timestamptz(),
    /** In which the window was meant. */
    zone: t.text(),
    /** Whether the customer was told of the window. */
    told: t.boolean().default(false),
    steps: t.json<readonly VisitStep[]>().defaultRaw(`'[]'`),
    holdReason: t.oneOf(...HOLD_REASONS).nullable(),
    note: t.text().nullable(),
    nextStartsAt: t.timestamptz().nullable(),
    nextEndsAt: t.timestamptz().nullable(),
    summary: t.text().nullable(),
    workedMinutes: t.integer().nullable().check('worked_minutes >= 0'),
    checklist: t.json<readonly Check[]>().defaultRaw(`'[]'`),
    finishedAt: t.timestamptz().nullable(),
  }),
  {
    checks: { visits_window: 'ends_at > starts_at' },
    exclusions: {
      visits_one_at_a_time: {
        with: 'technician_id with =, tstzrange(starts_at, ends_at) with &&',
        where: open.replace(`'DECLINED', `, ''),
      },
    },
    indexes: {
      visits_order: { columns: ['order', '-id'] },
      visits_open: { columns: ['order'], unique: true, where: open },
      visits_technician: { columns: ['technicianId', 'startsAt', 'id'] },
      visits_day: { columns: ['startsAt', 'id'] },
    },
  },
);
export const visits = RepairVisit.table;

/** Who can be sent, for what, and where. */
export const Technician = tenantEntity(
  'plg_repair.technicians',
  (t) => ({
    version: t.version(),
    employeeId: t.idOf(() => refs.Employee),
    firstName: t.text(),
    skills: t.json<readonly string[]>().defaultRaw(`'[]'`),
    /** Where; none: everywhere. */
    areas: t.json<readonly string[]>().defaultRaw(`'[]'`),
    retiredAt: t.timestamptz().nullable(),
  }),
  { indexes: { technicians_employee: { columns: ['employeeId'], unique: true } } },
);
export const technicians = Technician.table;
