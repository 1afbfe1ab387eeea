export { columnOfField, isReadFromSheets } from './field-columns.ts';
export { contactColumns } from './import.sheet.ts';
export { contactImportModule } from './module.ts';
