import { chmod, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { chooseDataDir } from '../data-dir.ts';
import { embeddedFolder, isRoot } from './embedded-folder.fixture.ts';

async function clone(mode: number): Promise<{ folder: string; rootsOwn: string }> {
  const { folder, remove } = await embeddedFolder();
  onTestFinished(remove);
  const inside = path.join(folder, 'clone');
  await mkdir(inside);
  await chmod(inside, mode);
  return { folder: inside, rootsOwn: path.join(folder, 'own') };
}

it('is the folder of the program, also where it is not there yet', async () => {
  const { folder, rootsOwn } = await clone(0o755);
  const dataDir = path.join(folder, '.data');
  expect(await chooseDataDir(dataDir, rootsOwn)).toEqual({ folder: dataDir, reason: undefined });
});

it('where PostgreSQL’s user cannot enter it is one of root’s own, the same each time; nobody else needs one', async () => {
  const { folder, rootsOwn } = await clone(0o700);
  const dataDir = path.join(folder, '.data');
  const chosen = await chooseDataDir(dataDir, rootsOwn);
  if (!isRoot) return expect(chosen).toEqual({ folder: dataDir, reason: undefined });
  expect(path.dirname(chosen.folder)).toBe(rootsOwn);
  expect(chosen.reason).toContain(`cannot enter ${folder}`);
  const link = path.join(path.dirname(folder), 'link');
  await symlink(folder, link);
  expect(await chooseDataDir(path.join(link, '.data'), rootsOwn)).toEqual(chosen);
  await mkdir(dataDir);
  expect(await chooseDataDir(dataDir, rootsOwn)).toEqual(chosen);
  const other = await clone(0o700);
  expect((await chooseDataDir(path.join(other.folder, '.data'), rootsOwn)).folder).not.toBe(chosen.folder);
});
