import { type GuichetBuilder, type InputMaker, input, invalidTransition, type PayloadFields, requireRight, types } from '@guichet/sdk';
import { holdOrder } from './order.service.ts';
import { repair } from './permissions.ts';
import { RepairTechnician, RepairVisit } from './refs.ts';
import { setTechnician } from './technician.service.ts';
import { repairId } from './triage.mutations.ts';
import { dispatchVisit, holdVisit, moveVisit, scheduleVisit } from './visit.service.ts';

export const visitId = (t: InputMaker) => t.globalId(RepairVisit, { description: 'The visit.' });
export const ofVisit = (t: PayloadFields<{ visit: string }>) => ({
  visit: t.loaded(RepairVisit, 'visit', { description: 'The visit as it is now.', rule: repair.read }),
});
const plan = (t: InputMaker) => ({
  technicianId: t.globalId(RepairTechnician, { description: 'Who is sent.' }),
  startsAt: t.instant({ description: 'When the window begins.' }),
  endsAt: t.instant({ description: 'When it ends.' }),
  zone: t.name({ description: 'The time zone that it is meant in, such as Asia/Shanghai.', max: 60 }),
});

/** Planning visits and sending technicians. */
export function visitMutations(builder: GuichetBuilder): void {
  builder.useCase('scheduleVisit', {
    description: 'Plans a visit of a technician who can do it and has nothing else at that time.',
    rule: repair.dispatch,
    doesOnce: true,
    input: (t) => ({ repairId: repairId(t), ...plan(t) }),
    refusals: [invalidTransition],
    guard: async (use, given) => {
      await use.find('RepairTechnician', given.technicianId, ['input', 'technicianId']);
      await holdOrder(use, 'scheduleVisit', given.repairId);
    },
    run: async (use, given) => ({ visit: await scheduleVisit(use, given) }),
    success: ofVisit,
  });
  builder.useCase('moveVisit', {
    description: 'Gives a visit another window or another technician; whoever had it sees it no more. It is to be dispatched again.',
    rule: repair.dispatch,
    input: (t) => ({ visitId: visitId(t), ...plan(t) }),
    refusals: [invalidTransition],
    guard: async (use, given) => {
      await use.find('RepairTechnician', given.technicianId, ['input', 'technicianId']);
      await holdVisit(use, 'moveVisit', given.visitId);
    },
    run: async (use, given) => {
      await moveVisit(use, given);
      return { visit: given.visitId };
    },
    success: ofVisit,
  });
  builder.useCase('dispatchVisit', {
    description: 'Sends the technician: they are told, and learn who is at the site; the customer learns the window and the first name.',
    rule: repair.dispatch,
    input: (t) => ({ visitId: visitId(t) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'dispatchVisit', given.visitId),
    run: async (use, given) => {
      await dispatchVisit(use, given.visitId);
      return { visit: given.visitId };
    },
    success: ofVisit,
  });
  declareTechnicians(builder);
}

const words = (t: InputMaker, description: string) =>
  t.parsed(input.listOf(input.name(description, { max: 60 }), description, { most: 30 }), { required: false });

function declareTechnicians(builder: GuichetBuilder): void {
  builder.useCase('setRepairTechnician', {
    description: 'Says that an employee is sent on visits, what they can do and where they go; or that they are sent no more.',
    rule: repair.dispatch,
    input: (t) => ({
      employeeId: t.globalId(types.Employee, { description: 'Who.' }),
      firstName: t.name({ description: 'What customers are told: the first name.', max: 60 }),
      skills: words(t, 'What they can do.'),
      areas: words(t, 'Where they go; left out or empty: everywhere.'),
      isRetired: t.flag({ description: 'They are sent no more.', required: false }),
    }),
    refusals: [],
    guard: async (use, { employeeId }) => {
      await use.find('Employee', employeeId, ['input', 'employeeId']);
      requireRight(use, repair.dispatch, 'REPAIR_DISPATCH');
    },
    run: async (use, given) => ({ technician: await setTechnician(use, given) }),
    success: (t) => ({ technician: t.loaded(RepairTechnician, 'technician', { description: 'The technician.', rule: repair.colleague }) }),
  });
}
