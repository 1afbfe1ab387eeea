import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { bare } from '../../support/says.ts';
import { published, WISH } from './designer.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const seen = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query('{ formTemplates(first: 100) { nodes { id } } }')).formTemplates.nodes.map(({ id }: { id: string }) => id);
const SUBMIT =
  'mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename ... on SubmitFormSuccess { form { id template { name } } } ... on UserError { code path } } }';
let count = 0;
const submit = async (seat: TestSeat, templateId: string) =>
  (await seat.ask(SUBMIT, { input: { templateId, values: VALUES, idempotencyKey: `audience-${++count}` } })).data.submitForm;
const VALUES: object[] = [];
const forSome = async (audience: object): Promise<string> => {
  const { id, outcome } = await published(own.formsAdmin, { fields: [{ ...WISH, required: false }], audience });
  expect(outcome).toMatchObject({ __typename: 'PublishFormTemplateSuccess' });
  return id;
};
const NOT_FOUND = { code: 'NOT_FOUND', path: ['input', 'templateId'] };

describe('the audience of a template (spec 6.1, 5.8)', () => {
  it('is all members of the window, those who are named, or nobody outside', async () => {
    const [all, named, nobody] = [
      await forSome({ contacts: 'ALL' }),
      await forSome({ contacts: 'SOME', contactIds: [own.customer.id] }),
      await forSome({ contacts: 'NONE', employees: true }),
    ];
    expect(await seen(own.customer)).toEqual(expect.arrayContaining([all, named]));
    expect(await seen(own.unowned)).toContain(all);
    for (const id of [named, nobody]) expect(await seen(own.unowned)).not.toContain(id);
    expect(await seen(own.customer)).not.toContain(nobody);
    expect(await seen(own.colleague)).toEqual(expect.arrayContaining([all, named, nobody]));
    expect(await submit(own.customer, named)).toMatchObject({ form: { template: { name: 'Repair report' } } });
    expect(await submit(own.unowned, all)).toMatchObject({ __typename: 'SubmitFormSuccess' });
    for (const id of [named, nobody]) expect(await submit(own.unowned, id)).toMatchObject(NOT_FOUND);
  });
  it('is those with a tag, as of now: one that was lost a moment ago counts, and the form that was submitted stays', async () => {
    const contact = await contactOf(own.customer);
    const tagId = contact.tags[0].id;
    const id = await forSome({ contacts: 'SOME', tagIds: [tagId] });
    expect(await seen(own.customer)).toContain(id);
    const { form } = await submit(own.customer, id);
    await retag([own.tagIds.find((other) => other !== tagId)!]);
    expect(await submit(own.customer, id)).toMatchObject(NOT_FOUND);
    expect(await seen(own.customer)).not.toContain(id);
    const again = await own.customer.query('query ($id: ID!) { businessForm(id: $id) { template { id name } } }', { id: form.id });
    expect(again.businessForm.template).toEqual({ id, name: 'Repair report' });
    await retag([tagId]);
    expect(await seen(own.customer)).toContain(id);
  });
  it.each([
    ['all', () => ({ contacts: 'ALL' })],
    ['one by one', () => ({ contacts: 'SOME', contactIds: [own.customer.id] })],
    ['by tag', async () => ({ contacts: 'SOME', tagIds: [(await contactOf(own.customer)).tags[0].id] })],
  ])('is nobody while it is disabled, whoever it is for: %s', async (_, audience) => {
    const id = await forSome(await audience());
    expect(await seen(own.customer)).toContain(id);
    await own.formsAdmin.does(bare('disableFormTemplate'), { input: { templateId: id } });
    expect(await seen(own.customer)).not.toContain(id);
    expect(await seen(own.colleague)).toContain(id);
  });
  it('is nobody while it is disabled or after it was deleted; forms on their way are told first', async () => {
    const id = await forSome({ contacts: 'ALL' });
    await submit(own.customer, id);
    const does = async (name: string, more: object = {}) =>
      (
        await own.formsAdmin.ask(
          `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on UserError { code } ${name.startsWith('delete') ? '... on TemplateHasOpenForms { onTheirWay: openForms } ... on DeleteFormTemplateSuccess { openForms }' : ''} } }`,
          { input: { templateId: id, ...more } },
        )
      ).data[name];
    await does('disableFormTemplate');
    expect(await seen(own.customer)).not.toContain(id);
    expect(await submit(own.customer, id)).toMatchObject({ code: 'VALIDATION_FAILED' });
    await does('enableFormTemplate');
    expect(await seen(own.customer)).toContain(id);
    expect(await does('deleteFormTemplate')).toMatchObject({ code: 'TEMPLATE_HAS_OPEN_FORMS', onTheirWay: 1 });
    expect(await seen(own.customer)).toContain(id);
    expect(await does('deleteFormTemplate', { confirmOpenForms: true })).toMatchObject({ openForms: 1 });
    for (const seat of [own.customer, own.formsAdmin, own.colleague]) expect(await seen(seat)).not.toContain(id);
    expect(await submit(own.customer, id)).toMatchObject(NOT_FOUND);
    expect(await does('enableFormTemplate')).toMatchObject({ code: 'NOT_FOUND' });
    expect((await own.customer.query('{ myForms(first: 1) { nodes { template { name } } } }')).myForms.nodes[0].template.name).toBe(
      'Repair report',
    );
  });
});

const contactOf = async (seat: TestSeat) =>
  (await own.admin.query('query ($id: ID!) { contact(id: $id) { id version tags { id } } }', { id: seat.id })).contact;
async function retag(tagIds: string[]) {
  const { id, tags } = await contactOf(own.customer);
  const change = async (name: string, tagId: string) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const done = (
      await own.admin.ask(`mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on UserError { code } } }`, {
        input: { contactId: id, tagId },
      })
    ).data[name];
    expect(done.__typename).toBe(`${type}Success`);
  };
  for (const tagId of tagIds) await change('tagContact', tagId);
  for (const tag of tags) if (!tagIds.includes(tag.id)) await change('untagContact', tag.id);
}
