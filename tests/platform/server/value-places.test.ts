import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server?.stop());

const ADD = 'mutation ($i: AddEmployeeInput!) { addEmployee(input: $i) { __typename } }';
const BOOK = 'query ($on: Date!) { contacts(where: { followUpOn: { equals: $on } }) { totalCount } }';
const DAY = 'This is no Date; write it as 2026-06-01.';
const PERSON = { name: 'He Jing', phone: '+8613700000009' };

describe('a value of variables that is wrong says where it is (api 1)', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['in an input', ADD, { i: { ...PERSON, seniorSince: '2015-13-01' } }, `i.seniorSince: ${DAY}`],
    ['as a variable by itself', BOOK, { on: '2015-13-01' }, `on: ${DAY}`],
    ['that looks like a place', BOOK, { on: 'x at "on.y' }, `on: ${DAY}`],
    ['that is no text', ADD, { i: { ...PERSON, phone: 7 } }, 'i.phone: A PhoneNumber is text.'],
    [
      'that graphql refuses',
      ADD,
      { i: { ...PERSON, name: 7 } },
      'Variable "$i" got invalid value 7 at "i.name"; String cannot represent a non string value: 7',
    ],
  ])('%s', async (_, query, variables, message) => {
    const { errors } = await own.admin.ask(query, variables);
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_REQUEST' } }]);
  });

  it('and says nothing of variables where it stands in the document itself', async () => {
    const { errors } = await own.admin.ask('{ contacts(where: { followUpOn: { equals: "2015-13-01" } }) { totalCount } }');
    expect(errors.map(({ message }) => message)).toEqual([DAY]);
  });
});
