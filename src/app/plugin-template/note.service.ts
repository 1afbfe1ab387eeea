import type { UseCase } from '@guichet/sdk';
import { noteTables } from './note.entity.ts';

/** @returns the note's id. */
export async function addNote(use: UseCase, text: string): Promise<string> {
  const id = use.newId();
  await use
    .on(noteTables)
    .insertInto('plg_sample_plugin.notes')
    .values({ organization_id: use.organizationId, id, text, written_at: use.now })
    .execute();
  return id;
}
