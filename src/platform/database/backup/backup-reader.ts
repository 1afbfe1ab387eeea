import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorCode } from '../database.errors.ts';
import {
  announcedTable,
  BackupFileError,
  type BackupHead,
  type BackupSeal,
  END_OF_ROWS,
  FIRST_CHARACTERS,
  readHead,
  readSeal,
  type TableSum,
} from './backup.format.ts';
import { RowSum } from './row-sum.ts';
import { wholeLines } from './whole-lines.ts';

export type BackupPart =
  | { readonly kind: 'head'; readonly head: BackupHead; readonly line: string }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'rows'; readonly rows: Buffer }
  | { readonly kind: 'seal'; readonly seal: BackupSeal };

const FIRST_OF_LINE = Buffer.from(`${END_OF_ROWS}\n`);
const AFTER_ROWS = Buffer.from(`\n${END_OF_ROWS}\n`);

/** What a backup holds, piece by piece. @throws BackupFileError where it is none, or damaged so that it cannot be read */
export async function* readParts(file: string): AsyncGenerator<BackupPart> {
  let state: 'head' | 'between' | 'rows' | 'sealed' = 'head';
  for await (const block of wholeLines(uncompressed(file))) {
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
      if (state === 'head') yield { kind: 'head', head: readHead(line), line };
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

async function* uncompressed(file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  pipeline(createReadStream(file), gunzip, () => {}); // what goes wrong comes out of the loop below
  let begun = false;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      if (!begun && !chunk.toString('utf8', 0, FIRST_CHARACTERS.length).startsWith(FIRST_CHARACTERS)) throw foreign();
      begun = true;
      yield chunk;
    }
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'Z_BUF_ERROR') throw new BackupFileError('It has no end: it was cut off.');
    const { message } = error as Error;
    if (code.startsWith('Z_')) throw message === UNCOMPRESSED ? foreign() : new BackupFileError(`It is damaged (${message}).`);
    throw error instanceof BackupFileError || code === '' ? error : new BackupFileError(`It cannot be read (${code}).`);
  }
}

/** What zlib says of a file that is no gzip file. */
const UNCOMPRESSED = 'incorrect header check';
const foreign = (): BackupFileError => new BackupFileError('It is no backup of Guichet.');

/** The head alone. */
export async function headOf(file: string): Promise<BackupHead> {
  for await (const part of readParts(file)) if (part.kind === 'head') return part.head;
  throw foreign();
}

/** Reads a backup to its end and compares it with its seal. @throws BackupFileError where it is not what was written */
export async function checkBackup(file: string): Promise<{ readonly head: BackupHead; readonly seal: BackupSeal }> {
  const sums = new Map<string, RowSum>();
  let [head, line, current, seal]: [BackupHead?, string?, RowSum?, BackupSeal?] = [];
  for await (const part of readParts(file)) {
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
