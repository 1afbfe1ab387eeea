import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the files in a folder, from it, without its own tests. */
export const filesIn = (folder: string, below = ''): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (path === 'tests' || entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
