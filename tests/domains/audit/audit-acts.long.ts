import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importPlugins } from '../../../src/app/modules.ts';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { newPhone, type TestOrganization, testPlan } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { makeConflicts, makeContactImports, mutate, openTask, withPluginRights } from '../../rules/world.fixture.ts';
import { publish } from '../../support/form-template.ts';
import { inSteps } from '../../support/in-steps.ts';
import { grantRepairRights } from '../../support/repairs.ts';
import { sentTable as sentContacts } from '../contact-import/contact-import.fixture.ts';
import { added, rowsOf } from '../contacts/contact.fixture.ts';
import { departmentIds } from '../directory/directory.fixture.ts';
import { csv, sentTable } from '../directory/employee-import.fixture.ts';
import { uploaded } from '../files/file.fixture.ts';
import { hrPlugin } from '../staff-sync/hr.plugin.ts';
import { writtenDown } from './audit.fixture.ts';
import { contractActs } from './contract.acts.ts';
import { creditActs } from './credit.acts.ts';
import { FRANCHISE_RIGHTS, franchiseActs } from './franchise.acts.ts';
import { REPAIR_RIGHTS, repairCases } from './repair.cases.ts';

// Every mutation that there is, done once: one entry each, whoever wrote the mutation (spec 11.1).

let server: TestServer;
let own: TestOrganization;
/** A template as a file. */
const FILE = JSON.stringify({
  format: 'guichet.form-template',
  formatVersion: 1,
  kind: 'GENERAL',
  name: 'Wishes',
  fields: [{ name: 'wish', label: 'What?', kind: 'TEXT' }],
  flow: { withConfirmation: false },
  audience: { contacts: 'ALL' },
});
/** Ids by the words that the cases below use. */
const ids: Record<string, string> = {};
beforeAll(async () => {
  // a job that nobody takes up is still to be cancelled; of one connection no mutation can wait for a second one
  server = await startTestServer({ plugins: [...(await importPlugins()), hrPlugin], jobsAtOnce: 0, poolSize: 1 });
  own = await server.organization(withPluginRights(testPlan()));
  Object.assign(ids, await given());
});
afterAll(() => server.stop());

const productsOf = async (seat: TestSeat): Promise<{ id: string; version: number }[]> =>
  (await seat.query('{ products(first: 2) { nodes { id } } }')).products.nodes;

async function given(): Promise<Record<string, string>> {
  const [product] = await productsOf(own.admin);
  const departments = await departmentIds(own);
  const fields = [{ name: 'wish', label: 'What do you wish?', type: 'TEXT' as const, required: true }];
  const template = await publish(server, own, { kind: 'GENERAL', name: 'A wish', withConfirmation: false, fields });
  const order = async (seat: TestSeat): Promise<string> =>
    (await mutate(seat, 'placeOrder', { lines: [{ productId: product!.id, quantity: 1 }] }, 'order { id }')).order!.id;
  const [rejected, unclaimed, confirmed] = [await order(own.customer), await order(own.unowned), await order(own.customer)];
  await mutate(own.owner, 'approveFormTask', { taskId: await openTask(own.owner, confirmed) });
  await server.runtime.notifications.settled();
  const { notifications } = await own.owner.query('{ notifications(first: 1) { nodes { id } } }');
  const rights = Object.entries({ ...REPAIR_RIGHTS, ...FRANCHISE_RIGHTS }).map(([right, seat]) => [right, own[seat]]);
  await grantRepairRights(own.admin, Object.fromEntries(rights));
  const onTheirWay: Record<string, string> = {};
  for (const word of ['handed', 'disputed', 'withdrawn', 'bulk']) onTheirWay[word] = await order(own.customer);
  await mutate(own.owner, 'approveFormTask', { taskId: await openTask(own.owner, onTheirWay.disputed!) });
  const wish = { templateId: template, values: [{ field: 'wish', text: 'A pen' }] };
  const { form: copied } = await mutate(own.customer, 'submitForm', wish, 'form { id }');
  const { form: returned } = await mutate(own.customer, 'submitForm', wish, 'form { id }');
  await mutate(own.customer, 'withdrawForm', { formId: copied!.id });
  return {
    notification: notifications.nodes[0].id,
    copied: copied!.id,
    ...onTheirWay,
    returned: returned!.id,
    returnedTask: await openTask(own.owner, returned!.id),
    handedTask: await openTask(own.owner, onTheirWay.handed!),
    bulkTask: await openTask(own.owner, onTheirWay.bulk!),
    product: product!.id,
    ...(await orderToShip(product!.id)),
    cancelled: (await orderToShip(product!.id)).shipped,
    template,
    rejected,
    unclaimed,
    confirmed,
    oneMore: (await added(own.owner, own)).id,
    rejectedTask: await openTask(own.owner, rejected),
    unclaimedTask: await openTask(own.formsAdmin, unclaimed),
    customer: own.customer.id,
    unowned: own.unowned.id,
    sharee: own.sharee.id,
    supervisor: own.supervisor.id,
    colleague: own.colleague.id,
    sales: departments.Sales!,
    support: departments.Support!,
    table: await sentTable(own.admin, csv('Staff number,Name,Phone', `001,He Jing,${newPhone()}`)),
    stage: own.tagIds[3]!,
    contactTable: await sentContacts(own.admin, csv('Name,Phone,Tags', `He Jing,${newPhone()},New`)),
    ...(await endedImports()),
    cardPhoto: await uploaded(
      own.owner,
      await sharp({ create: { width: 60, height: 36, channels: 3, background: '#dddddd' } })
        .png()
        .toBuffer(),
      {
        name: 'card.png',
        mimeType: 'image/png',
        purpose: 'BUSINESS_CARD',
      },
    ),
    licence: await uploaded(own.customer, Buffer.from('%PDF-1.4\n%%EOF\n'), {
      name: 'licence.pdf',
      mimeType: 'application/pdf',
      purpose: 'FRANCHISE_DOCUMENT',
    }),
    paper: await uploaded(own.owner, Buffer.from('We deliver saws.'), {
      name: 'contract.txt',
      mimeType: 'text/plain',
      purpose: 'CONTRACT_CHECK',
    }),
    boxPhoto: await uploaded(own.customer, await pump(), { name: 'box.png', mimeType: 'image/png', purpose: 'ORDERING_DISPUTE_PHOTO' }),
    picture: await uploaded(own.colleague, await pump(), { name: 'pump.png', mimeType: 'image/png', purpose: 'REPAIR_PHOTO' }),
    signature: await uploaded(own.customer, await pump(), { name: 'drawn.png', mimeType: 'image/png', purpose: 'REPAIR_SIGNATURE' }),
    siteSignature: await uploaded(own.colleague, await pump(), { name: 'drawn.png', mimeType: 'image/png', purpose: 'REPAIR_SIGNATURE' }),
    phoneBook: await uploaded(own.owner, Buffer.from(`BEGIN:VCARD\nFN:Qin Lan\nTEL:${newPhone()}\nEND:VCARD\n`), {
      name: 'book.vcf',
      mimeType: 'text/vcard',
      purpose: 'CONTACT_BOOK',
    }),
  };
}
const pump = (): Promise<Buffer> =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
/** An import of contacts that waits, and one that has come to its end. */
async function endedImports(): Promise<Record<string, string>> {
  await makeContactImports(server, own);
  const [paused, done] = await rowsOf<{ id: string }>(server, own, 'select id from contact_imports order by id');
  await rowsOf(server, own, `update contact_imports set state = 'PAUSED' where id = $1`, [paused!.id]);
  await rowsOf(server, own, 'update contact_imports set is_dry_run = false, created = 1 where id = $1', [done!.id]);
  return { pausedImport: encodeGlobalId('ContactImport', paused!.id), doneImport: encodeGlobalId('ContactImport', done!.id) };
}
const versionOf = async (contactId: string): Promise<number> =>
  (await own.admin.query('query ($id: ID!) { contact(id: $id) { version } }', { id: contactId })).contact.version;

const versionOfArticle = async (): Promise<number> =>
  (await own.admin.query('query ($id: ID!) { article(id: $id) { version } }', { id: ids.article })).article.version;
/** An order that is approved and waits for its goods. */
async function orderToShip(productId: string): Promise<{ shipped: string; shippedLine: string }> {
  await mutate(own.admin, 'updatePluginSettings', { plugin: 'ordering', settings: { shipping: true } });
  const { order } = await mutate(own.customer, 'placeOrder', { lines: [{ productId, quantity: 2 }] }, 'order { id }');
  await mutate(own.owner, 'approveFormTask', { taskId: await openTask(own.owner, order!.id) });
  const read = 'query ($id: ID!) { businessForm(id: $id) { ... on Order { shipping { id lines { id } } } } }';
  const { businessForm } = await own.customer.query(read, { id: order!.id });
  await mutate(own.admin, 'updatePluginSettings', { plugin: 'ordering', settings: {} });
  return { shipped: businessForm.shipping.id, shippedLine: businessForm.shipping.lines[0].id };
}

const versionOfApp = async (): Promise<number> =>
  (await own.admin.query('query ($id: ID!) { node(id: $id) { ... on WindowApp { version } } }', { id: ids.app })).node.version;

/** What a seat is told with the refusal that the contact's phone is known. */
async function tokenFor(seat: TestSeat): Promise<string> {
  const { contact } = await own.admin.query('query ($id: ID!) { contact(id: $id) { phone } }', { id: ids.contact });
  const { addContact } = await seat.query(
    'mutation ($input: AddContactInput!) { addContact(input: $input) { ... on ContactPhoneTaken { requestToken } } }',
    { input: { name: 'Zhu Ming', phone: contact.phone, tagIds: [ids.stage] } },
  );
  return addContact.requestToken;
}

/** Two employees, of whom one has taken the other's number. */
async function openConflict(): Promise<string> {
  await makeConflicts(server, own);
  await rowsOf(server, own, 'update directory_conflicts set settled_at = null, choice = null, settled_by = null');
  return (await own.admin.query('{ directoryConflicts(first: 1) { nodes { id } } }')).directoryConflicts.nodes[0].id;
}

/** Somebody applies by a link. */
async function applicationOf(linkId: string): Promise<string> {
  const { windowLinks } = await own.admin.query('{ windowLinks { nodes { id code } } }');
  const { code } = windowLinks.nodes.find(({ id }: { id: string }) => id === linkId);
  await mutate(server.nobody, 'applyToWindow', { code, name: 'Fang Li', phone: newPhone() });
  return (await own.admin.query('{ joinApplications { nodes { id } } }')).joinApplications.nodes[0].id;
}

type Input = Record<string, unknown>;
interface Case {
  readonly act: string;
  readonly by: Exclude<keyof TestOrganization, 'id' | 'tagIds' | 'plan'>;
  input(): Input | Promise<Input>;
  /** What is read of its success: ids by their words. */
  readonly makes?: readonly string[];
  /** Words of the objects that the entry names. */
  readonly objects: readonly string[];
  readonly paths: readonly string[];
}
const credits = creditActs({ ids, own: () => own, set: (text) => rowsOf(server, own, text) });
const contracts = contractActs({ ids, own: () => own, set: (text) => rowsOf(server, own, text) });
const franchises = franchiseActs({ ids, own: () => own, set: (text) => rowsOf(server, own, text) });
const CASES: readonly Case[] = [
  {
    act: 'addTagGroup',
    by: 'admin',
    input: () => ({ name: 'Region', color: 'RED' }),
    makes: ['tagGroup'],
    objects: ['tagGroup'],
    paths: ['name', 'color'],
  },
  {
    act: 'addTag',
    by: 'admin',
    input: () => ({ groupId: ids.tagGroup, name: 'North' }),
    makes: ['tag'],
    objects: ['tagGroup', 'tag'],
    paths: ['name'],
  },
  {
    act: 'updateTagGroup',
    by: 'admin',
    input: () => ({ groupId: ids.tagGroup, expectedVersion: 1, color: 'GREEN', position: 1 }),
    objects: ['tagGroup'],
    paths: ['expectedVersion', 'color', 'position'],
  },
  {
    act: 'updateTag',
    by: 'admin',
    input: () => ({ tagId: ids.tag, expectedVersion: 1, name: 'The north' }),
    objects: ['tag'],
    paths: ['expectedVersion', 'name'],
  },
  { act: 'renameTag', by: 'admin', input: () => ({ tagId: ids.tag, name: 'Northern' }), objects: ['tag'], paths: ['name'] },
  {
    act: 'addContact',
    by: 'owner',
    input: () => ({ name: 'Zhu Ming', phone: newPhone(), tagIds: [ids.tag], ownerId: null }),
    makes: ['contact'],
    objects: ['tag', 'contact'],
    paths: ['name', 'phone', 'ownerId'],
  },
  {
    act: 'updateContact',
    by: 'admin',
    input: async () => ({ contactId: ids.contact, expectedVersion: await versionOf(ids.contact!), position: 'Buyer', remark: '' }),
    objects: ['contact'],
    paths: ['expectedVersion', 'position', 'remark'],
  },
  {
    act: 'changeContactPhone',
    by: 'admin',
    input: () => ({ contactId: ids.contact, phone: newPhone() }),
    objects: ['contact'],
    paths: ['phone'],
  },
  { act: 'tagContact', by: 'admin', input: () => ({ contactId: ids.contact, tagId: ids.stage }), objects: ['contact', 'stage'], paths: [] },
  {
    act: 'untagContact',
    by: 'admin',
    input: () => ({ contactId: ids.contact, tagId: ids.stage }),
    objects: ['contact', 'stage'],
    paths: [],
  },
  {
    act: 'tagContacts',
    by: 'admin',
    input: () => ({ contactIds: [ids.contact, ids.oneMore], tagId: ids.stage }),
    objects: ['contact', 'oneMore', 'stage'],
    paths: [],
  },
  {
    act: 'shareContacts',
    by: 'admin',
    input: () => ({ contactIds: [ids.contact, ids.oneMore], employeeId: ids.colleague, reason: 'A fair' }),
    objects: ['contact', 'oneMore', 'colleague'],
    paths: ['reason'],
  },
  {
    act: 'setFollowUp',
    by: 'admin',
    input: () => ({ contactId: ids.contact, on: '2099-01-01', note: 'Ask' }),
    objects: ['contact'],
    paths: ['on', 'note'],
  },
  {
    act: 'updateContactClaiming',
    by: 'admin',
    input: () => ({ expectedVersion: 0, departmentIds: [ids.sales], most: 3 }),
    makes: ['claiming'],
    objects: ['claiming', 'sales'],
    paths: ['expectedVersion', 'most'],
  },
  {
    act: 'shareContact',
    by: 'admin',
    input: () => ({ contactId: ids.contact, employeeId: ids.sharee, until: '2099-01-01T00:00:00Z', reason: 'Holidays' }),
    makes: ['share'],
    objects: ['contact', 'sharee', 'share'],
    paths: ['until', 'reason'],
  },
  {
    act: 'requestContactShare',
    by: 'supervisor',
    input: async () => ({ requestToken: await tokenFor(own.supervisor), reason: 'A fair' }),
    makes: ['request'],
    objects: ['request'],
    paths: ['requestToken', 'reason'],
  },
  {
    act: 'decideContactShareRequest',
    by: 'admin',
    input: () => ({ requestId: ids.request, grant: false }),
    objects: ['request'],
    paths: ['grant'],
  },
  {
    act: 'unshareContact',
    by: 'admin',
    input: () => ({ contactId: ids.contact, employeeId: ids.sharee }),
    objects: ['contact', 'sharee'],
    paths: [],
  },
  { act: 'claimContact', by: 'owner', input: () => ({ contactId: ids.contact }), objects: ['contact'], paths: [] },
  {
    act: 'transferContacts',
    by: 'admin',
    input: () => ({ contactIds: [ids.contact, ids.oneMore], ownerId: ids.colleague }),
    makes: ['transfer'],
    objects: ['contact', 'oneMore', 'colleague', 'transfer'],
    paths: [],
  },
  {
    act: 'deleteContacts',
    by: 'admin',
    input: () => ({ contactIds: [ids.contact, ids.oneMore] }),
    objects: ['contact', 'oneMore'],
    paths: [],
  },
  {
    act: 'restoreContacts',
    by: 'admin',
    input: () => ({ contactIds: [ids.contact, ids.oneMore] }),
    objects: ['contact', 'oneMore'],
    paths: [],
  },
  { act: 'openServiceWindow', by: 'admin', input: () => ({}), makes: ['window'], objects: ['window'], paths: [] },
  {
    act: 'updateServiceWindow',
    by: 'admin',
    input: () => ({ expectedVersion: 1, welcome: 'Good day.' }),
    makes: ['window'],
    objects: ['window'],
    paths: ['expectedVersion', 'welcome'],
  },
  {
    act: 'createWindowLink',
    by: 'owner',
    input: () => ({ tagIds: [ids.stage], maxApplications: 9 }),
    makes: ['link'],
    objects: ['stage', 'link'],
    paths: ['maxApplications', 'ownerRule'],
  },
  {
    act: 'acceptJoinApplications',
    by: 'admin',
    input: async () => {
      ids.application = await applicationOf(ids.link!);
      return { applicationIds: [ids.application] };
    },
    objects: ['application'],
    paths: [],
  },
  {
    act: 'refuseJoinApplications',
    by: 'admin',
    input: async () => {
      ids.application = await applicationOf(ids.link!);
      return { applicationIds: [ids.application], reason: 'We only serve dealers.' };
    },
    objects: ['application'],
    paths: ['reason'],
  },
  {
    act: 'updateWindowLink',
    by: 'owner',
    input: () => ({ linkId: ids.link, expectedVersion: 1, label: 'The fair' }),
    objects: ['link'],
    paths: ['expectedVersion', 'label'],
  },
  { act: 'revokeWindowLink', by: 'owner', input: () => ({ linkId: ids.link }), objects: ['link'], paths: [] },
  { act: 'leaveServiceWindow', by: 'rival', input: () => ({}), objects: [], paths: [] },
  {
    act: 'inviteContacts',
    by: 'admin',
    input: () => ({ contactIds: [ids.contact, ids.oneMore] }),
    objects: ['contact', 'oneMore'],
    paths: [],
  },
  {
    act: 'placeOrder',
    by: 'customer',
    input: () => ({ lines: [{ productId: ids.product, quantity: 3 }], note: 'In the morning.' }),
    makes: ['order'],
    objects: ['product', 'order'],
    paths: ['lines.0.quantity', 'note'],
  },
  {
    act: 'approveFormTask',
    by: 'owner',
    input: async () => {
      ids.task = await openTask(own.owner, ids.order!);
      return { taskId: ids.task, nextApproverId: ids.supervisor, comment: 'Agreed.' };
    },
    objects: ['task', 'supervisor', 'order'],
    paths: ['comment'],
  },
  {
    act: 'rejectFormTask',
    by: 'owner',
    input: () => ({ taskId: ids.rejectedTask, comment: 'No.' }),
    objects: ['rejectedTask', 'rejected'],
    paths: ['comment'],
  },
  {
    act: 'claimFormTask',
    by: 'formsAdmin',
    input: () => ({ taskId: ids.unclaimedTask }),
    objects: ['unclaimedTask', 'unclaimed'],
    paths: [],
  },
  {
    act: 'returnFormTask',
    by: 'owner',
    input: () => ({ taskId: ids.returnedTask, to: 'SUBMITTER', reason: 'Which?', fields: ['wish'] }),
    objects: ['returnedTask', 'returned'],
    paths: ['to', 'reason', 'fields'],
  },
  {
    act: 'resubmitForm',
    by: 'customer',
    input: () => ({ formId: ids.returned, values: [] }),
    objects: ['returned'],
    paths: ['values'],
  },
  {
    act: 'handOverFormTask',
    by: 'owner',
    input: () => ({ taskId: ids.handedTask, employeeId: ids.colleague }),
    objects: ['handedTask', 'colleague', 'handed'],
    paths: [],
  },
  {
    act: 'addFormApprover',
    by: 'colleague',
    input: async () => {
      ids.handedOn = await openTask(own.colleague, ids.handed!);
      return { taskId: ids.handedOn, employeeId: ids.supervisor, when: 'AFTER' };
    },
    objects: ['handedOn', 'supervisor', 'handed'],
    paths: ['when'],
  },
  {
    act: 'consultOnFormTask',
    by: 'colleague',
    input: () => ({ taskId: ids.handedOn, employeeId: ids.sharee, question: 'Do we?' }),
    objects: ['handedOn', 'sharee', 'handed'],
    paths: ['question'],
  },
  {
    act: 'answerConsultation',
    by: 'sharee',
    input: async () => {
      ids.asked = await openTask(own.sharee, ids.handed!);
      return { taskId: ids.asked, answer: 'We do.' };
    },
    objects: ['asked', 'handed'],
    paths: ['answer'],
  },
  { act: 'commentOnForm', by: 'owner', input: () => ({ formId: ids.handed, text: 'Soon.' }), objects: ['handed'], paths: ['text'] },
  { act: 'remindForm', by: 'owner', input: () => ({ formId: ids.handed }), objects: ['handed'], paths: [] },
  {
    act: 'reassignFormTask',
    by: 'formsAdmin',
    input: () => ({ taskId: ids.handedOn, employeeId: ids.sharee, reason: 'Ill.' }),
    objects: ['handedOn', 'sharee', 'handed'],
    paths: ['reason'],
  },
  {
    act: 'setStandIn',
    by: 'owner',
    input: () => ({ standInId: ids.sharee, from: '2099-01-01T00:00:00Z', until: '2099-02-01T00:00:00Z' }),
    makes: ['standIn'],
    objects: ['sharee', 'standIn'],
    paths: ['from', 'until'],
  },
  {
    act: 'setCompanyAccess',
    by: 'admin',
    input: () => ({ contactId: ids.customer, access: 'COMPANY' }),
    objects: ['customer'],
    paths: ['access'],
  },
  { act: 'removeStandIn', by: 'owner', input: () => ({ id: ids.standIn }), objects: ['standIn'], paths: [] },
  {
    act: 'jumpForm',
    by: 'formsAdmin',
    input: () => ({ formId: ids.handed, employeeId: ids.colleague, reason: 'Ill.' }),
    objects: ['handed', 'colleague'],
    paths: ['reason'],
  },
  { act: 'endForm', by: 'formsAdmin', input: () => ({ formId: ids.handed, reason: 'A test.' }), objects: ['handed'], paths: ['reason'] },
  {
    act: 'disputeForm',
    by: 'customer',
    input: () => ({ formId: ids.disputed, reason: 'It never came.' }),
    objects: ['disputed'],
    paths: ['reason'],
  },
  { act: 'withdrawForm', by: 'customer', input: () => ({ formId: ids.withdrawn }), objects: ['withdrawn'], paths: [] },
  {
    act: 'approveFormTasks',
    by: 'owner',
    input: () => ({ taskIds: [ids.bulkTask], comment: 'All.' }),
    objects: ['bulkTask'],
    paths: ['comment'],
  },
  { act: 'confirmForm', by: 'customer', input: () => ({ formId: ids.confirmed }), objects: ['confirmed'], paths: [] },
  {
    act: 'submitForm',
    by: 'customer',
    input: () => ({ templateId: ids.template, values: [{ field: 'wish', text: 'A catalogue' }] }),
    makes: ['form'],
    objects: ['template', 'form'],
    paths: ['values.0.field', 'values.0.text'],
  },
  {
    act: 'saveFormDraft',
    by: 'customer',
    input: () => ({ templateId: ids.template, values: [{ field: 'wish', text: 'A catalogue' }] }),
    makes: ['draft'],
    objects: ['template', 'draft'],
    paths: ['values.0.field', 'values.0.text'],
  },
  { act: 'deleteFormDraft', by: 'customer', input: () => ({ draftId: ids.draft }), objects: ['draft'], paths: [] },
  {
    act: 'copyForm',
    by: 'customer',
    input: () => ({ formId: ids.copied }),
    makes: ['draft'],
    objects: ['copied', 'draft'],
    paths: [],
  },
  {
    act: 'addProduct',
    by: 'admin',
    input: () => ({ name: 'Ladder', unit: 'piece', price: { amount: 900, currency: 'CNY' }, stock: 4 }),
    makes: ['product'],
    objects: ['product'],
    paths: ['name', 'unit', 'price.amount', 'price.currency', 'stock'],
  },
  {
    act: 'updateProduct',
    by: 'admin',
    input: () => ({ productId: ids.product, expectedVersion: 1, stock: 5 }),
    objects: ['product'],
    paths: ['expectedVersion', 'stock'],
  },
  {
    act: 'addVariant',
    by: 'admin',
    input: () => ({ productId: ids.product, name: 'Ladder, long', unit: 'piece', stock: 2, sku: 'L-2' }),
    makes: ['variant'],
    objects: ['product', 'variant'],
    paths: ['name', 'unit', 'stock', 'sku'],
  },
  {
    act: 'updateVariant',
    by: 'admin',
    input: () => ({ variantId: ids.variant, expectedVersion: 1, minimum: 2, price: { amount: 1_900, currency: 'CNY' } }),
    objects: ['variant'],
    paths: ['expectedVersion', 'minimum', 'price.amount', 'price.currency'],
  },
  {
    act: 'addToCart',
    by: 'customer',
    input: () => ({ variantId: ids.variant, quantity: 2 }),
    makes: ['cart'],
    objects: ['variant', 'cart'],
    paths: ['quantity'],
  },
  {
    act: 'setCartLine',
    by: 'customer',
    input: () => ({ variantId: ids.variant, quantity: 4 }),
    objects: ['variant', 'cart'],
    paths: ['quantity'],
  },
  {
    act: 'priceCart',
    by: 'customer',
    input: () => ({}),
    objects: ['cart'],
    paths: [],
  },
  {
    act: 'reorder',
    by: 'customer',
    input: () => ({ orderId: ids.order }),
    objects: ['order', 'cart'],
    paths: [],
  },
  {
    act: 'addPriceList',
    by: 'admin',
    input: () => ({ name: 'Key accounts', tagIds: [ids.stage] }),
    makes: ['priceList'],
    objects: ['stage', 'priceList'],
    paths: ['name'],
  },
  {
    act: 'updatePriceList',
    by: 'admin',
    input: () => ({ priceListId: ids.priceList, expectedVersion: 1, isForAll: true }),
    objects: ['priceList'],
    paths: ['expectedVersion', 'isForAll'],
  },
  {
    act: 'setListPrices',
    by: 'admin',
    input: () => ({
      priceListId: ids.priceList,
      expectedVersion: 3,
      prices: [{ variantId: ids.variant, price: { amount: 5, currency: 'CNY' } }],
    }),
    objects: ['priceList', 'variant'],
    paths: ['expectedVersion', 'prices.0.price.amount', 'prices.0.price.currency'],
  },
  {
    act: 'createShipment',
    by: 'admin',
    input: () => ({ orderId: ids.shipped, lines: [{ lineId: ids.shippedLine, quantity: 1 }], pack: true }),
    makes: ['shipment'],
    objects: ['shipped', 'shippedLine', 'shipment'],
    paths: ['lines.0.quantity', 'pack'],
  },
  {
    act: 'unpackShipment',
    by: 'admin',
    input: () => ({ shipmentId: ids.shipment }),
    objects: ['shipped', 'shipment'],
    paths: [],
  },
  {
    act: 'createShipment',
    by: 'admin',
    input: () => ({ orderId: ids.shipped, lines: [{ lineId: ids.shippedLine, quantity: 1 }], pack: true, tracking: 'SF 0' }),
    makes: ['shipment'],
    objects: ['shipped', 'shippedLine', 'shipment'],
    paths: ['lines.0.quantity', 'pack', 'tracking'],
  },
  {
    act: 'sendShipment',
    by: 'admin',
    input: () => ({ shipmentId: ids.shipment, carrier: 'SF' }),
    objects: ['shipped', 'shipment'],
    paths: ['carrier'],
  },
  {
    act: 'createShipment',
    by: 'admin',
    input: () => ({ orderId: ids.shipped, lines: [{ lineId: ids.shippedLine, quantity: 1 }], tracking: 'SF 1' }),
    makes: ['shipment'],
    objects: ['shipped', 'shippedLine', 'shipment'],
    paths: ['lines.0.quantity', 'tracking'],
  },
  {
    act: 'deliverShipment',
    by: 'admin',
    input: () => ({ shipmentId: ids.shipment }),
    objects: ['shipped', 'shipment'],
    paths: [],
  },
  {
    act: 'disputeReceipt',
    by: 'customer',
    input: async () => {
      const read = 'query ($id: ID!) { node(id: $id) { ... on OrderShipping { shipments { lines { id } } } } }';
      const { node } = await own.customer.query(read, { id: ids.shipped });
      ids.shipmentLine = node.shipments[0].lines[0].id;
      return { orderId: ids.shipped, lines: [{ lineId: ids.shipmentLine, quantity: 1 }], reason: 'Broken.', photoIds: [ids.boxPhoto] };
    },
    objects: ['shipped', 'shipmentLine', 'boxPhoto'],
    paths: ['lines.0.quantity', 'reason'],
  },
  {
    act: 'confirmReceipt',
    by: 'customer',
    input: () => ({ orderId: ids.shipped }),
    objects: ['shipped'],
    paths: [],
  },
  {
    act: 'settleDispute',
    by: 'owner',
    input: () => ({ orderId: ids.shipped, shipAnew: false }),
    objects: ['shipped'],
    paths: ['shipAnew'],
  },
  {
    act: 'requestReturn',
    by: 'customer',
    input: () => ({ orderId: ids.shipped, lines: [{ lineId: ids.shippedLine, quantity: 1 }], reason: 'Too many.' }),
    makes: ['return'],
    objects: ['shipped', 'shippedLine', 'return'],
    paths: ['lines.0.quantity', 'reason'],
  },
  {
    act: 'decideReturn',
    by: 'owner',
    input: () => ({ returnId: ids.return, decision: 'APPROVE' }),
    objects: ['return'],
    paths: ['decision'],
  },
  {
    act: 'sendReturn',
    by: 'customer',
    input: () => ({ returnId: ids.return, tracking: 'SF 2' }),
    objects: ['return'],
    paths: ['tracking'],
  },
  {
    act: 'receiveReturn',
    by: 'admin',
    input: () => ({ returnId: ids.return, restock: true }),
    objects: ['return'],
    paths: ['restock'],
  },
  {
    act: 'creditReturn',
    by: 'admin',
    input: () => ({ returnId: ids.return }),
    objects: ['return'],
    paths: [],
  },
  {
    act: 'recordPayment',
    by: 'admin',
    input: async () => {
      const read = 'query ($id: ID!) { businessForm(id: $id) { ... on Order { account { id } } } }';
      ids.account = (await own.customer.query(read, { id: ids.order })).businessForm.account.id;
      return { orderId: ids.account, kind: 'PAYMENT', amount: { amount: 1, currency: 'CNY' } };
    },
    makes: ['payment'],
    objects: ['account', 'payment'],
    paths: ['amount.amount', 'amount.currency', 'kind'],
  },
  ...(credits as readonly Case[]),
  {
    act: 'proposeOrderChange',
    by: 'owner',
    input: async () => {
      const read = 'query ($id: ID!) { node(id: $id) { ... on OrderShipping { lines { id } } } }';
      ids.changedLine = (await own.owner.query(read, { id: ids.cancelled })).node.lines[0].id;
      const validUntil = '2099-01-01T00:00:00Z';
      return { orderId: ids.cancelled, lines: [{ lineId: ids.changedLine, quantity: 1 }], reason: 'No more here.', validUntil };
    },
    makes: ['change'],
    objects: ['cancelled', 'changedLine', 'change'],
    paths: ['lines.0.quantity', 'reason', 'validUntil'],
  },
  {
    act: 'answerOrderChange',
    by: 'customer',
    input: () => ({ orderId: ids.cancelled, change: 1, answer: 'REFUSE' }),
    objects: ['cancelled'],
    paths: ['answer', 'change'],
  },
  {
    act: 'withdrawOrderChange',
    by: 'owner',
    input: () => ({ orderId: ids.cancelled }),
    objects: ['cancelled'],
    paths: [],
  },
  {
    act: 'cancelOrder',
    by: 'owner',
    input: () => ({ orderId: ids.cancelled, reason: 'Sold out.' }),
    objects: ['cancelled'],
    paths: ['reason'],
  },
  {
    act: 'withdrawVariant',
    by: 'admin',
    input: () => ({ variantId: ids.variant }),
    objects: ['variant'],
    paths: [],
  },
  {
    act: 'withdrawProduct',
    by: 'admin',
    input: () => ({ productId: ids.product }),
    objects: ['product'],
    paths: [],
  },
  {
    act: 'addDepartment',
    by: 'admin',
    input: () => ({ name: 'Sales West', parentId: ids.sales }),
    makes: ['department'],
    objects: ['sales', 'department'],
    paths: ['name'],
  },
  {
    act: 'updateDepartment',
    by: 'admin',
    input: () => ({ departmentId: ids.department, expectedVersion: 1, name: 'Exports' }),
    objects: ['department'],
    paths: ['expectedVersion', 'name'],
  },
  {
    act: 'moveDepartment',
    by: 'admin',
    input: () => ({ departmentId: ids.department, parentId: ids.support, dryRun: false }),
    objects: ['department', 'support'],
    paths: ['dryRun'],
  },
  {
    act: 'addEmployee',
    by: 'admin',
    input: () => ({ name: 'He Jing', phone: newPhone(), departmentIds: [ids.department], position: 'Clerk' }),
    makes: ['employee'],
    objects: ['department', 'employee'],
    paths: ['name', 'phone', 'position'],
  },
  {
    act: 'setDepartmentSupervisors',
    by: 'admin',
    input: () => ({ departmentId: ids.department, employeeIds: [ids.employee] }),
    objects: ['department', 'employee'],
    paths: [],
  },
  {
    act: 'updateEmployee',
    by: 'admin',
    input: () => ({ employeeId: ids.employee, expectedVersion: 1, departmentIds: [ids.support], position: '' }),
    objects: ['employee', 'support'],
    paths: ['expectedVersion', 'position'],
  },
  { act: 'removeDepartment', by: 'admin', input: () => ({ departmentId: ids.department }), objects: ['department'], paths: [] },
  {
    act: 'grantAdminRight',
    by: 'admin',
    input: () => ({ employeeId: ids.employee, right: 'AUDIT', departmentIds: [ids.sales] }),
    objects: ['employee', 'sales'],
    paths: ['right'],
  },
  {
    act: 'revokeAdminRight',
    by: 'admin',
    input: () => ({ employeeId: ids.employee, right: 'AUDIT' }),
    objects: ['employee'],
    paths: ['right'],
  },
  {
    act: 'addLinkApp',
    by: 'admin',
    input: () => ({ name: 'Points', url: 'https://points.example/', contactIds: [own.customer.id] }),
    makes: ['app'],
    objects: ['customer', 'app'],
    paths: ['name', 'url'],
  },
  {
    act: 'updateLinkApp',
    by: 'admin',
    input: async () => ({ appId: ids.app, expectedVersion: await versionOfApp(), icon: 'star' }),
    objects: ['app'],
    paths: ['expectedVersion', 'icon'],
  },
  { act: 'openLinkApp', by: 'customer', input: () => ({ appId: ids.app }), objects: ['app'], paths: [] },
  { act: 'moveWindowApp', by: 'admin', input: () => ({ appId: ids.app, afterId: null }), objects: ['app'], paths: ['afterId'] },
  {
    act: 'showWindowApp',
    by: 'admin',
    input: () => ({ appId: ids.app, tagIds: [ids.stage] }),
    objects: ['app', 'stage'],
    paths: [],
  },
  { act: 'previewServiceWindow', by: 'admin', input: () => ({ contactId: ids.customer }), objects: ['customer'], paths: [] },
  { act: 'addArticleCategory', by: 'admin', input: () => ({ name: 'Help' }), makes: ['category'], objects: ['category'], paths: ['name'] },
  {
    act: 'updateArticleCategory',
    by: 'admin',
    input: () => ({ categoryId: ids.category, expectedVersion: 1, name: 'Answers' }),
    objects: ['category'],
    paths: ['expectedVersion', 'name'],
  },
  {
    act: 'moveArticleCategory',
    by: 'admin',
    input: () => ({ categoryId: ids.category, position: 1 }),
    objects: ['category'],
    paths: ['position'],
  },
  {
    act: 'addArticle',
    by: 'admin',
    input: () => ({ title: 'Returns', markdown: 'Within seven days.', categoryId: ids.category }),
    makes: ['article'],
    objects: ['article', 'category'],
    paths: ['title', 'markdown'],
  },
  ...['publishArticle', 'withdrawArticle', 'publishArticle'].map((act) => ({
    act,
    by: 'admin' as const,
    input: async () => ({ articleId: ids.article, expectedVersion: await versionOfArticle() }),
    objects: ['article'],
    paths: ['expectedVersion'],
  })),
  {
    act: 'updateArticle',
    by: 'admin',
    input: async () => ({ articleId: ids.article, expectedVersion: await versionOfArticle(), title: 'Exchange' }),
    objects: ['article'],
    paths: ['expectedVersion', 'title'],
  },
  {
    act: 'restoreArticleVersion',
    by: 'admin',
    input: async () => ({ articleId: ids.article, expectedVersion: await versionOfArticle(), number: 1 }),
    objects: ['article'],
    paths: ['expectedVersion', 'number'],
  },
  { act: 'moveArticle', by: 'admin', input: () => ({ articleId: ids.article, afterId: null }), objects: ['article'], paths: ['afterId'] },
  {
    act: 'rateArticle',
    by: 'customer',
    input: () => ({ articleId: ids.article, helpful: true }),
    objects: ['article'],
    paths: ['helpful'],
  },
  {
    act: 'showArticle',
    by: 'admin',
    input: () => ({ articleId: ids.article, tagIds: [ids.stage] }),
    objects: ['article', 'stage'],
    paths: [],
  },
  { act: 'removeArticleCategory', by: 'admin', input: () => ({ categoryId: ids.category }), objects: ['category'], paths: [] },
  { act: 'removeArticle', by: 'admin', input: () => ({ articleId: ids.article }), objects: ['article'], paths: [] },
  { act: 'removeLinkApp', by: 'admin', input: () => ({ appId: ids.app }), objects: ['app'], paths: [] },
  {
    act: 'settleDirectoryConflict',
    by: 'admin',
    input: async () => {
      ids.conflict = await openConflict();
      return { conflictId: ids.conflict, choice: 'KEEP' };
    },
    objects: ['conflict'],
    paths: ['choice'],
  },
  {
    act: 'offboardEmployee',
    by: 'admin',
    input: () => ({ employeeId: ids.employee, successorId: ids.colleague }),
    makes: ['transfer'],
    objects: ['employee', 'colleague', 'transfer'],
    paths: [],
  },
  { act: 'undoTransfer', by: 'admin', input: () => ({ transferId: ids.transfer }), objects: ['transfer'], paths: [] },
  {
    act: 'createUpload',
    by: 'admin',
    input: () => ({ name: 'staff.csv', size: 11, mimeType: 'text/csv', purpose: 'EMPLOYEE_IMPORT' }),
    makes: ['upload'],
    objects: ['upload'],
    paths: ['name', 'size', 'mimeType', 'purpose'],
  },
  {
    act: 'makeEmployeeImportTemplate',
    by: 'admin',
    input: () => ({ format: 'CSV' }),
    makes: ['job'],
    objects: ['job'],
    paths: ['format'],
  },
  {
    act: 'startEmployeeImport',
    by: 'admin',
    input: () => ({ uploadId: ids.table, dryRun: true }),
    makes: ['job', 'import'],
    objects: ['table', 'job', 'import'],
    paths: ['dryRun'],
  },
  {
    act: 'startStaffSync',
    by: 'admin',
    input: () => ({ source: 'hr', dryRun: true }),
    makes: ['job', 'sync'],
    objects: ['job', 'sync'],
    paths: ['source', 'dryRun'],
  },
  {
    act: 'startContactImport',
    by: 'admin',
    input: () => ({ uploadId: ids.contactTable, mode: 'UPDATE', tagIds: [ids.stage] }),
    makes: ['job', 'import'],
    objects: ['contactTable', 'stage', 'job', 'import'],
    paths: ['mode'],
  },
  {
    act: 'exportContacts',
    by: 'admin',
    input: () => ({ format: 'CSV', list: 'MINE', columns: ['name'] }),
    makes: ['job'],
    objects: ['job'],
    paths: ['list', 'columns', 'format'],
  },
  {
    act: 'exportForms',
    by: 'admin',
    input: () => ({ where: { state: { equals: 'ENDED' } } }),
    makes: ['job'],
    objects: ['job'],
    paths: ['where'],
  },
  {
    act: 'readContactCard',
    by: 'owner',
    input: () => ({ uploadId: ids.cardPhoto }),
    makes: ['card', 'job'],
    objects: ['cardPhoto', 'card', 'job'],
    paths: [],
  },
  {
    act: 'resumeContactImport',
    by: 'admin',
    input: () => ({ importId: ids.pausedImport, choices: [{ name: 'The colleague', employeeId: ids.colleague }] }),
    makes: ['job', 'import'],
    objects: ['pausedImport', 'colleague', 'job'],
    paths: ['choices.0.name'],
  },
  {
    act: 'undoContactImport',
    by: 'admin',
    input: () => ({ importId: ids.doneImport, reason: 'The list of last year' }),
    makes: ['job', 'import'],
    objects: ['doneImport', 'job'],
    paths: ['reason'],
  },
  {
    act: 'previewContactBook',
    by: 'owner',
    input: () => ({ uploadId: ids.phoneBook }),
    makes: ['book'],
    objects: ['phoneBook', 'book'],
    paths: [],
  },
  {
    act: 'addContactsFromBook',
    by: 'owner',
    input: () => ({ bookId: ids.book, entries: [{ index: 0 }], tagIds: [ids.stage] }),
    objects: ['book', 'stage'],
    paths: ['entries.0.index'],
  },
  {
    act: 'addContactField',
    by: 'admin',
    input: () => ({ name: 'grade', kind: 'TEXT' }),
    makes: ['field'],
    objects: ['field'],
    paths: ['name', 'kind'],
  },
  {
    act: 'updateContactField',
    by: 'admin',
    input: () => ({ fieldId: ids.field, expectedVersion: 1, label: 'Class' }),
    objects: ['field'],
    paths: ['expectedVersion', 'label'],
  },
  { act: 'moveContactField', by: 'admin', input: () => ({ fieldId: ids.field, position: 1 }), objects: ['field'], paths: ['position'] },
  { act: 'deleteContactField', by: 'admin', input: () => ({ fieldId: ids.field }), objects: ['field'], paths: [] },
  { act: 'deleteTag', by: 'admin', input: () => ({ tagId: ids.tag, replacementId: ids.stage }), objects: ['tag', 'stage'], paths: [] },
  {
    act: 'deleteTagGroup',
    by: 'admin',
    input: () => ({ groupId: ids.tagGroup, confirmUsage: 0 }),
    objects: ['tagGroup'],
    paths: ['confirmUsage'],
  },
  { act: 'cancelJob', by: 'admin', input: () => ({ jobId: ids.job }), objects: ['job'], paths: [] },
  {
    act: 'updateNotificationSettings',
    by: 'owner',
    input: () => ({ expectedVersion: 0, language: 'ENGLISH', digest: 'NONE', choices: [] }),
    objects: [],
    paths: ['expectedVersion', 'language', 'digest', 'choices'],
  },
  ...(contracts as readonly Case[]),
  ...(franchises as readonly Case[]),
  {
    act: 'updateWorkingCalendar',
    by: 'formsAdmin',
    input: () => ({ expectedVersion: 0, removeDays: ['2026-10-01'] }),
    objects: [],
    paths: ['expectedVersion', 'removeDays'],
  },
  { act: 'markNotificationsRead', by: 'owner', input: () => ({ ids: [ids.notification] }), objects: ['notification'], paths: [] },
  { act: 'switchPlugin', by: 'admin', input: () => ({ plugin: 'ordering', enabled: true }), objects: [], paths: ['plugin', 'enabled'] },
  {
    act: 'updatePluginSettings',
    by: 'admin',
    input: () => ({ plugin: 'ordering', settings: { allowBackorder: false } }),
    objects: [],
    paths: ['plugin', 'settings'],
  },
  {
    act: 'createFormTemplate',
    by: 'formsAdmin',
    input: () => ({ name: 'Wishes' }),
    makes: ['template'],
    objects: ['template'],
    paths: ['name'],
  },
  {
    act: 'updateFormTemplateDraft',
    by: 'formsAdmin',
    input: () => ({
      templateId: ids.template,
      expectedVersion: 1,
      draft: { fields: [{ name: 'wish', label: 'What?', kind: 'TEXT' }] },
    }),
    objects: ['template'],
    paths: ['expectedVersion', 'draft.fields.0.name', 'draft.fields.0.label', 'draft.fields.0.kind'],
  },
  {
    act: 'publishFormTemplate',
    by: 'formsAdmin',
    input: () => ({ templateId: ids.template, expectedVersion: 2 }),
    objects: ['template'],
    paths: ['expectedVersion'],
  },
  { act: 'exportFormTemplate', by: 'formsAdmin', input: () => ({ templateId: ids.template }), objects: ['template'], paths: [] },
  {
    act: 'importFormTemplate',
    by: 'formsAdmin',
    input: () => ({ file: FILE }),
    makes: ['template'],
    objects: ['template'],
    paths: ['file'],
  },
  ...repairCases(ids),
  ...(['disableFormTemplate', 'enableFormTemplate', 'deleteFormTemplate'] as const).map(
    (act): Case => ({ act, by: 'formsAdmin', input: () => ({ templateId: ids.template }), objects: ['template'], paths: [] }),
  ),
];

const REPAIRS = repairCases(ids).map(({ act }) => act);

inSteps('one entry is written for each mutation that is done', () => {
  it.each(CASES.map((one) => [one.act, one.by, one] as const))('%s by %s', async (act, by, { input, makes = [], objects, paths }) => {
    const seat = own[by];
    const entries = await writtenDown(own.admin, async () => {
      const made = await mutate(seat, act, await input(), makes.map((word) => `${word} { id }`).join(' '));
      for (const word of makes) ids[word] = made[word]!.id;
    });
    expect(entries).toHaveLength(1);
    const [entry] = entries;
    const isPlugin =
      credits.some((one) => one.act === act) ||
      /^(placeOrder|(create|send|unpack|deliver)Shipment|(confirm|dispute)Receipt|settleDispute|cancelOrder|(propose|answer|withdraw)OrderChange|reorder|(request|decide|send|receive|credit)Return|recordPayment|(add|update|withdraw)(Product|Variant)|addToCart|setCartLine|priceCart|(add|update)PriceList|setListPrices)$/.test(
        act,
      );
    const isRepair = REPAIRS.includes(act);
    expect(entry).toMatchObject({ act, actorId: seat.id, actor: ['customer', 'rival', 'unowned'].includes(by) ? null : { id: seat.id } });
    expect(entry!.module === 'ordering').toBe(isPlugin);
    expect(entry!.module === 'repair').toBe(isRepair);
    expect(entry!.module === 'contract').toBe(contracts.some((one) => one.act === act));
    expect(entry!.module === 'franchise').toBe(franchises.some((one) => one.act === act));
    expect([...entry!.objectIds].sort()).toEqual(objects.map((word) => ids[word]!).sort());
    expect(entry!.fields.map(({ path }) => path).sort()).toEqual([...paths].sort());
    const { sessionId } = (await server.runtime.seats.signedIn(seat.token!))!;
    expect(entry!.sessionId).toBe(encodeGlobalId('Session', sessionId));
  });

  it('these are all mutations of both schemas, but for those of an account, and of whoever has no seat yet', () => {
    const { staff, portal } = server.runtime.schemas;
    const all = [staff, portal].flatMap((schema) => Object.keys(schema.getMutationType()!.getFields()));
    const ofSessions = ['requestSignInCode', 'signIn', 'switchSeat', 'signOut', 'endSessions'];
    const outside = [...ofSessions, 'requestPhoneChangeCode', 'changeMyPhone', 'requestJoinCode', 'applyToWindow'];
    expect([...new Set(CASES.map(({ act }) => act))].sort()).toEqual([...new Set(all)].filter((name) => !outside.includes(name)).sort());
  });
});
