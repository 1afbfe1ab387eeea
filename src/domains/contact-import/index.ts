export { contactColumns } from './import.sheet.ts';
export { contactImportModule } from './module.ts';
