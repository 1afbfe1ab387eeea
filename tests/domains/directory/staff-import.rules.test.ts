import { describe, expect, it } from 'vitest';
import { departmentFinder } from '../../../src/domains/directory/department-paths.rules.ts';
import { planStaff, type StaffMember, type StaffNow } from '../../../src/domains/directory/staff-import.rules.ts';
import type { StaffRecord } from '../../../src/domains/directory/staff-record.ts';
import { readPhone } from '../../../src/platform/phone/phone.ts';

const DEPARTMENTS = [
  { id: 'company', name: 'Company', parent_id: null },
  { id: 'sales', name: 'Sales', parent_id: 'company' },
  { id: 'sales-east', name: 'East', parent_id: 'sales' },
  { id: 'service', name: 'Service', parent_id: 'company' },
  { id: 'service-east', name: 'East', parent_id: 'service' },
  { id: 'r&d', name: 'R/D', parent_id: 'company' },
  { id: 'twin-1', name: 'Twin', parent_id: 'sales' },
  { id: 'twin-2', name: 'Twin', parent_id: 'sales' },
];
const WANG: StaffMember = {
  id: 'wang',
  name: 'Wang Wei',
  nameVerified: true,
  nickname: 'Ww',
  staffNumber: '001',
  position: 'Salesman',
  seniorSince: '2020-01-01',
  phone: '+8613800000001',
  memberships: [
    { departmentId: 'sales', isMain: true, isSupervisor: true },
    { departmentId: 'service', isMain: false, isSupervisor: false },
  ],
};
const FOUNDER: StaffMember = { ...WANG, id: 'founder', name: 'Lin', staffNumber: null, phone: '+8613800000009', memberships: [] };
const NOW: StaffNow = { members: [WANG, FOUNDER], departments: DEPARTMENTS, phonesOfContacts: new Set(['+8613900000001']) };

const record = ({ phone, ...more }: Partial<Omit<StaffRecord, 'phone'>> & { phone?: string } = {}): StaffRecord => ({
  row: 2,
  staffNumber: '002',
  name: 'Li Na',
  ...(phone === undefined ? {} : { phone: readPhone(phone)! }),
  ...more,
});
const NEW = { phone: '13800000002' };
const SAME = { staffNumber: '001', name: 'Wang Wei' };
const plan = (...records: readonly StaffRecord[]) => planStaff(records, NOW);
const faultsOf = (...records: readonly StaffRecord[]): string[] =>
  plan(...records).faults.map(({ row, column, code }) => `${row} ${column} ${code}`);

describe('a department', () => {
  it.each([
    ['Company', 'company'],
    ['Company/Sales', 'sales'],
    ['Sales', 'sales'],
    ['sales / EAST', 'sales-east'],
    ['Service/East', 'service-east'],
    ['Company/Service/East', 'service-east'],
    ['Ｓａｌｅｓ', 'sales'],
    ['R/D', 'r&d'],
    ['East', 'AMBIGUOUS_DEPARTMENT'],
    ['Company/Sales/Twin', 'AMBIGUOUS_DEPARTMENT'],
    ['West', 'UNKNOWN_DEPARTMENT'],
    ['Sales/West', 'UNKNOWN_DEPARTMENT'],
    ['Sales/East/Sales', 'UNKNOWN_DEPARTMENT'],
    ['', 'UNKNOWN_DEPARTMENT'],
  ])('%j is %s', (path, expected) => {
    const { id, fault } = departmentFinder(DEPARTMENTS)(path);
    expect(id ?? fault).toBe(expected);
  });
  it('that stood beside one of another case before is told by how it is written, from the top', () => {
    const find = departmentFinder([...DEPARTMENTS, { id: 'loud', name: 'SALES', parent_id: 'company' }]);
    expect([find('Company/SALES').id, find('Company/Sales').id]).toEqual(['loud', 'sales']);
    expect([find('Company/sales').fault, find('SALES').fault]).toEqual(['AMBIGUOUS_DEPARTMENT', 'AMBIGUOUS_DEPARTMENT']);
  });
  it('at the top is meant before one of the same name below', () => {
    const find = departmentFinder([...DEPARTMENTS, { id: 'top-sales', name: 'Sales', parent_id: null }]);
    expect(find('Sales').id).toBe('top-sales');
  });
});

describe('whoever is new', () => {
  it('is hired, with the first department as the main one', () => {
    const { hires, edits, unchanged, faults } = plan(
      record({ ...NEW, departments: ['Sales', 'Service/East'], supervises: ['Sales'], seniorSince: '2024-01-01' }),
    );
    expect([edits, unchanged, faults]).toEqual([[], 0, []]);
    expect(hires).toEqual([
      {
        name: 'Li Na',
        nameVerified: false,
        nickname: null,
        staffNumber: '002',
        position: null,
        seniorSince: '2024-01-01',
        phone: '+8613800000002',
        departments: new Map([
          ['sales', true],
          ['service-east', false],
        ]),
        supervised: new Set(['sales']),
      },
    ]);
  });
  it('may name another main department', () => {
    const [hire] = plan(record({ ...NEW, departments: ['Sales', 'Service'], mainDepartment: 'Company/Service' })).hires;
    expect([...hire!.departments]).toEqual([
      ['sales', false],
      ['service', true],
    ]);
  });
  it.each<[string, StaffRecord[], string[]]>([
    ['without a phone', [record()], ['2 phone PHONE_MISSING']],
    ['with a landline', [record({ phone: '010-62512345' })], ['2 phone NOT_A_MOBILE']],
    ['with an extension', [record({ phone: '13800000002转8' })], ['2 phone NOT_A_MOBILE']],
    ['with a colleague’s phone', [record({ phone: '13800000001' })], ['2 phone PHONE_TAKEN']],
    ['with a contact’s phone', [record({ phone: '13900000001' })], ['2 phone PHONE_OF_CONTACT']],
    ['in a department that is not there', [record({ ...NEW, departments: ['West'] })], ['2 departments UNKNOWN_DEPARTMENT']],
    ['in one of several', [record({ ...NEW, departments: ['East'] })], ['2 departments AMBIGUOUS_DEPARTMENT']],
    [
      'mainly where they are not',
      [record({ ...NEW, departments: ['Sales'], mainDepartment: 'Service' })],
      ['2 mainDepartment NOT_A_MEMBER'],
    ],
    [
      'who supervises where they are not',
      [record({ ...NEW, departments: ['Sales'], supervises: ['Service'] })],
      ['2 supervises NOT_A_MEMBER'],
    ],
    ['with the phone of a row above', [record(NEW), record({ ...NEW, row: 3, staffNumber: '003' })], ['3 phone TWICE_IN_FILE']],
    ['with the number of a row above', [record(NEW), record({ phone: '13800000003', row: 3 })], ['3 staffNumber TWICE_IN_FILE']],
    [
      'with several things wrong',
      [record({ phone: '13900000001', departments: ['West', 'North'] })],
      ['2 phone PHONE_OF_CONTACT', '2 departments UNKNOWN_DEPARTMENT', '2 departments UNKNOWN_DEPARTMENT'],
    ],
  ])('is refused %s', (_, records, faults) => {
    expect(faultsOf(...records)).toEqual(faults);
    expect(plan(...records).hires.length).toBe(records.length - 1);
  });
  it('is refused in more departments than anybody is in', () => {
    const departments = Array.from({ length: 21 }, (_, i) => ({ id: `d${i}`, name: `D${i}`, parent_id: null }));
    const { faults } = planStaff([record({ ...NEW, departments: departments.map(({ name }) => name) })], { ...NOW, departments });
    expect(faults.map(({ code }) => code)).toEqual(['TOO_MANY_DEPARTMENTS']);
  });
  it('is told which row, which path', () => {
    const faults = plan(record(NEW), record({ ...NEW, row: 3, staffNumber: '003', departments: ['West'] })).faults;
    expect(faults.map(({ message }) => message.en)).toEqual(['Row 2 says the same.', 'There is no department “West”.']);
    expect(faults[1]!.message['zh-CN']).toBe('没有部门“West”。');
  });
});

describe('whoever has the number', () => {
  it.each<[string, Partial<StaffRecord>]>([
    ['nothing is said of', {}],
    ['the same is said of', { nickname: 'Ww', position: 'Salesman', seniorSince: '2020-01-01', nameVerified: true, supervises: ['Sales'] }],
    ['the same departments are said of, in another order', { departments: ['Service', 'Company/Sales'] }],
    ['the same phone is said of', { phone: readPhone('138 0000 0001')! }],
  ])('and %s stays as they are', (_, more) => {
    const { hires, edits, unchanged, faults } = plan({ ...record(SAME), ...more });
    expect([hires, edits, unchanged, faults]).toEqual([[], [], 1, []]);
  });
  it.each<[string, Partial<StaffRecord>]>([
    ['name', { name: 'Wang Weiwei' }],
    ['nickname', { nickname: 'Weiwei' }],
    ['position', { position: 'Head' }],
    ['seniority', { seniorSince: '2021-01-01' }],
    ['verification', { nameVerified: false }],
  ])('gets another %s', (_, more) => {
    const [edit] = plan({ ...record(SAME), ...more }).edits;
    expect(edit).toMatchObject({ ...more, before: WANG, isEdited: true, isMoved: false });
  });
  it.each<[string, Partial<StaffRecord>, [string, boolean][], string[]]>([
    ['leaves a department', { departments: ['Sales'] }, [['sales', true]], ['sales']],
    ['leaves the one that they supervise', { departments: ['Service'] }, [['service', true]], []],
    [
      'joins one',
      { departments: ['Sales', 'Service', 'R/D'] },
      [
        ['sales', true],
        ['service', false],
        ['r&d', false],
      ],
      ['sales'],
    ],
    [
      'mainly sits elsewhere',
      { mainDepartment: 'Service' },
      [
        ['sales', false],
        ['service', true],
      ],
      ['sales'],
    ],
    [
      'supervises another',
      { supervises: ['Service'] },
      [
        ['sales', true],
        ['service', false],
      ],
      ['service'],
    ],
  ])('%s', (_, more, departments, supervised) => {
    const [edit] = plan({ ...record(SAME), ...more }).edits;
    expect([[...edit!.departments], [...edit!.supervised]]).toEqual([departments, supervised]);
    expect([edit!.isEdited, edit!.isMoved]).toEqual([false, true]);
  });
  it('keeps their phone', () => {
    expect(faultsOf(record({ ...SAME, phone: '13800000002' }))).toEqual(['2 phone PHONE_DIFFERS']);
    expect(faultsOf(record({ ...SAME, phone: '13800000009' }))).toEqual(['2 phone PHONE_DIFFERS']);
  });
});

describe('a number in another case', () => {
  const now = { ...NOW, members: [{ ...WANG, staffNumber: 'T7' }, FOUNDER] };
  it('is the same, and is written as the table has it', () => {
    const { edits, hires } = planStaff([record({ staffNumber: 'ｔ7', name: 'Wang Wei' })], now);
    expect([hires.length, edits.map(({ before, staffNumber }) => [before.id, staffNumber])]).toEqual([0, [['wang', 'ｔ7']]]);
  });
  it('is not another’s in one table', () => {
    for (const [one, other] of [
      ['T7', 't7'],
      ['X1', 'x1'],
    ] as const) {
      const rows = [record({ ...NEW, staffNumber: one }), record({ staffNumber: other, phone: '13800000003', row: 3 })];
      expect(planStaff(rows, now).faults.map(({ row, code }) => `${row} ${code}`)).toContain('3 TWICE_IN_FILE');
    }
  });
  it('is each one’s own where two have it from before that was so', () => {
    const both = [
      { ...WANG, staffNumber: 'T7' },
      { ...WANG, id: 'other', staffNumber: 't7', phone: '+8613800000008' },
    ];
    const rows = [record({ staffNumber: 't7', name: 'B' }), record({ staffNumber: 'T7', name: 'A', row: 3 })];
    const { edits, faults } = planStaff(rows, { ...now, members: both });
    expect([faults, edits.map(({ before, name }) => [before.id, name])]).toEqual([
      [],
      [
        ['other', 'B'],
        ['wang', 'A'],
      ],
    ]);
  });
});

describe('whoever has no number yet', () => {
  it('is found by the phone, and gets one', () => {
    const { edits, hires, faults } = plan(record({ staffNumber: '000', name: 'Lin', phone: '13800000009' }));
    expect([hires, faults]).toEqual([[], []]);
    expect(edits).toMatchObject([{ staffNumber: '000', before: FOUNDER, isEdited: true, isMoved: false }]);
  });
  it('gets one number, not two', () => {
    const first = record({ staffNumber: '000', name: 'Lin', phone: '13800000009' });
    expect(faultsOf(first, { ...first, row: 3, staffNumber: '0001' })).toEqual(['3 phone TWICE_IN_FILE']);
  });
});

describe('supervisors of a department', () => {
  const led = (i: number, departmentId = 'service'): StaffMember => ({
    ...WANG,
    id: `led-${i}`,
    staffNumber: `L${i}`,
    phone: `+86137000000${i}`,
    memberships: [{ departmentId, isMain: true, isSupervisor: true }],
  });
  const full: StaffNow = { ...NOW, members: [WANG, ...Array.from({ length: 20 }, (_, i) => led(10 + i))] };
  const leads = (row: number, staffNumber: string, supervises: readonly string[]) =>
    record({ row, staffNumber, name: 'Wang Wei', departments: ['Service'], supervises, phone: `1380000090${row}` });
  const told = ({ faults, hires, edits }: ReturnType<typeof planStaff>) => [
    faults.map(({ row, column, code }) => `${row} ${column} ${code}`),
    hires.map(({ staffNumber }) => staffNumber),
    edits.map(({ staffNumber }) => staffNumber),
  ];

  it('are twenty at the most, whoever is hired or edited: the last who would come are not taken', () => {
    const almost = { ...full, members: full.members.slice(0, -1) };
    expect(told(planStaff([leads(2, 'N1', ['Service'])], almost))).toEqual([[], ['N1'], []]);
    expect(told(planStaff([leads(2, 'N1', ['Service']), leads(3, 'N2', ['Service'])], almost))).toEqual([
      ['3 supervises TOO_MANY_SUPERVISORS'],
      ['N1'],
      [],
    ]);
    const known = record({ row: 4, staffNumber: '001', name: 'Wang Wei', supervises: ['Service'] });
    expect(told(planStaff([known], full))).toEqual([['4 supervises TOO_MANY_SUPERVISORS'], [], []]);
  });
  it('make room in the same table, before or after', () => {
    const goes = record({ row: 9, staffNumber: 'L10', name: 'Wang Wei', departments: ['Sales'], supervises: [] });
    for (const rows of [
      [goes, leads(2, 'N1', ['Service'])],
      [leads(2, 'N1', ['Service']), goes],
    ])
      expect(told(planStaff(rows, full))).toEqual([[], ['N1'], ['L10']]);
  });
  it('make none where they stay because another department is full', () => {
    const both: StaffNow = {
      ...full,
      members: [...full.members, ...Array.from({ length: 20 }, (_, i) => led(40 + i, 'sales-east'))],
    };
    const swaps = record({ row: 9, staffNumber: 'L10', name: 'Wang Wei', departments: ['Sales/East'], supervises: ['Sales/East'] });
    expect(told(planStaff([leads(2, 'N1', ['Service']), swaps], both))).toEqual([
      ['9 supervises TOO_MANY_SUPERVISORS', '2 supervises TOO_MANY_SUPERVISORS'],
      [],
      [],
    ]);
  });
});
