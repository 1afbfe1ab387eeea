import {
  type GuichetBuilder,
  type InputMaker,
  invalid,
  invalidTransition,
  requireRight,
  type UseCase,
  versionConflict,
} from '@guichet/sdk';
import { RepairPart as Part } from './part.entity.ts';
import { addPart, returnPart } from './part.service.ts';
import { repair } from './permissions.ts';
import { RepairPart, RepairPartUse } from './refs.ts';
import { type VisitState, visitMoves } from './visit.moves.ts';
import { ofVisit, visitId } from './visit.mutations.ts';
import { visitOf } from './visit.service.ts';

const MOST = 1_000_000_000;
/** In which a technician takes parts, or brings them back. */
const AT_WORK: readonly VisitState[] = ['ACCEPTED', 'EN_ROUTE', 'ON_SITE', 'IN_PROGRESS', 'ON_HOLD'];

/** @throws NotFound, FORBIDDEN, InvalidTransition unless the visit is under way */
export async function holdAtWork(use: UseCase, id: string): Promise<void> {
  await use.authorize('RepairVisit', id, repair.work, { path: ['input', 'visitId'] });
  const { state } = await visitOf(use, id);
  if (!AT_WORK.includes(state)) throw invalidTransition({ state, allowed: await openTo(use, id, state) }, ['input', 'visitId']);
}
async function openTo(use: UseCase, id: string, state: VisitState): Promise<string[]> {
  const may = new Map<object, boolean>();
  for (const rule of [repair.work, repair.dispatch]) may.set(rule, await use.may('RepairVisit', id, rule));
  return Object.entries(visitMoves.moves).flatMap(([name, { from, who }]) =>
    (from as readonly string[]).includes(state) && may.get(who) ? [name] : [],
  );
}

/** Parts: the stock, and what visits take out of it. */
export function partMutations(builder: GuichetBuilder): void {
  builder.useCase('addPart', {
    description: 'Takes a part out of the stock for a visit, once for each part.',
    rule: repair.work,
    doesOnce: true,
    input: (t) => ({
      visitId: visitId(t),
      partId: t.globalId(RepairPart, { description: 'The part.' }),
      quantity: t.integer({ description: 'How many.', min: 1, max: 1_000 }),
      isChargeable: t.flag({ description: 'Whether the customer pays for it.', required: false }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { visitId: id, partId }) => {
      await use.find('RepairPart', partId, ['input', 'partId']);
      await holdAtWork(use, id);
    },
    run: async (use, { visitId: id, partId, quantity, isChargeable = false }) => ({
      partUse: await addPart(use, { visitId: id, partId, quantity, chargeable: isChargeable }),
      visit: id,
    }),
    success: (t) => ({
      ...ofVisit(t),
      partUse: t.loaded(RepairPartUse, 'partUse', { description: 'The part of the visit.', rule: repair.read }),
    }),
  });
  builder.useCase('returnPart', {
    description: 'Brings a part back that was set aside for a visit and not built in.',
    rule: repair.work,
    doesOnce: true,
    input: (t) => ({ visitId: visitId(t), partUseId: t.globalId(RepairPartUse, { description: 'The part of the visit.' }) }),
    refusals: [invalidTransition],
    guard: async (use, { visitId: id, partUseId }) => {
      await use.find('RepairPartUse', partUseId, ['input', 'partUseId']);
      await holdAtWork(use, id);
    },
    run: async (use, { visitId: id, partUseId }) => {
      await returnPart(use, id, partUseId);
      return { visit: id };
    },
    success: ofVisit,
  });
  declareStock(builder);
}

const skuTaken = () => invalid(['input', 'sku'], 'TAKEN', { en: 'Another part has this number.', 'zh-CN': '该编号已被其他配件使用。' });

function declareStock(builder: GuichetBuilder): void {
  const details = <Required extends boolean>(t: InputMaker, required: Required) => ({
    sku: t.name({ description: 'Its number.', max: 60, required }),
    name: t.name({ description: 'What it is.', max: 200, required }),
    price: t.money({ description: 'What one costs the customer.', least: 0, most: MOST, required }),
    stock: t.integer({ description: 'How many there are.', min: 0, max: 1_000_000, required }),
  });
  const success = (t: Parameters<typeof ofVisit>[0]) => ({
    part: t.loaded(RepairPart, 'part' as never, { description: 'The part as it is now.', rule: repair.colleague }),
  });
  builder.useCase('addRepairPart', {
    description: 'Adds a part to the stock.',
    rule: repair.parts,
    doesOnce: true,
    input: (t) => details(t, true),
    guard: async (use) => requireRight(use, repair.parts, 'REPAIR_PARTS'),
    run: async (use, { price, ...given }) => {
      use.refuseTaken('parts_sku', skuTaken);
      return { part: use.em.create(Part, { ...given, priceMinor: price.amount, currency: price.currency }).id };
    },
    success: success as never,
  });
  builder.useCase('updateRepairPart', {
    description: 'Changes a part. What visits have taken keeps the price of its day.',
    rule: repair.parts,
    input: (t) => ({
      partId: t.globalId(RepairPart, { description: 'The part.' }),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      ...details(t, false),
    }),
    refusals: [versionConflict],
    guard: async (use, { partId, expectedVersion }) => {
      await use.authorize('RepairPart', partId, repair.parts, { path: ['input', 'partId'] });
      const { version } = await use.em.findOneOrFail(Part, partId);
      if (version !== expectedVersion)
        throw versionConflict({ current: { type: 'RepairPart', uuid: partId } }, ['input', 'expectedVersion']);
    },
    run: async (use, { partId, expectedVersion: _, price, ...given }) => {
      use.refuseTaken('parts_sku', skuTaken);
      const part = await use.em.findOneOrFail(Part, partId);
      if (price) use.em.assign(part, { priceMinor: price.amount, currency: price.currency });
      for (const [name, value] of Object.entries(given)) if (value !== undefined) use.em.assign(part, { [name]: value });
      return { part: partId };
    },
    success: success as never,
  });
}
