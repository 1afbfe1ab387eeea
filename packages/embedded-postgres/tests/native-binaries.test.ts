import { chmod, chown, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { nativeFolder } from '../native-binaries.ts';
import { copyBinaries } from '../native-copy.ts';
import { embeddedFolder, isRoot } from './embedded-folder.fixture.ts';

let installed: string;
let copy: string;

beforeEach(async () => {
  const { folder, remove } = await embeddedFolder();
  installed = path.join(folder, 'native');
  copy = path.join(folder, 'postgresql-1');
  await mkdir(path.join(installed, 'bin'), { recursive: true, mode: 0o700 });
  await writeFile(path.join(installed, 'bin/postgres'), 'program', { mode: 0o700 });
  await writeFile(path.join(installed, 'libpq.so.5.18'), 'library', { mode: 0o600 });
  await chmod(path.join(installed, 'libpq.so.5.18'), 0o666);
  await symlink('libpq.so.5.18', path.join(installed, 'libpq.so.5'));
  return remove;
});

const mode = async (file: string) => ((await stat(path.join(copy, file))).mode & 0o777).toString(8);

it('says so where there is no PostgreSQL for the machine', () => {
  expect(() => nativeFolder('linux', 'riscv64')).toThrow(/linux-riscv64 is not installed\)\.$/);
});

it('makes a copy that others may run but not change', async () => {
  await copyBinaries(installed, copy);
  expect(await readFile(path.join(copy, 'libpq.so.5'), 'utf8')).toBe('library');
  expect([await mode('.'), await mode('bin'), await mode('bin/postgres'), await mode('libpq.so.5')]).toEqual(['755', '755', '755', '644']);
});

it('keeps a copy that is there', async () => {
  await copyBinaries(installed, copy);
  await writeFile(path.join(installed, 'bin/postgres'), 'changed');
  await copyBinaries(installed, copy);
  expect(await readFile(path.join(copy, 'bin/postgres'), 'utf8')).toBe('program');
});

it('refuses a copy that others can write', async () => {
  await copyBinaries(installed, copy);
  await chmod(copy, 0o777);
  await expect(copyBinaries(installed, copy)).rejects.toThrow(/open to other users/);
});

it('refuses a link in the place of the copy', async () => {
  await symlink(installed, copy);
  await expect(copyBinaries(installed, copy)).rejects.toThrow(/is not a folder/);
});

it.runIf(isRoot)('refuses a copy that belongs to somebody else', async () => {
  await copyBinaries(installed, copy);
  await chown(copy, 65534, 65534);
  await expect(copyBinaries(installed, copy)).rejects.toThrow(/belongs to another user/);
});
