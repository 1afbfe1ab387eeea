import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
});
afterAll(() => shop?.close());
const people = () => shop.plugin;

const WORKING = ['acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork'];

/** A visit of which the work goes on, with parts of a stock of ten. */
async function withParts(sku: string) {
  const { colleague, scopedAdmin } = people();
  const { part } = await shop.does(
    scopedAdmin,
    'addRepairPart',
    { sku, name: 'Bearing', price: { amount: 900, currency: 'CNY' }, stock: 10 },
    'part { id }',
  );
  const { repairId, visitId } = await shop.going(...WORKING);
  const { partUse } = await shop.does(colleague, 'addPart', { visitId, partId: part.id, quantity: 3 }, 'partUse { id }');
  const stock = async (): Promise<number> =>
    (await scopedAdmin.query('query ($id: ID!) { node(id: $id) { ... on RepairPart { stock } } }', { id: part.id })).node.stock;
  const read = async () => {
    const { state, parts } = await shop.visit(visitId, 'state parts { state quantity }');
    return { visit: state, uses: parts.map((one: { state: string }) => one.state), stock: await stock() };
  };
  expect(await read()).toEqual({ visit: 'IN_PROGRESS', uses: ['RESERVED'], stock: 7 });
  return { repairId, visitId, partId: part.id, partUseId: partUse.id, read };
}

describe('parts that a visit has reserved (spec 8.5)', () => {
  it.each([
    ['rejected', 'rejectFormTask'],
    ['solved without the visit', 'approveFormTask'],
  ] as const)('are back in stock once the repair is %s', async (_, mutation) => {
    const { repairId, read } = await withParts(mutation);
    await shop.decides(mutation, repairId);
    expect(await read()).toEqual({ visit: 'CANCELLED', uses: ['RETURNED'], stock: 10 });
  });
  it('are back once the work cannot be completed, and are gone once it is finished', async () => {
    const given = await withParts('GIVEN-UP');
    await shop.step('cannotComplete', given.visitId);
    expect(await given.read()).toEqual({ visit: 'CANNOT_COMPLETE', uses: ['RETURNED'], stock: 10 });
    const used = await withParts('BUILT-IN');
    await shop.step('finishVisit', used.visitId);
    expect(await used.read()).toEqual({ visit: 'DONE', uses: ['USED'], stock: 7 });
  });
  it('that were given back before are not given back again', async () => {
    const { repairId, visitId, partUseId, read } = await withParts('ONCE');
    await shop.does(people().colleague, 'returnPart', { visitId, partUseId });
    await shop.decides('rejectFormTask', repairId);
    expect(await read()).toEqual({ visit: 'CANCELLED', uses: ['RETURNED'], stock: 10 });
  });
  it('are never more than there are', async () => {
    const { partId, read } = await withParts('SCARCE');
    const { visitId } = await shop.going(...WORKING);
    const take = (quantity: number) => shop.asks(people().colleague, 'addPart', { visitId, partId, quantity });
    expect(await take(8)).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'quantity'], code: 'OUT_OF_STOCK' }],
    });
    expect((await read()).stock).toBe(7);
    expect((await take(7)).__typename).toBe('AddPartSuccess');
    expect((await read()).stock).toBe(0);
  });
  it('are of a visit once, and of one of two visits where one is left, however many come at once', async () => {
    const { partId, visitId, read } = await withParts('LAST');
    const { colleague, owner } = people();
    const take = (of: string, quantity: number, seat = colleague) => shop.asks(seat, 'addPart', { visitId: of, partId, quantity });
    const twice = await Promise.all([take(visitId, 1), take(visitId, 1)]);
    for (const one of twice) expect(one).toMatchObject({ issues: [{ path: ['input', 'partId'], code: 'TAKEN' }] });
    expect((await read()).stock).toBe(7);
    const others = [await shop.going(...WORKING), await shop.going(...WORKING)];
    const answers = await Promise.all(others.map((one) => take(one.visitId, 7)));
    expect(answers.filter(({ __typename }) => __typename === 'AddPartSuccess')).toHaveLength(1);
    expect(answers.find(({ __typename }) => __typename !== 'AddPartSuccess')).toMatchObject({ issues: [{ code: 'OUT_OF_STOCK' }] });
    expect((await read()).stock).toBe(0);
    expect((await take(visitId, 1, owner)).__typename).toBe('FORBIDDEN');
  });
});
