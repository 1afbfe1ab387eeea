export { byValues, keptTerm } from './field-comparison.ts';
export { asNamedByContact, attachFiles, PICTURES, unknownEmployees } from './field-references.service.ts';
export { type ValueTerm, valueTerms } from './field-terms.ts';
export { type FieldValueSource, kindsOf, type Names, shownValue } from './field-value.ts';
export { type GivenOption, keptOptions } from './kept-options.rules.ts';
export { fieldsModule } from './module.ts';
export { employeesNamedIn, filesNamedIn } from './names-in-values.ts';
export { fields } from './permissions.ts';
export { isSameValue } from './same-value.rules.ts';
