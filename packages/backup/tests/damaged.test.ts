import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBackup, headOf } from '../index.ts';
import { backedUp, FORMAT, makeDatabase, makeFolder, makeRoles, removeFolder, TABLES, within } from './shop.fixture.ts';

let folder: string;
let whole: Buffer;
beforeAll(async () => {
  const forgetRoles = await makeRoles();
  folder = makeFolder();
  const { url, drop } = await makeDatabase();
  await within(url, (client) => client.query(`${TABLES} insert into notes select 'word-' || n from generate_series(1, 500) n`));
  await backedUp(url, join(folder, 'whole'));
  await drop();
  await forgetRoles();
  whole = readFileSync(join(folder, 'whole'));
});
afterAll(() => removeFolder(folder));

const NO_BACKUP = 'It is no backup of the shop.';
const CUT_OFF = 'It has no end: it was cut off.';
const flipped = (at: number): Buffer => {
  const copy = Buffer.from(whole);
  copy[at]! ^= 0x10;
  return copy;
};
/** The same file with other lines in it, compressed anew: what only the sums can tell. */
const rewritten = (change: (text: string) => string): Buffer => gzipSync(change(gunzipSync(whole).toString()));
const message = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('a backup that is whole', () => {
  it('is known by its head, and is what its seal says', async () => {
    const file = join(folder, 'whole');
    const { head, seal } = await checkBackup(file, FORMAT);
    expect(head).toMatchObject({ shop: '0.1.0', takenAt: '2026-06-01T00:00:00.000Z' });
    expect(await headOf(file, FORMAT)).toEqual(head);
    expect(Object.keys(seal.tables)).toEqual(head.tables.map(({ name }) => name));
    expect(seal.tables['public.notes']!.rows).toBe(500);
  });
});

describe('a file that is no whole backup is refused', () => {
  it.each<[string, () => Buffer, string | RegExp]>([
    ['nothing', () => Buffer.alloc(0), CUT_OFF],
    ['a text', () => Buffer.from('select 1;\n'), NO_BACKUP],
    ['another program’s archive', () => gzipSync('PGDMP, and what follows\n'), NO_BACKUP],
    ['another program’s JSON', () => gzipSync('{"format":"theirs"}\n'), NO_BACKUP],
    ['an endless line', () => gzipSync(Buffer.alloc(50_000_000, 'x')), NO_BACKUP],
    ['its first half', () => whole.subarray(0, whole.length / 2), CUT_OFF],
    ['all but its last byte', () => whole.subarray(0, -1), CUT_OFF],
    ['without the compression’s own end', () => whole.subarray(0, -8), CUT_OFF],
    ['a byte changed in its middle', () => flipped(Math.floor(whole.length / 2)), /It is damaged|It has no end/],
    ['a byte changed in its check sum', () => flipped(whole.length - 6), /It is damaged \(incorrect data check\)/],
    [
      'a row changed',
      () => rewritten((text) => text.replace('word-7\n', 'word-8\n')),
      'It is damaged: the rows of public.notes are not those that were written.',
    ],
    ['a row taken away', () => rewritten((text) => text.replace('word-7\n', '')), /the rows of public.notes/],
    ['a table taken away', () => rewritten((text) => text.replace('{"table":"shop.keyless"}\n\\.\n', '')), /the rows of shop.keyless/],
    [
      'its head changed',
      () => rewritten((text) => text.replace('"shop":"0.1.0"', '"shop":"0.1.1"')),
      /its head is not the one that was written/,
    ],
    ['its seal taken away', () => rewritten((text) => text.replace(/\{"seal":.*\n/, '')), CUT_OFF],
    ['cut in the middle of a line, and compressed anew', () => rewritten((text) => text.slice(0, -10)), 'It ends in the middle of a line.'],
    ['something after its seal', () => rewritten((text) => `${text}more\n`), /something follows its seal/],
    ['a line that says nothing', () => rewritten((text) => text.replace('{"table":"shop.keyless"}', '{"tab')), /cannot be read/],
    [
      'a later format',
      () => rewritten((text) => text.replace('"formatVersion":1,"shop":"0.1.0"', '"formatVersion":2,"shop":"3.0.0"')),
      'Its format is not known to this version of the shop: it was made by 3.0.0.',
    ],
  ])('%s', async (_case, bytes, expected) => {
    const file = join(folder, 'damaged');
    writeFileSync(file, bytes());
    const told = await message(checkBackup(file, FORMAT));
    expect(told).toMatch(/^BackupFileError: /);
    if (typeof expected === 'string') expect(told).toBe(`BackupFileError: ${expected}`);
    else expect(told).toMatch(expected);
  });

  it('one that is not there', async () => {
    expect(await message(headOf(join(folder, 'none'), FORMAT))).toBe('BackupFileError: It cannot be read (ENOENT).');
    expect(await message(headOf(folder, FORMAT))).toBe('BackupFileError: It cannot be read (EISDIR).');
  });

  it('whichever byte is changed, the rows are those that were written or the file is refused', async () => {
    const { seal } = await checkBackup(join(folder, 'whole'), FORMAT);
    const file = join(folder, 'flipped');
    for (let at = 0; at < whole.length; at += 7) {
      writeFileSync(file, flipped(at));
      // The compression's header has bytes that say nothing of the content, such as the time.
      const found = await checkBackup(file, FORMAT).catch((error: Error) => error.name);
      expect([`${at}`, found]).toEqual([`${at}`, typeof found === 'string' ? 'BackupFileError' : expect.objectContaining({ seal })]);
    }
  });
});
