import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { again, giveRight } from '../directory/directory.fixture.ts';
import { announced, sent } from '../files/file.fixture.ts';
import { csv, found, imported, START, sentTable, told } from './contact-import.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  own = await server.organization();
});
const HEADERS = 'Name,Phone,Tags,Owner,Company';

describe('a table of contacts (spec 3.12)', () => {
  it('adds each row as addContact would', async () => {
    const [one, two] = [newPhone(), newPhone()];
    const result = await imported(
      server,
      own.admin,
      csv(
        '姓名,手机号,标签,公司,职位,地址,邮箱,备注,负责人,共享人',
        `王伟,${one.slice(3)},Regular；Construction,  Riverside ,经理,"一号\n二楼",wang@example.com,老客户,The owner,The sharee；The colleague`,
        `李娜,${two}转802,New,,,,,,,`,
      ),
    );
    expect(result).toMatchObject({
      state: 'DONE',
      counts: { created: 2, updated: 0, skipped: 0, rejected: 0 },
      job: { state: 'SUCCEEDED', progress: 2, total: 2, errors: [] },
      rejectedFile: null,
      unknownColumns: [],
    });
    expect(told(result)).toEqual(['2 CREATED', '3 CREATED']);
    const [wang] = await found(own.admin, '王伟');
    expect(wang).toMatchObject({
      phone: one,
      version: 1,
      company: { name: 'Riverside' },
      position: '经理',
      email: 'wang@example.com',
      remark: '老客户',
      source: 'IMPORT',
      owner: { name: 'The owner' },
      tags: expect.arrayContaining([{ name: 'Regular' }, { name: 'Construction' }]),
    });
    expect((wang!.sharedWith as { nodes: { name: string }[] }).nodes.map(({ name }) => name).sort()).toEqual([
      'The colleague',
      'The sharee',
    ]);
    expect(result.rows.nodes[0].contact).toEqual({ id: wang!.id, name: '王伟' });
    const [li] = await found(own.admin, 'lina');
    expect(li).toMatchObject({ name: '李娜', phone: two, phoneExtension: '802', owner: { id: own.admin.id } });
    expect((await found(own.admin, one.slice(-11))).map(({ id }) => id)).toContain(wang!.id);
    // the contact is a seat of whoever proves the number, and its sharee finds it
    expect((await (await server.seat(one)).query('{ viewer { id } }')).viewer.id).toBe(wang!.id);
    const shared = await own.sharee.query('{ contacts(list: SHARED_WITH_ME) { nodes { name } } }');
    expect(shared.contacts.nodes).toContainEqual({ name: '王伟' });
    const { contact } = await own.admin.query(
      `query ($id: ID!) { contact(id: $id) { history(first: 20) { nodes { field from to actor { id } } } timeline(first: 5) { nodes { kind } } } }`,
      { id: wang!.id },
    );
    expect(contact.history.nodes).toContainEqual({ field: 'name', from: null, to: '王伟', actor: { id: own.admin.id } });
    expect(contact.history.nodes).toContainEqual({ field: 'sharedWith', from: null, to: 'The sharee', actor: { id: own.admin.id } });
    expect(contact.timeline.nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['SHARE', 'SHARE']);
  });

  it('is in the audit record, each contact by itself and without its values (spec 11.1)', async () => {
    const result = await imported(server, own.admin, csv(HEADERS, `Audited,${newPhone()},New,,`));
    const { auditEntries } = await own.admin.query(
      `query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act actor { id } objectIds fields { path hash } } } }`,
      { ids: [result.rows.nodes[0].contact.id] },
    );
    expect(auditEntries.nodes).toMatchObject([
      { act: 'importContacts', actor: { id: own.admin.id }, objectIds: [result.rows.nodes[0].contact.id, result.id] },
    ]);
    expect(auditEntries.nodes[0].fields.map(({ path }: { path: string }) => path)).toEqual(['name', 'phone', 'tags']);
    expect(JSON.stringify(auditEntries)).not.toContain('Audited');
  });

  it('rejects what addContact refuses, with the row and the reason, and takes the others', async () => {
    const [good, twin] = [newPhone(), newPhone()];
    const result = await imported(
      server,
      own.admin,
      csv(
        `${HEADERS},Email`,
        `Good,${good},New,,,`,
        'Rounded,1.38E+10,New,,,',
        `Twin,${twin},New,,,`,
        `Twin again,${twin},New,,,`,
        `Staff,${own.plan.employees[0]!.phone},New,,,`,
        `Known,${own.plan.contacts[0]!.phone},New,,,`,
        `No tag,${newPhone()},,,,`,
        `Lost tag,${newPhone()},Nowhere,,,`,
        `Crowded,${newPhone()},Regular;Key account,,,`,
        `Stranger,${newPhone()},New,Nobody Known,,`,
        `Mail,${newPhone()},New,,,not@mail`,
      ),
    );
    expect(told(result)).toEqual([
      '2 CREATED',
      '3 REJECTED phone PHONE_ROUNDED',
      '4 CREATED',
      '5 REJECTED phone TWICE_IN_FILE',
      '6 REJECTED phone PHONE_BELONGS_TO_EMPLOYEE',
      '7 REJECTED phone CONTACT_PHONE_TAKEN',
      '8 REJECTED tags REQUIRED',
      '9 REJECTED tags UNKNOWN_TAG',
      '10 REJECTED tags ONE_OF_A_GROUP',
      '11 REJECTED owner UNKNOWN_EMPLOYEE',
      '12 REJECTED email NOT_AN_EMAIL',
    ]);
    expect(result).toMatchObject({ state: 'DONE', counts: { created: 2, rejected: 9 }, rejectedFile: { name: 'rejected rows.xlsx' } });
  });

  it('knows employees by their real names, never by their nicknames', async () => {
    const { data } = await own.admin.ask(`mutation ($input: UpdateEmployeeInput!) { updateEmployee(input: $input) { __typename } }`, {
      input: { employeeId: own.owner.id, expectedVersion: 1, nickname: 'Ace' },
    });
    expect(data!.updateEmployee.__typename).toBe('UpdateEmployeeSuccess');
    const result = await imported(server, own.admin, csv(HEADERS, `A,${newPhone()},New,Ace,`, `B,${newPhone()},New,the  OWNER,`));
    expect(told(result)).toEqual(['2 REJECTED owner UNKNOWN_EMPLOYEE', '3 CREATED']);
  });

  it('gives every row the tags that are asked for, but where the row names another of the group', async () => {
    const result = await imported(server, own.admin, csv('Name,Phone,Tags', `Anna,${newPhone()},`, `Bert,${newPhone()},Regular`), {
      tagIds: [own.tagIds[0]!],
    });
    expect(result).toMatchObject({ counts: { created: 2 }, tags: [{ name: 'Key account' }] });
    expect((await found(own.admin, 'Anna'))[0]!.tags).toEqual([{ name: 'Key account' }]);
    expect((await found(own.admin, 'Bert'))[0]!.tags).toEqual([{ name: 'Regular' }]);
  });

  it('tells in a dry run what would be done, and does nothing', async () => {
    const before = await found(own.admin);
    const result = await imported(
      server,
      own.admin,
      csv(`${HEADERS},Shoe size`, `A,${newPhone()},New,,,43`, `B,${own.plan.contacts[0]!.phone},New,,Other,`, 'C,12,New,,,'),
      { dryRun: true, mode: 'UPDATE' },
    );
    expect(told(result)).toEqual(['2 CREATED', '3 UPDATED', '4 REJECTED phone NOT_A_PHONE']);
    expect(result).toMatchObject({
      state: 'DONE',
      dryRun: true,
      counts: { created: 1, updated: 1, rejected: 1 },
      unknownColumns: [{ letter: 'F', header: 'Shoe size' }],
    });
    expect(await found(own.admin)).toEqual(before);
  });

  it('is all or nothing where that is asked for', async () => {
    const before = await found(own.admin);
    const rows = [`A,${newPhone()},New,,`, `B,${newPhone()},New,,`];
    const refused = await imported(server, own.admin, csv(HEADERS, ...rows, `C,${newPhone()},Nowhere,,`), { atomic: true });
    expect(refused).toMatchObject({ state: 'REFUSED', atomic: true, counts: { created: 0, rejected: 1 } });
    expect(told(refused)).toEqual(['4 REJECTED tags UNKNOWN_TAG']);
    expect(await found(own.admin)).toEqual(before);
    const taken = await imported(server, own.admin, csv(HEADERS, ...rows), { atomic: true });
    expect(taken).toMatchObject({ state: 'DONE', counts: { created: 2, rejected: 0 } });
    expect(told(taken)).toEqual(['2 CREATED', '3 CREATED']);
    expect(await found(own.admin)).toHaveLength(before.length + 2);
  });

  it('is told in the language of whoever looks', async () => {
    const result = await imported(server, own.admin, csv(HEADERS, `A,${newPhone()},Nowhere,,`));
    const { data } = await own.admin.ask(
      `query ($id: ID!) { contactImport(id: $id) { rows { nodes { reasons { message } } } } }`,
      { id: result.id },
      { 'accept-language': 'zh-CN' },
    );
    expect(data!.contactImport.rows.nodes[0].reasons).toEqual([{ message: '没有标签“Nowhere”。' }]);
  });

  it.each([
    ['without a column', csv('Name,Phone', 'A,1'), ['COLUMN_MISSING']],
    ['with a header twice', csv('Name,Phone,手机号,Tags', 'A,1,2,New'), ['COLUMN_TWICE']],
    ['with two rows of headers', csv(HEADERS, HEADERS), []],
    ['in UTF-16', Buffer.from(`\ufeff${HEADERS}\r\nA,1,New,,`, 'utf16le'), []],
  ])('%s is told of what is wrong, and nothing is lost', async (_, file, codes) => {
    const before = await found(own.admin);
    const { state, job, counts } = await imported(server, own.admin, file);
    expect([state, job.errors.map(({ code }: { code: string }) => code)]).toEqual([codes.length ? 'FAILED' : 'DONE', codes]);
    expect(counts.created).toBe(0);
    expect(await found(own.admin)).toEqual(before);
  });

  it('in GB18030 is read; with a broken byte it is refused as it comes, and nothing of it is taken', async () => {
    const phone = newPhone();
    const rest = Buffer.from(`,${phone.slice(3)},New\r\n`);
    const table = (name: string): Buffer =>
      Buffer.concat([Buffer.from('d0d5c3fb2ccad6bbfabac52cb1eac7a90d0a', 'hex'), Buffer.from(name, 'hex'), rest]); // 姓名,手机号,标签
    const broken = await announced(own.admin, table('cdf5ff'), { name: 'contacts.csv', mimeType: 'text/csv', purpose: 'CONTACT_IMPORT' });
    const answer = await sent(broken, table('cdf5ff'));
    expect([answer.status, await answer.json()]).toMatchObject([415, { errors: [{ extensions: { code: 'BAD_REQUEST' } }] }]);
    expect((await own.admin.query(START, { input: { uploadId: broken.id } })).startContactImport.__typename).toBe('NotFound');
    expect(told(await imported(server, own.admin, table('cdf5')))).toEqual(['2 CREATED']);
    expect((await found(own.admin, phone.slice(-11)))[0]).toMatchObject({ name: '王', phone });
  });

  it('is for admins with CONTACTS for the whole organization alone', async () => {
    for (const seat of [own.scopedAdmin, own.owner, own.formsAdmin]) {
      const { data, errors } = await seat.ask(START, { input: { uploadId: 'RmlsZTox' } });
      expect([data?.startContactImport, errors[0]!.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
    const theirs = await server.organization();
    const uploadId = await sentTable(theirs.admin, csv(HEADERS, `A,${newPhone()},New,,`));
    expect((await own.admin.query(START, { input: { uploadId } })).startContactImport).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'uploadId'],
    });
    const { id } = await imported(server, own.admin, csv(HEADERS, `A,${newPhone()},New,,`));
    expect((await theirs.admin.query(`query ($id: ID!) { contactImport(id: $id) { id } }`, { id })).contactImport).toBeNull();
    const asked = await own.owner.ask(`query ($id: ID!) { contactImport(id: $id) { id } }`, { id });
    expect(asked.data?.contactImport ?? null).toBeNull();
  });
});

describe('a table in which phones of employees stand (spec 3.4)', () => {
  const staffPhones = () => own.plan.employees.slice(0, 2).map(({ phone }) => phone);
  const dryRun = (seat: TestSeat, ...phones: string[]) =>
    imported(server, seat, csv(HEADERS, ...phones.map((phone, i) => `Person ${i},${phone},New,,`)), { dryRun: true });
  const used = (seat: TestSeat, count: number) =>
    rowsOf(
      server,
      own,
      `insert into phone_answers (organization_id, id, seat_id, at) select $1, gen_random_uuid(), $2, now() from generate_series(1, $3::int)`,
      [own.id, decodeGlobalId('Employee', seat.id), count],
    );

  it('tells of them twenty times a day whoever may not read them, and then fails as a whole', async () => {
    await giveRight(server, own, 'colleague', 'CONTACTS', null);
    const seat = await again(server, own, 'colleague');
    const [one, two] = staffPhones();
    await used(seat, 19);
    expect(told(await dryRun(seat, one!, newPhone()))).toEqual(['2 REJECTED phone PHONE_BELONGS_TO_EMPLOYEE', '3 CREATED']);
    for (const phones of [[one!, two!], [newPhone()]]) {
      const failed = await dryRun(seat, ...phones);
      expect([failed.job, told(failed)]).toMatchObject([{ state: 'FAILED', errors: [{ row: null, code: 'ASKED_TOO_OFTEN' }] }, []]);
    }
  });
  it('uses up what is left where more are asked for', async () => {
    await giveRight(server, own, 'colleague', 'CONTACTS', null);
    const seat = await again(server, own, 'colleague');
    await used(seat, 19);
    expect((await dryRun(seat, ...staffPhones())).job.errors).toMatchObject([{ code: 'ASKED_TOO_OFTEN' }]);
    expect((await dryRun(seat, staffPhones()[0]!)).job.errors).toMatchObject([{ code: 'ASKED_TOO_OFTEN' }]);
  });
  it('tells of all of them those who read every employee', async () => {
    await used(own.admin, 20);
    expect(told(await dryRun(own.admin, ...staffPhones()))).toHaveLength(2);
  });
});
