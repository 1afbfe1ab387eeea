import pg from 'pg';
import { seatIndex } from '../../domains/accounts/index.ts';
import { contactSearchTerms } from '../../domains/contacts/index.ts';
import { organizations } from '../../domains/organization/index.ts';
import { APP_ROLE, ORGANIZATION_SETTING } from '../../platform/database/server-roles.ts';
import { transactionOn } from '../../platform/database/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { makeContacts, makeInteractions } from './bulk-contacts.ts';
import { makeForms } from './bulk-forms.ts';
import { insertRows, keyedAfterwards } from './bulk-insert.ts';
import { makePeople } from './bulk-people.ts';
import { type BulkSize, drawsFrom, type OrganizationSize } from './bulk-size.ts';

export const bulkOrganizationId = (i: number): string => `01970000-0000-7000-8000-${String(i).padStart(12, '0')}`;
const employeePhone = (organization: number) => (i: number) => `+8615${String(organization * 100_000 + i).padStart(9, '0')}`;
const contactPhone = (organization: number) => (i: number) => `+8617${String(organization * 1_000_000 + i).padStart(9, '0')}`;
/** Contacts from which on the index of their search terms is better made at the end. */
const MANY = 10_000;
const FROM = new Date('2025-01-01T00:00:00Z');

/**
 * Makes one organization of invented people of the size that is asked for, and smaller ones beside it; each in one transaction, passed over where it is there.
 * @param url of the login that runs migrations.
 */
export async function seedBulk(runtime: Runtime, url: string, size: BulkSize, progress: (step: string) => void = () => {}): Promise<void> {
  const { others, ...main } = size;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await seedOrganization(runtime, client, 0, main, progress);
    if (others) {
      for (let i = 1; i <= others.count; i++) await seedOrganization(runtime, client, i, others, () => {});
      progress(`made ${others.count} other organizations`);
    }
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function seedOrganization(
  runtime: Runtime,
  client: pg.Client,
  i: number,
  size: OrganizationSize,
  progress: (step: string) => void,
): Promise<void> {
  const id = bulkOrganizationId(i);
  await client.query(`begin; set local ${ORGANIZATION_SETTING} = '${id}'; set local synchronous_commit = off`);
  try {
    const isSuperuser = await withoutChecks(client);
    const { rowCount } = await client.query('select 1 from organizations where organization_id = $1', [id]);
    if (!rowCount) await fill(runtime, client, { id, i, isSuperuser }, size, progress);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** What is made here is whole: a superuser need not have each foreign key looked up. Any other login writes as requests do. */
async function withoutChecks(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>('select rolsuper as may from pg_roles where rolname = current_user');
  const may = rows[0]?.may === true;
  await client.query(may ? 'set local session_replication_role = replica' : `set local role ${APP_ROLE}`);
  return may;
}

async function fill(
  { switchboard }: Runtime,
  client: pg.Client,
  { id, i, isSuperuser }: { readonly id: string; readonly i: number; readonly isSuperuser: boolean },
  size: OrganizationSize,
  progress: (step: string) => void,
): Promise<void> {
  await insertRows(client, organizations, [
    { organization_id: id, name: `Bulk ${i}`, certification: 'ADVANCED', country: 'CN', is_demo: true, created_at: FROM },
  ]);
  const people = await makePeople(client, id, size.employees, employeePhone(i), FROM);
  progress(`made ${size.employees} employees`);
  const employeeIds = people.employees.map((one) => one.id);
  const contacts = {
    organizationId: id,
    count: size.contacts,
    employeeIds,
    draw: drawsFrom(i + 1),
    phoneOf: contactPhone(i),
    from: FROM,
  };
  const ofContacts = () => makeContacts(client, contacts);
  const made = isSuperuser && size.contacts >= MANY ? await keyedAfterwards(client, contactSearchTerms, ofContacts) : await ofContacts();
  progress(`made ${size.contacts} contacts`);
  await makeInteractions(client, id, size.interactions, made, FROM);
  progress(`made ${size.interactions} interactions`);
  await makeForms(client, id, size.openTasks, made, employeeIds, FROM);
  progress(`made ${size.openTasks} forms`);
  const seats = { organizationId: id, transaction: transactionOn(client as unknown as pg.PoolClient, id), now: FROM };
  for (const { id: seatId, phone } of people.employees)
    await switchboard.service(seatIndex).add(seats, { seatId, kind: 'EMPLOYEE', phone, isDemo: true });
}
