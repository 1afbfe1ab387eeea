import { boolean, bytewiseText, integer, json, oneOf, table, text, timestamptz, uuid } from '../../sdk/index.ts';

/** Where a contact came from (spec 3.6). */
export const CONTACT_SOURCES = ['MANUAL', 'VCARD', 'CARD', 'IMPORT', 'LINK', 'API', 'MERGE'] as const;
export type ContactSource = (typeof CONTACT_SOURCES)[number];

/** Outside companies, made on the fly from their names (spec 1). */
export const companies = table('companies', {
  columns: {
    name: text(),
    /** The name without differences of case and width: what makes two spellings one company. */
    name_key: text(),
  },
  indexes: { companies_name: { columns: ['name_key'], unique: true } },
});

/** People outside the company. A deleted one keeps its row: an admin can restore it (spec 3.8). */
export const contacts = table('contacts', {
  decidesSeats: ['deleted_at'],
  columns: {
    version: integer().default('1'),
    name: text(),
    /** Pinyin and name, lower case: lists by name stand in this order. */
    sort_name: bytewiseText(),
    /** Main phone, E.164. A phone in the bin blocks nobody (spec 3.8). */
    phone: text(),
    phone_extension: text().nullable(),
    is_mobile: boolean(),
    company_id: uuid().nullable().references('companies'),
    position: text().nullable(),
    address: text().nullable(),
    email: text().nullable(),
    remark: text().nullable(),
    custom_fields: json<Record<string, unknown>>().default(`'{}'`),
    owner_id: uuid().nullable().references('employees'),
    source: oneOf(...CONTACT_SOURCES),
    created_by: uuid().nullable().references('employees'),
    created_at: timestamptz(),
    updated_at: timestamptz(),
    last_interaction_at: timestamptz().nullable(),
    deleted_at: timestamptz().nullable(),
    deleted_by: uuid().nullable().references('employees'),
  },
  indexes: {
    contacts_phone: { columns: ['phone'], unique: true, where: 'deleted_at is null' },
    contacts_newest: { columns: ['-id'], where: 'deleted_at is null' },
    /** Of those in the bin too: their forms are still their owner's to read. */
    contacts_of_owner: { columns: ['owner_id', '-id'] },
    contacts_of_owner_by_name: { columns: ['owner_id', 'sort_name', 'id'], where: 'deleted_at is null' },
    contacts_unowned: { columns: ['-id'], where: 'owner_id is null and deleted_at is null' },
    contacts_bin: { columns: ['-id'], where: 'deleted_at is not null' },
    contacts_by_name: { columns: ['sort_name', 'id'], where: 'deleted_at is null' },
    contacts_of_company: { columns: ['company_id', '-id'], where: 'deleted_at is null' },
  },
});
