import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError } from '../../../src/app/command.errors.ts';
import {
  certifyOrganizationCommand,
  listOrganizationsCommand,
  organizationQuotaCommand,
  showOrganizationCommand,
} from '../../../src/app/commands/organization.command.ts';
import { createOrganization } from '../../../src/app/founding/create-organization.ts';
import { readNewOrganization } from '../../../src/app/founding/new-organization.rules.ts';
import { findOrganization } from '../../../src/app/founding/organization-directory.ts';
import { organizationFacts } from '../../../src/app/founding/organization-facts.ts';
import { setContactQuota } from '../../../src/app/founding/organization-quota.ts';
import { rightsThere } from '../../../src/app/founding/rights-there.ts';
import { readSettings } from '../../../src/app/settings.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { encodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { entriesFor, isValue } from '../../domains/audit/audit.fixture.ts';
import { inSteps } from '../../support/in-steps.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { type RanProgram, runProgram } from '../../support/run-program.ts';

// The operator's commands, as processes, on the database of a server that runs meanwhile.

const PHONE = '+8613800000001';
const FOUND = ['--name', 'Qinghe Tools', '--admin-name', 'Lin Fang', '--admin-phone', PHONE];
const ADD_GROUP = `mutation ($input: AddTagGroupInput!) { addTagGroup(input: $input) { __typename ... on AddTagGroupSuccess { tagGroup { id } } } }`;
const ADD_TAG = `mutation ($input: AddTagInput!) { addTag(input: $input) { __typename ... on AddTagSuccess { tag { id } } } }`;
const ADD = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id } }
  ... on ContactQuotaReached { limit } } }`;

let server: TestServer;
let owner: RawDatabase;
let admin: TestSeat;
let id: string;
let tagId: string;
const run = (...args: string[]): Promise<RanProgram> => runProgram(['organization', ...args], { DATABASE_URL: server.databaseUrl });
const told = async (...args: string[]) => {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  return JSON.parse(stdout);
};
const settings = () => readSettings({ DATABASE_URL: server.databaseUrl });
const planOf = (name: string) => {
  const given = { name, adminName: 'A', adminPhone: PHONE, country: 'CN', timeZone: 'UTC', certification: 'TEAM' };
  return readNewOrganization(uuidv7(), given).plan!;
};
const addContact = async (phone: string) => (await admin.query(ADD, { input: { name: 'Hu Yan', phone, tagIds: [tagId] } })).addContact;

beforeAll(async () => {
  server = await startTestServer();
  owner = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await owner?.close();
  await server?.stop();
});

inSteps('an organization and its operator (spec 3.5, 10.3)', () => {
  it('is founded with its first admin, who signs in at once and holds all rights', async () => {
    const made = await told('create', ...FOUND, '--country', 'CN', '--time-zone', 'Asia/Urumqi');
    const plain = { name: 'Qinghe Tools', certification: 'TEAM', country: 'CN', timeZone: 'Asia/Urumqi' };
    expect(made).toEqual({
      id: expect.any(String),
      globalId: encodeGlobalId('Organization', made.id),
      ...plain,
      admin: { id: expect.any(String), globalId: encodeGlobalId('Employee', made.admin.id), name: 'Lin Fang', phone: PHONE },
    });
    id = made.id;
    admin = await server.seat(PHONE);
    expect(admin.id).toBe(made.admin.globalId);
    expect((await admin.query('{ organization { name certification country timeZone } }')).organization).toEqual(plain);
    const rights = await owner.rows<{ admin_right: string }>('select admin_right from admin_rights where department_id is null order by 1');
    expect(rights.map(({ admin_right }) => admin_right).sort()).toEqual(rightsThere(server.runtime.modules).sort());
    expect((await admin.query('{ departments { nodes { name } } }')).departments.nodes).toEqual([{ name: 'Qinghe Tools' }]);
  });

  it('is founded once, however often and by however many at once', async () => {
    const { code, stdout, stderr } = await run('create', ...FOUND);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`guichet: There is an organization "Qinghe Tools" already \\(${id}\\); .*\\n$`));
    const twins = await Promise.allSettled([1, 2, 3].map(() => createOrganization(server.runtime, planOf('Twins'))));
    expect(twins.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await owner.rows(`select from organizations where name = 'Twins'`)).toHaveLength(1);
  });

  it('is not founded of what does not fit, and says all of it', async () => {
    const { code, stderr } = await run('create', '--name', ' ', '--admin-name', 'A', '--admin-phone', '1');
    expect([code, stderr.split('\n').filter(Boolean)]).toEqual([
      2,
      ['guichet: This is not right:', expect.stringContaining('  --name: '), expect.stringContaining('  --admin-phone: ')],
    ]);
    expect(await run('create', '--name', 'Half')).toMatchObject({ code: 2, stderr: expect.stringContaining('--admin-name') });
  });

  it('is listed and shown', async () => {
    expect((await told('list')).map(({ name }: { name: string }) => name)).toEqual(['Qinghe Tools', 'Twins']);
    expect(await told('show', id)).toMatchObject({
      id,
      name: 'Qinghe Tools',
      employees: 1,
      contacts: { used: 0, limit: 2_000, isLimitSet: false },
      window: 'NONE',
      admins: [{ name: 'Lin Fang', phone: PHONE }],
      certifications: [{ level: 'TEAM', reason: '' }],
    });
  });

  it('is found by its id, or by a name that it alone has', async () => {
    expect(await findOrganization(server.runtime, id.toUpperCase())).toMatchObject({ id });
    expect(await findOrganization(server.runtime, 'Qinghe Tools')).toMatchObject({ id });
    const { code, stderr } = await run('certify', 'Nobody', '--level', 'BASIC', '--reason', 'x');
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no organization "Nobody"; `guichet organization list`')]);
    const namesakes = [await server.organization(), await server.organization()];
    for (const named of ['show', 'Test Works']) await expect(findOrganization(server.runtime, named)).rejects.toBeInstanceOf(CommandError);
    await expect(findOrganization(server.runtime, 'Test Works')).rejects.toThrow(`by its id: ${namesakes[0]!.id}, ${namesakes[1]!.id}`);
  });

  it('is certified, which its people see at once, with the reason for the operator', async () => {
    expect(await told('certify', 'Qinghe Tools', '--level', 'ADVANCED', '--reason', 'Papers checked')).toEqual({
      id,
      name: 'Qinghe Tools',
      before: 'TEAM',
      certification: 'ADVANCED',
      window: 'NONE',
    });
    expect((await admin.query('{ organization { certification } }')).organization).toEqual({ certification: 'ADVANCED' });
    const again = await run('certify', 'Qinghe Tools', '--level', 'ADVANCED', '--reason', 'Once more');
    expect(again).toMatchObject({
      code: 0,
      stdout: 'Qinghe Tools is certified ADVANCED already: the reason is written down.\n',
      stderr: '',
    });
    const same = await run('certify', 'Qinghe Tools', '--level', 'ADVANCED', '--reason', 'Once more');
    expect(same).toMatchObject({ code: 0, stdout: 'Qinghe Tools is certified ADVANCED already: nothing is changed.\n', stderr: '' });
    const { certifications } = await told('show', id);
    expect(certifications).toMatchObject([
      { level: 'TEAM' },
      { level: 'ADVANCED', reason: 'Papers checked' },
      { level: 'ADVANCED', reason: 'Once more' },
    ]);
    expect((await server.runtime.seats.signedIn((await server.seat(PHONE, id)).token!))!.seat!.organizationId).toBe(id);
  });

  it.each([
    [{ level: 'GOLD', reason: 'x' }, '--level: it must be one of TEAM'],
    [{ level: 'BASIC', reason: ' ' }, '--reason: it must have'],
  ])('is not certified by %j', async (options, fault) => {
    await expect(certifyOrganizationCommand(settings(), id, { ...options, json: false })).rejects.toThrow(fault);
    expect((await organizationFacts(server.runtime, id)).certification).toBe('ADVANCED');
  });

  it('has as many contacts as the operator has set, and then again as its certification gives', async () => {
    const { tagGroup } = await admin.does(ADD_GROUP, { input: { name: 'Level', color: 'RED' } });
    tagId = (await admin.does(ADD_TAG, { input: { groupId: tagGroup.id, name: 'Key account' } })).tag.id;
    expect(await told('quota', id, '--contacts', '1')).toMatchObject({ contacts: { used: 0, limit: 1, isLimitSet: true } });
    expect(await addContact('+8613900000001')).toMatchObject({ __typename: 'AddContactSuccess' });
    expect(await addContact('+8613900000002')).toEqual({ __typename: 'ContactQuotaReached', limit: 1 });
    await setContactQuota(server.runtime, id, 0);
    expect(await addContact('+8613900000002')).toEqual({ __typename: 'ContactQuotaReached', limit: 0 });
    expect((await run('quota', id, '--contacts', 'default')).stdout).toBe('Qinghe Tools may have 20000 contacts; it has 1.\n');
    expect(await addContact('+8613900000002')).toMatchObject({ __typename: 'AddContactSuccess' });
    for (const contacts of ['-1', '1.5', 'many', '', '1e3', '9999999999'])
      await expect(organizationQuotaCommand(settings(), id, { contacts, json: false })).rejects.toThrow('--contacts: it must be');
  });

  it('finds all of that in its audit record, done by the operator, and nothing that was given in clear', async () => {
    const organizationId = (await admin.query('{ organization { id } }')).organization.id;
    const acts = (await entriesFor(admin, { act: { startsWith: 'organization' } })).toReversed();
    expect(acts.map(({ act, module }) => [act, module])).toEqual([
      ['organization create', 'organization'],
      ['organization certify', 'organization'],
      ['organization certify', 'organization'], // for another reason
      ['organization quota', 'contacts'],
      ['organization quota', 'contacts'],
      ['organization quota', 'contacts'],
    ]);
    for (const entry of acts) {
      expect(entry).toMatchObject({ actor: null, actorId: organizationId, sessionId: null });
      expect(entry.objectIds[0]).toBe(organizationId);
    }
    expect(acts[0]!.objectIds).toEqual([organizationId, admin.id]);
    expect(isValue(server, acts[0]!, 'adminPhone', PHONE)).toBe(true);
    expect(isValue(server, acts[1]!, 'reason', 'Papers checked')).toBe(true);
    expect(JSON.stringify(await owner.rows('select * from audit_entries'))).not.toContain('Lin Fang');
    const kinds = await admin.query('{ auditEntries(where: { act: { equals: "organization create" } }) { nodes { actorKind } } }');
    expect(kinds.auditEntries.nodes).toEqual([{ actorKind: 'OPERATOR' }]);
  });
});

describe('a folder without a database', () => {
  it('is left as it is by all commands but founding', async () => {
    const nowhere = readSettings({ DATA_DIR: '/nonexistent/guichet', DEMO: '0' });
    const refused = 'DATA_DIR: there is no database in /nonexistent/guichet.';
    await expect(listOrganizationsCommand(nowhere, { json: false })).rejects.toThrow(refused);
    await expect(showOrganizationCommand(nowhere, 'x', { json: false })).rejects.toThrow(refused);
    await expect(organizationQuotaCommand(nowhere, 'x', { contacts: '1', json: false })).rejects.toThrow(refused);
    expect(existsSync('/nonexistent')).toBe(false);
  });
});
