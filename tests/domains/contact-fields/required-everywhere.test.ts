import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { outcome, TAG } from '../contacts/contact.fixture.ts';
import { uploaded } from '../files/file.fixture.ts';
import { ACCEPT, APPLICATIONS, APPLY, makeLink, outcomeOf } from '../joining/joining.fixture.ts';
import { field, fieldNamed, textsOf, UPDATE_FIELD } from './contact-fields.fixture.ts';

const PREVIEW =
  'mutation ($input: PreviewContactBookInput!) { previewContactBook(input: $input) { ... on PreviewContactBookSuccess { book { id } } ... on UserError { message } } }';
const ADD_BOOK = `mutation ($input: AddContactsFromBookInput!) { addContactsFromBook(input: $input) { __typename ... on UserError { code }
  ... on AddContactsFromBookSuccess { results { __typename ... on ValidationFailed { issues { path code } } ... on AddContactsFromBookItemSuccess { contact { id } } } } } }`;

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
  await field(own, 'industry', 'TEXT', { required: true });
});
afterAll(() => server.stop());

const REQUIRED = [{ path: ['input', 'entries', '0', 'customFields', 'industry'], code: 'REQUIRED' }];
const card = (name: string): string => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL:${newPhone()}\r\nEND:VCARD\r\n`;

describe('a field that must be filled in, whichever way a contact comes (spec 3.10)', () => {
  it('is asked for of entries of a phone book, for all of them or for each', async () => {
    const uploadId = await uploaded(own.owner, Buffer.from(card('Hu Yan') + card('Ma Li')), {
      name: 'book.vcf',
      mimeType: 'text/vcard',
      purpose: 'CONTACT_BOOK',
    });
    const { book } = await outcome(own.owner, PREVIEW, { uploadId });
    const add = async (more: object) =>
      (await outcome(own.owner, ADD_BOOK, { bookId: book.id, entries: [{ index: 0 }], tagIds: [own.tagIds[0]], ...more })).results[0];
    expect(await add({})).toMatchObject({ __typename: 'ValidationFailed', issues: REQUIRED });
    const { contact } = await add({ customFields: [{ field: 'industry', text: 'Retail' }] });
    expect(await textsOf(own, contact.id)).toEqual({ industry: 'Retail' });
    const other = await add({
      entries: [{ index: 1, customFields: [{ field: 'industry', text: 'Farming' }] }],
      customFields: [{ field: 'industry', text: 'Retail' }],
    });
    expect(await textsOf(own, other.contact.id)).toEqual({ industry: 'Farming' });
  });

  it('is asked for of those who are let in at the window, built-in ones too', async () => {
    const { id, version } = await fieldNamed(own, 'company');
    await outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, required: true });
    const { code } = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    await server.nobody.does(APPLY, { input: { code, name: 'Hu Yan', phone: newPhone() } });
    const [application] = (await own.admin.query(APPLICATIONS, {})).joinApplications.nodes;
    const accept = async (more: object) => (await outcomeOf(own.admin, ACCEPT, { applicationIds: [application.id], ...more })).results[0];
    expect(await accept({})).toMatchObject({ __typename: 'ValidationFailed' });
    expect(await accept({ customFields: [{ field: 'industry', text: 'Retail' }] })).toMatchObject({ __typename: 'ValidationFailed' });
    const done = await accept({ customFields: [{ field: 'industry', text: 'Retail' }], company: 'North Pier' });
    expect(done).toMatchObject({ __typename: 'AcceptJoinApplicationsItemSuccess' });
    expect(await textsOf(own, done.contactId)).toEqual({ industry: 'Retail' });
  });

  it('keeps nobody from tagging a contact that lacks it', async () => {
    expect(await outcome(own.admin, TAG, { contactId: own.customer.id, tagId: own.tagIds[1] })).toMatchObject({
      __typename: 'TagContactSuccess',
    });
  });
});
