import { type OperationDefinitionNode, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { cellsOf, csv, sentTable } from '../domains/contact-import/contact-import.fixture.ts';
import { blocksOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';
import { inSteps } from '../support/in-steps.ts';

// A company's contacts come in as a table and go out as another, over HTTP, by the documents of docs/front-end.md.

const PAGE = 'docs/front-end.md';
const OPERATIONS = new Map(
  blocksOf(PAGE, readText(PAGE))
    .filter(({ info }) => info === 'graphql')
    .flatMap(({ code }) => parse(code).definitions as OperationDefinitionNode[])
    .map((operation) => [operation.name?.value, print(operation)]),
);
const documentCalled = (name: string): string => OPERATIONS.get(name)!;

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server?.stop());
const ask = async (name: string, variables: Record<string, unknown> = {}) => {
  const data = await own.admin.query(documentCalled(name), variables);
  return data[Object.keys(data)[0]!];
};

describe('contacts in and out, as tables (spec 3.12, 3.13)', () => {
  const phones = [newPhone(), newPhone(), newPhone()];
  let importId: string;
  let namesakes: readonly string[];

  inSteps('of a company', () => {
    it('the table to fill in has the columns, and what can be chosen from', async () => {
      const { file } = await ask('ContactTable');
      expect(file.name).toBe('contacts.xlsx');
      const [headers] = await cellsOf(file.url);
      expect(headers!.slice(0, 5)).toEqual(['Name*', 'Phone*', 'Tags*', 'Further phones', 'Company']);
    });

    it('filled in and sent, it waits where a name is that of two', async () => {
      namesakes = await Promise.all(
        ['001', '002'].map(async (staffNumber) => {
          const { employee } = await own.admin.does(
            'mutation ($input: AddEmployeeInput!) { addEmployee(input: $input) { __typename ... on AddEmployeeSuccess { employee { id } } } }',
            { input: { name: '王伟', phone: newPhone(), staffNumber } },
          );
          return employee.id;
        }),
      );
      const file = csv(
        '姓名,手机号,标签,公司,负责人',
        `周明,${phones[0]!.slice(3)},Regular,河边贸易,王伟`,
        `Zoe,${phones[1]},New,Harbour,`,
        `Yan,${phones[2]},Regular,Riverside,The owner`,
        'Lost,1.38E+10,New,,',
      );
      const started = await ask('TakeContactsIn', { input: { uploadId: await sentTable(own.admin, file), mode: 'CREATE_ONLY' } });
      importId = started.import.id;
      await server.runtime.jobs.settled();
      expect((await ask('ContactImport', { id: importId })).state).toBe('PAUSED');
    });

    it('goes on when somebody has said who is meant', async () => {
      const { rows } = await ask('Namesakes', { id: importId });
      expect(rows.nodes).toMatchObject([{ row: 2, candidates: expect.arrayContaining([expect.objectContaining({ name: '王伟' })]) }]);
      await ask('Resume', { input: { importId, choices: [{ name: '王伟', employeeId: namesakes[1] }] } });
      await server.runtime.jobs.settled();
      const found = await ask('ContactImport', { id: importId });
      expect(found).toMatchObject({ state: 'DONE', counts: { created: 3, updated: 0, skipped: 0, rejected: 1 }, job: { errors: [] } });
      expect(found.rows.nodes).toMatchObject([{ row: 5, reasons: [{ column: 'phone', code: 'PHONE_ROUNDED' }] }]);
      expect((await cellsOf(found.rejectedFile.url)).map(([name]) => name)).toEqual(['Name*', 'Lost']);
    });

    it('what a filter finds goes out', async () => {
      const input = {
        list: 'ORGANIZATION',
        search: 'zhou',
        where: { source: { in: ['IMPORT'] } },
        columns: ['name', 'phone', 'owner'],
        format: 'XLSX',
      };
      const { job } = await ask('WriteContacts', { input });
      await server.runtime.jobs.settled();
      const exported = await ask('ExportedFile', { id: job.id });
      expect(exported).toMatchObject({ state: 'SUCCEEDED', total: 1, result: { name: 'contacts.xlsx' } });
      expect(await cellsOf(exported.result.url)).toEqual([
        ['Name', 'Phone', 'Owner'],
        ['周明', phones[0], '王伟'],
      ]);
    });

    it('and all of it can be taken back', async () => {
      expect((await ask('TakeBack', { id: importId })).__typename).toBe('UndoContactImportSuccess');
      await server.runtime.jobs.settled();
      expect((await ask('ContactImport', { id: importId })).state).toBe('UNDONE');
      const { contacts } = await own.admin.query('{ contacts(list: ORGANIZATION, search: "zhou") { totalCount } }');
      expect(contacts.totalCount).toBe(0);
    });
  });
});
