import { Readable } from 'node:stream';
import { z } from 'zod';
import { SheetRefused, textIn, writeSheets } from '../../sdk/core.ts';
import {
  auditRecord,
  defineJob,
  filesService,
  JobFailure,
  type JobOutcome,
  type JobWork,
  type MadePurpose,
  type Message,
} from '../../sdk/index.ts';
import { plannedSheets } from './export-columns.ts';
import { type ExportAsked, exportFacts, exportPages } from './export-reading.ts';
import { formExport } from './permissions.ts';

/** It hangs on nothing: whoever exported reads it, for a day, while the right covers what it covered. */
export const exportedForms: MadePurpose = {
  purpose: 'FORM_EXPORT',
  description: 'Forms that were exported. The server writes it.',
  madeFor: formExport.export,
  most: 256 * 1024 * 1024,
  kinds: ['XLSX'],
};
const NAME: Message = { en: 'forms', 'zh-CN': '业务表单' };
const TOO_LARGE: Message = {
  en: 'These forms are too many for one workbook. Narrow the filter, such as to fewer days.',
  'zh-CN': '表单过多，无法写入一个工作簿。请缩小筛选范围，例如缩短日期区间。',
};

const input = z.object({ templateId: z.string().nullish(), where: z.unknown().optional() });
type Input = z.infer<typeof input>;

/** Writes forms into a workbook as the seat reads them, page by page (spec 6.6). Begun anew, it begins from the start. */
export const exportForms = defineJob({
  name: 'form-export.exportForms',
  description: 'Writes forms into a file.',
  rule: formExport.export,
  input,
  run: async (work: JobWork<Input, undefined>): Promise<JobOutcome> => {
    const asked: ExportAsked = { templateId: work.input.templateId ?? undefined, where: work.input.where ?? undefined };
    const facts = await exportFacts(work, asked);
    await work.progress(0, facts.total);
    const plan = plannedSheets(facts);
    let forms = 0;
    const pages = exportPages(work, asked, { ...facts, plan }, (more) => (forms += more));
    const { files, seat } = await work.perform(async (use) => ({ files: use.service(filesService), seat: use.seat }));
    const { fileId } = await files
      .keep({
        organizationId: work.organizationId,
        name: `${textIn(NAME, work.language)}.xlsx`,
        kind: 'XLSX',
        purpose: exportedForms,
        seat,
        bytes: Readable.from(writeSheets(plan.sheets, pages, work.language)),
        most: exportedForms.most,
      })
      .catch((error: unknown) => {
        if (error instanceof SheetRefused) throw new JobFailure({ code: 'TOO_LARGE', message: TOO_LARGE });
        throw error;
      });
    await work.perform(async (use, keep) => {
      const objects = [
        ['Job', work.jobId],
        ['File', fileId],
        ...(asked.templateId === undefined ? [] : [['FormTemplate', asked.templateId] as const]),
      ] as const;
      use.service(auditRecord).record(use, [{ act: 'formsExported', module: 'form-export', objects, given: { ...asked, rows: forms } }]);
      keep({ progress: forms, total: forms });
    });
    return { type: 'File', id: fileId };
  },
});
