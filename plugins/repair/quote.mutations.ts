import { formsService, type GuichetBuilder, invalidTransition, submitRefusals } from '@guichet/sdk';
import { holdOrder } from './order.service.ts';
import { repair } from './permissions.ts';
import { answerQuote, makeQuote, quoteExpired } from './quote.service.ts';
import { RepairQuote } from './refs.ts';
import { repairId, success } from './triage.mutations.ts';

const MOST = 1_000_000_000;

/** Quotes, and what the customer says to them. */
export function quoteMutations(builder: GuichetBuilder): void {
  builder.useCase('quoteRepair', {
    description: 'Makes a quote, in the place of an open one; the deadline stands still until it is answered.',
    rule: repair.quote,
    doesOnce: true,
    input: (t) => ({
      repairId: repairId(t),
      price: t.money({ description: 'What the customer would pay.', least: 0, most: MOST }),
      cost: t.amount({
        description: 'What it costs the company, in minor units. The customer is never told.',
        most: MOST,
        required: false,
      }),
      text: t.text({ description: 'What is done for it; the customer reads it.', min: 1, max: 4_000 }),
      labourMinutes: t.integer({
        description: 'Working time that the price has in it, in minutes; the customer reads it.',
        min: 1,
        max: 100_000,
        required: false,
      }),
      validUntil: t.instant({ description: 'Until when it is good; by default as the settings say.', required: false }),
    }),
    refusals: [invalidTransition],
    guard: (use, given) => holdOrder(use, 'quoteRepair', given.repairId),
    run: async (use, given) => ({ quote: await makeQuote(use, given), repair: given.repairId }),
    success: (t) => ({ ...success(t), quote: t.loaded(RepairQuote, 'quote', { description: 'The quote.', rule: repair.read }) }),
  });
  builder.useCase('answerRepairQuote', {
    description: 'Takes the open quote of a repair, or does not.',
    rule: repair.customer,
    doesOnce: true,
    input: (t) => ({
      repairId: repairId(t),
      accept: t.flag({ description: 'Whether you take it.' }),
      reason: t.text({ description: 'Why not.', min: 1, max: 1_000, required: false }),
    }),
    refusals: [invalidTransition, quoteExpired, ...submitRefusals],
    guard: async (use, given) => {
      await use.service(formsService).enterWindow(use);
      await holdOrder(use, 'answerRepairQuote', given.repairId);
    },
    run: async (use, given) => {
      await answerQuote(use, given);
      return { repair: given.repairId };
    },
    success,
  });
}
