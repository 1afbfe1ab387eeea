export { formExportModule } from './module.ts';
