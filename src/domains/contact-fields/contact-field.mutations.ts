import { encodeGlobalId, type GuichetBuilder, type InputMaker, type PayloadFields, versionConflict } from '../../sdk/index.ts';
import { changeFields, contact, definitionOf } from '../contacts/index.ts';
import { contactFieldBuiltIn, contactFieldInUse, contactFieldValuesDoNotFit, contactFieldValuesRewritten } from './contact-field.errors.ts';
import { MOST_FIELDS } from './contact-field.graphql.ts';
import { ContactField } from './contact-field.refs.ts';
import { addField, dropField, holdField, moveField, updateField } from './field-settings.service.ts';
import { contactField } from './permissions.ts';
import { forgetValues } from './value-rewriting.service.ts';

const rule = contact.settings;
const MOST_IN_A_LIST = 250;
const fieldId = (t: InputMaker) => t.globalId(ContactField, { description: 'The field.' });
const some = (t: InputMaker, description: string, max = 30) =>
  t.text({ description: `${description} An empty text takes it away.`, required: false, min: 0, max });
const success = (t: PayloadFields<{ field: string }>) => ({
  field: t.loaded(ContactField, 'field', { description: 'The field as it is now.', rule: contactField.read }),
});

const optionInput = (builder: GuichetBuilder) =>
  builder.inputType('ContactFieldOptionInput', {
    description: 'A choice as it is set.',
    fields: (t) => ({
      id: t.text({
        description: 'Its id, of one that is there already; without it, it is the one that says the same, or a new one.',
        required: false,
        max: 40,
      }),
      label: t.text({ description: 'What it says.', max: 100 }),
      parent: t.text({
        description: 'Of a choice in levels: id of the choice above it, or what that one says.',
        required: false,
        max: 100,
      }),
    }),
  });
type Option = ReturnType<typeof optionInput>;

const settings = (t: InputMaker, option: Option) => ({
  required: t.flag({
    description: 'Whether it must be filled in. Contacts that lack it stay, and are asked at their next edit.',
    required: false,
  }),
  visibleToContact: t.flag({ description: 'Whether the contact itself reads it.', required: false }),
  options: t.listOf(option, { description: 'What can be chosen; all of it, in its order.', required: false, most: MOST_IN_A_LIST }),
  min: some(t, 'Least value: a decimal number (of money in whole units, such as yuan) or a day.'),
  max: some(t, 'Greatest value.'),
  currency: some(t, 'Of money: ISO 4217 code; CNY where it is left out.', 3),
  maxLength: t.integer({ description: 'Most characters.', required: false, min: 1 }),
  decimals: t.integer({ description: 'Digits behind the point.', required: false, min: 0, max: 15 }),
  most: t.integer({ description: 'Most files or choices.', required: false, min: 1 }),
});

/** Admins with CONTACTS for the whole organization say which fields contacts have (spec 3.10). */
export function contactFieldMutations(builder: GuichetBuilder): void {
  declareMaking(builder, optionInput(builder));
  declareOrder(builder);
}

function declareMaking(builder: GuichetBuilder, option: Option): void {
  builder.useCase('addContactField', {
    description: 'Adds a field of contacts behind the others (spec 3.10).',
    rule,
    doesOnce: true,
    input: (t) => ({
      name: t.name({
        description: 'What programs call it, in inputs, filters and exports; no two fields have the same. It never changes.',
        max: 60,
      }),
      label: t.name({ description: 'What people call it; the name where it is left out.', required: false, max: 100 }),
      kind: t.text({
        description: 'Kind of its values, such as `MONEY`; as of a form’s fields, but no line items, signatures or explanations.',
        max: 60,
      }),
      ...settings(t, option),
    }),
    guard: changeFields,
    run: async (use, given) => ({ field: await addField(use, given) }),
    success,
  });
  builder.useCase('updateContactField', {
    description:
      'Changes a field of contacts. What is left out stays as it is. Another kind, or other settings, are taken where every value fits, and what would read otherwise by another kind, such as `0042` as a number, is confirmed.',
    rule,
    input: (t) => ({
      fieldId: fieldId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      label: t.name({ description: 'What people call it.', required: false, max: 100 }),
      kind: t.text({ description: 'Kind of its values.', required: false, max: 60 }),
      confirmRewritten: t.integer({
        description:
          'How many values read otherwise by the new kind, as the refusal has told. Where they are others by now, you are told again.',
        required: false,
        min: 0,
      }),
      ...settings(t, option),
    }),
    refusals: [versionConflict, contactFieldBuiltIn, contactFieldValuesDoNotFit, contactFieldValuesRewritten],
    guard: (use, given) => holdField(use, given.fieldId, given.expectedVersion),
    run: async (use, { confirmRewritten, ...given }, now) => {
      await updateField(use, now, given, confirmRewritten);
      return { field: now.id };
    },
    success,
  });
}

function declareOrder(builder: GuichetBuilder): void {
  builder.useCase('moveContactField', {
    description: 'Puts a field of contacts at another place, built-in ones too.',
    rule,
    input: (t) => ({
      fieldId: fieldId(t),
      position: t.integer({
        description: 'Its place among all fields, counted from 1; beyond the last, it is the last.',
        min: 1,
        max: MOST_FIELDS,
      }),
    }),
    guard: (use, given) => holdField(use, given.fieldId),
    run: async (use, { position }, now) => {
      await moveField(use, now.id, position);
      return { field: now.id };
    },
    success,
  });
  builder.useCase('deleteContactField', {
    description: 'Deletes a field that is not built in. Contacts that have a value lose it, where their number is confirmed (spec 3.10).',
    rule,
    input: (t) => ({
      fieldId: fieldId(t),
      confirmUsage: t.integer({
        description:
          'How many contacts have a value, as the refusal has told: they lose it. Where they are others by now, you are told again.',
        required: false,
        min: 0,
      }),
    }),
    refusals: [contactFieldBuiltIn, contactFieldInUse],
    guard: (use, given) => holdField(use, given.fieldId),
    run: async (use, { confirmUsage }, now) => {
      if (now.is_built_in) throw contactFieldBuiltIn({}, ['input', 'fieldId']);
      const changed = await forgetValues(use, definitionOf(now), confirmUsage);
      await dropField(use, now.id);
      return { changed, fieldId: encodeGlobalId('ContactField', now.id) };
    },
    success: (t) => ({
      changed: t.exposeInt('changed', { description: 'How many contacts had a value.', rule }),
      fieldId: t.exposeID('fieldId', { description: 'Global id that the field had.', rule }),
    }),
  });
}
