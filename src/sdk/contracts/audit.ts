import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** What a job did to some objects; mutations are recorded by themselves, by whatever performs them. */
export interface JobAct {
  /** What is done: the kind of the job, or a word of its module. */
  readonly act: string;
  readonly module: string;
  /** Types and UUIDs; the first is what it was done to. */
  readonly objects: readonly (readonly [type: string, id: string])[];
  /** What was given, by the names of fields: hashes of the values are kept (spec 11.3). */
  readonly given?: Readonly<Record<string, unknown>>;
}
/** The audit record, for jobs: `use.service(auditRecord)`. */
export interface AuditRecord {
  /** Writes acts down in the transaction of the doing, without waiting: thousands at once (spec 11.1). */
  record(use: UseCase, acts: readonly JobAct[]): void;
}
/** Lets jobs write into the audit record what they do one by one: `use.service(auditRecord)`. */
export const auditRecord = service<AuditRecord>('audit.record');
