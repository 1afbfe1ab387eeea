import type { FieldDefinition } from '../../sdk/core.ts';
import { refs, tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

/** What a field's kind is told beyond what all fields have in common. */
export const FIELD_SETTINGS = ['options', 'min', 'max', 'maxLength', 'decimals', 'currency', 'most'] as const;
export type FieldSettings = Partial<Pick<FieldDefinition, (typeof FIELD_SETTINGS)[number]>>;

/** Fields of contacts, the built-in ones too, for their order (spec 3.10). */
export const ContactField = tenantEntity(
  'contact_fields',
  (t) => ({
    version: t.version(),
    /** What programs call it; it never changes, and neither does the id, by which contacts keep their values. */
    name: t.bytewiseText(),
    label: t.text(),
    /** What makes two labels the same: `textTerm`. Of built-in fields one that nobody types. */
    labelKey: t.text(),
    isBuiltIn: t.boolean(),
    kind: t.text(),
    settings: t.json<FieldSettings>().defaultRaw(`'{}'`),
    isRequired: t.boolean(),
    visibleToContact: t.boolean(),
    position: t.integer(),
  }),
  {
    indexes: {
      contact_fields_name: { columns: ['name'], unique: true },
      contact_fields_label: { columns: ['labelKey'], unique: true },
      contact_fields_position: { columns: ['position', 'id'] },
    },
  },
);

/** What contacts are found and sorted by of their values, in the order of bytes; and the employees whom values name. */
export const ContactFieldTerm = tenantEntity(
  'contact_field_terms',
  (t) => ({
    contactId: t.idOf(() => Contact, 'cascade').primary(),
    /** Name of the field. */
    field: t.bytewiseText().primary(),
    nth: t.integer().primary(),
    term: t.bytewiseText().nullable(),
    employeeId: t.idOf(() => refs.Employee).nullable(),
  }),
  {
    indexes: {
      contact_field_terms_term: { columns: ['field', 'term', '-contactId'], where: 'term is not null' },
      contact_field_terms_first: { columns: ['field', 'term', 'contactId'], where: 'nth = 0' },
    },
  },
);

export const contactFields = ContactField.table;
export const contactFieldTerms = ContactFieldTerm.table;
