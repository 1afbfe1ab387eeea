import { describe, expect, it } from 'vitest';
import { type NewOrganization, readNewOrganization, readTimeZone } from '../../../src/app/founding/new-organization.rules.ts';
import { ADMIN_RIGHTS } from '../../../src/sdk/index.ts';

const ID = '01980000-0000-7000-8000-00000000000c';
const given: NewOrganization = {
  name: 'Qinghe Tools',
  adminName: 'Lin Fang',
  adminPhone: '+8613800000001',
  country: 'CN',
  timeZone: 'Asia/Shanghai',
  certification: 'TEAM',
};
const read = (change: Partial<NewOrganization>) => readNewOrganization(ID, { ...given, ...change });

describe('what a new organization is made of (spec 1, 10.3)', () => {
  it('is an admin with all rights, in one department, and nothing of a demo', () => {
    expect(read({}).plan).toEqual({
      id: ID,
      name: 'Qinghe Tools',
      certification: 'TEAM',
      country: 'CN',
      timeZone: 'Asia/Shanghai',
      hasWindow: false,
      isDemo: false,
      departments: [['Qinghe Tools']],
      employees: [
        { key: 'admin', name: 'Lin Fang', phone: '+8613800000001', department: 'Qinghe Tools', rights: Object.keys(ADMIN_RIGHTS) },
      ],
      tagGroups: [],
      contacts: [],
    });
  });

  it.each([
    ['a phone without a country code is of the country', { adminPhone: '138 0000 0001' }, '+8613800000001'],
    ['of another country, too', { adminPhone: '07911 123456', country: 'gb' }, '+447911123456'],
  ])('%s', (_, change, phone) => {
    expect(read(change).plan?.employees).toMatchObject([{ phone }]);
  });

  it('has its names trimmed and in one form', () => {
    expect(read({ name: '  Cafe\u0301 ', adminName: '林芳 ' }).plan).toMatchObject({ name: 'Café', employees: [{ name: '林芳' }] });
  });

  it('has a name on one line', () => {
    expect(read({ name: 'Qinghe\nTools' }).plan).toMatchObject({ name: 'Qinghe Tools' });
  });
  it('has a first department that tables can name', () => {
    expect(read({ name: 'Maersk A/S' }).plan).toMatchObject({ name: 'Maersk A/S', departments: [['Maersk A S']] });
  });
});

describe('what is refused of a new organization', () => {
  it.each<[string, Partial<NewOrganization>, string]>([
    ['an empty name', { name: ' ' }, '--name: it must have 1 to 100 characters'],
    ['a name of nothing to see', { name: '\u200b\u2800' }, '--name: '],
    ['a name that is too long', { name: 'x'.repeat(101) }, '--name: '],
    ['a name with a broken character', { name: '\ud800' }, '--name: '],
    ['an admin without a name', { adminName: '' }, '--admin-name: '],
    ['a phone that does not exist', { adminPhone: '+8613800' }, '--admin-phone: this is no phone number that exists'],
    ['a phone that gets no code', { adminPhone: '010 6552 9988' }, '--admin-phone: codes for signing in can only be sent to a mobile'],
    ['a mobile with an extension', { adminPhone: '13800000001 ext 5' }, '--admin-phone: codes'],
    ['an unknown country', { country: 'ZZ' }, '--country: it is no ISO 3166 code'],
    ['an unknown zone', { timeZone: 'Mars/Base' }, '--time-zone: it is no zone of the IANA database'],
    ['an unknown level', { certification: 'advanced' }, '--certification: it must be one of TEAM, BASIC, INTERMEDIATE, ADVANCED'],
  ])('%s', (_, change, fault) => {
    expect(read(change)).toEqual({ faults: [expect.stringContaining(fault)] });
  });

  it('is said all at once', () => {
    expect(read({ name: '', adminPhone: 'x', timeZone: '' }).faults).toHaveLength(3);
  });

  it('a name of 100 characters is none of it, however many code units they have', () => {
    expect(read({ name: '👨‍👩‍👧‍👦'.repeat(100) }).faults).toBeUndefined();
  });
});

describe('a time zone', () => {
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['asia/shanghai', 'Asia/Shanghai'],
    ['UTC', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['+08:00', undefined],
    ['CST-8', undefined],
    ['', undefined],
    [' Asia/Shanghai', undefined],
  ])('%j is %j', (typed, zone) => {
    expect(readTimeZone(typed)).toBe(zone);
  });
});
