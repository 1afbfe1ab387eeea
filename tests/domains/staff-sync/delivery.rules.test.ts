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
    ['departments that are none', person({ departments: 'Sales' }), ['departments', 'DEPARTMENT_INVALID']],
    ['a path that is none', person({ mainDepartment: 'Sales' }), ['departments', 'DEPARTMENT_INVALID']],
  ])('%s is told of', (_, wrong, [column, code]) => {
    expect(faultsOf(person({ staffNumber: 'H-0' }), wrong)).toEqual([[2, column, code]]);
  });
  it('nobody at all is told of, and the others are taken', () => {
    const { records, numbers } = deliveredOf({ people: [null, person(), person({ staffNumber: 'H-2', phone: 'none' })] as never }, 'CN');
    expect(records.map(({ staffNumber }) => staffNumber)).toEqual(['H-1']);
    expect([...numbers]).toEqual(['H-1', 'H-2']); // wrong, and still there
  });
});
