import type { Kept, UseCase } from '../../sdk/index.ts';
import { holdFields } from '../contacts/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import { ContactImport } from './contact-import.entity.ts';
import { forgetRows } from './contact-import.service.ts';
import { factsFor, staffCalled } from './import-facts.service.ts';
import { nameFinder, namesIn } from './import-names.rules.ts';
import { planRows } from './import-plan.rules.ts';
import type { ContactTable } from './import-reading.ts';
import type { ImportStep } from './import-work.ts';
import { countOutcomes, keepOutcomes } from './import-writing.service.ts';

/**
 * Nobody is guessed: where a name of the table is that of several employees, and nothing else is wrong with its row, the import waits for
 * somebody to say who is meant, before anything is written (spec 3.12). @returns whether it waits
 */
export async function pauseForNames(
  use: UseCase,
  keep: (kept: Kept<ImportStep>) => void,
  given: ImportNow,
  { rows, unknown, unreadSheets, ...of }: ContactTable,
): Promise<boolean> {
  await holdFields(use);
  await forgetRows(use, given.id);
  const zero = { created: 0, updated: 0, skipped: 0, rejected: 0 };
  use.on(ContactImport).change({ id: given.id }, { ...zero, unknown_columns: unknown, unread_sheets: unreadSheets, state: 'RUNNING' });
  const asked = given.is_dry_run || given.rejects_undecided ? [] : await unsettled(use, given, rows, of.asked);
  const outcomes = asked.length ? planRows(asked, await factsFor(use, given, asked, of)) : [];
  const undecided = outcomes.filter(({ state }) => state === 'UNDECIDED');
  const total = rows.length;
  if (undecided.length === 0) {
    keep({ checkpoint: { phase: 'ROWS', at: 0 }, progress: 0, total });
    return false;
  }
  keepOutcomes(use, given, undecided);
  await countOutcomes(use, given.id, undecided);
  use.on(ContactImport).change({ id: given.id }, { state: 'PAUSED' });
  keep({ checkpoint: { phase: 'DONE', at: 0 }, total });
  return true;
}

/** Rows in which stands a name that nobody bears alone, and about which nothing was chosen. */
async function unsettled(use: UseCase, given: ImportNow, rows: ContactTable['rows'], asked: ContactTable['asked']) {
  const names = [...new Set(rows.flatMap((row) => namesIn(row, asked)))];
  const find = nameFinder(await staffCalled(use, names), given.choices);
  return rows.filter((row) => namesIn(row, asked).some((name) => !('of' in find(name, row.row))));
}
