import type { FieldDefinition, StoredValues } from '../../sdk/core.ts';
import type { Issue, Message, RowOf } from '../../sdk/index.ts';
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
  { name: 'name', label: { en: 'Name', 'zh-CN': '姓名' }, kind: 'TEXT', required: 'ALWAYS', visibleToContact: true },
  { name: 'phone', label: { en: 'Phone', 'zh-CN': '手机号' }, kind: 'PHONE', required: 'ALWAYS', visibleToContact: true },
  { name: 'tags', label: { en: 'Tags', 'zh-CN': '标签' }, kind: 'CHOICES', required: 'ALWAYS', visibleToContact: false },
  { name: 'company', label: { en: 'Company', 'zh-CN': '公司' }, kind: 'TEXT', required: 'MAY_BE', visibleToContact: true },
  { name: 'position', label: { en: 'Position', 'zh-CN': '职位' }, kind: 'TEXT', required: 'MAY_BE', visibleToContact: false },
  { name: 'address', label: { en: 'Address', 'zh-CN': '地址' }, kind: 'ADDRESS', required: 'MAY_BE', visibleToContact: true },
  { name: 'email', label: { en: 'Email', 'zh-CN': '邮箱' }, kind: 'EMAIL', required: 'MAY_BE', visibleToContact: false },
  { name: 'remark', label: { en: 'Remark', 'zh-CN': '备注' }, kind: 'PARAGRAPH', required: 'MAY_BE', visibleToContact: false },
  { name: 'owner', label: { en: 'Owner', 'zh-CN': '负责人' }, kind: 'EMPLOYEE', required: 'NEVER', visibleToContact: true },
  { name: 'sharedWith', label: { en: 'Shared with', 'zh-CN': '共享人' }, kind: 'EMPLOYEE', required: 'NEVER', visibleToContact: false },
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
