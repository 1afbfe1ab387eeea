import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { field } from '../contact-fields/contact-fields.fixture.ts';
import { added, rowsOf } from '../contacts/contact.fixture.ts';
import { csv, imported, told } from './contact-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  await field(own, 'industry', 'CHOICE', { options: [{ label: 'Retail' }] });
  await field(own, 'size', 'NUMBER');
  await field(own, 'budget', 'MONEY');
  await field(own, 'buddy', 'EMPLOYEE');
  await field(own, 'plate', 'TEXT', { required: true });
});
afterAll(() => server.stop());

const HEADERS = 'Name,Phone,Tags,Owner,Email,Further phones,industry,size,budget,buddy,plate';
const reasons = async (rows: readonly string[], mode = 'CREATE_ONLY') =>
  told(await imported(server, own.admin, csv(HEADERS, ...rows), { mode, dryRun: true })).map((row) => row.split(/ (?=customFields|[a-z])/));

describe('all that is wrong with a row (spec 3.12)', () => {
  it('is told at once: what one cell lacks hides nothing of another', async () => {
    const all = [
      'phone NOT_A_PHONE',
      'customFields.industry NOT_A_CHOICE',
      'email NOT_AN_EMAIL',
      'furtherPhones NO_FURTHER_PHONE',
      'tags UNKNOWN_TAG',
      'tags UNKNOWN_TAG',
      'owner UNKNOWN_EMPLOYEE',
      'customFields.size NOT_A_NUMBER',
      'customFields.budget NOT_A_NUMBER',
      'customFields.buddy UNKNOWN_EMPLOYEE',
      'customFields.plate REQUIRED',
    ];
    const [[first, ...found] = []] = await reasons(['A,137,No such;Neither this,Nobody,bad,12,Nope,abc,much,Zed,']);
    expect(first).toBe('2 REJECTED');
    expect(found.toSorted()).toEqual(all.toSorted());
  });

  it('stands beside that its phone is taken, an employee’s, or in the file before', async () => {
    const [known, twice] = [await added(own.owner, own, { customFields: [{ field: 'plate', text: 'A' }] }), newPhone()];
    const [employee] = await rowsOf<{ phone: string }>(server, own, `select phone from employees where name = 'The colleague'`);
    const rows = [known.phone, employee!.phone, twice, twice].map((phone) => `A,${phone},New,,,,,abc,,,A`);
    expect((await reasons(rows)).map(([, ...found]) => found)).toEqual([
      ['phone CONTACT_PHONE_TAKEN', 'customFields.size NOT_A_NUMBER'],
      ['phone PHONE_BELONGS_TO_EMPLOYEE', 'customFields.size NOT_A_NUMBER'],
      ['customFields.size NOT_A_NUMBER'],
      ['phone TWICE_IN_FILE', 'customFields.size NOT_A_NUMBER'],
    ]);
  });

  it('is nothing that a contact may have already, where nobody can tell which it is', async () => {
    const known = await added(own.owner, own, { customFields: [{ field: 'plate', text: 'A' }] });
    const rows = [`A,137,New,,,,,,,,`, `A,${known.phone},New,,,,,abc,,,`, `A,${newPhone()},New,,,,,,,,`];
    expect((await reasons(rows, 'UPDATE')).map(([, ...found]) => found)).toEqual([
      ['phone NOT_A_PHONE'],
      ['customFields.size NOT_A_NUMBER'],
      ['customFields.plate REQUIRED'],
    ]);
  });
});
