import { type GuichetBuilder, invalidTransition, types } from '@guichet/sdk';
import { addLabour, removeLabour } from './labour.service.ts';
import { holdAtWork } from './part.mutations.ts';
import { repair } from './permissions.ts';
import { RepairLabour } from './refs.ts';
import { labourRoles } from './repair.roles.ts';
import { ofVisit, visitId } from './visit.mutations.ts';

const rule = repair.read;

/** Time that was worked. */
export function labourTypes(builder: GuichetBuilder): void {
  builder.entity(RepairLabour, {
    description: 'Time that was worked on a visit. A customer is shown what is charged, and not who it was.',
    roles: labourRoles(builder),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      minutes: t.column('minutes', { description: 'How long, in minutes.', rule }),
      text: t.column('text', { description: 'What was done in it.', rule }),
      isChargeable: t.column('chargeable', { description: 'Whether the customer pays for it.', rule }),
      price: t.money('price_minor', 'currency', {
        description: 'What the customer pays for it, by the hourly rate of its day; null where nothing is charged, or no rate was set.',
        rule,
      }),
      technician: t.relation(types.Employee, 'technician_id', { description: 'Who has worked.', rule: repair.inside }),
      at: t.column('at', { description: 'When it was written down.', rule }),
    }),
  });
  builder.useCase('addLabour', {
    description: 'Writes down time that you have worked on your visit. What is charged keeps the hourly rate of its day.',
    rule: repair.work,
    doesOnce: true,
    input: (t) => ({
      visitId: visitId(t),
      minutes: t.integer({ description: 'How long, in minutes.', min: 1, max: 1_440 }),
      isChargeable: t.flag({ description: 'Whether the customer pays for it.', required: false }),
      text: t.text({ description: 'What was done in it; the customer reads it where they pay for it.', min: 1, max: 500, required: false }),
    }),
    refusals: [invalidTransition],
    guard: (use, { visitId: id }) => holdAtWork(use, id),
    run: async (use, { visitId: id, minutes, isChargeable = false, text }) => ({
      labour: await addLabour(use, { visitId: id, minutes, chargeable: isChargeable, text }),
      visit: id,
    }),
    success: (t) => ({ ...ofVisit(t), labour: t.loaded(RepairLabour, 'labour', { description: 'The time that was worked.', rule }) }),
  });
  builder.useCase('removeLabour', {
    description: 'Takes back time that you have written down on your visit, as long as it is under way.',
    rule: repair.work,
    doesOnce: true,
    input: (t) => ({ visitId: visitId(t), labourId: t.globalId(RepairLabour, { description: 'The time that was worked.' }) }),
    refusals: [invalidTransition],
    guard: async (use, { visitId: id, labourId }) => {
      await use.find('RepairLabour', labourId, ['input', 'labourId']);
      await holdAtWork(use, id);
    },
    run: async (use, { visitId: id, labourId }) => {
      await removeLabour(use, id, labourId);
      return { visit: id };
    },
    success: ofVisit,
  });
}
