import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { inOneUseCase } from '../../../src/app/founding/furnish-organization.ts';
import { seeTiles } from '../../../src/domains/window-apps/window-tile.service.ts';
import { serverSeat } from '../../../src/platform/permissions/seat.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ACTS, added, published } from '../articles/articles.fixture.ts';
import { entriesFor } from '../audit/audit.fixture.ts';
import { outcome, rowsOf, TAG } from '../contacts/contact.fixture.ts';

const WINDOW = 'state notice welcome apps { id kind name icon opens }';
const READS = 'articles { totalCount nodes { id title excerpt category { name } } }';
const PREVIEW = `mutation ($input: PreviewServiceWindowInput!) { previewServiceWindow(input: $input) { __typename
  ... on PreviewServiceWindowSuccess { window { ${WINDOW} articles { id title excerpt heading } articleCount } } } }`;
const ADD_LINK = `mutation ($input: AddLinkAppInput!) { addLinkApp(input: $input) { __typename ... on AddLinkAppSuccess { app { id } } } }`;
const SPEAKING_CHINESE = { 'accept-language': 'zh-CN' };

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await furnished();
});
afterAll(() => server?.stop());

/** With tiles for all, for who carries a tag, and for one contact. */
async function furnished(): Promise<TestOrganization> {
  const organization = await server.organization();
  await inOneUseCase(server.runtime, serverSeat(organization.id), (use) => seeTiles(use));
  const { admin, tagIds, customer, rival } = organization;
  await outcome(admin, TAG, { contactId: customer.id, tagId: tagIds[0] });
  for (const whom of [{}, { tagIds: [tagIds[0]] }, { contactIds: [customer.id] }, { contactIds: [rival.id] }])
    await outcome(admin, ADD_LINK, { name: 'Points', icon: 'star', url: 'https://points.example/', ...whom });
  const { category } = await outcome(admin, ACTS.addCategory, { name: 'Orders' });
  await published(organization, { title: 'For all', categoryId: category.id });
  for (const [title, whom] of [
    ['Tag', { tagIds: [tagIds[0]] }],
    ['Customer', { contactIds: [customer.id] }],
  ] as const)
    await outcome(admin, ACTS.show, { articleId: (await published(organization, { title })).id, ...whom });
  await added(organization, { title: 'Draft' });
  return organization;
}
const preview = async (seat: TestSeat, contactId: string, headers: Record<string, string> = {}) => {
  const { data, errors } = await seat.ask(PREVIEW, { input: { contactId } }, headers);
  return errors[0]?.extensions.code ?? data.previewServiceWindow.window ?? data.previewServiceWindow.__typename;
};
type Read = { readonly category: { readonly name: string } | null };
/** What the contact itself is told, in the words of the preview. */
const seenBy = async (seat: TestSeat, headers: Record<string, string> = {}) => {
  const { articles, ...window } = (await seat.ask(`{ serviceWindow { ${WINDOW} ${READS} } }`, {}, headers)).data.serviceWindow;
  const read = articles.nodes.map(({ category, ...one }: Read) => ({ ...one, heading: category?.name ?? null }));
  return { ...window, articles: read, articleCount: articles.totalCount };
};

describe('previewing the window (spec 5.3)', () => {
  it.each(['customer', 'rival', 'unowned'] as const)('shows what that contact sees, and nobody else: %s', async (who) => {
    const shown = await preview(own.admin, own[who].id);
    expect(shown).toEqual(await seenBy(own[who]));
    expect(shown.apps.length).toBeGreaterThan(1);
    const titles = who === 'customer' ? ['For all', 'Tag', 'Customer'] : ['For all'];
    expect(shown.articles.map(({ title }: { title: string }) => title).toSorted()).toEqual(titles.toSorted());
    expect(shown.articles.find(({ title }: { title: string }) => title === 'For all')).toMatchObject({ heading: 'Orders' });
    for (const other of ['customer', 'rival'] as const) if (other !== who) expect(shown).not.toEqual(await seenBy(own[other]));
  });

  it('speaks the language of whoever looks', async () => {
    const shown = await preview(own.admin, own.customer.id, SPEAKING_CHINESE);
    expect(shown).toEqual(await seenBy(own.customer, SPEAKING_CHINESE));
    expect(shown).not.toEqual(await preview(own.admin, own.customer.id));
  });

  it('knows at once that a tag was taken away', async () => {
    const before = (await preview(own.admin, own.customer.id)).apps.length;
    await outcome(own.admin, TAG, { contactId: own.customer.id, tagId: own.tagIds[1] }); // of the same group: it takes the other's place
    expect((await preview(own.admin, own.customer.id)).apps).toHaveLength(before - 1);
  });

  it('is the admins’ alone who hold WINDOW and see the contact', async () => {
    for (const seat of [own.formsAdmin, own.scopedAdmin, own.supervisor, own.owner])
      expect(await preview(seat, own.customer.id)).toBe('FORBIDDEN');
    await rowsOf(
      server,
      own,
      `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
      select organization_id, gen_random_uuid(), id, 'WINDOW', null from employees where name = 'The colleague'`,
    );
    await expect.poll(() => preview(own.colleague, own.rival.id)).toEqual(await seenBy(own.rival)); // the owner's
    expect(await preview(own.colleague, own.customer.id)).toBe('FORBIDDEN');
    expect(await preview(own.customer, own.customer.id)).toBe('BAD_REQUEST');
    const other = await furnished();
    expect(await preview(own.admin, other.customer.id)).toBe('NotFound');
  });

  it('shows nothing of a contact that is not let in', async () => {
    const { admin, customer } = await furnished().then(async (one) => {
      await rowsOf(server, one, 'delete from window_members');
      return one;
    });
    expect(await preview(admin, customer.id)).toBe('PreviewServiceWindowSuccess');
  });

  it('shows the notice alone while the window is suspended (spec 5.2)', async () => {
    const one = await furnished();
    await certifyOrganization(server.runtime, one.id, { level: 'BASIC', reason: 'Looked at' });
    expect(await preview(one.admin, one.customer.id)).toEqual({
      state: 'SUSPENDED',
      notice: expect.stringContaining('suspended'),
      welcome: null,
      apps: [],
      articles: [],
      articleCount: 0,
    });
  });

  it('is recorded with the contact that was looked at', async () => {
    const one = await furnished();
    await preview(one.admin, one.customer.id);
    const entries = await entriesFor(one.admin, { act: { equals: 'previewServiceWindow' } });
    expect(entries.map(({ objectIds }) => objectIds)).toEqual([[one.customer.id]]);
  });
});
