import { inOneUseCase } from '../../src/app/founding/furnish-organization.ts';
import { recordInteraction } from '../../src/domains/interactions/index.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import { formsService, type Seat } from '../../src/sdk/index.ts';
import { newPhone, type TestOrganization, testPlan } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { grantRepairRights, makeRepair } from '../support/repairs.ts';
import { makeContracts } from './contracts.fixture.ts';
import { makeFranchise } from './franchise.fixture.ts';
import { asOwner } from './rows.fixture.ts';

// An organization in which every role of spec 2.2 is held by somebody toward something, and another one beside it.

export const STAFF = [
  'admin',
  'contactsAdmin',
  'formsAdmin',
  'staffAdmin',
  'scopedAdmin',
  'supervisor',
  'sibling',
  'owner',
  'sharee',
  'teammate',
  'colleague',
  'approver',
] as const;
export const CUSTOMERS = ['customer', 'unowned', 'rival', 'guest'] as const;
export const FOREIGN = ['stranger', 'strangersCustomer'] as const;
export const surfaceOf = (seat: SeatName): 'staff' | 'portal' =>
  seat === 'strangersCustomer' || (CUSTOMERS as readonly string[]).includes(seat) ? 'portal' : 'staff';
export type SeatName = (typeof STAFF)[number] | (typeof CUSTOMERS)[number] | (typeof FOREIGN)[number];
export type ContactName = (typeof CUSTOMERS)[number] | 'led';
export type FormName = 'handled' | 'passed' | 'general' | 'gone' | 'claimed' | 'unclaimed' | 'rivals' | 'repaired' | 'review' | 'ballot';

export interface World {
  readonly server: TestServer;
  readonly ours: TestOrganization;
  readonly theirs: TestOrganization;
  readonly seats: Readonly<Record<SeatName, TestSeat>>;
  /** Global ids. */
  readonly contacts: Readonly<Record<ContactName, string>>;
  readonly forms: Readonly<Record<FormName, string>>;
}

/**
 * Beside the seats of `testPlan`: `contactsAdmin` holds CONTACTS alone, `staffAdmin` DIRECTORY and AUDIT over Sales, `sibling` supervises Sales West
 * beside the owner's Sales East, `teammate` sits below a department with which the customer is shared, `approver` is picked once, `guest` is
 * the sibling's contact and not let in at the window, and `led` is the supervisor's own.
 */
export function worldPlan(): ReturnType<typeof testPlan> {
  const plan = testPlan();
  const person = (key: string, department: string) => ({ key, name: `The ${key}`, phone: newPhone(), department, position: 'Clerk' });
  return {
    ...plan,
    departments: [...plan.departments, ['Sales West', 'Sales'], ['Service'], ['Service Desk', 'Service']],
    employees: [
      ...plan.employees.map((employee) => ({ ...employee, position: 'Clerk' })),
      { ...person('contactsAdmin', 'Office'), rights: ['CONTACTS'] },
      {
        ...person('staffAdmin', 'Office'),
        scopedRights: [
          { right: 'DIRECTORY', department: 'Sales' },
          { right: 'AUDIT', department: 'Sales' },
        ],
      },
      { ...person('sibling', 'Sales West'), supervises: true },
      person('teammate', 'Service Desk'),
      person('approver', 'Warehouse'),
    ],
    contacts: [...plan.contacts, { key: 'guest', name: 'The guest', phone: newPhone(), company: 'Hillside', owner: 'sibling' }],
  };
}

/** The rights of plugins are the admin's too: nobody can give them to themselves. */
export const withPluginRights = (plan: ReturnType<typeof testPlan>): ReturnType<typeof testPlan> => ({
  ...plan,
  employees: plan.employees.map((one) =>
    one.key === 'admin'
      ? {
          ...one,
          rights: [
            ...one.rights!,
            ...(['ORDERING_PRICE', 'ORDERING_FULFIL', 'ORDERING_PAYMENT', 'ORDERING_CREDIT'] as unknown as typeof one.rights)!,
          ],
        }
      : one,
  ),
});

export async function makeWorld(server: TestServer): Promise<World> {
  const ours = await server.organization(withPluginRights(worldPlan()));
  const theirs = await server.organization({ ...withPluginRights(testPlan()), name: 'Other Works' });
  const own = ours as unknown as Readonly<Record<SeatName, TestSeat>>;
  const seats = { ...own, stranger: theirs.admin, strangersCustomer: theirs.customer };
  const contacts = await makeContacts(server, ours, seats);
  await withdrawAProduct(seats.admin);
  const { contactsAdmin, approver, sibling, teammate } = seats;
  const rights = { REPAIR_TRIAGE: contactsAdmin, REPAIR_QUOTE: approver, REPAIR_DISPATCH: sibling, REPAIR_PARTS: teammate };
  await grantRepairRights(seats.admin, rights);
  await fillShop(seats, ours.tagIds);
  const forms = await makeForms(server, ours, seats);
  const people = { drafter: seats.owner.id, contact: seats.customer.id, countersigner: seats.unowned.id, viewer: seats.rival.id };
  const parties = { organizationId: ours.id, ...people, form: forms.review, count: 1 };
  await makeContracts(server, parties);
  await mutate(seats.admin, 'grantAdminRight', { employeeId: seats.approver.id, right: 'CONTRACT_LEGAL' });
  await makeApplicants(server, ours.id, seats, forms.ballot);
  await placed(theirs.customer);
  for (const one of [ours, theirs]) await makeShipments(server, one);
  for (const admin of [seats.admin, seats.stranger]) await sendFile(admin);
  await fillColumns(server, ours);
  await makeJob(server, ours);
  await makeImport(server, ours);
  await makeSync(server, ours);
  await makeContactImports(server, ours);
  await makeConflicts(server, ours);
  for (const seat of [seats.owner, seats.owner, seats.stranger]) await makeApplication(server, seat);
  await fillJoining(server, ours);
  await tellAll(server, seats.owner);
  await makeApps(ours);
  await makeArticles(ours);
  await makeFields(ours);
  await makeBook(server, ours);
  await makeCards(server, ours);
  const { departments } = await seats.admin.query('{ departments(first: 1) { nodes { id } } }');
  await mutate(seats.admin, 'updateContactClaiming', { expectedVersion: 0, departmentIds: [departments.nodes[0].id], most: 0 });
  const { formTemplates } = await seats.admin.query('{ formTemplates(first: 1) { nodes { id } } }');
  const period = { from: '2099-01-01T00:00:00Z', until: '2099-02-01T00:00:00Z' }; // nobody's turns of today
  await mutate(seats.colleague, 'setStandIn', { standInId: seats.sharee.id, ...period, templateIds: [formTemplates.nodes[0].id] });
  for (const access of ['COMPANY', 'SELF']) await mutate(seats.admin, 'setCompanyAccess', { contactId: seats.customer.id, access });
  await mutate(seats.owner, 'setFollowUp', { contactId: seats.customer.id, on: '2026-06-01', note: 'Call again.' });
  return { server, ours, theirs, seats, contacts, forms };
}

/** Somebody applies by a link of a seat's. */
export async function makeApplication(server: TestServer, seat: TestSeat): Promise<void> {
  const { link } = await mutate(seat, 'createWindowLink', {}, 'link { id code }');
  const { code } = link as unknown as { code: string };
  await mutate(server.nobody, 'applyToWindow', { code, name: 'Fang Li', phone: newPhone(), message: 'From the fair.' });
}

/** A link of which every column has a value, an application by it that was decided, and a greeting. */
const fillJoining = (server: TestServer, { id }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `with link as (
       update window_links set expires_at = '2099-01-01', max_applications = 9, owner_id = sharer_id, revoked_at = now(), revoked_by = sharer_id,
         department_id = (select id from departments of where of.organization_id = window_links.organization_id limit 1)
       where id = (select id from window_links where organization_id = '${id}' order by id limit 1) returning *),
     tagged as (
       insert into window_link_tags (organization_id, link_id, tag_id)
       select link.organization_id, link.id, tags.id from link join tags on tags.organization_id = link.organization_id limit 1),
     greeted as (update service_windows set welcome = 'Good day.' where organization_id = '${id}')
     update join_applications application set state = 'REFUSED', reason = 'No', decided_at = now(), decided_by = link.sharer_id,
       contact_id = (select id from contacts of where of.organization_id = link.organization_id order by id limit 1)
     from link where application.link_id = link.id`,
  );

/** Whatever has come to anybody by now is in their inbox; the first that came to one is read. */
export async function tellAll({ runtime }: TestServer, reader: TestSeat): Promise<void> {
  await runtime.jobs.settled();
  await runtime.notifications.settled();
  const { notifications } = await reader.query('{ notifications(last: 1) { nodes { id } } }');
  await mutate(reader, 'markNotificationsRead', { ids: [notifications.nodes[0].id] });
}

type Seats = World['seats'];
export type Made = Readonly<Record<string, { readonly id: string }>>;
/** Does one mutation. @param success what to read of its success. */
export const mutate = (seat: TestSeat, name: string, input: object, success = ''): Promise<Made> => {
  const type = name[0]!.toUpperCase() + name.slice(1);
  return seat.does<Made>(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ${success && `... on ${type}Success { ${success} }`} } }`,
    { input },
  );
};

async function makeContacts(server: TestServer, ours: TestOrganization, seats: Seats): Promise<World['contacts']> {
  const { owner, supervisor, colleague, admin, customer, unowned, rival, guest } = seats;
  const { departments } = await owner.query('{ departments(first: 100) { nodes { id name } } }');
  const service = departments.nodes.find(({ name }: { name: string }) => name === 'Service');
  await mutate(owner, 'shareContact', {
    contactId: customer.id,
    departmentId: service.id,
    until: '2099-01-01T00:00:00Z',
    reason: 'Service',
  });
  const { contact } = await owner.query('query ($id: ID!) { contact(id: $id) { version } }', { id: customer.id });
  const furtherPhones = [{ phone: '0571-88880003 ext 12', kind: 'WORK', label: 'Desk' }];
  const details = { address: '1 Quay', position: 'Buyer', email: 'a@example.com', remark: 'Calls early.', furtherPhones };
  await mutate(owner, 'updateContact', { contactId: customer.id, expectedVersion: contact.version, ...details });
  await mutate(owner, 'tagContact', { contactId: customer.id, tagId: ours.tagIds[2] });
  for (const ownerId of [owner.id, colleague.id]) await mutate(admin, 'transferContacts', { contactIds: [rival.id], ownerId });
  const phone = '0571-88880000 ext 802';
  const led = await mutate(
    supervisor,
    'addContact',
    { name: 'The led', phone, tagIds: [ours.tagIds[0]], company: 'Lakeside' },
    'contact { id }',
  );
  await askForAShare(seats, ours);
  await record(server, ours, customer.id);
  return { customer: customer.id, unowned: unowned.id, rival: rival.id, guest: guest.id, led: led.contact!.id };
}

/** Somebody outside is told that the customer's phone is known, asks for a share, and is refused. */
async function askForAShare({ approver, owner, customer }: Seats, { tagIds }: TestOrganization): Promise<void> {
  const { contact } = await owner.query('query ($id: ID!) { contact(id: $id) { phone } }', { id: customer.id });
  const { addContact } = await approver.query(
    'mutation ($input: AddContactInput!) { addContact(input: $input) { ... on ContactPhoneTaken { requestToken } } }',
    { input: { name: 'The customer', phone: contact.phone, tagIds: [tagIds[0]] } },
  );
  const { requestToken } = addContact;
  const { request } = await mutate(approver, 'requestContactShare', { requestToken, reason: 'A fair' }, 'request { id }');
  await mutate(owner, 'decideContactShareRequest', { requestId: request!.id, grant: false, reason: 'Not now' });
}

/** An entry of a plugin that is not installed any more, and one of the window. */
const record = (server: TestServer, ours: TestOrganization, contactId: string): Promise<void> =>
  inOneUseCase(server.runtime, seatOf(ours, ours.owner), async (use) => {
    await recordInteraction(use, { contactId: decodeGlobalId('Contact', contactId), kind: 'FORGOTTEN_VISIT' });
    await recordInteraction(use, { contactId: decodeGlobalId('Contact', contactId), kind: 'WINDOW', added: true });
  });

const seatOf = ({ id: organizationId }: TestOrganization, { id }: TestSeat): Seat => ({
  id: decodeGlobalId('Employee', id),
  organizationId,
  kind: 'EMPLOYEE',
  rights: new Map(),
  traits: new Set(),
  pluginsOff: new Set(),
});

/** A file that hangs on nothing: its sender's. */
export async function sendFile(admin: TestSeat): Promise<void> {
  const bytes = Buffer.from('name,phone\n');
  const input = { name: 'staff.csv', size: bytes.length, mimeType: 'text/csv', purpose: 'EMPLOYEE_IMPORT' };
  const { upload } = await admin.does(
    'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on CreateUploadSuccess { upload { url } } } }',
    { input },
  );
  const { status } = await fetch(upload.url, { method: 'PUT', body: bytes });
  if (status !== 200) throw new Error(`The file was answered ${status}.`);
}

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
/** Variants, a price list and a cart of which every column has a value in some row. */
async function fillShop({ admin, customer, unowned }: World['seats'], tagIds: readonly string[]): Promise<void> {
  const { products } = await admin.query('{ products(first: 1) { nodes { id } } }');
  const productId = products.nodes[0].id;
  const details = { name: 'Another size', unit: 'piece', stock: 40, sku: 'SIZE-2', price: CNY(800), cost: CNY(500), lowStock: 3 };
  const { variant } = await mutate(admin, 'addVariant', { productId, ...details }, 'variant { id }');
  await listPrices(admin, tagIds[2]!, variant!.id);
  const { variant: gone } = await mutate(admin, 'addVariant', { productId, ...details, sku: 'SIZE-3' }, 'variant { id }');
  await mutate(customer, 'addToCart', { variantId: gone!.id, quantity: 1 });
  await mutate(admin, 'withdrawVariant', { variantId: gone!.id });
  for (const seat of [customer, unowned]) await mutate(seat, 'addToCart', { variantId: variant!.id, quantity: 1 });
}
/** Orders of an organization as if they were shipped: each column has a value in some row. */
export const makeShipments = (server: TestServer, { id, owner }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `with shipped as (
       update plg_ordering.orders set ships = true, state = 'PART_SHIPPED', number = 'SO-' || form_id, recipient = 'Gate 4', recipient_phone = '0571',
         address = '1 Quay', site = 'Hall 2', cancel_reason = 'Sold out' where organization_id = '${id}'
       returning organization_id, form_id, contact_id),
     lines as (
       update plg_ordering.order_lines set shipped = quantity, sku = coalesce(sku, 'S-1') where organization_id = '${id}' returning organization_id, id, form_id),
     parts as (
       insert into plg_ordering.shipments (organization_id, id, form_id, carrier, tracking, state, packed_at, delivered_at, shipped_at, shipped_by, received_at)
         select organization_id, gen_random_uuid(), form_id, 'SF', 'SF 1', of.state, now(), of.gone, of.gone, '${decodeGlobalId('Employee', owner.id)}', of.gone
         from shipped, (values ('PACKED', null), ('UNPACKED', null), ('RECEIVED', now())) of (state, gone) returning organization_id, id, form_id),
     raised as (
       insert into plg_ordering.disputes (organization_id, id, form_id, state, lines, reason, raised_at, contact_id, raised_by, settled_at)
         select organization_id, gen_random_uuid(), form_id, 'SHIPPED_ANEW', '[{"name":"Saw","unit":"piece","quantity":1}]', 'Broken', now(), contact_id,
         'The customer', now() from shipped returning organization_id, id, form_id),
     seen as (select organization_id, gen_random_uuid() id, form_id, id dispute_id, gen_random_uuid() file_id from raised order by form_id limit 1),
     shot as (
       insert into files (organization_id, id, name, size, mime_type, kind, purpose, state, sha256, sent_sha256, storage_key, uploader_id, uploader_kind,
         created_at, stored_at, attached_type, attached_id, attached_at)
         select organization_id, file_id, 'box.jpg', 1, 'image/jpeg', 'JPEG', 'ORDERING_DISPUTE_PHOTO', 'STORED', 'a', 'a', file_id::text,
         '${decodeGlobalId('Employee', owner.id)}', 'EMPLOYEE', now(), now(), 'OrderDisputePhoto', id, now() from seen),
     kept as (
       insert into plg_ordering.dispute_photos (organization_id, id, form_id, dispute_id, file_id)
         select organization_id, id, form_id, dispute_id, file_id from seen),
     changes as (
       insert into plg_ordering.order_changes (organization_id, id, form_id, number, state, reason, valid_until, proposed_by, answered_at, answer,
         total_minor, tax_minor, currency)
         select organization_id, gen_random_uuid(), form_id, 1, 'REFUSED', 'No more here', now(), '${decodeGlobalId('Employee', owner.id)}', now(),
         'Too dear', 100, 10, 'CNY' from shipped returning organization_id, id, form_id),
     changed as (
       insert into plg_ordering.order_change_lines (organization_id, id, form_id, change_id, position, line_id, name, unit, from_quantity,
         from_unit_price_minor, quantity, unit_price_minor, tax_minor, total_minor, currency)
         select organization_id, gen_random_uuid(), form_id, id, 0, gen_random_uuid(), 'Saw', 'piece', 2, 100, 1, 100, 10, 100, 'CNY' from changes),
     paid as (
       insert into plg_ordering.payments (organization_id, id, form_id, kind, amount_minor, currency, reference, recorded_at, recorded_by)
         select organization_id, gen_random_uuid(), form_id, 'PAYMENT', 100, 'CNY', 'Transfer', now(), '${decodeGlobalId('Employee', owner.id)}'
         from shipped),
     back as (
       insert into plg_ordering.returns (organization_id, id, form_id, state, reason, requested_at, comment, carrier, tracking, arrived_at, credited_at,
         credited_minor, currency)
         select organization_id, gen_random_uuid(), form_id, 'CREDITED', 'Too many', now(), 'Send them', 'SF', 'SF 2', now(), now(), 10, 'CNY' from shipped
         returning organization_id, id, form_id),
     given as (
       insert into plg_ordering.return_lines (organization_id, id, form_id, return_id, order_line_id, name, quantity)
         select back.organization_id, gen_random_uuid(), back.form_id, back.id, lines.id, 'Saw', 1 from back join lines on lines.form_id = back.form_id),
     limited as (
       update plg_ordering.credit_accounts set limit_minor = 1000000000000, approval_above_minor = 1000000000000 where organization_id = '${id}'),
     owing as (
       insert into plg_ordering.credit_accounts (organization_id, id, company_id, currency)
         select organization_id, gen_random_uuid(), company_id, currency
         from (select distinct organization_id, company_id from plg_ordering.orders where organization_id = '${id}' and company_id is not null) companies,
           unnest(array['EUR', 'USD']) currency),
     buying as (
       insert into plg_ordering.buyers (organization_id, contact_id, company_id, role)
         select distinct organization_id, contact_id, company_id, 'BUYER' from plg_ordering.orders where organization_id = '${id}' and company_id is not null),
     looking as (
       insert into plg_ordering.buyers (organization_id, contact_id, company_id, role, site)
         select organization_id, id, company_id, 'VIEWER', 'Hall 2' from contacts where organization_id = '${id}' and name = 'The guest'),
     asked as (
       insert into plg_ordering.order_requests (organization_id, id, contact_id, company_id, buyer_name, state, lines, total_minor, currency, note,
         recipient, recipient_phone, address, site, requested_at, decided_at, reason, form_id)
         select organization_id, gen_random_uuid(), contact_id, company_id, 'The customer', 'REFUSED',
         '[{"name":"Saw","unit":"piece","quantity":1,"unitPriceMinor":100,"totalMinor":100}]', 100, 'CNY', 'For the roof', 'Gate 4', '0571', '1 Quay', 'Hall 2', now(), now(),
         'Next year', form_id from plg_ordering.orders, generate_series(1, 3) where organization_id = '${id}' and company_id is not null)
     insert into plg_ordering.shipment_lines (organization_id, id, form_id, shipment_id, order_line_id, quantity, disputed, reason)
       select parts.organization_id, gen_random_uuid(), parts.form_id, parts.id, lines.id, 1, 1, 'Broken'
       from parts join lines on lines.form_id = parts.form_id`,
  );

/** A price list for who carries a tag, and the steps of a variant in it. */
export async function listPrices(pricer: TestSeat, tagId: string, variantId: string): Promise<void> {
  const period = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' };
  const { priceList } = await mutate(
    pricer,
    'addPriceList',
    { name: 'Key accounts', tagIds: [tagId], ...period },
    'priceList { id version }',
  );
  const { id: priceListId, version } = priceList as unknown as { id: string; version: number };
  const prices = [1, 10, 50].map((fromQuantity) => ({ variantId, fromQuantity, price: CNY(700 - fromQuantity) }));
  await mutate(pricer, 'setListPrices', { priceListId, expectedVersion: version, prices });
}

async function withdrawAProduct(admin: TestSeat): Promise<void> {
  const { products } = await admin.query('{ products(last: 1) { nodes { id } } }');
  await mutate(admin, 'withdrawProduct', { productId: products.nodes[0].id });
}

export async function placed(customer: TestSeat, note = 'In the morning.'): Promise<string> {
  const { products } = await customer.query('{ products(first: 2) { nodes { id variants { id } } } }');
  const lines = products.nodes.map(({ id: productId, variants }: { id: string; variants: { id: string }[] }) => ({
    productId,
    variantId: variants.at(-1)!.id,
    quantity: 1,
  }));
  return (await mutate(customer, 'placeOrder', { lines, note }, 'order { id }')).order!.id;
}

/** The open task of a form, as its holder finds it. */
export async function openTask(holder: TestSeat, formId: string): Promise<string> {
  const { myTasks } = await holder.query('{ myTasks(first: 100) { nodes { id form { id } } } }');
  return myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === formId).id;
}
export const approve = async (holder: TestSeat, formId: string, next?: TestSeat): Promise<void> =>
  void (await mutate(holder, 'approveFormTask', { taskId: await openTask(holder, formId), nextApproverId: next?.id, comment: 'Agreed.' }));
export const claim = async (admin: TestSeat, formId: string): Promise<void> =>
  void (await mutate(admin, 'claimFormTask', { taskId: await openTask(admin, formId) }));

async function makeForms(server: TestServer, ours: TestOrganization, seats: Seats): Promise<World['forms']> {
  const { customer, unowned, rival, owner, supervisor, approver, formsAdmin } = seats;
  const handled = await placed(customer);
  await approve(owner, handled, supervisor);
  await approve(supervisor, handled);
  await mutate(customer, 'confirmForm', { formId: handled });
  const passed = await placed(customer);
  await approve(owner, passed, approver);
  const claimed = await placed(unowned);
  await claim(formsAdmin, claimed);
  const filledIn = await fillIn(server, ours, customer);
  const [general, gone] = [await filledIn(), await filledIn()];
  await draft(customer);
  await draft(owner, customer);
  await asOwner(server, `update business_forms set kind = 'FORGOTTEN' where id = '${decodeGlobalId('BusinessForm', gone)}'`);
  const repaired = await makeRepair(server, { organizationId: ours.id, customer, technician: seats.colleague });
  return {
    handled,
    passed,
    claimed,
    unclaimed: await placed(unowned),
    rivals: await placed(rival),
    general,
    gone,
    repaired,
    review: await placed(customer),
    ballot: await placed(customer),
  };
}

/** An application for a franchise, and whoever has to do with it. */
async function makeApplicants(server: TestServer, organizationId: string, seats: Seats, form: string): Promise<void> {
  const { customer, sibling, teammate, colleague, contactsAdmin, formsAdmin, admin } = seats;
  const people = { contact: customer.id, inspector: sibling.id, scorer: teammate.id, member: colleague.id };
  await makeFranchise(server, { organizationId, ...people, form, count: 1 });
  for (const [{ id: employeeId }, right] of [
    [contactsAdmin, 'FRANCHISE_VERIFY'],
    [formsAdmin, 'FRANCHISE_FINANCE'],
  ] as const)
    await mutate(admin, 'grantAdminRight', { employeeId, right });
}

/** Begins a form of the first template without a kind of its own. */
export async function draft(seat: TestSeat, contact?: { readonly id: string }): Promise<string> {
  const { formTemplates } = await seat.query('{ formTemplates { nodes { id kind } } }');
  const { id: templateId } = formTemplates.nodes.find(({ kind }: { kind: string }) => kind === 'GENERAL');
  const input = { templateId, contactId: contact?.id, values: [{ field: 'wish', text: 'A catalogue' }] };
  return (await mutate(seat, 'saveFormDraft', input, 'draft { id }')).draft!.id;
}

/** Publishes a template without a kind of its own. @returns what submits it. */
async function fillIn(server: TestServer, ours: TestOrganization, customer: TestSeat): Promise<() => Promise<string>> {
  const fields = [{ name: 'wish', label: 'What do you wish?', type: 'TEXT' as const, required: true }];
  await inOneUseCase(server.runtime, seatOf(ours, ours.admin), (use) =>
    use.service(formsService).ensureTemplate(use, { kind: 'GENERAL', name: 'A wish', withConfirmation: false, fields }),
  );
  const { formTemplates } = await customer.query('{ formTemplates { nodes { id kind } } }');
  const { id: templateId } = formTemplates.nodes.find(({ kind }: { kind: string }) => kind === 'GENERAL');
  return async () =>
    (await mutate(customer, 'submitForm', { templateId, values: [{ field: 'wish', text: 'A catalogue' }] }, 'form { id }')).form!.id;
}

/** A job that the owner started, with something in every column. */
export const makeJob = (server: TestServer, { id, owner }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `insert into jobs (organization_id, id, kind, admin_right, state, progress, total, message, errors, input, language, started_by, started_by_kind,
       sent_at, cancel_requested_at, created_at, started_at, finished_at)
     values ('${id}', gen_random_uuid(), 'directory.importEmployees', 'DIRECTORY', 'FAILED', 2, 3, 'Row 2',
       '[{"row": 2, "path": ["phone"], "code": "INVALID", "message": "No phone."}]', '{}', 'en', '${decodeGlobalId('Employee', owner.id)}', 'EMPLOYEE',
       now(), now(), now(), now(), now())`,
  );

/** An import of the admin's, with what was rejected of it. */
export const makeImport = (server: TestServer, { id, admin }: TestOrganization): Promise<unknown> => {
  const employee = decodeGlobalId('Employee', admin.id);
  return asOwner(
    server,
    `with imports as (select gen_random_uuid() id, gen_random_uuid() sent, gen_random_uuid() rejected), sent as (
       insert into files (organization_id, id, name, size, mime_type, kind, purpose, state, sha256, sent_sha256, storage_key, uploader_id, uploader_kind,
         created_at, stored_at, attached_type, attached_id, attached_at)
       select '${id}', file, 'staff.xlsx', 1, 'application/octet-stream', 'XLSX', purpose, 'STORED', 'a', 'a', file::text, '${employee}', 'EMPLOYEE',
         now(), now(), 'EmployeeImportResult', imports.id, now()
       from imports, lateral (values (sent, 'EMPLOYEE_IMPORT'), (rejected, 'EMPLOYEE_IMPORT_REJECTED')) as of (file, purpose))
     insert into employee_imports (organization_id, id, started_by, upload_id, is_dry_run, supervisions_made, supervisions_ended, rejected, unknown_columns, rejected_rows_id, created_at, finished_at)
     select '${id}', id, '${employee}', sent, true, 1, 1, 1, '[{"letter": "A", "header": "Shoe size"}]', rejected, now(), now() from imports`,
  );
};

/** A taking of the staff from elsewhere that the admin started, with somebody who has gone. */
export const makeSync = (server: TestServer, { id, admin, colleague }: TestOrganization): Promise<unknown> => {
  const [employee, gone] = [admin, colleague].map((one) => decodeGlobalId('Employee', one.id));
  return asOwner(
    server,
    `insert into staff_syncs (organization_id, id, source, started_by, is_dry_run, supervisions_made, supervisions_ended, rights_ended, gone, gone_ids, created_at, finished_at)
     values ('${id}', gen_random_uuid(), 'hr', '${employee}', false, 1, 1, 1, 1, '["${gone}"]', now(), now())`,
  );
};

/** Imports of contacts, with rows of which one is not decided about, and with what was rejected. */
export const makeContactImports = (server: TestServer, { id, admin, colleague, customer, tagIds }: TestOrganization): Promise<unknown> => {
  const [employee, other] = [admin, colleague].map((one) => decodeGlobalId('Employee', one.id));
  const [contact, tag] = [decodeGlobalId('Contact', customer.id), decodeGlobalId('Tag', tagIds[0]!)];
  return asOwner(
    server,
    `with imports as (select gen_random_uuid() id, gen_random_uuid() sent, gen_random_uuid() rejected, gen_random_uuid() row_id, gen_random_uuid() job, n from generate_series(1, 3) n),
     work as (
       insert into jobs (organization_id, id, kind, admin_right, state, input, language, started_by, started_by_kind, sent_at, created_at, finished_at)
       select '${id}', job, 'contact-import.importContacts', 'CONTACTS', 'SUCCEEDED', '{}', 'en', '${employee}', 'EMPLOYEE', now(), now(), now() from imports),
     sent as (
       insert into files (organization_id, id, name, size, mime_type, kind, purpose, state, sha256, sent_sha256, storage_key, uploader_id, uploader_kind,
         created_at, stored_at, attached_type, attached_id, attached_at)
       select '${id}', file, 'contacts.xlsx', 1, 'application/octet-stream', 'XLSX', purpose, 'STORED', 'a', 'a', file::text, '${employee}', 'EMPLOYEE',
         now(), now(), 'ContactImport', imports.id, now()
       from imports, lateral (values (sent, 'CONTACT_IMPORT'), (rejected, 'CONTACT_IMPORT_REJECTED')) as of (file, purpose)),
     made as (
       insert into contact_imports (organization_id, id, started_by, upload_id, job_id, mode, is_atomic, is_dry_run, tag_ids, state, rejected,
         unknown_columns, rejected_rows_id, created_at, finished_at)
       select '${id}', id, '${employee}', sent, job, 'UPDATE', false, true, '["${tag}"]',
         'DONE', 1, '[{"letter": "A", "header": "Shoe size"}]', rejected, now(), now() from imports),
     lines as (
       insert into contact_import_rows (organization_id, id, import_id, row, state, reasons, contact_id, done_at)
       select '${id}', case line when 1 then row_id else gen_random_uuid() end, id, line, (array['UNDECIDED', 'CREATED', 'REJECTED'])[line],
         '[{"row": 1, "column": "owner", "code": "NAMESAKES", "message": {"en": "Several", "zh-CN": "多名"}}]', '${contact}', now()
       from imports, generate_series(1, 3) line)
     insert into contact_import_candidates (organization_id, id, row_id, name, employee_id)
     select '${id}', gen_random_uuid(), row_id, 'The colleague', '${other}' from imports`,
  );
};

/** Fields of contacts with all that can be said of one, and values that contacts have. */
async function makeFields({ admin, customer }: TestOrganization): Promise<void> {
  await mutate(admin, 'addContactField', { name: 'volume', kind: 'MONEY', min: '0', max: '10', currency: 'CNY' });
  await mutate(admin, 'addContactField', { name: 'size', kind: 'NUMBER', decimals: 2 });
  await mutate(admin, 'addContactField', { name: 'plate', kind: 'TEXT', maxLength: 10, visibleToContact: true });
  await mutate(admin, 'addContactField', { name: 'sells', kind: 'CHOICES', most: 2, options: [{ label: 'Food' }, { label: 'Tools' }] });
  const { contact } = await admin.query('query ($id: ID!) { contact(id: $id) { version } }', { id: customer.id });
  const customFields = [
    { field: 'plate', text: 'A 1' },
    { field: 'size', number: '1.5' },
  ];
  await mutate(admin, 'updateContact', { contactId: customer.id, expectedVersion: contact.version, customFields });
}

/** A plugin's tile and a link for all, and a link for one contact, whose tag nobody carries. */
async function makeApps({ admin, customer }: TestOrganization): Promise<void> {
  const { tagGroups } = await admin.query('{ tagGroups(first: 1) { nodes { id } } }');
  const { tag } = await mutate(admin, 'addTag', { groupId: tagGroups.nodes[0].id, name: 'Nobody’s' }, 'tag { id }');
  const link = { icon: 'star', url: 'https://points.example/' };
  await mutate(admin, 'addLinkApp', { name: 'Points', ...link });
  await mutate(admin, 'addLinkApp', { name: 'Gifts', ...link, contactIds: [customer.id], tagIds: [tag!.id] });
}

/** Something for all, something for one contact and a tag that nobody carries, each under its heading; a draft; and a heading with nothing. */
async function makeArticles({ admin, customer }: TestOrganization): Promise<void> {
  const { tagGroups } = await admin.query('{ tagGroups(first: 1) { nodes { id } } }');
  const { tag } = await mutate(admin, 'addTag', { groupId: tagGroups.nodes[0].id, name: 'Gold' }, 'tag { id }');
  const whom = { Help: {}, Gold: { contactIds: [customer.id], tagIds: [tag!.id] } };
  for (const [name, audience] of Object.entries(whom)) {
    const { category } = await mutate(admin, 'addArticleCategory', { name }, 'category { id }');
    const said = { title: `${name} for you`, markdown: 'Within **seven** days.', categoryId: category!.id, ...audience };
    const articleId = await publishArticle(admin, said);
    await mutate(customer, 'rateArticle', { articleId, helpful: true });
  }
  await mutate(admin, 'addArticle', { title: 'Later', markdown: 'Not yet.' });
  await mutate(admin, 'addArticleCategory', { name: 'Later' });
}
/** @returns the article's global id */
export async function publishArticle(admin: TestSeat, said: object): Promise<string> {
  const { article } = await mutate(admin, 'addArticle', said as never, 'article { id version }');
  const { id: articleId, version: expectedVersion } = article as unknown as { id: string; version: number };
  await mutate(admin, 'publishArticle', { articleId, expectedVersion });
  return articleId;
}

/** Two who cannot both have a number, each settled: a contact and an employee, two employees, two contacts. */
export const makeConflicts = (server: TestServer, { id, admin, customer, rival, colleague, owner }: TestOrganization): Promise<unknown> => {
  const [contact, other] = [customer, rival].map((one) => decodeGlobalId('Contact', one.id));
  const [employee, another] = [colleague, owner].map((one) => decodeGlobalId('Employee', one.id));
  const pairs = [
    ['CONTACT', contact, 'EMPLOYEE', employee],
    ['EMPLOYEE', employee, 'EMPLOYEE', another],
    ['CONTACT', contact, 'CONTACT', other],
  ];
  return asOwner(
    server,
    `insert into directory_conflicts (organization_id, id, phone, seat_kind, seat_id, holder_kind, holder_id, at, settled_at, choice, settled_by)
     select '${id}', gen_random_uuid(), '+8613900000099', seat_kind, seat_id::uuid, holder_kind, holder_id::uuid, now(), now(), 'KEEP', '${decodeGlobalId('Employee', admin.id)}'
     from (values ${pairs.map((pair) => `(${pair.map((word) => `'${word}'`).join()})`).join()}) as of (seat_kind, seat_id, holder_kind, holder_id)`,
  );
};

/** What no mutation writes yet. */
const fillColumns = (server: TestServer, { id }: TestOrganization): Promise<unknown> =>
  asOwner(
    server,
    `update employees set staff_number = right(id::text, 12), nickname = 'Ace' where organization_id = '${id}';
     update business_forms set paused_reason = 'Somebody is away', ended_at = now(), correction_reason = 'The colour', rejection_reason = 'Too dear', correction_fields = '["wish"]' where organization_id = '${id}';
     update business_forms set customer_state = 'NEEDS_YOUR_CORRECTION' where organization_id = '${id}' and state = 'IN_REVIEW';
     update form_history set for_ids = jsonb_build_array(actor_id) where organization_id = '${id}' and actor_id is not null;
     update form_tasks set question = 'Do we have it?', due_at = now(), for_id = assignee_id, also_for_ids = jsonb_build_array(assignee_id) where organization_id = '${id}' and assignee_id is not null;
     insert into form_comments (organization_id, id, form_id, author_id, text, at)
       select organization_id, gen_random_uuid(), form_id, assignee_id, 'It comes tomorrow.', now() from form_tasks
       where organization_id = '${id}' and assignee_id is not null;
     with first as (select organization_id, id, created_by from transfers where organization_id = '${id}' order by id limit 1),
       task as (select id from form_tasks where organization_id = '${id}' order by id limit 1),
       item as (insert into transfer_items (organization_id, id, transfer_id, kind, subject_id, from_id, to_id, state, reason)
         select organization_id, gen_random_uuid(), first.id, 'TASK', task.id, created_by, created_by, 'RETURNED', 'NAMED' from first, task)
     update transfers set kind = 'LEAVING', undone_at = now(), undone_by = transfers.created_by from first
     where transfers.organization_id = first.organization_id and transfers.id = first.id`,
  );

/** A business card that the customer was added from, and one of the owner's that has become no contact. */
export const makeCards = (server: TestServer, { id, owner, customer }: TestOrganization): Promise<unknown> => {
  const [sender, contact] = [decodeGlobalId('Employee', owner.id), decodeGlobalId('Contact', customer.id)];
  const draft = {
    name: 'Qin Lan',
    phone: '13800000001',
    company: 'Riverside',
    position: 'Buyer',
    email: 'a@example.com',
    address: '1 Quay',
  };
  const confidence = Object.fromEntries(Object.keys(draft).map((field) => [field, 0.9]));
  const furtherPhones = [{ phone: '0571-88880001', kind: 'WORK', confidence: 0.8 }];
  return asOwner(
    server,
    `with cards as (select gen_random_uuid() id, gen_random_uuid() file, contact from (values ('${contact}'::uuid), (null)) as of (contact)),
     sent as (
       insert into files (organization_id, id, name, size, mime_type, kind, purpose, state, sha256, sent_sha256, storage_key, uploader_id, uploader_kind,
         created_at, stored_at, attached_type, attached_id, attached_at)
       select '${id}', file, 'card.jpg', 1, 'image/jpeg', 'JPEG', 'BUSINESS_CARD', 'STORED', 'a', 'a', file::text, '${sender}', 'EMPLOYEE', now(), now(),
         'ContactCard', id, now() from cards)
     insert into contact_cards (organization_id, id, employee_id, file_id, state, fault, reading, draft, contact_id, created_at)
     select '${id}', id, '${sender}', file, 'UNREADABLE', 'SEVERAL_CARDS', '{"text": "Qin Lan", "phones": []}',
       '${JSON.stringify({ ...draft, confidence, furtherPhones })}', contact, now() from cards`,
  );
};

/** A phone book that the owner has sent, with some entries. */
export const makeBook = (server: TestServer, { id, owner, customer }: TestOrganization, sender = owner): Promise<unknown> =>
  asOwner(
    server,
    `with book as (
       insert into contact_books (organization_id, id, employee_id, upload_id, created_at)
       values ('${id}', gen_random_uuid(), '${decodeGlobalId('Employee', sender.id)}', gen_random_uuid(), now()) returning organization_id, id
     )
     insert into contact_book_entries (organization_id, id, book_id, position, verdict, reason, name, phone, further_phones, company, job_title, email, address, remark, contact_id)
     select organization_id, gen_random_uuid(), id, place, 'KNOWN', 'Known.', 'Qin Lan', '13800000001',
       '[{"phone": "0571-88880001", "kind": "WORK", "label": "Desk"}]', 'Riverside', 'Buyer', 'a@example.com', '1 Quay', 'Calls early.', '${decodeGlobalId('Contact', customer.id)}'
     from book, generate_series(0, 3) place`,
  );
