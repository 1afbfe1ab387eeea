import { invalid, type UseCase } from '../../sdk/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import { ContactImport, type NameChoice } from './contact-import.entity.ts';
import { contactImportNotPaused } from './contact-import.errors.ts';
import { heldImport } from './contact-import.service.ts';

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
  const job = startJob();
  const given = choices.map(
    ({ name, row, employeeId }): NameChoice => ({ employeeId, ...(name ? { name } : {}), ...(row ? { row } : {}) }),
  );
  const all = [...given, ...found.choices];
  use.on(ContactImport).change({ id: found.id }, { state: 'RUNNING', job_id: job, choices: all, rejects_undecided: rejectOthers });
  return { import: found.id, job };
}
