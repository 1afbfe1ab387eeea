export { columnsOfFields, isReadFromSheets } from './field-columns.ts';
export { furtherPhoneCell } from './further-phone.cells.ts';
export { contactColumns } from './import.sheet.ts';
export { contactImportModule } from './module.ts';
