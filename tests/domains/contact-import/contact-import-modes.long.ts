import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { PLACE, productId } from '../../support/form-moves.ts';
import { ADD_FIELD, DELETE_FIELD } from '../contact-fields/contact-fields.fixture.ts';
import { added, outcome as done, rowsOf, SHARE, UPDATE } from '../contacts/contact.fixture.ts';
import { ADD_DEPARTMENT, REMOVE_DEPARTMENT } from '../directory/directory.fixture.ts';
import { cellsOf, csv, found, IMPORT, imported, outcome, RESUME, START, sentTable, started, told, UNDO } from './contact-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  own = await server.organization();
});
const DELETE_TAG = 'mutation ($input: DeleteTagInput!) { deleteTag(input: $input) { __typename } }';
const HEADERS = 'Name,Phone,Tags,Owner,Company,Position,Shared with';
const one = async (search: string) => (await found(own.admin, search))[0]!;

describe('contacts that are known (spec 3.12)', () => {
  const known = (given: Readonly<Record<string, unknown>> = {}) =>
    added(own.owner, own, { name: 'Known One', company: 'Riverside', ...given });

  it('are rejected, passed over, filled or edited, as the mode says', async () => {
    const { phone } = await known({ tagIds: [own.tagIds[1]] });
    const file = (): Buffer => csv(HEADERS, `Another,${phone},Key account;New,The colleague,Harbour,Boss,The sharee`);
    expect(told(await imported(server, own.admin, file()))).toEqual(['2 REJECTED phone CONTACT_PHONE_TAKEN']);
    expect(told(await imported(server, own.admin, file(), { mode: 'SKIP_EXISTING' }))).toEqual(['2 SKIPPED']);
    expect(await one('Known One')).toMatchObject({ version: 1, company: { name: 'Riverside' }, position: null });

    expect(told(await imported(server, own.admin, file(), { mode: 'FILL_EMPTY' }))).toEqual(['2 UPDATED']);
    expect(await one('Known One')).toMatchObject({
      version: 2,
      company: { name: 'Riverside' },
      position: 'Boss',
      owner: { name: 'The owner' },
      tags: expect.arrayContaining([{ name: 'Regular' }, { name: 'New' }]),
      sharedWith: { nodes: [{ name: 'The sharee' }] },
    });
    expect(told(await imported(server, own.admin, file(), { mode: 'FILL_EMPTY' }))).toEqual(['2 SKIPPED']);

    expect(told(await imported(server, own.admin, file(), { mode: 'UPDATE' }))).toEqual(['2 UPDATED']);
    expect(await one('Another')).toMatchObject({
      version: 3,
      name: 'Another',
      company: { name: 'Harbour' },
      owner: { name: 'The colleague' },
      tags: expect.arrayContaining([{ name: 'Key account' }, { name: 'New' }]),
    });
    expect(await found(own.admin, 'Known One')).toEqual([]);
    expect(told(await imported(server, own.admin, csv('Name,Phone,Tags', `Another,${phone},New`), { mode: 'UPDATE' }))).toEqual([
      '2 SKIPPED',
    ]);
  });

  it('get an owner where they have none, who is not a sharee as well', async () => {
    const { phone } = await known({ ownerId: null });
    const file = csv(HEADERS, `Known One,${phone},Key account,The colleague,,,The colleague`);
    expect(told(await imported(server, own.admin, file, { mode: 'FILL_EMPTY' }))).toEqual(['2 UPDATED']);
    expect(await one('Known One')).toMatchObject({ owner: { name: 'The colleague' }, sharedWith: { nodes: [] } });
  });

  it('have the changes in their history and on their timeline', async () => {
    const { id, phone } = await known();
    await imported(server, own.admin, csv(HEADERS, `Known One,${phone},Regular,The colleague,,,`), { mode: 'UPDATE' });
    const { contact } = await own.admin.query(
      `query ($id: ID!) { contact(id: $id) { history(first: 20) { nodes { field from to } } timeline(first: 9) { nodes { kind } } } }`,
      { id },
    );
    expect(contact.history.nodes).toContainEqual({ field: 'owner', from: 'The owner', to: 'The colleague' });
    expect(contact.history.nodes).toContainEqual({ field: 'tags', from: '["Key account"]', to: '["Regular"]' });
    expect(contact.timeline.nodes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['OWNER', 'TAG', 'TAG']);
  });
});

describe('names that several employees bear (spec 3.12)', () => {
  async function namesake(staffNumber: string, department: string): Promise<string> {
    const { departments } = await own.admin.query('{ departments(first: 20) { nodes { id name } } }');
    const departmentIds = departments.nodes.filter(({ name }: { name: string }) => name === department).map(({ id }: { id: string }) => id);
    const { employee } = await own.admin.does(
      `mutation ($input: AddEmployeeInput!) { addEmployee(input: $input) { __typename ... on AddEmployeeSuccess { employee { id } } } }`,
      { input: { name: '王伟', phone: newPhone(), staffNumber, departmentIds } },
    );
    return employee.id;
  }

  it('are asked about before anything is done, and the import goes on with choices', async () => {
    const [sales, support] = [await namesake('001', 'Sales'), await namesake('002', 'Support')];
    const rows = [
      `A,${newPhone()},New,王伟,,,`,
      `B,${newPhone()},New,王伟,,,The sharee`,
      `C,${newPhone()},New,,,,王伟`,
      `D,${newPhone()},New,,,,`,
    ];
    const id = await started(own.admin, csv(HEADERS, ...rows, `E,12,New,王伟,,,`));
    const paused = await outcome(server, own.admin, id);
    expect(paused).toMatchObject({ state: 'PAUSED', counts: { created: 0 }, job: { state: 'SUCCEEDED' } });
    expect(told(paused)).toEqual(['2 UNDECIDED owner NAMESAKES', '3 UNDECIDED owner NAMESAKES', '4 UNDECIDED sharees NAMESAKES']);
    expect(paused.rows.nodes[0].candidates).toEqual(
      expect.arrayContaining([
        { name: '王伟', employee: { id: sales, name: '王伟' }, departments: [{ name: 'Sales' }], staffNumber: '001' },
        { name: '王伟', employee: { id: support, name: '王伟' }, departments: [{ name: 'Support' }], staffNumber: '002' },
      ]),
    );
    const resume = (choices: readonly object[], more = {}) => own.admin.query(RESUME, { input: { importId: id, choices, ...more } });
    expect((await resume([{ employeeId: sales }])).resumeContactImport).toMatchObject({ issues: [{ code: 'NAME_OR_ROW' }] });
    for (const stranger of [
      { row: 3, employeeId: own.colleague.id },
      { name: '王伟', employeeId: own.colleague.id },
      { row: 99, employeeId: support },
      { row: 5, employeeId: support },
      { name: 'The sharee', employeeId: support },
    ])
      expect((await resume([{ row: 2, employeeId: sales }, stranger])).resumeContactImport).toMatchObject({
        issues: [{ path: ['input', 'choices', '1'], code: 'NOT_A_CANDIDATE' }],
      });
    expect((await resume([{ row: 3, employeeId: support }])).resumeContactImport).toMatchObject({ import: { id, state: 'RUNNING' } });
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 UNDECIDED owner NAMESAKES', '4 UNDECIDED sharees NAMESAKES']);
    await resume([{ name: '王伟', employeeId: sales }]);
    const finished = await outcome(server, own.admin, id);
    expect(told(finished)).toEqual(['2 CREATED', '3 CREATED', '4 CREATED', '5 CREATED', '6 REJECTED phone NOT_A_PHONE']);
    expect((await one('A')).owner).toEqual({ id: sales, name: '王伟' });
    expect((await one('B')).owner).toEqual({ id: support, name: '王伟' });
    expect((await resume([{ row: 3, employeeId: support }])).resumeContactImport).toMatchObject({ __typename: 'ContactImportNotPaused' });
  });

  it('are asked about no longer once the import is given up, and nothing of it is done', async () => {
    const sales = await namesake('001', 'Sales');
    await namesake('002', 'Support');
    const phone = newPhone();
    const id = await started(own.admin, csv(HEADERS, `A,${phone},New,王伟,,,`));
    expect(await outcome(server, own.admin, id)).toMatchObject({ state: 'PAUSED' });
    expect((await own.admin.query(UNDO, { input: { importId: id } })).undoContactImport).toMatchObject({ import: { id } });
    expect(await outcome(server, own.admin, id)).toMatchObject({ state: 'UNDONE', counts: { created: 0, undone: 0, kept: 0 } });
    expect(
      (await own.admin.query(RESUME, { input: { importId: id, choices: [{ row: 2, employeeId: sales }] } })).resumeContactImport,
    ).toMatchObject({
      __typename: 'ContactImportNotPaused',
    });
    expect(await found(own.admin, phone)).toEqual([]);
  });

  it('are asked about again where whoever was chosen has left, who is no candidate any more', async () => {
    const [sales, support] = [await namesake('001', 'Sales'), await namesake('002', 'Support')];
    const id = await started(own.admin, csv(HEADERS, `A,${newPhone()},New,王伟,,,`, `B,${newPhone()},New,王伟,,,`));
    expect(await outcome(server, own.admin, id)).toMatchObject({ state: 'PAUSED' });
    const resume = async (choices: readonly object[]) =>
      (await own.admin.query(RESUME, { input: { importId: id, choices } })).resumeContactImport;
    await resume([{ row: 2, employeeId: sales }]);
    expect(told(await outcome(server, own.admin, id))).toEqual(['3 UNDECIDED owner NAMESAKES']);
    await rowsOf(server, own, `update employees set left_at = now() where staff_number = '001' returning id`);
    expect(await resume([{ row: 3, employeeId: sales }])).toMatchObject({
      issues: [{ path: ['input', 'choices', '0'], code: 'NOT_A_CANDIDATE' }],
    });
    await resume([{ row: 3, employeeId: support }]);
    const again = await outcome(server, own.admin, id);
    expect(again).toMatchObject({ state: 'PAUSED', counts: { created: 0 } });
    expect(told(again)).toEqual(['2 UNDECIDED owner NAMESAKES']);
    await resume([{ row: 2, employeeId: support }]);
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 CREATED', '3 CREATED']);
    expect((await one('A')).owner).toMatchObject({ id: support });
  });

  it('are rejected where nobody is to be asked again', async () => {
    await namesake('001', 'Sales');
    await namesake('002', 'Support');
    const id = await started(own.admin, csv(HEADERS, `A,${newPhone()},New,王伟,,,`, `B,${newPhone()},New,,,,`));
    await outcome(server, own.admin, id);
    await own.admin.query(RESUME, { input: { importId: id, choices: [], rejectOthers: true } });
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 REJECTED owner NAMESAKES', '3 CREATED']);
  });
});

describe('rows that were rejected (spec 3.12)', () => {
  it('come back with the reasons beside them, and are taken when they are mended', async () => {
    const phone = newPhone();
    const { rejectedFile } = await imported(
      server,
      own.admin,
      csv(HEADERS, `A,${newPhone()},New,,,,`, `@B,${phone},Nowhere,,,,`, 'C,1.38E+10,New,,,,'),
    );
    const rows = await cellsOf(rejectedFile.url);
    expect(rows[0]!.slice(0, 3)).toEqual(['Name*', 'Phone*', 'Tags*']);
    expect(rows[1]!.slice(0, 3)).toEqual(["'@B", phone, 'Nowhere']);
    expect(rows[1]!.slice(-2)).toEqual(['3', 'Tags: There is no tag “Nowhere”.']);
    expect(rows[2]!.at(-1)).toContain('Phone: A spreadsheet has rounded this phone number.');
    const mended = rows.map((cells) =>
      cells.map((cell) => `"${cell.replace('Nowhere', 'New').replace('1.38E+10', newPhone())}"`).join(','),
    );
    expect(told(await imported(server, own.admin, csv(...mended)))).toEqual(['2 CREATED', '3 CREATED']);
    expect((await one(phone.slice(-11))).name).toBe('@B');
  });
});

describe('taking an import back (spec 3.12)', () => {
  const undo = async (importId: string) => (await own.admin.query(UNDO, { input: { importId } })).undoContactImport;

  it('keeps none that only settings have changed: a field, a tag or a department that went', async () => {
    const { field } = await own.admin.does(ADD_FIELD, { input: { name: 'grade', kind: 'TEXT' } });
    const { department } = await own.admin.does(ADD_DEPARTMENT, { input: { name: 'Passing' } });
    const known = await added(own.owner, own, { name: 'Three' });
    await own.admin.does(SHARE, { input: { contactId: known.id, departmentId: department.id } });
    const table = csv('姓名,手机号,标签,grade', `One,${newPhone()},New,7`, `Two,${newPhone()},Regular,8`, `Three,${known.phone},New,9`);
    const { id } = await imported(server, own.admin, table, { mode: 'UPDATE' });
    await own.admin.does(DELETE_FIELD, { input: { fieldId: field.id, confirmUsage: 3 } });
    await own.admin.does(DELETE_TAG, { input: { tagId: own.tagIds[1], replacementId: own.tagIds[0] } });
    await own.admin.does(REMOVE_DEPARTMENT, { input: { departmentId: department.id, endShares: true } });
    await undo(id);
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 UNDONE', '3 UNDONE', '4 UNDONE']);
  });

  it('puts what was added into the bin and brings back what was edited, and says what it kept', async () => {
    const before = await added(own.owner, own, { name: 'Before', company: 'Riverside' });
    const { id } = await imported(
      server,
      own.admin,
      csv(
        HEADERS,
        `Untouched,${newPhone()},New,,,,`,
        `Edited,${newPhone()},New,,,,`,
        `After,${before.phone},Regular,The colleague,Harbour,Boss,The sharee`,
      ),
      { mode: 'UPDATE' },
    );
    const edited = await one('Edited');
    await done(own.admin, UPDATE, { contactId: edited.id, expectedVersion: 1, remark: 'mine' });
    expect(await undo(id)).toMatchObject({ __typename: 'UndoContactImportSuccess', import: { id } });
    const result = await outcome(server, own.admin, id);
    expect(result).toMatchObject({ state: 'UNDONE', counts: { created: 2, updated: 1, undone: 2, kept: 1 } });
    expect(told(result)).toEqual(['2 UNDONE', '3 KEPT - EDITED_SINCE', '4 UNDONE']);
    expect((await found(own.admin, 'Untouched')).length).toBe(0);
    const { contacts } = await own.admin.query('{ contacts(list: BIN) { nodes { name } } }');
    expect(contacts.nodes).toEqual([{ name: 'Untouched' }]);
    expect(await one('Before')).toMatchObject({
      name: 'Before',
      company: { name: 'Riverside' },
      position: null,
      owner: { name: 'The owner' },
      tags: [{ name: 'Key account' }],
      sharedWith: { nodes: [] },
    });
    expect(await undo(id)).toMatchObject({ __typename: 'ContactImportNotUndoable', reason: 'ALREADY_UNDONE' });
  });

  it('says why, where somebody has said so: of the import, and in the record of each contact', async () => {
    const REASON = 'query ($id: ID!) { contactImport(id: $id) { undoReason } }';
    const recorded = async (name: string) => {
      const { id } = await imported(server, own.admin, csv(HEADERS, `${name},${newPhone()},New,,,,`));
      return { id, ids: [(await one(name)).id] };
    };
    const ACTS = 'query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act fields { path } } } }';
    const undone = async ({ ids }: { ids: string[] }) =>
      (await own.admin.query(ACTS, { ids })).auditEntries.nodes.filter(({ act }: { act: string }) => act === 'undoContactImport');
    const [said, unsaid] = [await recorded('Said'), await recorded('Unsaid')];
    await own.admin.query(UNDO, { input: { importId: said.id, reason: 'The list of last year' } });
    await own.admin.query(UNDO, { input: { importId: unsaid.id } });
    await server.runtime.jobs.settled();
    expect(await own.admin.query(REASON, { id: said.id })).toEqual({ contactImport: { undoReason: 'The list of last year' } });
    expect(await undone(said)).toMatchObject([{ fields: [{ path: 'reason' }] }]);
    expect(await own.admin.query(REASON, { id: unsaid.id })).toEqual({ contactImport: { undoReason: null } });
    expect(await undone(unsaid)).toMatchObject([{ fields: [] }]);
  });

  it('keeps contacts with whom there has been business', async () => {
    const { id } = await imported(server, own.admin, csv(HEADERS, `Customer,${newPhone()},New,,,,`));
    const { id: contactId } = await one('Customer');
    await own.admin.query(`mutation ($id: ID!) { inviteContacts(input: { contactIds: [$id] }) { __typename } }`, { id: contactId });
    await own.admin.does(PLACE, { input: { contactId, lines: [{ productId: await productId(own.admin), quantity: 1 }] } });
    await undo(id);
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 KEPT - HAS_BUSINESS']);
    expect((await one('Customer')).id).toBe(contactId);
  });

  it('keeps contacts that have been let in at the window', async () => {
    const { id } = await imported(server, own.admin, csv(HEADERS, `Invited,${newPhone()},New,,,,`, `Left out,${newPhone()},New,,,,`));
    const { id: contactId } = await one('Invited');
    await own.admin.query(`mutation ($id: ID!) { inviteContacts(input: { contactIds: [$id] }) { __typename } }`, { id: contactId });
    await undo(id);
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 KEPT - HAS_BUSINESS', '3 UNDONE']);
    expect((await one('Invited')).id).toBe(contactId);
  });

  it('gives nothing back to somebody who has left, and unshares nobody whom it did not share', async () => {
    const { id: contactId, phone } = await added(own.owner, own, { name: 'Before' });
    await done(own.owner, SHARE, { contactId, employeeId: own.sharee.id });
    const { id } = await imported(server, own.admin, csv(HEADERS, `After,${phone},Regular,The supervisor,,,The colleague`), {
      mode: 'UPDATE',
    });
    expect(await one('After')).toMatchObject({ owner: { name: 'The supervisor' }, sharedWith: { nodes: [{}, {}] } });
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The owner' returning id`);
    await undo(id);
    expect(told(await outcome(server, own.admin, id))).toEqual(['2 UNDONE']);
    expect(await one('Before')).toMatchObject({ owner: { name: 'The supervisor' }, sharedWith: { nodes: [{ name: 'The sharee' }] } });
  });

  it('is refused for a dry run, for one that has changed nothing, and after 7 days', async () => {
    const dry = await imported(server, own.admin, csv(HEADERS, `A,${newPhone()},New,,,,`), { dryRun: true });
    expect(await undo(dry.id)).toMatchObject({ reason: 'NOTHING_DONE' });
    const { id } = await imported(server, own.admin, csv(HEADERS, `A,${newPhone()},New,,,,`));
    await rowsOf(
      server,
      own,
      `update contact_imports set created_at = created_at - interval '169 hours' where not is_dry_run returning id`,
    );
    expect(await undo(id)).toMatchObject({ reason: 'TOO_LATE' });
  });
});

describe('doing it once (api 1)', () => {
  it('answers a retry of the same key with the same import', async () => {
    const uploadId = await sentTable(own.admin, csv(HEADERS, `A,${newPhone()},New,,,,`));
    const input = { uploadId, idempotencyKey: 'once' };
    const [first, again] = [await own.admin.does(START, { input }), await own.admin.does(START, { input })];
    expect(again.import.id).toBe(first.import.id);
    expect((await outcome(server, own.admin, first.import.id)).counts.created).toBe(1);
    expect((await own.admin.query(IMPORT, { id: again.import.id })).contactImport.counts.created).toBe(1);
  });
  it('takes the table that its dry run was of, once', async () => {
    const uploadId = await sentTable(own.admin, csv(HEADERS, `A,${newPhone()},New,,,,`));
    const start = async (dryRun: boolean) => (await own.admin.query(START, { input: { uploadId, dryRun } })).startContactImport;
    expect((await outcome(server, own.admin, (await start(true)).import.id)).counts.created).toBe(1);
    expect((await outcome(server, own.admin, (await start(false)).import.id)).counts.created).toBe(1);
    for (const dryRun of [true, false]) expect(await start(dryRun)).toMatchObject({ __typename: 'NotFound', path: ['input', 'uploadId'] });
  });
});
