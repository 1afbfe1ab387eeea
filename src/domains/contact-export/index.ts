export { contactExportModule } from './module.ts';
