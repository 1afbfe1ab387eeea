import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseDataDir } from '../data-dir.ts';
import { EmbeddedDatabaseError } from '../embedded.errors.ts';
import { startEmbeddedDatabase } from '../embedded-database.ts';
import { folderTrouble } from '../folder-trouble.ts';

/** A folder of Linux's own, where nobody makes a file, not even root. */
const CLOSED = '/sys/kernel';
const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'embedded-folder-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
};
const failing = (code: string, path?: string) => Object.assign(new Error(`${code}: no`), { code, path });

describe('a folder where the data cannot be kept is told in one line', () => {
  it.runIf(existsSync(CLOSED))('where it is there, and nothing can be made in it', async () => {
    const refused = startEmbeddedDatabase({ dataDir: CLOSED, database: 'shop', durable: false });
    await expect(refused).rejects.toBeInstanceOf(EmbeddedDatabaseError);
    await expect(refused).rejects.toThrow(/^\/sys\/kernel\/database cannot be used \((EPERM|EACCES)\): this user may not write there\.$/);
  });

  it('where it is a link that leads to itself, or below a file', async () => {
    const own = await folder();
    await symlink('loop', join(own, 'loop'));
    await writeFile(join(own, 'file'), '');
    await expect(chooseDataDir(join(own, 'loop', 'data'), own)).rejects.toThrow(
      /cannot be used \(ELOOP\): it is a link that leads to itself/,
    );
    await expect(chooseDataDir(join(own, 'file', 'data'), own)).rejects.toThrow(/cannot be used \(ENOTDIR\): it is no folder/);
  });

  it.each([
    ['EROFS', 'it can only be read'],
    ['EACCES', 'this user may not write there'],
    ['ENOSPC', 'there is no room'],
  ])('by its reason: %s, %s', (code, reason) => {
    const told = folderTrouble(failing(code, '/data/database'), '/data') as Error;
    expect(told).toBeInstanceOf(EmbeddedDatabaseError);
    expect(told.message).toBe(`/data/database cannot be used (${code}): ${reason}.`);
    expect((folderTrouble(failing(code), '/data') as Error).message).toMatch(/^\/data cannot be used/);
  });

  it.each([new Error('no'), failing('ECONNREFUSED'), new EmbeddedDatabaseError('known')])(
    'and any other error is left as it is: %s',
    (error) => {
      expect(folderTrouble(error, '/data')).toBe(error);
    },
  );
});
