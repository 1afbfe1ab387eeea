import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainQuery } from '../../src/app/explain/explained-query.ts';
import { explanationPage } from '../../src/app/explain/explanation.page.ts';
import { stepsOf } from '../../src/app/explain/statement-plan.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

let server: TestServer;
let here: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  here = await server.organization();
});
afterAll(() => server?.stop());

const explain = async (seat: TestSeat, document: string, variables: Record<string, unknown> = {}) =>
  explainQuery(server.runtime, (await server.runtime.seats.signedIn(seat.token!))!, { document, variables });

describe('a query that is explained', () => {
  it('is told with its one statement, its plan, and the rule of each field', async () => {
    const { admin } = here;
    const explanation = await explain(admin, 'query ($first: Int) { contacts(first: $first) { nodes { name phone } } viewer { id } }', {
      first: 3,
    });
    expect(explanation).toMatchObject({
      surface: 'staff',
      seat: { kind: 'EMPLOYEE', rights: expect.arrayContaining(['CONTACTS']) },
      errors: [],
    });
    expect(explanation.rules).toEqual(
      expect.arrayContaining([
        { field: 'Contact.phone', rule: 'contact.own', admits: expect.arrayContaining(['ADMIN', 'OWNER', 'EXTERNAL']), right: 'CONTACTS' },
      ]),
    );
    const contacts = explanation.statements.find(({ field }) => field === 'contacts')!;
    expect(stepsOf(contacts.plan).length).toBeGreaterThan(3);
    const page = explanationPage(explanation);
    for (const part of ['on the staff schema', 'Contact.phone', 'contact.own: ', 'Statement 1', '-- $1 = ', 'rows'])
      expect(page).toContain(part);
  });
  it('is carried out under the rules of who asks: what is refused is told with its rule', async () => {
    const { owner, colleague } = here;
    const { id } = here.customer;
    const phone = 'query ($id: ID!) { contact(id: $id) { name phone } }';
    expect((await explain(owner, phone, { id })).errors).toEqual([]);
    expect((await explain(colleague, phone, { id })).errors).toEqual([{ path: 'contact.phone', code: 'FORBIDDEN', rule: 'contact.own' }]);
  });
  it.each([
    ['what cannot be read', 'query {', 'The document cannot be read: Syntax Error'],
    ['a field that is not there', '{ nothing }', 'Cannot query field "nothing"'],
    ['a mutation', 'mutation { signOut { __typename } }', 'Only a query can be explained'],
    ['two operations', 'query A { viewer { id } } query B { viewer { id } }', 'Only a query can be explained'],
  ])('%s is refused, and nothing is asked', async (_, document, message) => {
    const before = server.runtime.reads.statements;
    await expect(explain(here.admin, document)).rejects.toThrow(message);
    expect(server.runtime.reads.statements).toBe(before);
  });
});
