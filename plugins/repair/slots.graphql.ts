import { encodeGlobalId, type GuichetBuilder } from '@guichet/sdk';
import { repair } from './permissions.ts';
import { RepairOrder, RepairTechnician } from './refs.ts';
import { freeSlots, MOST_SLOTS, type Slot } from './slots.service.ts';

const rule = repair.dispatch;

/** When somebody could be sent. */
export function slotTypes(builder: GuichetBuilder): void {
  const RepairSlot = builder.objectRef<Slot>('RepairSlot').implement({
    description: 'A window in which a technician could come; it is theirs alone once a visit is planned.',
    fields: (t) => ({
      technicianId: t.id({
        description: 'Id of the technician, as `scheduleVisit` takes it.',
        rule,
        resolve: ({ technicianId }) => encodeGlobalId('RepairTechnician', technicianId),
      }),
      firstName: t.exposeString('firstName', { description: 'What customers are told of the technician.', rule }),
      startsAt: t.field({ type: 'DateTime', description: 'When the window begins.', rule, resolve: ({ from }) => from }),
      endsAt: t.field({ type: 'DateTime', description: 'When it ends.', rule, resolve: ({ until }) => until }),
    }),
  });
  builder.queryField('freeSlots', (t) =>
    t.field({
      type: [RepairSlot],
      description: `When technicians could come, in working time in which they have no visit, the earliest first; at most ${MOST_SLOTS}. The database alone promises a window: \`scheduleVisit\`.`,
      rule,
      args: {
        repairId: t.arg.globalId(RepairOrder, { description: 'For this repair: those who can do it, where it is.', required: false }),
        technicianId: t.arg.globalId(RepairTechnician, { description: 'Of this technician alone.', required: false }),
        from: t.arg({ type: 'DateTime', description: 'From when on; from now on unless it is later.', required: false }),
        days: t.arg.integer({ description: 'For how many days; 7 unless it is said.', required: false, min: 1, max: 14 }),
        minutes: t.arg.integer({
          description: 'How long a window is, in minutes; 120 unless it is said.',
          required: false,
          min: 15,
          max: 1_440,
        }),
      },
      resolve: (_, asked, context) => freeSlots(context, asked),
    }),
  );
}
