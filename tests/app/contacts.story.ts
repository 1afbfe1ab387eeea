import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactSheet } from '../../src/domains/contact-import/import.sheet.ts';
import { writeSheet } from '../../src/platform/sheets/index.ts';
import { TestSeat } from '../../src/testing/test-seat.ts';
import { cellsOf, sentTable } from '../domains/contact-import/contact-import.fixture.ts';
import { bytesOf } from '../domains/directory/employee-import.fixture.ts';
import { uploaded } from '../domains/files/file.fixture.ts';
import { inSteps } from '../support/in-steps.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

const ADMIN = { name: 'Jin Mei', phone: '+8613700000001' };
const PATIENCE = 600_000;
/** Lists are counted no further. */
const MOST_COUNTED = 10_000;

/** A mutation and what is asked of it, where it was done. */
const mutation = (name: string, done: string): string => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  return `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${done} } ... on UserError { code message path } ... on ValidationFailed { issues { path code } } } }`;
};

let folder: Awaited<ReturnType<typeof dataFolder>>;
let program: StartedProgram;
let jin: TestSeat;
const ids = {} as Record<'key' | 'fair' | 'anna', string>;
const does = (name: string, input: object, done: string) =>
  jin.does(mutation(name, done), { input: { ...input, idempotencyKey: crypto.randomUUID() } });
const total = async (search: string): Promise<number> =>
  (await jin.query('query ($search: String) { contacts(search: $search) { totalCount } }', { search })).contacts.totalCount;

/** Waits until a job has ended. */
async function ended(id: string, result = '__typename') {
  const document = `query ($id: ID!) { job(id: $id) { state errors { code message } result { ${result} } } }`;
  const job = async () => (await jin.query(document, { id })).job;
  const isOver = async (): Promise<boolean> => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes((await job()).state);
  await expect.poll(isOver, { timeout: PATIENCE, interval: 100 }).toBe(true);
  const over = await job();
  expect(over).toMatchObject({ state: 'SUCCEEDED' });
  return over.result;
}

/** @param rows of the workbook: as many new contacts but one, whom the phone's export had */
export function bringsItsContacts(rows: number): void {
  const added = rows - 1;
  beforeAll(async () => {
    folder = await dataFolder();
  });
  afterAll(async () => {
    await program?.stop();
    await folder?.remove();
  });

  inSteps('a company brings its contacts', () => {
    it('is founded, and its admin signs in', async () => {
      const named = ['--name', 'Hongda Valves', '--admin-name', ADMIN.name, '--admin-phone', ADMIN.phone];
      expect(await runProgram(['organization', 'create', ...named], { DATA_DIR: folder.path })).toMatchObject({ code: 0 });
      const quota = ['Hongda Valves', '--contacts', String(added + 100)];
      expect(await runProgram(['organization', 'quota', ...quota], { DATA_DIR: folder.path })).toMatchObject({ code: 0 });
      program = await startProgram({ DATA_DIR: folder.path });
      const nobody = new TestSeat({ id: '', name: 'nobody', token: undefined, url: program.url });
      await nobody.does(mutation('requestSignInCode', 'expiresAt'), { input: { phone: ADMIN.phone } });
      const printed = /SMS to \+8613700000001: (\d{6})/;
      await expect.poll(program.output, { timeout: PATIENCE }).toMatch(printed);
      const code = printed.exec(program.output())![1];
      const { token, seat } = await nobody.does(mutation('signIn', 'token seat { id }'), { input: { phone: ADMIN.phone, code } });
      jin = new TestSeat({ id: seat.id, name: 'jin', token, url: program.url });
    });

    it('has tags of its own', async () => {
      const { tagGroup } = await does('addTagGroup', { name: 'Level', color: 'RED' }, 'tagGroup { id }');
      for (const [key, name] of [
        ['key', 'Key account'],
        ['fair', 'From the fair'],
      ] as const)
        ids[key] = (await does('addTag', { groupId: tagGroup.id, name }, 'tag { id }')).tag.id;
    });

    it('takes the phone’s export, with further numbers; what is broken is left out, and told', async () => {
      const card = (...lines: string[]): string => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
      const book = [
        card('N:胡;燕;;;', 'FN:胡燕', 'ORG:清河工具', 'TEL;TYPE=CELL:13900000001', 'TEL;TYPE=WORK:0571-8888 0001'),
        card('FN:Nobody'),
        card('FN:Ma Li', 'TEL;TYPE=CELL:13900000002', 'EMAIL:ma@example.com'),
      ].join('');
      const uploadId = await uploaded(jin, Buffer.from(book), { name: 'phone.vcf', mimeType: 'text/vcard', purpose: 'CONTACT_BOOK' });
      const { book: read } = await does('previewContactBook', { uploadId }, 'book { id entries(first: 10) { nodes { index verdict } } }');
      expect(read.entries.nodes.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['NEW', 'INVALID', 'NEW']);
      const { results } = await does('addContactsFromBook', { bookId: read.id, tagIds: [ids.key] }, 'results { __typename }');
      expect(results).toHaveLength(2);
      expect([await total('huyan'), await total('88880001')]).toEqual([1, 1]);
    });

    it('takes a photographed card, corrected by hand; the picture and what was read stay with the contact', async () => {
      const photo = readFileSync('plugins/business-cards/tests/anna-bergmann.jpg');
      const uploadId = await uploaded(jin, photo, { name: 'card.jpg', mimeType: 'image/jpeg', purpose: 'BUSINESS_CARD' });
      const { job } = await does('readContactCard', { uploadId }, 'job { id }');
      const draft =
        '... on ContactCard { id state draft { name phone company position email furtherPhones { phone kind } confidence { name } } }';
      const card = await ended(job.id, draft);
      expect(card).toMatchObject({ state: 'READ', draft: { name: 'Anna Bergmann', company: 'Nordwind Logistics GmbH' } });
      expect(card.draft.confidence.name).toBeGreaterThan(0.5);
      const { name, phone, company, position, furtherPhones } = card.draft;
      const given = { name, phone, company, position, furtherPhones, email: 'anna@nordwind.example' };
      ids.anna = (await does('addContact', { ...given, cardId: card.id, tagIds: [ids.fair] }, 'contact { id }')).contact.id;
      const { contact } = await jin.query(
        'query ($id: ID!) { contact(id: $id) { source email furtherPhones { phone } card { reading image { url } } } }',
        { id: ids.anna },
      );
      expect(contact).toMatchObject({ source: 'CARD', email: 'anna@nordwind.example', furtherPhones: [{ phone: '+494032001500' }] });
      expect(contact.card.reading).toContain('Nordwind Logistics GmbH');
      const picture = await fetch(contact.card.image.url);
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    });

    it('takes a workbook, tried dry first; a row of somebody who is there already is left as it is', async () => {
      const row = (i: number) => ({
        name: `Customer ${i}`,
        phone: `+86138${String(i).padStart(8, '0')}`,
        tags: ['From the fair'],
        company: 'Riverside',
      });
      async function* table() {
        yield [
          ...Array.from({ length: added }, (_, i) => row(i)),
          { name: '胡燕', phone: '13900000001', tags: ['From the fair'], company: 'Other' },
        ];
      }
      const file = await bytesOf(writeSheet(contactSheet(), table(), { format: 'XLSX', language: 'en' }));
      for (const dryRun of [true, false]) {
        const input = { uploadId: await sentTable(jin, file), mode: 'SKIP_EXISTING', dryRun };
        const { job } = await does('startContactImport', input, 'job { id }');
        expect(await ended(job.id, '... on ContactImport { state counts { created skipped rejected } }')).toEqual({
          state: 'DONE',
          counts: { created: added, skipped: 1, rejected: 0 },
        });
        expect(await total('Riverside')).toBe(dryRun ? 0 : Math.min(added, MOST_COUNTED));
      }
      expect(await total('清河工具')).toBe(1);
      expect(await total('from the fair')).toBe(Math.min(added + 1, MOST_COUNTED));
    });

    it('takes what it looks for home as a workbook, and nothing else', async () => {
      const input = { list: 'MINE', where: { tags: { any: [ids.fair] } }, columns: ['name', 'phone', 'company'], format: 'XLSX' };
      const { job } = await does('exportContacts', input, 'job { id }');
      const { url } = await ended(job.id, '... on File { url }');
      const [header, ...written] = await cellsOf(url);
      expect(header).toHaveLength(3);
      expect(written).toHaveLength(added + 1);
      expect(written.map(([name]) => name)).toContain('Anna Bergmann');
      expect(JSON.stringify(written)).not.toContain('胡燕');
    });
  });
}
