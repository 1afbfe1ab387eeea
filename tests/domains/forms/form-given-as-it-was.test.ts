import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { uploaded } from '../files/file.fixture.ts';
import { published } from '../form-designer/designer.fixture.ts';
import { act, done, doneOnTask } from './acts.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ writesPerMinute: 0 });
  own = await server.organization();
});
afterAll(() => server.stop());

const FIELDS = [
  { name: 'why', label: 'Why?', kind: 'TEXT' },
  { name: 'plans', label: 'Plans', kind: 'FILE', most: 9 },
  { name: 'place', label: 'Where?', kind: 'LOCATION' },
  { name: 'call', label: 'Phone', kind: 'PHONE' },
  { name: 'cost', label: 'Cost', kind: 'MONEY' },
  {
    name: 'lines',
    label: 'Lines',
    kind: 'LINES',
    columns: [
      { name: 'part', label: 'Part', kind: 'TEXT' },
      { name: 'price', label: 'Price', kind: 'MONEY' },
    ],
  },
];
const ANSWERS = `query ($id: ID!) { businessForm(id: $id) { answers { name value { text ... on FileValue { files { id name } } } } } }`;
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const NAMES = LETTERS.map((letter) => `${letter}.txt`);

async function several(): Promise<string[]> {
  const ids: string[] = [];
  for (const name of NAMES) ids.push(await uploaded(own.customer, Buffer.from(name), { name, purpose: 'FORM_FILE' }));
  return ids;
}
interface Files {
  readonly text: string;
  readonly files: readonly { readonly id: string; readonly name: string }[];
}
async function plansOf(seat: TestSeat, id: string): Promise<Files> {
  const { answers } = (await seat.query(ANSWERS, { id })).businessForm;
  return answers.find(({ name }: { readonly name: string }) => name === 'plans').value;
}

describe('what a form was handed in with', () => {
  it('comes as it was given, files in their order, and given once more it is no change (spec 6.2, 6.9)', async () => {
    const { id: templateId } = await published(own.formsAdmin, {
      fields: FIELDS,
      flow: { steps: [{ name: 'Owner', approvers: [{ employeeId: own.owner.id }] }] },
    });
    const others = (uploadIds: readonly string[]) => [
      { field: 'plans', uploadIds },
      { field: 'place', location: { longitude: 121.5, latitude: 31.2, name: 'Bund', accuracy: 5 } },
      { field: 'call', text: '010-65529988转802' },
      { field: 'cost', money: { currency: 'CNY', amount: 1250 } },
      {
        field: 'lines',
        lines: [
          {
            values: [
              { field: 'price', money: { currency: 'CNY', amount: 99 } },
              { field: 'part', text: 'Pump' },
            ],
          },
        ],
      },
    ];
    const values = [{ field: 'why', text: 'a whim' }, ...others(await several())];
    const { form } = await done(
      own.customer,
      'submitForm',
      { templateId, values, idempotencyKey: 'as-it-was' },
      '... on SubmitFormSuccess { form { id } }',
    );
    const { id } = form as { readonly id: string };
    const plans = await plansOf(own.customer, id);
    for (const { files, text } of [plans, await plansOf(own.owner, id)]) {
      expect(files.map(({ name }) => name)).toEqual(NAMES);
      expect(text).toBe(NAMES.join('; '));
    }
    await doneOnTask(own.owner, 'returnFormTask', id, { to: 'SUBMITTER', reason: 'Look again.', fields: ['why'] });
    const ids = plans.files.map((one) => one.id);
    const corrected = [{ field: 'why', text: 'a need' }, ...others(ids)];
    const turned = others(ids.toReversed());
    const ISSUES = '... on ValidationFailed { issues { path code } }';
    expect(await act(own.customer, 'resubmitForm', { formId: id, values: turned }, ISSUES)).toMatchObject({
      issues: [{ path: ['input', 'values', 'plans'], code: 'NOT_ASKED_FOR' }], // another order is another value
    });
    expect(await act(own.customer, 'resubmitForm', { formId: id, values: corrected }, ISSUES)).toEqual({
      __typename: 'ResubmitFormSuccess',
    });
  });
});
