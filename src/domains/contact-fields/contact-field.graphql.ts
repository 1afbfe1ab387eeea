import { placeOf, readByStatement, readField } from '../../sdk/core.ts';
import { type EntityFields, type FieldOption, type GuichetBuilder, sql, valueFrom } from '../../sdk/index.ts';
import { builtInField, contact, type contactFields, contactFieldTerms, contacts } from '../contacts/index.ts';
import { adminsOf, colleagues } from '../directory/index.ts';
import { ContactField } from './contact-field.refs.ts';
import { contactField } from './permissions.ts';

const rule = contactField.read;
export const MOST_FIELDS = 100;
type Fields = EntityFields<typeof contactFields>;

/** The fields of contacts (spec 3.10). */
export function contactFieldTypes(builder: GuichetBuilder): void {
  const Option = builder.objectRef<FieldOption>('ContactFieldOption').implement({
    description: 'One choice of a field of contacts.',
    fields: (t) => ({
      id: t.string({ description: 'Its id: values and filters name it.', rule, resolve: ({ id }) => id }),
      label: t.string({ description: 'What it says.', rule, resolve: ({ label }) => label }),
      parentId: t.string({
        nullable: true,
        description: 'Of a choice in levels: the choice above it.',
        rule,
        resolve: ({ parentId }) => parentId ?? null,
      }),
    }),
  });
  builder.entity(ContactField, {
    description: 'A field of contacts: one that all have, or the organization’s own (spec 3.10).',
    roles: [colleagues, adminsOf('CONTACTS')],
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the order that the admins gave them.' } },
    defaultOrder: { by: 'POSITION', direction: 'ASC' },
    fields: (t) => ({ ...common(t), ...settings(t, Option) }),
  });
  builder.queryField('contactFields', (t) => {
    const { all } = placeOf((t as unknown as { builder: object }).builder);
    return readByStatement(t, {
      type: [ContactField.name],
      nullable: true,
      description: 'The fields of contacts, in their order, at most 100.',
      rule,
      reads: {
        reads: 'list',
        entity: () => all.entity(ContactField.name),
        scope: { listedBy: () => rule.roles, order: { by: 'POSITION', direction: 'ASC' }, atMost: MOST_FIELDS },
      },
      resolve: readField,
    }) as never;
  });
}

const common = (t: Fields) => ({
  id: t.globalId({ description: 'Global id; `FieldDefinition.id` of its values.', rule }),
  version: t.column('version', { description: 'Raised by every edit: `updateContactField` asks for it.', rule }),
  name: t.column('name', { description: 'What programs call it: inputs and filters take it. It never changes.', rule }),
  label: t.string({
    description: 'What people call it; of built-in fields in your language.',
    rule,
    needs: ['name', 'label', 'is_built_in'],
    resolve: ({ name, label, is_built_in: isBuiltIn }, _, { language }) =>
      (isBuiltIn ? builtInField(name)?.label[language] : undefined) ?? label,
  }),
  kind: t.column('kind', { description: 'Kind of its values, such as `MONEY`. Plugins add some: have a default branch.', rule }),
  builtIn: t.column('is_built_in', {
    description: 'Whether all contacts have it, in every organization; such a field cannot be deleted.',
    rule,
  }),
  required: t.column('is_required', {
    description: 'Whether it must be filled in. Contacts that lack it are asked at their next edit.',
    rule,
  }),
  visibleToContact: t.column('visible_to_contact', { description: 'Whether the contact itself reads it.', rule }),
  position: t.column('position', { description: 'Its place among the fields, counted from 1.', rule }),
  usage: t.expression(
    'Int',
    (row) =>
      valueFrom(row, { kept: contactFieldTerms, of: contacts }, ({ kept, of }) => ({
        value: sql`count(*)::int`,
        where: sql`not ${row.is_built_in} and ${kept.field} = ${row.name} and ${kept.nth} = 0 and ${of.id} = ${kept.contact_id} and ${of.deleted_at} is null`,
      })),
    {
      description: 'How many contacts have a value of it, the bin not counted; 0 for built-in fields.',
      rule: contact.settings,
    },
  ),
});

const settings = (t: Fields, Option: object) => {
  const text = (name: 'min' | 'max' | 'currency', description: string) =>
    t.string({ nullable: true, description, rule, needs: ['settings'], resolve: (row) => row.settings[name] ?? null });
  const number = (name: 'maxLength' | 'decimals' | 'most', description: string) =>
    t.int({ nullable: true, description, rule, needs: ['settings'], resolve: (row) => row.settings[name] ?? null });
  return {
    options: t.field({
      type: [Option] as never,
      description: 'What can be chosen.',
      rule,
      needs: ['settings'],
      resolve: ((row: { settings: { options?: readonly FieldOption[] } }) => row.settings.options ?? []) as never,
    }),
    min: text('min', 'Least value.'),
    max: text('max', 'Greatest value.'),
    currency: text('currency', 'Of money: ISO 4217 code.'),
    maxLength: number('maxLength', 'Most characters.'),
    decimals: number('decimals', 'Digits behind the point.'),
    most: number('most', 'Most files or choices.'),
  };
};
