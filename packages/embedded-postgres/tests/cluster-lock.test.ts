import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { tryLock } from '../cluster-lock.ts';
import { processIdentity } from '../process-identity.ts';
import { embeddedFolder } from './embedded-folder.fixture.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  const home = await embeddedFolder();
  folder = home.folder;
  file = path.join(folder, 'start.lock');
  return home.remove;
});

async function takenByOneOf(count: number): Promise<number> {
  const locks = await Promise.all(Array.from({ length: count }, () => tryLock(file)));
  return locks.filter((lock) => lock !== undefined).length;
}

async function leaveLock(pid: number, identity: string | undefined, name = file): Promise<void> {
  await writeFile(name, JSON.stringify({ pid, identity, nonce: 'of-the-dead' }));
}

it('is had by one at a time, and by the next after its release', async () => {
  const lock = await tryLock(file);
  expect(lock).toBeDefined();
  expect(await tryLock(file)).toBeUndefined();
  await lock?.release();
  expect(await takenByOneOf(20)).toBe(1);
});

it('is not taken from a process that lives', async () => {
  const owner = spawn('sleep', ['60']);
  onTestFinished(() => void owner.kill());
  await once(owner, 'spawn');
  await leaveLock(owner.pid!, await processIdentity(owner.pid!));
  expect(await takenByOneOf(5)).toBe(0);
});

it('is taken over from a dead process by exactly one', async () => {
  const owner = spawn('sleep', ['60']);
  await once(owner, 'spawn');
  const identity = await processIdentity(owner.pid!);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  await leaveLock(owner.pid!, identity);
  expect(await takenByOneOf(20)).toBe(1);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
  expect(await readdir(folder)).toEqual(['start.lock']);
});

it('is taken over when its number belongs to a later process', async () => {
  await leaveLock(process.pid, 'an earlier boot');
  expect(await takenByOneOf(20)).toBe(1);
});

it('is taken over when the one who was taking it over died as well', async () => {
  await leaveLock(process.pid, 'an earlier boot');
  await leaveLock(process.pid, 'an earlier boot', `${file}.of-the-dead`);
  expect(await tryLock(file)).toBeDefined();
});

it('is taken over when a power cut left it empty', async () => {
  await writeFile(file, '');
  expect(await takenByOneOf(20)).toBe(1);
});
