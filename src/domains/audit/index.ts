export { type OperatorAct, recordAct, recordOperatorAct } from './audit-entry.service.ts';
export { auditModule } from './module.ts';
