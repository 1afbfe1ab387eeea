import { BULK_SIZES, type BulkSize, type BulkSizeName } from '../src/app/bulk/bulk-size.ts';

/** Data of the benchmark, and the name under which it is kept between runs. */
export interface BenchSize {
  readonly name: string;
  readonly size: BulkSize;
}
export const benchSize = (name: BulkSizeName): BenchSize => ({ name, size: BULK_SIZES[name] });

const CONTACTS_AN_EMPLOYEE = 50;
const TASKS_AN_EMPLOYEE = 20;
/** Of a million contacts every tenth has a timeline: the disk has to bear it. */
const MOST_INTERACTIONS = 1_000_000;
const LEAST_EMPLOYEES = 5;

/** One organization in which a seat has as much as in one of any other size, so that its pages are as full. 100,000 contacts are the large size. */
export function sizeOfContacts(contacts: number): BenchSize {
  const employees = Math.max(LEAST_EMPLOYEES, Math.round(contacts / CONTACTS_AN_EMPLOYEE));
  const interactions = Math.min(contacts * 10, MOST_INTERACTIONS);
  const size = { contacts, employees, interactions, openTasks: employees * TASKS_AN_EMPLOYEE, others: BULK_SIZES.large.others };
  return { name: `contacts_${contacts}`, size };
}

const SMALL = { contacts: 50, employees: 5, interactions: 500, openTasks: 100 };

/** So many small organizations, all equal. */
export const sizeOfOrganizations = (count: number): BenchSize => ({
  name: `organizations_${count}`,
  size: { ...SMALL, others: { ...SMALL, count: count - 1 } },
});
