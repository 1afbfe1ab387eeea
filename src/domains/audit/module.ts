import { auditRecord, defineModule, provide, readMigrations } from '../../sdk/index.ts';
import { AuditEntry, AuditObject } from './audit-entry.entity.ts';
import { auditTypes } from './audit-entry.graphql.ts';
import { recordJobActs } from './audit-entry.service.ts';
import { audit } from './permissions.ts';

export const auditModule = defineModule({
  name: 'audit',
  version: '0.1.0',
  description: 'The audit record: every mutation that was done.',
  needs: ['organization', 'directory'],
  entities: [AuditEntry, AuditObject],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(audit),
  types: auditTypes,
  services: [provide(auditRecord, { record: recordJobActs })],
});
