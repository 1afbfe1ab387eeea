import { invalid, type UseCase } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
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
  const asked = await askedAbout(use, found.id, choices);
  const job = startJob();
  const given = choices.flatMap((choice, at) =>
    namesOf(asked[at]!).map((name): NameChoice => ({ employeeId: choice.employeeId, name, ...(choice.row ? { row: choice.row } : {}) })),
  );
  const all = [...given, ...found.choices];
  use.on(ContactImport).change({ id: found.id }, { state: 'RUNNING', job_id: job, choices: all, rejects_undecided: rejectOthers });
  return { import: found.id, job };
}

interface Asked {
  readonly row: number;
  readonly name: string;
  readonly employee_id: string;
}
/** By which names of a row somebody is meant: what was chosen holds of these alone, whoever has left since. */
const namesOf = (asked: readonly Asked[]): string[] => [...new Map(asked.map(({ name }) => [nameForm(name), name])).values()];

/**
 * What the import asks about that each choice answers: whoever is chosen is here, and one of those about whom it asks, in that row and by that
 * name. @throws ValidationFailed
 */
async function askedAbout(use: UseCase, importId: string, choices: readonly GivenChoice[]): Promise<Asked[][]> {
  const all: readonly Asked[] = await use
    .on(ContactImportCandidate, ContactImportRow, employees)
    .selectFrom('contact_import_candidates as candidate')
    .innerJoin('contact_import_rows as of', (join) =>
      join.onRef('of.organization_id', '=', 'candidate.organization_id').onRef('of.id', '=', 'candidate.row_id'),
    )
    .innerJoin('employees as employee', (join) =>
      join.onRef('employee.organization_id', '=', 'candidate.organization_id').onRef('employee.id', '=', 'candidate.employee_id'),
    )
    .select(['of.row', 'candidate.name', 'candidate.employee_id'])
    .where('of.import_id', '=', importId)
    .where('employee.left_at', 'is', null)
    .where((of) => of('candidate.employee_id', '=', of.fn.any(of.val(choices.map(({ employeeId }) => employeeId)))))
    .execute();
  const asked = choices.map(({ row, name, employeeId }) =>
    all.filter((one) => one.employee_id === employeeId && (!row || one.row === row) && (!name || nameForm(one.name) === nameForm(name))),
  );
  const stranger = asked.findIndex((found) => found.length === 0);
  if (stranger >= 0)
    throw invalid(['input', 'choices', String(stranger)], 'NOT_A_CANDIDATE', {
      en: 'The import does not ask about this name, in this row, or this employee, or they have left.',
      'zh-CN': '该导入未询问此姓名、此行或此员工，或该员工已离职。',
    });
  return asked;
}
