import { type PhoneKind, refs, type StoredValues, tenantEntity } from '../../sdk/index.ts';

/** Where a contact came from (spec 3.6). */
export const CONTACT_SOURCES = ['MANUAL', 'VCARD', 'CARD', 'IMPORT', 'LINK', 'API', 'MERGE'] as const;
export type ContactSource = (typeof CONTACT_SOURCES)[number];

/** Outside companies, made on the fly from their names (spec 1). */
export const Company = tenantEntity(
  'companies',
  (t) => ({
    name: t.text(),
    /** What makes it another company: `companyKey`. */
    nameKey: t.text(),
  }),
  { indexes: { companies_name: { columns: ['nameKey'], unique: true } } },
);

/** Where contacts without a follow-up stand in its order. */
export const NEVER = '9999-12-31';

/** A number beside the main one (spec 3.2): who else has it does not matter. */
export interface FurtherPhone {
  /** E.164; of a phone book also as it was written, where it is no number that exists. */
  readonly phone: string;
  readonly extension: string | null;
  readonly kind: PhoneKind;
  readonly label: string | null;
}

/** People outside the company. A deleted one keeps its row: an admin can restore it (spec 3.8). */
export const Contact = tenantEntity(
  'contacts',
  (t) => ({
    version: t.version(),
    name: t.text(),
    sortName: t.nameKeyOf('name', 'PERSON'),
    /** Main phone, E.164. A phone in the bin blocks nobody (spec 3.8). */
    phone: t.text(),
    phoneExtension: t.text().nullable(),
    isMobile: t.boolean(),
    furtherPhones: t.json<readonly FurtherPhone[]>().defaultRaw(`'[]'`),
    company: () => t.to(Company).ref().nullable(),
    position: t.text().nullable(),
    address: t.text().nullable(),
    email: t.text().nullable(),
    remark: t.text().nullable(),
    /** Of servers of 0.1, by the names of fields: a backfill makes fields and values of them, and empties it. Taken away in a later version. */
    customFields: t.json<Record<string, unknown>>().defaultRaw(`'{}'`),
    /** Values of the organization's own fields, by the ids of these. */
    fieldValues: t.json<StoredValues>().defaultRaw(`'{}'`),
    ownerId: t.idOf(() => refs.Employee).nullable(),
    source: t.oneOf(...CONTACT_SOURCES),
    createdBy: t.idOf(() => refs.Employee).nullable(),
    createdAt: t.timestamptz(),
    updatedAt: t.timestamptz(),
    lastInteractionAt: t.timestamptz().nullable(),
    /** The day of the next follow-up, in the organization's time zone (spec 3.18). */
    followUpOn: t.date().nullable(),
    followUpNote: t.text().nullable(),
    /** The same day, or one behind all others: rows without a follow-up have their place in that order too. */
    followUpOrder: t.date().defaultRaw(`'${NEVER}'`),
    deletedAt: t.timestamptz().nullable(),
    deletedBy: t.idOf(() => refs.Employee).nullable(),
    /** In the bin: the employee who had the phone as well, as an admin had decided. Whoever restores it need not decide again. */
    besideId: t.uuid().nullable(),
    /** When all that was known of the person was taken out; the row stays for what refers to it. */
    purgedAt: t.timestamptz().nullable(),
  }),
  {
    decidesSeats: ['deletedAt'],
    indexes: {
      contacts_phone: { columns: ['phone'], unique: true, where: 'deleted_at is null' },
      contacts_newest: { columns: ['-id'], where: 'deleted_at is null' },
      /** Of those in the bin too: their forms are still their owner's to read. */
      contacts_of_owner: { columns: ['ownerId', '-id'] },
      contacts_of_owner_by_name: { columns: ['ownerId', 'sortName', 'id'], where: 'deleted_at is null' },
      contacts_unowned: { columns: ['-id'], where: 'owner_id is null and deleted_at is null' },
      contacts_bin: { columns: ['-id'], where: 'deleted_at is not null' },
      contacts_to_purge: { columns: ['deletedAt', 'id'], where: 'deleted_at is not null and purged_at is null' },
      contacts_by_name: { columns: ['sortName', 'id'], where: 'deleted_at is null' },
      contacts_follow_ups: { columns: ['followUpOn', 'id'], where: 'follow_up_on is not null and deleted_at is null' },
      contacts_of_owner_follow_ups: {
        columns: ['ownerId', 'followUpOn', 'id'],
        where: 'follow_up_on is not null and deleted_at is null',
      },
      contacts_untyped: { columns: ['id'], where: `custom_fields <> '{}'` },
      contacts_of_company: { columns: ['company', '-id'], where: 'deleted_at is null' },
    },
  },
);

export const companies = Company.table;
export const contacts = Contact.table;
