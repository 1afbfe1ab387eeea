import { describe, expect, it } from 'vitest';
import { deliveredOf } from '../../../src/domains/staff-sync/delivery.rules.ts';
import type { DeliveredPerson } from '../../../src/sdk/index.ts';

const person = (given: object = {}): DeliveredPerson => ({ staffNumber: 'H-1', name: '王伟', phone: '13800000001', ...given });
const faultsOf = (...people: unknown[]) =>
  deliveredOf({ people: people as DeliveredPerson[] }, 'CN').faults.map(({ row, column, code }) => [row, column, code]);

describe('what a source delivers (spec 10.4)', () => {
  it('is read as a table of the staff is', () => {
    const { records } = deliveredOf(
      { people: [person({ departments: [['Sales', 'East'], ['Training']], supervises: [['Training']], nickname: ' Wei ' })] },
      'CN',
    );
    expect(records).toMatchObject([
      {
        row: 1,
        staffNumber: 'H-1',
        phone: { e164: '+8613800000001' },
        departments: ['Sales/East', 'Training'],
        supervises: ['Training'],
        nickname: 'Wei',
      },
    ]);
  });
  it('names departments from the top, each once and behind those above it', () => {
    const { departments } = deliveredOf(
      { departments: [['Sales', 'East', 'Shop']], people: [person({ departments: [['Sales', 'West']], mainDepartment: ['Office'] })] },
      'CN',
    );
    expect(departments).toEqual([['Sales'], ['Office'], ['Sales', 'East'], ['Sales', 'West'], ['Sales', 'East', 'Shop']]);
  });
  it.each<[string, unknown, [string, string]]>([
    ['no number', person({ staffNumber: ' ' }), ['staffNumber', 'NUMBER_INVALID']],
    ['a number that is none', person({ staffNumber: 17 }), ['staffNumber', 'NUMBER_INVALID']],
    ['a number that is too long', person({ staffNumber: 'x'.repeat(51) }), ['staffNumber', 'NUMBER_INVALID']],
    ['no name', person({ name: undefined }), ['name', 'NAME_INVALID']],
    ['a name that is too long', person({ name: '王'.repeat(101) }), ['name', 'NAME_INVALID']],
    ['a phone that is none', person({ phone: '1.38E+10' }), ['phone', 'PHONE_INVALID']],
    ['a day that is none', person({ seniorSince: '2026-02-30' }), ['seniorSince', 'DAY_INVALID']],
    ['a day that is no text', person({ seniorSince: 20260230 }), ['seniorSince', 'DAY_INVALID']],
    ['a position that is none', person({ position: {} }), ['position', 'TEXT_INVALID']],
    ['a path without a name', person({ departments: [['Sales', '']] }), ['departments', 'DEPARTMENT_INVALID']],
    ['a department that no path could hold', person({ departments: [['Sales', 'East/West']] }), ['departments', 'DEPARTMENT_INVALID']],
    ['departments that are none', person({ departments: 'Sales' }), ['departments', 'DEPARTMENT_INVALID']],
    ['a path that is none', person({ mainDepartment: 'Sales' }), ['mainDepartment', 'DEPARTMENT_INVALID']],
    ['a path of holes', person({ supervises: [Array(2)] }), ['supervises', 'DEPARTMENT_INVALID']],
    ['a day of no month', person({ seniorSince: '2026-13-45' }), ['seniorSince', 'DAY_INVALID']],
    ['a flag that is none', person({ nameVerified: 'perhaps' }), ['nameVerified', 'FLAG_INVALID']],
    ['a name with the character zero', person({ name: 'A\0B' }), ['name', 'NAME_INVALID']],
    ['a name with half a character', person({ name: 'A\ud800' }), ['name', 'NAME_INVALID']],
    ['a name with dozens of marks', person({ name: `e${'\u0301'.repeat(60)}` }), ['name', 'NAME_INVALID']],
    ['a name in which nothing is seen', person({ name: '\u200b\u2060' }), ['name', 'NAME_INVALID']],
    ['a number with the character zero', person({ staffNumber: 'H\0' }), ['staffNumber', 'NUMBER_INVALID']],
    ['a number in which nothing is seen', person({ staffNumber: '\u200b' }), ['staffNumber', 'NUMBER_INVALID']],
    ['a number that is no text by any means', person({ staffNumber: Object.create(null) }), ['staffNumber', 'NUMBER_INVALID']],
    ['a department with the character zero', person({ departments: [['Sa\0les']] }), ['departments', 'DEPARTMENT_INVALID']],
    ['a phone that is no text by any means', person({ phone: Object.create(null) }), ['phone', 'PHONE_INVALID']],
    ['a position that is a number', person({ position: 0 }), ['position', 'TEXT_INVALID']],
  ])('%s is told of', (_, wrong, [column, code]) => {
    expect(faultsOf(person({ staffNumber: 'H-0' }), wrong)).toEqual([[2, column, code]]);
  });
  it.each<[string, unknown, unknown]>([
    ['what is not seen is taken out', person({ staffNumber: 'T7\u200b', name: 'a\u202eb' }), { staffNumber: 'T7', name: 'ab' }],
    ['letters are in one form', person({ name: 'Jose\u0301' }), { name: 'José' }],
    ['null says nothing', person({ nickname: null, seniorSince: null, nameVerified: null, departments: null }), { nickname: undefined }],
    ['an empty text says nothing', person({ position: '', seniorSince: '', phone: '' }), { position: undefined, phone: undefined }],
    ['a phone may be a number', person({ phone: 13_800_000_001 }), { phone: { e164: '+8613800000001' } }],
    ['a flag is one', person({ nameVerified: false }), { nameVerified: false }],
    ['departments have the names that are seen', person({ departments: [['Sa\u00adles ']] }), { departments: ['Sales'] }],
  ])('%s', (_, one, taken) => {
    const { records, faults } = deliveredOf({ people: [one as DeliveredPerson] }, 'CN');
    expect([faults, records]).toMatchObject([[], [taken]]);
  });
  it.each([['Sales'], [{}], [7]])('departments that are %j are told of, and the people are taken', (departments) => {
    const { records, faults } = deliveredOf({ departments, people: [person()] } as never, 'CN');
    expect([faults.map(({ code }) => code), records.length]).toEqual([['DEPARTMENT_INVALID'], 1]);
  });
  it('nobody at all is told of, and the others are taken', () => {
    const { records, numbers } = deliveredOf({ people: [null, person(), person({ staffNumber: 'H-2', phone: 'none' })] as never }, 'CN');
    expect(records.map(({ staffNumber }) => staffNumber)).toEqual(['H-1']);
    expect([...numbers]).toEqual(['H-1', 'H-2']); // wrong, and still there
  });
});
