import { invalid, type UseCase } from '../../sdk/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import { ContactImport, ContactImportCandidate, ContactImportRow, type NameChoice } from './contact-import.entity.ts';
import { contactImportNotPaused } from './contact-import.errors.ts';
import { heldImport } from './contact-import.service.ts';
import { nameForm } from './import-names.rules.ts';

/** Finds and locks an import that waits for choices, and those who are chosen. @throws NotFound, ContactImportNotPaused */
export async function findPaused(use: UseCase, importId: string, choices: readonly GivenChoice[]): Promise<ImportNow> {
  await use.find('ContactImport', importId, ['input', 'importId']);
  await use.findAll(
    'Employee',
    choices.map(({ employeeId }) => employeeId),
    (at) => ['input', 'choices', String(at), 'employeeId'],
  );
  const found = await heldImport(use, importId);
  if (found.state !== 'PAUSED') throw contactImportNotPaused({ import: importId });
  return found;
}

type GivenChoice = { readonly employeeId: string } & { readonly [Name in keyof NameChoice]?: NameChoice[Name] | null };
export interface Choices {
  readonly choices: readonly GivenChoice[];
  readonly rejectOthers: boolean;
}

/** Goes on with choices beside those of before: of two for one name the later one counts. @throws NotFound, ValidationFailed */
export async function resumeImport(use: UseCase, found: ImportNow, { choices, rejectOthers }: Choices, startJob: () => string) {
  const nameless = choices.findIndex(({ name, row }) => !name && !row);
  if (nameless >= 0)
    throw invalid(['input', 'choices', String(nameless)], 'NAME_OR_ROW', {
      en: 'Name a row, a name or both.',
      'zh-CN': '请指明行号或姓名。',
    });
  await refuseStrangers(use, found.id, choices);
  const job = startJob();
  const given = choices.map(
    ({ name, row, employeeId }): NameChoice => ({ employeeId, ...(name ? { name } : {}), ...(row ? { row } : {}) }),
  );
  const all = [...given, ...found.choices];
  use.on(ContactImport).change({ id: found.id }, { state: 'RUNNING', job_id: job, choices: all, rejects_undecided: rejectOthers });
  return { import: found.id, job };
}

/** Whoever is chosen is one of those about whom the import asks, in that row and by that name. @throws ValidationFailed */
async function refuseStrangers(use: UseCase, importId: string, choices: readonly GivenChoice[]): Promise<void> {
  const asked = await use
    .on(ContactImportCandidate, ContactImportRow)
    .selectFrom('contact_import_candidates as candidate')
    .innerJoin('contact_import_rows as of', (join) =>
      join.onRef('of.organization_id', '=', 'candidate.organization_id').onRef('of.id', '=', 'candidate.row_id'),
    )
    .select(['of.row', 'candidate.name', 'candidate.employee_id'])
    .where('of.import_id', '=', importId)
    .where((of) => of('candidate.employee_id', '=', of.fn.any(of.val(choices.map(({ employeeId }) => employeeId)))))
    .execute();
  const isAsked = ({ row, name, employeeId }: GivenChoice): boolean =>
    asked.some((one) => one.employee_id === employeeId && (!row || one.row === row) && (!name || nameForm(one.name) === nameForm(name)));
  const stranger = choices.findIndex((choice) => !isAsked(choice));
  if (stranger >= 0)
    throw invalid(['input', 'choices', String(stranger)], 'NOT_A_CANDIDATE', {
      en: 'The import does not ask about this name, in this row, or this employee.',
      'zh-CN': '该导入未询问此姓名、此行或此员工。',
    });
}
