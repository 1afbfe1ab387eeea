import { ADMIN_RIGHTS, type AdminRight } from '../../sdk/index.ts';
import type { OrganizationPlan, PlannedContact } from '../founding/organization-plan.ts';

// The demo's organizations and people, fixed: the page at `/`, the tests and the README speak of them.

const ALL_RIGHTS = Object.keys(ADMIN_RIGHTS) as AdminRight[];

const SURNAMES = ['Bai', 'Cao', 'Deng', 'Fan', 'Gao', 'Huang', 'Jiang', 'Kong', 'Liang', 'Meng'];
const GIVEN = ['An', 'Bo', 'Chun', 'Dan', 'Hai', 'Jun'];
const COMPANIES = ['Riverside Builders', 'Harbour Works', 'Lotus Garages', 'Great Wall Fitters', 'Eastgate Machines', 'Pearl Shipyard'];

/** 60 contacts more, in turn owned by the two sales people and by nobody. */
const MORE_CONTACTS = Array.from(
  { length: SURNAMES.length * GIVEN.length },
  (_, i): PlannedContact => ({
    key: `more-${i}`,
    name: `${SURNAMES[i % SURNAMES.length]} ${GIVEN[Math.floor(i / SURNAMES.length)]}`,
    phone: `+86137000${String(10_000 + i)}`,
    company: COMPANIES[i % COMPANIES.length]!,
    owner: [undefined, 'wang', 'chen', 'wang'][i % 4],
  }),
);

const TAG_GROUPS: OrganizationPlan['tagGroups'] = [
  { group: 'Level', color: 'RED', tags: ['Key account', 'Regular'] },
  { group: 'Trade', color: 'BLUE', tags: ['Construction', 'Automotive', 'Shipbuilding'] },
  { group: 'Stage', color: 'GREEN', tags: ['New', 'Active', 'Asleep'] },
];

export const QINGHE: OrganizationPlan = {
  id: '01980000-0000-7000-8000-00000000000a',
  name: 'Qinghe Tools',
  certification: 'ADVANCED',
  hasWindow: true,
  isDemo: true,
  tagGroups: TAG_GROUPS,
  departments: [['Management'], ['Sales'], ['Sales East', 'Sales'], ['Support'], ['Warehouse'], ['Office']],
  employees: [
    {
      key: 'lin',
      name: 'Lin Fang',
      phone: '+8613800000001',
      department: 'Management',
      position: 'Managing director',
      rights: ALL_RIGHTS,
    },
    {
      key: 'zhao',
      name: 'Zhao Min',
      phone: '+8613800000002',
      department: 'Sales',
      position: 'Head of sales',
      supervises: true,
    },
    { key: 'wang', name: 'Wang Lei', phone: '+8613800000003', department: 'Sales East', position: 'Sales' },
    {
      key: 'chen',
      name: 'Chen Jie',
      phone: '+8613800000004',
      department: 'Sales East',
      position: 'Sales',
    },
    {
      key: 'sun',
      name: 'Sun Hao',
      phone: '+8613800000005',
      department: 'Support',
      position: 'Support engineer',
    },
    { key: 'guo', name: 'Guo Tao', phone: '+8613800000006', department: 'Warehouse', position: 'Warehouse clerk' },
    {
      key: 'xu',
      name: 'Xu Li',
      phone: '+8613800000007',
      department: 'Office',
      position: 'Office manager',
      rights: ['FORMS'],
    },
  ],
  contacts: [
    { key: 'hu', name: 'Hu Yan', phone: '+8613900000001', company: 'Riverside Builders', owner: 'wang', sharees: ['sun'], isMember: true },
    { key: 'ma', name: 'Ma Rui', phone: '+8613900000002', company: 'Ma Rui Motors', isMember: true },
    { key: 'he', name: 'He Qing', phone: '+8613900000003', company: 'Harbour Works', owner: 'chen', isMember: true },
    ...MORE_CONTACTS,
  ],
};

export const NANSHAN: OrganizationPlan = {
  id: '01980000-0000-7000-8000-00000000000b',
  name: 'Nanshan Foods',
  certification: 'BASIC',
  hasWindow: false,
  isDemo: true,
  tagGroups: TAG_GROUPS,
  departments: [['Management'], ['Sales']],
  employees: [
    {
      key: 'tang',
      name: 'Tang Yu',
      phone: '+8613800000011',
      department: 'Management',
      position: 'Managing director',
      rights: ALL_RIGHTS,
    },
    { key: 'luo', name: 'Luo Bin', phone: '+8613800000012', department: 'Sales', position: 'Sales' },
  ],
  contacts: [{ key: 'hu', name: 'Hu Yan', phone: '+8613900000001', company: 'Riverside Builders', owner: 'luo' }],
};

export const DEMO_ORGANIZATIONS: readonly OrganizationPlan[] = [QINGHE, NANSHAN];

/** What each employee is in the story. */
const PARTS: Readonly<Record<string, string>> = {
  lin: 'admin (all rights)',
  zhao: 'sales supervisor',
  wang: 'sales, owner of Hu Yan',
  chen: 'sales, owner of He Qing',
  sun: 'support engineer, sharee of Hu Yan',
  guo: 'warehouse clerk',
  xu: 'office manager (admin right FORMS)',
  tang: 'admin of another organization',
  luo: 'sales of another organization',
};

/** One line of what `start` prints and one card of the page at `/`. */
export interface DemoSeat {
  readonly organization: OrganizationPlan;
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly kind: 'EMPLOYEE' | 'CONTACT';
}
export const DEMO_SEATS: readonly DemoSeat[] = DEMO_ORGANIZATIONS.flatMap((organization) => [
  ...organization.contacts
    .filter((contact) => !MORE_CONTACTS.includes(contact))
    .map(({ key, name, phone, owner, isMember }): DemoSeat => {
      const answering = organization.employees.find((one) => one.key === owner)?.name;
      const role = `customer${isMember ? '' : ', no window'}${answering ? `, owner ${answering}` : ' without an owner'}`;
      return { organization, key, name, phone, role, kind: 'CONTACT' };
    }),
  ...organization.employees.map(
    ({ key, name, phone }): DemoSeat => ({ organization, key, name, phone, role: PARTS[key]!, kind: 'EMPLOYEE' }),
  ),
]);
export const DEMO_PHONES: readonly string[] = [...new Set(DEMO_SEATS.map(({ phone }) => phone))];
