import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { published } from '../form-designer/designer.fixture.ts';
import { doneOnTask } from './acts.fixture.ts';

const SUBMIT = `mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename
  ... on SubmitFormSuccess { form { id answers { value { text } } } } ... on ValidationFailed { issues { path code } } } }`;

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

describe('a form of 500 fields (spec 6.1)', () => {
  const named = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `f${from + i}`, label: `Field ${from + i}`, kind: 'TEXT', required: true }));
  const values = (count: number) => Array.from({ length: count }, (_, i) => ({ field: `f${i}`, text: `Value ${i}` }));

  it('is handed in by one request, of which no value is left out; more values than it may ask are refused', async () => {
    const { id: templateId, outcome } = await published(own.formsAdmin, {
      sections: [
        { title: 'One', fields: named(0, 250) },
        { title: 'Two', fields: named(250, 250) },
      ],
    });
    expect(outcome.__typename).toBe('PublishFormTemplateSuccess');
    const submit = (count: number) => own.customer.ask(SUBMIT, { input: { templateId, values: values(count) } });
    const { id, answers } = (await submit(500)).data!.submitForm.form;
    expect(answers.map(({ value }: { value: { text: string } }) => value.text)).toEqual(values(500).map(({ text }) => text));
    expect((await submit(499)).data!.submitForm.issues).toEqual([{ path: ['input', 'values', 'f499'], code: 'REQUIRED' }]);
    expect((await submit(501)).errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' }, message: expect.stringMatching('500 items') },
    ]);
    const asked = (count: number) => ({ to: 'SUBMITTER', reason: 'Which?', fields: named(0, count).map(({ name }) => name) });
    await doneOnTask(own.owner, 'returnFormTask', id, asked(250));
    const { data } = await own.customer.ask('query ($id: ID!) { businessForm(id: $id) { correctionFields } }', { id });
    expect(data!.businessForm.correctionFields).toHaveLength(250);
  });
});
