/** The demo's organizations and people, fixed: the page at `/`, the tests and the README speak of them. */
export interface DemoEmployee {
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly department: string;
  readonly position: string;
  readonly supervises?: boolean;
  readonly rights?: readonly string[];
}
export interface DemoContact {
  readonly key: string;
  readonly name: string;
  readonly phone: string;
  readonly company: string;
  readonly owner?: string;
  readonly sharees?: readonly string[];
  readonly isMember?: boolean;
}
export interface DemoOrganization {
  readonly id: string;
  readonly name: string;
  readonly certification: 'BASIC' | 'ADVANCED';
  readonly hasWindow: boolean;
  /** Department and the one above it. */
  readonly departments: readonly (readonly [name: string, parent?: string])[];
  readonly employees: readonly DemoEmployee[];
  readonly contacts: readonly DemoContact[];
}
const ALL_RIGHTS = ['CONTACTS', 'FORMS', 'WINDOW', 'FILES', 'PLUGINS', 'DIRECTORY', 'AUDIT'];

export const QINGHE: DemoOrganization = {
  id: '01980000-0000-7000-8000-00000000000a',
  name: 'Qinghe Tools',
  certification: 'ADVANCED',
  hasWindow: true,
  departments: [['Management'], ['Sales'], ['Sales East', 'Sales'], ['Support'], ['Warehouse'], ['Office']],
  employees: [
    {
      key: 'lin',
      name: 'Lin Fang',
      role: 'admin (all rights)',
      phone: '+8613800000001',
      department: 'Management',
      position: 'Managing director',
      rights: ALL_RIGHTS,
    },
    {
      key: 'zhao',
      name: 'Zhao Min',
      role: 'sales supervisor',
      phone: '+8613800000002',
      department: 'Sales',
      position: 'Head of sales',
      supervises: true,
    },
    { key: 'wang', name: 'Wang Lei', role: 'sales, owner of Hu Yan', phone: '+8613800000003', department: 'Sales East', position: 'Sales' },
    {
      key: 'chen',
      name: 'Chen Jie',
      role: 'sales, owner of He Qing',
      phone: '+8613800000004',
      department: 'Sales East',
      position: 'Sales',
    },
    {
      key: 'sun',
      name: 'Sun Hao',
      role: 'support engineer, sharee of Hu Yan',
      phone: '+8613800000005',
      department: 'Support',
      position: 'Support engineer',
    },
    { key: 'guo', name: 'Guo Tao', role: 'warehouse clerk', phone: '+8613800000006', department: 'Warehouse', position: 'Warehouse clerk' },
    {
      key: 'xu',
      name: 'Xu Li',
      role: 'office manager (admin right FORMS)',
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
  ],
};

export const NANSHAN: DemoOrganization = {
  id: '01980000-0000-7000-8000-00000000000b',
  name: 'Nanshan Foods',
  certification: 'BASIC',
  hasWindow: false,
  departments: [['Management'], ['Sales']],
  employees: [
    {
      key: 'tang',
      name: 'Tang Yu',
      role: 'admin of another organization',
      phone: '+8613800000011',
      department: 'Management',
      position: 'Managing director',
      rights: ALL_RIGHTS,
    },
    { key: 'luo', name: 'Luo Bin', role: 'sales of another organization', phone: '+8613800000012', department: 'Sales', position: 'Sales' },
  ],
  contacts: [{ key: 'hu', name: 'Hu Yan', phone: '+8613900000001', company: 'Riverside Builders', owner: 'luo' }],
};

export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [QINGHE, NANSHAN];

/** One line of what `start` prints and one card of the page at `/`. */
export interface DemoSeat {
  readonly organization: DemoOrganization;
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly kind: 'EMPLOYEE' | 'CONTACT';
}
export const DEMO_SEATS: readonly DemoSeat[] = DEMO_ORGANIZATIONS.flatMap((organization) => [
  ...organization.contacts.map(({ key, name, phone, owner, isMember }): DemoSeat => {
    const answering = organization.employees.find((one) => one.key === owner)?.name;
    const role = `customer${isMember ? '' : ', no window'}, ${answering ? `owner ${answering}` : 'nobody’s'}`;
    return { organization, key, name, phone, role, kind: 'CONTACT' };
  }),
  ...organization.employees.map(({ key, name, phone, role }): DemoSeat => ({ organization, key, name, phone, role, kind: 'EMPLOYEE' })),
]);
export const DEMO_PHONES: readonly string[] = [...new Set(DEMO_SEATS.map(({ phone }) => phone))];

const SURNAMES = ['Bai', 'Cao', 'Deng', 'Fan', 'Gao', 'Huang', 'Jiang', 'Kong', 'Liang', 'Meng'];
const GIVEN = ['An', 'Bo', 'Chun', 'Dan', 'Hai', 'Jun'];
const COMPANIES = ['Riverside Builders', 'Harbour Works', 'Lotus Garages', 'Great Wall Fitters', 'Eastgate Machines', 'Pearl Shipyard'];
export const MORE_CONTACTS = SURNAMES.length * GIVEN.length;

/** 60 contacts more, in turn owned by the two sales people and by nobody. @param i from 0 */
export const moreContact = (i: number): DemoContact => ({
  key: `more-${i}`,
  name: `${SURNAMES[i % SURNAMES.length]} ${GIVEN[Math.floor(i / SURNAMES.length)]}`,
  phone: `+86137000${String(10_000 + i)}`,
  company: COMPANIES[i % COMPANIES.length]!,
  owner: [undefined, 'wang', 'chen', 'wang'][i % 4],
});

export const DEMO_TAGS: readonly { readonly group: string; readonly color: string; readonly tags: readonly string[] }[] = [
  { group: 'Level', color: 'RED', tags: ['Key account', 'Regular'] },
  { group: 'Trade', color: 'BLUE', tags: ['Construction', 'Automotive', 'Shipbuilding'] },
  { group: 'Stage', color: 'GREEN', tags: ['New', 'Active', 'Asleep'] },
];
