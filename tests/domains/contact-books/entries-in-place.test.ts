import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { field, fieldNamed, UPDATE_FIELD } from '../contact-fields/contact-fields.fixture.ts';
import { added, outcome } from '../contacts/contact.fixture.ts';
import { uploaded } from '../files/file.fixture.ts';

const PREVIEW = `mutation ($input: PreviewContactBookInput!) { previewContactBook(input: $input) { ... on UserError { message }
  ... on PreviewContactBookSuccess { book { id entries(first: 100) { nodes { verdict reason } } } } } }`;
const ADD = `mutation ($input: AddContactsFromBookInput!) { addContactsFromBook(input: $input) { __typename
  ... on ValidationFailed { issues { path code } }
  ... on AddContactsFromBookSuccess { job { id } results { __typename ... on ValidationFailed { issues { path code message } }
    ... on AddContactsFromBookItemSuccess { index contact { name phone position email remark company { name } } } } } } }`;
const BUDGET = 20;

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const card = (name: string, phone: string, ...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;TYPE=CELL:${phone}`, ...lines, 'END:VCARD', ''].join('\r\n');
async function bookOf(...cards: string[]) {
  const uploadId = await uploaded(own.owner, Buffer.from(cards.join('')), {
    name: 'book.vcf',
    mimeType: 'text/vcard',
    purpose: 'CONTACT_BOOK',
  });
  const { book } = await outcome(own.owner, PREVIEW, { uploadId });
  const add = (more: object) => outcome(own.owner, ADD, { bookId: book.id, tagIds: [own.tagIds[0]], ...more });
  return { entries: book.entries.nodes as { verdict: string; reason: string | null }[], add };
}
async function requires(name: string): Promise<void> {
  const { id, version } = await fieldNamed(own, name);
  await outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, required: true });
}
const typesOf = ({ results }: { results: { __typename: string }[] }): string[] => results.map(({ __typename }) => __typename);

describe('what is put in the place of what was read of an entry (spec 3.1, 3.10)', () => {
  it('is asked for by the preview, and named with the entry where it is not there', async () => {
    await requires('company');
    const { entries, add } = await bookOf(card('One', newPhone()), card('Two', newPhone(), 'ORG:Riverside'), card('Three', '12'));
    expect(entries).toEqual([
      { verdict: 'INCOMPLETE', reason: 'Company must be filled in.' },
      { verdict: 'NEW', reason: null },
      { verdict: 'INVALID', reason: 'This phone number does not exist. Company must be filled in.' },
    ]);
    const { results } = await add({ entries: [{ index: 1 }, { index: 0 }] });
    expect(results[1].issues).toEqual([
      { path: ['input', 'entries', '1', 'company'], code: 'REQUIRED', message: 'Company must be filled in.' },
    ]);
    const again = await add({ entries: [{ index: 0, company: 'North Pier', position: 'Buyer', remark: 'Met at the fair' }] });
    expect(again.results).toMatchObject([
      { contact: { name: 'One', company: { name: 'North Pier' }, position: 'Buyer', remark: 'Met at the fair' } },
    ]);
  });

  it('is given for all of them where no entry is named: those that lack something are among them', async () => {
    await field(own, 'industry', 'TEXT', { required: true });
    const { entries, add } = await bookOf(card('One', newPhone()), card('Two', newPhone()));
    expect(entries.map(({ verdict }) => verdict)).toEqual(['INCOMPLETE', 'INCOMPLETE']);
    const refused = await add({});
    expect(refused.results[0].issues).toMatchObject([{ path: ['input', 'entries', '0', 'customFields', 'industry'], code: 'REQUIRED' }]);
    expect(refused.results[1].issues).toMatchObject([{ path: ['input', 'entries', '1', 'customFields', 'industry'], code: 'REQUIRED' }]);
    const wrong = await add({ customFields: [{ field: 'industry', yes: true }] });
    expect(wrong.results[1].issues).toMatchObject([{ path: ['input', 'customFields', 'industry', 'yes'] }]);
    const done = await add({ customFields: [{ field: 'industry', text: 'Retail' }] });
    expect(typesOf(done)).toEqual(['AddContactsFromBookItemSuccess', 'AddContactsFromBookItemSuccess']);
  });

  it('is told by the job where there are many, in the language of whoever reads it', async () => {
    await requires('company');
    const { add } = await bookOf(
      ...Array.from({ length: 101 }, (_, i) => card(`Many ${i}`, newPhone(), ...(i === 7 ? [] : ['ORG:Riverside']))),
    );
    const { job } = await add({});
    await server.runtime.jobs.settled();
    const ERRORS = 'query ($id: ID!) { job(id: $id) { state errors { row path code message } } }';
    const { data } = await own.owner.ask(ERRORS, { id: job.id }, { 'accept-language': 'zh-CN' });
    expect(data.job.errors).toEqual([{ row: 7, path: ['input', 'entries', '7', 'company'], code: 'REQUIRED', message: '请填写公司。' }]);
  });

  it('mends a phone, a name and what else was read; an empty text takes it away', async () => {
    const [phone, other] = [newPhone(), newPhone()];
    const { entries, add } = await bookOf(card('Zhou Min', '12', 'TITLE:Baker'), card('', other, 'EMAIL:a@example.com'));
    expect(entries.map(({ verdict }) => verdict)).toEqual(['INVALID', 'INVALID']);
    expect((await add({ entries: [{ index: 0, name: 'Zhou' }, { index: 1 }] })).results).toMatchObject([
      { issues: [{ path: ['input', 'entries', '0', 'phone'] }] },
      { issues: [{ path: ['input', 'entries', '1'], code: 'INVALID' }] },
    ]);
    const mended = await add({
      entries: [
        { index: 0, phone, position: '' },
        { index: 1, name: 'Qin Yue', email: 'q@example.com' },
      ],
    });
    expect(mended.results).toMatchObject([
      { contact: { name: 'Zhou Min', phone, position: null } },
      { contact: { name: 'Qin Yue', phone: other, email: 'q@example.com' } },
    ]);
  });

  it('is another phone where the one in the book is known; to be told of that one is an answer of the day (spec 3.4)', async () => {
    const known: string[] = [];
    for (let i = 0; i < BUDGET + 1; i++) known.push((await added(own.colleague, own)).phone);
    const cards = Array.from({ length: BUDGET + 3 }, (_, i) => card(`Card ${i}`, '12'));
    const { add } = await bookOf(...cards);
    const fresh = await add({ entries: [{ index: 0, phone: newPhone() }] });
    expect(typesOf(fresh)).toEqual(['AddContactsFromBookItemSuccess']);
    const asked = [...known.toSorted().slice(0, BUDGET), known.toSorted().at(-1)!, '+8619999999999'];
    const { results } = await add({ entries: asked.map((phone, i) => ({ index: i + 1, phone })) });
    expect(typesOf({ results }).slice(0, BUDGET)).toEqual(Array(BUDGET).fill('ContactPhoneTaken'));
    expect(results.slice(BUDGET)).toMatchObject([
      { issues: [{ path: ['input', 'entries', String(BUDGET), 'phone'], code: 'UNTOLD' }] },
      { issues: [{ path: ['input', 'entries', String(BUDGET + 1), 'phone'], code: 'UNTOLD' }] },
    ]);
  });

  it('is said once of an entry', async () => {
    const { add } = await bookOf(card('One', newPhone()), card('Two', newPhone()));
    const entries = [{ index: 0 }, { index: 1 }, { index: 0, company: 'Riverside' }];
    expect(await add({ entries })).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'entries', '2', 'index'], code: 'TWICE' }],
    });
    expect((await own.owner.query('{ contacts(list: MINE, search: "One") { totalCount } }')).contacts.totalCount).toBe(0);
  });
});
