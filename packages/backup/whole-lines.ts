import { BackupFileError } from './backup.errors.ts';

const NEWLINE = 0x0a;

/** The same bytes in blocks that end where a line ends. @throws BackupFileError where the last line has no end */
export async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield begun.length ? Buffer.concat([...begun, chunk.subarray(0, end)]) : chunk.subarray(0, end);
      begun = [];
    }
    if (end < chunk.length) begun.push(chunk.subarray(end));
  }
  if (begun.length) throw new BackupFileError('It ends in the middle of a line.');
}
