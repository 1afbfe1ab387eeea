import type pg from 'pg';
import { seatIndex } from '../../domains/accounts/index.ts';
import { organizations } from '../../domains/organization/index.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { makeContacts, makeInteractions } from './bulk-contacts.ts';
import { makeForms } from './bulk-forms.ts';
import { insertRows } from './bulk-insert.ts';
import { makePeople } from './bulk-people.ts';
import { type BulkSize, drawsFrom } from './bulk-size.ts';

/** Far from the ids of anything else, so that making it twice is noticed. */
export const bulkOrganizationId = (i: number): string => `01970000-0000-7000-8000-${String(i).padStart(12, '0')}`;
/** Phones of employees and of contacts, by organization: each 10,000,000 apart. */
const employeePhone = (organization: number) => (i: number) => `+8615${String(organization * 100_000 + i).padStart(9, '0')}`;
const contactPhone = (organization: number) => (i: number) => `+8617${String(organization * 1_000_000 + i).padStart(9, '0')}`;
const FROM = new Date('2025-01-01T00:00:00Z');

/** Makes one organization of the size that is asked for, and smaller ones beside it; each in one transaction. */
export async function seedBulk(runtime: Runtime, size: BulkSize, progress: (step: string) => void = () => {}): Promise<void> {
  const { others, ...main } = size;
  await seedOrganization(runtime, 0, main, progress);
  const less = { contacts: others.contacts, employees: 50, interactions: others.contacts * 10, openTasks: 1_000 };
  for (let i = 1; i <= others.count; i++) await seedOrganization(runtime, i, less, () => {});
  progress(`made ${others.count} other organizations`);
  await runtime.pools.requests.query('select 1');
}

async function seedOrganization(
  { pools, switchboard }: Runtime,
  i: number,
  size: Omit<BulkSize, 'others'>,
  progress: (step: string) => void,
): Promise<void> {
  const id = bulkOrganizationId(i);
  await inTransaction(pools.requests, id, async (transaction) => {
    const { client } = transaction;
    await client.query('set local statement_timeout = 0');
    const isNew = await foundBulk(client, id, i);
    if (!isNew) return progress('the data is there already');
    const people = await makePeople(client, id, size.employees, employeePhone(i), FROM);
    progress(`made ${size.employees} employees`);
    const seats = { organizationId: id, transaction, now: FROM };
    for (const { id: seatId, phone } of people.employees)
      await switchboard.service(seatIndex).add(seats, { seatId, kind: 'EMPLOYEE', phone, isDemo: false });
    const employeeIds = people.employees.map((one) => one.id);
    const made = await makeContacts(client, {
      organizationId: id,
      count: size.contacts,
      employeeIds,
      draw: drawsFrom(i + 1),
      phoneOf: contactPhone(i),
      from: FROM,
    });
    progress(`made ${size.contacts} contacts`);
    await makeInteractions(client, id, size.interactions, made, FROM);
    progress(`made ${size.interactions} interactions`);
    await makeForms(client, id, size.openTasks, made, employeeIds, FROM);
    progress(`made ${size.openTasks} forms`);
  });
}

async function foundBulk(client: Transaction['client'], id: string, i: number): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from organizations where organization_id = $1', [id]);
  if (rowCount) return false;
  await insertRows(client as pg.ClientBase, organizations, [
    { organization_id: id, name: `Bulk ${i}`, certification: 'ADVANCED', country: 'CN', is_demo: false, created_at: FROM },
  ]);
  return true;
}
