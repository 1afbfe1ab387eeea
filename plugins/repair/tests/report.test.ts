import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

const DAY = 86_400_000;
let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
  await shop.strike();
});
afterAll(() => shop?.close());
const people = () => shop.plugin;

describe('free slots (spec 8.5)', () => {
  const SLOTS =
    'query ($repairId: ID, $technicianId: ID, $from: DateTime, $days: Int, $minutes: Int) { freeSlots(repairId: $repairId, technicianId: $technicianId, from: $from, days: $days, minutes: $minutes) { technicianId firstName startsAt endsAt } }';
  const ask = (given: Record<string, unknown>, seat: TestSeat = people().sharee) => seat.ask(SLOTS, given);
  const begins = async (given: Record<string, unknown>): Promise<string[]> =>
    (await ask({ technicianId: shop.technicians.colleague, days: 1, minutes: 240, ...given })).data!.freeSlots.map(
      ({ startsAt }: { startsAt: string }) => startsAt.slice(0, 16),
    );

  it('lie in working time, and not where a visit is', async () => {
    // Monday, 9 o'clock in Shanghai: until 18 o'clock
    expect(await begins({})).toEqual(['2026-06-01T01:00', '2026-06-01T05:00']);
    const repairId = await shop.triaged();
    const window = { startsAt: '2026-06-01T02:00:00.000Z', endsAt: '2026-06-01T03:00:00.000Z', zone: 'Asia/Shanghai' };
    const { visit } = await shop.does(
      people().sharee,
      'scheduleVisit',
      { repairId, technicianId: shop.technicians.colleague, ...window },
      'visit { id }',
    );
    expect(await begins({})).toEqual(['2026-06-01T03:00']);
    expect(await begins({ technicianId: shop.technicians.owner })).toHaveLength(2); // the other one has none
    for (const [mutation, seat, more] of [
      ['dispatchVisit', people().sharee, {}],
      ['declineVisit', people().colleague, { reason: 'I am ill.' }],
    ] as const)
      await shop.does(seat, mutation, { visitId: visit.id, ...more });
    expect(await begins({})).toHaveLength(2); // declined: it is theirs no more
    expect(await begins({ from: '2026-06-06T00:00:00.000Z' })).toEqual([]); // Saturday
    expect(await begins({ from: '2026-05-28T00:00:00.000Z' })).toEqual(await begins({})); // what is over is no slot
  });
  it('are of those who can do the repair, and are sent out still', async () => {
    const repairId = await shop.triaged({ skill: 'pumps', area: 'East' });
    const names = async () => [
      ...new Set((await ask({ repairId })).data!.freeSlots.map(({ firstName }: { firstName: string }) => firstName)),
    ];
    expect(await names()).toEqual([]);
    const set = (seat: TestSeat, more: object) =>
      shop.does(people().sharee, 'setRepairTechnician', { employeeId: seat.id, firstName: 'Jun', ...more }, 'technician { id }');
    await set(people().colleague, { skills: ['pumps'], areas: ['West'] });
    expect(await names()).toEqual([]);
    await set(people().colleague, { skills: ['pumps'], areas: ['East'] });
    expect(await names()).toEqual(['Jun']);
    await set(people().colleague, { skills: ['pumps'], isRetired: true });
    expect(await names()).toEqual([]);
    await set(people().colleague, {});
  });
  it('can be planned as they are told', async () => {
    const repairId = await shop.triaged();
    const [{ technicianId, startsAt, endsAt }] = (await ask({ repairId, from: new Date(shop.now + 7 * DAY).toISOString() })).data!
      .freeSlots;
    const plan = { repairId, technicianId, startsAt, endsAt, zone: 'Asia/Shanghai' };
    await shop.does(people().sharee, 'scheduleVisit', plan, 'visit { id }');
    const again = { ...plan, repairId: await shop.triaged() };
    expect(await shop.asks(people().sharee, 'scheduleVisit', again)).toMatchObject({ issues: [{ code: 'OVERLAPS' }] });
  });
  it('are for whoever sends technicians, and bounded', async () => {
    for (const seat of [people().colleague, people().owner, people().stranger])
      expect((await ask({}, seat)).data).toEqual({ freeSlots: [] });
    for (const unknown of [{ repairId: 'never issued' }, { technicianId: 'never issued' }])
      expect((await ask(unknown)).data).toEqual({ freeSlots: [] });
    for (const given of [{ days: 15 }, { days: 0 }, { minutes: 14 }, { minutes: 1_441 }]) expect((await ask(given)).errors.length).toBe(1);
  });
});

describe('a report by the sticker of a machine (spec 8.5)', () => {
  const page = (query = '', organization = people().id) => `${people().url}/plugins/repair/${organization}/report${query}`;
  const GIVEN = { qr: 'PUMP-7', problem: 'It <leaks>.', name: 'Lao "Zhou"', phone: '138 0000 7777' };
  const send = async (given: object): Promise<[number, string]> => {
    const answer = await fetch(page(), { method: 'POST', body: new URLSearchParams({ ...GIVEN, ...given }) });
    return [answer.status, await answer.text()];
  };
  beforeAll(async () => {
    const { supervisor, customer } = people();
    await shop.does(
      supervisor,
      'addRepairAsset',
      { name: 'Pump', serial: 'P-7', qr: 'PUMP-7', site: 'Hall 3', area: 'East', contactId: customer.id, needsSignature: true },
      'asset { id }',
    );
    await shop.does(supervisor, 'addRepairAsset', { name: 'Spare pump', serial: 'P-8' }, 'asset { id }');
    await shop.does(people().stranger, 'addRepairAsset', { name: 'Their pump', serial: 'THEIRS' }, 'asset { id }');
  });

  it('is not taken before the organization says so', async () => {
    expect((await fetch(page())).status).toBe(403);
    expect((await send({}))[0]).toBe(403);
    await shop.set({ reportsWithoutAccount: true });
    expect((await fetch(page('', people().other.id))).status).toBe(403); // that one has not
  });
  it('shows a page without scripts, in no frame, with what the sticker says', async () => {
    const answer = await fetch(page('?qr=PUMP-7%22%3E%3Cscript%3E'), { headers: { 'accept-language': 'zh-CN' } });
    const text = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('value="PUMP-7&quot;&gt;&lt;script&gt;"');
    expect(text).toContain('扫码报修');
  });
  it.each<[string, object, string]>([
    ['nothing wrong', { problem: ' ' }, 'Fill this in.'],
    ['nobody', { name: '' }, 'Fill this in.'],
    ['no sticker', { qr: '' }, 'Fill this in.'],
    ['what is no number', { phone: '12' }, 'no mobile number'],
    ['a number without a mobile', { phone: '010 6552 9988' }, 'no mobile number'],
    ['too long a story', { problem: 'x'.repeat(4_001) }, 'too long'],
  ])('tells of %s, and keeps what was written', async (_, given, told) => {
    const [status, text] = await send(given);
    expect([status, text.includes(told), text.includes('name="qr"')]).toEqual([422, true, true]);
  });
  it('is taken with the code that came to the phone, for whose machine it is', async () => {
    expect(await send({})).toEqual([200, expect.stringContaining('A code was sent to 138 0000 7777.')]);
    expect(await send({ code: '000000' })).toEqual([422, expect.stringContaining('This code is wrong')]);
    const [status, text] = await send({ code: '246810', problem: 'It \u202e<leaks>\u2069.', name: '\u200fLao "Zhou"' });
    const number = /RP-[\w-]+/.exec(text)?.[0];
    expect([status, number]).toEqual([200, expect.stringMatching(/^RP-/)]);
    const { myRepairs } = await people().customer.query(
      '{ myRepairs(first: 1) { nodes { number state problem isReported needsSignature siteAddress siteContactName siteContactPhone asset { name } form { customerState } } } }',
    );
    expect(myRepairs.nodes).toEqual([
      {
        ...{ number, state: 'SUBMITTED', problem: 'It <leaks>.', isReported: true, needsSignature: true, siteAddress: 'Hall 3' },
        ...{
          siteContactName: 'Lao "Zhou"',
          siteContactPhone: '+8613800007777',
          asset: { name: 'Pump' },
          form: { customerState: 'RECEIVED' },
        },
      },
    ]);
    const inbox = '{ notifications(first: 1) { nodes { kind } } }';
    await expect.poll(async () => (await people().customer.query(inbox)).notifications.nodes).toEqual([{ kind: 'REPAIR_REPORTED' }]);
    const { myTasks } = await people().owner.query('{ myTasks(first: 1) { nodes { form { number } } } }');
    expect(myTasks.nodes).toEqual([{ form: { number } }]);
  });
  it('of a machine that is unknown, nobody’s, or another organization’s is one answer, and not told before the code', async () => {
    for (const qr of ['NEVER', 'P-8', 'THEIRS']) {
      expect((await send({ qr }))[1]).toContain('A code was sent');
      expect(await send({ qr, code: '246810' })).toEqual([404, expect.stringContaining('No machine is known')]);
    }
  });
  it('is taken three times at the most before somebody looks, also at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => send({ code: '246810' })));
    expect(answers.map(([status]) => status).sort()).toEqual([200, 200, 429, 429]); // one waits from above
    const { repairOrders } = await people().supervisor.query(
      '{ repairOrders(where: { state: { in: [SUBMITTED] } }) { nodes { id isReported } } }',
    );
    const [{ id: repairId }] = repairOrders.nodes.filter(({ isReported }: { isReported: boolean }) => isReported);
    await shop.does(people().supervisor, 'triageRepair', { repairId, priority: 'LOW', inGuarantee: false });
    expect((await send({ code: '246810' }))[0]).toBe(200);
  });
  it('is limited by number: codes are not sent without end', async () => {
    const statuses = [];
    for (let sent = 0; sent < 5; sent++) statuses.push((await send({ phone: '13800006666' }))[0]);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(await send({ phone: '13800006666' })).toEqual([429, expect.stringMatching(/^<!doctype html>.*Too many codes were asked for/s)]);
  });
  it('is not taken while the plugin is off', async () => {
    const swap = (enabled: boolean) =>
      people().admin.does('mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }', {
        input: { plugin: 'repair', enabled },
      });
    await swap(false);
    expect((await send({}))[0]).toBe(403);
    await swap(true);
    expect((await fetch(page())).status).toBe(200);
  });
});
