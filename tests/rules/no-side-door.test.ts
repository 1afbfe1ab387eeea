import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeTag } from '../../src/platform/sql/cursors.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import { newPhone } from '../../src/testing/test-organization.ts';
import type { Answer, TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { done } from './verdict.ts';
import { makeWorld, mutate, type SeatName, type World } from './world.fixture.ts';

// What a seat may not read, it cannot find out by asking differently (spec 2.5).

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
});
afterAll(() => server.stop());

const said = ({ data, errors }: Answer) => ({
  data,
  errors: errors.map(({ message, path, extensions: { code } }) => ({ message, path, code })),
});

/** All that somebody who is no more than a colleague can think of asking about a contact. */
const BATTERY = `query ($id: ID!, $owner: ID!, $company: ID!, $tags: [ID!]!, $phone: String!, $name: String!) {
  contact(id: $id) {
    name phone phoneFormatted phoneExtension address email remark position version source createdAt updatedAt lastInteractionAt deletedAt
    customFields { text } company { name } owner { name } createdBy { name } tags { name } viewerRoles viewerAccess { role through }
    viewerCan { edit call message } timeline { totalCount } history { totalCount } sharedWith { totalCount } businessForms { totalCount }
  }
  company: node(id: $company) { id }
  all: contacts { totalCount nodes { id } edges { cursor } pageInfo { startCursor endCursor hasNextPage } }
  ordered: contacts(orderBy: [{ field: NAME, direction: ASC }], last: 5) { totalCount edges { cursor } }
  byPhone: contacts(search: $phone) { totalCount }
  byName: contacts(search: $name) { totalCount }
  filtered: contacts(where: { owner: { equals: $owner }, company: { equals: $company }, tags: { any: $tags } }) { totalCount nodes { id } }
  opposite: contacts(where: { not: { or: [{ owner: { equals: $owner } }, { tags: { any: $tags } }] } }) { totalCount nodes { id } }
  shared: contacts(list: SHARED_WITH_ME, where: { source: { in: [MANUAL] } }) { totalCount }
  forms: businessForms(where: { state: { equals: IN_REVIEW } }) { totalCount }
}`;

describe('a colleague', () => {
  it('is answered the same whatever the contact holds, in lists, filters, searches, orders, counts and cursors', async () => {
    const { admin, owner, colleague, sibling } = world.seats;
    const { tagIds } = world.ours;
    const phone = `010-${newPhone().slice(-8)}`;
    const given = { name: 'Quiet Harbour', phone, company: 'Quiet', ownerId: owner.id, tagIds: [tagIds[0]] };
    const { contact } = await mutate(admin, 'addContact', given, 'contact { id version company { id } }');
    const { id, version, company } = contact as unknown as { id: string; version: number; company: { id: string } };
    const asked = { id, owner: owner.id, company: company.id, tags: [tagIds[0]], phone: phone.slice(-8), name: 'Quiet Harbour' };
    const before = said(await sibling.ask(BATTERY, asked));
    expect(before.data).toMatchObject({
      contact: { name: 'Quiet Harbour', phone: null },
      byName: { totalCount: 0 },
      all: { totalCount: 1 },
    });

    await mutate(admin, 'updateContact', {
      contactId: id,
      expectedVersion: version,
      company: '',
      address: '2 Quay',
      email: 'b@example.com',
    });
    await mutate(admin, 'changeContactPhone', { contactId: id, phone: `010-${newPhone().slice(-8)}` });
    await mutate(admin, 'tagContact', { contactId: id, tagId: tagIds[1] });
    await mutate(admin, 'shareContact', { contactId: id, employeeId: colleague.id });
    await mutate(admin, 'transferContacts', { contactIds: [id], ownerId: admin.id });
    expect(said(await sibling.ask(BATTERY, asked))).toEqual(before);
  });

  it('is refused each field in the same words, whatever stands there', async () => {
    const fields = 'phone address email remark owner { name } company { name } timeline { totalCount }';
    const ask = async (id: string) => said(await world.seats.approver.ask(`query ($id: ID!) { contact(id: $id) { ${fields} } }`, { id }));
    const { rival, led } = world.contacts;
    expect(await ask(rival)).toEqual(await ask(led));
    expect((await ask(rival)).errors.every(({ message, code }) => message === 'You may not read or do this.' && code === 'FORBIDDEN')).toBe(
      true,
    );
  });

  it('who adds a contact whose phone is known learns who to ask, and no more', async () => {
    const { phone } = world.ours.plan.contacts[0]!;
    const { data } = await world.seats.sibling.ask(
      `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on ContactPhoneTaken { message requestToken askToShare { name } existingContact { id name } } } }`,
      { input: { name: 'Somebody', phone, tagIds: [world.ours.tagIds[0]] } },
    );
    const { requestToken, ...rest } = data.addContact;
    expect(rest).toMatchObject({ __typename: 'ContactPhoneTaken', existingContact: null });
    expect(rest.askToShare.map(({ name }: { name: string }) => name)).toContain('The owner');
    for (const word of ['The customer', 'Riverside', world.contacts.customer]) expect(JSON.stringify(rest)).not.toContain(word);
    expect(Buffer.from(requestToken, 'base64url').toString('latin1')).not.toContain('customer');
  });
});

describe('from one object to another', () => {
  const FORM = `contact { name company { name } phone address tags { name } owner { name } timeline { totalCount } }`;
  const refused = (at: string) => ['phone', 'address', 'tags', 'owner', 'timeline'].map((field) => `${at}.contact.${field}`);
  const told = {
    contact: { name: 'The customer', company: { name: 'Riverside' }, phone: null, address: null, tags: null, owner: null, timeline: null },
  };
  const paths = ({ errors }: Answer): string[] => errors.map(({ path }) => path!.join('.'));

  it('a participant reads the contact’s name and company, and nothing else of it', async () => {
    const { approver } = world.seats;
    const ofForm = await approver.ask(`query ($id: ID!) { businessForm(id: $id) { ${FORM} } }`, { id: world.forms.passed });
    expect([ofForm.data.businessForm, paths(ofForm)]).toEqual([told, refused('businessForm')]);
    const ofTask = await approver.ask(`{ myTasks { nodes { form { ${FORM} } } } }`);
    expect([ofTask.data.myTasks.nodes, paths(ofTask)]).toEqual([[{ form: told }], refused('myTasks.nodes.0.form')]);
    const { data } = await approver.ask(`{ businessForms(first: 5) { nodes { tasks(first: 5) { nodes { form { ${FORM} } } } } } }`);
    for (const { form } of data.businessForms.nodes.flatMap(({ tasks }: { tasks: { nodes: unknown[] } }) => tasks.nodes))
      expect(form).toEqual(told);
  });

  it('a sharee finds no way from a form to what was decided', async () => {
    const { data, errors } = await world.seats.sharee.ask(
      `query ($id: ID!) { contact(id: $id) { businessForms { nodes { state answers { value { text } } tasks { totalCount } history { totalCount } ... on Order { total { amount } lines { name } } } } } }`,
      { id: world.contacts.customer },
    );
    const { nodes } = data.contact.businessForms;
    expect(nodes).toHaveLength(7);
    for (const { state, ...rest } of nodes) {
      expect(state).toEqual(expect.any(String));
      expect(new Set(Object.values(rest))).toEqual(new Set([null]));
    }
    expect(errors.every(({ extensions }) => extensions.code === 'FORBIDDEN')).toBe(true);
  });

  it('an employee finds no way to a colleague’s phone', async () => {
    const phones = 'members(first: 5) { nodes { phone staffNumber } } supervisors { phone }';
    const { data } = await world.seats.owner.ask(
      `{ departments { nodes { name ${phones} } } viewer { ... on Employee { phone supervisors { phone } mainDepartment { ${phones} } } } }`,
    );
    const { phone: own, ...others } = data.viewer;
    expect(own).toMatch(/^\+86/);
    const numbers = JSON.stringify([data.departments, others]).match(/\+86\d+/g) ?? [];
    expect(new Set(numbers)).toEqual(new Set([own]));
  });

  it('a customer counts only its own forms, wherever they are counted', async () => {
    const COUNT = '{ myForms { totalCount } viewer { ... on Contact { businessForms { totalCount } } } }';
    for (const [seat, count] of [
      ['customer', 7],
      ['unowned', 2],
      ['rival', 1],
    ] as const)
      expect(await world.seats[seat].query(COUNT)).toEqual({
        myForms: { totalCount: count },
        viewer: { businessForms: { totalCount: count } },
      });
  });
});

describe('cursors', () => {
  const NAME = 'orderBy: [{ field: NAME, direction: ASC }]';
  const LISTS: readonly (readonly [SeatName, string, string])[] = [
    ['customer', 'myForms', 'number'],
    ['customer', `products(${NAME})`, 'name'],
    ['customer', 'formTemplates', 'name'],
    ['owner', `contacts(${NAME})`, 'name'],
    ['owner', 'businessForms', 'number'],
    ['owner', 'myTasks(state: DECIDED)', 'state'],
    ['owner', 'employees', 'name'],
    ['sharee', 'contacts(list: SHARED_WITH_ME)', 'name'],
  ];
  it.each(LISTS)('of the %s in %s hold the order, what it is by, and the object’s own id', async (seat, list, word) => {
    const { it: found } = await world.seats[seat].query(`{ it: ${list} { edges { cursor node { id ${word} } } } }`);
    expect(found.edges.length).toBeGreaterThan(0);
    for (const { cursor, node } of found.edges) {
      const [order, value, uuid, ...more] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      const name = list.split(/\W/)[0]!;
      const tags = { 'NAME ASC': placed(name, 'NAME', 'ASC'), 'CREATED_AT DESC': placed(name, 'CREATED_AT', 'DESC') };
      expect([Object.values(tags), more]).toEqual([expect.arrayContaining([order]), []]);
      expect(node.id).toBe(encodeGlobalId(TYPES[list.split(/\W/)[0]!]!, uuid));
      if (order === tags['NAME ASC']) expect(String(value).toLowerCase()).toContain(node.name.toLowerCase());
      else expect(value).toBe(uuid);
    }
  });
  const placed = (name: string, by: string, direction: 'ASC' | 'DESC'): string =>
    placeTag({ list: `Query.${name}`, order: { by, direction } });
  const TYPES: Readonly<Record<string, string>> = {
    myForms: 'BusinessForm',
    businessForms: 'BusinessForm',
    products: 'Product',
    formTemplates: 'FormTemplate',
    contacts: 'Contact',
    myTasks: 'FormTask',
    employees: 'Employee',
  };

  it('of another organization, or made up, lead to nothing that is not one’s own', async () => {
    const { stranger, approver } = world.seats;
    const { contacts } = await stranger.query('{ contacts { edges { cursor } } }');
    for (const { cursor: after } of contacts.edges) {
      const page = await approver.query('query ($after: Cursor) { contacts(after: $after) { totalCount nodes { id } } }', { after });
      expect(page.contacts).toEqual({ totalCount: 0, nodes: [] });
    }
  });
});

describe('refusals', () => {
  it('of a restore do not tell whether there is such a contact in the bin', async () => {
    const { admin, scopedAdmin } = world.seats;
    const given = { name: 'Outside', phone: `010-${newPhone().slice(-8)}`, tagIds: [world.ours.tagIds[0]] };
    const { contact } = await mutate(admin, 'addContact', given, 'contact { id }');
    await mutate(admin, 'deleteContacts', { contactIds: [contact!.id] });
    for (const id of [contact!.id, 'never issued']) expect(await done(scopedAdmin, 'restoreContacts', { contactIds: [id] })).toBe('none');
  });
  it('of somebody who is not let in do not tell whether there is such a template or product', async () => {
    const { customer, guest } = world.seats;
    const { formTemplates, products } = await customer.query('{ formTemplates { nodes { id kind } } products { nodes { id } } }');
    for (const { id: templateId } of [...formTemplates.nodes, { id: 'never issued' }])
      expect(await done(guest, 'submitForm', { templateId, values: [] })).toBe('no');
    for (const { id: productId } of [...products.nodes, { id: 'never issued' }])
      expect(await done(guest, 'placeOrder', { lines: [{ productId, quantity: 1 }] })).toBe('no');
  });
});

describe('the permission table', () => {
  const named = async (seat: TestSeat): Promise<string[]> =>
    (await seat.query('{ permissions { fields } }')).permissions.flatMap(({ fields }: { fields: string[] }) => fields);
  it('names to a contact what stands on its surface alone, and to nobody anything', async () => {
    expect(await named(world.seats.owner)).toContain('Contact.timeline');
    expect(
      (await named(world.seats.customer)).filter((field) =>
        /timeline|history|tasks|Employee\.phone|Form\.state$|^Order\.state$/.test(field),
      ),
    ).toEqual([]);
    expect((await server.nobody.ask('{ permissions { fields } }')).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
