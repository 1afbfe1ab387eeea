import { pipeline, Readable } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { textOfFormula } from './cell-formula.ts';
import { NO_RESULT, type RawCell } from './cell-value.ts';
import type { RawRow } from './row-reading.ts';
import { textOf } from './sheet-encoding.ts';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import type { SheetLimits } from './sheet-limits.ts';

const DELIMITERS = [',', ';', '\t'] as const;
/** Marks the encoding for spreadsheets, which take a file without it for one of their own country's. */
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
/** Of one row: past this nobody has closed a quote. */
const MOST_CHARACTERS_OF_A_ROW = 1_000_000;

/** What stands most often in the line of headers, outside of quotes. */
function delimiterOf(text: string): string {
  const line =
    text
      .replaceAll(/"[^"]*"/g, '')
      .split(/[\r\n]/)
      .find((one) => one.trim() !== '') ?? '';
  const times = (delimiter: string): number => line.split(delimiter).length;
  return DELIMITERS.reduce<string>((best, one) => (times(one) > times(best) ? one : best), ',');
}

const cellOf = (text: string): RawCell => (text.startsWith('=') ? (textOfFormula(text) ?? NO_RESULT) : text);

/** Rows of a text file; empty ones too, so that the numbers are those of a spreadsheet. */
export async function* textRows(bytes: Uint8Array, { cell, columns }: SheetLimits): AsyncGenerator<RawRow> {
  let row = 0;
  try {
    for await (const cells of records(bytes)) {
      row += 1;
      if (cells.length > columns) throw new SheetRefused(sheetFault('TOO_MANY_COLUMNS', { row }, { most: columns }));
      yield { row, cells: cells.map(cellOf) };
    }
  } catch (error) {
    if (!isMalformed(error)) throw error;
    const isLong = error.code === 'CSV_MAX_RECORD_SIZE';
    throw new SheetRefused(sheetFault(isLong ? 'TOO_LONG' : 'QUOTES_BROKEN', { row: error.records + 1 }, { most: cell }));
  }
}

/** Rows of the same piece have gone with it: which one it is, only the parser knows. */
const isMalformed = (error: unknown): error is CsvError & { readonly records: number } => error instanceof CsvError && 'records' in error;

function records(bytes: Uint8Array): AsyncIterable<readonly string[]> {
  const pieces = textOf(bytes);
  const first = pieces.next().value ?? '';
  function* all(): Generator<string> {
    yield first;
    yield* pieces;
  }
  const options: Options = { delimiter: delimiterOf(first), relax_column_count: true, max_record_size: MOST_CHARACTERS_OF_A_ROW };
  // The parser is what is read, and a failure before it becomes its own: nobody else has to hear of it.
  return pipeline(Readable.from(all()), parse(options), () => {});
}

/** Rows as the text file that spreadsheets open: UTF-8 with its mark. */
export async function* writtenText(rows: AsyncIterable<readonly unknown[]>): AsyncGenerator<Uint8Array> {
  yield BYTE_ORDER_MARK;
  const cast = { boolean: String, date: (date: Date) => date.toISOString().slice(0, 10) };
  yield* pipeline(Readable.from(rows), stringify({ record_delimiter: 'windows', cast }), () => {});
}
