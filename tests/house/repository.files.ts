import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

export const readText = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
/** The path on this machine. */
export const absolutePath = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** Every pattern of `.gitignore` is a name, or `*` and an ending. */
const IGNORED = ['.git', ...readText('.gitignore').split('\n')].map((line) => line.trim().replaceAll('/', '')).filter(Boolean);
const isIgnored = (name: string): boolean =>
  IGNORED.some((pattern) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern));

function filesIn(folder: string): string[] {
  return readdirSync(new URL(folder, ROOT), { withFileTypes: true })
    .filter(({ name }) => !isIgnored(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${folder}${entry.name}/`) : [`${folder}${entry.name}`]));
}

/** Paths of the repository's files, from its root, without what git ignores. */
export const FILES: readonly string[] = filesIn('').sort();
