export { recordAct } from './audit-entry.service.ts';
export { auditModule } from './module.ts';
