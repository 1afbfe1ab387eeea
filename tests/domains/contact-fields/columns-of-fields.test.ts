import { describe, expect, it } from 'vitest';
import { ownExportColumns } from '../../../src/domains/contact-export/export.columns.ts';
import { contactSheet } from '../../../src/domains/contact-import/import.sheet.ts';
import type { FieldDefinition } from '../../../src/platform/fields/index.ts';
import { readHead } from '../../../src/platform/sheets/sheet-header.ts';

const field = (name: string, label: string): FieldDefinition => ({ id: name, name, label, kind: 'TEXT', required: false });
const sheetOf = (...own: FieldDefinition[]) => contactSheet({ own });
const headersOf = (...own: FieldDefinition[]): string[] =>
  Object.entries(sheetOf(...own).columns).flatMap(([key, { header }]) => (key.startsWith('customFields.') ? [String(header.en)] : []));
const keysOf = (headers: readonly string[], ...own: FieldDefinition[]) =>
  readHead(sheetOf(...own), ['Name', 'Phone', 'Tags', ...headers], 1);

describe('what columns of the organization’s own fields are called (spec 3.10, 3.12)', () => {
  it.each([
    ['labels', [field('plate', 'Plate'), field('size', 'Size')], ['Plate', 'Size']],
    ['their names beside a label that is the header of a column', [field('more', 'Further phones')], ['Further phones (more)']],
    ['the same in the other language', [field('more', '其他电话')], ['其他电话 (more)']],
    ['the same of what stands beside rejected rows', [field('why', 'Reason'), field('nth', '行号')], ['Reason (why)', '行号 (nth)']],
    ['their names where two labels are one header', [field('a', 'Ship date'), field('b', 'Shipdate')], ['Ship date (a)', 'Shipdate (b)']],
    ['a number where the names are one header too', [field('a_b', 'Note'), field('ab', 'Note*')], ['Note (a_b)', 'Note* (ab 2)']],
  ])('are %s', (_, own, headers) => {
    expect(headersOf(...own)).toEqual(headers);
    const { keys, faults, unknown } = keysOf(headers, ...own);
    expect([faults, unknown]).toEqual([[], []]);
    expect(keys.slice(3)).toEqual(own.map(({ name }) => `customFields.${name}`));
  });

  it('and no header of a column of all contacts means one of them', () => {
    const { keys, unknown } = keysOf(['Mobile number', 'Note', 'note_'], field('note', 'Mobile number'));
    expect(keys.slice(3)).toEqual(['customFields.note', 'remark', 'remark']);
    expect(unknown).toEqual([]);
    const twins = keysOf(['a_b', 'Ship date'], field('a_b', 'Ship date'), field('ab', 'Shipdate'));
    expect(twins.keys.slice(3)).toEqual([undefined, undefined]);
    expect(twins.unknown.map(({ header }) => header)).toEqual(['a_b', 'Ship date']);
  });

  it('and an export calls them as a table does, beside its own columns', () => {
    const columns = ownExportColumns([field('createdAt', 'Added at'), field('plate', 'Plate')]);
    expect(Object.entries(columns).map(([name, { column }]) => [name, column.header.en])).toEqual([
      ['customFields.createdAt', 'Added at (createdAt)'],
      ['plate', 'Plate'],
    ]);
  });
});
