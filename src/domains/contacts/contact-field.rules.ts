import type { FieldDefinition, StoredValues } from '../../sdk/core.ts';
import type { Issue, Message, RowOf } from '../../sdk/index.ts';
import { COLUMN_WORDS } from './contact-columns.rules.ts';
import type { contactFields } from './contact-field.entity.ts';

interface BuiltIn {
  readonly name: string;
  readonly label: Message;
  readonly kind: string;
  /** `ALWAYS`: a contact has it. `MAY_BE`: admins say so. */
  readonly required: 'ALWAYS' | 'MAY_BE' | 'NEVER';
  /** Whether the contact itself reads it: what the portal shows is fixed. */
  readonly visibleToContact: boolean;
}
/** Fields that all contacts have, in the order in which they begin (spec 3.10). */
export const BUILT_IN_FIELDS: readonly BuiltIn[] = [
  { name: 'name', label: COLUMN_WORDS.name.header, kind: 'TEXT', required: 'ALWAYS', visibleToContact: true },
  { name: 'phone', label: COLUMN_WORDS.phone.header, kind: 'PHONE', required: 'ALWAYS', visibleToContact: true },
  { name: 'tags', label: COLUMN_WORDS.tags.header, kind: 'CHOICES', required: 'ALWAYS', visibleToContact: false },
  { name: 'company', label: COLUMN_WORDS.company.header, kind: 'TEXT', required: 'MAY_BE', visibleToContact: true },
  { name: 'position', label: COLUMN_WORDS.position.header, kind: 'TEXT', required: 'MAY_BE', visibleToContact: false },
  { name: 'address', label: COLUMN_WORDS.address.header, kind: 'ADDRESS', required: 'MAY_BE', visibleToContact: true },
  { name: 'email', label: COLUMN_WORDS.email.header, kind: 'EMAIL', required: 'MAY_BE', visibleToContact: false },
  { name: 'remark', label: COLUMN_WORDS.remark.header, kind: 'PARAGRAPH', required: 'MAY_BE', visibleToContact: false },
  { name: 'owner', label: COLUMN_WORDS.owner.header, kind: 'EMPLOYEE', required: 'NEVER', visibleToContact: true },
  { name: 'sharedWith', label: COLUMN_WORDS.sharedWith.header, kind: 'EMPLOYEE', required: 'NEVER', visibleToContact: false },
];
export const builtInField = (name: string): BuiltIn | undefined => BUILT_IN_FIELDS.find((field) => field.name === name);

/** Rows of the built-in fields of an organization. @param newId makes a UUID */
export const builtInFieldRows = (newId: () => string) =>
  BUILT_IN_FIELDS.map(({ name, label, kind, required, visibleToContact }, i) => ({
    id: newId(),
    name,
    label: label.en,
    label_key: `:${name}`,
    is_built_in: true,
    kind,
    is_required: required === 'ALWAYS',
    visible_to_contact: visibleToContact,
    position: i + 1,
  }));

type FieldRow = Pick<RowOf<typeof contactFields>, 'id' | 'name' | 'label' | 'kind' | 'is_required' | 'settings'>;
/** An organization's own field, as its kind takes it. */
export const definitionOf = ({ id, name, label, kind, is_required, settings }: FieldRow): FieldDefinition => ({
  ...settings,
  id,
  name,
  label,
  kind,
  required: is_required,
});

/** Values of a contact once some were given and some emptied. */
export const valuesWith = (before: StoredValues, given: StoredValues, emptied: readonly string[]): StoredValues =>
  Object.fromEntries(Object.entries({ ...before, ...given }).filter(([id]) => given[id] !== undefined || !emptied.includes(id)));

/** Built-in fields that admins require and that are empty. @param texts by the names of the fields */
export const missingBuiltIn = (required: readonly string[], texts: Readonly<Record<string, unknown>>, path: readonly string[]): Issue[] =>
  required
    .filter((name) => !texts[name])
    .map((name) => ({ path: [...path, name], code: 'REQUIRED', message: mustBeFilledIn(builtInField(name)!.label) }));
const mustBeFilledIn = (label: Message): Message => ({ en: `${label.en} must be filled in.`, 'zh-CN': `请填写${label['zh-CN']}。` });
