import type { GuichetBuilder, InputMaker, PayloadFields } from '@guichet/sdk';
import { formsService, invalidTransition, submitRefusals, types } from '@guichet/sdk';
import { runFor, runOn, standStill } from './deadline.service.ts';
import { MOST } from './most.rules.ts';
import type { Priority } from './order.entity.ts';
import { findRequested, holdOrder, moveOrder, orderOf, requestRepair } from './order.service.ts';
import { repair } from './permissions.ts';
import { RepairAsset, RepairOrder, RepairPriority } from './refs.ts';
import { settingsOf } from './settings.ts';

export const repairId = (t: InputMaker) => t.globalId(RepairOrder, { description: 'The repair.' });
export const success = (t: PayloadFields<{ repair: string }>) => ({
  repair: t.loaded(RepairOrder, 'repair', { description: 'The repair as it is now.', rule: repair.read }),
});

/** Asking for a repair, and what happens before anybody is sent. */
export function triageMutations(builder: GuichetBuilder): void {
  declareRequest(builder);
  builder.useCase('triageRepair', {
    description: 'Says how urgent a repair is, whether it is in guarantee, and what it needs. The deadline runs from the first time on.',
    rule: repair.triage,
    input: (t) => ({
      repairId: repairId(t),
      priority: t.choice(RepairPriority, { description: 'How urgent it is.' }),
      inGuarantee: t.flag({ description: 'Whether the customer pays nothing for it.' }),
      skill: t.name({ description: 'What a technician must be able to do for it.', max: 60, required: false }),
      area: t.name({ description: 'Where it is, as areas of technicians are called.', max: 60, required: false }),
      needsSignature: t.flag({
        description: 'Whether it is confirmed by a signature, and not by silence; by default as the settings and its machine say.',
        required: false,
      }),
    }),
    refusals: [invalidTransition],
    guard: (use, given) => holdOrder(use, 'triageRepair', given.repairId),
    run: async (use, { repairId: id, priority, inGuarantee, skill, area, needsSignature }) => {
      const order = await orderOf(use, id);
      const { slaHours } = await settingsOf(use);
      if (order.priority !== priority) await runFor(use, order, slaHours[priority as Priority]);
      use.em.assign(order, {
        priority: priority as Priority,
        inGuarantee,
        ...(skill !== undefined && { skill }),
        ...(area !== undefined && { area }),
        ...(needsSignature !== undefined && { needsSignature }),
      });
      moveOrder(use, order, 'TRIAGED');
      return { repair: id };
    },
    success,
  });
  builder.useCase('askRepairInfo', {
    description: 'Asks the customer something about a repair. The deadline stands still until they have answered.',
    rule: repair.triage,
    doesOnce: true,
    input: (t) => ({ repairId: repairId(t), question: t.text({ description: 'What you want to know.', min: 1, max: 2_000 }) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdOrder(use, 'askRepairInfo', given.repairId),
    run: async (use, { repairId: id, question }) => {
      const order = await orderOf(use, id);
      await standStill(use, order);
      use.em.assign(order, { question, answer: null });
      moveOrder(use, order, 'NEEDS_INFO');
      return { repair: id };
    },
    success,
  });
  builder.useCase('answerRepairInfo', {
    description: 'Answers what you were asked about a repair.',
    rule: repair.customer,
    doesOnce: true,
    input: (t) => ({ repairId: repairId(t), answer: t.text({ description: 'Your answer.', min: 1, max: 2_000 }) }),
    refusals: [invalidTransition, ...submitRefusals],
    guard: async (use, given) => {
      await use.service(formsService).enterWindow(use);
      await holdOrder(use, 'answerRepairInfo', given.repairId);
    },
    run: async (use, { repairId: id, answer }) => {
      const order = await orderOf(use, id);
      await runOn(use, order);
      order.answer = answer;
      moveOrder(use, order, 'TRIAGED');
      return { repair: id };
    },
    success,
  });
}

function declareRequest(builder: GuichetBuilder): void {
  const place = (t: InputMaker, description: string, max: number) => t.name({ description, max, required: false });
  builder.useCase('requestRepair', {
    description:
      'Asks for a repair; employees on behalf of a contact. It goes to the contact’s owner, or to the admins where there is none.',
    rule: repair.request,
    doesOnce: true,
    input: (t) => ({
      problem: t.text({ description: 'What is wrong.', min: 1, max: 4_000 }),
      assetId: t.globalId(RepairAsset, { description: 'What is to be repaired, where it is known.', required: false }),
      assetQr: t.name({ description: 'What its sticker says, in the place of `assetId`.', max: 200, required: false }),
      contactId: t.globalId(types.Contact, {
        description: 'For whom it is, where you ask on behalf of a contact; a contact leaves it out.',
        required: false,
      }),
      siteName: place(t, 'Where it is: a building, a shop.', 200),
      siteAddress: place(t, 'Its address; by default the asset’s.', 500),
      siteContactName: place(t, 'Who is there.', 100),
      siteContactPhone: t.phoneNumber({
        description: 'Their phone. Technicians learn it while they are on their way or there.',
        required: false,
      }),
      photoIds: t.globalIds(types.File, { description: 'Photos, sent for `REPAIR_PHOTO`.', most: MOST.requestPhotos, required: false }),
    }),
    refusals: submitRefusals,
    guard: (use, given) => findRequested(use, given),
    run: async (use, given, found) => ({ repair: await requestRepair(use, given, found) }),
    success,
  });
}
