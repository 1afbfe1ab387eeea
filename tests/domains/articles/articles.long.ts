import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { codes, outcome, rowsOf, TAG, UNTAG } from '../contacts/contact.fixture.ts';
import { ACTS, added, found, published, seen } from './articles.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server?.stop());

const nobodyElse = () => [own.owner, own.formsAdmin, own.scopedAdmin, own.supervisor];

describe('pages of articles (spec 5.7, 5.8)', () => {
  it('do not tell by their cursors how many others there are, and go on from where one stands', async () => {
    const [last, , first] = [
      await published(own, { title: 'C' }),
      await published(own, { title: 'B', contactIds: [own.rival.id] }),
      await published(own, { title: 'A' }),
    ];
    const PAGES =
      'query ($after: Cursor, $before: Cursor) { serviceWindow { articles(first: 1, after: $after, before: $before) { edges { cursor node { title } } pageInfo { hasNextPage } } } }';
    const page = async (args: Record<string, unknown> = {}) => (await own.customer.query(PAGES, args)).serviceWindow.articles;
    const {
      edges: [one],
      pageInfo,
    } = await page();
    expect([one.node.title, pageInfo.hasNextPage]).toEqual(['A', true]);
    const [, place, key] = JSON.parse(Buffer.from(one.cursor, 'base64url').toString());
    expect([place, key]).toEqual([null, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const {
      edges: [two],
    } = await page({ after: one.cursor });
    expect(two.node.title).toBe('C');
    expect((await page({ before: two.cursor })).edges[0].node.title).toBe('A');
    expect((await page({ after: two.cursor })).edges).toEqual([]);
    await outcome(own.admin, ACTS.move, { articleId: first.id, afterId: last.id }); // nothing is lost where it moves meanwhile
    expect((await page({ after: two.cursor })).edges[0].node.title).toBe('A');
    await outcome(own.admin, ACTS.remove, { articleId: last.id }); // nor where it is gone
    expect((await page({ after: two.cursor })).edges[0].node.title).toBe('A');
    const forged = Buffer.from(JSON.stringify([JSON.parse(Buffer.from(one.cursor, 'base64url').toString())[0], 0, key])).toString(
      'base64url',
    );
    expect((await own.customer.ask(PAGES, { after: forged })).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('writing articles (spec 5.7)', () => {
  it('begins with a draft that nobody finds, until it is published', async () => {
    const draft = await added(own);
    expect(draft).toMatchObject({ state: 'DRAFT', title: null, html: null, publishedAt: null });
    expect(draft.draft).toEqual({
      title: 'Returns',
      markdown: 'Within **seven** days.',
      html: '<p>Within <strong>seven</strong> days.</p>\n',
    });
    for (const seat of [own.customer, own.owner]) {
      expect(await found(seat)).toEqual([]);
      expect(await seen(seat, draft.id)).toBeNull();
    }
    const { article } = await outcome(own.admin, ACTS.publish, { articleId: draft.id, expectedVersion: draft.version });
    expect(article).toMatchObject({ state: 'PUBLISHED', title: 'Returns', excerpt: 'Within seven days.', draft: null });
    for (const seat of [own.customer, own.owner, own.admin]) expect(await found(seat)).toEqual(['Returns']);
  });
  it('leaves readers what is published, until what was changed is published too', async () => {
    const article = await published(own);
    const edit = { articleId: article.id, expectedVersion: article.version, markdown: 'Within eight days.' };
    const edited = (await outcome(own.admin, ACTS.update, edit)).article;
    expect(edited).toMatchObject({ state: 'PUBLISHED', html: '<p>Within <strong>seven</strong> days.</p>\n' });
    expect(edited.draft).toMatchObject({ title: 'Returns', markdown: 'Within eight days.' });
    expect(await outcome(own.admin, ACTS.update, edit)).toMatchObject({ __typename: 'VersionConflict', current: { id: article.id } });
    expect((await seen(own.customer, article.id)).html).toContain('seven');
    await outcome(own.admin, ACTS.publish, { articleId: article.id, expectedVersion: edited.version });
    expect((await seen(own.customer, article.id)).html).toContain('eight');
    const VERSIONS =
      'query ($id: ID!) { article(id: $id) { versions { nodes { number markdown html publishedBy { id } writtenBy { id } } } } }';
    const { versions } = (await own.admin.query(VERSIONS, { id: article.id })).article;
    expect(versions.nodes.map(({ number, markdown }: { number: number; markdown: string }) => [number, markdown])).toEqual([
      [2, 'Within eight days.'],
      [1, 'Within **seven** days.'],
    ]);
    expect(versions.nodes[0].publishedBy).toEqual({ id: own.admin.id });
  });
  it('is published once by two who publish at once', async () => {
    const { id: articleId, version: expectedVersion } = await added(own);
    const outcomes = await Promise.all([1, 2, 3].map(() => outcome(own.admin, ACTS.publish, { articleId, expectedVersion })));
    expect(outcomes.map(({ __typename }) => __typename).toSorted()).toEqual([
      'PublishArticleSuccess',
      'VersionConflict',
      'VersionConflict',
    ]);
  });
  it('takes an article back, shows it again, and takes up what it said before', async () => {
    const first = await published(own);
    const of = (version: number, more: object = {}) => ({ articleId: first.id, expectedVersion: version, ...more });
    const withdrawn = (await outcome(own.admin, ACTS.withdraw, of(first.version))).article;
    expect(withdrawn).toMatchObject({ state: 'DRAFT', title: null });
    expect([await found(own.customer), await seen(own.customer, first.id), await seen(own.owner, first.id)]).toEqual([[], null, null]);
    const again = (await outcome(own.admin, ACTS.publish, of(withdrawn.version))).article;
    expect(again).toMatchObject({ state: 'PUBLISHED', title: 'Returns' });
    expect((await outcome(own.admin, ACTS.publish, of(again.version))).article.version).toBe(again.version);
    const edited = (await outcome(own.admin, ACTS.update, of(again.version, { title: 'Exchange' }))).article;
    const second = (await outcome(own.admin, ACTS.publish, of(edited.version))).article;
    const restored = (await outcome(own.admin, ACTS.restore, of(second.version, { number: 1 }))).article;
    expect([restored.title, restored.draft.title]).toEqual(['Exchange', 'Returns']);
    expect(await outcome(own.admin, ACTS.restore, of(restored.version, { number: 3 }))).toMatchObject({
      issues: [{ code: 'NO_SUCH_VERSION' }],
    });
  });
  it('tells whoever goes on by what they have read that somebody has changed it meanwhile, whatever that was', async () => {
    const heading = (await outcome(own.admin, ACTS.addCategory, { name: 'Help' })).category.id;
    const article = await published(own, { categoryId: heading });
    const { id: articleId } = article;
    const of = (expectedVersion: number) => ({ articleId, expectedVersion });
    const changes: [string, (read: number) => Readonly<Record<string, unknown>>][] = [
      [ACTS.show, () => ({ articleId, tagIds: [own.tagIds[0]] })],
      [ACTS.update, (read) => ({ ...of(read), title: 'Exchange' })],
      [ACTS.restore, (read) => ({ ...of(read), number: 1 })],
      [ACTS.publish, of],
      [ACTS.withdraw, of],
      [ACTS.removeCategory, () => ({ categoryId: heading })],
    ];
    let read = article.version;
    for (const [act, input] of changes) {
      await outcome(own.admin, act, input(read));
      const { __typename, current } = await outcome(own.admin, ACTS.update, { ...of(read), title: 'Mine' });
      expect([act, __typename]).toEqual([act, 'VersionConflict']);
      read = current.version;
    }
  });
  it('is the admins’ with WINDOW alone', async () => {
    const { id: articleId, version: expectedVersion } = await published(own);
    const edit = { articleId, expectedVersion };
    for (const seat of nobodyElse()) {
      expect(await codes(seat, ACTS.add, { title: 'Mine', markdown: 'x' })).toEqual(['FORBIDDEN']);
      for (const act of [ACTS.update, ACTS.publish, ACTS.withdraw]) expect(await codes(seat, act, edit)).toEqual(['FORBIDDEN']);
      expect(await codes(seat, ACTS.restore, { ...edit, number: 1 })).toEqual(['FORBIDDEN']);
      for (const act of [ACTS.remove, ACTS.move, ACTS.show]) expect(await codes(seat, act, { articleId })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, ACTS.addCategory, { name: 'Mine' })).toEqual(['FORBIDDEN']);
      const { errors } = await seat.ask(
        'query ($id: ID!) { article(id: $id) { draft { title } versions { nodes { id } } tags { id } } articles { nodes { id } } }',
        {
          id: articleId,
        },
      );
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['FORBIDDEN']));
    }
    const other = await server.organization();
    expect(await outcome(other.admin, ACTS.update, edit)).toMatchObject({ __typename: 'NotFound' });
    expect(await seen(other.customer, articleId)).toBeNull();
  });
  it('tells what cannot be shown, and changes nothing', async () => {
    const bad = '# Links\n\n[x](javascript:alert(1))\n\n![y](https://elsewhere.example/y.png)';
    const refused = await outcome(own.admin, ACTS.add, { title: 'Bad', markdown: bad });
    expect(refused.issues).toEqual([
      { path: ['input', 'markdown'], code: 'LINK_NOT_ALLOWED', message: expect.stringMatching(/^Line 3: /) },
      { path: ['input', 'markdown'], code: 'PICTURE_ELSEWHERE', message: expect.stringMatching(/^Line 5: /) },
    ]);
    const article = await published(own);
    expect(await outcome(own.admin, ACTS.update, { articleId: article.id, expectedVersion: article.version, markdown: bad })).toMatchObject(
      {
        __typename: 'ValidationFailed',
      },
    );
    expect((await seen(own.customer, article.id)).html).toContain('seven');
    expect(await outcome(own.admin, ACTS.add, { title: 'Long', markdown: 'x'.repeat(30_001) })).toMatchObject({
      issues: [{ code: 'TOO_LONG' }],
    });
    const Chinese = { 'accept-language': 'zh-CN' };
    const { data } = await own.admin.ask(ACTS.add, { input: { title: 'Bad', markdown: bad } }, Chinese);
    expect(data.addArticle.issues[0].message).toMatch(/^第 3 行：/);
  });
  it('makes anew what was made by former rules', async () => {
    const article = await published(own);
    await rowsOf(server, own, `update article_versions set html = '<script>old</script>', rendered_by = 0`);
    expect((await seen(own.customer, article.id)).html).toBe('<p>Within <strong>seven</strong> days.</p>\n');
  });
  it('is done once by one key', async () => {
    const input = { title: 'Once', markdown: 'x', idempotencyKey: 'once' };
    const [one, two] = [await outcome(own.admin, ACTS.add, input), await outcome(own.admin, ACTS.add, input)];
    expect(one.article.id).toBe(two.article.id);
  });
});

describe('who is shown an article (spec 5.8)', () => {
  it('is all, those who carry a tag, or some one by one; for others it is not there', async () => {
    const [tag] = own.tagIds.slice(-1);
    const byTag = await published(own, { title: 'By tag', tagIds: [tag] });
    const one = await published(own, { title: 'One by one', contactIds: [own.rival.id] });
    await published(own, { title: 'All' });
    expect(byTag).toMatchObject({ isForAll: false, tags: [{ id: tag }], contacts: [] });
    await own.admin.does(TAG, { input: { contactId: own.customer.id, tagId: tag } });
    expect(await found(own.customer)).toEqual(['All', 'By tag']);
    expect(await found(own.rival)).toEqual(['All', 'One by one']);
    expect(await seen(own.customer, one.id)).toBeNull();
    expect(await outcome(own.customer, ACTS.rate, { articleId: one.id, helpful: true })).toMatchObject({ __typename: 'NotFound' });
    expect(await found(own.owner)).toEqual(['All', 'One by one', 'By tag']);
    await own.admin.does(UNTAG, { input: { contactId: own.customer.id, tagId: tag } });
    expect(await found(own.customer)).toEqual(['All']);
    await outcome(own.admin, ACTS.show, { articleId: byTag.id });
    expect(await found(own.rival)).toEqual(['All', 'One by one', 'By tag']);
  });
  it('is nobody who is not at the window', async () => {
    const article = await published(own);
    await rowsOf(server, own, `delete from window_members where contact_id = (select id from contacts where name = 'The rival')`);
    await expect.poll(() => seen(own.rival, article.id)).toBeNull();
    expect((await seen(own.customer, article.id)).title).toBe('Returns');
  });
});

describe('finding articles (spec 5.7)', () => {
  it('searches what is published, in Chinese too, and nothing that is not shown', async () => {
    await published(own, { title: '退货政策', markdown: '请在七天内**联系**客服。' });
    await published(own, { title: 'Warranty', markdown: 'Two years on every pump.' });
    const secret = await published(own, { title: 'Price list', markdown: 'Pumps at cost.', contactIds: [own.rival.id] });
    await added(own, { title: 'Pump draft' });
    expect(await found(own.customer, '(search: "pump")')).toEqual(['Warranty']);
    expect(await found(own.rival, '(search: "PUMP")')).toEqual(['Price list', 'Warranty']);
    expect(await found(own.customer, '(search: "联系客服")')).toEqual(['退货政策']);
    expect(await found(own.customer, '(search: "货政")')).toEqual(['退货政策']);
    const edit = { articleId: secret.id, expectedVersion: secret.version, markdown: 'Valves.', title: 'Prices' };
    const { version } = (await outcome(own.admin, ACTS.update, edit)).article;
    expect(await found(own.rival, '(search: "valve")')).toEqual([]);
    await outcome(own.admin, ACTS.publish, { articleId: secret.id, expectedVersion: version });
    expect(await found(own.rival, '(search: "valve")')).toEqual(['Prices']);
    expect(await found(own.rival, '(search: "pump")')).toEqual(['Warranty']);
  });
  it('goes by headings and by the order that the admins gave', async () => {
    const heading = async (name: string) => (await outcome(own.admin, ACTS.addCategory, { name })).category;
    const [help, about] = [await heading('Help'), await heading('About us')];
    expect(await outcome(own.admin, ACTS.addCategory, { name: 'Help' })).toMatchObject({
      issues: [{ path: ['input', 'name'], code: 'TAKEN' }],
    });
    const first = await published(own, { title: 'One', categoryId: help.id });
    const second = await published(own, { title: 'Two', categoryId: help.id });
    await published(own, { title: 'Three' });
    expect(await found(own.customer)).toEqual(['Three', 'Two', 'One']);
    expect(await found(own.customer, `(categoryId: "${help.id}")`)).toEqual(['Two', 'One']);
    expect(await found(own.customer, `(categoryId: "${help.id}", search: "one")`)).toEqual(['One']);
    await outcome(own.admin, ACTS.move, { articleId: second.id, afterId: first.id });
    expect(await found(own.customer)).toEqual(['Three', 'One', 'Two']);
    await outcome(own.admin, ACTS.move, { articleId: second.id, afterId: null });
    expect(await found(own.customer)).toEqual(['Two', 'Three', 'One']);
    expect(await found(own.customer, '(first: 1, orderBy: [{ field: POSITION, direction: DESC }])')).toEqual(['One']);
    const headings = async (seat = own.customer) =>
      (await seat.query('{ articleCategories { nodes { name } } }')).articleCategories.nodes.map(({ name }: { name: string }) => name);
    expect([await headings(), await headings(own.admin)]).toEqual([['Help'], ['Help', 'About us']]);
    await outcome(own.admin, ACTS.moveCategory, { categoryId: about.id, position: 1 });
    expect(await headings(own.admin)).toEqual(['About us', 'Help']);
    const rename = { categoryId: help.id, expectedVersion: help.version, name: 'Answers' };
    expect((await outcome(own.admin, ACTS.updateCategory, rename)).category.name).toBe('Answers');
    expect(await outcome(own.admin, ACTS.updateCategory, rename)).toMatchObject({ __typename: 'VersionConflict' });
    await outcome(own.admin, ACTS.removeCategory, { categoryId: help.id });
    expect([await headings(own.admin), await found(own.customer)]).toEqual([['About us'], ['Two', 'Three', 'One']]);
  });
  it('tells a contact no heading under which nothing is shown to it', async () => {
    const { category } = await outcome(own.admin, ACTS.addCategory, { name: 'Gold customers' });
    await published(own, { categoryId: category.id, contactIds: [own.rival.id] });
    const NODE = 'query ($id: ID!) { node(id: $id) { ... on ArticleCategory { name articles { totalCount } } } }';
    expect((await own.customer.query(NODE, { id: category.id })).node).toBeNull();
    expect((await own.rival.query(NODE, { id: category.id })).node).toEqual({ name: 'Gold customers', articles: { totalCount: 1 } });
    const inside = '{ serviceWindow { articles { nodes { category { name } } } } }';
    expect((await own.rival.query(inside)).serviceWindow.articles.nodes).toEqual([{ category: { name: 'Gold customers' } }]);
  });
  it('keeps a heading for whom it is given while it is being removed', async () => {
    const { category } = await outcome(own.admin, ACTS.addCategory, { name: 'Help' });
    const acts = await Promise.all([
      outcome(own.admin, ACTS.removeCategory, { categoryId: category.id }),
      ...Array.from({ length: 4 }, () => outcome(own.admin, ACTS.add, { title: 'x', markdown: 'x', categoryId: category.id })),
    ]);
    for (const { __typename } of acts) expect(['RemoveArticleCategorySuccess', 'AddArticleSuccess', 'NotFound']).toContain(__typename);
  });
});

describe('whether an article has helped (spec 5.7)', () => {
  it('is counted once a contact, who may think again, and told to staff alone', async () => {
    const { id: articleId } = await published(own);
    await Promise.all(Array.from({ length: 4 }, () => outcome(own.customer, ACTS.rate, { articleId, helpful: true })));
    expect((await outcome(own.rival, ACTS.rate, { articleId, helpful: true })).article.viewerRating).toBe(true);
    const counts = async () =>
      (await own.owner.query('query ($id: ID!) { article(id: $id) { helpfulCount unhelpfulCount } }', { id: articleId })).article;
    expect(await counts()).toEqual({ helpfulCount: 2, unhelpfulCount: 0 });
    expect((await outcome(own.customer, ACTS.rate, { articleId, helpful: false })).article.viewerRating).toBe(false);
    expect(await counts()).toEqual({ helpfulCount: 1, unhelpfulCount: 1 });
    expect(await codes(own.owner, ACTS.rate, { articleId, helpful: true })).toEqual(['FORBIDDEN']);
    expect((await own.customer.ask('{ serviceWindow { articles { nodes { helpfulCount } } } }')).errors).not.toEqual([]);
  });
  it('goes with the article', async () => {
    const { id: articleId } = await published(own);
    await outcome(own.customer, ACTS.rate, { articleId, helpful: true });
    expect(await outcome(own.admin, ACTS.remove, { articleId })).toMatchObject({ articleId });
    expect(await outcome(own.admin, ACTS.remove, { articleId })).toMatchObject({ __typename: 'NotFound' });
    expect(await outcome(own.customer, ACTS.rate, { articleId, helpful: true })).toMatchObject({ __typename: 'NotFound' });
    for (const table of ['article_versions', 'article_ratings', 'article_search_terms'])
      expect(await rowsOf(server, own, `select 1 from ${table}`)).toEqual([]);
  });
});
