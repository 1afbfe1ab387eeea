import { Readable } from 'node:stream';
import { z } from 'zod';
import { textIn, writeSheet } from '../../sdk/core.ts';
import { auditRecord, defineJob, filesService, type JobOutcome, type JobWork, type MadePurpose, type Message } from '../../sdk/index.ts';
import { exportSheet } from './export.columns.ts';
import { columnsNow } from './export-columns.service.ts';
import { type ExportAsked, exportFacts, exportPages } from './export-pages.ts';
import { contactExport } from './permissions.ts';

/** It hangs on nothing: whoever exported reads it, for a day, while the right covers what it covered. */
export const exportedContacts: MadePurpose = {
  purpose: 'CONTACT_EXPORT',
  description: 'Contacts that were exported. The server writes it.',
  madeFor: contactExport.export,
  most: 256 * 1024 * 1024,
  kinds: ['XLSX', 'CSV'],
};
const NAME: Message = { en: 'contacts', 'zh-CN': '外部联系人' };

const input = z.object({
  list: z.string(),
  search: z.string().nullish(),
  where: z.unknown().optional(),
  columns: z.array(z.string()),
  format: z.enum(['XLSX', 'CSV']),
});
type Input = z.infer<typeof input>;

/**
 * Writes contacts into a file as the seat reads them, page by page (spec 3.13). Begun anew, it begins from the start: nothing of it was kept.
 * No other admin sees the job: whoever sees it sees its result.
 */
export const exportContacts = defineJob({
  name: 'contact-export.exportContacts',
  description: 'Writes contacts into a file.',
  rule: contactExport.export,
  input,
  run: async (work: JobWork<Input, undefined>): Promise<JobOutcome> => {
    const { format, ...rest } = work.input;
    const asked: ExportAsked = rest;
    const columns = await work.perform((use) => columnsNow(use, asked.columns));
    const facts = { ...(await exportFacts(work, asked)), columns };
    await work.progress(0, facts.total);
    let rows = 0;
    const pages = exportPages(work, asked, facts, (more) => (rows += more));
    const { files, seat } = await work.perform(async (use) => ({ files: use.service(filesService), seat: use.seat }));
    const { fileId } = await files.keep({
      organizationId: work.organizationId,
      name: `${textIn(NAME, work.language)}.${format.toLowerCase()}`,
      kind: format,
      purpose: exportedContacts,
      seat,
      bytes: Readable.from(writeSheet(exportSheet(columns), pages, { format, language: work.language })),
      most: exportedContacts.most,
    });
    await work.perform(async (use, keep) => {
      const objects = [
        ['Job', work.jobId],
        ['File', fileId],
      ] as const;
      use
        .service(auditRecord)
        .record(use, [{ act: 'contactsExported', module: 'contact-export', objects, given: { ...asked, format, rows } }]);
      keep({ progress: rows, total: rows });
    });
    return { type: 'File', id: fileId };
  },
});
