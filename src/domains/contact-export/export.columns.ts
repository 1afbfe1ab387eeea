import { defineSheet, type FieldDefinition, type Sheet, type SheetColumn } from '../../sdk/core.ts';
import { columnsOfFields, contactColumns, furtherPhoneCell } from '../contact-import/index.ts';
import { COLUMN_WORDS, type FurtherPhone } from '../contacts/index.ts';

/** A contact as the query of a page reads it: what was not asked for, or is not the seat's to read, is not there. */
export interface ReadContact {
  readonly viewerRoles: readonly string[];
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly phoneExtension?: string | null;
  readonly furtherPhones?: readonly FurtherPhone[] | null;
  readonly tags?: readonly { readonly name: string }[] | null;
  readonly company?: { readonly name: string } | null;
  readonly position?: string | null;
  readonly address?: string | null;
  readonly email?: string | null;
  readonly remark?: string | null;
  readonly owner?: { readonly name: string } | null;
  readonly sharedWith?: { readonly totalCount: number; readonly nodes: readonly { readonly name: string }[] } | null;
  readonly source?: string | null;
  readonly createdAt?: string | null;
  readonly updatedAt?: string | null;
  readonly lastInteractionAt?: string | null;
  readonly customFields?: readonly { readonly text: string | null; readonly field: { readonly name: string } }[] | null;
}
type Cell = string | readonly string[] | null | undefined;
/** One column of an export: how it stands in the file, what is asked for it, and what is written. */
export interface ExportColumn {
  readonly column: SheetColumn;
  /** Fields of `Contact`, as a query names them. */
  readonly selects: string;
  /** @param moment writes a moment as the organization's clocks show it */
  cell(contact: ReadContact, moment: (at: string | null | undefined) => string | null): Cell;
}

const text = (name: keyof typeof COLUMN_WORDS, width = 18): SheetColumn => ({ ...COLUMN_WORDS[name], kind: 'TEXT', width });
const names = (all: readonly { readonly name: string }[] | undefined | null): string[] | undefined => all?.map(({ name }) => name);
/** Names that a cell holds of those with whom a contact is shared. */
const SHAREES = 50;
/** That there are more: nobody is called so, and a table with it is not taken in as if these were all. */
const beyond = (count: number): string[] => (count > SHAREES ? [`+${count - SHAREES}`] : []);

/** Columns by the names of the fields of `Contact`. Those that an import knows are called as there, so that a file can be taken in again. */
export const EXPORT_COLUMNS: Readonly<Record<string, ExportColumn>> = {
  name: { column: contactColumns.name, selects: 'name', cell: ({ name }) => name },
  phone: {
    column: { ...contactColumns.phone, kind: 'TEXT' },
    selects: 'phone phoneExtension',
    cell: ({ phone, phoneExtension: extension }) => (phone && extension ? `${phone} ext. ${extension}` : phone),
  },
  tags: { column: contactColumns.tags, selects: 'tags { name }', cell: ({ tags }) => names(tags) },
  furtherPhones: {
    column: contactColumns.furtherPhones,
    selects: 'furtherPhones { phone extension kind label }',
    cell: ({ furtherPhones }) => furtherPhones?.map(furtherPhoneCell),
  },
  company: { column: contactColumns.company, selects: 'company { name }', cell: ({ company }) => company?.name },
  position: { column: contactColumns.position, selects: 'position', cell: ({ position }) => position },
  address: { column: contactColumns.address, selects: 'address', cell: ({ address }) => address },
  email: { column: contactColumns.email, selects: 'email', cell: ({ email }) => email },
  remark: { column: contactColumns.remark, selects: 'remark', cell: ({ remark }) => remark },
  owner: { column: contactColumns.owner, selects: 'owner { name }', cell: ({ owner }) => owner?.name },
  sharedWith: {
    column: contactColumns.sharees,
    selects: `sharedWith(first: ${SHAREES}) { totalCount nodes { name } }`,
    cell: ({ sharedWith }) => sharedWith && [...sharedWith.nodes.map(({ name }) => name), ...beyond(sharedWith.totalCount)],
  },
  source: { column: text('source', 12), selects: 'source', cell: ({ source }) => source },
  createdAt: { column: text('createdAt'), selects: 'createdAt', cell: ({ createdAt }, moment) => moment(createdAt) },
  updatedAt: { column: text('updatedAt'), selects: 'updatedAt', cell: ({ updatedAt }, moment) => moment(updatedAt) },
  lastInteractionAt: {
    column: text('lastInteractionAt'),
    selects: 'lastInteractionAt',
    cell: ({ lastInteractionAt }, moment) => moment(lastInteractionAt),
  },
};
export const ALL_COLUMNS: readonly string[] = Object.keys(EXPORT_COLUMNS);

/** Columns of the organization's own fields, by their names: a value as people read it, which an import takes in again. */
export const ownExportColumns = (fields: readonly FieldDefinition[]): ExportColumns =>
  Object.fromEntries(
    [...columnsOfFields(fields)].map(([name, column]) => [
      EXPORT_COLUMNS[name] ? `customFields.${name}` : name, // one that had the name before it was a column
      {
        column: { ...column, kind: 'TEXT' },
        selects: 'customFields { text field { name } }',
        cell: ({ customFields }) => customFields?.find((value) => value.field.name === name)?.text,
      } satisfies ExportColumn,
    ]),
  );
/** Columns of an export by their names. */
export type ExportColumns = Readonly<Record<string, ExportColumn>>;

/** The file's columns, in the order in which they were asked for. */
export const exportSheet = (columns: ExportColumns): Sheet =>
  defineSheet({
    name: { en: 'Contacts', 'zh-CN': '外部联系人' },
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, { column }]) => [name, { ...column, required: false, choices: undefined }]),
    ),
  });

/** Contacts on a page: with up to a hundred tags and fifty sharees each, as many as one question may ask for. */
const PAGE = 50;
export const pageQuery = (columns: ExportColumns): string =>
  `query ($list: ContactList!, $search: String, $where: ContactFilter, $after: Cursor) {
    contacts(list: $list, search: $search, where: $where, first: ${PAGE}, after: $after) {
      pageInfo { hasNextPage endCursor } nodes { viewerRoles ${[...new Set(Object.values(columns).map(({ selects }) => selects))].join(' ')} } } }`;
export const COUNT_QUERY = `query ($list: ContactList!, $search: String, $where: ContactFilter) {
  contacts(list: $list, search: $search, where: $where) { totalCount } organization { timeZone } }`;
