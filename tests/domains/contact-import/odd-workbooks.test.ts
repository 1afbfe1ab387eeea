import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, outcome } from '../contacts/contact.fixture.ts';
import { announced, sent } from '../files/file.fixture.ts';
import { csv, found, imported, told } from './contact-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server?.stop());

it('of a workbook with a sheet too many the first is taken in, and the other is not (spec 3.12)', async () => {
  const [first, second] = [newPhone(), newPhone()];
  const HEADERS = ['Name', 'Phone', 'Tags'];
  const file = await writeXlsx({
    sheets: [
      { name: 'Contacts', rows: [HEADERS, ['First', first, 'New']] },
      { name: 'Old', rows: [HEADERS, ['Second', second, 'New']] },
    ],
  });
  expect(told(await imported(server, own.admin, Buffer.from(file)))).toEqual(['2 CREATED']);
  expect(await found(own.admin, first.slice(-11))).toHaveLength(1);
  expect(await found(own.admin, second.slice(-11))).toEqual([]);
});

it('a name over two lines is on one, by hand and by a table (spec 3.1, 3.12)', async () => {
  const phone = newPhone();
  expect(told(await imported(server, own.admin, csv('Name,Phone,Tags', `"Li\nLei",${phone},New`)))).toEqual(['2 CREATED']);
  const other = newPhone();
  await outcome(own.admin, ADD, { name: 'Li\nLei', phone: other, tagIds: [own.tagIds[0]] });
  const names = (await found(own.admin, 'Li Lei')).map(({ name }: { name: string }) => name);
  expect(names).toEqual(['Li Lei', 'Li Lei']);
});

it('a text file with a character of no encoding is refused with its line (spec 3.12)', async () => {
  const bytes = Buffer.concat([csv('Name,Phone,Tags', 'A'), Buffer.from([0xff]), csv(`,${newPhone()},New`)]);
  const upload = await announced(own.admin, bytes, { name: 'contacts.csv', mimeType: 'text/csv', purpose: 'CONTACT_IMPORT' });
  const response = await sent(upload, bytes);
  expect([response.status, JSON.stringify(await response.json())]).toEqual([415, expect.stringContaining('Line 2')]);
});
