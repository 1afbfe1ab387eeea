import { ConstantError } from '../log/constant.error.ts';
import { type HeldRight, NO_RIGHT, rightUnder } from '../permissions/held-right.ts';
import { isServer } from '../permissions/seat.ts';
import type { UseCase } from '../write/use-case.ts';
import { Job, jobTopic } from './job.entity.ts';
import type { AnyJobKind } from './job-kind.ts';

/** A kind of job with the module that it belongs to. */
export interface LoadedJobKind {
  readonly kind: AnyJobKind;
  readonly module: string;
  readonly isPlugin: boolean;
}
export type JobKinds = ReadonlyMap<string, LoadedJobKind>;

/** Writes a job in the transaction of the use case: nothing of it is there unless that is committed. @returns the job's UUID */
export function startJob(kinds: JobKinds, use: UseCase, { name, input: type }: AnyJobKind, input: unknown): string {
  const found = kinds.get(name);
  if (!found) throw new ConstantError('A job was started of a kind that no loaded module lists in its jobs.');
  const { id, kind } = use.seat;
  const { rule } = found.kind;
  const isNobodys = isServer(use.seat) || found.kind.isAfterthought; // what a clock starts is nobody's
  const by = isNobodys ? { startedBy: null, startedByKind: null } : { startedBy: id, startedByKind: kind };
  return writeJob(use, found.kind, { input: type.parse(input), ...by, ...(rule ? rightUnder(rule, use.seat) : NO_RIGHT) });
}

export interface NewJob extends HeldRight {
  readonly input: unknown;
  readonly startedBy: string | null;
  readonly startedByKind: 'EMPLOYEE' | 'CONTACT' | null;
}

export function writeJob(
  use: UseCase,
  { name, adminRight }: Pick<AnyJobKind, 'name' | 'adminRight'>,
  { input, startedBy, startedByKind, ...under }: NewJob,
): string {
  const id = use.newId();
  use.on(Job).add({
    id,
    kind: name,
    admin_right: adminRight ?? null,
    state: 'QUEUED',
    input: input ?? {},
    language: use.language,
    started_by: startedBy,
    started_by_kind: startedByKind,
    ...under,
    created_at: use.now,
  });
  tellJob(use, id, 'QUEUED');
  return id;
}

/** Tells of a job whoever can come to it. */
export const tellJob = (use: UseCase, jobId: string, kind: string): void =>
  use.emit({ stream: use.organizationId, topic: jobTopic, kind, subjectId: jobId });
