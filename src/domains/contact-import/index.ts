export { contactImportModule } from './module.ts';
