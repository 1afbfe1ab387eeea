import type { Message } from '../language/language.ts';
import type { Sheet } from './sheet.ts';
import { type SheetFault, sheetFault } from './sheet-fault.ts';

/** What the writer puts beside rejected rows; whoever sends the mended file back need not take it out. */
export const ROW_NUMBER = { en: 'Row', 'zh-CN': '行号' };
export const REASON = { en: 'Reason', 'zh-CN': '原因' };
export const WRITTEN_BESIDE: readonly Message[] = [ROW_NUMBER, REASON];
/** What the writer calls further worksheets of a template: they are made to be read by people. */
export const EXPLANATIONS: Message = { en: 'Explanations', 'zh-CN': '说明' };
export const CHOICES: Message = { en: 'Choices', 'zh-CN': '可选值' };
/** Stands behind the header of a required column in the template. */
export const REQUIRED_MARK = '*';

/** A column of the file that the description does not know: it is not read, but kept with what is rejected. */
export interface UnknownColumn {
  /** `C` */
  readonly letter: string;
  /** Empty where nothing stands above what is in it. */
  readonly header: string;
}

export interface SheetHead {
  /** For each column of the file its key; undefined where it is not read, null where the writer has put it beside the others. */
  readonly keys: readonly (string | undefined | null)[];
  readonly unknown: readonly UnknownColumn[];
  readonly faults: readonly SheetFault[];
}

const LONGEST_SHOWN = 60;
/** What makes two headers one: their case, width, spaces and marks do not. */
export const headerForm = (header: string): string =>
  header
    .slice(0, LONGEST_SHOWN * 4)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s*_\p{Cf}]/gu, '')
    .replace(/\((?:required|必填)\)$/, '');

/** `A` for 0, `AA` for 26. */
export const columnLetter = (column: number): string =>
  (column >= 26 ? columnLetter(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** Finds the described columns among a file's headers, in any order and in either language. */
export function readHead({ columns }: Sheet, headers: readonly string[], row: number): SheetHead {
  const known = new Map<string, string | null>();
  for (const own of WRITTEN_BESIDE) for (const name of Object.values(own)) known.set(headerForm(name), null);
  for (const [key, { header, alsoCalled = [] }] of Object.entries(columns))
    for (const name of [...Object.values(header), ...alsoCalled]) known.set(headerForm(name), key);

  const forms = headers.map(headerForm);
  const keys = forms.map((form) => known.get(form));
  const unknown = headers.flatMap((header, i) =>
    forms[i] && keys[i] === undefined ? [{ letter: columnLetter(i), header: header.trim().slice(0, LONGEST_SHOWN) }] : [],
  );
  const faults = Object.entries(columns).flatMap(([column, { header, required }]) => {
    const times = keys.filter((key) => key === column).length;
    if (times > 1) return [sheetFault('COLUMN_TWICE', { row, column }, { header })];
    return required && times === 0 ? [sheetFault('COLUMN_MISSING', { row, column }, { header })] : [];
  });
  return { keys, unknown, faults };
}
