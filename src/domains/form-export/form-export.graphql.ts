import { type GuichetBuilder, input, types } from '../../sdk/index.ts';
import { FormTemplate } from '../forms/index.ts';
import { exportForms } from './form-export.job.ts';
import { formExport } from './permissions.ts';

const rule = formExport.export;

/** Forms into a file (spec 6.6). */
export function formExportTypes(builder: GuichetBuilder): void {
  builder.useCase('exportForms', {
    description:
      'Writes forms into a workbook, as one job whose result is the file: yours alone, for a day. One row a form, of a template with a column for each of its fields; line items stand on worksheets of their own, with the form’s number. What you may not read is not in it, and of forms only those that your right covers.',
    rule,
    doesOnce: true,
    input: (t) => ({
      templateId: t.globalId(FormTemplate, {
        description: 'Forms of this template, with its fields; without it forms of all templates, without their fields.',
        required: false,
      }),
      where: t.parsed(input.listFilter('BusinessFormFilter', 'Only forms that this admits; as `businessForms(where:)`.'), {
        required: false,
      }),
    }),
    guard: async (use, { templateId }) => {
      if (templateId !== undefined) await use.find('FormTemplate', templateId, ['input', 'templateId']);
    },
    run: async (use, { templateId, where }) => ({ job: use.startJob(exportForms, { templateId, where }) }),
    success: (t) => ({
      job: t.loaded(types.Job, 'job', { description: 'The work; its `result` is the file.', rule }),
    }),
  });
}
