import { COLLEAGUE, type GuichetBuilder, heldByAll, moveFields, sql, types } from '@guichet/sdk';
import { MOST } from './most.rules.ts';
import { repair } from './permissions.ts';
import {
  RepairHoldReason,
  RepairLabour,
  RepairOrder,
  RepairPartUse,
  RepairPhoto,
  RepairTechnician,
  RepairVisit,
  RepairVisitViewerCan,
} from './refs.ts';
import { visitRoles } from './repair.roles.ts';
import { TECHNICIAN } from './roles.ts';
import type { Check, VisitStep } from './visit.entity.ts';
import { RepairVisitState, visitMoves } from './visit.moves.ts';

const rule = repair.read;
const { inside, desk } = repair;

export function visitTypes(builder: GuichetBuilder): void {
  builder.words(RepairVisitState);
  builder.words(RepairHoldReason);
  const Step = declareStep(builder);
  const CheckType = declareCheck(builder);
  builder.entity(RepairVisit, {
    description: 'A visit of a technician.',
    roles: visitRoles(builder),
    listedFor: rule.roles,
    filters: {
      state: { compares: 'enum', column: 'state', values: RepairVisitState.name, rule: inside, description: 'By where it stands.' },
      startsAt: { compares: 'instant', column: 'starts_at', rule, description: 'By the beginning of its window.' },
      technician: { compares: 'id', type: 'Employee', column: 'technician_id', rule: desk, description: 'By who is sent.' },
    },
    orders: { STARTS_AT: { column: 'starts_at', rule, description: 'By the beginning of its window.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change.', rule: inside }),
      order: t.relation(RepairOrder, 'order_id', { description: 'The repair.', rule }),
      state: t.column('state', { type: RepairVisitState, description: 'Where it stands.', rule: inside }),
      startsAt: t.column('starts_at', { description: 'When its window begins.', rule }),
      endsAt: t.column('ends_at', { description: 'When it ends.', rule }),
      zone: t.column('zone', { description: 'The time zone that it is meant in.', rule }),
      technicianFirstName: t.column('first_name', { description: 'Who comes: the first name, and no more, for the customer.', rule }),
      technician: t.relation(types.Employee, 'technician_id', { description: 'Who is sent.', rule: inside }),
      steps: t.field({
        type: [Step],
        nullable: true,
        description: 'What was done when, by both clocks, and where.',
        rule: inside,
        needs: ['steps'],
        resolve: ({ steps }) => [...(steps as readonly VisitStep[])],
      }),
      holdReason: t.column('hold_reason', { type: RepairHoldReason, description: 'For what it waits.', rule: inside }),
      note: t.column('note', { description: 'Why it was declined, rests or was not completed.', rule: inside }),
      nextStartsAt: t.column('next_starts_at', { description: 'When the technician would come again.', rule: inside }),
      nextEndsAt: t.column('next_ends_at', { description: 'Until when.', rule: inside }),
      summary: t.column('summary', { description: 'What was done.', rule }),
      workedMinutes: t.column('worked_minutes', {
        description: 'How long it took, in minutes; what was written down as `labour`, where the technician has not said it.',
        rule: inside,
      }),
      finishedAt: t.column('finished_at', { description: 'When it was finished, by the technician’s clock.', rule }),
      checklist: t.field({
        type: [CheckType],
        nullable: true,
        description: 'What was checked.',
        rule: inside,
        needs: ['checklist'],
        resolve: ({ checklist }) => [...(checklist as readonly Check[])],
      }),
      parts: t.list(RepairPartUse, {
        on: (visit, use) => sql`${use.visit_id} = ${visit.id}`,
        description: 'Parts that it took.',
        rule,
        atMost: MOST.parts,
      }),
      labour: t.list(RepairLabour, {
        on: (visit, worked) => sql`${worked.visit_id} = ${visit.id}`,
        description: 'Time that was worked; for the customer what is charged of it.',
        rule,
        atMost: MOST.labour,
      }),
      photos: t.list(RepairPhoto, {
        on: (visit, photo) => sql`${photo.visit_id} = ${visit.id}`,
        description: 'Its photos, the newest first.',
        rule,
        atMost: MOST.photos,
      }),
      viewerCan: t.sameRow(RepairVisitViewerCan, { description: 'What you can do with it now.', rule: inside }),
    }),
  });
  builder.entityPart(RepairVisitViewerCan, {
    description: 'What a seat can do with a visit as it stands.',
    fields: (t) => moveFields(t, visitMoves, 'state', inside),
  });
  declareTechnician(builder);
  declareQueries(builder);
}

function declareStep(builder: GuichetBuilder) {
  return builder.objectRef<VisitStep>('RepairVisitStep').implement({
    description: 'One step of a visit.',
    fields: (t) => ({
      step: t.field({ type: RepairVisitState, description: 'Where it led.', rule: inside, resolve: ({ step }) => step }),
      at: t.field({ type: 'DateTime', description: 'When the server heard of it.', rule: inside, resolve: ({ at }) => at }),
      clientAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'What the technician’s own clock said.',
        rule: inside,
        resolve: ({ clientAt }) => clientAt,
      }),
      latitude: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'Where they were.',
        rule: inside,
        resolve: ({ latitude }) => latitude,
      }),
      longitude: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'Where they were.',
        rule: inside,
        resolve: ({ longitude }) => longitude,
      }),
    }),
  });
}
function declareCheck(builder: GuichetBuilder) {
  return builder.objectRef<Check>('RepairCheck').implement({
    description: 'One answer to the checklist.',
    fields: (t) => ({
      item: t.exposeString('item', { description: 'Which item.', rule: inside }),
      done: t.exposeBoolean('done', { description: 'Whether it is done.', rule: inside }),
      remark: t.string({ nullable: true, description: 'What is to be said about it.', rule: inside, resolve: ({ remark }) => remark }),
    }),
  });
}

function declareTechnician(builder: GuichetBuilder): void {
  const colleague = repair.colleague;
  builder.entity(RepairTechnician, {
    description: 'An employee who is sent on visits.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: colleague }),
      employee: t.relation(types.Employee, 'employee_id', { description: 'Who it is.', rule: colleague }),
      firstName: t.column('first_name', { description: 'What customers are told.', rule: colleague }),
      skills: t.field({
        type: ['String'],
        nullable: true,
        description: 'What they can do.',
        rule: colleague,
        needs: ['skills'],
        resolve: ({ skills }) => [...(skills as string[])],
      }),
      areas: t.field({
        type: ['String'],
        nullable: true,
        description: 'Where they go; none: everywhere.',
        rule: colleague,
        needs: ['areas'],
        resolve: ({ areas }) => [...(areas as string[])],
      }),
      retiredAt: t.column('retired_at', { description: 'Since when they are sent no more.', rule: colleague }),
    }),
  });
}

function declareQueries(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    repairTechnicians: t.entityPages(RepairTechnician, {
      description: 'Who can be sent, the newest first.',
      rule: repair.colleague,
      listedBy: () => [COLLEAGUE],
      where: (technician) => sql`${technician.retired_at} is null`,
    }),
    repairVisits: t.entityPages(RepairVisit, {
      description: 'Visits that you may see: planned and past, of all technicians.',
      rule: desk,
      listedBy: () => desk.roles,
    }),
    technicianDay: t.entityPages(RepairVisit, {
      description:
        'Your own visits, of a day where one is named: in the zone that each is meant in; one that goes on past midnight is of both days.',
      rule: repair.work,
      args: { date: t.arg.day({ description: 'Which day; left out: all.', required: false }) },
      listedBy: () => [TECHNICIAN],
      where: (visit, { argument, given }) =>
        given('date')
          ? sql`${argument('date', 'date')} between (${visit.starts_at} at time zone ${visit.zone})::date and (${visit.ends_at} at time zone ${visit.zone})::date`
          : sql`true`,
    }),
  }));
}
