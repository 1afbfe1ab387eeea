import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { codes, outcome, rowsOf, TAG, UNTAG } from '../contacts/contact.fixture.ts';
import { CREATE, uploaded } from '../files/file.fixture.ts';
import { ACTS, added, addressesIn, cup, published, seen } from './articles.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server?.stop());

const statusOf = async (address: string): Promise<number> => (await fetch(new URL(address, server.url))).status;
const withCup = async (given: object = {}) => {
  const id = await cup(own.admin);
  return { id, article: await published(own, { markdown: `![A cup](picture:${id})`, ...given }) };
};

describe('pictures of articles (spec 5.7)', () => {
  it('are read by whoever may read the article, under an address of their own', async () => {
    const { article } = await withCup();
    const [address] = addressesIn((await seen(own.customer, article.id)).html);
    const [other] = addressesIn((await seen(own.rival, article.id)).html);
    expect(address).not.toBe(other);
    const response = await fetch(new URL(address!, server.url));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
  });
  it.each([
    ['the tag is taken away', (tag: string) => own.admin.does(UNTAG, { input: { contactId: own.customer.id, tagId: tag } })],
    [
      'it is withdrawn',
      (_: string, a: { id: string; version: number }) => outcome(own.admin, ACTS.withdraw, { articleId: a.id, expectedVersion: a.version }),
    ],
    [
      'what is published shows them no more',
      async (_: string, a: { id: string; version: number }) => {
        const edit = { articleId: a.id, expectedVersion: a.version, markdown: 'Words alone.' };
        const { article } = await outcome(own.admin, ACTS.update, edit);
        await outcome(own.admin, ACTS.publish, { articleId: a.id, expectedVersion: article.version });
      },
    ],
    ['it is removed', (_: string, a: { id: string }) => outcome(own.admin, ACTS.remove, { articleId: a.id })],
    ['the window is suspended', () => certifyOrganization(server.runtime, own.id, { level: 'BASIC', reason: 'Reported' })],
    ['the contact is put off the window', () => rowsOf(server, own, 'delete from window_members')],
  ])('are no more to be had as soon as %s', async (_, act) => {
    const tag = own.tagIds.at(-1)!;
    await own.admin.does(TAG, { input: { contactId: own.customer.id, tagId: tag } });
    const { article } = await withCup({ tagIds: [tag] });
    const [address] = addressesIn((await seen(own.customer, article.id)).html);
    expect(await statusOf(address!)).toBe(200);
    await act(tag, article);
    await expect.poll(() => statusOf(address!)).toBe(404);
  });
  it('are those that the writer has sent for articles, and no others', async () => {
    const other = await server.organization();
    const foreign = await cup(other.admin);
    const elsewhere = await withCup();
    const plan = await uploaded(own.admin, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
    for (const id of [foreign, elsewhere.id, plan, own.customer.id, 'nothing']) {
      const refused = await outcome(own.admin, ACTS.add, { title: 'x', markdown: `Words\n\n![x](picture:${id})` });
      expect(refused.issues).toEqual([
        {
          path: ['input', 'markdown'],
          code: id === elsewhere.id ? 'PICTURE_OF_ANOTHER' : 'PICTURE_UNKNOWN',
          message: expect.stringMatching(/^Line 3: /),
        },
      ]);
    }
    const both = await outcome(own.admin, ACTS.add, { title: 'x', markdown: 'Words [x](x:y)\n![x](picture:nothing)' });
    expect(both.issues.map(({ code, message }: { code: string; message: string }) => `${code} ${message.split(':')[0]}`)).toEqual([
      'LINK_NOT_ALLOWED Line 1',
      'PICTURE_UNKNOWN Line 2',
    ]);
    for (const seat of [own.owner, own.formsAdmin, own.scopedAdmin])
      expect(await codes(seat, CREATE, { name: 'c.png', size: 1, mimeType: 'image/png', purpose: 'ARTICLE_PICTURE' })).toEqual([
        'FORBIDDEN',
      ]);
  });
  it('stay while the text is edited, and are not told to readers before they are published', async () => {
    const { id, article } = await withCup();
    const next = await cup(own.admin);
    const edit = {
      articleId: article.id,
      expectedVersion: article.version,
      markdown: `![A cup](picture:${id}) ![Another](picture:${next})`,
    };
    const edited = (await outcome(own.admin, ACTS.update, edit)).article;
    expect(addressesIn(edited.draft.html)).toHaveLength(2);
    expect(addressesIn((await seen(own.customer, article.id)).html)).toHaveLength(1);
    for (const address of addressesIn(edited.draft.html)) expect(await statusOf(address)).toBe(200);
  });
  it('go with the article', async () => {
    const { article } = await withCup();
    const hanging = () => rowsOf(server, own, `select 1 from files where attached_type = 'Article'`);
    expect(await hanging()).toHaveLength(1);
    await outcome(own.admin, ACTS.remove, { articleId: article.id });
    expect(await hanging()).toEqual([]);
  });
  it('of a draft are for its writers alone', async () => {
    const id = await cup(own.admin);
    const draft = await added(own, { markdown: `![A cup](picture:${id})` });
    const [address] = addressesIn(draft.draft.html);
    expect(await statusOf(address!)).toBe(200);
    expect(await seen(own.owner, draft.id)).toBeNull();
  });
});
