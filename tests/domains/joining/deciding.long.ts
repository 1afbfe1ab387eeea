import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { setContactQuota as setQuota } from '../../../src/app/founding/organization-quota.ts';
import { applyToWindow } from '../../../src/domains/joining/index.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { actsFor } from '../audit/audit.fixture.ts';
import { added, DELETE, rowsOf } from '../contacts/contact.fixture.ts';
import { departmentIds } from '../directory/directory.fixture.ts';
import { ACCEPT, APPLICATIONS, APPLY, ASK_CODE, Messages, makeLink, outcomeOf, REFUSE } from './joining.fixture.ts';

const messages = new Messages();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ sms: messages, poolSize: 20, joinLimits: { perAddress: 10_000, perLink: 10_000 } });
});
afterAll(() => server?.stop());

const LEAVE = 'mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { __typename } }';
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
const CONTACT = 'query ($id: ID!) { contact(id: $id) { name phone source windowStatus owner { id } tags { id } createdBy { id } } }';

/** Somebody applies. @returns the application's id, and the phone */
async function applied(own: TestOrganization, code: string, given: object = {}): Promise<{ id: string; phone: string }> {
  const input = { code, name: 'Hu Yan', phone: newPhone(), ...given };
  await server.nobody.does(APPLY, { input });
  const { nodes } = (await own.admin.query(APPLICATIONS, {})).joinApplications;
  return { id: nodes.find(({ phone }: { phone: string }) => phone === input.phone).id, phone: input.phone };
}
const accept = async (own: TestOrganization, ids: readonly string[], more: object = {}) => {
  const outcome = await outcomeOf(own.admin, ACCEPT, { applicationIds: ids, ...more });
  return outcome.results ?? outcome;
};
const contactOf = async (own: TestOrganization, id: string) => (await own.admin.query(CONTACT, { id })).contact;
const applicationsOf = async (own: TestOrganization, state: string) =>
  (await own.admin.query(APPLICATIONS, { state })).joinApplications.nodes;

/** The admin was told today of so many unproven phones. */
const toldAlready = (own: TestOrganization, count: number) =>
  rowsOf(
    server,
    own,
    `with old as (
      insert into join_applications (organization_id, id, link_id, name, phone, phone_proven, language, applied_at, state, decided_at)
      select link.organization_id, gen_random_uuid(), link.id, 'Old', '+86139000000' || n, false, 'en', now(), 'REFUSED', now()
      from (select * from window_links limit 1) link, generate_series(10, ${9 + count}) n returning organization_id, id)
    insert into application_answers (organization_id, application_id, seat_id, at)
    select organization_id, id, '${decodeGlobalId('Employee', own.admin.id)}', now() from old`,
  );

describe('accepting (spec 5.6)', () => {
  it('makes a contact of the sharer’s, with the link’s tags, and lets it in', async () => {
    const own = await server.organization();
    const [key, , trade, stage] = own.tagIds;
    const { code } = await makeLink(own.colleague, { tagIds: [key, trade] });
    const { id, phone } = await applied(own, code);
    const [done] = await accept(own, [id], { tagIds: [stage] });
    expect(done).toMatchObject({ __typename: 'AcceptJoinApplicationsItemSuccess', applicationId: id, wasKnown: false });
    const contact = await contactOf(own, done.contactId);
    expect(contact).toMatchObject({
      name: 'Hu Yan',
      phone,
      source: 'LINK',
      windowStatus: 'INVITED',
      owner: { id: own.colleague.id },
      createdBy: { id: own.admin.id },
    });
    expect(contact.tags.map(({ id }: { id: string }) => id).sort()).toEqual([key, trade, stage].sort());
    expect(await applicationsOf(own, 'ACCEPTED')).toMatchObject([{ id, decidedBy: { id: own.admin.id }, contact: { id: done.contactId } }]);
    const customer = await server.seat(phone);
    expect((await customer.query('{ serviceWindow { state } }')).serviceWindow).toEqual({ state: 'OPEN' });
    expect(await actsFor(own.admin, { act: { equals: 'acceptJoinApplications' } })).toHaveLength(1);
  });

  it('is for admins with WINDOW', async () => {
    const own = await server.organization();
    const { id } = await applied(own, (await makeLink(own.owner)).code);
    for (const seat of [own.owner, own.formsAdmin, own.scopedAdmin]) {
      expect(await outcomeOf(seat, ACCEPT, { applicationIds: [id] })).toBe('FORBIDDEN');
      expect(await outcomeOf(seat, REFUSE, { applicationIds: [id], reason: 'No' })).toBe('FORBIDDEN');
    }
    const other = await server.organization();
    expect(await accept(other, [id, 'never issued'])).toMatchObject([{ code: 'NOT_FOUND' }, { code: 'NOT_FOUND' }]);
  });

  it('invites the contact that a phone is known of, and changes nothing else of it', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.colleague, { tagIds: [own.tagIds[3]] });
    const known = await added(own.owner, own);
    const { id } = await applied(own, code, { name: 'Somebody Else', phone: known.phone });
    expect(await accept(own, [id])).toMatchObject([{ contactId: known.id, wasKnown: true }]);
    expect(await contactOf(own, known.id)).toMatchObject({
      name: known.name,
      owner: { id: own.owner.id },
      windowStatus: 'INVITED',
      tags: [{ id: own.tagIds[0] }],
      source: 'MANUAL',
    });
    const again = await applied(own, code, { phone: known.phone }); // a member who applies is what it was
    expect(await accept(own, [again.id])).toMatchObject([{ contactId: known.id, wasKnown: true }]);
    expect(await rowsOf(server, own, `select from contacts where phone = '${known.phone}'`)).toHaveLength(1);
  });

  it('takes a tag where the link gives none; one that is named takes the place of its group’s', async () => {
    const own = await server.organization();
    const [key, regular] = own.tagIds;
    const { id } = await applied(own, (await makeLink(own.owner)).code);
    expect(await accept(own, [id])).toMatchObject([
      { __typename: 'ValidationFailed', issues: [{ path: ['input', 'tagIds'], code: 'TAG_NEEDED' }] },
    ]);
    expect(await accept(own, [id], { tagIds: ['never issued'] })).toMatchObject({ __typename: 'NotFound' });
    const tagged = await applied(own, (await makeLink(own.owner, { tagIds: [key] })).code);
    const [first, second] = await accept(own, [id, tagged.id], { tagIds: [regular] });
    for (const { contactId } of [first, second]) expect((await contactOf(own, contactId)).tags).toEqual([{ id: regular }]);
  });

  it('answers for each by itself: decided, an employee’s phone, no place, nobody there', async () => {
    const own = await server.organization();
    const { Support } = await departmentIds(own);
    const tagIds = [own.tagIds[0]];
    const [plain, support] = [
      await makeLink(own.owner, { tagIds }),
      await makeLink(own.owner, { tagIds, ownerRule: 'DEPARTMENT', departmentId: Support }),
    ];
    const employee = own.plan.employees.find(({ key }) => key === 'colleague')!.phone;
    const [staff, gone, good, late] = [
      await applied(own, plain.code, { phone: employee }),
      await applied(own, support.code),
      await applied(own, plain.code),
      await applied(own, plain.code),
    ];
    await own.admin.does(LEAVE, { input: { employeeId: own.sharee.id } });
    const { used } = (await rowsOf<{ used: number }>(server, own, 'select used from contact_quotas'))[0]!;
    await setQuota(server.runtime, own.id, used + 1);
    const outcome = await accept(own, [staff.id, gone.id, good.id, late.id]);
    expect(outcome.map(({ code, __typename }: { code?: string; __typename: string }) => code ?? __typename)).toEqual([
      'PHONE_BELONGS_TO_EMPLOYEE',
      'LINK_OWNER_GONE',
      'AcceptJoinApplicationsItemSuccess',
      'CONTACT_QUOTA_REACHED',
    ]);
    expect(outcome[0]).toMatchObject({ path: ['input', 'applicationIds', '0'] }); // no path of the work behind it
    expect(await accept(own, [good.id])).toMatchObject([{ code: 'JOIN_APPLICATION_DECIDED' }]);
    await setQuota(server.runtime, own.id, used + 10);
    const [found] = await accept(own, [gone.id], { ownerId: own.supervisor.id });
    expect(await contactOf(own, found.contactId)).toMatchObject({ owner: { id: own.supervisor.id } });
    expect((await applicationsOf(own, 'PENDING')).map(({ id }: { id: string }) => id)).toEqual([late.id, staff.id]);
  });

  it('tells of twenty unproven phones a day whether they are known, each as often as it is asked, and of proven ones without end', async () => {
    const own = await server.organization();
    const tagIds = [own.tagIds[0]];
    const [{ code }, other] = [await makeLink(own.owner, { tagIds }), await makeLink(own.owner, { tagIds })];
    const [{ phone: known }, { phone: another }] = [await added(own.owner, own), await added(own.owner, own)];
    const employee = own.plan.employees.find(({ key }) => key === 'colleague')!.phone;
    await toldAlready(own, 18);
    const [staff, first, fresh] = [
      await applied(own, code, { phone: employee }),
      await applied(own, code, { phone: known }),
      await applied(own, code),
    ];
    for (let i = 0; i < 3; i++) expect(await accept(own, [staff.id])).toMatchObject([{ code: 'PHONE_BELONGS_TO_EMPLOYEE' }]);
    const elsewhere = await applied(own, other.code, { phone: employee }); // nor does the number by another link
    expect(await accept(own, [elsewhere.id])).toMatchObject([{ code: 'PHONE_BELONGS_TO_EMPLOYEE' }]);
    expect(await accept(own, [first.id, fresh.id, staff.id])).toMatchObject([
      { wasKnown: true },
      { code: 'PHONE_ANSWERS_SPENT' },
      { code: 'PHONE_BELONGS_TO_EMPLOYEE' },
    ]);
    const [again, last] = [await applied(own, code, { phone: known }), await applied(own, code, { phone: another })];
    expect(await accept(own, [again.id, last.id])).toMatchObject([{ wasKnown: true }, { code: 'PHONE_ANSWERS_SPENT' }]);
    const account = { phone: another, isProven: true, name: 'Hu' };
    await applyToWindow(server.runtime.joins, code, {}, { address: '203.0.113.9', language: 'en', account });
    const [proven] = (await own.admin.query(APPLICATIONS, {})).joinApplications.nodes;
    expect(await accept(own, [proven.id])).toMatchObject([{ wasKnown: true }]);
    // what strangers have sent takes nothing of what the seat may ask by itself
    expect(await added(own.admin, own)).toMatchObject({ id: expect.any(String) });
    expect(await rowsOf(server, own, 'select from phone_answers')).toEqual([]);
    await rowsOf(server, own, "update application_answers set at = at - interval '25 hours'");
    const old = (await applicationsOf(own, 'REFUSED')).map(({ id }: { id: string }) => id);
    const answers = await accept(own, [...old, first.id, staff.id, fresh.id, last.id]);
    expect(answers.slice(-3)).toMatchObject([{ code: 'PHONE_BELONGS_TO_EMPLOYEE' }, { wasKnown: false }, { wasKnown: true }]);
  });

  it('of a sharer who has left asks for an owner', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.sharee, { tagIds: [own.tagIds[0]] });
    const { id } = await applied(own, code);
    await own.admin.does(LEAVE, { input: { employeeId: own.sharee.id } });
    expect(await accept(own, [id])).toMatchObject([{ code: 'LINK_OWNER_GONE' }]);
    expect(await accept(own, [id], { ownerId: own.sharee.id })).toMatchObject({ issues: [{ code: 'LEFT' }] });
    expect(await accept(own, [id], { ownerId: own.owner.id })).toMatchObject([{ wasKnown: false }]);
  });

  it('takes a window that serves', async () => {
    const own = await server.organization();
    const { id } = await applied(own, (await makeLink(own.owner, { tagIds: [own.tagIds[0]] })).code);
    await certifyOrganization(server.runtime, own.id, { level: 'BASIC', reason: 'Looked at' });
    expect(await accept(own, [id])).toMatchObject({ __typename: 'WindowSuspended' });
  });

  it('who comes back from the list of those that left is invited again', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    await own.customer.does('mutation ($input: LeaveServiceWindowInput!) { leaveServiceWindow(input: $input) { __typename } }', {
      input: {},
    });
    const { id } = await applied(own, code, { phone: own.plan.contacts[0]!.phone });
    expect(await accept(own, [id])).toMatchObject([{ contactId: own.customer.id, wasKnown: true }]);
    expect(await contactOf(own, own.customer.id)).toMatchObject({ windowStatus: 'INVITED' });
  });

  it('a contact in the bin is not known: whoever applied becomes another', async () => {
    const own = await server.organization();
    const known = await added(own.owner, own);
    await own.admin.does(DELETE, { input: { contactIds: [known.id] } });
    const { id } = await applied(own, (await makeLink(own.owner, { tagIds: [own.tagIds[0]] })).code, { phone: known.phone });
    const [done] = await accept(own, [id]);
    expect(done).toMatchObject({ wasKnown: false });
    expect(done.contactId).not.toBe(known.id);
  });
});

describe('two who decide at once (spec 5.6)', () => {
  it('one is told that the other was first, and there is one contact', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    const all = [await applied(own, code), await applied(own, code), await applied(own, code)].map(({ id }) => id);
    const outcomes = await Promise.all([
      accept(own, all),
      accept(own, all.toReversed()),
      outcomeOf(own.admin, REFUSE, { applicationIds: all, reason: 'No' }),
    ]);
    const flat = outcomes.flatMap((one) => one.results ?? one);
    expect(flat.filter(({ __typename }) => __typename.endsWith('ItemSuccess'))).toHaveLength(3);
    expect(flat.filter(({ code: why }) => why === 'JOIN_APPLICATION_DECIDED')).toHaveLength(6);
  });

  it('of one phone that two applied with, and that somebody adds meanwhile, there is one contact', async () => {
    const own = await server.organization();
    const tagIds = [own.tagIds[0]];
    const [first, second] = [await makeLink(own.owner, { tagIds }), await makeLink(own.owner, { tagIds })];
    const one = await applied(own, first.code);
    await applied(own, second.code, { phone: one.phone });
    const ids = (await applicationsOf(own, 'PENDING')).map(({ id }: { id: string }) => id);
    const outcomes = await Promise.all([
      ...ids.map((id: string) => accept(own, [id])),
      own.owner.query('mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }', {
        input: { name: 'Hu', phone: one.phone, tagIds },
      }),
    ]);
    for (const outcome of outcomes.slice(0, 2)) expect(outcome).toMatchObject([{ __typename: 'AcceptJoinApplicationsItemSuccess' }]);
    expect(await rowsOf(server, own, `select from contacts where phone = '${one.phone}'`)).toHaveLength(1);
  });
});

describe('a department in turn (spec 5.6)', () => {
  it('each has as many, by all links of the department and those below together, also of what is accepted at once', async () => {
    const own = await server.organization();
    const { Sales } = await departmentIds(own); // the supervisor, and below it the owner
    const codes: string[] = [];
    for (let i = 0; i < 3; i++)
      codes.push((await makeLink(own.admin, { tagIds: [own.tagIds[0]], ownerRule: 'DEPARTMENT', departmentId: Sales })).code);
    for (let i = 0; i < 12; i++) {
      const account = { phone: newPhone(), isProven: true, name: 'Hu' }; // of proven ones nobody waits for answers about phones
      await applyToWindow(server.runtime.joins, codes[i % 3]!, {}, { address: '203.0.113.9', language: 'en', account });
    }
    const ids: string[] = (await applicationsOf(own, 'PENDING')).map(({ id }: { id: string }) => id);
    for (const seat of [own.owner, own.colleague, own.sharee])
      await own.admin.does(GRANT, { input: { employeeId: seat.id, right: 'WINDOW' } });
    for (const id of ids.slice(0, 2)) await accept(own, [id]); // the first by each link
    const counted = async () =>
      (
        await rowsOf<{ n: number }>(
          server,
          own,
          `select count(*)::int n from contacts where source = 'LINK' group by owner_id order by owner_id`,
        )
      ).map(({ n }) => n);
    expect(await counted()).toEqual([1, 1]);
    const deciders = [own.admin, own.owner, own.colleague, own.sharee]; // what one seat sends at once may go one after the other
    await Promise.all([
      accept(own, ids.slice(2, 5)),
      ...ids.slice(5).map((id, i) => outcomeOf(deciders[i % 4]!, ACCEPT, { applicationIds: [id] })),
    ]);
    expect(await counted()).toEqual([6, 6]);
  });
});

describe('telling what was decided (spec 5.6)', () => {
  const proven = async (own: TestOrganization, code: string, language: string) => {
    const phone = newPhone();
    const headers = { 'accept-language': language };
    await outcomeOf(server.nobody, ASK_CODE, { code, phone }, headers);
    await server.runtime.door.texts.settled();
    await outcomeOf(server.nobody, APPLY, { code, name: 'Hu Yan', phone, verificationCode: messages.code(phone) }, headers);
    const found = (await applicationsOf(own, 'PENDING')).find((one: { phone: string }) => one.phone === phone);
    return { phone, id: found.id };
  };
  const last = (phone: string) => messages.to(phone).at(-1);

  it('goes to proven phones, in the language in which they applied, with the reason', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    const [yes, no, unproven] = [await proven(own, code, 'zh-CN'), await proven(own, code, 'en'), await applied(own, code)];
    expect(await accept(own, [yes.id])).toMatchObject([{ wasKnown: false }]);
    await own.admin.does(REFUSE, { input: { applicationIds: [no.id, unproven.id], reason: 'We only serve dealers.' } });
    await expect
      .poll(() => last(yes.phone))
      .toMatchObject({ kind: 'JOIN_ACCEPTED', text: '【Test Works】您的加入申请已通过，请使用本手机号登录服务窗。' });
    await expect
      .poll(() => last(no.phone))
      .toMatchObject({ kind: 'JOIN_REFUSED', text: 'Test Works has not let you in at its service window: We only serve dealers.' });
    expect(messages.to(unproven.phone)).toEqual([]);
    expect(await applicationsOf(own, 'REFUSED')).toMatchObject([
      { reason: 'We only serve dealers.' },
      { reason: 'We only serve dealers.' },
    ]);
  });

  it('a refusal takes a reason, and who was refused may apply again', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    const { id, phone } = await applied(own, code);
    expect(await outcomeOf(own.admin, REFUSE, { applicationIds: [id], reason: ' ' })).toMatchObject({
      issues: [{ path: ['input', 'reason'] }],
    });
    await own.admin.does(REFUSE, { input: { applicationIds: [id], reason: 'No' } });
    const again = await applied(own, code, { phone });
    expect(await accept(own, [again.id])).toMatchObject([{ wasKnown: false }]);
  });
});
