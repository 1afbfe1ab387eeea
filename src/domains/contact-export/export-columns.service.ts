import type { UseCase } from '../../sdk/index.ts';
import { holdFields } from '../contacts/index.ts';
import { EXPORT_COLUMNS, type ExportColumns, ownExportColumns } from './export.columns.ts';

/** All columns that there are now: built-in ones, then the organization's own fields by their names. */
export async function allColumns(use: UseCase): Promise<ExportColumns> {
  const { own } = await holdFields(use);
  return { ...ownExportColumns(own), ...EXPORT_COLUMNS };
}

/** The columns of an export that was asked for, in their order. A field that was deleted meanwhile has none: nobody has a value of it. */
export async function columnsNow(use: UseCase, names: readonly string[]): Promise<ExportColumns> {
  const all = await allColumns(use);
  return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
}
