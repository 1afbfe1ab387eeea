import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BackupFileError, errorCode } from './backup.errors.ts';
import {
  announcedTable,
  type BackupFormat,
  type BackupHead,
  type BackupSeal,
  END_OF_ROWS,
  firstCharacters,
  readHead,
  readSeal,
  type TableSum,
} from './backup.format.ts';
import { RowSum } from './row-sum.ts';
import { wholeLines } from './whole-lines.ts';

export type BackupPart<About extends object> =
  | { readonly kind: 'head'; readonly head: BackupHead<About>; readonly line: string }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'rows'; readonly rows: Buffer }
  | { readonly kind: 'seal'; readonly seal: BackupSeal };

const FIRST_OF_LINE = Buffer.from(`${END_OF_ROWS}\n`);
const AFTER_ROWS = Buffer.from(`\n${END_OF_ROWS}\n`);

/** What a backup holds, piece by piece. @throws BackupFileError where it is none, or damaged so that it cannot be read */
export async function* readParts<About extends object>(file: string, format: BackupFormat<About>): AsyncGenerator<BackupPart<About>> {
  let state: 'head' | 'between' | 'rows' | 'sealed' = 'head';
  for await (const block of wholeLines(uncompressed(file, format))) {
    for (let at = 0; at < block.length; ) {
      if (state === 'rows') {
        const end = endOfRows(block, at);
        const to = end ?? block.length;
        if (to > at) yield { kind: 'rows', rows: block.subarray(at, to) };
        if (end !== undefined) state = 'between';
        at = end === undefined ? to : end + FIRST_OF_LINE.length;
        continue;
      }
      if (state === 'sealed') throw new BackupFileError('It is damaged: something follows its seal.');
      const end = block.indexOf('\n', at);
      const line = block.toString('utf8', at, end);
      at = end + 1;
      const table: string | undefined = state === 'head' ? undefined : announcedTable(line);
      if (state === 'head') yield { kind: 'head', head: readHead(line, format), line };
      else if (table === undefined) yield { kind: 'seal', seal: readSeal(line) };
      else yield { kind: 'table', table };
      state = state === 'head' ? 'between' : table === undefined ? 'sealed' : 'rows';
    }
  }
  if (state !== 'sealed') throw new BackupFileError('It has no end: it was cut off.');
}

function endOfRows(block: Buffer, at: number): number | undefined {
  if (block.subarray(at, at + FIRST_OF_LINE.length).equals(FIRST_OF_LINE)) return at;
  const found = block.indexOf(AFTER_ROWS, at);
  return found < 0 ? undefined : found + 1;
}

async function* uncompressed(file: string, format: BackupFormat<object>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  pipeline(createReadStream(file), gunzip, () => {}); // what goes wrong comes out of the loop below
  const first = firstCharacters(format);
  let begun = false;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      if (!begun && !chunk.toString('utf8', 0, Buffer.byteLength(first)).startsWith(first)) throw foreign(format);
      begun = true;
      yield chunk;
    }
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'Z_BUF_ERROR') throw new BackupFileError('It has no end: it was cut off.');
    const { message } = error as Error;
    if (code.startsWith('Z_')) throw message === UNCOMPRESSED ? foreign(format) : new BackupFileError(`It is damaged (${message}).`);
    throw error instanceof BackupFileError || code === '' ? error : new BackupFileError(`It cannot be read (${code}).`);
  }
}

/** What zlib says of a file that is no gzip file. */
const UNCOMPRESSED = 'incorrect header check';
const foreign = ({ program }: BackupFormat<object>): BackupFileError => new BackupFileError(`It is no backup of ${program}.`);

/** The head alone. */
export async function headOf<About extends object>(file: string, format: BackupFormat<About>): Promise<BackupHead<About>> {
  for await (const part of readParts(file, format)) if (part.kind === 'head') return part.head;
  throw foreign(format);
}

/** A backup whose rows are those that were written. */
export interface CheckedBackup<About extends object> {
  readonly head: BackupHead<About>;
  readonly seal: BackupSeal;
}

/** Reads a backup to its end and compares it with its seal. @throws BackupFileError where it is not what was written */
export async function checkBackup<About extends object>(file: string, format: BackupFormat<About>): Promise<CheckedBackup<About>> {
  const sums = new Map<string, RowSum>();
  let [head, line, current, seal]: [BackupHead<About>?, string?, RowSum?, BackupSeal?] = [];
  for await (const part of readParts(file, format)) {
    if (part.kind === 'head') ({ head, line } = part);
    else if (part.kind === 'rows') current!.add(part.rows);
    else if (part.kind === 'table') {
      current = new RowSum();
      sums.set(part.table, current);
    } else seal = part.seal;
  }
  if (createHash('sha256').update(line!).digest('hex') !== seal!.head)
    throw new BackupFileError('It is damaged: its head is not the one that was written.');
  const found = Object.fromEntries([...sums].map(([table, sum]) => [table, sum.sum()]));
  assertSame(
    head!.tables.map(({ name }) => name),
    found,
    seal!,
  );
  return { head: head!, seal: seal! };
}

function assertSame(announced: readonly string[], found: Readonly<Record<string, TableSum>>, { tables }: BackupSeal): void {
  const names = new Set([...announced, ...Object.keys(found), ...Object.keys(tables)]);
  for (const name of names) {
    const [is, was] = [found[name], tables[name]];
    if (!is || !was || is.rows !== was.rows || is.sha256 !== was.sha256)
      throw new BackupFileError(`It is damaged: the rows of ${name} are not those that were written.`);
  }
}
