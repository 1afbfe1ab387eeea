import { randomUUID } from 'node:crypto';
import { foundOrganization } from '../app/founding/found-organization.ts';
import { furnishOrganization } from '../app/founding/furnish-organization.ts';
import type { OrganizationPlan } from '../app/founding/organization-plan.ts';
import type { Runtime } from '../app/runtime.ts';
import { ADMIN_RIGHTS, type AdminRight, encodeGlobalId } from '../sdk/index.ts';
import type { TestSeat } from './test-seat.ts';

const EMPLOYEES = ['admin', 'formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee', 'colleague'] as const;
const CONTACTS = ['customer', 'unowned', 'rival'] as const;
type Key = (typeof EMPLOYEES)[number] | (typeof CONTACTS)[number];

/** An organization of a test with one seat for each part of spec 2.2. */
export type TestOrganization = Readonly<Record<Key, TestSeat>> & {
  /** UUID */
  readonly id: string;
  /** Global ids of tags: two of one group, then one each of two more groups. */
  readonly tagIds: readonly string[];
  readonly plan: OrganizationPlan;
};

let phones = 0;
/**
 * A Chinese mobile number that nobody in this process has. None of its digits is a 9, however many were made before it: a test that looks for
 * part of a number writes that number itself, with a 9 in the part.
 */
export const newPhone = (): string => `+86138${(phones++).toString(9).padStart(8, '0')}`;

/**
 * A plan with a seat for every role:
 * - `admin`: all rights. `formsAdmin`: FORMS alone. `scopedAdmin`: CONTACTS and FORMS over the department Sales.
 * - `supervisor`: supervises Sales. `owner`: in Sales East, below it. `sharee`: in Support. `colleague`: in the Warehouse.
 * - `customer`: owned by `owner`, shared with `sharee`. `unowned`: nobody's. `rival`: owned by `colleague`. All members of the window.
 */
export function testPlan(overrides: Partial<OrganizationPlan> = {}): OrganizationPlan {
  const person = (key: Key, department: string) => ({ key, name: `The ${key}`, phone: newPhone(), department });
  return {
    id: randomUUID(),
    name: 'Test Works',
    certification: 'ADVANCED',
    hasWindow: true,
    isDemo: true,
    departments: [['Office'], ['Sales'], ['Sales East', 'Sales'], ['Support'], ['Warehouse']],
    employees: [
      { ...person('admin', 'Office'), rights: Object.keys(ADMIN_RIGHTS) as AdminRight[] },
      { ...person('formsAdmin', 'Office'), rights: ['FORMS'] },
      {
        ...person('scopedAdmin', 'Office'),
        scopedRights: [
          { right: 'CONTACTS', department: 'Sales' },
          { right: 'FORMS', department: 'Sales' },
        ],
      },
      { ...person('supervisor', 'Sales'), supervises: true },
      person('owner', 'Sales East'),
      person('sharee', 'Support'),
      person('colleague', 'Warehouse'),
    ],
    tagGroups: [
      { group: 'Level', color: 'RED', tags: ['Key account', 'Regular'] },
      { group: 'Trade', color: 'BLUE', tags: ['Construction'] },
      { group: 'Stage', color: 'GREEN', tags: ['New'] },
    ],
    contacts: [
      {
        key: 'customer',
        name: 'The customer',
        phone: newPhone(),
        company: 'Riverside',
        owner: 'owner',
        sharees: ['sharee'],
        isMember: true,
      },
      { key: 'unowned', name: 'The unowned', phone: newPhone(), company: 'Harbour', isMember: true },
      { key: 'rival', name: 'The rival', phone: newPhone(), company: 'Eastgate', owner: 'colleague', isMember: true },
    ],
    ...overrides,
  };
}

/** Makes the organization of a plan and signs its people in. */
export async function makeOrganization(
  runtime: Runtime,
  plan: OrganizationPlan,
  signIn: (phone: string, organizationId: string, name: string) => Promise<TestSeat>,
): Promise<TestOrganization> {
  await foundOrganization(runtime, plan);
  const { tagIds } = await furnishOrganization(runtime, plan);
  const people = [...plan.employees, ...plan.contacts];
  const seats = await Promise.all(people.map(async ({ key, phone }) => [key, await signIn(phone, plan.id, key)] as const));
  return { id: plan.id, tagIds, plan, ...(Object.fromEntries(seats) as Record<Key, TestSeat>) };
}

export const globalId = (type: string, uuid: string): string => encodeGlobalId(type, uuid);
