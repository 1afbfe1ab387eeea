import { everythingOf } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
});
afterAll(() => shop?.close());
const people = () => shop.plugin;
const price = { amount: 45_000, currency: 'CNY' };

/** Who is sent, how often it was thought over inside, and what parts and quotes cost the company, the customer is not to learn. */
async function sentTo(
  technician: 'colleague' | 'owner',
  repairId: string,
): Promise<{ visitId: string; seat: ReturnType<typeof people>['owner'] }> {
  const { sharee, colleague, owner } = people();
  const plan = { startsAt: '2026-06-03T01:00:00.000Z', endsAt: '2026-06-03T02:00:00.000Z', zone: 'Asia/Shanghai' };
  const { visit } = await shop.does(
    sharee,
    'scheduleVisit',
    { repairId, technicianId: shop.technicians[technician === 'owner' ? 'colleague' : 'owner'], ...plan },
    'visit { id }',
  );
  // planned for one, thought over, and given to the other before anybody is told
  await shop.does(sharee, 'moveVisit', { visitId: visit.id, technicianId: shop.technicians[technician], ...plan });
  await shop.does(sharee, 'dispatchVisit', { visitId: visit.id });
  return { visitId: visit.id, seat: technician === 'owner' ? owner : colleague };
}

/** All that the portal says of a repair at each moment at which something happens to the customer. */
async function told(technician: 'colleague' | 'owner', triages: number): Promise<string[]> {
  const { customer, supervisor, formsAdmin, sharee, colleague, owner } = people();
  for (const { id: employeeId } of [colleague, owner])
    await shop.does(sharee, 'setRepairTechnician', { employeeId, firstName: 'Jun' }, 'technician { id }');
  const repairId = await shop.asked();
  const said: string[] = [];
  const look = async () => said.push(await everythingOf(customer, repairId));
  await look();
  for (let times = 0; times < triages; times++)
    await shop.does(supervisor, 'triageRepair', {
      repairId,
      priority: times ? 'HIGH' : 'LOW',
      inGuarantee: false,
      skill: undefined,
      area: 'East',
    });
  await look();
  for (const cost of triages > 1 ? [20_000, 30_000] : [10_000])
    await shop.does(formsAdmin, 'quoteRepair', { repairId, price, cost, text: 'A bearing.' });
  await shop.does(customer, 'answerRepairQuote', { repairId, accept: true });
  const { visitId, seat } = await sentTo(technician, repairId);
  await look();
  for (const step of ['acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork', 'finishVisit']) await shop.step(step, visitId, seat);
  await look();
  await shop.does(customer, 'signOffWork', { repairId });
  await look();
  return said;
}
/** A quote that took the place of another is told: it is the one thing of these two that the customer has seen. */
const withoutReplaced = (text: string): string => text.replaceAll(/,?\s*\{[^{}]*"REPLACED"[^{}]*\{[^{}]*\}[^{}]*\}/g, '');

describe('what a customer is told of a repair (spec 8.5)', () => {
  it('is the same whoever does it, and nothing of the inside', async () => {
    const [one, two] = [await told('colleague', 1), await told('owner', 2)];
    expect(two.map(withoutReplaced)).toEqual(one.map(withoutReplaced));
    expect(one.at(-1)).toContain('"Jun"');
    const { supervisor, formsAdmin, sharee, colleague, owner } = people();
    for (const hidden of [supervisor, formsAdmin, sharee, colleague, owner]
      .flatMap(({ name, id }) => [name, id])
      .concat('"cost"', '20000', '"priority"', '"dueAt"', '"skill"'))
      expect(one.join() + two.join(), hidden).not.toContain(hidden);
  });
});
