import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDatabaseError } from '@guichet/embedded-postgres';
import { expect, it, onTestFinished } from 'vitest';
import { inSettings, openDatabase } from '../../src/app/databases.ts';
import { checkDataFolder } from '../../src/app/doctor/folder.check.ts';
import { UnusableDatabaseError } from '../../src/platform/database/database.errors.ts';

/** A data folder where something else lies in the place of the database. */
async function takenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guichet-taken-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'database'), '');
  return folder;
}

it('a folder that cannot be used is told as a misuse, with the setting that names another', async () => {
  const dataDir = await takenFolder();
  const refused = openDatabase({ databaseUrl: undefined, dataDir }, () => {});
  await expect(refused).rejects.toBeInstanceOf(UnusableDatabaseError);
  await expect(refused).rejects.toThrow(
    `${join(dataDir, 'database')} is not a folder: remove it. DATA_DIR names another folder for the data.`,
  );
  const { findings } = await checkDataFolder(dataDir);
  expect(JSON.stringify(findings)).toContain('is not a folder: remove it. DATA_DIR names another folder for the data');
});

it.each([
  ['server', 'No. DATABASE_URL names a PostgreSQL server of yours.'],
  [undefined, 'No.'],
] as const)('what %s cures is told so', (cure, text) => {
  expect(inSettings(new EmbeddedDatabaseError('No.', cure))).toBe(text);
});
