import type pg from 'pg';
import type { OrganizationPlan } from '../../src/app/founding/organization-plan.ts';
import { readGlobalId } from '../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization, testPlan } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { mutate, publishArticle } from '../rules/world.fixture.ts';
import type { NaiveSeat } from './naive/roles.ts';
import { loadRows, type Rows } from './naive/rows.ts';
import type { Random } from './random.ts';
import { fillCarts, fillCatalogue, fillForms } from './random-forms.ts';
import { fillContacts, fillDirectory } from './random-people.ts';

/** A seat as a test asks with it, and as the naive side knows it. */
export interface Asker {
  readonly seat: TestSeat;
  readonly naive: NaiveSeat;
}
export interface RandomOrganization {
  readonly organization: TestOrganization;
  readonly rows: Rows;
  readonly askers: readonly Asker[];
}
const SEATS = ['admin', 'formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee', 'colleague', 'customer', 'unowned', 'rival'] as const;

type Wishes = Partial<Pick<OrganizationPlan, 'certification'>> & {
  readonly now: Date;
  readonly contacts: number;
  /** What is done last, through the API. */
  finish?(organization: TestOrganization): Promise<unknown>;
};

/** An organization with a seat for every role, and one more contact that the window has not let in, filled with rows at random. */
export async function randomOrganization(
  server: TestServer,
  client: pg.ClientBase,
  random: Random,
  { now, contacts, finish, ...plan }: Wishes,
): Promise<RandomOrganization> {
  const phone = newPhone();
  const usual = testPlan();
  const organization = await server.organization({
    ...usual,
    ...plan,
    contacts: [...usual.contacts, { key: 'outsider', name: 'The outsider', phone, owner: 'owner' }],
  });
  const filling = { client, random, organizationId: organization.id, now };
  const load = (): Promise<Rows> => loadRows(client, organization.id);
  await fillDirectory(filling, await load());
  await fillContacts(filling, await load(), contacts);
  await fillCatalogue(filling);
  await fillForms(filling, await load(), contacts);
  await fillCarts(filling, await load());
  await fillWindow(organization);
  await fillArticles(organization);
  await finish?.(organization);
  const seats = [...SEATS.map((key) => organization[key]), await server.seat(phone, organization.id)];
  return { organization, rows: await load(), askers: seats.map(askerOf) };
}

/** A plugin's tile and links: for all, for who carries a tag, and for some. */
async function fillWindow({ admin, customer, tagIds }: TestOrganization): Promise<void> {
  for (const whom of [{}, { tagIds: tagIds.slice(0, 2) }, { contactIds: [customer.id], tagIds: tagIds.slice(-1) }])
    await admin.does('mutation ($input: AddLinkAppInput!) { addLinkApp(input: $input) { __typename } }', {
      input: { name: 'Points', url: 'https://points.example/', icon: 'star', ...whom },
    });
}

/** Under two headings: for all, for who carries a tag, and for one; rated; changed since, and withdrawn. */
async function fillArticles({ admin, customer, rival, tagIds }: TestOrganization): Promise<void> {
  const headings = [];
  for (const name of ['Help', 'About us'])
    headings.push((await mutate(admin, 'addArticleCategory', { name }, 'category { id }')).category!.id);
  const whom = [{}, { tagIds: tagIds.slice(0, 2) }, { contactIds: [customer.id], tagIds: tagIds.slice(-1) }, {}];
  for (const [i, audience] of whom.entries()) {
    const said = { title: `Wang Lei ${i}`, markdown: `王 answers **${i}** times.`, categoryId: headings[i], ...audience };
    const articleId = await publishArticle(admin, said);
    for (const seat of [customer, rival])
      await seat.ask('mutation ($input: RateArticleInput!) { rateArticle(input: $input) { __typename } }', {
        input: { articleId, helpful: i > 0 },
      });
    if (i > 1) await mutate(admin, 'updateArticle', { articleId, expectedVersion: 2, title: 'Zeng' });
    if (i > 2) await mutate(admin, 'withdrawArticle', { articleId, expectedVersion: 3 });
  }
}

function askerOf(seat: TestSeat, i: number): Asker {
  const kind = i < SEATS.indexOf('customer') ? 'EMPLOYEE' : 'CONTACT';
  return { seat, naive: { id: readGlobalId(seat.id)!.uuid, kind } };
}
