import {
  formsService,
  type GuichetBuilder,
  invalid,
  invalidTransition,
  refusalType,
  submitRefusals,
  type UseCase,
  windowTime,
} from '@guichet/sdk';
import { holdOrder, moveOrder, orderOf } from './order.service.ts';
import { repair } from './permissions.ts';
import { signOff } from './sign-off.service.ts';
import { findSignature, signatureId } from './signature.input.ts';
import { repairId, success } from './triage.mutations.ts';

const guaranteeOver = refusalType<{ until: string }>('RepairGuaranteeOver', {
  description: 'The guarantee is over: ask for a new repair.',
  message: { en: 'The guarantee is over.', 'zh-CN': '保修期已过。' },
  fields: { until: { type: 'DateTime', description: 'Until when it was.' } },
});
const ratingClosed = refusalType('RepairRatingClosed', {
  description: 'A rating can be changed for seven days.',
  message: { en: 'The rating cannot be changed any more.', 'zh-CN': '评价已不能修改。' },
});
const EDITABLE = 7 * 86_400_000;

/** What the customer says about work that is done. */
export function signOffMutations(builder: GuichetBuilder): void {
  const refusals = [invalidTransition, ...submitRefusals];
  const enter = async (use: UseCase, move: 'signOffWork' | 'disputeWork' | 'reopenRepair', id: string): Promise<void> => {
    await use.service(formsService).enterWindow(use);
    await holdOrder(use, move, id, { withForm: true });
  };
  builder.useCase('signOffWork', {
    description: 'Says that the work is done, and signs for it. The guarantee begins.',
    rule: repair.customer,
    doesOnce: true,
    input: (t) => ({
      repairId: repairId(t),
      signerName: t.name({ description: 'Who signs, where that is not you.', max: 100, required: false }),
      signatureId: signatureId(t),
    }),
    refusals,
    guard: async (use, given) => {
      await findSignature(use, given);
      await enter(use, 'signOffWork', given.repairId);
    },
    run: async (use, { repairId: id, ...signed }) => {
      await signOff(use, await orderOf(use, id), 'CUSTOMER', signed);
      return { repair: id };
    },
    success,
  });
  builder.useCase('disputeWork', {
    description: 'Says that the work is not done: whoever answers for it has the turn again.',
    rule: repair.customer,
    doesOnce: true,
    input: (t) => ({ repairId: repairId(t), reason: t.text({ description: 'What is not as it should be.', min: 1, max: 2_000 }) }),
    refusals,
    guard: (use, given) => enter(use, 'disputeWork', given.repairId),
    run: async (use, { repairId: id, reason }) => {
      const order = await orderOf(use, id);
      order.disputeReason = reason;
      moveOrder(use, order, 'DISPUTED');
      await use.em.flush();
      await use.service(formsService).dispute(use, order.formId, reason);
      return { repair: id };
    },
    success,
  });
  builder.useCase('reopenRepair', {
    description: 'Opens a repair again within its guarantee: another visit of the same repair.',
    rule: repair.customer,
    doesOnce: true,
    input: (t) => ({ repairId: repairId(t), reason: t.text({ description: 'What is wrong again.', min: 1, max: 2_000 }) }),
    refusals: [...refusals, guaranteeOver],
    guard: (use, given) => enter(use, 'reopenRepair', given.repairId),
    run: async (use, { repairId: id, reason }) => {
      const order = await orderOf(use, id);
      if (order.guaranteeUntil && order.guaranteeUntil <= use.now)
        throw guaranteeOver({ until: order.guaranteeUntil.toISOString() }, ['input', 'repairId']);
      use.em.assign(order, { disputeReason: reason, reopenedTimes: order.reopenedTimes + 1, inGuarantee: true });
      moveOrder(use, order, 'REOPENED');
      return { repair: id };
    },
    success,
  });
  declareRating(builder);
}

function declareRating(builder: GuichetBuilder): void {
  builder.useCase('rateRepair', {
    description: 'Rates a repair that is confirmed: once, and to be changed for seven days. Technicians are not told whose rating it is.',
    rule: repair.customer,
    input: (t) => ({
      repairId: repairId(t),
      stars: t.integer({ description: 'How good it was.', min: 1, max: 5 }),
      comment: t.text({ description: 'What you have to say.', min: 1, max: 2_000, required: false }),
    }),
    refusals: [ratingClosed, ...submitRefusals],
    guard: async (use, { repairId: id }) => {
      await use.service(formsService).enterWindow(use);
      await use.authorize('RepairOrder', id, repair.customer, { path: ['input', 'repairId'] });
      const { ratedAt } = await orderOf(use, id);
      const served = await use.service(windowTime).served(use);
      if (ratedAt && served && served.since(ratedAt) > EDITABLE) throw ratingClosed({}, ['input', 'repairId']);
    },
    run: async (use, { repairId: id, stars, comment }) => {
      const order = await orderOf(use, id);
      if (!order.confirmedAt)
        throw invalid(['input', 'repairId'], 'NOT_CONFIRMED', { en: 'It is not confirmed yet.', 'zh-CN': '尚未确认完工。' });
      use.em.assign(order, { stars, ratingComment: comment ?? null, ratedAt: order.ratedAt ?? use.now });
      return { repair: id };
    },
    success,
  });
}
