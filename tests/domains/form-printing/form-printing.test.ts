import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Link, sealLink } from '../../../src/domains/files/link.token.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, CONFIRM, placeOrder } from '../../support/form-moves.ts';
import { published } from '../form-designer/designer.fixture.ts';
import { done, doneOnTask } from '../forms/acts.fixture.ts';

const URL_OF = 'query ($id: ID!, $for: Int) { businessForm(id: $id) { printUrl(expiresIn: $for) } }';
const EVIL = '<script>alert("x")</script>';
const SECRETS = ['secret remark', 'The owner', 'The colleague', 'The supervisor', 'History', 'handed'];

let server: TestServer;
let own: TestOrganization;
let now = new Date('2026-03-01T08:00:00Z');
let formId: string;
let number: string;
beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  own = await server.organization();
  const parts = {
    name: 'parts',
    label: 'Parts',
    kind: 'LINES',
    columns: [
      { name: 'part', label: 'Part', kind: 'TEXT' },
      { name: 'quantity', label: 'Quantity', kind: 'NUMBER', max: '1000', decimals: 0, summed: true },
    ],
  };
  const { id: templateId } = await published(own.admin, {
    fields: [{ name: 'fault', label: 'The fault', kind: 'PARAGRAPH', required: true }, parts],
  });
  const line = (part: string, quantity: number) => ({
    values: [
      { field: 'part', text: part },
      { field: 'quantity', number: quantity },
    ],
  });
  const values = [
    { field: 'fault', text: `It leaks ${EVIL}` },
    { field: 'parts', lines: [line('Pump & seal', 2), line('Ring', 40)] },
  ];
  const submitted = await done(own.customer, 'submitForm', { templateId, values }, '... on SubmitFormSuccess { form { id number } }');
  ({ id: formId, number } = submitted.form as { id: string; number: string });
  await doneOnTask(own.owner, 'approveFormTask', formId, { nextApproverId: own.colleague.id, comment: 'secret remark' });
  await done(own.colleague, 'commentOnForm', { formId, text: 'We are at it', toCustomer: true });
  await done(own.customer, 'commentOnForm', { formId, text: 'Thank you' });
});
afterAll(() => server?.stop());

const addressOf = async (seat: TestSeat, id = formId, seconds?: number): Promise<string | null> => {
  const { data } = await seat.ask(URL_OF, { id, for: seconds });
  return data?.businessForm?.printUrl ?? null;
};
const open = (address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(new URL(address, server.url), { headers });
const pageFor = async (seat: TestSeat, id = formId, headers = {}): Promise<string> => {
  const response = await open((await addressOf(seat, id))!, headers);
  expect(response.status).toBe(200);
  return response.text();
};

describe('a form as a page (spec 6.6)', () => {
  it('has for those inside what was filled in, what was said, and its history', async () => {
    for (const seat of [own.admin, own.formsAdmin, own.owner, own.supervisor, own.colleague]) {
      const page = await pageFor(seat);
      const history = ['History', 'secret remark', 'Approved → The colleague', 'The owner'];
      for (const shown of [number, 'The customer', 'The fault', 'Pump &amp; seal', '<td>42</td>', 'In review', 'We are at it', ...history])
        expect(page).toContain(shown);
    }
  });
  it('has for its customer the same without who is inside and what they did', async () => {
    const page = await pageFor(own.customer);
    for (const shown of [number, 'The fault', 'Pump &amp; seal', 'We are at it', 'Thank you', 'In progress']) expect(page).toContain(shown);
    expect(page).toMatch(/\d\d:\d\d Asia\/Shanghai/);
    for (const secret of SECRETS) expect(page).not.toContain(secret);
  });
  it('is in the audit record: who had it, and not who only asked for its address (spec 11.1)', async () => {
    const printed = async () =>
      (
        await own.admin.query(
          'query ($id: ID!) { auditEntries(where: { act: { equals: "formPrinted" }, objects: { any: [$id] } }) { nodes { actorId } } }',
          { id: formId },
        )
      ).auditEntries.nodes;
    const before = (await printed()).length;
    const address = (await addressOf(own.supervisor))!;
    await fetch(new URL(address, server.url), { method: 'HEAD' });
    expect((await open('/print/none')).status).toBe(404);
    expect(await printed()).toHaveLength(before);
    await pageFor(own.supervisor);
    await pageFor(own.customer);
    const all = await printed();
    expect(all.slice(0, 2).map(({ actorId }: { actorId: string }) => actorId)).toEqual([own.customer.id, own.supervisor.id]);
    expect(all).toHaveLength(before + 2);
  });
  it('is in the language of whoever opens it', async () => {
    const page = await pageFor(own.owner, formId, { 'accept-language': 'zh-CN' });
    for (const shown of ['<html lang="zh-CN">', '处理记录', '审批中', '填写内容']) expect(page).toContain(shown);
    const theirs = await pageFor(own.customer, formId, { 'accept-language': 'zh-CN' });
    for (const shown of ['处理中', '留言']) expect(theirs).toContain(shown);
    expect(theirs).not.toContain('处理记录');
  });
  it('runs nothing that somebody has written, loads nothing and is kept nowhere', async () => {
    const response = await open((await addressOf(own.owner))!);
    const page = await response.text();
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'none'/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('is not for those who may not read what was filled in', async () => {
    for (const seat of [own.sharee, own.rival, own.unowned]) expect(await addressOf(seat)).toBeNull();
    expect((await own.sharee.ask(URL_OF, { id: formId })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await addressOf((await server.organization()).admin)).toBeNull();
  });
  it('is at no other address, and at its own until it is too old', async () => {
    const address = (await addressOf(own.owner, formId, 60))!;
    expect((await open(address)).status).toBe(200);
    expect((await open(`${address.slice(0, -4)}AAAA`)).status).toBe(404);
    expect((await open(address.replace('/print/', '/files/'))).status).toBe(404);
    now = new Date(now.getTime() + 61_000);
    expect((await open(address)).status).toBe(404);
    expect((await own.owner.ask(URL_OF, { id: formId, for: 3_601 })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });
  it('is opened by links that are for it, and for the seat of their session', async () => {
    const { files, seats } = server.runtime;
    const { sessionId, seat } = (await seats.signedIn(own.owner.token!))!;
    const link = {
      act: 'PRINT' as const,
      fileId: decodeGlobalId('BusinessForm', formId),
      seatId: seat!.id,
      sessionId,
      until: new Date(now.getTime() + 60_000),
    };
    const opened = async (other: Partial<Link>): Promise<number> =>
      (await open(`/print/${sealLink(files.secret, { ...link, ...other })}`)).status;
    expect(await opened({})).toBe(200);
    expect(await opened({ act: 'READ' })).toBe(404);
    expect(await opened({ seatId: decodeGlobalId('Employee', own.colleague.id) })).toBe(404);
  });
  it('is nobody’s any more when the session has ended, or the right is lost', async () => {
    const again = await server.seat(own.plan.employees.find(({ name }) => name === 'The colleague')!.phone);
    const address = (await addressOf(again))!;
    expect((await open(address)).status).toBe(200);
    await again.query('mutation { signOut { __typename } }');
    expect((await open(address)).status).toBe(404);
    const inside = (await addressOf(own.formsAdmin))!;
    await own.admin.does('mutation ($input: RevokeAdminRightInput!) { revokeAdminRight(input: $input) { __typename } }', {
      input: { employeeId: own.formsAdmin.id, right: 'FORMS' },
    });
    expect((await open(inside)).status).toBe(404);
  });

  it('tells its customer the same whether one has handled it or six have (spec 6.3)', async () => {
    const { owner, colleague, supervisor, admin, customer } = own;
    const through = async (...hands: TestSeat[]): Promise<string> => {
      const id = await placeOrder(customer);
      for (const [i, hand] of hands.entries()) await approve(hand, id, hands[i + 1]);
      await customer.does(CONFIRM, { input: { formId: id } });
      return (await pageFor(customer, id)).replaceAll(/SO-\d{4}-[0-9A-Z]{6}/g, 'number');
    };
    const one = await through(owner);
    expect(await through(owner, colleague, supervisor, colleague, owner, admin)).toBe(one);
  });
});
