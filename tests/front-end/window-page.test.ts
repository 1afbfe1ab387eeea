import { randomUUID } from 'node:crypto';
import { type OperationDefinitionNode, parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { addressesIn, cup } from '../domains/articles/articles.fixture.ts';
import { added, rowsOf } from '../domains/contacts/contact.fixture.ts';
import { departmentIds } from '../domains/directory/directory.fixture.ts';
import { APPLY, Messages } from '../domains/joining/joining.fixture.ts';
import { blocksOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';

// The documents of docs/front-end-window.md, over HTTP, by whom they are written for.

const PAGE = 'docs/front-end-window.md';
const OPERATIONS = new Map(
  blocksOf(PAGE, readText(PAGE))
    .filter(({ info }) => info.startsWith('graphql'))
    .flatMap(({ code }) => parse(code).definitions as OperationDefinitionNode[])
    .map((operation) => [operation.name!.value, print(operation)]),
);
const asked = new Set<string>();

let server: TestServer;
let own: TestOrganization;
const messages = new Messages();
beforeAll(async () => {
  server = await startTestServer({ sms: messages });
  own = await server.organization();
});
afterAll(() => server?.stop());
const ask = async (seat: TestSeat, name: string, variables: Record<string, unknown> = {}) => {
  asked.add(name);
  const document = OPERATIONS.get(name)!;
  const data = await seat.query(document, document.includes('$key') ? { key: randomUUID(), ...variables } : variables);
  return data[Object.keys(data)[0]!];
};

describe('the window, as the page for front ends has it (spec 5.1, 5.3, 5.4, 5.6, 5.7, 5.8)', () => {
  it('is opened, greets, lets in by invitation and by a link', async () => {
    const { window } = await ask(own.admin, 'Opens');
    expect((await ask(own.admin, 'Greets', { version: window.version })).window.welcome).toBe('Good to see you.');
    const { id: contact } = await added(own.owner, own);
    expect((await ask(own.owner, 'Invites', { contact })).results[0].__typename).toBe('InviteContactsItemSuccess');
    expect(await ask(own.customer, 'Enters')).toEqual({ state: 'OPEN', notice: null });
    expect((await ask(own.admin, 'Previews', { contact: own.customer.id })).window.state).toBe('OPEN');

    const departments = await departmentIds(own);
    const { link } = await ask(own.colleague, 'Share', { tag: own.tagIds[0], sales: [...Object.values(departments)][0], key: 'fair' });
    const { code } = link;
    const prolonged = await ask(own.colleague, 'Prolongs', { link: link.id, version: link.version });
    expect(prolonged.link).toMatchObject({ label: 'The fair, second day', maxApplications: 400, waiting: 0 });
    const phone = newPhone();
    expect((await ask(server.nobody, 'Greeted', { code })).welcome).toBe('Good to see you.');
    await ask(server.nobody, 'Proves', { code, phone });
    const six = await expect
      .poll(() => messages.code(phone))
      .toBeDefined()
      .then(() => messages.code(phone));
    const { liveCursor: after } = await ask(own.admin, 'Waiting');
    asked.add('Comes');
    const coming = own.admin.follow(OPERATIONS.get('Comes')!, { after });
    expect((await ask(server.nobody, 'Applies', { code, phone, six })).phoneProven).toBe(true);
    const [applied] = (await ask(own.admin, 'Waiting')).nodes;
    expect(await coming.next()).toMatchObject({ applicationId: applied.id });
    await coming.stop();
    const { results } = await ask(own.admin, 'LetIn', { ids: [applied.id], tag: own.tagIds[0], key: 'let in' });
    expect(results[0].wasKnown).toBe(false);
    await server.nobody.does(APPLY, { input: { code, name: 'Hu', phone: newPhone() } });
    const [unproven] = (await ask(own.admin, 'Waiting')).nodes;
    expect((await ask(own.admin, 'NotIn', { ids: [unproven.id] })).results).toEqual([{ applicationId: unproven.id }]);
    expect((await ask(own.colleague, 'Links')).nodes).toMatchObject([{ id: link.id, accepted: 1, refused: 1, waiting: 0 }]);
    expect((await ask(own.colleague, 'EndsLink', { link: link.id })).link.revokedAt).not.toBeNull();
  });

  it('shows tiles', async () => {
    const { app } = await ask(own.admin, 'AddLink', { tag: own.tagIds[0] });
    await ask(own.admin, 'Arrange', { app: app.id });
    expect((await ask(own.customer, 'Tiles')).apps).toBeInstanceOf(Array);
    expect((await ask(own.customer, 'OpenTile', { app: app.id })).url).toContain('token=');
    const edited = await ask(own.admin, 'EditsLink', { app: app.id, version: app.version });
    expect(edited.app.name).toBe('Points and gifts');
    expect((await ask(own.admin, 'ShowsTile', { app: app.id, contacts: [own.rival.id] })).app).toEqual({ isForAll: false, tags: [] });
    expect(await ask(own.customer, 'OpenTile', { app: app.id })).toMatchObject({ message: expect.any(String) });
    expect(await ask(own.admin, 'RemovesLink', { app: app.id })).toEqual({ appId: app.id });
  });

  it('has articles, written and read', async () => {
    const { category } = await ask(own.admin, 'Headed');
    const markdown = `Within **seven** days.\n\n![A cup](picture:${await cup(own.admin)})`;
    const { article } = await ask(own.admin, 'Written', { category: category.id, markdown });
    expect(article).toMatchObject({ state: 'DRAFT', draft: { title: 'Returns' } });
    const { id } = article;
    const { version } = (await ask(own.admin, 'Published', { id, version: article.version })).article;
    const READS = await own.customer.query(OPERATIONS.get('Reads')!, { search: 'seven', category: category.id });
    asked.add('Reads');
    expect(READS.serviceWindow.articles.nodes).toEqual([
      { id, title: 'Returns', excerpt: 'Within seven days. A cup', category: { name: 'Help' } },
    ]);
    expect(addressesIn((await ask(own.customer, 'Opened', { id })).html)).toHaveLength(1);
    expect((await ask(own.customer, 'Helped', { id })).article.viewerRating).toBe(true);
    expect((await ask(own.admin, 'Desk')).nodes).toMatchObject([{ id, draft: null, helpfulCount: 1 }]);
    expect((await ask(own.admin, 'History', { id })).versions.nodes).toHaveLength(1);
    const taken = (await ask(own.admin, 'TakesUp', { id, version, number: 1 })).article;
    expect(taken.draft.markdown).toBe(markdown);
    expect((await ask(own.admin, 'TakesBack', { id, version: taken.version })).article.state).toBe('DRAFT');
    expect(await ask(own.customer, 'Opened', { id })).toBeNull();
    const now = (await ask(own.admin, 'TakesUp', { id, version: taken.version + 1, number: 1 })).article.version;
    expect((await ask(own.admin, 'Rewrites', { id, version: now, markdown: 'Within a week.' })).article.draft.html).toContain('a week');
    expect((await ask(own.admin, 'ShowsArticle', { id, tags: [own.tagIds[0]] })).article.isForAll).toBe(false);
    expect(await ask(own.admin, 'MovesArticle', { id, behind: null })).toEqual({ article: { id } });
    const renamed = await ask(own.admin, 'RenamesHeading', { category: category.id, version: category.version });
    expect(renamed.category.name).toBe('Help and returns');
    expect(await ask(own.admin, 'RemovesArticle', { id })).toEqual({ articleId: id });
  });

  it('is left', async () => {
    expect(await ask(own.rival, 'Leaves', { key: 'bye' })).toEqual({ left: true });
    await expect.poll(() => ask(own.rival, 'Enters')).toBeNull();
    expect(await rowsOf(server, own, 'select 1 from window_leavings')).toHaveLength(1);
  });

  it('asks every document of the page', () => {
    expect([...OPERATIONS.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
});
