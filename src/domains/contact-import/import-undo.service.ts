import { jobs } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import { ContactImport } from './contact-import.entity.ts';
import { contactImportNotUndoable, type UNDO_FAULTS } from './contact-import.errors.ts';
import { heldImport } from './contact-import.service.ts';

const UNDO_MS = 7 * 86_400_000;

/** Why an import cannot be taken back, or no longer. @param hasEnded its job */
export function undoFault(found: ImportNow, hasEnded: boolean, now: Date): keyof typeof UNDO_FAULTS | undefined {
  if (found.state === 'UNDONE') return 'ALREADY_UNDONE';
  if (found.state === 'PAUSED') return undefined;
  if (!hasEnded) return 'UNDER_WAY';
  if (found.is_dry_run || found.created + found.updated === 0) return 'NOTHING_DONE';
  return now.getTime() - found.created_at.getTime() >= UNDO_MS ? 'TOO_LATE' : undefined;
}

/** Finds and locks an import that can be taken back. @throws NotFound, ContactImportNotUndoable */
export async function findUndoable(use: UseCase, importId: string, path: readonly string[]): Promise<ImportNow> {
  await use.find('ContactImport', importId, path);
  const found = await heldImport(use, importId);
  const job = await use.on(jobs).selectFrom('jobs').select('finished_at').where('id', '=', found.job_id).executeTakeFirst();
  const reason = undoFault(found, job?.finished_at !== null, use.now);
  if (reason) throw contactImportNotUndoable({ import: importId, reason });
  return found;
}

/** @param reason as whoever takes it back says it */
export function beginUndo(use: UseCase, found: ImportNow, reason: string | undefined, startJob: () => string) {
  const job = startJob();
  use.on(ContactImport).change({ id: found.id }, { state: 'UNDOING', job_id: job, undo_reason: reason ?? null });
  return Promise.resolve({ import: found.id, job });
}
