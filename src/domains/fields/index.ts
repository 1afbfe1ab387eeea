export { byValues, keptTerm } from './field-comparison.ts';
export { fieldValue, fieldValues } from './field-value.input.ts';
export { type FieldValueSource, kindsOf, type Names, shownValue } from './field-value.ts';
export { fieldsModule } from './module.ts';
export { fields } from './permissions.ts';
