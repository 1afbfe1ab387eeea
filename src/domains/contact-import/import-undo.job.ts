import { z } from 'zod';
import { defineJob, type JobOutcome } from '../../sdk/index.ts';
import { ContactImport } from './contact-import.entity.ts';
import { IMPORT } from './import.purposes.ts';
import { takeRowsBack } from './import-undo-rows.service.ts';
import { contactImport } from './permissions.ts';

/** Takes an import back, a batch of its rows at a time (spec 3.12). */
export const undoContacts = defineJob({
  name: 'contact-import.undoContactImport',
  description: 'Takes an import of contacts back.',
  adminRight: 'CONTACTS',
  rule: contactImport.manage,
  input: z.object({ importId: z.string() }),
  checkpoint: z.object({ row: z.number(), done: z.number(), isDone: z.boolean() }),
  run: async (work): Promise<JobOutcome> => {
    const { importId } = work.input;
    while (!work.checkpoint?.isDone)
      await work.perform(async (use, keep) => {
        const { row = -1, done = 0 } = work.checkpoint ?? {};
        const taken = await takeRowsBack(use, importId, row);
        if (!taken) use.on(ContactImport).change({ id: importId }, { state: 'UNDONE', finished_at: use.now });
        const all = done + (taken?.count ?? 0);
        keep({ checkpoint: { row: taken?.last ?? row, done: all, isDone: !taken }, progress: all, total: taken?.total ?? all });
      });
    return { type: IMPORT, id: importId };
  },
});
