import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';

// guichet.mjs on a machine whose Node is too old for TypeScript: alone in a folder, under a Node that says it is another.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-launcher-'));
  await copyFile(fileURLToPath(new URL('../../guichet.mjs', import.meta.url)), join(folder, 'guichet.mjs'));
  return () => rm(folder, { recursive: true });
});

async function launch(version: string, ...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const disguise = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
  const child = spawn(process.execPath, ['--import', disguise, join(folder, 'guichet.mjs'), ...args]);
  const exited = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  return { code: await exited, stdout: stdout.join(''), stderr: stderr.join('') };
}

async function bundle(file: string, text: string): Promise<void> {
  await mkdir(join(folder, file, '..'), { recursive: true });
  await writeFile(join(folder, file), text);
  await chmod(join(folder, file), 0o755);
}

it.each(['18.20.4', '20.20.2', '22.17.1'])('Node %s without a bundled one: one line, and 2', async (version) => {
  const { code, stdout, stderr } = await launch(version, 'start');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    `guichet: Node.js 22.18 or newer is needed, this is ${version}, and no bundled one was installed: install Node.js 24, or run npm ci without --omit=optional.\n`,
  );
});

it('goes over to the bundled Node with its words, and ends as that does', async () => {
  await bundle('node_modules/node/bin/node', '#!/bin/sh\necho "$@"\nexit 7\n');
  const { code, stdout } = await launch('20.20.2', 'token', '--phone', '+86 138');
  expect([code, stdout]).toEqual([7, `${join(folder, 'src/main.ts')} token --phone +86 138\n`]);
});

it('says so where the bundled Node cannot be run', async () => {
  await bundle('node_modules/node/bin/node', '');
  await chmod(join(folder, 'node_modules/node/bin/node'), 0o644);
  const { code, stderr } = await launch('20.20.2', 'start');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^guichet: the bundled Node\.js cannot be run \(.*EACCES\): install Node\.js 24\.\n$/);
});

it.each(['22.18.0', '24.21.0', '26.0.0'])('Node %s runs the program itself', async (version) => {
  await bundle('src/main.ts', 'console.log("running" satisfies string, process.argv.slice(2).join(" "));');
  expect(await launch(version, 'start')).toMatchObject({ code: 0, stdout: 'running start\n' });
});
