import { z } from 'zod';
import { defineJob, type JobOutcome } from '../../sdk/index.ts';
import { ContactImport } from './contact-import.entity.ts';
import { importNow } from './contact-import.service.ts';
import { IMPORT } from './import.purposes.ts';
import { fileRejected } from './import-filing.ts';
import { pauseForNames } from './import-pausing.service.ts';
import { readTable } from './import-reading.ts';
import { takeRowByRow, takeWhole } from './import-taking.ts';
import { type ImportWork, importStep } from './import-work.ts';
import { contactImport } from './permissions.ts';

/** All or nothing is one step: 20,000 rows take half a minute of a machine that does nothing else. */
const PATIENCE = 600_000;

/** Takes a table of contacts in, once however often the server is killed (spec 3.12). */
export const importContacts = defineJob({
  name: 'contact-import.importContacts',
  description: 'Adds and edits contacts by a table.',
  adminRight: 'CONTACTS',
  rule: contactImport.manage,
  input: z.object({ importId: z.string() }),
  checkpoint: importStep,
  patience: PATIENCE,
  run: async (work: ImportWork): Promise<JobOutcome> => {
    const { importId } = work.input;
    if (work.checkpoint?.phase !== 'DONE') await takeIn(work, importId);
    return { type: IMPORT, id: importId };
  },
});

async function takeIn(work: ImportWork, importId: string): Promise<void> {
  const given = await work.perform((use) => importNow(use, importId));
  if (work.checkpoint?.phase !== 'FILING') {
    const table = await readTable(work, given);
    if (!work.checkpoint) {
      const isPaused = await work.perform((use, keep) => pauseForNames(use, keep, given.row, table));
      if (isPaused) return;
    }
    const { is_atomic: isAtomic, is_dry_run: isDryRun } = given.row;
    await (isAtomic && !isDryRun ? takeWhole : takeRowByRow)(work, importId, table);
  }
  await fileRejected(work, importId, given.files);
  await work.perform(async (use, keep) => {
    const { row } = await importNow(use, importId);
    const isRefused = row.is_atomic && !row.is_dry_run && row.rejected > 0;
    use.on(ContactImport).change({ id: importId }, { state: isRefused ? 'REFUSED' : 'DONE', finished_at: use.now });
    keep({ checkpoint: { phase: 'DONE', at: 0 } });
  });
}
