import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { DELETE_FIELD, field } from '../contact-fields/contact-fields.fixture.ts';
import { rowsOf, outcome as whatever } from '../contacts/contact.fixture.ts';
import { cellsOf, csv, imported, outcome, RESUME, started, told } from './contact-import.fixture.ts';

const UNREAD = 'query ($id: ID!) { contactImport(id: $id) { unreadSheets unknownColumns { letter header } } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

describe('what a table holds and is not taken in (spec 3.12)', () => {
  it('is told of worksheets beside the first', async () => {
    const HEADERS = ['Name', 'Phone', 'Tags'];
    const file = await writeXlsx({
      sheets: [
        { name: 'Contacts', rows: [HEADERS, ['First', newPhone(), 'New']] },
        { name: 'Old', rows: [HEADERS, ['Second', newPhone(), 'New']] },
      ],
    });
    const { id } = await imported(server, own.admin, Buffer.from(file));
    expect((await own.admin.query(UNREAD, { id })).contactImport.unreadSheets).toEqual(['Old']);
    const empty = await writeXlsx({
      sheets: [
        { name: 'Cover', rows: [] },
        { name: 'Contacts', rows: [HEADERS] },
      ],
    });
    const { job } = await imported(server, own.admin, Buffer.from(empty));
    expect(job.errors).toMatchObject([{ code: 'SHEET_EMPTY', message: expect.stringContaining('“Cover”') }]);
  });

  it('stays beside rejected rows, of columns that nobody knows and of those without a header', async () => {
    const phone = newPhone();
    const table = csv('Name,Phone,Tags,Shoe size', `A,12,New,43,stray`, `B,${newPhone()},New,44`);
    const { id, rejectedFile } = await imported(server, own.admin, table);
    const columns = [
      { letter: 'D', header: 'Shoe size' },
      { letter: 'E', header: '' },
    ];
    expect((await own.admin.query(UNREAD, { id })).contactImport.unknownColumns).toEqual(columns);
    const [headers, row] = await cellsOf(rejectedFile.url);
    const at = headers!.indexOf('Shoe size');
    expect([headers!.slice(at, at + 3), row!.slice(at, at + 2)]).toEqual([
      ['Shoe size', '', 'Row'],
      ['43', 'stray'],
    ]);
    const mended = await writeXlsx({ sheets: [{ name: 'S', rows: [headers!, row!.map((cell) => (cell === '12' ? phone : cell))] }] });
    expect(told(await imported(server, own.admin, Buffer.from(mended)))).toEqual(['2 CREATED']);
  });

  it('is told of each row that has something of a field that went since the import was started', async () => {
    const { id: fieldId } = await field(own, 'plate', 'TEXT');
    await rowsOf(server, own, `update employees set name = 'The colleague' where name = 'The sharee'`);
    const table = csv(
      'Name,Phone,Tags,Owner,plate',
      `A,${newPhone()},New,The colleague,`,
      `B,${newPhone()},New,,S-1`,
      `C,${newPhone()},New,,`,
    );
    const id = await started(own.admin, table);
    expect((await outcome(server, own.admin, id)).state).toBe('PAUSED');
    await whatever(own.admin, DELETE_FIELD, { fieldId, confirmUsage: 0 });
    await own.admin.does(RESUME, { input: { importId: id, choices: [], rejectOthers: true } });
    const done = await outcome(server, own.admin, id);
    expect(told(done)).toEqual(['2 REJECTED owner NAMESAKES', '3 REJECTED customFields.plate FIELD_GONE', '4 CREATED']);
    const [headers, , second] = await cellsOf(done.rejectedFile.url);
    expect(second![headers!.indexOf('plate')]).toBe('S-1');
  });
});
