import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { makeAdmin } from '../../../src/app/founding/organization-admin.ts';
import { organizationFacts } from '../../../src/app/founding/organization-facts.ts';
import { rightsThere } from '../../../src/app/founding/rights-there.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../../domains/contacts/contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const makes = (phone: string, name?: string) => makeAdmin(server.runtime, own.id, { phone, name });
const phoneOf = (key: string): string => own.plan.employees.find((one) => one.key === key)!.phone;
const heldBy = async (name: string): Promise<string[]> =>
  (
    await rowsOf<{ admin_right: string }>(
      server,
      own,
      'select admin_right from admin_rights where department_id is null and employee_id = (select id from employees where name = $1) order by 1',
      [name],
    )
  ).map(({ admin_right }) => admin_right);

describe('an admin whom the operator makes (spec 2.3b, 10.3)', () => {
  it('is whoever is employed with the phone, and holds every right for the whole organization, those of plugins too', async () => {
    await rowsOf(server, own, `delete from admin_rights where admin_right in ('AUDIT', 'WINDOW')`);
    expect((await organizationFacts(server.runtime, own.id)).unheldRights).toEqual(expect.arrayContaining(['AUDIT', 'WINDOW']));
    const all = rightsThere(server.runtime.modules);
    expect(all).toEqual(expect.arrayContaining(['AUDIT', 'DIRECTORY', 'ORDERING_PRICE']));
    const made = await makes(phoneOf('scopedAdmin')); // who held two of them for Sales
    expect(made).toMatchObject({ name: 'The scopedAdmin', isNew: false, granted: all });
    expect(await heldBy('The scopedAdmin')).toEqual([...all].sort());
    expect((await organizationFacts(server.runtime, own.id)).unheldRights).toEqual([]);
    expect(await makes(phoneOf('scopedAdmin'))).toMatchObject({ granted: [] });
    const seat = await server.seat(phoneOf('scopedAdmin'), own.id);
    const { nodes } = (await seat.query('{ auditEntries(first: 2) { nodes { act } } }')).auditEntries;
    expect(nodes.map(({ act }: { act: string }) => act)).toEqual(['organization admin', 'organization admin']);
  });
  it('is somebody new where a name is given, who signs in at once', async () => {
    const phone = newPhone();
    expect(await makes(phone, 'Jin Mei')).toMatchObject({ name: 'Jin Mei', phone, isNew: true });
    const seat = await server.seat(phone, own.id);
    const { viewer } = await seat.query('{ viewer { name ... on Employee { adminRights { right isWhole } } } }');
    expect(viewer).toMatchObject({ name: 'Jin Mei' });
    expect(viewer.adminRights.every(({ isWhole }: { isWhole: boolean }) => isWhole)).toBe(true);
  });
  it('finds the organization certified once more for another reason, which is kept, and for the same one once', async () => {
    const certify = (reason: string) => certifyOrganization(server.runtime, own.id, { level: own.plan.certification, reason });
    expect([await certify('Renewed'), await certify('Renewed')].map(({ isRecorded }) => isRecorded)).toEqual([true, false]);
    const { certifications } = await organizationFacts(server.runtime, own.id);
    expect(certifications.map(({ level, reason }) => [level, reason]).slice(-2)).toEqual([
      [own.plan.certification, ''],
      [own.plan.certification, 'Renewed'],
    ]);
    expect(await rowsOf(server, own, `select 1 from audit_entries where act = 'organization certify'`)).toHaveLength(1);
  });
  it('is nobody by a slip of the pen', async () => {
    await expect(makes(newPhone())).rejects.toThrow('Nobody is employed with this phone. Give --name');
    await expect(makes(phoneOf('owner'), 'Somebody Else')).rejects.toThrow('The owner is employed with this phone, and not Somebody Else.');
    expect(await heldBy('The owner')).toEqual([]);
  });
  it('may be a contact as well', async () => {
    const { phone } = own.plan.contacts[0]!;
    await makes(phone, 'Both');
    expect((await own.admin.query('query ($id: ID!) { contact(id: $id) { phone } }', { id: own.customer.id })).contact.phone).toBe(phone);
  });
});
