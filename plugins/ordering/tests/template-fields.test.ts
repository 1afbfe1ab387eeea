import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from './shop.ts';

const TEMPLATE = 'query ($id: ID!) { businessForm(id: $id) { template { id } } }';
const EDIT = `mutation ($input: UpdateFormTemplateDraftInput!) { updateFormTemplateDraft(input: $input) { __typename
  ... on UpdateFormTemplateDraftSuccess { template { draft { version } } } } }`;
const PUBLISH = 'mutation ($input: PublishFormTemplateInput!) { publishFormTemplate(input: $input) { __typename } }';
const REQUEST = `mutation ($input: RequestOrderApprovalInput!) { requestOrderApproval(input: $input) { __typename
  ... on ValidationFailed { issues { path code } } ... on UserError { path } } }`;
const ANSWERS = 'query ($id: ID!) { businessForm(id: $id) { answers { name value { text } } } }';

let shop: Shop;
let saw: string;
beforeAll(async () => {
  shop = await Shop.open();
  saw = await shop.offer();
  const { id } = await shop.order({ productId: saw, quantity: 1 });
  const { admin } = shop.plugin;
  const templateId = (await admin.query(TEMPLATE, { id })).businessForm.template.id;
  const draft = {
    fields: [
      { name: 'gate', label: 'Which gate?', kind: 'TEXT' },
      { name: 'forklift', label: 'Is there a forklift?', kind: 'YES_NO' },
    ],
  };
  const { template } = await admin.does(EDIT, { input: { templateId, expectedVersion: 0, draft } });
  await admin.does(PUBLISH, { input: { templateId, expectedVersion: template.draft.version } });
});
afterAll(() => shop?.close());

const ask = (values?: object[]) => shop.ask([{ productId: saw, quantity: 1 }], values && { values });
const answersOf = async (id: string): Promise<Record<string, string | null>> => {
  const { answers } = (await shop.plugin.owner.query(ANSWERS, { id })).businessForm;
  return Object.fromEntries(
    answers.map(({ name, value }: { name: string; value: { text: string } | null }) => [name, value?.text ?? null]),
  );
};

describe('the fields that an admin adds to the template of orders (spec 6.1, 8.5)', () => {
  it('are filled in with the order, and need not be', async () => {
    const { order } = await ask([
      { field: 'gate', text: 'North' },
      { field: 'forklift', yes: true },
    ]);
    expect(await answersOf(order.id)).toEqual({ gate: 'North', forklift: 'Yes' });
    expect(await answersOf((await ask()).order.id)).toEqual({ gate: null, forklift: null });
  });
  it('are no others, and nothing that does not fit them', async () => {
    expect(await ask([{ field: 'colour', text: 'Red' }])).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'values', 'colour'], code: 'UNKNOWN_FIELD' }],
    });
    expect(await ask([{ field: 'forklift', text: 'Perhaps' }])).toMatchObject({ __typename: 'ValidationFailed' });
  });
  it('may be such as must be filled in, always or by a condition: what hands an order in without them is told which', async () => {
    const { admin, customer } = shop.plugin;
    const { id } = (await ask()).order;
    const templateId = (await admin.query(TEMPLATE, { id })).businessForm.template.id;
    const fields = [
      { name: 'po', label: 'PO number', kind: 'TEXT', required: true },
      { name: 'forklift', label: 'Is there a forklift?', kind: 'YES_NO' },
      { name: 'driver', label: 'Who drives it?', kind: 'TEXT', requireWhen: { field: 'forklift', op: 'EQ', yes: true } },
    ];
    const VERSION = 'query ($id: ID!) { formTemplate(id: $id) { draft { version } } }';
    const { version: expectedVersion } = (await admin.query(VERSION, { id: templateId })).formTemplate.draft;
    const { template } = await admin.does(EDIT, { input: { templateId, expectedVersion, draft: { fields } } });
    const published = await admin.does(PUBLISH, { input: { templateId, expectedVersion: template.draft.version } });
    expect(published.__typename).toBe('PublishFormTemplateSuccess');
    const missing = (field: string) => ({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'values', field], code: 'REQUIRED' }],
    });
    expect(await ask()).toMatchObject(missing('po'));
    const po = { field: 'po', text: 'PO-1' };
    expect(await ask([po, { field: 'forklift', yes: true }])).toMatchObject(missing('driver'));
    const { order } = await ask([po, { field: 'forklift', yes: true }, { field: 'driver', text: 'Ann' }]);
    expect(await answersOf(order.id)).toEqual({ po: 'PO-1', forklift: 'Yes', driver: 'Ann' });
    const asked = { lines: [{ productId: saw, quantity: 1 }] };
    expect((await customer.ask(REQUEST, { input: asked })).data?.requestOrderApproval).toMatchObject(missing('po')); // it takes no values
  });
});
