import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type OperationDefinitionNode, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { ADD, added, TAG } from '../domains/contacts/contact.fixture.ts';
import { departmentIds } from '../domains/directory/directory.fixture.ts';
import { uploaded } from '../domains/files/file.fixture.ts';
import { blocksOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';

// The documents of docs/front-end-contacts.md, over HTTP, by whom they are written for.

const PAGE = 'docs/front-end-contacts.md';
const OPERATIONS = new Map(
  blocksOf(PAGE, readText(PAGE))
    .filter(({ info }) => info === 'graphql')
    .flatMap(({ code }) => parse(code).definitions as OperationDefinitionNode[])
    .map((operation) => [operation.name!.value, print(operation)]),
);
const asked = new Set<string>();

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server?.stop());
const ask = async (seat: TestSeat, name: string, variables: Record<string, unknown> = {}) => {
  asked.add(name);
  const document = OPERATIONS.get(name)!;
  const data = await seat.query(document, document.includes('$key') ? { key: randomUUID(), ...variables } : variables);
  return data[Object.keys(data)[0]!];
};
const card = (name: string): string => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL:${newPhone()}\r\nEND:VCARD\r\n`;

describe('contacts, as the page for front ends has them (spec 3.1, 3.2, 3.4, 3.6, 3.9, 3.10, 3.11, 3.14, 3.18, 4.6)', () => {
  it('are found, added, read from cards, shared, claimed, followed, tagged, and given fields', async () => {
    const [tag, , other] = own.tagIds;
    const departments = await departmentIds(own);
    const department = [...Object.values(departments)][0];
    expect((await ask(own.admin, 'Sales', { department })).nodes).toBeInstanceOf(Array);
    expect((await ask(own.admin, 'Numbers', { department })).isExact).toBe(true);

    const book = Buffer.from(['Hu Yan', 'Ma Li', 'Xu Wei', 'He Jun'].map(card).join(''));
    const upload = await uploaded(own.owner, book, { name: 'book.vcf', mimeType: 'text/vcard', purpose: 'CONTACT_BOOK' });
    const preview = await ask(own.owner, 'Preview', { upload });
    expect(preview.book.entries.totalCount).toBe(4);
    const taken = await ask(own.owner, 'Take', { book: preview.book.id, tag, other });
    expect(taken.results.map(({ __typename }: { __typename: string }) => __typename)).toEqual(
      Array(2).fill('AddContactsFromBookItemSuccess'),
    );

    const photo = await uploaded(own.owner, readFileSync('plugins/business-cards/tests/anna-bergmann.jpg'), {
      name: 'card.jpg',
      mimeType: 'image/jpeg',
      purpose: 'BUSINESS_CARD',
    });
    const { card: sent } = await ask(own.owner, 'ReadsCard', { upload: photo });
    await server.runtime.jobs.settled();
    const { state, draft } = await ask(own.owner, 'Card', { card: sent.id });
    expect({ state, name: draft.name }).toEqual({ state: 'READ', name: 'Anna Bergmann' });
    const fromCard = await ask(own.owner, 'AddsFromCard', { card: sent.id, tag, phone: draft.phone });
    expect(fromCard.contact).toMatchObject({ source: 'CARD', furtherPhones: [{ phone: '+494032001500', kind: 'WORK', label: 'Desk' }] });

    const { job } = await ask(own.admin, 'Tags', { tag, old: [other] });
    await server.runtime.jobs.settled();
    expect((await ask(own.admin, 'Progress', { job: job.id })).result.done).toBeGreaterThan(0);

    const mine = await added(own.owner, own);
    expect((await ask(own.owner, 'Shares', { contact: mine.id, colleague: own.colleague.id })).share.until).toBe(
      '2099-01-01T00:00:00.000Z',
    );
    const input = { name: 'Again', phone: (await added(own.owner, own)).phone, tagIds: [tag] };
    const { addContact } = await own.colleague.query(ADD, { input });
    expect((await ask(own.colleague, 'Asks', { token: addContact.requestToken })).request.state).toBe('PENDING');
    const { nodes: requests } = await ask(own.owner, 'Asked');
    expect(requests).toHaveLength(1);
    expect((await ask(own.owner, 'Decides', { request: requests[0].id })).request.state).toBe('GRANTED');

    await own.admin.does('mutation ($input: UpdateContactClaimingInput!) { updateContactClaiming(input: $input) { __typename } }', {
      input: { expectedVersion: 0, departmentIds: Object.values(departments), most: 5 },
    });
    await ask(own.owner, 'Claimable');
    expect((await ask(own.owner, 'Claims', { contact: own.unowned.id })).contact.viewerRoles).toContain('OWNER');
    expect((await ask(own.owner, 'NextTime', { contact: own.unowned.id })).contact.followUpOn).toBe('2099-01-15');

    const { timeline } = await ask(own.owner, 'Timeline', { contact: own.customer.id });
    const live = own.owner.follow(OPERATIONS.get('TimelineLive')!, { contact: own.customer.id, after: timeline.liveCursor });
    await own.owner.does(TAG, { input: { contactId: own.customer.id, tagId: other } });
    expect(await live.next()).toMatchObject({ kind: 'ADDED', entry: { __typename: 'TagInteraction', actor: { name: 'The owner' } } });
    await live.stop();
    asked.add('TimelineLive');

    const { addTag } = await own.admin.query(
      'mutation ($input: AddTagInput!) { addTag(input: $input) { ... on AddTagSuccess { tag { id } } } }',
      { input: { groupId: (await own.admin.query('{ tagGroups(first: 1) { nodes { id } } }')).tagGroups.nodes[0].id, name: 'To go' } },
    );
    expect(await ask(own.admin, 'Goes', { tag: addTag.tag.id })).toEqual({ changed: 0, untagged: 0 });

    const before = await ask(own.owner, 'Form');
    const { field } = await ask(own.admin, 'NewField');
    const [retail] = field.options;
    const contact = { contact: mine.id, version: 1, option: retail.id };
    const { customFields } = (await ask(own.owner, 'FillIn', contact)).contact;
    expect(customFields).toEqual([{ text: 'Retail', field: { name: 'industry', label: 'Industry' }, option: { id: retail.id } }]);
    expect((await ask(own.owner, 'Retailers', { option: retail.id })).nodes).toMatchObject([{ id: mine.id }]);
    expect(await ask(own.admin, 'Retype', { field: field.id, version: field.version })).toEqual({ field: { kind: 'TEXT' } });
    expect(await ask(own.admin, 'FieldGoes', { field: field.id })).toEqual({ usage: 1 });
    expect(await ask(own.admin, 'FieldGoes', { field: field.id, confirm: 1 })).toEqual({ changed: 1 });
    expect(await ask(own.owner, 'Form')).toEqual(before);
    expect([...OPERATIONS.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
});
