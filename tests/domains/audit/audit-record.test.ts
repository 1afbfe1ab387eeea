import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mutate, openTask, placed } from '../../rules/world.fixture.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { ADD, added, CHANGE_PHONE, codes, outcome, rowsOf, TRANSFER, UPDATE } from '../contacts/contact.fixture.ts';
import { newest } from '../transfers/transfer.fixture.ts';
import { type Entry, entriesFor, isValue, writtenDown } from './audit.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const newContact = (more: object = {}) => ({ name: 'Gao Li', phone: newPhone(), tagIds: [own.tagIds[0]], ...more });

describe('what was not done is not in the record', () => {
  it('a mutation that is refused, whatever the reason', async () => {
    const { customer, owner, colleague, sharee, admin } = own;
    const refused: unknown[] = [];
    const entries = await writtenDown(admin, async () => {
      const taken = { ...newContact(), phone: own.plan.contacts[0]!.phone };
      for (const input of [newContact({ name: ' ' }), newContact({ tagIds: [customer.id] }), taken])
        refused.push((await outcome(colleague, ADD, input)).code);
      refused.push((await outcome(owner, UPDATE, { contactId: customer.id, expectedVersion: 99, remark: 'x' })).code);
      refused.push(...(await codes(sharee, CHANGE_PHONE, { contactId: customer.id, phone: newPhone() })));
    });
    expect(refused).toEqual(['VALIDATION_FAILED', 'NOT_FOUND', 'CONTACT_PHONE_TAKEN', 'VERSION_CONFLICT', 'FORBIDDEN']);
    expect(entries).toEqual([]);
  });

  it('signing in and out, which is done in no organization', async () => {
    const entries = await writtenDown(own.admin, async () => {
      const seat = await server.seat(own.plan.employees[6]!.phone);
      await seat.does('mutation { signOut { __typename } }');
    });
    expect(entries).toEqual([]);
  });

  it('a bulk act that was refused for all of its objects, and those for which one was', async () => {
    const [mine, another] = [await added(own.owner, own), await added(own.colleague, own)];
    const entries = await writtenDown(own.admin, async () => {
      await outcome(own.owner, TRANSFER, { contactIds: [another.id], ownerId: own.sharee.id });
      await outcome(own.owner, TRANSFER, { contactIds: [another.id, mine.id, own.sharee.id], ownerId: own.sharee.id });
    });
    expect(entries.map(({ objectIds }) => [...objectIds].sort())).toEqual([[mine.id, own.sharee.id, (await newest(own)).id].sort()]);
  });
});

describe('what was done once is in the record once', () => {
  it('however often its key is sent, one after the other or at once', async () => {
    const input = newContact({ idempotencyKey: 'the same' });
    const entries = await writtenDown(own.admin, async () => {
      const ids = await Promise.all(Array.from({ length: 10 }, async () => (await own.owner.does(ADD, { input })).contact.id));
      ids.push((await own.owner.does(ADD, { input })).contact.id);
      expect(new Set(ids).size).toBe(1);
    });
    expect(entries).toHaveLength(1);
    expect(entries[0]!.fields.map(({ path }) => path)).toEqual(['name', 'phone']);
  });

  it('with every object of a bulk act of 250', async () => {
    const contactIds = await unowned(250);
    const [entry] = await writtenDown(own.admin, () => outcome(own.admin, TRANSFER, { contactIds, ownerId: own.sharee.id }));
    expect([...entry!.objectIds].sort()).toEqual([...contactIds, own.sharee.id, (await newest(own)).id].sort());
    for (const id of [contactIds[0], contactIds[249]]) {
      const [found] = await entriesFor(own.admin, { objects: { any: [id] } });
      expect(found!.id).toBe(entry!.id);
    }
  });
});

/** Contacts as an import would make them. @returns global ids */
async function unowned(count: number): Promise<string[]> {
  const made = await rowsOf<{ id: string }>(
    server,
    own,
    `insert into contacts (organization_id, id, name, sort_name, phone, is_mobile, source, created_at, updated_at)
     select $1, gen_random_uuid(), 'One of many', 'one of many', '+8613900' || lpad(i::text, 6, '0'), true, 'IMPORT', now(), now()
     from generate_series(1, $2::int) i returning id`,
    [own.id, count],
  );
  return made.map(({ id }) => encodeGlobalId('Contact', id));
}

describe('a value that was given', () => {
  const PHONE = '13812340987';
  const secrets = [
    'Ouyang Feng',
    PHONE,
    '12340987',
    'Camel Mountain',
    'ouyang@example.com',
    'Poison',
    'Never again.',
    'Thursday',
    'allowBackorder',
  ];

  it('stands nowhere in the record', async () => {
    const { admin, owner, customer } = own;
    const entries = await writtenDown(admin, async () => {
      const [name, address, email, remark] = ['Ouyang Feng', 'Camel Mountain', 'ouyang@example.com', 'Poison'];
      const { contact } = await owner.does(ADD, {
        input: newContact({ name, address, email, remark, phone: PHONE, idempotencyKey: 'Thursday' }),
      });
      await mutate(owner, 'shareContact', { contactId: contact.id, employeeId: own.sharee.id, reason: 'Poison' });
      await mutate(admin, 'updatePluginSettings', { plugin: 'ordering', settings: { allowBackorder: true } });
      const form = await placed(customer, 'Thursday');
      await mutate(owner, 'rejectFormTask', { taskId: await openTask(owner, form), comment: 'Never again.' });
    });
    expect(entries.map(({ act }) => act)).toEqual(['addContact', 'shareContact', 'updatePluginSettings', 'placeOrder', 'rejectFormTask']);
    const database = await RawDatabase.open(server.databaseUrl);
    const kept = JSON.stringify(await database.contents('audit_entries', 'audit_objects'));
    await database.close();
    expect(kept).toContain('rejectFormTask');
    expect(secrets.filter((value) => kept.includes(value))).toEqual([]);
  });

  it('can be compared by whoever has it and the server’s secret', async () => {
    const { admin, owner, customer } = own;
    const acts = await writtenDown(admin, async () => {
      await mutate(owner, 'shareContact', {
        contactId: customer.id,
        employeeId: own.colleague.id,
        reason: ' Holidays ',
        until: '2099-01-01T08:00:00+08:00',
      });
      await mutate(owner, 'addContact', newContact({ phone: PHONE.replace('0987', '0988'), ownerId: null }));
      await mutate(admin, 'updatePluginSettings', { plugin: 'ordering', settings: { allowBackorder: false } });
    });
    const [share, contact, settings] = acts as [Entry, Entry, Entry];
    const cases: [Entry, string, unknown, boolean][] = [
      [share, 'reason', 'Holidays', true],
      [share, 'reason', 'holidays', false],
      [share, 'until', '2099-01-01T00:00:00.000Z', true],
      [share, 'until', '2099-01-02T00:00:00.000Z', false],
      [contact, 'phone', '13812340988', true],
      [contact, 'phone', '13812340987', false],
      [contact, 'ownerId', null, true],
      [contact, 'ownerId', '', false],
      [settings, 'settings', { allowBackorder: false }, true],
      [settings, 'settings', { allowBackorder: true }, false],
    ];
    for (const [entry, path, value, is] of cases) expect([path, value, isValue(server, entry, path, value)]).toEqual([path, value, is]);
  });

  it('is hashed anew each time: equal ones do not look equal', async () => {
    const { admin, owner, sharee, customer } = own;
    const input = { contactId: customer.id, employeeId: sharee.id, reason: 'Holidays' };
    const acts = await writtenDown(admin, async () => {
      await mutate(owner, 'shareContact', input);
      await mutate(owner, 'shareContact', input);
    });
    const hashes = acts.map(({ fields }) => fields.find(({ path }) => path === 'reason')!.hash);
    expect(new Set(hashes).size).toBe(2);
  });
});
