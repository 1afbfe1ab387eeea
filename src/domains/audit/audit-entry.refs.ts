import { entityRef } from '../../sdk/index.ts';
import { auditEntries } from './audit-entry.entity.ts';

export const AuditEntry = entityRef('AuditEntry', auditEntries);
