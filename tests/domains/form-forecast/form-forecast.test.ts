import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { drafted, published } from '../form-designer/designer.fixture.ts';
import { done } from '../forms/acts.fixture.ts';

const FORECAST = `query ($templateId: ID!, $values: [FieldValueInput!], $contactId: ID) {
  forecastForm(templateId: $templateId, values: $values, contactId: $contactId) {
    pickedByHand steps { name reason approvers { employee { name } anyOf { name } } } } }`;

let server: TestServer;
let own: TestOrganization;
let templateId: string;
let byHand: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const budget = (least: number) => ({ field: 'budget', op: 'GTE', money: { amount: least, currency: 'CNY' } });
  const made = await published(own.admin, {
    fields: [{ name: 'budget', label: 'Budget', kind: 'MONEY', required: true }],
    flow: {
      steps: [
        { name: 'Owner', approvers: [{ owner: true }] },
        { name: 'Head', approvers: [{ ownersSupervisor: true }], when: budget(1_000) },
        { name: 'Both', mode: 'ALL', approvers: [{ employeeId: own.colleague.id }, { employeeId: own.sharee.id }], when: budget(5_000) },
        { name: 'Any', mode: 'ANY', approvers: [{ employeeId: own.colleague.id }, { employeeId: own.admin.id }], when: budget(9_000) },
      ],
    },
  });
  expect(made.outcome.__typename).toBe('PublishFormTemplateSuccess');
  templateId = made.id;
  ({ id: byHand } = await published(own.admin, { fields: [{ name: 'wish', label: 'Wish', kind: 'TEXT' }] }));
});
afterAll(() => server?.stop());

const ask = (seat: TestSeat, amount: number, contactId: string | undefined = own.customer.id, id = templateId) =>
  seat.ask(FORECAST, { templateId: id, contactId, values: id === byHand ? [] : [{ field: 'budget', money: { amount, currency: 'CNY' } }] });
interface Told {
  readonly name: string;
  readonly reason: string;
  readonly approvers: readonly { readonly employee: { name: string } | null; readonly anyOf: readonly { name: string }[] }[];
}
const told = async (seat: TestSeat, amount: number, contactId?: string): Promise<string[]> =>
  (await ask(seat, amount, contactId)).data!.forecastForm.steps.map(
    ({ name, approvers }: Told) =>
      `${name}: ${approvers
        .map(
          ({ employee, anyOf }) =>
            employee?.name ??
            `one of ${anyOf
              .map((one) => one.name)
              .sort()
              .join(', ')}`,
        )
        .join(' and ')}`,
  );
const ALL = ['Owner: The owner', 'Head: The supervisor', 'Both: The colleague and The sharee', 'Any: one of The admin, The colleague'];

describe('whom a form would go to (spec 6.1)', () => {
  it.each([
    [999, 1],
    [1_000, 2],
    [5_000, 3],
    [9_000, 4],
  ])('is told by its values: with %s, %s steps', async (amount, steps) => {
    expect(await told(own.scopedAdmin, amount)).toEqual(ALL.slice(0, steps));
  });
  it('with the reason, in the caller’s language', async () => {
    const { data } = await ask(own.scopedAdmin, 1_000);
    expect(data!.forecastForm.steps.map(({ reason }: Told) => reason)).toEqual([
      'whoever answers for the contact',
      'the supervisor of whoever answers for the contact; because of: Budget',
    ]);
    const variables = { templateId, contactId: own.customer.id, values: [{ field: 'budget', money: { amount: 1, currency: 'CNY' } }] };
    const chinese = await own.supervisor.ask(FORECAST, variables, { 'accept-language': 'zh-CN' });
    expect(chinese.data!.forecastForm.steps[0].reason).toBe('联系人的负责人');
  });
  it('where nobody is there, an admin would claim it', async () => {
    const [owner] = (await ask(own.admin, 1, own.unowned.id)).data!.forecastForm.steps;
    expect(owner).toEqual({
      name: 'Owner',
      reason: 'whoever answers for the contact; nobody at the moment, so an admin claims it',
      approvers: [{ employee: null, anyOf: [] }],
    });
  });
  it('without whoever hands it in, as it then goes', async () => {
    expect(await told(own.owner, 1_000)).toEqual(['Owner: one of ', 'Head: The supervisor']);
    expect(await told(own.admin, 9_000)).toEqual([...ALL.slice(0, 3), 'Any: The colleague']);
    const values = [{ field: 'budget', money: { amount: 1_000, currency: 'CNY' } }];
    const input = { templateId, contactId: own.customer.id, values, idempotencyKey: 'by-its-owner' };
    const { form } = await done(
      own.owner,
      'submitForm',
      input,
      '... on SubmitFormSuccess { form { tasks { nodes { assignee { name } } } } }',
    );
    expect(form).toEqual({ tasks: { nodes: [{ assignee: null }] } });
  });
  it('with who stands in for whoever is away, and without whoever has left, as it then goes', async () => {
    const other = await server.organization();
    const { admin, owner, colleague, sharee, supervisor, customer } = other;
    const { id } = await published(admin, {
      fields: [{ name: 'wish', label: 'Wish', kind: 'TEXT' }],
      flow: {
        steps: [
          { name: 'One', approvers: [{ employeeId: colleague.id }] },
          { name: 'Any', mode: 'ANY', approvers: [{ employeeId: colleague.id }, { employeeId: sharee.id }] },
          { name: 'All', mode: 'ALL', approvers: [{ employeeId: owner.id }, { employeeId: supervisor.id }] },
          { name: 'Boss', approvers: [{ employeeId: sharee.id }] },
          { name: 'Again', approvers: [{ employeeId: supervisor.id }] },
        ],
      },
    });
    await done(admin, 'offboardEmployee', { employeeId: colleague.id });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await done(owner, 'setStandIn', { standInId: supervisor.id, until });
    const { steps } = (
      await admin.ask(
        `query ($id: ID!, $contactId: ID) { forecastForm(templateId: $id, contactId: $contactId) {
          steps { name reason approvers { employee { name } anyOf { name } for { name } } } } }`,
        { id, contactId: customer.id },
      )
    ).data!.forecastForm;
    const one = (name: string, ...whose: string[]) => ({ employee: { name }, anyOf: [], for: whose.map((of) => ({ name: of })) });
    expect(steps).toEqual([
      {
        name: 'One',
        reason: 'named in the template; nobody at the moment, so an admin claims it',
        approvers: [{ employee: null, anyOf: [], for: [] }],
      },
      { name: 'Any', reason: 'named in the template', approvers: [one('The sharee')] },
      { name: 'All', reason: 'named in the template; a stand-in has the turn', approvers: [one('The supervisor', 'The owner')] },
      { name: 'Boss', reason: 'named in the template', approvers: [one('The sharee')] },
      {
        name: 'Again', // whoever has approved for another too
        reason: 'named in the template; nobody at the moment, so an admin claims it',
        approvers: [{ employee: null, anyOf: [], for: [] }],
      },
    ]);
    const input = { templateId: id, contactId: customer.id, values: [], idempotencyKey: 'with-one-who-left' };
    const { form } = await done(admin, 'submitForm', input, '... on SubmitFormSuccess { form { tasks { nodes { assignee { name } } } } }');
    expect(form).toEqual({ tasks: { nodes: [{ assignee: null }] } });
  });
  it('where approvers are picked by hand, it is the first', async () => {
    const { data } = await ask(own.owner, 0, own.customer.id, byHand);
    expect(data!.forecastForm).toMatchObject({
      pickedByHand: true,
      steps: [{ name: null, approvers: [{ employee: { name: 'The owner' } }] }],
    });
  });

  it('is told to whoever may hand it in for the contact, and to nobody else', async () => {
    for (const seat of [own.owner, own.supervisor, own.admin]) expect(await told(seat, 9_000)).toHaveLength(4);
    const seen = await ask(own.sharee, 9_000);
    expect([seen.data!.forecastForm, seen.errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN']);
    const stranger = (await server.organization()).admin;
    expect(await ask(stranger, 9_000)).toMatchObject({ data: { forecastForm: null }, errors: [] });
    expect(await ask(own.owner, 9_000, stranger.id)).toMatchObject({ data: { forecastForm: null }, errors: [] });
  });
  it('tells a customer nothing: it is not on the portal (spec 6.3)', async () => {
    const { data, errors } = await ask(own.customer, 9_000);
    expect([data, errors[0]!.extensions.code]).toEqual([null, 'BAD_REQUEST']);
    for (const name of ['The owner', 'The supervisor', 'The colleague']) expect(JSON.stringify(errors)).not.toContain(name);
  });
  it('without a contact it is told to whoever designs', async () => {
    const ofNobody = (seat: TestSeat) =>
      seat.ask(FORECAST, { templateId, values: [{ field: 'budget', money: { amount: 5_000, currency: 'CNY' } }] });
    const { steps } = (await ofNobody(own.formsAdmin)).data!.forecastForm;
    expect(steps.map(({ reason }: Told) => reason)).toEqual([
      'whoever answers for the contact; it depends on the contact',
      'the supervisor of whoever answers for the contact; it depends on the contact; because of: Budget',
      'named in the template; because of: Budget',
    ]);
    for (const seat of [own.owner, own.scopedAdmin])
      expect((await ofNobody(seat)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
  it('of a draft it is told to whoever designs, before anything is published', async () => {
    const { id } = await drafted(own.formsAdmin, { flow: { steps: [{ name: 'Check', approvers: [{ employeeId: own.colleague.id }] }] } });
    const ofDraft = (seat: TestSeat, draft: boolean, contactId?: string) =>
      seat.ask(
        `query ($id: ID!, $draft: Boolean, $contactId: ID) { forecastForm(templateId: $id, draft: $draft, contactId: $contactId) {
          steps { name approvers { employee { name } } } } }`,
        { id, draft, contactId },
      );
    expect((await ofDraft(own.formsAdmin, true)).data!.forecastForm).toEqual({
      steps: [{ name: 'Check', approvers: [{ employee: { name: 'The colleague' } }] }],
    });
    expect((await ofDraft(own.formsAdmin, false)).data!.forecastForm).toBeNull();
    expect((await ofDraft(own.owner, true, own.customer.id)).data!.forecastForm).toBeNull();
    const ours = await own.owner.ask(
      'query ($id: ID!, $contactId: ID) { forecastForm(templateId: $id, draft: true, contactId: $contactId) { pickedByHand } }',
      {
        id: templateId,
        contactId: own.customer.id,
      },
    );
    expect(ours.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
  it('is not told for a contact whom the template is not for', async () => {
    const { id } = await published(own.admin, {
      fields: [{ name: 'wish', label: 'Wish', kind: 'TEXT' }],
      audience: { contacts: 'SOME', contactIds: [own.rival.id] },
    });
    expect((await own.owner.ask(FORECAST, { templateId: id, contactId: own.customer.id })).data!.forecastForm).toBeNull();
    expect((await own.colleague.ask(FORECAST, { templateId: id, contactId: own.rival.id })).data!.forecastForm.steps).toHaveLength(1);
  });
  it('of values that do not fit, the first is told with its place', async () => {
    const { errors } = await own.owner.ask(FORECAST, {
      templateId,
      contactId: own.customer.id,
      values: [{ field: 'budget', text: 'much' }],
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' }, message: expect.stringContaining('values.budget') }]);
  });
  it('writes nothing', async () => {
    const database = await RawDatabase.open(server.databaseUrl);
    const before = await database.contents('business_forms', 'form_tasks', 'audit_entries', 'form_values');
    await told(own.owner, 9_000);
    expect(await database.contents('business_forms', 'form_tasks', 'audit_entries', 'form_values')).toEqual(before);
    await database.close();
  });
});
