import { describe, expect, it } from 'vitest';
import { furtherPhoneCell, readFurtherPhones } from '../../../src/domains/contact-import/further-phone.cells.ts';

const MAIN = '+8613800000001';
const read = (...typed: string[]) => readFurtherPhones(typed, MAIN, 'CN');

describe('further numbers in a cell (spec 3.2, 3.12)', () => {
  it.each([
    ['13900000002', '+8613900000002', null, 'MOBILE', null],
    ['0571-88880000', '+8657188880000', null, 'OTHER', null],
    ['0571-88880000-802', '+8657188880000', '802', 'OTHER', null],
    ['0571-88880000 (802)', '+8657188880000', '802', 'OTHER', null],
    ['0571-88880000 (WORK)', '+8657188880000', null, 'WORK', null],
    ['0571-88880000(work: Desk)', '+8657188880000', null, 'WORK', 'Desk'],
    ['0571-88880000（工作：前台）', '+8657188880000', null, 'WORK', '前台'],
    ['13900000002 (The secretary)', '+8613900000002', null, 'MOBILE', 'The secretary'],
    ['+1 (415) 555-2671 (FAX)', '+14155552671', null, 'FAX', null],
    ['13900000002 (HOME: a: b)', '+8613900000002', null, 'HOME', 'a: b'],
  ])('%j', (typed, phone, extension, kind, label) => {
    expect(read(typed)).toEqual({ phones: [{ phone, extension, kind, label }], wrong: [] });
  });
  it.each(['12', '1.39E+10', 'at the desk', '(WORK)', '13900000002 at home'])('%j is none', (typed) => {
    expect(read(typed)).toEqual({ phones: [], wrong: [typed] });
  });
  it('are there once, and the main number is none of them', () => {
    expect(read('13800000001', '13900000002', '139 0000 0002 (WORK)').phones.map(({ phone }) => phone)).toEqual(['+8613900000002']);
  });
  it('are written so that they are read again, whatever their label', () => {
    const phones = [
      { phone: '+8657188880000', extension: '802', kind: 'WORK' as const, label: 'Desk; at (the) door、2' },
      { phone: '+8613900000002', extension: null, kind: 'OTHER' as const, label: null },
    ];
    expect(read(...phones.map(furtherPhoneCell)).phones).toEqual([{ ...phones[0], label: 'Desk at the door 2' }, phones[1]]);
  });
});
