import { type GuichetBuilder, input, invalid, types } from '../../sdk/index.ts';
import { CONTACT_LISTS, mayUseList, ofList, refuseList } from '../contacts/index.ts';
import { SheetFormatWords } from '../directory/index.ts';
import { exportContacts } from './contact-export.job.ts';
import { ALL_COLUMNS } from './export.columns.ts';
import { allColumns } from './export-columns.service.ts';
import { contactExport } from './permissions.ts';

const rule = contactExport.export;
const LISTS = Object.keys(CONTACT_LISTS) as (keyof typeof CONTACT_LISTS)[];

/** Built-in columns first. */
const inOrder = (names: readonly string[]): string[] => [...ALL_COLUMNS, ...names.filter((name) => !ALL_COLUMNS.includes(name))];

/** Contacts into a file (spec 3.13). */
export function contactExportTypes(builder: GuichetBuilder): void {
  builder.useCase('exportContacts', {
    description:
      'Writes a list of contacts into a workbook or a text file, as one job whose result is the file: yours alone, for a day. What you may not read is not in it, and of contacts only those that your right covers.',
    rule,
    doesOnce: true,
    input: (t) => ({
      list: t.parsed(input.enumValue('ContactList', LISTS, 'Which contacts; `VISIBLE` where it is left out.'), { required: false }),
      ...ofList(t),
      columns: t.parsed(
        input.listOf(
          input.text('Name of a column.', { max: 100 }),
          `Columns, in their order: of ${ALL_COLUMNS.join(', ')}, and names of the organization’s own fields; all where they are left out.`,
          {
            most: 100,
            least: 1,
          },
        ),
        { required: false },
      ),
      format: t.field({ type: SheetFormatWords, required: true, description: 'How it is written.' }),
    }),
    guard: async (use, { list = 'VISIBLE' }) => mayUseList(use.seat, { list }),
    run: async (use, { list = 'VISIBLE', search, where, columns: chosen, format }) => {
      const all = Object.keys(await allColumns(use));
      const columns = chosen ?? inOrder(all);
      for (const [at, name] of columns.entries())
        if (!all.includes(name))
          throw invalid(['input', 'columns', String(at)], 'NO_COLUMN', {
            en: `There is no column “${name}”.`,
            'zh-CN': `没有列“${name}”。`,
          });
      await refuseList(use, { list, search, where });
      const asked = { list, search, where, columns: [...new Set(columns)], format };
      return { job: use.startJob(exportContacts, asked) };
    },
    success: (t) => ({
      job: t.loaded(types.Job, 'job', { description: 'The work; its `result` is the file.', rule }),
    }),
  });
}
