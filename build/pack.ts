import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCore, makeForms, makePlugin, makeSdk } from './package-folders.ts';

// `npm run pack [-- <folder>]`: the core, the SDK, what front ends check forms with, and the plugins of this repository as packages of npm, in `dist/` or that folder.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const target = resolve(process.argv[2] ?? join(ROOT, 'dist'));
const work = mkdtempSync(join(tmpdir(), 'guichet-pack-'));
/** The compiler writes a folder of its own for each. */
const workFor = (name: string): string => {
  const folder = join(work, 'declared', name);
  mkdirSync(folder, { recursive: true });
  return folder;
};
try {
  mkdirSync(target, { recursive: true });
  const packages: [string, (to: string) => void][] = [
    ['guichet', (to) => makeCore(ROOT, workFor('core'), to)],
    ['sdk', (to) => makeSdk(ROOT, to)],
    ['forms', (to) => makeForms(ROOT, workFor('forms'), to)],
    ...readdirSync(join(ROOT, 'plugins')).map((name): [string, (to: string) => void] => [
      `plugin-${name}`,
      (to) => makePlugin(ROOT, name, to),
    ]),
  ];
  for (const [name, make] of packages) {
    const folder = join(work, 'packages', name);
    mkdirSync(folder, { recursive: true });
    make(folder);
    const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', target], {
      cwd: folder,
      encoding: 'utf8',
    });
    process.stdout.write(`${join(target, packed.trim())}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
