import { z } from 'zod';
import { defineJob, JobFailure, type JobOutcome, type Message } from '../../sdk/index.ts';
import { ContactImport } from './contact-import.entity.ts';
import { importNow } from './contact-import.service.ts';
import { IMPORT } from './import.purposes.ts';
import { mayTellOfStaff } from './import-facts.service.ts';
import { fileRejected } from './import-filing.ts';
import { pauseForNames } from './import-pausing.service.ts';
import { readTable } from './import-reading.ts';
import { takeRowByRow, takeWhole } from './import-taking.ts';
import { type ImportWork, importStep } from './import-work.ts';
import { contactImport } from './permissions.ts';

/** All or nothing is one step: 20,000 rows take half a minute of a machine that does nothing else. */
const PATIENCE = 600_000;
const ASKED_TOO_OFTEN: Message = {
  en: 'More of these phones are employees’ than you may be told today. Somebody who has DIRECTORY as well can import this table.',
  'zh-CN': '其中属于员工的号码超过今天可告知的上限。可由同时拥有 DIRECTORY 权限的管理员导入。',
};

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
      if (!(await work.perform((use) => mayTellOfStaff(use, given.row, table.rows))))
        throw new JobFailure({ code: 'ASKED_TOO_OFTEN', path: ['phone'], message: ASKED_TOO_OFTEN });
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
