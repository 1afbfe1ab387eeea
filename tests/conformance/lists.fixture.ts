import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization, testPlan } from '../../src/testing/test-organization.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { uploaded } from '../domains/files/file.fixture.ts';
import { makeContracts } from '../rules/contracts.fixture.ts';
import { makeFranchise } from '../rules/franchise.fixture.ts';
import { asOwner, type Thing, thingsOf } from '../rules/rows.fixture.ts';
import {
  draft,
  listPrices,
  makeApplication,
  makeBook,
  makeCards,
  makeConflicts,
  makeContactImports,
  makeImport,
  makeJob,
  makeShipments,
  makeSync,
  mutate,
  publishArticle,
  sendFile,
  tellAll,
  withPluginRights,
} from '../rules/world.fixture.ts';
import { approve, placeOrder } from '../support/form-moves.ts';
import { publish } from '../support/form-template.ts';
import { makeRepair } from '../support/repairs.ts';
import { askPage, type ConnectionField, connectionsOf, type List } from './connections.fixture.ts';

/** Rows that some list of each connection has: enough for a page that has something on both sides. */
export const FEWEST = 3;

/** An organization in which every connection of the schemas has a list that is long enough to be walked. */
export async function makeLists(server: TestServer): Promise<{ own: TestOrganization; things: readonly Thing[] }> {
  const plan = withPluginRights(testPlan());
  const [level, ...groups] = plan.tagGroups;
  const own = await server.organization({
    ...plan,
    tagGroups: [{ ...level!, tags: [...level!.tags, 'Former'] }, ...groups],
    contacts: [
      ...plan.contacts,
      { key: 'further', name: 'A further counterparty', phone: newPhone(), company: 'Hillside', owner: 'owner' },
    ],
  });
  await shareThrice(own);
  for (const kind of ['FIRST', 'SECOND', 'GENERAL'])
    await publish(server, own, {
      kind,
      name: kind,
      withConfirmation: false,
      fields: [{ name: 'wish', label: 'Wish', type: 'TEXT', required: true }],
    });
  await asKinds(server, [await passedOn(own), await passedOn(own), await passedOn(own), await passedOn(own)]);
  for (let orders = 0; orders < FEWEST; orders++) await placeOrder(own.customer);
  for (let repairs = 0; repairs < FEWEST; repairs++)
    await makeRepair(server, { organizationId: own.id, customer: own.customer, technician: own.owner });
  await oneForThrice(server, own);
  await sendTechnicians(server, own);
  const sides = { drafter: own.owner.id, contact: own.customer.id, countersigner: own.unowned.id, viewer: own.rival.id };
  await makeContracts(server, { organizationId: own.id, ...sides, form: await passedOn(own), count: FEWEST });
  const people = { inspector: own.owner.id, scorer: own.owner.id, member: own.owner.id };
  await makeFranchise(server, { organizationId: own.id, contact: own.customer.id, ...people, form: await passedOn(own), count: FEWEST });
  await stuckAndSaid(server, own);
  for (let drafts = 0; drafts < FEWEST; drafts++) await draft(own.owner, own.customer);
  for (let drafts = 0; drafts < FEWEST; drafts++) await draft(own.customer);
  await otherEntries(server, own);
  await changeHandsThrice(own);
  for (let jobs = 0; jobs < FEWEST; jobs++) await makeJob(server, own);
  await makeImport(server, own);
  await makeSync(server, own);
  await makeContactImports(server, own);
  await makeConflicts(server, own);
  await makeArticles(server, own);
  await sendFile(own.admin);
  await uploaded(own.customer, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
  await askForShares(server, own);
  for (let links = 0; links < FEWEST; links++) await makeApplication(server, own.admin);
  await placeOrder(own.unowned); // nobody holds it: the admins are told
  await tellAll(server, own.owner);
  await leaveThree(own);
  for (let month = 1; month <= FEWEST; month++) await nameStandIn(own, month);
  await giveCompany(own);
  for (const sender of [own.owner, own.admin]) await makeBook(server, own, sender);
  await makeCards(server, own);
  await makePriceLists(own);
  await makeShipments(server, own);
  await giveCredit(server, own);
  const things = [...(await thingsOf(server)).values()].filter(({ organizationId }) => organizationId === own.id);
  return { own, things };
}

/** Headings with articles under each, and versions of each. */
async function makeArticles(server: TestServer, { id, admin }: TestOrganization): Promise<void> {
  for (let headings = 0; headings < FEWEST; headings++) {
    const { category } = await mutate(admin, 'addArticleCategory', { name: `Heading ${headings}` }, 'category { id }');
    await publishArticle(admin, { title: 'Returns', markdown: 'Within seven days.', categoryId: category!.id });
  }
  await asOwner(
    server,
    `insert into articles (organization_id, id, category_id, shown_number, last_number, position)
       select organization_id, gen_random_uuid(), category_id, 1, 1, position from articles, generate_series(2, ${FEWEST}) where organization_id = '${id}';
     insert into article_versions (organization_id, id, article_id, number, title, markdown, html, rendered_by, excerpt, written_by, written_at, published_by, published_at)
       select organization_id, gen_random_uuid(), article_id, n, title, markdown, html, rendered_by, excerpt, written_by, written_at, published_by, published_at
       from article_versions, generate_series(2, ${FEWEST}) n where organization_id = '${id}'`,
  );
}

async function makePriceLists({ admin, customer, tagIds }: TestOrganization): Promise<void> {
  const { products } = await admin.query('{ products(first: 1) { nodes { variants { id } } } }');
  for (let lists = 0; lists < FEWEST; lists++) await listPrices(admin, tagIds[lists]!, products.nodes[0].variants[0].id);
  await customer.does('mutation ($input: AddToCartInput!) { addToCart(input: $input) { __typename } }', {
    input: { variantId: products.nodes[0].variants[0].id, quantity: 1 },
  });
}

/** The rival has handed in more than a few. */
async function giveCompany({ admin, customer, rival }: TestOrganization): Promise<void> {
  const READ = 'query ($id: ID!) { contact(id: $id) { version company { name } } }';
  const [from, to] = await Promise.all([rival, customer].map(async ({ id }) => (await admin.query(READ, { id })).contact));
  await mutate(
    admin,
    'updateContact',
    { contactId: customer.id, expectedVersion: to.version, company: from.company.name },
    'contact { id }',
  );
  await mutate(admin, 'setCompanyAccess', { contactId: customer.id, access: 'COMPANY' }, 'contact { id }');
}

/** The company to which the customer came by now has a line of credit, and the customer is named to buy for it. */
const giveCredit = (server: TestServer, { id }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `insert into plg_ordering.credit_accounts (organization_id, id, company_id, currency)
       select organization_id, gen_random_uuid(), company_id, currency from (
         select organization_id, id as company_id from companies where organization_id = '${id}') companies, unnest(array['GBP', 'JPY', 'KRW']) currency;
     update plg_ordering.buyers named set company_id = of.company_id from contacts of
       where named.organization_id = '${id}' and of.id = named.contact_id and of.company_id is not null`,
  );

const nameStandIn = ({ admin, colleague: { id: standInId } }: TestOrganization, month: number): Promise<unknown> =>
  admin.does('mutation ($input: SetStandInInput!) { setStandIn(input: $input) { __typename } }', {
    input: { standInId, from: `2099-0${month}-01T00:00:00Z`, until: `2099-0${month}-20T00:00:00Z` },
  });

/** The same machine was repaired three times. */
const oneForThrice = (server: TestServer, { id }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `update plg_repair.orders set asset_id = (select asset_id from plg_repair.orders of where of.organization_id = '${id}' limit 1) where organization_id = '${id}'`,
  );

const sendTechnicians = (server: TestServer, { id }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `insert into plg_repair.technicians (organization_id, id, employee_id, first_name)
     select organization_id, gen_random_uuid(), id, 'Jun' from employees where organization_id = '${id}' on conflict do nothing`,
  );

/** Forms that rest, and of each kind some of which both sides speak. */
async function stuckAndSaid(server: TestServer, { id: organizationId, rival }: TestOrganization): Promise<void> {
  for (let forms = 0; forms < FEWEST; forms++) {
    const id = decodeGlobalId('BusinessForm', await placeOrder(rival));
    await asOwner(server, `update business_forms set paused_reason = 'CONTACT_DELETED' where id = '${id}'`);
  }
  await asOwner(
    server,
    `insert into form_comments (organization_id, id, form_id, author_id, text, at)
     select organization_id, gen_random_uuid(), id, null, 'Tomorrow.', now() from business_forms, generate_series(1, ${FEWEST})
     where organization_id = '${organizationId}'`,
  );
}

async function shareThrice({ owner, customer }: TestOrganization): Promise<void> {
  const { departments } = await owner.query('{ departments(first: 2) { nodes { id } } }');
  for (const { id: departmentId } of departments.nodes)
    await owner.does('mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename } }', {
      input: { contactId: customer.id, departmentId },
    });
}

/** The same contacts, from one to the next; in the end they are the owner's. */
async function changeHandsThrice({ admin, colleague, supervisor, owner, customer, unowned, rival }: TestOrganization): Promise<void> {
  const contactIds = [customer, unowned, rival].map(({ id }) => id);
  for (const { id: ownerId } of [colleague, supervisor, owner])
    await admin.does('mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }', {
      input: { contactIds, ownerId },
    });
}

/** Three contacts that nobody answers for, and that whoever sits in the office may claim. */
async function leaveThree({ admin, tagIds }: TestOrganization): Promise<void> {
  const { departments } = await admin.query('{ departments(first: 20) { nodes { id name } } }');
  const { id } = departments.nodes.find(({ name }: { name: string }) => name === 'Office'); // whoever reads all of them orders them by all
  await admin.does('mutation ($input: UpdateContactClaimingInput!) { updateContactClaiming(input: $input) { __typename } }', {
    input: { expectedVersion: 0, departmentIds: [id], most: 1 },
  });
  for (let left = 0; left < FEWEST; left++)
    await admin.does('mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }', {
      input: { name: 'Qin Lan', phone: newPhone(), tagIds: [tagIds[0]], ownerId: null },
    });
}

const askForShares = (server: TestServer, { id, colleague, customer, unowned, rival }: TestOrganization): Promise<unknown> => {
  const contacts = [customer, unowned, rival].map((one) => `'${decodeGlobalId('Contact', one.id)}'`);
  return asOwner(
    server,
    `insert into contact_share_requests (organization_id, id, contact_id, asker_id, asked_at)
     select organization_id, gen_random_uuid(), id, '${decodeGlobalId('Employee', colleague.id)}', now()
     from contacts where organization_id = '${id}' and id in (${contacts.join()})`,
  );
};

/** A form that went from hand to hand. */
async function passedOn({ customer, owner, supervisor, colleague }: TestOrganization): Promise<string> {
  const formId = await placeOrder(customer);
  await approve(owner, formId, supervisor);
  await approve(supervisor, formId, colleague);
  return formId;
}

/** An order, a form without a kind of its own, one whose plugin is gone, and a repair. */
async function asKinds(server: TestServer, [, general, gone, repaired]: readonly string[]): Promise<void> {
  const set = (id: string, kind: string): string =>
    `update business_forms set kind = '${kind}' where id = '${decodeGlobalId('BusinessForm', id)}'`;
  await asOwner(server, `${set(general!, 'GENERAL')}; ${set(gone!, 'FORGOTTEN')}; ${set(repaired!, 'REPAIR')}`);
}

/** Four entries of the timeline stand for what no move above has written. */
const otherEntries = (server: TestServer, { id }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `update interactions set kind = words.kind from (
       select id, (array['TAG', 'OWNER', 'WINDOW', 'FORGOTTEN_VISIT'])[row_number() over (order by id)] kind
       from interactions where organization_id = '${id}' and kind = 'FORM' limit 4
     ) words where interactions.id = words.id`,
  );

/** The longest list of a connection that one of its surface's seats can ask for; undefined where none may ask. */
export async function longestList(
  connection: ConnectionField,
  { own, things }: Awaited<ReturnType<typeof makeLists>>,
): Promise<{ list: List; total: number } | undefined> {
  const seats = connection.surface === 'staff' ? [own.admin, own.owner] : [own.customer];
  const parents =
    connection.type === 'Query' ? [undefined] : things.filter(({ type }) => type === connection.type).map(({ globalId }) => globalId);
  const lists: List[] = seats.flatMap((seat) => parents.map((parent) => ({ connection, seat, parent })));
  const found = await Promise.all(lists.map(async (list) => ({ list, total: (await askPage(list, { first: 1 })).page?.totalCount ?? -1 })));
  const longest = found.reduce((best, one) => (one.total > best.total ? one : best));
  return longest.total < 0 ? undefined : longest;
}

export const CONNECTIONS = (['staff', 'portal'] as const).flatMap((surface) =>
  connectionsOf(surface).map((connection) => [`${surface}: ${connection.type}.${connection.field.name}`, connection] as const),
);
